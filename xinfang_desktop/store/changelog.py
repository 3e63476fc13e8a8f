"""The change log: the one way by which anything registered is written.

``append`` stores an entry per feed and applies it by ``apply``, the same function that taking in a
bundle and rebuilding use. Ops carry the bases that the reader's dataclass brought along.
"""

from __future__ import annotations

import dataclasses
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from .. import __version__
from ..domain.kinds import KINDS
from ..domain.records import Record, Stamp
from ..journal.clock import START, Hlc, tick
from ..journal.entry import Actor, Entry, decode, digest, encode
from ..journal.merge import RecordHeads
from ..journal.ops import EventOp, FieldWrite, Op, ResolveOp, SetOp, VoidOp, coalesce
from ..journal.plain import to_plain
from ..journal.signing import checkpoint_text
from . import meta
from .database import Database, gate_of
from .derived import moved, refresh, touched
from .files import record_ids
from .schema import HEAD as SCHEMA
from .subjects import Setting
from .tables import (
    CHECKPOINT,
    HEAD,
    LOG,
    LOG_RECORD,
    TABLES,
    defaults,
    to_columns,
    to_values,
)

CHECKPOINT_EVERY = 256
"""Entries of one feed between two signatures of this site."""

RECORDS_PER_ENTRY = 1_000
"""A large import is cut into entries of this many operations, all of one transaction."""


