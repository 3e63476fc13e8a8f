"""Rounds: opened by the office, asked of villages, seen at a glance, reminded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import a_quarter, add_villages, zero
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import accounts, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery, duties, explain_duty
from xinfang_desktop.services.returns import file_return
from xinfang_desktop.services.rounds import (
    OpenRound,
    open_round,
    remind_village,
    round_key,
    screening_grid,
    screening_status,
)


def code_of(call: Any, *args: Any) -> str:
    with pytest.raises(RuleViolation) as refused:
        call(*args)
    assert refused.value.mend
    return refused.value.code


def test_a_round_asks_every_village_until_its_last_working_day(desk: Desk) -> None:
    made = open_round(desk, OpenRound("每月小排查", "2026-10"))
    assert (made.key, made.words) == (RoundKey("2026-10"), "2026年10月每月小排查")
    assert (made.due, made.villages) == (date(2026, 10, 30), ("柳溪村", "双井村"))
    rows = duties(desk, DutyQuery(kinds=("screening_return",)))
    assert {(row.village, row.owner, row.case) for row in rows} == {
        ("柳溪村", "柳溪村", "round"), ("双井村", "双井村", "round"),
    }  # fmt: skip
    assert explain_duty(desk, rows[0].id).due == date(2026, 10, 30)


def test_a_special_round_asks_by_theme_some_villages_until_its_own_day(desk: Desk) -> None:
    asked = OpenRound("special", "2026-09", "汛期", date(2026, 9, 25), ("双井",), "查排洪沟")
    made = open_round(desk, asked)
    assert (made.key.theme, made.villages, made.due) == ("flood", ("双井村",), date(2026, 9, 25))
    assert made.words == "2026年9月专项排查（汛期）"
    status = screening_status(desk, "2026-09", "special", "flood")
    assert (status.missing, status.opened) == (("双井村",), True)
    assert screening_status(desk, "2026-09").opened is False, "the month's own round is another"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (OpenRound("daily", "2026-09"), "unknown_series"),
        (OpenRound("monthly", "2026-Q3"), "period_of_series"),
        (OpenRound("monthly", "九月"), "bad_period"),
        (OpenRound("special", "2026-09"), "theme_missing"),
        (OpenRound("special", "2026-09", "两会"), "unknown_code"),
        (OpenRound("monthly", "2026-09", "汛期"), "theme_not_asked"),
        (OpenRound("monthly", "2026-09", villages=("火星村",)), "no_village"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(desk: Desk, asked: OpenRound, code: str) -> None:
    assert code_of(open_round, desk, asked) == code
    assert screening_status(desk, "2026-09").opened is False


def test_a_round_is_opened_once(desk: Desk) -> None:
    open_round(desk, OpenRound("monthly", "2026-09"))
    assert code_of(open_round, desk, OpenRound("monthly", "2026-09")) == "round_exists"


def test_a_village_opens_no_round_and_reminds_nobody(desk_of: DeskOf) -> None:
    liaison = desk_of("liaison")
    assert code_of(open_round, liaison, OpenRound("monthly", "2026-09")) == "not_permitted"
    asked = ("柳溪村", RoundKey("2026-09"), {"how": "phone"})
    assert code_of(remind_village, liaison, *asked) == "not_permitted"


def test_an_office_without_villages_asks_nobody(
    desk: Desk, tmp_path: Any, reference: Any, clock: MovableClock
) -> None:
    from tests.factories import CHEAP, OFFICE, PASSWORD

    home = tmp_path / "new"
    accounts.create_office(home, OFFICE, clock, reference, cost=CHEAP)
    fresh = accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    try:
        assert code_of(open_round, fresh, OpenRound("monthly", "2026-09")) == "no_villages"
    finally:
        fresh.close()


# --- status and grid -------------------------------------------------------------------------------


def test_status_without_a_round_assumes_the_standing_one(desk: Desk) -> None:
    status = screening_status(desk, "2026-09")
    assert (status.opened, status.due) == (False, date(2026, 9, 30))
    assert status.missing == ("柳溪村", "双井村")
    file_return(desk, "双井", zero("2026-09"))
    assert screening_status(desk, "2026-09").missing == ("柳溪村",)


@pytest.mark.parametrize(
    ("period", "series"),
    [("2026-09", "monthly"), ("2026-Q3", "quarterly"), ("2026-W38", "weekly")],
)
def test_a_period_means_the_round_of_its_own_length(desk: Desk, period: str, series: str) -> None:
    assert round_key(desk, period) == RoundKey(period, series)
    assert screening_status(desk, period).key.series == series


def test_a_theme_means_a_special_round(desk: Desk) -> None:
    assert round_key(desk, "2026-09", "", "防汛") == RoundKey("2026-09", "special", "flood")
    assert code_of(round_key, desk, "2026-09", "monthly", "汛期") == "theme_not_asked"
    assert code_of(round_key, desk, "2026-09", "special") == "theme_missing"


def test_a_year_is_no_round(desk: Desk) -> None:
    assert code_of(round_key, desk, "2026") == "period_of_series"
    assert code_of(screening_status, desk, "2026-H1") == "period_of_series"


def test_the_grid_tells_each_village_and_month(desk: Desk, clock: MovableClock) -> None:
    a_quarter(desk, clock)
    grid = screening_grid(desk, "monthly", 2026)
    assert [column.words for column in grid.columns] == [f"{n}月" for n in range(1, 13)]
    assert [(c.filed, c.asked) for c in grid.columns[5:10]] == [
        (0, 0), (6, 6), (6, 6), (4, 6), (0, 0),
    ]  # fmt: skip
    states = {
        name: [cell.state for cell in row[5:10]]
        for name, row in zip(grid.villages, grid.rows, strict=True)
    }
    assert states["柳溪村"] == ["none", "zero", "zero", "filed", "later"]
    assert states["大塘村"] == ["none", "zero", "late", "zero", "later"]
    assert states["双井村"] == ["none", "zero", "zero", "waiting", "later"]
    cells = {name: row[8] for name, row in zip(grid.villages, grid.rows, strict=True)}
    assert cells["枫树坳村"].reminded == ("9月18日电话提醒：答应星期一报",)
    assert (cells["柳溪村"].found, cells["石桥村"].reporter) == (2, "村文书")
    late = {name: row[7] for name, row in zip(grid.villages, grid.rows, strict=True)}["大塘村"]
    assert (late.late_days, late.filed_on) == (2, date(2026, 9, 2))
    clock.go("2026-10-01")
    after = screening_grid(desk, "monthly", 2026)
    missing = [n for n, row in zip(after.villages, after.rows, strict=True)
               if row[8].state == "missing"]  # fmt: skip
    assert missing == ["枫树坳村", "双井村"]


def test_a_grid_of_special_rounds_has_a_column_for_each(desk: Desk) -> None:
    open_round(desk, OpenRound("special", "2026-09", "汛期", villages=("双井村",)))
    open_round(desk, OpenRound("special", "2026-01", "欠薪"))
    grid = screening_grid(desk, "special", 2026)
    assert [column.words for column in grid.columns] == ["欠薪 1月", "汛期 9月"]
    cells = {name: row[1].state for name, row in zip(grid.villages, grid.rows, strict=True)}
    assert cells == {"柳溪村": "none", "双井村": "waiting"}
    assert screening_grid(desk, "weekly", 2026).columns == ()


# --- reminding -------------------------------------------------------------------------------------


def test_a_reminder_says_when_how_and_what_was_answered(desk: Desk, clock: MovableClock) -> None:
    add_villages(desk)
    open_round(desk, OpenRound("monthly", "2026-09"))
    key = RoundKey("2026-09")
    changes = remind_village(desk, "双井", key, {"how": "短信、微信", "on": "2026-09-19"})
    assert "round" in changes.kinds
    remind_village(desk, "双井村", key, {"how": "visit", "note": "下午就报"})
    grid = screening_grid(desk, "monthly", 2026)
    cell = next(row[8] for row in grid.rows if row[8].village_name == "双井村")
    assert cell.reminded == ("9月19日短信、微信提醒", "9月21日上门提醒：下午就报")
    assert code_of(remind_village, desk, "双井村", key, {}) == "field_missing"
    assert code_of(remind_village, desk, "双井村", key, {"how": "写信"}) == "unknown_choice"
    tomorrow = {"how": "phone", "on": "2026-09-22"}
    assert code_of(remind_village, desk, "双井村", key, tomorrow) == "date_in_future"
    assert safekeeping.rebuild_check(desk).differences == ()
