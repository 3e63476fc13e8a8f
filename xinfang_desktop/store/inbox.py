"""Taking entries in (收件): what arrived is put into its chain, or on the shelf with the gap it needs.

Runs inside one transaction. An entry is applied when its chain reaches it, when a signature of its
site covers it, when its site may write in its feed, and when everything it replaces is here. What
cannot be applied yet waits; nothing is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ..domain.kinds import KINDS
from ..journal.chain import Chain, Head, branch_name, origin
from ..journal.clock import Hlc, follow
from ..journal.entry import Entry, decode
from ..journal.feeds import named_in
from ..journal.ops import EventOp, RawOp, ResolveOp, SetOp
from ..journal.plain import check_values
from . import forks, meta
from .applying import Item, apply, bases_of, missing_record
from .changelog import keep_hlc, last_hlc, store
from .database import gate_of
from .files import chunks
from .forks import Branches
from .replay import rebuild
from .subjects import SUBJECTS, Setting
from .tables import CHECKPOINT, FIELDS, LOG, WAITING
from .vector import Vector

BATCH: Final = 500
"""Entries that are applied by the same statements."""

UNSIGNED: Final = "unsigned"
GAP: Final = "gap"
CAUSE: Final = "cause"
UNKNOWN_SITE: Final = "unknown_site"
REVOKED: Final = "revoked"


class Writers(Protocol):
    """Who may write what, as the peers and rosters of this store say."""

    def refusal(self, feed: str, site: str, epoch: int, seq: int) -> str:
        """ "" where this entry counts; else ``UNKNOWN_SITE``, ``REVOKED``, or another reason."""


class Arrival(NamedTuple):
    """One entry as it came: read, with its bytes, and whether a checked signature covers it."""

    entry: Entry
    hash: str
    body: bytes
    covered: bool


@dataclass(slots=True)
class Taken:
    """What taking in did. ``created`` and ``updated`` name records by kind."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    refused: int = 0
    created: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    updated: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    touched: set[tuple[str, str]] = field(default_factory=set)
    forked: set[Chain] = field(default_factory=set)
    writers: set[tuple[str, int]] = field(default_factory=set)  # site and epoch of what is new
    unknown_content: bool = False  # something only a newer program understands
    by_writer: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ahead_ms: int = 0  # how far the fastest clock among them runs ahead of ours

    def recovered(self, site: str) -> int:
        """How many of the new entries ``site`` wrote: its own past, where that is us."""
        return self.by_writer.get(site, 0)


