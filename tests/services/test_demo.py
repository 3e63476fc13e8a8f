"""The practice office: what a learner finds in it, and that its history is a possible one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.factories import CHINA, MovableClock
from xinfang_desktop.domain.dispute_states import STATES
from xinfang_desktop.domain.states import STATES as MATTER_STATES
from xinfang_desktop.journal.entry import decode
from xinfang_desktop.services import (
    disputes,
    duties,
    handling,
    mediations,
    note_views,
    rounds,
    safekeeping,
)
from xinfang_desktop.services.accounts import accounts, sign_in
from xinfang_desktop.services.demo import DemoMade, create_demo
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import DisputeQuery
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.mediations import MediationQuery
from xinfang_desktop.store import changelog
from xinfang_desktop.store.reference import Reference

TODAY = date(2026, 9, 21)
PASSWORD = "qingshi-lianxi"


class Town(NamedTuple):
    """A practice office of forty matters and where it lies."""

    home: Path
    made: DemoMade


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Town:
    home = tmp_path_factory.mktemp("demo") / "home"
    made = create_demo(
        home, matters=40, today=TODAY, clock=MovableClock(TODAY), shipped=reference,
        password=PASSWORD,
    )  # fmt: skip
    return Town(home, made)


@pytest.fixture
def officer(town: Town, reference: Reference) -> Iterator[Desk]:
    """The desk of 周敏, on that evening."""
    desk = sign_in(town.home, "周敏", PASSWORD, MovableClock(TODAY, hour=18), reference)
    yield desk
    desk.close()


def test_disputes_stand_in_every_state(town: Town, officer: Desk) -> None:
    rows = disputes.dispute_list(officer)
    assert len(rows) == town.made.disputes == 40
    assert {row.state for row in rows} == set(STATES)
    assert {row.grade for row in rows} == {"简单", "一般", "复杂", "疑难"}
    assert len({row.village for row in rows}) == 6
    counts = disputes.dispute_page(officer, DisputeQuery()).counts
    assert counts["stalled"] == 2 and counts["late"] >= 2 and counts["follow"] >= 1
    timelines = [
        {step.action for step in disputes.dispute_view(officer, row.number).timeline}
        for row in rows
        if row.state == "open"
    ]
    assert any("reopen" in actions for actions in timelines)


def test_disputes_that_were_handed_over_stay_linked(officer: Desk) -> None:
    linked = Counter(
        link.case
        for row in disputes.dispute_list(officer)
        for link in disputes.dispute_view(officer, row.number).links
    )
    assert linked["mediation"] == 2 and linked["matter"] == 1


def test_nothing_is_struck_off_before_the_three_are_confirmed(officer: Desk) -> None:
    closed = [row for row in disputes.dispute_list(officer) if row.state == "closed"]
    assert len(closed) > 10
    assert {row.three for row in closed} == {("done", "done", "done")}


def test_two_years_of_rounds_with_late_ones_and_zero_returns(officer: Desk) -> None:
    before = rounds.screening_grid(officer, "monthly", 2025)
    assert [(column.filed, column.asked) for column in before.columns] == [(6, 6)] * 12
    states = Counter(cell.state for row in before.rows for cell in row)
    assert states["zero"] > 20 and states["filed"] > 5 and 1 <= states["late"] < 15
    assert any(cell.reminded for row in before.rows for cell in row)
    now = rounds.screening_status(officer, "2026-09")
    assert (len(now.returned), now.missing) == (4, ("河口社区", "石桥村"))
    assert [c.words for c in rounds.screening_grid(officer, "special", 2026).columns] == [
        "欠薪 1月", "汛期 6月",
    ]  # fmt: skip
    assert len(rounds.screening_grid(officer, "quarterly", 2026).columns) >= 2


def test_promises_are_kept_and_open(officer: Desk) -> None:
    promises = [p for note in note_views.note_list(officer) for p in note.promises]
    kept = [p for p in promises if p.kept_on]
    waiting = [p for p in promises if not p.kept_on]
    assert any(p.kept_on and p.kept_on > p.due for p in kept), "one was late"
    assert any(p.due < TODAY for p in waiting) and any(p.due > TODAY for p in waiting)
    assert {note.sort for note in note_views.note_list(officer)} == {"diary", "talk"}


def test_matters_are_as_many_and_stand_where_they_stood(officer: Desk) -> None:
    found = handling.matter_list(officer, MatterQuery())
    assert found.total == 40
    assert [row.title for row in found.matters if row.sealed] == ["密件", "密件"]
    assert len({row.state for row in found.matters}) > len(MATTER_STATES) / 2


def test_the_liaison_sees_its_own_village_only(town: Town, reference: Reference) -> None:
    desk = sign_in(town.home, "何建平", PASSWORD, MovableClock(TODAY, hour=18), reference)
    try:
        assert {row.village for row in disputes.dispute_list(desk)} == {"石桥村"}
        assert {row.village for row in note_views.note_list(desk)} == {"石桥村"}
        filed = [
            c for row in rounds.screening_grid(desk, "monthly", 2026).rows for c in row if c.by
        ]
        assert {cell.by for cell in filed} == {"何建平"}
        board = duties.today_board(desk)
        assert {row.village for group in board.groups for row in group.rows} <= {"石桥村"}
    finally:
        desk.close()


def test_one_account_for_each_role(town: Town, reference: Reference) -> None:
    desk = sign_in(town.home, "陈静", PASSWORD, MovableClock(TODAY, hour=18), reference)
    try:
        roles = sorted(row.roles for row in accounts(desk))
    finally:
        desk.close()
    assert roles == [
        ("admin",), ("leader",), ("liaison",), ("officer",), ("officer", "sealed"), ("supervisor",)
    ]  # fmt: skip


def test_the_clock_never_ran_back_and_the_log_proves_itself(officer: Desk) -> None:
    with officer.reading() as conn:
        entries = sorted(
            (decode(body) for _, _, body, _ in changelog.entries(conn)),
            key=lambda entry: (entry.hlc, entry.feed, entry.seq),
        )
    moments = [datetime.fromisoformat(entry.wall) for entry in entries]
    assert moments == sorted(moments)
    first = datetime(2024, 9, 21, tzinfo=CHINA)
    assert abs(moments[0] - first) < timedelta(days=2)
    assert moments[-1].date() == TODAY
    assert safekeeping.verify_log(officer).ok
    tables = safekeeping.rebuild_check(officer)
    assert tables.ok, tables.differences


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2027, 2, 28)])
def test_it_can_be_made_on_any_day(day: date, tmp_path: Path, reference: Reference) -> None:
    made = create_demo(
        tmp_path / "home", matters=1, today=day, clock=MovableClock(day), shipped=reference,
        password=PASSWORD,
    )  # fmt: skip
    assert (made.matters, made.disputes) == (1, 1)


def test_mediations_are_talked_about_agreed_and_filed(officer: Desk) -> None:
    rows = mediations.mediation_page(officer, MediationQuery()).rows
    assert {row.state for row in rows} == {"session", "filed"}
    assert all(row.file_no for row in rows)
