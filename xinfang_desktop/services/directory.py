"""The other sites as one use case sees them (站点目录): who shares which feed, who may write in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..domain.errors import RuleViolation
from ..domain.records import Office
from ..journal.feeds import reach, shared_feed, travels, upper_office
from ..store import meta, vector
from ..store.database import Connection
from ..store.files import office_of
from ..store.inbox import REVOKED, UNKNOWN_SITE
from ..store.peers import EVERYTHING, Peer, peers

LEVELS = ("county", "township", "village")
"""From above to below."""

ROLE_WORDS = {"upper": "上级", "peer": "本单位", "lower": "下级"}
NOT_SHARED = "not_shared"


@dataclass(slots=True)
class Directory:
    """Our site, our office, the others; read in one transaction."""

    site: meta.Site
    office: Office
    peers: dict[str, Peer]
    held: frozenset[str] = field(default=frozenset())  # feeds of which we hold something

    @classmethod
    def read(cls, conn: Connection) -> Directory:
        """As the store says just now."""
        held = frozenset(c.feed for c in vector.heads(conn) if travels(c.feed))
        return cls(meta.read_site(conn), office_of(conn), peers(conn), held)

    @property
    def root_here(self) -> bool:
        """Whether this site signs the rosters of its office."""
        return self.site.root_key == self.site.public.hex()

    def is_ours(self, peer: Peer) -> bool:
        """Whether the other site is a PC of our own office."""
        return (peer.office_level, peer.office_code) == (self.office.level, self.office.code)

    def feeds(self) -> set[str]:
        """Every feed that goes into bundles here: ours and those shared with others."""
        named = {feed for peer in self.peers.values() for feed in peer.feeds} - {EVERYTHING}
        return {self.site.feed, *self.held, *named}

    def shared_with(self, peer: Peer) -> set[str]:
        """The feeds that a bundle for this site carries."""
        return self.feeds() if EVERYTHING in peer.feeds else set(peer.feeds)

    def natural_role(self, level: str, code: str) -> str:
        """upper, peer or lower: where an office of this level and code stands to ours."""
        if (level, code) == (self.office.level, self.office.code):
            return "peer"
        return "upper" if LEVELS.index(level) < LEVELS.index(self.office.level) else "lower"

    def natural_feed(self, level: str, code: str) -> str:
        """The feed that our office and that one share; "" where there is none."""
        return shared_feed(self.office.level, self.office.code, level, code)

    def refusal(self, feed: str, site: str, epoch: int, seq: int) -> str:
        """Why an entry does not count: "" where it does (see ``store.inbox.Writers``)."""
        if site == self.site.id:
            return ""
        peer = self.peers.get(site)
        if peer is None:
            return UNKNOWN_SITE
        if EVERYTHING not in peer.feeds and feed not in peer.feeds:
            return NOT_SHARED
        if reach(feed) < 1:
            return NOT_SHARED
        return "" if peer.counts(feed, epoch, seq) else REVOKED

    def root_of(self, feed: str) -> bool:
        """Whether this site is the one that signs the roster of ``feed``."""
        mine = (self.office.level, self.office.code)
        return self.root_here and upper_office(feed) == mine

    def roots(self) -> dict[str, tuple[str, str]]:
        """Keys whose rosters are followed → level and code of the office they speak for."""
        known = {
            peer.root: (peer.office_level, peer.office_code)
            for peer in self.peers.values()
            if peer.status == "active" and peer.known_by == "card" and peer.root
        }
        return {**known, self.site.root_key: (self.office.level, self.office.code)}

    def find(self, text: str) -> Peer:
        """A site by its id, the beginning of it, its name or a part of it. Raises RuleViolation."""
        wanted = text.strip()
        found = _matching(self.peers.values(), wanted)
        if len(found) == 1:
            return found[0]
        if found:
            raise RuleViolation(
                "site_ambiguous", f"“{wanted}”对得上 {len(found)} 个站点。",
                mend="请把站点编号多写几位，或写全名：" + "、".join(p.name for p in found[:5]) + "。",
                field="site",
            )  # fmt: skip
        raise RuleViolation(
            "no_site", f"没有“{wanted}”这个站点。",
            mend="请先用对方的站点名片添加它；已有的站点见“数据交换”或 site list。", field="site",
        )  # fmt: skip


def _matching(known: Iterable[Peer], wanted: str) -> list[Peer]:
    known = list(known)
    ways = (
        lambda peer: wanted == peer.site,
        lambda peer: wanted in (peer.name, peer.office_name, peer.office_code),
        lambda peer: len(wanted) >= 4 and peer.site.startswith(wanted.lower()),
        lambda peer: len(wanted) >= 2 and wanted in peer.name,
    )
    for way in ways:
        found = [peer for peer in known if way(peer)]
        active = [peer for peer in found if peer.status == "active"]
        if found:
            return active or found
    return []
