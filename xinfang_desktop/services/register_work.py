"""工作台账: writing a line of a register, mending it, taking its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep
from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.inputs import clean_text, read_fields
from ..domain.office_records import WorkItem
from ..domain.register_kit import Register, texts_of
from ..domain.register_states import state_name
from ..domain.registers import register_named
from ..domain.work_file import WorkFile
from ..store import queries
from ..store.changelog import Change, change, new, new_id
from ..store.database import Connection
from ..store.files import fetch
from ..store.tables import TABLES
from .desk import Changes, Desk, use_case
from .duty_rows import DutyRow, rows_for
from .file_sample import drawn
from .finding import check_unsealed, find_matter
from .numbers import Numbers
from .work_lines import given_of, work_file

KINDS = frozenset({"work_item", "case_step"})


@dataclass(frozen=True, slots=True)
class WorkStood:
    """Where a line stands after it was written or a step was taken."""

    item: str
    number: str
    title: str
    state: str
    state_name: str
    duties: tuple[DutyRow, ...]
    changes: Changes


# --- writing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as typed, read and checked. ``values`` are the register's own."""

    on: date
    values: Mapping[str, Any]
    owner: str
    matters: tuple[str, ...]
    problems: tuple[RuleViolation, ...]


Filling = Callable[[Desk, Connection, Mapping[str, Any]], Mapping[str, Any]]

FILLING: Mapping[str, Filling] = {"file_review": drawn}
"""Register → what the program adds to a new line by itself (the sample of a review)."""


@use_case("write_work")
def write_problems(desk: Desk, sort: str, data: Mapping[str, Any]) -> tuple[RuleViolation, ...]:
    """Everything wrong with a line as filled in, each with its field."""
    register = register_named(sort)
    with desk.reading() as conn:
        return _read(desk, conn, register, data).problems


@use_case("write_work")
def write_item(desk: Desk, sort: str, data: Mapping[str, Any]) -> WorkStood:
    """A new line of a register; what it makes us owe is owed from now on."""
    register = register_named(sort)
    with desk.writing() as tx:
        line = _sound(_read(desk, tx.conn, register, data))
        fill = FILLING.get(register.key)
        values = {**line.values, **(fill(desk, tx.conn, line.values) if fill else {})}
        item = WorkItem(
            id=new_id(), feed=desk.feed, sort=register.key,
            number=Numbers(desk, tx.conn).next(desk.today, "GZ"),
            title=register.title_of(values) or register.noun, on=line.on, state=register.first,
            by=desk.account.name, owner=line.owner, due=_due(register, line.on, values),
            matters=line.matters, data=values or None,
        )  # fmt: skip
        begun = _step(desk, tx.conn, item, "register", desk.today, {"number": item.number})
        tx.append([new(item), begun])
        return _stood(desk, tx.conn, item)


@use_case("write_work")
def draw_review(desk: Desk, period: str, count: int, seed: str) -> WorkStood:
    """A new line of 案件评查 with its sample drawn."""
    return write_item(desk, "file_review", {"period": period, "count": count, "seed": seed})


@use_case("write_work")
def amend_item(desk: Desk, number: str, data: Mapping[str, Any], reason: str) -> WorkStood:
    """Change columns of a line for a reason; which ones were changed stays on its page."""
    reason = clean_text(reason, "修改原因", 500, lines=False, field="reason")
    if not reason:
        raise RuleViolation(
            "reason_missing",
            "还没有写为什么修改。",
            mend="写一句原因，会留下记录。",
            field="reason",
        )
    with desk.writing() as tx:
        register, file = work_file(desk, tx.conn, number)
        item = file.item
        if item.voided or item.state == "void":
            raise RuleViolation(
                "wrong_state", f"这条{register.noun}已作废，不能再修改。", mend="请另登记一条。"
            )
        _check_fixed(register, data)
        kept = {each.name for each in register.fields}
        known = given_of(tx.conn, register, file.item)
        asked = {name for each in register.asks if (name := each.name) in data}
        line = _sound(_read(desk, tx.conn, register, {**known, **data}))
        labels = [each.label for each in register.asks if each.name in asked]
        said = {"fields": labels, "reason": reason}
        values = {**{k: v for k, v in file.values.items() if k not in kept}, **line.values}
        tx.append([
            change(
                item, on=line.on, title=register.title_of(values) or register.noun,
                owner=line.owner, matters=line.matters, data=values or None,
                due=_due(register, line.on, values) if register.due in asked else item.due,
            ),
            _step(desk, tx.conn, item, "amend", desk.today, said),
        ])  # fmt: skip
        return _stood(desk, tx.conn, item)


def _check_fixed(register: Register, data: Mapping[str, Any]) -> None:
    """Refuse to change what a drawn sample came from: anybody must be able to draw it again."""
    named = [each for each in register.fields if each.name in data and each.name in register.fixed]
    if named:
        raise RuleViolation(
            "fixed", f"{named[0].label}登记以后不能改。", mend="请另登记一条，这一条写明原因作废。",
            field=named[0].name,
        )  # fmt: skip


def _due(register: Register, on: date, values: Mapping[str, Any]) -> date | None:
    if register.due == "on":
        return on
    raw = values.get(register.due)
    return date.fromisoformat(raw) if raw else None