class Inbox:
    """One taking in. ``take`` as often as entries come, then ``finish``."""

    def __init__(
        self,
        conn: Connection,
        writers: Writers,
        setting: Callable[[Connection], Setting],
        sender: str,
        now: datetime,
    ) -> None:
        self._conn = conn
        self._writers = writers
        self._setting = setting
        self._sender = sender
        self._now = now
        self._vector = Vector(conn)
        self._branches = Branches(conn)
        self._pending: list[tuple[Item, bytes]] = []
        self._ahead: dict[Chain, Head] = {}  # heads once what is pending is in
        self._made: set[tuple[str, str]] = set()  # records that what is pending writes
        self._shelved: set[str] = set()  # hashes of what this taking in put on the shelf
        self._rebuild = False
        self._hlc = last_hlc(conn)
        self.taken = Taken()

    # --- arriving ---

    def take(self, arrival: Arrival) -> bool:
        """One entry; it is in its chain, known, refused or on the shelf afterwards.

        Says whether it is news that counts or may come to count. Raises DamagedInput for a value
        that no field of its kind can hold.
        """
        entry = arrival.entry
        _check(entry)
        if self._is_known(entry, arrival.hash):
            self.taken.known += 1
            return False
        refusal = self._writers.refusal(entry.feed, entry.site, entry.epoch, entry.seq)
        if refusal and refusal not in (UNKNOWN_SITE, REVOKED):
            self.taken.refused += 1
            return False
        chain, lacking = self._place(entry)
        reason = refusal or ("" if arrival.covered else UNSIGNED) or lacking
        if reason or chain is None:
            return self._shelve(arrival, reason)
        self._accept(entry, arrival.hash, arrival.body, chain)
        return True

    def finish(self) -> Taken:
        """Apply what became possible; what still waits is counted, and named on the shelf."""
        self._flush()
        while self._from_shelf():
            self._flush()
        if self._rebuild or meta.replay_owed(self._conn):
            rebuild(self._conn, self._setting)
        forks.name_signatures(self._conn)
        self.taken.waiting = len(self._shelved)
        keep_hlc(self._conn, self._hlc)
        return self.taken

    # --- one entry ---

    def _is_known(self, entry: Entry, hash: str) -> bool:
        chain = Chain(entry.feed, entry.site, entry.epoch)
        if entry.seq > self._head(chain).seq and not self._branches.of(chain):
            return False
        self._flush()
        found = select(LOG.c.site, LOG.c.hash).where(
            LOG.c.feed == entry.feed, LOG.c.epoch == entry.epoch, LOG.c.seq == entry.seq,
            LOG.c.hash == hash,
        )  # fmt: skip
        return any(origin(row.site) == entry.site for row in self._conn.execute(found))

    def _head(self, chain: Chain) -> Head:
        return self._ahead.get(chain) or self._vector.head(chain)

    def _place(self, entry: Entry) -> tuple[Chain | None, str]:
        """The chain that an entry goes on from, and what it waits for, "" where for nothing."""
        chain = self._extends(entry)
        if chain is None:
            return None, GAP
        bases = bases_of(entry)
        if not bases:
            return chain, ""
        if not all(self._base_is_here(entry, base) for base in bases):
            return chain, CAUSE
        if not missing_record(self._conn, entry, self._made) or self._replaces_revoked(entry):
            return chain, ""  # what was quarantined may never come: its changes stay in the log
        return chain, CAUSE

    def _replaces_revoked(self, entry: Entry) -> bool:
        named = (named_in(base, entry.feed) for base in bases_of(entry))
        return any(self._writers.refusal(feed, *base) == REVOKED for feed, base in named)

    def _base_is_here(self, entry: Entry, base: Any) -> bool:
        feed, stamp = named_in(base, entry.feed)
        if feed != entry.feed or stamp.site != origin(stamp.site):
            return True  # another feed's, or a branch's: it may never come here
        chain = Chain(feed, stamp.site, stamp.epoch)
        if stamp.seq <= self._head(chain).seq or self._branches.of(chain):
            return True
        return bool(self._writers.refusal(feed, stamp.site, stamp.epoch, stamp.seq))

    def _extends(self, entry: Entry) -> Chain | None:
        """The chain here that this entry goes on from; None where what comes before is missing."""
        chain = Chain(entry.feed, entry.site, entry.epoch)
        if entry.seq == 1:
            return chain if entry.prev == "" else None
        for known in (chain, *self._branches.of(chain)):
            head = self._head(known)
            if head == Head(entry.seq - 1, entry.prev):
                return known
        before = select(LOG.c.site).where(
            LOG.c.feed == entry.feed, LOG.c.epoch == entry.epoch, LOG.c.seq == entry.seq - 1,
            LOG.c.hash == entry.prev,
        )  # fmt: skip
        self._flush()
        found = [site for site in self._conn.scalars(before) if origin(site) == entry.site]
        return chain._replace(site=found[0]) if found else None

    def _accept(self, entry: Entry, hash: str, body: bytes, chain: Chain) -> None:
        site = chain.site
        if self._head(chain).seq >= entry.seq or self._branches.leave(chain, entry.site, entry.seq):
            site = self._fork(entry, hash, chain)
        self._pending.append((Item(entry, site, hash), body))
        self._ahead[chain._replace(site=site)] = Head(entry.seq, hash)
        self._made.update((op.t, op.id) for op in entry.ops if isinstance(op, SetOp))
        self._count(entry)
        self._follow(entry.hlc)
        if len(self._pending) >= BATCH:
            self._flush()

    def _fork(self, entry: Entry, hash: str, chain: Chain) -> str:
        """Open a branch of its own for this entry, and name the one that stood there."""
        self._flush()
        self._rebuild = True
        if self._vector.head(chain).seq >= entry.seq:
            forks.split(self._conn, chain, entry.site, entry.seq, self._now)
        name = branch_name(entry.site, hash)
        branch = chain._replace(site=name)
        forks.begin(self._conn, branch, entry.site, chain.site, entry.seq, entry.prev, self._now)
        self.taken.forked.add(chain._replace(site=entry.site))
        self._branches, self._vector, self._ahead = Branches(self._conn), Vector(self._conn), {}
        return name

    def _count(self, entry: Entry) -> None:
        taken = self.taken
        taken.new += 1
        taken.writers.add((entry.site, entry.epoch))
        taken.by_writer[entry.site] += 1
        for op in entry.ops:
            if isinstance(op, RawOp) or getattr(op, "t", None) not in KINDS:
                taken.unknown_content |= not isinstance(op, EventOp)
                continue
            if isinstance(op, SetOp):
                taken.unknown_content |= not op.f.keys() <= FIELDS[op.t].keys()
            if op.t in SUBJECTS or op.t == "screening_return":
                first = isinstance(op, SetOp) and not _replaces(op)
                (taken.created if first else taken.updated)[op.t].add(op.id)

    def _follow(self, hlc: Hlc) -> None:
        wall = int(self._now.timestamp() * 1000)
        self._hlc = follow(self._hlc, hlc, wall)
        self.taken.ahead_ms = max(self.taken.ahead_ms, hlc.ms - wall)

    # --- writing ---

    def _flush(self) -> None:
        if not self._pending:
            return
        items = [item for item, _ in self._pending]
        store(self._conn, items, [body for _, body in self._pending])
        if self._rebuild:
            for item in items:
                entry = item.entry
                self._vector.advance(entry.feed, item.site, entry.epoch, entry.seq, item.hash)
            self._vector.save()
        else:
            self.taken.touched |= apply(self._conn, items, self._setting, self._vector)
            self._made = set()  # else nothing is in the tables before the rebuild
        self._pending, self._ahead = [], {}

    # --- the shelf ---

    def _shelve(self, arrival: Arrival, reason: str) -> bool:
        entry = arrival.entry
        row = {
            "feed": entry.feed, "site": entry.site, "epoch": entry.epoch, "seq": entry.seq,
            "hash": arrival.hash, "prev": entry.prev, "hlc": sortable(entry.hlc),
            "reason": reason, "sender": self._sender,
            "arrived_at": self._now.isoformat(timespec="seconds"), "body": arrival.body,
        }  # fmt: skip
        added = self._conn.execute(upsert(WAITING).on_conflict_do_nothing().values(row))
        if not added.rowcount:
            self.taken.known += 1
        elif reason == REVOKED:
            self.taken.refused += 1
        else:
            self._shelved.add(arrival.hash)
            return True
        return False

    def _from_shelf(self) -> bool:
        """Take down what can be applied now; says whether anything was."""
        rows = self._conn.execute(select(WAITING).order_by(WAITING.c.hlc, WAITING.c.seq)).all()
        signed = _covered(self._conn, {row.hash: row.prev for row in rows})
        moved = False
        for row in rows:
            entry = decode(row.body)
            if self._is_known(entry, row.hash):
                self._take_down(row)
                continue
            chain, lacking = self._place(entry)
            reason = (
                self._writers.refusal(row.feed, row.site, row.epoch, row.seq)
                or ("" if row.hash in signed else UNSIGNED)
                or lacking
            )
            if reason or chain is None:
                self._rename(row, reason)
                continue
            self._take_down(row)
            self._accept(entry, row.hash, row.body, chain)
            moved = True
        return moved

    def _take_down(self, row: Any) -> None:
        self._shelved.discard(row.hash)
        self._conn.execute(delete(WAITING).where(*_same(row)))

    def _rename(self, row: Any, reason: str) -> None:
        if row.reason != reason:
            self._conn.execute(update(WAITING).where(*_same(row)).values(reason=reason))


