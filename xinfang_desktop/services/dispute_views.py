"""What the lists and the page of a dispute show (纠纷清单、纠纷页). People are masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep
from ..domain.cases import DisputeFile
from ..domain.course import Offer
from ..domain.dispute_course import ACTIONS, confirmed
from ..domain.dispute_states import STAGES, STATES, state_name
from ..domain.dispute_steps import CONFIRMATIONS, FIELDS
from ..domain.money import yuan
from ..domain.names import mask_name
from ..store.queries import Owed
from ..store.subjects import Setting
from .case_rows import (
    AttachmentRow,
    CourseWords,
    DocumentRow,
    Link,
    SeenRow,
    TimelineRow,
    stage_bar,
    step_words,
    timeline_rows,
)
from .case_rows import CaseStage as DisputeStage
from .duty_rows import DutyRow, short_number


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One dispute in a list. ``level`` is 0–4; ``three`` says ``done`` or nothing for each."""

    id: str
    number: str
    short_number: str
    village: str
    found_on: date
    summary: str
    category: str
    category_name: str
    state: str
    state_name: str
    parties: tuple[str, ...]
    people: int
    grade: str
    level: int
    unit: str
    leader: str
    person: str
    due: date | None
    due_state: str
    due_words: str
    three: tuple[str, str, str]
    result: str
    settled_on: date | None
    place: str
    stalled: bool = False
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One of the three (三不放过): given when, by whom, on what evidence; or not yet."""

    what: str
    name: str
    done: bool
    on: date | None = None
    by: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class DisputeView:
    """The page of one dispute."""

    row: DisputeRow
    detail: str
    occurred_on: date | None
    source_name: str
    found_by: str
    amount: int  # 分, 0 = not said
    amount_words: str
    units: str
    urgent: bool
    danger: bool
    grade_reasons: tuple[str, ...]
    measures: str
    settle_by: date | None  # 化解时限, as it was set
    method_name: str
    phones: tuple[str, ...]
    stages: tuple[DisputeStage, ...]
    confirmations: tuple[Confirmation, ...]
    links: tuple[Link, ...]
    duties: tuple[DutyRow, ...]
    timeline: tuple[TimelineRow, ...]
    documents: tuple[DocumentRow, ...]
    attachments: tuple[AttachmentRow, ...]
    seen: tuple[SeenRow, ...]
    offers: tuple[Offer, ...]
    conflicts: tuple[str, ...] = ()


def row_of(
    file: DisputeFile, owed: Owed | None, due_state: str, due_words: str, now: Setting, today: date
) -> DisputeRow:
    """One dispute as lists show it. ``owed`` is the first duty that waits."""
    d = file.dispute
    given = confirmed(file)
    types = now.codes["dispute_type"]
    last = max((step.at.date() for step in file.steps), default=d.found_on)
    return DisputeRow(
        id=d.id, number=d.number, short_number=short_number(d.number),
        village=now.villages.get(d.village, ""), found_on=d.found_on, summary=d.summary,
        category=d.category or d.category_text,
        category_name=types.name_of(d.category) if d.category else d.category_text,
        state=d.state, state_name=state_name(d.state),
        parties=tuple(mask_name(name) for name in d.parties), people=d.people, grade=d.grade,
        level=now.grades.level_of(d.grade), unit=d.unit, leader=d.leader, person=d.person,
        due=owed.duty.due if owed else d.due, due_state=due_state, due_words=due_words,
        three=_three(given), result=d.result, settled_on=d.settled_on, place=d.place,
        stalled=d.state in STALLING and (today - last).days >= STALLED_AFTER,
    )  # fmt: skip


STALLED_AFTER = 15
"""Days without a record after which an unsettled dispute is named (停滞)."""

STALLING = frozenset({"found", "verified", "graded", "assigned", "open", "mediation", "reported"})


def _three(given: Mapping[str, Any]) -> tuple[str, str, str]:
    first, second, third = ("done" if what in given else "" for what, _ in CONFIRMATIONS)
    return first, second, third


def confirmations_of(file: DisputeFile) -> tuple[Confirmation, ...]:
    """The three, in their order."""
    given = confirmed(file)
    made = []
    for what, name in CONFIRMATIONS:
        step = given.get(what)
        data = (step.data or {}) if step else {}
        made.append(
            Confirmation(
                what, name, step is not None, step.on if step else None,
                str(data.get("confirmed_by", "")), str(data.get("evidence", "")),
            )
        )  # fmt: skip
    return tuple(made)


_REACHED = {
    "核实": ("verify",), "分级": ("grade",), "交办": ("assign",), "化解": ("settle",),
    "回访": ("follow",), "销号": ("close",),
}  # fmt: skip


def stages_of(file: DisputeFile) -> tuple[DisputeStage, ...]:
    """The stage bar of the dispute."""
    return stage_bar(STAGES, STATES.get(file.state), file, _REACHED)


_ICONS = {
    "register": "map-search", "import": "package-import", "verify": "checkup-list",
    "grade": "scale", "assign": "send", "note": "file-text", "to_mediation": "users",
    "to_matter": "clipboard-text", "route": "scale", "report_up": "send",
    "take_back": "arrow-back-up", "settle": "message-circle-check", "confirm": "checkup-list",
    "follow": "phone", "close": "archive", "reopen": "history", "void": "ban",
}  # fmt: skip
_LABELS = {
    "register": "登记", "import": "从台账导入", **{a.name: a.label for a in ACTIONS.values()},
}  # fmt: skip
_COURSE = CourseWords(
    _LABELS, _ICONS, lambda step: step_words(_worth_saying(step), FIELDS.get(step.action, ()))
)


def timeline_of(file: DisputeFile) -> Iterable[TimelineRow]:
    """What was done, newest first."""
    return timeline_rows(file.steps, _COURSE)


_FILLED_IN = {
    "by": "", "confirmed_by": "",
    "contact_by": "person", "explain_by": "person", "handle_by": "person", "report_by": "person",
}  # fmt: skip
"""Fields that a step fills in itself → the field they repeat; empty: who wrote it down."""


def _worth_saying(step: CaseStep) -> Mapping[str, Any]:
    """What a step says, without what only repeats who did it."""
    data = step.data or {}
    return {
        name: value
        for name, value in data.items()
        if name not in _FILLED_IN or value != (data.get(_FILLED_IN[name]) or step.by)
    }


def amount_words(cents: int) -> str:
    """12,000 元, or nothing where no amount was said."""
    return yuan(cents) if cents else ""
