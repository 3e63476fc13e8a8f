"""Finding a hash that stands on paper (存证) in the log again."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from ..journal.entry import Entry, decode
from .tables import LOG, LOG_RECORD


class Hashed(NamedTuple):
    """One entry of the log and its hash in hexadecimal."""

    feed: str
    site: str
    epoch: int
    seq: int
    hash: str
    entry: Entry


_COLUMNS = (LOG.c.feed, LOG.c.site, LOG.c.epoch, LOG.c.seq, LOG.c.hash, LOG.c.body)


def hashes_from(conn: Connection, start: str, most: int = 2) -> list[Hashed]:
    """Entries whose hash begins so. ``start`` is lower-case hexadecimal."""
    query = select(*_COLUMNS).where(LOG.c.hash.startswith(start, autoescape=True)).limit(most)
    return [Hashed(*row[:5], decode(row.body)) for row in conn.execute(query)]


def hash_at(conn: Connection, feed: str, site: str, epoch: int, seq: int) -> str:
    """The hash of one entry, "" where there is none."""
    query = select(LOG.c.hash).where(
        LOG.c.feed == feed, LOG.c.site == site, LOG.c.epoch == epoch, LOG.c.seq == seq
    )
    return str(conn.scalar(query) or "")


def noted_about(conn: Connection, start: str) -> set[str]:
    """What entries of the log speak of, where it begins so."""
    query = select(LOG_RECORD.c.about).where(LOG_RECORD.c.about.startswith(start, autoescape=True))
    return set(conn.scalars(query.distinct().limit(2)))
