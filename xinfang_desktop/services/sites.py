"""Enrolment (站点互认): our card, the cards of others, and whom we no longer trust."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..domain.errors import RuleViolation
from ..domain.offices import id_of_code, village_name
from ..domain.records import Village
from ..exchange import cards
from ..exchange.cards import Card
from ..exchange.suite import box_public, new_box
from ..journal.chain import origin
from ..journal.feeds import own_feed, reach
from ..journal.signing import fingerprint
from ..store import changelog, meta, vector
from ..store.changelog import Transaction, new, new_id
from ..store.database import gate_of
from ..store.files import get
from ..store.peers import EVERYTHING, Peer, put
from ..store.villages import known_villages
from . import rosters
from .desk import Changes, Desk, use_case
from .directory import ROLE_WORDS, Directory

PRACTICE = "（练习）"
"""Ends the name of a practice office's site: fictional records never meet real ones."""

STATUS_WORDS = {"active": "在用", "revoked": "已停用"}
NUMBERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One other site as the screens show it."""

    site: str
    name: str
    office: str
    level: str
    role: str
    role_words: str
    feeds: tuple[str, ...]
    status: str
    status_words: str
    fingerprint: str
    known_by: str
    epoch: int
    added_at: str


@dataclass(frozen=True, slots=True)
class OwnCard:
    """Our own card: the file to hand over, and what is read out by telephone."""

    site: str
    name: str
    fingerprint: str
    data: bytes


@use_case("read_sites")
def own_card(desk: Desk) -> OwnCard:
    """The card of this site (站点名片), to be given to the other side as a file or on paper."""
    site, office = desk.site, desk.office
    name = rosters.site_name(office.name, site.block) + (PRACTICE if desk.practice else "")
    card = Card(
        site=site.id, name=name, office_code=office.code, office_name=office.name,
        office_level=office.level, sign=site.public.hex(), box=box_public(site.box),
        root=site.root_key, epoch=site.epoch, made=desk.now().isoformat(),
    )  # fmt: skip
    return OwnCard(site.id, name, site.fingerprint, cards.encode(card, site.signing.sign))


@use_case("read_sites")
def site_list(desk: Desk) -> tuple[SiteRow, ...]:
    """The other sites: the upper office first, then our own PCs, then those below."""
    with desk.reading() as conn:
        known = Directory.read(conn).peers.values()
    order = tuple(ROLE_WORDS)
    rows = sorted(known, key=lambda p: (order.index(p.role), p.office_code, p.added_at))
    return tuple(site_row(peer) for peer in rows)


def site_row(peer: Peer) -> SiteRow:
    """A peer as the screens show it."""
    return SiteRow(
        site=peer.site, name=peer.name, office=peer.office_name, level=peer.office_level,
        role=peer.role, role_words=ROLE_WORDS[peer.role], feeds=peer.feeds, status=peer.status,
        status_words=STATUS_WORDS[peer.status], fingerprint=fingerprint(bytes.fromhex(peer.sign)),
        known_by=peer.known_by, epoch=peer.epoch, added_at=peer.added_at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardRead:
    """What stands on a card, to be compared before it is added; ``role`` is what it would be."""

    site: str
    name: str
    office: str
    level: str
    role: str
    fingerprint: str
    known: bool


@use_case("read_sites")
def read_card(desk: Desk, data: bytes) -> CardRead:
    """What a card says, writing nothing. Raises DamagedInput for what is no card."""
    card = cards.decode(data)
    with desk.reading() as conn:
        known = Directory.read(conn)
    role = known.natural_role(card.office_level, card.office_code)
    return CardRead(
        card.site, card.name, card.office_name, card.office_level, role, card.fingerprint,
        card.site in known.peers,
    )  # fmt: skip


@use_case("manage_sites")
def add_site(desk: Desk, data: bytes, role: str = "", feeds: Sequence[str] = ()) -> SiteRow:
    """Trust the site of this card, after its fingerprint was compared by telephone or on paper.

    ``role`` is upper, peer or lower, by default what the codes of the offices say; ``feeds`` what
    is shared with it, by default what the two offices have in common. Raises DamagedInput for a
    card that is not whole, RuleViolation for one that does not fit.
    """
    card = cards.decode(data)
    with desk.writing() as tx:
        known = Directory.read(tx.conn)
        role, shared = _fitting(desk, known, card, role, tuple(dict.fromkeys(feeds)))
        old = known.peers.get(card.site)
        now = desk.now().isoformat()
        peer = Peer(
            site=card.site, name=card.name, office_code=card.office_code,
            office_name=card.office_name, office_level=card.office_level, role=role, feeds=shared,
            sign=card.sign, box=card.box, root=card.root,
            block=_block(known, card) if known.natural_role(card.office_level, card.office_code)
            == "peer" else "A",
            epoch=card.epoch, added_at=old.added_at if old else now,
        )  # fmt: skip
        if old is not None:
            peer = replace(
                old, name=card.name, role=role, feeds=shared, root=card.root, known_by="card",
                epoch=max(old.epoch, card.epoch),
            )  # fmt: skip
        put(tx.conn, peer)
        _join_the_office(tx, known, card)
        _know_the_village(tx, card)
        rosters.renew(tx)
        desk.look("site_added", site=card.site)
    desk.flush_looks()
    return site_row(peer)


def _fitting(
    desk: Desk, known: Directory, card: Card, role: str, feeds: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    if card.site == known.site.id:
        raise RuleViolation(
            "own_card", "这是本站点自己的名片。", mend="请选择对方交来的名片文件。", field="card"
        )
    if card.name.endswith(PRACTICE) != desk.practice:
        raise RuleViolation(
            "practice_card", "练习单位和真实单位不能交换数据。",
            mend="请让对方从正式的数据里导出名片；练习时两边都用练习单位。", field="card",
        )  # fmt: skip
    old = known.peers.get(card.site)
    if old is not None and (old.sign, old.box) != (card.sign, card.box):
        raise RuleViolation(
            "card_changed", f"“{old.name}”的名片换了密钥，与已登记的不一致。",
            mend="请打电话核对指纹。确是对方重装的，请先停用旧站点，让对方用新站点的名片。", field="card",
        )  # fmt: skip
    if old is not None and old.status == "revoked":
        raise RuleViolation(
            "site_revoked", f"“{old.name}”已经停用，不能再用同一张名片加回来。",
            mend="请让对方重新建立站点，交来新的名片。", field="card",
        )  # fmt: skip
    natural = known.natural_role(card.office_level, card.office_code)
    if role and role != natural and not (natural == "peer" and role == "upper"):
        raise RuleViolation(
            "role_mismatch",
            f"{card.office_name}是本单位的{ROLE_WORDS[natural]}，不是{ROLE_WORDS[role]}。",
            mend="请核对名片是不是拿错了；单位的上下级由机构代码定。", field="role",
        )  # fmt: skip
    return role or natural, feeds_for(known, card.office_level, card.office_code, feeds)


def feeds_for(known: Directory, level: str, code: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The feeds to share with an office; as asked, else what both have in common."""
    wrong = [feed for feed in asked if reach(feed) < 1]
    if wrong:
        raise RuleViolation(
            "unknown_feed", f"“{wrong[0]}”不是可以共享的范围。",
            mend="写法是 village:12位代码、township:9位代码 或 county:6位/9位代码。", field="feeds",
        )  # fmt: skip
    if asked:
        return asked
    natural = known.natural_feed(level, code)
    if not natural:
        raise RuleViolation(
            "no_shared_feed", "两个单位不是直接的上下级，没有要交换的内容。",
            mend="请核对两边的机构代码：村的前 9 位是乡镇的，乡镇的前 6 位是县的。", field="card",
        )  # fmt: skip
    ours = (level, code) == (known.office.level, known.office.code)
    return (EVERYTHING,) if ours else (natural,)


