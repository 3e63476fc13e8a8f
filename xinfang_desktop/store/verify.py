"""Proofs about the log: the chain holds, and the tables are what the log says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DatabaseError

from ..journal.chain import GENESIS, Chain, Head, Stored, check_chain, origin
from ..journal.signing import checkpoint_text
from . import meta, search, vector
from .changelog import entries
from .database import Database, is_damage
from .derived import every_subject, refresh
from .forks import Branches
from .replay import FOLLOWS_FROM_LOG, copy_frame, replay
from .subjects import Setting
from .tables import CHECKPOINT, LOG, PEER, metadata


@dataclass(frozen=True, slots=True)
class LogReport:
    """``first_bad`` names feed, site, epoch, number and what is wrong, "" when all is well."""

    ok: bool
    entries: int
    heads: dict[str, str]
    first_bad: str = ""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What the tables and a replay of the log do not agree on: table, id, what."""

    ok: bool
    entries: int
    differences: tuple[str, ...] = ()


def verify(conn: Connection) -> LogReport:
    """Check every hash, link, number and signature of the log."""
    heads: dict[Chain, Head] = {}
    total = 0

    def counted() -> Iterator[Stored]:
        nonlocal total
        for stamp, feed, body, recorded in entries(conn):
            chain = Chain(feed, stamp.site, stamp.epoch)
            heads[chain] = Head(stamp.seq, recorded)
            total += 1
            yield Stored(chain, stamp.seq, recorded, body)

    faults: list[str] = []
    try:
        for fault in check_chain(counted(), _starts(conn)):
            faults.append(f"{_place(*fault.chain, fault.seq)}：{fault.sentence}")
        first_bad = (
            faults[0] if faults else _bad_checkpoint(conn, heads) or _bad_vector(conn, heads)
        )
    except DatabaseError as error:
        if not is_damage(error):
            raise
        read = next(reversed(heads.items()), None)
        after = f"{_place(*read[0], read[1].seq)}之后" if read else "第 1 条起"
        first_bad = faults[0] if faults else f"{after}：数据文件有一页已损坏，读不出来。"
    named = {f"{c.feed} {c.site} {c.epoch}": head.digest for c, head in heads.items()}
    return LogReport(ok=not first_bad, entries=total, heads=named, first_bad=first_bad)


def _starts(conn: Connection) -> dict[Chain, Head]:
    """Where the branches of a fork leave their parents."""
    return {
        Chain(fork.feed, fork.branch, fork.epoch): Head(fork.seq - 1, fork.prev)
        for fork in Branches(conn).all()
    }


def _place(feed: str, site: str, epoch: int, seq: int) -> str:
    return f"{feed} 站点 {site} 第 {epoch} 期 第 {seq} 条"


def _bad_vector(conn: Connection, heads: dict[Chain, Head]) -> str:
    """That each chain ends where it was last applied to."""
    for chain, head in vector.heads(conn).items():
        if heads.get(chain, GENESIS) != head:
            return f"{_place(*chain, head.seq)}：最后的记录不见了，或多出了没有登记过的记录。"
    return ""


def _bad_checkpoint(conn: Connection, heads: dict[Chain, Head]) -> str:
    keys = {
        site: bytes.fromhex(sign) for site, sign in conn.execute(select(PEER.c.site, PEER.c.sign))
    }
    own = meta.read_site(conn)
    keys[own.id] = own.public
    for row in conn.execute(select(CHECKPOINT)):
        place = _place(row.feed, row.site, row.epoch, row.seq)
        text = checkpoint_text(row.feed, row.epoch, row.seq, row.hash)
        try:
            meta.check_signature(keys[origin(row.site)], row.signature, text)
        except (InvalidSignature, KeyError):
            return f"{place}：签名不符。"
        if heads.get(Chain(row.feed, row.site, row.epoch), GENESIS).seq < row.seq:
            if origin(row.site) != own.id:
                continue  # others' signatures may come before what they sign
            return f"{place}：签过名的记录不见了。"
        recorded = conn.scalar(
            select(LOG.c.hash).where(
                LOG.c.feed == row.feed,
                LOG.c.site == row.site,
                LOG.c.epoch == row.epoch,
                LOG.c.seq == row.seq,
            )
        )
        if recorded != row.hash:
            return f"{place}：与签名时的校验值不符。"
    return ""


def rebuild_check(database: Database, setting: Any) -> RebuildReport:
    """Replay the log into a scratch store in memory and compare every table.

    ``setting`` is the function that the store computes its projections with. A log whose chain is
    broken cannot be replayed: then the broken entry is the difference.
    """
    with database.read() as conn:
        proof = verify(conn)
    if not proof.ok:
        return RebuildReport(ok=False, entries=proof.entries, differences=(proof.first_bad,))
    scratch = Database(Path(":memory:"), database.key, guard=False)
    try:
        with database.read() as source, scratch.exclusive() as copy:
            metadata.create_all(copy)
            search.create_tables(copy)
            copy_frame(source, copy)
            replayed = replay(source, copy)
            now: Setting = setting(copy)
            refresh(copy, every_subject(copy), now)
            differences = tuple(_differences(source, copy))
    finally:
        scratch.close()
    return RebuildReport(ok=not differences, entries=replayed, differences=differences)


def _differences(source: Connection, copy: Connection) -> Iterator[str]:
    for table in FOLLOWS_FROM_LOG:
        keys = [column.name for column in table.primary_key]
        here = {tuple(row[k] for k in keys): dict(row) for row in _rows(source, table)}
        there = {tuple(row[k] for k in keys): dict(row) for row in _rows(copy, table)}
        for key in sorted(here.keys() | there.keys()):
            mine, replayed = here.get(key), there.get(key)
            if mine == replayed:
                continue
            name = f"{table.name} {' '.join(map(str, key))}"
            if mine is None:
                yield f"{name}：记录里有，表里没有"
            elif replayed is None:
                yield f"{name}：表里有，记录里没有"
            else:
                fields = [f for f in mine if mine[f] != replayed.get(f)]
                yield f"{name}：{'、'.join(fields)} 与记录不符"


def _rows(conn: Connection, table: Table) -> Iterator[Any]:
    yield from conn.execute(select(table)).mappings()
