"""The other sites (对方) and what we know of them: local rows beside the log, which never travel."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ..journal.chain import Chain, Head
from .files import chunks
from .tables import BUNDLE, MISSING, PEER, ROSTER

EVERYTHING = "*"
"""Stands for every feed of the office: another PC of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One other site. ``ack`` is what it last said it holds; ``cut`` is set where it is revoked."""

    site: str
    name: str
    office_code: str
    office_name: str
    office_level: str
    role: str  # upper | peer | lower
    feeds: tuple[str, ...]
    sign: str  # public key, hexadecimal
    box: str
    root: str
    block: str = ""
    epoch: int = 1
    status: str = "active"  # active | revoked
    known_by: str = "card"  # card | roster
    cut: Mapping[str, Mapping[int, int]] = field(default_factory=dict)  # feed → epoch → last
    added_at: str = ""
    ack: Mapping[Chain, Head] = field(default_factory=dict)
    ack_epoch: int = 0
    ack_serial: int = 0
    want: tuple[str, ...] = ()
    last_in: str = ""
    last_out: str = ""

    def counts(self, feed: str, epoch: int, seq: int) -> bool:
        """Whether an entry of this site is history; after a cut, up to it."""
        return self.status == "active" or seq <= self.cut.get(feed, {}).get(epoch, 0)


def peers(conn: Connection) -> dict[str, Peer]:
    """Every other site by its id, in the order they were added."""
    rows = conn.execute(select(PEER).order_by(PEER.c.added_at, PEER.c.site)).mappings()
    return {row["site"]: _peer(row) for row in rows}


def _peer(row: Mapping[Any, Any]) -> Peer:
    cut = {
        feed: {int(epoch): seq for epoch, seq in epochs.items()}
        for feed, epochs in json.loads(row["cut"]).items()
    }
    ack = {Chain(*c): Head(*h) for c, h in json.loads(row["ack"])}
    return Peer(
        **{
            **row,
            "feeds": tuple(json.loads(row["feeds"])),
            "want": tuple(json.loads(row["want"])),
            "cut": cut,
            "ack": ack,
        }
    )


def put(conn: Connection, peer: Peer) -> None:
    """Write what we know of a site."""
    row = asdict(peer)
    row["ack"] = json.dumps([[list(c), list(h)] for c, h in sorted(peer.ack.items())])
    row |= {name: json.dumps(row[name]) for name in ("feeds", "want", "cut")}
    statement = upsert(PEER).values(row)
    conn.execute(statement.on_conflict_do_update(index_elements=["site"], set_=row))


# --- rosters -----------------------------------------------------------------------------------


def rosters(conn: Connection) -> dict[str, tuple[int, bytes]]:
    """Version and signed bytes of the newest roster of each feed."""
    return {row.feed: (row.version, row.body) for row in conn.execute(select(ROSTER))}


def put_roster(conn: Connection, feed: str, version: int, body: bytes) -> None:
    """Keep a roster in place of the older one."""
    row = {"version": version, "body": body}
    statement = upsert(ROSTER).values(feed=feed, **row)
    conn.execute(statement.on_conflict_do_update(index_elements=["feed"], set_=row))


# --- bundles seen ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRow:
    """A part of a bundle that went out or came in."""

    bundle: str
    part: int
    way: str  # in | out
    sha256: str
    peer: str
    at: str
    by: str
    file: str
    report: Mapping[str, Any]


def note_bundle(conn: Connection, row: BundleRow) -> None:
    """Remember a file; taking it in again is then known to bring nothing."""
    values = {**asdict(row), "report": json.dumps(row.report, ensure_ascii=False)}
    statement = upsert(BUNDLE).values(values)
    keys = ["bundle", "part", "way"]
    conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))


def came_in(conn: Connection, bundle: str, part: int) -> BundleRow | None:
    """What this part brought when it was taken in; None where it never was."""
    query = select(BUNDLE).where(
        BUNDLE.c.bundle == bundle, BUNDLE.c.part == part, BUNDLE.c.way == "in"
    )
    row = conn.execute(query).mappings().first()
    return None if row is None else _bundle(row)


def bundles(conn: Connection, limit: int, peer: str = "") -> list[BundleRow]:
    """The newest files first."""
    query = select(BUNDLE).order_by(BUNDLE.c.at.desc(), BUNDLE.c.part.desc()).limit(limit)
    if peer:
        query = query.where(BUNDLE.c.peer == peer)
    return [_bundle(row) for row in conn.execute(query).mappings()]


def _bundle(row: Mapping[Any, Any]) -> BundleRow:
    return BundleRow(**{**row, "report": json.loads(row["report"])})


# --- contents that have not arrived --------------------------------------------------------------


def note_missing(conn: Connection, sha256s: Iterable[str], feed: str) -> None:
    """Contents that records of this feed name and that are not here."""
    rows = [{"sha256": sha256, "feed": feed} for sha256 in sha256s]
    if rows:
        conn.execute(upsert(MISSING).on_conflict_do_nothing(), rows)


def arrived(conn: Connection, sha256s: Iterable[str]) -> None:
    """Contents that came."""
    for part in chunks(sha256s):
        conn.execute(delete(MISSING).where(MISSING.c.sha256.in_(part)))


def missing(conn: Connection, feeds: Collection[str] | None = None) -> list[str]:
    """缺附件: SHA-256 of what is missing, in these feeds or in all."""
    query = select(MISSING.c.sha256).distinct().order_by(MISSING.c.sha256)
    if feeds is not None:
        query = query.where(MISSING.c.feed.in_(feeds))
    return list(conn.scalars(query))


def missing_count(conn: Connection) -> int:
    """How many contents are missing."""
    return int(conn.scalar(select(func.count(MISSING.c.sha256.distinct()))) or 0)