def new_id() -> str:
    """A UUIDv7 (RFC 9562): ids made later sort later. The clock here orders ids, nothing else."""
    stamp = time.time_ns()
    ms, rest = divmod(stamp, 1_000_000)
    value = (ms & (1 << 48) - 1) << 80 | 0x7 << 76 | (rest * 4096 // 1_000_000) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(UUID(int=value))


class Change(NamedTuple):
    """One operation and the feed whose audience it is for."""

    feed: str
    op: Op


def new(record: Record) -> Change:
    """The first writing of a record."""
    values = to_plain(record)
    if record.event:
        return Change(record.feed, EventOp(record.kind, record.id, values))
    writes = {name: FieldWrite(value) for name, value in values.items()}
    return Change(record.feed, SetOp(record.kind, record.id, writes))


def change(record: Record, **fields: Any) -> Change:
    """New values for fields of a record, on the bases it was read with."""
    assert record.bases, "a change starts from a record that was read with its bases"
    values = to_plain(dataclasses.replace(record, **fields))
    writes = {name: FieldWrite(values[name], tuple(record.bases.get(name, ()))) for name in fields}
    return Change(record.feed, SetOp(record.kind, record.id, writes))


def void(record: Record, reason: str) -> Change:
    """作废: the row stays, with the reason."""
    seen = tuple(dict.fromkeys(stamp for stamps in record.bases.values() for stamp in stamps))
    return Change(record.feed, VoidOp(record.kind, record.id, reason, seen))


def note(feed: str, what: str, id: str, data: Mapping[str, Any]) -> Change:
    """Something that is only logged and has no table: a sign-in, a look, a search."""
    return Change(feed, EventOp(what, id, data))


@dataclass(slots=True)
class Transaction:
    """One use case's writing: who, when, from which site, and what it touched so far."""

    conn: Connection
    author: Actor
    wall: datetime
    site: meta.Site
    setting: Callable[[Connection], Setting] | None
    id: str = field(default_factory=lambda: new_id())
    touched: set[tuple[str, str]] = field(default_factory=set)

    def append(self, changes: Iterable[Change]) -> None:
        """See ``append``."""
        append(self, changes)


@contextmanager
def transaction(
    database: Database,
    author: Actor,
    wall: datetime,
    site: meta.Site,
    setting: Callable[[Connection], Setting] | None,
) -> Iterator[Transaction]:
    """A write: committed with its log entries, or nothing of it."""
    with database.write() as conn:
        yield Transaction(conn, author, wall, site, setting)


def append(tx: Transaction, changes: Iterable[Change]) -> None:
    """Log these operations, one entry a feed, and apply them to the tables."""
    by_feed: dict[str, list[Op]] = defaultdict(list)
    for feed, op in changes:
        by_feed[feed].append(op)
    with gate_of(tx.conn):
        for feed, ops in by_feed.items():
            joined = coalesce(ops)
            for start in range(0, len(joined), RECORDS_PER_ENTRY):
                _append_one(tx, feed, joined[start : start + RECORDS_PER_ENTRY])


def _append_one(tx: Transaction, feed: str, ops: tuple[Op, ...]) -> None:
    site = tx.site
    last = tx.conn.execute(
        select(LOG.c.seq, LOG.c.hash)
        .where(LOG.c.feed == feed, LOG.c.site == site.id, LOG.c.epoch == site.epoch)
        .order_by(LOG.c.seq.desc())
        .limit(1)
    ).first()
    hlc = tick(_last_hlc(tx.conn), int(tx.wall.timestamp() * 1000))
    entry = Entry(
        feed=feed, site=site.id, epoch=site.epoch, seq=last.seq + 1 if last else 1,
        prev=last.hash if last else "", hlc=hlc, wall=tx.wall.isoformat(timespec="seconds"),
        actor=tx.author, app=__version__, schema=SCHEMA, tx=tx.id, ops=ops,
    )  # fmt: skip
    body = encode(entry)
    store(tx.conn, entry, body)
    meta.put(tx.conn, "hlc", f"{hlc.ms} {hlc.counter}".encode())
    if entry.seq % CHECKPOINT_EVERY == 0:
        sign_head(tx.conn, site, entry, digest(body))
    tx.touched |= apply(tx.conn, entry, tx.setting)


def _last_hlc(conn: Connection) -> Hlc:
    text = meta.get(conn, "hlc")
    if text is None:
        return START
    ms, counter = text.decode().split()
    return Hlc(int(ms), int(counter))


def store(conn: Connection, entry: Entry, body: bytes) -> None:
    """Keep the entry's bytes as they are."""
    conn.execute(
        insert(LOG).values(
            feed=entry.feed, site=entry.site, epoch=entry.epoch, seq=entry.seq,
            hash=digest(body), prev=entry.prev, body=body,
        )
    )  # fmt: skip


def sign_head(conn: Connection, site: meta.Site, entry: Entry, hash: str) -> None:
    """Sign feed, epoch, sequence number and hash, so that no later hand can re-chain the past."""
    signature = site.signing.sign(checkpoint_text(entry.feed, entry.epoch, entry.seq, hash))
    conn.execute(
        upsert(CHECKPOINT)
        .values(
            feed=entry.feed, site=entry.site, epoch=entry.epoch, seq=entry.seq, hash=hash,
            signature=signature,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip


# --- applying ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Batch:
    """Rows of one entry on their way into the tables, so that equal statements go together."""

    conn: Connection
    heads: dict[tuple[str, str], RecordHeads]
    inserts: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    changed: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    written: set[tuple[str, str]] = field(default_factory=set)

    def flush(self) -> None:
        for kind, rows in self.inserts.items():
            self.conn.execute(upsert(TABLES[kind]).on_conflict_do_nothing(), rows)
        self.inserts.clear()


def apply(
    conn: Connection, entry: Entry, setting: Callable[[Connection], Setting] | None
) -> set[tuple[str, str]]:
    """Apply one entry to the tables and their projections; returns the records it touched.

    ``setting`` None leaves the projections alone (a rebuild computes them once at the end).
    Operations on tables that this program does not know stay in the log only.
    """
    known = [op for op in entry.ops if getattr(op, "t", None) in KINDS]
    batch = _Batch(conn, _heads(conn, known))
    for op in known:
        _APPLY[type(op)](batch, entry, op)
    batch.flush()
    _keep_heads(conn, batch)
    subjects = touched(conn, batch.changed)
    _remember(conn, entry, subjects)
    if setting is not None and batch.changed:
        refresh(conn, moved(conn, batch.changed, subjects), setting(conn))
    return {(kind, id) for kind, id, _ in batch.changed}


def _heads(conn: Connection, ops: Iterable[Op]) -> dict[tuple[str, str], RecordHeads]:
    wanted = [(op.t, op.id) for op in ops if isinstance(op, SetOp | ResolveOp | VoidOp)]
    found: dict[tuple[str, str], RecordHeads] = {}
    for start in range(0, len(wanted), 500):
        query = select(HEAD.c.kind, HEAD.c.id, HEAD.c.heads).where(
            record_ids(wanted[start : start + 500])
        )
        for kind, id, heads in conn.execute(query):
            found[kind, id] = RecordHeads.load(heads)
    return found


def _apply_set(batch: _Batch, entry: Entry, op: SetOp | ResolveOp) -> None:
    place = (op.t, op.id)
    before = batch.heads.get(place)
    if before is None:
        heads, shown = RecordHeads().write(op.f, entry.stamp, entry.hlc, {})
        row = {"id": op.id, "feed": entry.feed, "voided": 0, **defaults(op.t)}
        batch.inserts[op.t].append({**row, **to_columns(op.t, shown)})
    else:
        batch.flush()
        table = TABLES[op.t]
        now = batch.conn.execute(select(table).where(table.c.id == op.id)).mappings().one()
        heads, shown = before.write(op.f, entry.stamp, entry.hlc, to_values(op.t, now))
        columns = to_columns(op.t, shown)
        if columns:
            batch.conn.execute(update(table).where(table.c.id == op.id).values(**columns))
    batch.heads[place] = heads
    batch.written.add(place)
    batch.changed.append((op.t, op.id, {name: write.value for name, write in op.f.items()}))


def _apply_event(batch: _Batch, entry: Entry, op: EventOp) -> None:
    values = to_columns(op.t, op.d)
    row = {"id": op.id, "feed": entry.feed, "voided": 0, **defaults(op.t), **values}
    batch.inserts[op.t].append(row)
    batch.changed.append((op.t, op.id, dict(op.d)))


def _apply_void(batch: _Batch, entry: Entry, op: VoidOp) -> None:
    batch.flush()
    table = TABLES[op.t]
    batch.conn.execute(update(table).where(table.c.id == op.id).values(voided=1))
    place = (op.t, op.id)
    if place in batch.heads:
        batch.heads[place] = batch.heads[place].void(entry.stamp, op.b)
        batch.written.add(place)
    batch.changed.append((op.t, op.id, {}))


def _apply_nothing(batch: _Batch, entry: Entry, op: Op) -> None:
    """Sets are not used by a table of this schema; the entry keeps the operation."""


_APPLY: dict[type, Callable[[_Batch, Entry, Any], None]] = defaultdict(
    lambda: _apply_nothing,
    {SetOp: _apply_set, ResolveOp: _apply_set, EventOp: _apply_event, VoidOp: _apply_void},
)


def _keep_heads(conn: Connection, batch: _Batch) -> None:
    rows = [
        {"kind": kind, "id": id, "heads": batch.heads[kind, id].dump()}
        for kind, id in batch.written
    ]
    if rows:
        statement = upsert(HEAD)
        conn.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "id"], set_={"heads": statement.excluded.heads}
            ),
            rows,
        )


