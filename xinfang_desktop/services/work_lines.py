"""What lists and the page of a register show (工作台账的列表和页面); people who booked are masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep
from ..domain.course import Offer
from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.identity import mask_phone
from ..domain.inputs import shown_name
from ..domain.names import mask_name
from ..domain.office_records import WorkItem
from ..domain.permissions import sees_sealed
from ..domain.records import Matter
from ..domain.register_kit import Register, field_words
from ..domain.register_states import STATES, state_name
from ..domain.register_tasks import Task
from ..domain.registers import REGISTERS, open_to, register_named
from ..domain.states import state_name as matter_state
from ..domain.work_file import WorkFile
from ..store import queries
from ..store.case_files import by_number, load_work
from ..store.database import Connection
from ..store.files import get, with_bases
from .case_rows import (
    AttachmentRow,
    CaseStage,
    CourseWords,
    DocumentRow,
    Link,
    SeenRow,
    TimelineRow,
    step_words,
    timeline_rows,
)
from .desk import Desk
from .duty_rows import DutyRow, short_number


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One register in the list of registers, and how many of its lines are open."""

    key: str
    name: str
    group: str
    about: str
    open: int
    total: int


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a register."""

    id: str
    number: str
    short_number: str
    sort: str
    sort_name: str
    title: str
    on: date
    state: str
    state_name: str
    open: bool
    owner: str
    by: str
    due: date | None
    due_words: str = ""
    due_state: str = ""
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class WorkFact:
    """One column of a line in words."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """The page of one line."""

    row: WorkRow
    noun: str
    facts: tuple[WorkFact, ...]
    tasks: tuple[Task, ...]
    sample: tuple[Mapping[str, str], ...]  # drawn files of a review: number, title, why
    links: tuple[Link, ...]
    duties: tuple[DutyRow, ...]
    timeline: tuple[TimelineRow, ...]
    documents: tuple[DocumentRow, ...]
    attachments: tuple[AttachmentRow, ...]
    seen: tuple[SeenRow, ...]
    offers: tuple[Offer, ...]
    stages: tuple[CaseStage, ...]  # the states of the course
    conflicts: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)  # its columns as they were filled in


def row_of(item: WorkItem, due: DutyRow | None = None, conflicts: int = 0) -> WorkRow:
    """One line as lists show it; ``due`` is the first duty that waits."""
    register, state = REGISTERS.get(item.sort), STATES.get(item.state)
    return WorkRow(
        item.id, item.number, short_number(item.number), item.sort,
        register.name if register else item.sort, item.title, item.on, item.state,
        state_name(item.state), state.open if state else True, item.owner, item.by,
        due.due if due else item.due, due.words if due else "", due.urgency if due else "", conflicts,
    )  # fmt: skip


def find_item(desk: Desk, conn: Connection, number: str) -> WorkItem:
    """The line of that number, if the account may see it. Raises RuleViolation ``no_item``."""
    item = by_number(conn, WorkItem, number, prefix=f"{desk.office.code}-GZ-")
    if (
        item is None
        or desk.village is not None
        or not open_to(REGISTERS.get(item.sort), item.by, desk.account.name, desk.roles)
    ):
        raise RuleViolation(
            "no_item", f"工作台账里没有编号为“{shown_name(number)}”的一条。", mend="请核对编号。",
            field="number",
        )  # fmt: skip
    return item


def work_file(desk: Desk, conn: Connection, number: str) -> tuple[Register, WorkFile]:
    """The whole file of a line, its record ready to be changed, and its register."""
    item = find_item(desk, conn, number)
    file = next(load_work(conn, [item.id]))
    found = WorkFile(
        with_bases(conn, item), file.steps, file.documents, file.attachments, file.conflicts
    )
    return register_named(item.sort), found


def facts_of(register: Register, item: WorkItem) -> Iterable[WorkFact]:
    """The columns that were filled in, in the order of the form."""
    yield WorkFact("on", register.on, f"{item.on.year}年{item.on.month}月{item.on.day}日")
    for each in register.fields:
        said = field_words(each, (item.data or {}).get(each.name))
        if said:
            yield WorkFact(each.name, each.label, said)


def links_of(desk: Desk, conn: Connection, item: WorkItem) -> Iterable[Link]:
    """The matters a line is about; of a sealed one nothing but its number."""
    shown = sees_sealed(desk.roles)
    for id in item.matters:
        matter = get(conn, Matter, id)
        if matter is not None:
            title = "密件" if matter.sealed and not shown else matter.title
            yield Link("matter", matter.number, title, matter_state(matter.state))


def timeline_of(register: Register, steps: tuple[CaseStep, ...]) -> Iterable[TimelineRow]:
    """What was done, newest first."""
    actions = {each.action for each in steps}
    words = CourseWords(
        {name: register.label_of(name) for name in actions},
        {name: register.icon_of(name) for name in actions},
        lambda step: step_words(
            masked(register, step.data or {}), _shown(register.fields_of(step.action))
        ),
    )
    return timeline_rows(steps, words)


def _shown(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(each for each in fields if each.name != "on")


def masked(register: Register, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a step says, names and telephones of those who booked shown in part."""
    return {
        name: (mask_phone if "phone" in name else mask_name)(str(value))
        if name in register.masked and value
        else value
        for name, value in data.items()
    }


def stages_of(register: Register, file: WorkFile) -> Iterable[CaseStage]:
    """The states of the course as a bar, and since when it stands where it stands."""
    over = STATES.get(file.state)
    codes = list(register.course)
    if over and not over.open and file.state not in codes:
        codes.append(file.state)
    at = codes.index(file.state) if file.state in codes else 0
    entered = {step.to_state: step.on for step in file.steps if step.to_state}
    for place, code in enumerate(codes):
        word = "done" if place < at else "now" if place == at else "later"
        on = file.began if place == 0 else entered.get(code) if place <= at else None
        yield CaseStage(state_name(code), word, on)


def given_of(conn: Connection, register: Register, item: WorkItem) -> Mapping[str, Any]:
    """The columns of a line as they were filled in: what its form shows when it is amended."""
    rows = queries.matters_by_id(conn, item.matters)
    numbers = [str(rows[id]["number"]) for id in item.matters if id in rows]
    known = {**(item.data or {}), "on": item.on.isoformat(), "owner": item.owner,
             "matters": numbers}  # fmt: skip
    return {each.name: known[each.name] for each in register.asks if known.get(each.name)}
