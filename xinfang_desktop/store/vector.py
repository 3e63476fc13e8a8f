"""The version vector (已知到): how far each chain of the log was applied here."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ..domain.records import Stamp
from ..journal.chain import GENESIS, Chain, Head
from .tables import VECTOR


class Vector:
    """Reads a chain's head when it is asked for; ``save`` writes what was advanced."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._heads: dict[Chain, Head] = {}
        self._advanced: set[Chain] = set()

    def head(self, chain: Chain) -> Head:
        """Number and hash of the last applied entry; ``GENESIS`` where there is none."""
        found = self._heads.get(chain)
        if found is None:
            row = self._conn.execute(
                select(VECTOR.c.seq, VECTOR.c.hash).where(
                    VECTOR.c.feed == chain.feed,
                    VECTOR.c.site == chain.site,
                    VECTOR.c.epoch == chain.epoch,
                )
            ).first()
            found = self._heads[chain] = Head(row.seq, row.hash) if row else GENESIS
        return found

    def holds(self, feed: str, stamp: Stamp) -> bool:
        """Whether this entry of ``feed`` was applied."""
        return stamp.seq <= self.head(Chain(feed, stamp.site, stamp.epoch)).seq

    def advance(self, feed: str, site: str, epoch: int, seq: int, hash: str) -> None:
        """Note that an entry was applied."""
        chain = Chain(feed, site, epoch)
        self._heads[chain] = Head(seq, hash)
        self._advanced.add(chain)

    def save(self) -> None:
        """Write the heads that moved."""
        rows = [
            {**chain._asdict(), "seq": self._heads[chain].seq, "hash": self._heads[chain].digest}
            for chain in self._advanced
        ]
        self._advanced.clear()
        if rows:
            statement = upsert(VECTOR)
            self._conn.execute(
                statement.on_conflict_do_update(
                    index_elements=["feed", "site", "epoch"],
                    set_={"seq": statement.excluded.seq, "hash": statement.excluded.hash},
                ),
                rows,
            )


def heads(conn: Connection) -> dict[Chain, Head]:
    """The whole vector."""
    return {
        Chain(row.feed, row.site, row.epoch): Head(row.seq, row.hash)
        for row in conn.execute(select(VECTOR))
    }
