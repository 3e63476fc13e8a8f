"""Fills the papers of data exchange (X01 X02 X03): one function a form, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from ..domain.errors import RuleViolation
from ..journal.canonical import canonical
from ..journal.chain import Chain, Head, origin
from ..journal.feeds import own_feed
from ..printing import exchange_facts as papers
from ..printing.facts import Facts
from ..store import changelog, peers, vector
from ..store.database import Connection
from ..store.peers import BundleRow
from ..store.villages import known_villages
from . import rosters
from .desk import Desk
from .directory import Directory
from .paper_source import office_facts
from .sites import own_card

GROUP: Final = 8
"""Hexadecimal digits that are printed together."""


def groups_of(digest: str, size: int = GROUP) -> tuple[str, ...]:
    """A hash or fingerprint in groups."""
    return tuple(digest[start : start + size] for start in range(0, len(digest), size))


def minute_words(at: datetime) -> str:
    """2026年9月21日 9:41."""
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02d}"


# --- X01 ---------------------------------------------------------------------------------------


def _site_card(desk: Desk, conn: Connection, number: str) -> Facts:
    own = own_card(desk)
    return papers.SiteCardPaper(
        office=office_facts(desk.office), on=desk.today, name=own.name, unit=desk.office.name,
        site=own.site, groups=tuple(own.fingerprint.split()), made_at=minute_words(desk.now()),
        card=own.data.decode(),
    )  # fmt: skip


# --- X02 ---------------------------------------------------------------------------------------

_WAYS: Final[Mapping[str, str]] = {"in": "收到", "out": "发出"}
MOST: Final = 10_000


def find_bundle(conn: Connection, which: str) -> BundleRow:
    """A file that went out or came in: its name, its hash or the beginning of it, the id of its
    bundle; the newest of several. Raises RuleViolation.
    """
    wanted = which.strip()
    for row in peers.bundles(conn, MOST):
        names = (row.file, f"{row.bundle}/{row.part}/{row.way}", row.bundle)
        if wanted in names or (len(wanted) >= GROUP and row.sha256.startswith(wanted.lower())):
            return row
    raise RuleViolation(
        "no_bundle", f"没有收发过“{wanted[:60]}”这个数据包。",
        mend="请写数据包的文件名，“数据交换—看全部”里有。", field="number",
    )  # fmt: skip


def _receipt(desk: Desk, conn: Connection, number: str) -> Facts:
    if not number.strip():  # a blank for the pen
        return papers.BundleReceipt(office=office_facts(desk.office))
    row, known = find_bundle(conn, number), Directory.read(conn)
    told = row.report
    peer = known.peers.get(row.peer)
    other = peer.name if peer else str(told.get("sender_name", row.peer))
    ours = rosters.site_name(known.office.name, known.site.block)
    sender, receiver = (other, ours) if row.way == "in" else (ours, other)
    return papers.BundleReceipt(
        office=office_facts(desk.office), on=desk.today, way=_WAYS[row.way], sender=sender,
        receiver=receiver, serial=int(told.get("serial", 0)), part=row.part,
        parts=int(told.get("parts", 1)), file=row.file, size=_size(told.get("size")),
        entries=_entries(told), attachments=int(told.get("attachments", 0)),
        at=minute_words(datetime.fromisoformat(row.at)), by=row.by, bundle=row.bundle,
        sha256=row.sha256, digest=groups_of(row.sha256),
        told=str(told.get("sentence", "")),
    )  # fmt: skip


def _entries(told: Mapping[str, Any]) -> int:
    """Of one that went out what it carries, of one that came in what arrived."""
    carried = told.get("entries", 0)
    return carried if isinstance(carried, int) else int(told.get("arrived", 0))


def _size(size: Any) -> str:
    return f"{size:,} 字节" if isinstance(size, int) else ""


# --- X03 ---------------------------------------------------------------------------------------


def chains_of(conn: Connection) -> list[tuple[Chain, Head]]:
    """Every chain of the log with its newest entry, in one order everywhere."""
    return sorted(vector.heads(conn).items())


def whole_of(heads: list[list[Any]]) -> str:
    """The hash over ``[feed, site, epoch, seq, hash]`` of every chain."""
    return sha256(canonical(heads)).hexdigest()


def plain_heads(conn: Connection) -> list[list[Any]]:
    """Those rows, as the log keeps them."""
    return [[c.feed, c.site, c.epoch, h.seq, h.digest] for c, h in chains_of(conn)]


class ChainNames:
    """Chains in words: 柳溪村的登记，柳溪村村委会写的."""

    def __init__(self, desk: Desk, conn: Connection) -> None:
        known = Directory.read(conn)
        self._sites = {site: peer.name for site, peer in known.peers.items()}
        self._sites[known.site.id] = "本机"
        self._feeds = {own_feed("village", v.code): v.name for v in known_villages(conn) if v.code}
        self._feeds[desk.feed] = desk.office.name
        self._feeds |= {
            own_feed(p.office_level, p.office_code): p.office_name for p in known.peers.values()
        }

    def of(self, feed: str, site: str) -> str:
        """One chain."""
        writer = self._sites.get(origin(site), origin(site)[:8])
        if feed.startswith("local:"):
            return f"{writer}的查看和登录"
        return f"{self._feeds.get(feed, feed)}的登记，{writer}写的"


def _proof(desk: Desk, conn: Connection, number: str) -> Facts:
    names, heads = ChainNames(desk, conn), plain_heads(conn)
    whole, now = whole_of(heads), desk.now()
    return papers.LogProof(
        office=office_facts(desk.office), on=desk.today, at=minute_words(now),
        month=f"{now.year}年{now.month}月", entries=changelog.count(conn), whole=whole,
        digest=groups_of(whole), by=desk.account.name,
        chains=tuple(
            papers.ChainFacts(
                name=names.of(feed, site), epoch=epoch, seq=seq, digest=groups_of(digest)
            )
            for feed, site, epoch, seq, digest in heads
        ),
    )  # fmt: skip


BUILDERS: Final[Mapping[str, Callable[[Desk, Connection, str], Facts]]] = {
    "X01": _site_card,
    "X02": _receipt,
    "X03": _proof,
}
