"""Sharing a case with another office (共享): reported to the county, handed to a village."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import RuleViolation
from ..domain.records import Step
from ..domain.sealing import stays
from ..store.case_files import load_disputes
from ..store.changelog import new, new_id
from ..store.database import Connection
from ..store.peers import EVERYTHING, Peer
from .desk import Changes, Desk, use_case
from .directory import Directory
from .disputes import find_dispute
from .finding import any_matter
from .shared_feeds import feed_with, hand_over, hand_over_matter


@dataclass(frozen=True, slots=True)
class Shared:
    """What was handed over, and with whom it is shared now."""

    number: str
    feed: str
    site: str
    name: str
    changes: Changes


@use_case("share_case")
def share_matter(desk: Desk, number: str, to: str) -> Shared:
    """Report a matter to the county, or hand it to a township: both see it from now on."""
    with desk.writing() as tx:
        matter = any_matter(desk, tx.conn, number)
        if matter.sealed:
            raise stays()
        peer, feed = _partner(tx.conn, to)
        said = Step(
            id=new_id(), feed=matter.feed, matter=matter.id, action="note", on=desk.today,
            at=desk.moment_for(tx.conn, matter.id), by=desk.account.name,
            from_state=matter.state, to_state=matter.state,
            data={"record": "other", "content": f"与{peer.office_name}共享这件事项"},
        )  # fmt: skip
        tx.append([new(said)])
        hand_over_matter(tx, matter.id, feed)
    ids = frozenset({matter.id})
    return Shared(
        matter.number, feed, peer.site, peer.office_name, Changes(frozenset({"matter"}), ids)
    )


@use_case("share_case")
def share_dispute(desk: Desk, number: str, to: str) -> Shared:
    """Hand a dispute of the office's own ledger to the village that is to settle it."""
    with desk.writing() as tx:
        dispute = find_dispute(desk, tx.conn, number)
        peer, feed = _partner(tx.conn, to)
        file = next(load_disputes(tx.conn, [dispute.id]))
        hand_over(tx, [file.dispute, *file.steps, *file.documents, *file.attachments], feed)
    ids = frozenset({dispute.id})
    return Shared(
        dispute.number, feed, peer.site, peer.office_name, Changes(frozenset({"dispute"}), ids)
    )


def _partner(conn: Connection, to: str) -> tuple[Peer, str]:
    known = Directory.read(conn)
    peer = known.find(to)
    if EVERYTHING in peer.feeds:
        raise RuleViolation(
            "own_office", f"“{peer.name}”是本单位的电脑，本来就看得到。",
            mend="请选上级或下级单位的站点。", field="to",
        )  # fmt: skip
    return peer, feed_with(known, peer)
