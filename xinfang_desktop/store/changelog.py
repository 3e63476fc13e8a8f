"""The change log: the one way by which anything registered is written.

``append`` stores an entry per feed and applies it by ``apply``, the same function that taking in a
bundle and rebuilding use. Ops carry the bases that the reader's dataclass brought along.
"""

from __future__ import annotations

import dataclasses
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from .. import __version__
from ..domain.records import Record, Stamp
from ..journal.chain import Chain, Head, origin
from ..journal.clock import START, Hlc, tick
from ..journal.entry import Actor, Entry, decode, digest, encode
from ..journal.feeds import travels
from ..journal.ops import EventOp, FieldWrite, Op, SetOp, VoidOp, coalesce
from ..journal.plain import to_plain
from ..journal.signing import checkpoint_text
from . import meta
from .applying import Item, apply
from .bulk import insert_rows
from .database import Database, gate_of
from .schema import HEAD as SCHEMA
from .subjects import Setting
from .tables import CHECKPOINT, LOG, LOG_RECORD
from .vector import Vector, heads

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
    travelling: bool = False  # wrote something that will go into bundles

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
    vector = Vector(tx.conn)
    last = vector.head(Chain(feed, site.id, site.epoch))
    hlc = tick(last_hlc(tx.conn), int(tx.wall.timestamp() * 1000))
    entry = Entry(
        feed=feed, site=site.id, epoch=site.epoch, seq=last.seq + 1,
        prev=last.digest, hlc=hlc, wall=tx.wall.isoformat(timespec="seconds"),
        actor=tx.author, app=__version__, schema=SCHEMA, tx=tx.id, ops=ops,
    )  # fmt: skip
    body = encode(entry)
    item = Item(entry, site.id, digest(body))
    tx.travelling |= travels(feed)
    store(tx.conn, [item], [body])
    keep_hlc(tx.conn, hlc)
    if entry.seq % CHECKPOINT_EVERY == 0:
        sign_head(tx.conn, site, feed, Head(entry.seq, item.hash))
    tx.touched |= apply(tx.conn, [item], tx.setting, vector)


def last_hlc(conn: Connection) -> Hlc:
    """The stamp of the newest thing written or received here."""
    text = meta.get(conn, "hlc")
    if text is None:
        return START
    ms, counter = text.decode().split()
    return Hlc(int(ms), int(counter))


def keep_hlc(conn: Connection, hlc: Hlc) -> None:
    """Remember the newest stamp."""
    meta.put(conn, "hlc", f"{hlc.ms} {hlc.counter}".encode())


def store(conn: Connection, items: Sequence[Item], bodies: Sequence[bytes]) -> None:
    """Keep the entries' bytes as they are."""
    rows = [
        {
            "feed": item.entry.feed, "site": item.site, "epoch": item.entry.epoch,
            "seq": item.entry.seq, "hash": item.hash, "prev": item.entry.prev, "body": body,
        }
        for item, body in zip(items, bodies, strict=True)
    ]  # fmt: skip
    insert_rows(conn, LOG, rows)


def sign_head(conn: Connection, site: meta.Site, feed: str, head: Head) -> None:
    """Sign feed, epoch, sequence number and hash, so that no later hand can re-chain the past."""
    _sign(conn, site, Chain(feed, site.id, site.epoch), head)


def sign_all(conn: Connection, site: meta.Site, feeds: Collection[str] | None = None) -> None:
    """Sign where each chain of this site stands, in these feeds or in all that travel.

    Also those of earlier epochs and the branches of a fork: what was written before a disk was put
    back, or before a copy was noticed, may never have been signed, and nobody takes it in unsigned.
    """
    for chain, head in heads(conn).items():
        wanted = travels(chain.feed) if feeds is None else chain.feed in feeds
        if wanted and origin(chain.site) == site.id:
            _sign(conn, site, chain, head)


def _sign(conn: Connection, site: meta.Site, chain: Chain, head: Head) -> None:
    signature = site.signing.sign(checkpoint_text(chain.feed, chain.epoch, head.seq, head.digest))
    keep_checkpoint(conn, chain, head, signature)


def keep_checkpoint(conn: Connection, chain: Chain, head: Head, signature: bytes) -> None:
    """Keep a checked signature over a chain's head."""
    conn.execute(
        upsert(CHECKPOINT)
        .values(**chain._asdict(), seq=head.seq, hash=head.digest, signature=signature)
        .on_conflict_do_nothing()
    )


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