def _block(known: Directory, card: Card) -> str:
    """The letter of another PC of our office: the one it has, or the next that is free."""
    old = known.peers.get(card.site)
    if old is not None and old.block:
        return old.block
    return "A" if card.site < known.site.id else _next_letter(known)


def _next_letter(known: Directory) -> str:
    """The next letter of a number block that no PC of our office has."""
    taken = {known.site.block, *(p.block for p in known.peers.values() if known.is_ours(p))}
    return next((letter for letter in NUMBERS if letter not in taken), "Z")


def _join_the_office(tx: Transaction, known: Directory, card: Card) -> None:
    """An older PC of our office is there: its root is ours, and our numbers get another letter."""
    site = known.site
    if known.natural_role(card.office_level, card.office_code) != "peer" or card.site > site.id:
        return
    block = "B" if site.block == "A" else site.block
    tx.site = replace(site, root=card.root, block=block)
    meta.write_site(tx.conn, tx.site)


def _know_the_village(tx: Transaction, card: Card) -> None:
    """A village whose card comes before its entry in the list of villages is entered."""
    if card.office_level != "village" or get(tx.conn, Village, id_of_code(card.office_code)):
        return
    if any(village.code == card.office_code for village in known_villages(tx.conn)):
        return
    feed = own_feed("village", card.office_code)
    name = village_name(card.office_name)
    tx.append(
        [new(Village(id=id_of_code(card.office_code), feed=feed, name=name, code=card.office_code))]
    )


