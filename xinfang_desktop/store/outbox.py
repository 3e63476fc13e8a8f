"""What goes out (发件): entries that the other side has not confirmed, with the signatures over them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from ..journal.chain import GENESIS, Chain, Head
from ..journal.feeds import travels
from . import vector
from .files import chunks
from .tables import CHECKPOINT, LOG, LOG_RECORD, TABLES

_CONTENTS: Final = re.compile(rb'"sha256":"([0-9a-f]{64})"')
_NAMING: Final = (b'"t":"attachment"', b'"t":"document"')


class Run(NamedTuple):
    """Entries of one chain that are to go: after ``after``, up to ``head``."""

    chain: Chain
    after: Head
    head: Head


class Row(NamedTuple):
    """One entry of a run."""

    seq: int
    hash: str
    body: bytes


def runs(conn: Connection, feeds: Collection[str], ack: Mapping[Chain, Head]) -> list[Run]:
    """What the other side lacks of these feeds, by what it last said it holds.

    Where it holds something else under our numbers, the whole chain goes.
    """
    found = []
    for chain, head in sorted(vector.heads(conn).items()):
        if chain.feed not in feeds:
            continue
        after = ack.get(chain, GENESIS)
        if after != GENESIS and _hash(conn, chain, after.seq) != after.digest:
            after = GENESIS
        first = _first(conn, chain)
        if after == GENESIS and first is not None:
            after = Head(first.seq - 1, first.prev)
        if head.seq > after.seq:
            found.append(Run(chain, after, head))
    return found


class _First(NamedTuple):
    seq: int
    prev: str


def _first(conn: Connection, chain: Chain) -> _First | None:
    """The first entry of a chain: 1, or where a branch left its parent."""
    query = select(LOG.c.seq, LOG.c.prev).where(*_of(chain)).order_by(LOG.c.seq).limit(1)
    row = conn.execute(query).first()
    return _First(*row) if row else None


def _of(chain: Chain) -> tuple[ColumnElement[bool], ...]:
    return (LOG.c.feed == chain.feed, LOG.c.site == chain.site, LOG.c.epoch == chain.epoch)


def _hash(conn: Connection, chain: Chain, seq: int) -> str | None:
    return conn.scalar(select(LOG.c.hash).where(*_of(chain), LOG.c.seq == seq))


def rows(conn: Connection, chain: Chain, first: int, last: int) -> Iterator[Row]:
    """The entries ``first`` to ``last`` of a chain, a few hundred in memory at a time."""
    for start in range(first, last + 1, 500):
        query = (
            select(LOG.c.seq, LOG.c.hash, LOG.c.body)
            .where(*_of(chain), LOG.c.seq.between(start, min(last, start + 499)))
            .order_by(LOG.c.seq)
        )
        for row in conn.execute(query):
            yield Row(*row)


class Signed(NamedTuple):
    """A checkpoint: a site's signature over the head of one of its chains."""

    chain: Chain
    seq: int
    hash: str
    signature: bytes


def checkpoints(conn: Connection, run: Run) -> list[Signed]:
    """The signatures over entries of this run."""
    chain = run.chain
    query = select(CHECKPOINT).where(
        CHECKPOINT.c.feed == chain.feed, CHECKPOINT.c.site == chain.site,
        CHECKPOINT.c.epoch == chain.epoch, CHECKPOINT.c.seq > run.after.seq,
        CHECKPOINT.c.seq <= run.head.seq,
    )  # fmt: skip
    return [
        Signed(Chain(row.feed, row.site, row.epoch), row.seq, row.hash, row.signature)
        for row in conn.execute(query)
    ]


def written_since(
    conn: Connection, site: str, told: Mapping[Chain, int], subjects: Collection[str]
) -> int:
    """How many of these subjects our own entries speak of that the other side had not seen."""
    found: set[str] = set()
    for part in chunks(subjects):
        query = select(LOG_RECORD).where(LOG_RECORD.c.about.in_(part), LOG_RECORD.c.site == site)
        for row in conn.execute(query):
            if row.seq > told.get(Chain(row.feed, row.site, row.epoch), 0) and travels(row.feed):
                found.add(row.about)
    return len(found)


def contents_named(body: bytes) -> list[str]:
    """SHA-256 of the papers and attachments that an entry registers."""
    if not any(naming in body for naming in _NAMING):
        return []
    return [found.decode() for found in _CONTENTS.findall(body)]


def shared_contents(conn: Connection, wanted: Collection[str], feeds: Collection[str]) -> list[str]:
    """Those of ``wanted`` that records of these feeds name: nobody gets another's papers by hash."""
    found: set[str] = set()
    for kind in ("attachment", "document"):
        table = TABLES[kind]
        for part in chunks(wanted):
            query = select(table.c.sha256).where(table.c.sha256.in_(part), table.c.feed.in_(feeds))
            found.update(conn.scalars(query))
    return sorted(found)
