"""Fills the papers of a dispute (P01 P03 P04 P05) from its file: one function a form, in one table.

Nothing is invented: what the file does not say stays empty and is printed as room for the pen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.case_records import CaseStep
from ..domain.cases import DisputeFile
from ..domain.dispute_course import DISPUTES, confirmed, newest, since_reopened
from ..domain.dispute_states import state_name
from ..domain.dispute_steps import FAIR, FOLLOW_HOW
from ..domain.matter import Surroundings
from ..domain.money import yuan
from ..domain.records import Person
from ..printing import facts as papers
from ..printing import screening_facts as forms
from ..store.subjects import Setting
from .paper_source import office_facts


@dataclass(frozen=True, slots=True)
class DisputeSource:
    """What a dispute's paper is filled from; without a file it is a blank for the pen."""

    now: Setting
    around: Surroundings
    file: DisputeFile | None = None
    people: tuple[Person, ...] = field(default=())

    def step(self, action: str) -> CaseStep | None:
        """The newest step of an action since the dispute came up again."""
        return newest(self.file, action) if self.file else None

    def said(self, action: str) -> Mapping[str, Any]:
        """What that step says."""
        step = self.step(action)
        return (step.data or {}) if step else {}


def _dispute(source: DisputeSource) -> forms.DisputeFacts:
    if source.file is None:
        return forms.DisputeFacts()
    d, now = source.file.dispute, source.now
    people = {person.name: person for person in source.people}
    leader, person = people.get(d.leader), people.get(d.person)
    phones = (*d.phones, *("",) * len(d.parties))
    return forms.DisputeFacts(
        number=d.number, summary=d.summary, detail=d.detail,
        village=now.villages.get(d.village, ""), place=d.place, occurred_on=d.occurred_on,
        found_on=d.found_on, found_by=d.found_by,
        source=now.codes["dispute_source"].name_of(d.source),
        category=now.codes["dispute_type"].name_of(d.category) if d.category else d.category_text,
        people=d.people, amount=yuan(d.amount) if d.amount else "", units=d.units,
        parties=tuple(
            forms.DisputePartyFacts(name=name, phone=phone)
            for name, phone in zip(d.parties, phones, strict=False)
        ),
        grade=d.grade, level=now.grades.level_of(d.grade), urgent=d.urgent, danger=d.danger,
        unit=d.unit, person=d.person, person_phone=person.phone if person else "",
        leader=d.leader, leader_title=leader.title if leader else "", measures=d.measures,
        help=str(source.said("assign").get("help", "")), due=d.due, state=state_name(d.state),
        method=now.codes["resolution"].name_of(d.method) if d.method else "", result=d.result,
        settled_on=d.settled_on,
    )  # fmt: skip


def _common(source: DisputeSource) -> dict[str, Any]:
    office = source.now.office
    return {
        "office": office_facts(office),
        "on": source.around.today if source.file else None,
        "dispute": _dispute(source),
        "handler": source.around.actor if source.file else "",
        "handler_phone": office.phone,
    }


def _registration(source: DisputeSource) -> papers.Facts:
    verify, step = source.said("verify"), source.step("verify")
    return forms.DisputeRegistration(
        **_common(source),
        verification=str(verify.get("facts", "")),
        truth=("属实" if verify.get("real") else "不属实") if verify else "",
        cause=str(verify.get("cause", "")),
        fair=dict(FAIR).get(verify.get("fair", ""), ""),
        verified_by=str(verify.get("by", "")),
        verified_on=step.on if step else None,
        crossing=bool(source.said("grade").get("crossing")),
        reasons=_reasons(source),
    )


def _reasons(source: DisputeSource) -> tuple[str, ...]:
    """Why it is of this grade."""
    if source.file is None:
        return ()
    said, dispute = source.said("grade"), source.file.dispute
    if said.get("grade"):
        return (str(said.get("reason", "")),)
    return source.now.grades.propose(
        people=dispute.people, amount_cents=dispute.amount, urgent=dispute.urgent,
        danger=dispute.danger, crossing=bool(said.get("crossing")),
    ).reasons  # fmt: skip