def _remember(conn: Connection, entry: Entry, subjects: set[str]) -> None:
    """Which subjects the entry speaks of; looks and prints name theirs in their data."""
    events = [op.d for op in entry.ops if isinstance(op, EventOp)]
    named = {data[key] for data in events for key in ("matter", "case") if data.get(key)}
    rows = [
        {
            "about": about, "feed": entry.feed, "site": entry.site, "epoch": entry.epoch,
            "seq": entry.seq,
        }
        for about in subjects | named
    ]  # fmt: skip
    if rows:
        conn.execute(upsert(LOG_RECORD).on_conflict_do_nothing(), rows)


# --- reading the log back ----------------------------------------------------------------------


def entries(conn: Connection) -> Iterator[tuple[Stamp, str, bytes, str]]:
    """Every entry in the order of writing: stamp, feed, bytes, recorded hash."""
    query = select(LOG).order_by(LOG.c.feed, LOG.c.site, LOG.c.epoch, LOG.c.seq)
    for row in conn.execution_options(yield_per=1000).execute(query):
        yield Stamp(row.site, row.epoch, row.seq), row.feed, row.body, row.hash


def entries_about(conn: Connection, about: str) -> list[Entry]:
    """The entries that speak of one matter, dispute, mediation or note, oldest first."""
    joined = LOG_RECORD.join(
        LOG,
        (LOG.c.feed == LOG_RECORD.c.feed)
        & (LOG.c.site == LOG_RECORD.c.site)
        & (LOG.c.epoch == LOG_RECORD.c.epoch)
        & (LOG.c.seq == LOG_RECORD.c.seq),
    )
    query = select(LOG.c.body).select_from(joined).where(LOG_RECORD.c.about == about)
    found = [decode(body) for body in conn.scalars(query)]
    return sorted(found, key=lambda entry: (entry.hlc, entry.feed, entry.seq))


def count(conn: Connection, feed: str = "") -> int:
    """How many entries the log holds, in all or in one feed."""
    query = select(func.count()).select_from(LOG)
    return int(conn.scalar(query.where(LOG.c.feed == feed) if feed else query) or 0)
