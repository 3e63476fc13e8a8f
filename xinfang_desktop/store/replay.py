"""Replaying the log (重放): the tables made anew from the entries, here or in a scratch copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from ..journal.causal import Link, in_causal_order
from ..journal.chain import Chain
from ..journal.clock import Hlc
from ..journal.entry import decode
from ..journal.feeds import named_in
from . import meta
from .applying import Item, apply, bases_of
from .database import Database, gate_of
from .derived import every_subject, refresh, setting
from .forks import Branches
from .reference import Reference
from .search import empty_tables
from .subjects import Setting
from .tables import (
    CONFLICT,
    DUTY,
    FORK,
    HEAD,
    LOG,
    LOG_RECORD,
    TABLES,
    VECTOR,
    VILLAGE_ALIAS,
)
from .vector import Vector

FOLLOWS_FROM_LOG = (*TABLES.values(), HEAD, VECTOR, CONFLICT, VILLAGE_ALIAS, LOG_RECORD, DUTY)
"""Everything that replaying makes."""

BATCH = 500
"""Entries that are applied together."""


class _Key(NamedTuple):
    hlc: Hlc
    chain: Chain
    seq: int


def rebuild(conn: Connection, now: Callable[[Connection], Setting]) -> int:
    """Empty every table that follows from the log and make it anew; returns the entries replayed.

    Needed after a fork was found, and where a newer schema knows more of what older entries say.
    """
    for table in FOLLOWS_FROM_LOG:
        conn.execute(table.delete())
    empty_tables(conn)
    total = replay(conn, conn)
    refresh(conn, every_subject(conn), now(conn))
    meta.replayed(conn)
    return total


def catch_up(database: Database, shipped: Reference) -> None:
    """Replay the log where an upgrade of the schema understands more of it than before."""
    with database.read() as conn:
        owed = meta.replay_owed(conn)
    if owed:
        with database.write() as conn, gate_of(conn):
            rebuild(conn, lambda c: setting(c, shipped))


def copy_frame(source: Connection, copy: Connection) -> None:
    """What a replay in a scratch copy needs besides the entries: whose store it is, and the forks."""
    feed = meta.get(source, "site.feed")
    assert feed, "a store knows its own feed"
    meta.put(copy, "site.feed", feed)
    rows = [dict(row) for row in source.execute(select(FORK)).mappings()]
    if rows:
        copy.execute(insert(FORK), rows)


def replay(source: Connection, copy: Connection) -> int:
    """Apply every entry of ``source`` to ``copy``, causes before effects, clocks deciding the rest."""
    there = heads_of_log(source)
    branches = Branches(source)
    starts = {Chain(f.feed, f.branch, f.epoch): f for f in branches.all()}
    vector = Vector(copy)
    total = 0
    batch: list[Item] = []

    def needs(item: Item) -> Iterator[Link]:
        entry = item.entry
        own = Chain(entry.feed, item.site, entry.epoch)
        fork = starts.get(own)
        if fork is not None and fork.seq == entry.seq:
            yield own._replace(site=fork.parent), entry.seq - 1
        else:
            yield own, entry.seq - 1
        for base in bases_of(entry):
            feed, plain = named_in(base, entry.feed)
            plain = branches.meant(feed, plain, entry, item.site)
            chain = Chain(feed, plain.site, plain.epoch)
            if plain.seq <= there.get(chain, 0):
                yield chain, plain.seq

    def place(item: Item) -> Link:
        return Chain(item.entry.feed, item.site, item.entry.epoch), item.entry.seq

    for item in in_causal_order(_by_clock(source), place, needs):
        batch.append(item)
        total += 1
        if len(batch) == BATCH:
            apply(copy, batch, None, vector)
            batch = []
    if batch:
        apply(copy, batch, None, vector)
    return total


def heads_of_log(conn: Connection) -> dict[Chain, int]:
    """The last number of each chain in the log itself."""
    found: dict[Chain, int] = {}
    for feed, site, epoch, seq in conn.execute(
        select(LOG.c.feed, LOG.c.site, LOG.c.epoch, LOG.c.seq)
    ):
        chain = Chain(feed, site, epoch)
        found[chain] = max(seq, found.get(chain, 0))
    return found


def _by_clock(conn: Connection) -> Iterator[Item]:
    keys = sorted(
        _Key(decode(row.body).hlc, Chain(row.feed, row.site, row.epoch), row.seq)
        for row in conn.execution_options(yield_per=1000).execute(select(LOG))
    )
    for key in keys:
        row = conn.execute(
            select(LOG.c.hash, LOG.c.body).where(
                LOG.c.feed == key.chain.feed, LOG.c.site == key.chain.site,
                LOG.c.epoch == key.chain.epoch, LOG.c.seq == key.seq,
            )
        ).one()  # fmt: skip
        yield Item(decode(row.body), key.chain.site, row.hash)
