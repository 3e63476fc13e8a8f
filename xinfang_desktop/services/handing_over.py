"""Handing a dispute over into a petition matter or a mediation; both records stay linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..domain.case_records import Dispute, Mediation
from ..domain.cases import DisputeFile
from ..domain.course import Decision
from ..store.changelog import Transaction
from .desk import Desk
from .finding import any_matter, check_joinable
from .mediation_opening import OpenMediation, open_mediation
from .registration import write_intake

Handed = tuple[Decision, tuple[str, ...]]


def to_matter(desk: Desk, tx: Transaction, file: DisputeFile, decision: Decision) -> Handed:
    """To the matter that was named, or to one that is registered from what the dispute says."""
    said = decision.data
    if said.get("matter"):
        matter = any_matter(desk, tx.conn, said["matter"])
        check_joinable(desk, matter)
    else:
        now = desk.setting(tx.conn)
        channel = now.codes["channel"].require(
            said.get("channel") or "来访", label="信访形式", field="channel"
        )
        values = _as_intake(file.dispute, said, decision, now.villages, channel.code)
        matter = write_intake(desk, tx, values, {}).matter
    changes = {**decision.changes, "matter": matter.id}
    data = {**said, "matter": matter.number}
    return replace(decision, changes=changes, data=data), (matter.number,)


def _as_intake(
    dispute: Dispute,
    said: Mapping[str, Any],
    decision: Decision,
    villages: Mapping[str, str],
    channel: str,
) -> Mapping[str, Any]:
    phones = (*dispute.phones, *("",) * len(dispute.parties))
    return {
        "channel": channel,
        "received_on": decision.on.isoformat(),
        "claims": [{"text": text} for text in said.get("claims") or [dispute.summary]],
        "title": dispute.summary[:80],
        "summary": dispute.detail,
        "parties": [
            {"name": name, "phone": phone}
            for name, phone in zip(dispute.parties, phones, strict=False)
        ],
        "village": villages.get(dispute.village, ""),
        "place": dispute.place,
        "urgent": dispute.urgent,
    }


def to_mediation(desk: Desk, tx: Transaction, file: DisputeFile, decision: Decision) -> Handed:
    """To a mediation between its parties, which begins by asking both sides."""
    opened = open_mediation(desk, tx, as_mediation(file.dispute, decision))
    return handed_to(decision, opened), (opened.number,)


def handed_to(decision: Decision, opened: Mediation) -> Decision:
    """The handing over with the mediation it led to."""
    changes = {**decision.changes, "mediation": opened.id}
    return replace(decision, changes=changes, data={**decision.data, "mediation": opened.number})


def as_mediation(dispute: Dispute, decision: Decision) -> OpenMediation:
    """The mediation that a dispute becomes: its first party applies, the others respond."""
    said = decision.data
    phones = (*dispute.phones, *("",) * len(dispute.parties))
    return OpenMediation(
        title=dispute.summary, applied_on=decision.on, village=dispute.village,
        feed=dispute.feed, source=said.get("source") or "proactive",
        committee=said.get("committee", ""), mediators=tuple(said.get("mediators", ())),
        category=dispute.category, facts=dispute.detail or dispute.summary,
        parties=tuple(
            {"side": "respondent" if no else "applicant", "name": name, "phone": phone}
            for no, (name, phone) in enumerate(zip(dispute.parties, phones, strict=False))
        ),
        dispute=dispute.id, matter=dispute.matter,
    )  # fmt: skip