def _check(entry: Entry) -> None:
    for op in entry.ops:
        if isinstance(op, SetOp | ResolveOp) and op.t in KINDS:
            check_values(KINDS[op.t], {name: write.value for name, write in op.f.items()})
        elif isinstance(op, EventOp) and op.t in KINDS:
            check_values(KINDS[op.t], op.d)


def _replaces(op: SetOp) -> bool:
    """Whether it changes what stands in this feed; a record handed over from another one is new."""
    return any("@" not in base.site for write in op.f.values() for base in write.bases)


def _same(row: Any) -> tuple[Any, ...]:
    return tuple(
        WAITING.c[name] == getattr(row, name) for name in ("feed", "site", "epoch", "seq", "hash")
    )


def sortable(hlc: Hlc) -> str:
    """A text that sorts as the clock does."""
    return f"{hlc.ms:015d} {hlc.counter:010d}"


def _covered(conn: Connection, before: dict[str, str]) -> set[str]:
    """Hashes of waiting entries that a checked signature covers: those it names, and their past.

    ``before`` names for each waiting entry the one it goes on from.
    """
    covered: set[str] = set()
    for part in chunks(before):
        for hash in conn.scalars(select(CHECKPOINT.c.hash).where(CHECKPOINT.c.hash.in_(part))):
            while hash in before and hash not in covered:
                covered.add(hash)
                hash = before[hash]
    return covered


