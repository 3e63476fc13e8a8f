"""Rosters (站点名册) of the feeds: made by the root of a feed, followed by the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..domain.errors import DamagedInput
from ..exchange import roster as rosters
from ..exchange.roster import Member, Roster
from ..exchange.suite import box_public
from ..journal.feeds import upper_office
from ..store import inbox, meta
from ..store.changelog import Transaction
from ..store.peers import EVERYTHING, Peer, put, put_roster
from ..store.peers import rosters as stored_rosters
from .directory import Directory


def renew(tx: Transaction) -> None:
    """Write the next version of each roster that this site signs, where its members changed."""
    known = Directory.read(tx.conn)
    kept = stored_rosters(tx.conn)
    made = tx.wall.isoformat(timespec="seconds")
    for feed in sorted(known.feeds()):
        if not known.root_of(feed):
            continue
        members = tuple(sorted(_members(known, feed), key=lambda each: each.site))
        before = _own(known, kept.get(feed))
        if before is not None and before.sites == members:
            continue
        version = kept[feed][0] + 1 if feed in kept else 1
        roster = Roster(feed=feed, version=version, made=made, sites=members)
        put_roster(tx.conn, feed, version, rosters.encode(roster, known.site.signing.sign))


def _own(known: Directory, kept: tuple[int, bytes] | None) -> Roster | None:
    """The roster that stands, where this very site signed it: not what it was before a renewal."""
    if kept is None:
        return None
    try:
        return rosters.decode(kept[1], known.site.public)
    except DamagedInput as problem:
        if problem.code != "roster_forged":
            raise
        return None


def _members(known: Directory, feed: str) -> Iterable[Member]:
    site, office = known.site, known.office
    yield Member(
        site=site.id, name=site_name(office.name, site.block), office_code=office.code,
        office_name=office.name, office_level=office.level, sign=site.public.hex(),
        box=box_public(site.box), block=site.block, epoch=site.epoch,
    )  # fmt: skip
    for peer in known.peers.values():
        if feed in known.shared_with(peer):
            cut = peer.cut.get(feed, {}) if peer.status == "revoked" else {}
            yield Member(
                site=peer.site, name=peer.name, office_code=peer.office_code,
                office_name=peer.office_name, office_level=peer.office_level, sign=peer.sign,
                box=peer.box, block=peer.block or "A", epoch=peer.epoch, status=peer.status,
                cut=cut,
            )  # fmt: skip


def site_name(office: str, block: str) -> str:
    """What a PC is called: its office, and from the second PC on which one."""
    return office if block == "A" else f"{office}（{block}机）"


def accept(tx: Transaction, data: bytes) -> bool:
    """Follow a roster that came in; says whether it was new.

    Raises DamagedInput as ``read``.
    """
    known = Directory.read(tx.conn)
    found = _followed(known, data)
    if found is None:
        return False
    roster, root = found
    version, _ = stored_rosters(tx.conn).get(roster.feed, (0, b""))
    if roster.version <= version or known.root_of(roster.feed):
        return False
    put_roster(tx.conn, roster.feed, roster.version, data)
    for member in roster.sites:
        if member.site == known.site.id:
            _ourselves(tx, member)
        else:
            _learn(tx, known, roster.feed, member, root)
    return True


def read(known: Directory, data: bytes) -> Roster | None:
    """A roster that a root which we follow signed for its feed.

    None for the roster of a feed whose upper office gave us no card: another PC of our office may
    pass on what only it follows. Raises DamagedInput ``roster_forged`` where the root that we
    follow for this feed did not sign it.
    """
    found = _followed(known, data)
    return found[0] if found else None


def _followed(known: Directory, data: bytes) -> tuple[Roster, str] | None:
    """The roster and the root that signed it."""
    upper = upper_office(rosters.feed_of(data))
    refused: DamagedInput | None = None
    for root, office in known.roots().items():
        if office != upper:
            continue
        try:
            return rosters.decode(data, bytes.fromhex(root)), root
        except DamagedInput as problem:
            if problem.code != "roster_forged":
                raise
            refused = problem
    if refused is not None:
        raise refused
    return None


def _ourselves(tx: Transaction, member: Member) -> None:
    """The root says which numbers are ours."""
    ours = meta.read_site(tx.conn)
    same_office = (member.sign, member.status) == (ours.public.hex(), "active")
    if same_office and member.block and member.block != ours.block:
        tx.site = replace(ours, block=member.block)
        meta.write_site(tx.conn, tx.site)


def _learn(tx: Transaction, known: Directory, feed: str, member: Member, root: str) -> None:
    old = known.peers.get(member.site)
    now = tx.wall.isoformat(timespec="seconds")
    if old is None:
        role = known.natural_role(member.office_level, member.office_code)
        ours = role == "peer"
        peer = Peer(
            site=member.site, name=member.name, office_code=member.office_code,
            office_name=member.office_name, office_level=member.office_level, role=role,
            feeds=(EVERYTHING,) if ours else (feed,), sign=member.sign, box=member.box,
            root=root, block=member.block, epoch=member.epoch, known_by="roster", added_at=now,
        )  # fmt: skip
    else:
        if old.sign != member.sign:
            return  # a card that a person compared stands above what a roster says
        feeds = old.feeds if EVERYTHING in old.feeds else tuple(dict.fromkeys((*old.feeds, feed)))
        peer = replace(
            old, name=member.name, feeds=feeds, block=member.block,
            epoch=max(old.epoch, member.epoch),
        )  # fmt: skip
    if member.status == "revoked":
        peer = replace(peer, status="revoked", cut={**peer.cut, feed: dict(member.cut)})
    put(tx.conn, peer)
    if peer.status == "revoked":
        quarantine(tx, peer)


def quarantine(tx: Transaction, peer: Peer) -> None:
    """Take what a revoked site wrote after its cut out of the log and put it aside."""
    with_cut = {feed: dict(cut) for feed, cut in peer.cut.items()}
    inbox.put_aside(tx.conn, peer.site, with_cut, tx.wall, tx.setting)