def _assignment(source: DisputeSource) -> papers.Facts:
    step = source.step("assign")
    common = {**_common(source), **({"on": step.on} if step else {})}
    return forms.DisputeAssignment(**common, requirement=source.said("assign").get("measures", ""))


def _leader_card(source: DisputeSource) -> papers.Facts:
    said, step = source.said("assign"), source.step("assign")
    return forms.LeaderCard(
        **_common(source), contact=said.get("contact_by", ""),
        explain=said.get("explain_by", ""), settle=said.get("handle_by", ""),
        report=said.get("report_by", ""), taken_on=step.on if step else None,
        progress=tuple(_progress(source)),
    )  # fmt: skip


def _progress(source: DisputeSource) -> list[forms.ProgressFacts]:
    told = {"note": "text", "settle": "result", "follow": "situation", "take_back": "reason"}
    steps = source.file.all(*told) if source.file else ()
    return [
        forms.ProgressFacts(
            on=step.on, what=str((step.data or {}).get(told[step.action], "")),
            by=str((step.data or {}).get("by") or step.by),
        )
        for step in steps
    ]  # fmt: skip


_KINDS = (("responsibility", "责任"), ("facts", "问题"), ("hazard", "隐患"))


def _closing(source: DisputeSource) -> papers.Facts:
    given = confirmed(source.file) if source.file else {}
    how = dict(FOLLOW_HOW)
    steps = since_reopened(source.file) if source.file else ()
    follows = [step for step in steps if step.action == "follow"]
    return forms.DisputeClosing(
        **_common(source),
        confirmations=tuple(_confirmation(kind, given.get(what)) for what, kind in _KINDS),
        follow_ups=tuple(
            forms.FollowUpFacts(
                on=step.on, way=how.get((step.data or {}).get("how", ""), ""),
                findings=(step.data or {}).get("situation", ""),
                by=(step.data or {}).get("by") or step.by,
            )
            for step in follows
        ),
        missing=_missing(source),
        leader_opinion=str(source.said("close").get("comment", "")),
    )  # fmt: skip


def _confirmation(kind: str, step: CaseStep | None) -> forms.ConfirmationFacts:
    data = (step.data or {}) if step else {}
    return forms.ConfirmationFacts(
        kind=kind, confirmed=step is not None, evidence=str(data.get("evidence", "")),
        by=str(data.get("confirmed_by", "")), on=step.on if step else None,
    )  # fmt: skip


def _missing(source: DisputeSource) -> tuple[str, ...]:
    """What still stands in the way of striking it off, as sentences."""
    if source.file is None or source.file.state in ("closed", "void"):
        return ()
    offers = DISPUTES.offers(source.file, source.around)
    return next((offer.missing for offer in offers if offer.action == "close"), ())


BUILDERS: Mapping[str, Callable[[DisputeSource], papers.Facts]] = {
    "P01": _registration,
    "P03": _assignment,
    "P04": _leader_card,
    "P05": _closing,
}

STEP_BEFORE: Mapping[str, tuple[str, str]] = {
    "P03": ("assign", "先“交办”，定下责任单位、责任人和时限。"),
    "P04": ("assign", "先“交办”，定下包案领导。"),
}
"""Papers that state a decision, the step that takes it, and what to do first."""


def why_not(code: str, file: DisputeFile) -> str:
    """Why a paper may not be printed now; empty where it may."""
    if file.voided or file.state == "void":
        return "纠纷已作废，不再出文书。"
    step, sentence = STEP_BEFORE.get(code, ("", ""))
    if step and newest(file, step) is None:
        return sentence
    return "还没有定包案领导。" if code == "P04" and not file.dispute.leader else ""
