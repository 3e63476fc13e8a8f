"""Records in the feed that two offices share (共享的范围): which are born there, how others get there.

The record stays one record, under the same id and number: from then on it lives in the shared feed,
and both offices work on it. What was sealed never leaves its store; the name of somebody who asked
for secrecy is not passed on. Sources: 《信访工作条例》 art. 22, 30.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from ..domain.records import Matter, Party, Record, Village
from ..journal.feeds import feed_of_township, name_in, named_in, reach
from ..journal.ops import EventOp, FieldWrite, SetOp
from ..journal.plain import to_plain
from ..store import disputed
from ..store.changelog import Change, Transaction, change, new
from ..store.database import Connection
from ..store.files import get, load_file, with_bases
from ..store.peers import Peer
from .desk import Desk
from .directory import Directory

FROM_ABOVE = frozenset({"forwarded", "assigned"})
"""Origins and sources of a matter that the county sent."""


def audience(desk: Desk, values: Mapping[str, Any]) -> str:
    """The feed of a new matter: sealed ones stay on this PC, the county's lie in the common feed."""
    if values.get("sealed"):
        return desk.local_feed
    sent = {values.get("origin"), values.get("source")} & FROM_ABOVE
    if sent and desk.office.level == "township":
        return feed_of_township(desk.office.code)
    return desk.feed


def forwarded(desk: Desk, tx: Transaction, matter: Matter, data: Mapping[str, Any]) -> str:
    """A forwarding to a township that we exchange with: it handles the same record.

    Returns the state that the matter stands in now, "" where the unit is nobody we exchange with.
    """
    known = Directory.read(tx.conn)
    unit = str(data.get("unit", "")).strip()
    found = [
        peer
        for peer in known.peers.values()
        if peer.role == "lower" and peer.status == "active" and unit
        and (unit == peer.office_name or peer.office_name.startswith(unit))
    ]  # fmt: skip
    if not found or matter.sealed:
        return ""
    feed = feed_with(known, found[0])
    origin = "assigned" if data.get("mode") == "assign" else "forwarded"
    current = with_bases(tx.conn, matter)
    tx.append([change(current, state="S10", origin=origin, owner="")])
    hand_over_matter(tx, matter.id, feed)
    return "S10"


def feed_with(known: Directory, peer: Peer) -> str:
    """The feed that our office shares with this one."""
    natural = known.natural_feed(peer.office_level, peer.office_code)
    return natural if natural in peer.feeds else peer.feeds[0]


def hand_over_matter(tx: Transaction, id: str, feed: str) -> None:
    """A matter with all that belongs to it, into ``feed``."""
    file = load_file(tx.conn, id)
    assert file is not None
    matter = file.matter
    parties: tuple[Party, ...] = () if matter.confidential else file.parties
    parts: list[Record] = [
        matter, *file.claims, *file.intakes, *parties, *file.steps, *file.documents,
        *file.attachments,
    ]  # fmt: skip
    hand_over(tx, parts, feed)
    know_village(tx, matter.village, feed)


def hand_over(tx: Transaction, records: Iterable[Record], feed: str) -> None:
    """Records into a feed that carries further than theirs; others stay where they are."""
    tx.append(
        _again(tx.conn, record, feed) for record in records if reach(record.feed) < reach(feed)
    )


def _again(conn: Connection, record: Record, feed: str) -> Change:
    """The record as it stands, written into ``feed`` on top of what is shown of it."""
    values = to_plain(record)
    if record.event:
        return Change(feed, EventOp(record.kind, record.id, values))
    heads = disputed.heads_of(conn, record.kind, record.id)
    writes = {}
    for name, value in values.items():
        shown = heads.of(name).shown
        bases = (name_in(*named_in(shown.stamp, record.feed), feed),) if shown else ()
        writes[name] = FieldWrite(value, bases)
    return Change(feed, SetOp(record.kind, record.id, writes))


def know_village(tx: Transaction, village: str, feed: str) -> None:
    """Write the name of a village beside what names it, for an office that lacks its feed."""
    known = get(tx.conn, Village, village) if village else None
    if known is None or known.feed == feed:
        return
    if not known.code:
        hand_over(tx, [known], feed)
        return
    id = str(uuid5(NAMESPACE_OID, f"{feed} {known.code}"))
    if get(tx.conn, Village, id) is None:
        tx.append([new(Village(id=id, feed=feed, name=known.name, code=known.code))])
