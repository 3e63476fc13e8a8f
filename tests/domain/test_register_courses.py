"""Bookings and tasks by any lawful or unlawful order of steps: nothing is lost, nothing is too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import OFFICE
from xinfang_desktop.domain.case_records import CaseStep
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.matter import Surroundings
from xinfang_desktop.domain.office_records import WorkItem
from xinfang_desktop.domain.records import Office
from xinfang_desktop.domain.register_kit import Register
from xinfang_desktop.domain.register_tasks import tasks_of
from xinfang_desktop.domain.registers import REGISTERS
from xinfang_desktop.domain.registers_reception import bookings, free_slots
from xinfang_desktop.domain.work_file import WorkFile

TODAY = date(2026, 9, 21)
AROUND = Surroundings(
    today=TODAY, people=(), actor="周敏", roles=frozenset({"officer"}),
    office=Office(id="o", feed="township:430522101", code="430522101", name=OFFICE.name, level="township"),
)  # fmt: skip


def opened(register: Register, on: date = TODAY, **data: object) -> WorkFile:
    """A line just written down."""
    item = WorkItem(
        id="w", feed="township:430522101", sort=register.key, number="430522101-GZ-20260921-A0001",
        title="x", on=on, state=register.first, by="周敏", data=data or None,
    )  # fmt: skip
    return WorkFile(item, (step(0, "register", {}),))


def step(no: int, action: str, data: dict[str, object]) -> CaseStep:
    """One step written down, the later the higher ``no``."""
    at = datetime(2026, 9, 21, 9, tzinfo=UTC) + timedelta(seconds=no)
    return CaseStep(
        id=f"s{no:04}", feed="x", case="w", action=action, on=TODAY, at=at, by="周敏", data=data
    )


def taken(register: Register, file: WorkFile, action: str, data: dict[str, object]) -> WorkFile:
    """The file after a step that was lawful. Raises RuleViolation."""
    decision = register.table.decide(file, action, data, AROUND)
    made = step(len(file.steps), action, dict(decision.data))
    return WorkFile(replace(file.item, state=decision.to_state), (*file.steps, made))


@given(st.integers(1, 4), st.lists(st.one_of(st.none(), st.integers(1, 8)), max_size=30))
def test_bookings_never_exceed_the_places_and_a_number_is_never_given_twice(
    slots: int, asked: list[int | None]
) -> None:
    register = REGISTERS["reception_day"]
    file = opened(register, slots=slots)
    standing: set[int] = set()
    given_out = 0
    for no in asked:
        action, data = ("book", {"subject": "道路"}) if no is None else ("unbook", {"no": no})
        lawful = len(standing) < slots if no is None else no in standing
        try:
            file = taken(register, file, action, dict(data))
        except RuleViolation as refusal:
            assert not lawful and refusal.code in ("slots_full", "no_booking")
            continue
        assert lawful
        if no is None:
            given_out += 1
            standing.add(given_out)
        else:
            standing.remove(no)
        assert set(bookings(file)) == standing
        assert free_slots(file) == slots - len(standing)


@given(st.integers(1, 5), st.lists(st.integers(0, 7), max_size=12))
def test_a_meeting_ends_exactly_when_every_task_was_carried_out(
    count: int, order: list[int]
) -> None:
    register = REGISTERS["office_meeting"]
    tasks = [{"what": f"第{n}件", "due": "2026-10-01"} for n in range(count)]
    said = {"present": ["何建平"], "decisions": ["公示"], "tasks": tasks}
    file = taken(register, opened(register), "held", said)
    done: set[int] = set()
    for no in order:
        lawful = 1 <= no <= count and no not in done
        try:
            file = taken(register, file, "task_done", {"no": no, "content": "办了。"})
        except RuleViolation as refusal:
            assert not lawful and refusal.code == "no_task"
            continue
        assert lawful
        done.add(no)
    assert {task.no for task in tasks_of(file) if task.done_on} == done
    wrong = [p.code for p in register.table.problems(file, "finish", {}, AROUND)]
    assert wrong == ([] if len(done) == count else ["task_left"])


def test_a_step_after_the_end_is_refused_with_where_it_belongs() -> None:
    register = REGISTERS["reception_day"]
    file = taken(register, opened(register), "cancel", {"reason": "改期。"})
    for action in ("book", "held", "cancel"):
        (refusal,) = register.table.problems(file, action, {}, AROUND)
        assert refusal.code == "wrong_state" and "已经取消" in refusal.sentence
        assert refusal.mend == "这一步在这些时候办：待举行。"
