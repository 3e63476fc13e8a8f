"""How exchange stands (交换情况): per site what is known, confirmed, to be sent, and what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..journal.chain import Chain, Head, origin
from ..journal.entry import decode
from ..store import conflicts, forks, outbox, peers, vector
from ..store.database import Connection
from ..store.inbox import Gap, shelf
from ..store.peers import BundleRow, Peer
from . import epochs
from .desk import Desk, use_case
from .directory import ROLE_WORDS, Directory
from .exchange_words import gap_sentence, lost_sentence


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One other site. Moments are None where nothing was exchanged yet.

    ``known_to`` is when the newest thing we have of it was written, ``confirmed_to`` the same of
    ours that it said it has; ``to_send`` entries it has not confirmed, ``waiting`` entries of it on
    the shelf.
    """

    site: str
    name: str
    role: str
    role_words: str
    status: str
    known_to: datetime | None
    confirmed_to: datetime | None
    last_in: datetime | None
    last_out: datetime | None
    to_send: int
    waiting: int
    gaps: tuple[str, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class ExchangeStatus:
    """Everything the page shows besides the conflicts."""

    site: str
    name: str
    epoch: int
    block: str
    peers: tuple[PeerRow, ...]
    waiting: int
    gaps: tuple[str, ...]
    conflicts: int
    missing: int
    forks: tuple[str, ...]
    lost: tuple[str, ...] = ()


@use_case("read_exchange")
def exchange_status(desk: Desk) -> ExchangeStatus:
    """Where every site stands."""
    with desk.reading() as conn:
        known = Directory.read(conn)
        waits = shelf(conn)
        rows = tuple(_row(conn, known, peer, waits) for peer in _in_order(known.peers.values()))
        names = {peer.site: peer.name for peer in known.peers.values()}
        names[known.site.id] = "本机"
        return ExchangeStatus(
            known.site.id, known.office.name, known.site.epoch, known.site.number_block, rows,
            sum(gap.count for gap in waits),
            tuple(gap_sentence(gap, names.get(gap.site, gap.site[:8])) for gap in waits),
            conflicts.count(conn), peers.missing_count(conn), tuple(_forks(conn, names)),
            tuple(map(lost_sentence, epochs.lost(conn))),
        )  # fmt: skip


def _in_order(known: Iterable[Peer]) -> list[Peer]:
    order = tuple(ROLE_WORDS)
    return sorted(
        known, key=lambda p: (p.status != "active", order.index(p.role), p.office_code, p.site)
    )


def _row(conn: Connection, known: Directory, peer: Peer, waits: list[Gap]) -> PeerRow:
    shared = known.shared_with(peer)
    heads = {c: h for c, h in vector.heads(conn).items() if c.feed in shared}
    theirs = [gap for gap in waits if gap.site == peer.site]
    ours = {
        chain: Head(min(head.seq, peer.ack[chain].seq), "")
        for chain, head in heads.items()
        if chain.site == known.site.id and chain in peer.ack
    }
    return PeerRow(
        site=peer.site, name=peer.name, role=peer.role, role_words=ROLE_WORDS[peer.role],
        status=peer.status,
        known_to=_newest(conn, {c: h for c, h in heads.items() if origin(c.site) == peer.site}),
        confirmed_to=_newest(conn, ours),
        last_in=_moment(peer.last_in), last_out=_moment(peer.last_out),
        to_send=sum(
            run.head.seq - run.after.seq for run in outbox.runs(conn, shared, peer.ack)
        ) if peer.status == "active" else 0,
        waiting=sum(gap.count for gap in theirs),
        gaps=tuple(gap_sentence(gap, peer.name) for gap in theirs),
        missing=len(peers.missing(conn, shared)),
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _newest(conn: Connection, heads: dict[Chain, Head]) -> datetime | None:
    """When the last of these entries was written."""
    walls = [
        datetime.fromisoformat(decode(row.body).wall)
        for chain, head in heads.items()
        for row in outbox.rows(conn, chain, head.seq, head.seq)
    ]
    return max(walls, default=None)


def _forks(conn: Connection, names: dict[str, str]) -> Iterable[str]:
    said = {}
    for fork in forks.Branches(conn).all():
        name = names.get(fork.site, fork.site[:8])
        said[fork.site] = (
            f"{name}的数据文件夹被复制过，两份各自写了记录，都已保留（{fork.found_at[:10]} 发现）。"
        )
    return said.values()


@use_case("read_exchange")
def bundle_history(desk: Desk, limit: int = 50, site: str = "") -> tuple[BundleRow, ...]:
    """The files that went out and came in, the newest first."""
    with desk.reading() as conn:
        return tuple(peers.bundles(conn, limit, site))
