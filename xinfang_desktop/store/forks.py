"""Forks (分叉): one site wrote two entries of one number, because its data folder was copied.

From the first entry that differs, each branch is a chain of its own, named ``site~<hash>`` after
that entry; nothing is dropped. A base that names such a number means the branch that its own chain
continues; where that cannot be known it replaces nothing, so that both values stay for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, insert, literal, select, update

from ..domain.records import Stamp
from ..journal.chain import Chain, branch_name
from ..journal.entry import Entry
from .tables import CHECKPOINT, FORK, LOG, LOG_RECORD, VECTOR


class Fork(NamedTuple):
    """One branch: its chain, the one it left, and the first number that is its own."""

    feed: str
    site: str
    epoch: int
    branch: str
    parent: str
    seq: int
    prev: str
    found_at: str


class Branches:
    """The forks of this store, read once."""

    def __init__(self, conn: Connection) -> None:
        self._of: dict[tuple[str, str, int], dict[str, Fork]] = defaultdict(dict)
        for row in conn.execute(select(FORK)):
            fork = Fork(*row)
            self._of[fork.feed, fork.site, fork.epoch][fork.branch] = fork

    def meant(self, feed: str, stamp: Stamp, entry: Entry, site: str) -> Stamp:
        """The chain that a base speaks of; ``site`` is the name of the entry's own chain."""
        forks = self._of.get((feed, stamp.site, stamp.epoch))
        if not forks:
            return stamp
        if (entry.feed, entry.site, entry.epoch) != (feed, stamp.site, stamp.epoch):
            return stamp
        at = site
        while at in forks and forks[at].seq > stamp.seq:
            at = forks[at].parent
        return stamp._replace(site=at)

    def of(self, chain: Chain) -> list[Chain]:
        """The branches of what this site wrote into this feed in this epoch."""
        forks = self._of.get(chain)
        return [chain._replace(site=branch) for branch in forks] if forks else []

    def leave(self, chain: Chain, site: str, seq: int) -> bool:
        """Whether branches leave ``chain`` at this number."""
        forks = self._of.get((chain.feed, site, chain.epoch))
        return forks is not None and any(
            (fork.parent, fork.seq) == (chain.site, seq) for fork in forks.values()
        )

    def all(self) -> list[Fork]:
        """Every branch, the oldest finding first."""
        found = (fork for forks in self._of.values() for fork in forks.values())
        return sorted(found, key=lambda fork: (fork.found_at, fork))


def split(conn: Connection, chain: Chain, site: str, seq: int, now: datetime) -> None:
    """Give what ``chain`` holds from ``seq`` on a name of its own; ``site`` wrote it."""
    first = conn.execute(
        select(LOG.c.hash, LOG.c.prev).where(
            LOG.c.feed == chain.feed, LOG.c.site == chain.site, LOG.c.epoch == chain.epoch,
            LOG.c.seq == seq,
        )
    ).one()  # fmt: skip
    name = branch_name(site, first.hash)
    where = (
        VECTOR.c.feed == chain.feed, VECTOR.c.site == chain.site, VECTOR.c.epoch == chain.epoch,
    )  # fmt: skip
    conn.execute(  # its end is now the branch's: a third copy may leave that one
        insert(VECTOR).from_select(
            ["feed", "site", "epoch", "seq", "hash"],
            select(VECTOR.c.feed, literal(name), VECTOR.c.epoch, VECTOR.c.seq, VECTOR.c.hash).where(
                *where
            ),
        )
    )
    for table in (LOG, LOG_RECORD):
        conn.execute(
            update(table)
            .where(
                table.c.feed == chain.feed, table.c.site == chain.site,
                table.c.epoch == chain.epoch, table.c.seq >= seq,
            )
            .values(site=name)
        )  # fmt: skip
    conn.execute(
        update(FORK)
        .where(
            FORK.c.feed == chain.feed, FORK.c.site == site, FORK.c.epoch == chain.epoch,
            FORK.c.parent == chain.site, FORK.c.seq > seq,
        )
        .values(parent=name)
    )  # fmt: skip
    begin(conn, Chain(chain.feed, name, chain.epoch), site, chain.site, seq, first.prev, now)
    last = conn.execute(
        select(LOG.c.seq, LOG.c.hash)
        .where(LOG.c.feed == chain.feed, LOG.c.site == chain.site, LOG.c.epoch == chain.epoch)
        .order_by(LOG.c.seq.desc())
        .limit(1)
    ).first()
    if last is None:
        conn.execute(VECTOR.delete().where(*where))
    else:
        conn.execute(update(VECTOR).where(*where).values(seq=last.seq, hash=last.hash))


def begin(
    conn: Connection, branch: Chain, site: str, parent: str, seq: int, prev: str, now: datetime
) -> None:
    """Note a branch and where it left its parent."""
    conn.execute(
        insert(FORK).values(
            feed=branch.feed, site=site, epoch=branch.epoch, branch=branch.site, parent=parent,
            seq=seq, prev=prev, found_at=now.isoformat(timespec="seconds"),
        )
    )  # fmt: skip


def name_signatures(conn: Connection) -> None:
    """Signatures stand under the name of the chain that holds what they sign."""
    names: dict[Chain, set[str]] = defaultdict(set)
    for row in conn.execute(select(FORK)):
        names[Chain(row.feed, row.site, row.epoch)] |= {row.site, row.branch}
    for chain, sites in names.items():
        signed, stored = _of(CHECKPOINT, chain, sites), _of(LOG, chain, sites)
        for row in conn.execute(select(CHECKPOINT).where(*signed)).all():
            same = (CHECKPOINT.c.seq == row.seq, CHECKPOINT.c.hash == row.hash)
            found = conn.scalar(
                select(LOG.c.site).where(*stored, LOG.c.seq == row.seq, LOG.c.hash == row.hash)
            )
            if found is not None and found != row.site:
                conn.execute(
                    update(CHECKPOINT)
                    .where(*signed, *same, CHECKPOINT.c.site == row.site)
                    .values(site=found)
                    .prefix_with("OR REPLACE", dialect="sqlite")
                )


def _of(table: Table, chain: Chain, sites: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Rows of all branches of what one site wrote into one feed in one epoch."""
    columns = table.c
    return (
        columns.feed == chain.feed,
        columns.epoch == chain.epoch,
        columns.site.in_(sorted(sites)),
    )
