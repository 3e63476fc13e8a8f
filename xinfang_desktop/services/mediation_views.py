"""What the lists and the page of a mediation show (调解清单、调解页). People are masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep, MediationParty
from ..domain.cases import MediationFile
from ..domain.clocks import left_words
from ..domain.course import Offer
from ..domain.duty import KINDS, Duty
from ..domain.identity import mask_phone
from ..domain.mediation_course import ACTIONS
from ..domain.mediation_reading import (
    FilePaper,
    agreeing,
    answers,
    day_of,
    effective_on,
    items,
    masked,
    said,
    side_of,
    side_word,
)
from ..domain.mediation_states import STAGES, STATES, state_name
from ..domain.mediation_steps import AGREEMENT_FORM, ASKED_HOW, COURT_RESULT, FIELDS, SEX, START
from ..domain.money import yuan
from ..domain.names import mask_name
from ..domain.vocabulary import MEDIATION_SOURCE
from ..store.subjects import Setting
from .case_rows import (
    AttachmentRow,
    CaseStage,
    CourseWords,
    DocumentRow,
    Link,
    SeenRow,
    TimelineRow,
    stage_bar,
    step_words,
    timeline_rows,
)
from .duty_rows import DutyRow, short_number


@dataclass(frozen=True, slots=True)
class MediationRow:
    """One mediation in a list. ``waits`` are the kinds of duty that are still owed for it."""

    id: str
    number: str
    short_number: str
    file_no: str
    title: str
    village: str
    committee: str
    category: str
    category_name: str
    source: str
    source_name: str
    state: str
    state_name: str
    applicants: tuple[str, ...]
    respondents: tuple[str, ...]
    mediators: tuple[str, ...]
    applied_on: date
    accepted_on: date | None
    agreed_on: date | None
    amount_words: str
    due: date | None
    due_state: str
    due_words: str
    waits: frozenset[str]
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class SideView:
    """A party: masked, or in full after a logged reveal. ``agrees``: None where nobody has asked."""

    no: int
    side: str
    side_name: str
    name: str
    phone: str
    agrees: bool | None
    answered_on: date | None
    answer_words: str
    sex: str = ""
    age: int = 0
    ethnicity: str = ""
    occupation: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing that was agreed and what came of it."""

    no: int
    what: str
    by: str
    how: str
    due: date | None
    done_on: date | None
    proof: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The agreement: from when it binds, and what was promised."""

    form: str
    form_name: str
    facts: str
    responsibility: str
    effective_on: date
    amount_words: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class CourtView:
    """The right to ask the court together (司法确认): until when, how long, what became of it.

    ``open``: the sides may still ask; ``words`` says it (还有 3 天), or why not.
    """

    until: date
    open: bool
    words: str
    applied_on: date | None = None
    court: str = ""
    result_name: str = ""
    ruling: str = ""
    ruled_on: date | None = None


@dataclass(frozen=True, slots=True)
class MediationView:
    """The page of one mediation."""

    row: MediationRow
    facts: str
    claims: tuple[str, ...]
    recorder: str
    closed: bool
    stages: tuple[CaseStage, ...]
    sides: tuple[SideView, ...]
    agreement: AgreementView | None
    court: CourtView | None
    papers: tuple[FilePaper, ...]
    lacking: tuple[str, ...]
    links: tuple[Link, ...]
    duties: tuple[DutyRow, ...]
    timeline: tuple[TimelineRow, ...]
    documents: tuple[DocumentRow, ...]
    attachments: tuple[AttachmentRow, ...]
    seen: tuple[SeenRow, ...]
    offers: tuple[Offer, ...]
    conflicts: tuple[str, ...] = ()


def row_of(
    file: MediationFile, waiting: Iterable[DutyRow], now: Setting, committees: Mapping[str, str]
) -> MediationRow:
    """One mediation as lists show it. ``waiting`` are its duties that are owed, first due first;
    a right that lapses is none of ours and gives no due date."""
    m, owed = file.mediation, tuple(waiting)
    accepted, agreement = file.last("accept"), file.last("agreement")
    first = next((row for row in owed if not KINDS[row.kind].lapses), None)
    return MediationRow(
        id=m.id, number=m.number, short_number=short_number(m.number), file_no=m.file_no,
        title=m.title, village=now.villages.get(m.village, ""),
        committee=committees.get(m.committee, ""), category=m.category,
        category_name=now.codes["dispute_type"].name_of(m.category) if m.category else "",
        source=m.source, source_name=dict(MEDIATION_SOURCE).get(m.source, m.source),
        state=m.state, state_name=state_name(m.state), applicants=_masked(file, "applicant"),
        respondents=_masked(file, "respondent"), mediators=m.mediators, applied_on=m.applied_on,
        accepted_on=accepted.on if accepted else None,
        agreed_on=effective_on(agreement) if agreement else None,
        amount_words=_amount(said(agreement)), due=first.due if first else None,
        due_state=first.urgency if first else "", due_words=first.words if first else "",
        waits=frozenset(row.kind for row in owed),
    )  # fmt: skip


def _masked(file: MediationFile, side: str) -> tuple[str, ...]:
    return tuple(mask_name(party.name) for party in side_of(file, side))


def _amount(agreed: Mapping[str, Any]) -> str:
    return yuan(agreed["amount"]) if agreed.get("amount") else ""


def sides_of(file: MediationFile, *, full: bool = False) -> tuple[SideView, ...]:
    """The parties with their answers; in full only for who has said why."""
    given, made = answers(file), []
    for party in file.parties:
        step = given.get(party.name)
        data = said(step)
        how = dict(ASKED_HOW).get(str(data.get("how", "")), "")
        words = "申请调解" if step and step.action == "start" else how
        made.append(
            SideView(
                no=party.no, side=party.side, side_name=side_word(party.side),
                name=party.name if full else mask_name(party.name),
                phone=party.phone if full else mask_phone(party.phone),
                agrees=agreeing(step) if step else None, answered_on=step.on if step else None,
                answer_words=words,
                **_details(party) if full else {},
            )
        )  # fmt: skip
    return tuple(made)


def _details(party: MediationParty) -> dict[str, Any]:
    names = ("age", "ethnicity", "occupation", "address")
    return {name: getattr(party, name) for name in names} | {"sex": SEX_WORDS.get(party.sex, "")}


SEX_WORDS = dict(SEX)


def agreement_of(file: MediationFile) -> AgreementView | None:
    """The agreement with what became of each item; the sides' names are masked in it."""
    step = file.last("agreement")
    if step is None:
        return None
    data = said(step)
    return AgreementView(
        form=data["form"], form_name=dict(AGREEMENT_FORM)[data["form"]],
        facts=masked(file, data["facts"]),
        responsibility=masked(file, data.get("responsibility", "")),
        effective_on=effective_on(step), amount_words=_amount(data),
        items=tuple(
            ItemView(
                item.no, masked(file, item.what), masked(file, item.by), masked(file, item.how),
                item.due, item.done.on if item.done else None,
                masked(file, str(said(item.done).get("proof", ""))),
            )
            for item in items(file)
        ),
    )  # fmt: skip