@use_case("manage_sites")
def revoke_site(desk: Desk, which: str) -> SiteRow:
    """No longer trust a site (停用站点): what we hold of it stays history, what comes later waits.

    The cut goes to the others with the next roster.
    """
    with desk.writing() as tx:
        known = Directory.read(tx.conn)
        old = known.find(which)
        cut: dict[str, dict[int, int]] = {feed: {} for feed in known.shared_with(old)}
        for chain, head in vector.heads(tx.conn).items():
            if origin(chain.site) == old.site and chain.feed in cut:
                last = cut[chain.feed].get(chain.epoch, 0)
                cut[chain.feed][chain.epoch] = max(last, head.seq)
        peer = old if old.status == "revoked" else replace(old, status="revoked", cut=cut)
        put(tx.conn, peer)
        rosters.renew(tx)
        desk.look("site_revoked", site=old.site)
    desk.flush_looks()
    return site_row(peer)


@use_case("manage_sites")
def renew_site(desk: Desk) -> Changes:
    """Make this PC a new site with new keys (重新建立站点), after its folder was copied.

    What is registered stays; the others need the new card.
    """
    with desk.writing() as tx:
        known = Directory.read(tx.conn)
        old = known.site
        with gate_of(tx.conn):
            changelog.sign_all(tx.conn, old)  # nobody signs with the old key any more
        tx.site = meta.Site(
            new_id(), 1, _next_letter(known), Ed25519PrivateKey.generate(), old.feed, new_box(),
            "" if known.root_here else old.root,
        )  # fmt: skip
        meta.write_site(tx.conn, tx.site)
        put(tx.conn, _past(tx, known))
    return Changes()


def _past(tx: Transaction, known: Directory) -> Peer:
    """What this PC was until now, as another site: the copy may go on writing in its name.

    Where there is no copy it writes no more; it can be revoked as any other.
    """
    old, office = known.site, known.office
    return Peer(
        site=old.id, name=rosters.site_name(office.name, old.block), office_code=office.code,
        office_name=office.name, office_level=office.level, role="peer", feeds=(EVERYTHING,),
        sign=old.public.hex(), box=box_public(old.box), root="", block=old.block, epoch=old.epoch,
        added_at=tx.wall.isoformat(timespec="seconds"),
    )  # fmt: skip