@dataclass(frozen=True, slots=True)
class Gap:
    """Entries on the shelf and what they wait for: ``missing`` is the number that has to come."""

    feed: str
    site: str
    epoch: int
    first: int
    last: int
    count: int
    reason: str
    missing: int
    arrived_at: str


def shelf(conn: Connection) -> list[Gap]:
    """What waits, one line a chain and reason."""
    columns = (WAITING.c.feed, WAITING.c.site, WAITING.c.epoch, WAITING.c.reason)
    query = select(
        *columns, func.min(WAITING.c.seq), func.max(WAITING.c.seq), func.count(),
        func.min(WAITING.c.arrived_at),
    ).group_by(*columns)  # fmt: skip
    vector = Vector(conn)
    return [
        Gap(
            feed, site, epoch, first, last, number, reason,
            vector.head(Chain(feed, site, epoch)).seq + 1, arrived,
        )
        for feed, site, epoch, reason, first, last, number, arrived in conn.execute(query)
    ]  # fmt: skip


def put_aside(
    conn: Connection,
    site: str,
    cut: Mapping[str, Mapping[int, int]],
    now: datetime,
    setting: Callable[[Connection], Setting] | None,
) -> int:
    """Put what ``site`` wrote after its cut on the shelf as revoked; returns how many entries.

    ``cut`` says per feed and epoch the last number that counts; what is not named counts for
    nothing. What follows from the log is made anew.
    """
    beyond = [
        row
        for row in conn.execute(select(LOG).where(LOG.c.site.startswith(site, autoescape=True)))
        if row.feed in cut and row.seq > cut[row.feed].get(row.epoch, 0)
    ]
    if not beyond or setting is None:
        return 0
    arrived = now.isoformat(timespec="seconds")
    with gate_of(conn):
        for row in beyond:
            conn.execute(
                upsert(WAITING)
                .on_conflict_do_nothing()
                .values(
                    feed=row.feed, site=site, epoch=row.epoch, seq=row.seq, hash=row.hash,
                    prev=row.prev, hlc=sortable(decode(row.body).hlc), reason=REVOKED, sender=site,
                    arrived_at=arrived, body=row.body,
                )
            )  # fmt: skip
            for table in (LOG, CHECKPOINT):
                conn.execute(
                    delete(table).where(
                        table.c.feed == row.feed, table.c.site == row.site, table.c.epoch == row.epoch,
                        table.c.seq == row.seq,
                    )
                )  # fmt: skip
        rebuild(conn, setting)
    return len(beyond)