def court_of(file: MediationFile, duty: Duty | None, today: date) -> CourtView | None:
    """Where the sides stand with the court; None without an agreement."""
    if duty is None:
        return None
    data = said(file.last("court"))
    lapsed = duty.done_on is None and today > duty.due
    if data:
        words = dict(COURT_RESULT)[data["result"]]
    elif duty.settled:
        words = duty.note
    elif lapsed:
        words = "三十日已过；协议仍然有约束力，有争议可以起诉"
    else:
        words = left_words(duty.due, today)
    return CourtView(
        until=duty.due, open=not (duty.settled or lapsed or duty.done_on), words=words,
        applied_on=day_of(data, "applied_on"), court=data.get("court", ""),
        result_name=dict(COURT_RESULT)[data["result"]] if data else "",
        ruling=data.get("ruling", ""), ruled_on=day_of(data, "ruled_on"),
    )  # fmt: skip


_REACHED = {
    "受理": ("accept",), "调解": ("session",), "协议": ("agreement",), "履行": ("performance",),
    "立卷": ("archive",),
}  # fmt: skip


def stages_of(file: MediationFile) -> tuple[CaseStage, ...]:
    """The stage bar of the mediation."""
    return stage_bar(STAGES, STATES.get(file.state), file, _REACHED)


_ICONS = {
    "start": "clipboard-text", "consent": "message-circle-check", "party": "user-plus",
    "accept": "checkup-list", "inquiry": "search", "evidence": "paperclip", "agent": "user",
    "session": "users", "draft": "file-text", "agreement": "signature", "fail": "ban", "end": "ban",
    "performance": "checkup-list", "court": "scale", "follow": "phone", "note": "file-text",
    "archive": "archive", "void": "ban",
}  # fmt: skip
_KEPT_BACK = frozenset(
    {"phone", "address", "sex", "age", "ethnicity", "occupation", "person_phone",
     "person_address", "person_sex", "person_age"}
)  # fmt: skip
"""What stands in a step for the paper and is not shown in the course."""


_ASKED = {"start": START, **FIELDS}
_LABELS = {"start": "申请、登记", **{a.name: a.label for a in ACTIONS.values()}}


def timeline_of(file: MediationFile) -> Iterator[TimelineRow]:
    """What was done, newest first; the sides' names and telephones are masked."""

    def words(step: CaseStep) -> str:
        told = step_words(_shown(said(step)), _ASKED.get(step.action, ()))
        refused = "不愿意调解" if said(step).get("agrees") is False else ""
        return masked(file, "；".join(filter(None, (refused, told))))

    return timeline_rows(file.steps, CourseWords(_LABELS, _ICONS, words))


def _shown(data: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in data.items() if name not in _KEPT_BACK}
    if shown.get("agrees") is False:
        shown["agrees"] = "否"  # a tick left empty says nothing, an answer does
    for name, value in shown.items():
        if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
            shown[name] = [_shown(row) for row in value]
    return shown
