"""A new notice of holidays moves the dates that it moves, and says which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock, register
from xinfang_desktop.domain.errors import DamagedInput, EnvironmentProblem, RuleViolation
from xinfang_desktop.services import calendars, duties, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery

NOTICE = (
    "date,type,name\n"
    "2027-01-01,rest,元旦\n2027-01-02,rest,元旦\n2027-01-03,rest,元旦\n2027-01-04,rest,元旦\n"
)
DOCUMENT = "国办发明电〔2026〕7号"


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """The schedule of 2027, as invented for this test."""
    path = tmp_path / "2027.csv"
    path.write_text(NOTICE, "utf-8-sig")
    return path


def owed(desk: Desk, number: str) -> dict[str, duties.DutyRow]:
    """The duties of a matter by kind."""
    return {d.kind: d for d in duties.duties(desk, DutyQuery(number=number))}


def test_dates_beyond_the_last_notice_are_provisional_and_move_with_the_next(
    desk: Desk, clock: MovableClock, notice: Path
) -> None:
    clock.go("2026-12-18")
    number = register(desk, received_on="2026-12-18").number
    before = owed(desk, number)["notice"]
    assert (before.due, before.provisional) == (date(2027, 1, 4), True)  # the 2nd is a Saturday
    done = calendars.import_calendar(desk, notice, DOCUMENT)
    after = owed(desk, number)["notice"]
    assert (after.due, after.provisional) == (date(2027, 1, 5), False)
    moved = [(c.number, c.kind, c.old, c.new) for c in done.changed]
    assert (number, "notice", date(2027, 1, 4), date(2027, 1, 5)) in moved
    assert all(old != new for _, _, old, new in moved)
    assert calendars.office_year(desk, 2027).document == DOCUMENT
    assert safekeeping.rebuild_check(desk).ok


def test_the_same_notice_again_moves_nothing_and_a_mended_one_replaces_it(
    desk: Desk, clock: MovableClock, notice: Path
) -> None:
    clock.go("2026-12-18")
    number = register(desk, received_on="2026-12-18").number
    calendars.import_calendar(desk, notice, DOCUMENT)
    assert calendars.import_calendar(desk, notice, DOCUMENT).changed == ()
    notice.write_text(NOTICE.replace("2027-01-04,rest,元旦\n", ""), "utf-8")
    calendars.import_calendar(desk, notice, DOCUMENT)
    assert owed(desk, number)["notice"].due == date(2027, 1, 4)
    assert safekeeping.rebuild_check(desk).ok


def test_what_is_done_stays_done(desk: Desk, clock: MovableClock, notice: Path) -> None:
    clock.go("2026-12-18")
    number = register(desk, received_on="2026-12-18").number
    from tests.factories import bring_to

    bring_to(desk, number, "S30")
    done = calendars.import_calendar(desk, notice, DOCUMENT)
    assert "notice" not in {change.kind for change in done.changed}


def test_an_administrator_moves_dates_without_learning_of_matters(
    desk: Desk, desk_of: DeskOf, clock: MovableClock, notice: Path
) -> None:
    clock.go("2026-12-18")
    register(desk, received_on="2026-12-18")
    done = calendars.import_calendar(desk_of("admin"), notice, DOCUMENT)
    assert done.changed
    assert {change.number for change in done.changed} == {""}


@pytest.mark.parametrize(
    "text",
    ["", "x" * 2_000_000, "date,type,name\n2027-13-01,rest,元旦\n", "日期\n", "\x00\x01\x02",
     "date,type,name\n2027-01-01,party,元旦\n"],
)  # fmt: skip
def test_what_is_no_schedule_is_refused_and_nothing_moves(
    desk: Desk, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, "utf-8")
    before = safekeeping.verify_log(desk).entries
    with pytest.raises((RuleViolation, DamagedInput)) as caught:
        calendars.import_calendar(desk, path)
    assert caught.value.mend
    assert safekeeping.verify_log(desk).entries == before


def test_a_file_that_is_not_there_is_the_machines_fault(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        calendars.import_calendar(desk, tmp_path / "none.csv")