def _read(desk: Desk, conn: Connection, register: Register, data: Mapping[str, Any]) -> _Line:
    reading = read_fields(register.asks, data)
    values, problems = dict(reading.values), list(reading.problems)
    on = date.fromisoformat(values.pop("on", desk.today.isoformat()))
    if on > desk.today and not register.ahead:
        problems.append(
            RuleViolation(
                "date_in_future", f"{register.on}不能晚于今天。", mend="请核对日期。", field="on"
            )
        )
    owner, numbers = values.pop("owner", ""), values.pop("matters", ())
    problems += _about_persons(desk, register.fields, values)
    matters, unknown = _matters(desk, conn, numbers)
    return _Line(on, values, owner, matters, (*problems, *unknown))


def _matters(
    desk: Desk, conn: Connection, numbers: list[str]
) -> tuple[tuple[str, ...], list[RuleViolation]]:
    found: list[str] = []
    problems: list[RuleViolation] = []
    for number in numbers:
        try:
            matter = find_matter(desk, conn, number)
            check_unsealed(desk, matter)
            found.append(matter.id)
        except RuleViolation as problem:
            problems.append(
                RuleViolation(problem.code, problem.sentence, mend=problem.mend, field="matters")
            )
    return tuple(dict.fromkeys(found)), problems


def _about_persons(
    desk: Desk, fields: tuple[Field, ...], values: Mapping[str, Any]
) -> Iterator[RuleViolation]:
    """What is written of people instead of the work, as village notes are read."""
    for path, text in texts_of(fields, values):
        problem = desk.shipped.person_words.problem(text, path)
        if problem:
            yield problem


def _sound(line: _Line) -> _Line:
    if line.problems:
        raise line.problems[0]
    return line


def _step(
    desk: Desk, conn: Connection, item: WorkItem, action: str, on: date, data: Mapping[str, Any],
    states: tuple[str, str] = ("", ""),
) -> Change:  # fmt: skip
    return new(
        CaseStep(
            id=new_id(), feed=item.feed, case=item.id, action=action, on=on,
            at=desk.moment_for(conn, item.id), by=desk.account.name, from_state=states[0],
            to_state=states[1], data=dict(data) or None,
        )
    )  # fmt: skip


def _stood(desk: Desk, conn: Connection, item: WorkItem) -> WorkStood:
    now = next(iter(fetch(conn, WorkItem, TABLES["work_item"].c.id == item.id)), item)
    owed = queries.duties_of(conn, [item.id], unsettled=False)
    return WorkStood(
        now.id, now.number, now.title, now.state, state_name(now.state),
        rows_for(desk, conn, owed, desk.today), Changes(KINDS, frozenset({item.id})),
    )  # fmt: skip


# --- steps -------------------------------------------------------------------------------------


@use_case("write_work")
def item_problems(
    desk: Desk, number: str, action: str, data: Mapping[str, Any]
) -> tuple[RuleViolation, ...]:
    """Everything wrong with a step as filled in, each with its field."""
    with desk.reading() as conn:
        register, file = work_file(desk, conn, number)
        found = register.table.problems(file, action, data, desk.surroundings(conn))
        return (*found, *(() if found else _step_words(desk, conn, register, action, data)))


@use_case("write_work")
def take_item_step(desk: Desk, number: str, action: str, data: Mapping[str, Any]) -> WorkStood:
    """One lawful step; refused with its reason otherwise."""
    with desk.writing() as tx:
        register, file = work_file(desk, tx.conn, number)
        decision = register.table.decide(file, action, data, desk.surroundings(tx.conn))
        for problem in _step_words(desk, tx.conn, register, action, data):
            raise problem
        states = (decision.from_state, decision.to_state)
        made = [_step(desk, tx.conn, file.item, action, decision.on, decision.data, states)]
        changed = {**decision.changes, **_joined(desk, tx.conn, file, decision.data)}
        tx.append([*made, *([change(file.item, **changed)] if changed else [])])
        return _stood(desk, tx.conn, file.item)


def _joined(
    desk: Desk, conn: Connection, file: WorkFile, said: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Matters that a step adds to what the line is about (归类)."""
    added, _ = _matters(desk, conn, list(said.get("matters", ())))
    fresh = tuple(id for id in added if id not in file.item.matters)
    return {"matters": (*file.item.matters, *fresh)} if fresh else {}


def _step_words(
    desk: Desk, conn: Connection, register: Register, action: str, data: Mapping[str, Any]
) -> Iterator[RuleViolation]:
    """What the course cannot see: words about people, matters that are not there."""
    fields = register.table.actions[action].asks
    values = read_fields(register.table.actions[action].fields, data).values
    yield from _about_persons(desk, fields, values)
    for each in fields:
        named = values.get(each.name)
        if each.name == "matters" and named:
            yield from _matters(desk, conn, list(named))[1]
        elif each.kind == "matter" and named:
            yield from _known(desk, conn, str(named), each.name)
        elif each.kind == "rows":
            yield from _known_rows(desk, conn, each, named or ())


def _known_rows(
    desk: Desk, conn: Connection, rows: Field, named: Sequence[Mapping[str, Any]]
) -> Iterator[RuleViolation]:
    for column in rows.columns:
        for no, row in enumerate(named, 1):
            if column.kind == "matter" and row.get(column.name):
                path = f"{rows.name}.{no}.{column.name}"
                yield from _known(desk, conn, row[column.name], path)


def _known(desk: Desk, conn: Connection, number: str, field: str) -> Iterator[RuleViolation]:
    for problem in _matters(desk, conn, [number])[1]:
        yield _at(problem, field)


def _at(problem: RuleViolation, field: str) -> RuleViolation:
    """The same refusal at another field."""
    return RuleViolation(problem.code, problem.sentence, mend=problem.mend, field=field)
