"""排查台账 without a window: the grid, one cell in words, rounds, reminders, zero returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import a_quarter, find
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.periods import parse_period
from xinfang_desktop.domain.screening import SERIES, RoundKey
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.screening import CellCard, ScreeningPresenter
from xinfang_desktop.presenters.screening_forms import periods
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.rounds import screening_status


@pytest.fixture
def page(desk: Desk, clock: MovableClock) -> ScreeningPresenter:
    a_quarter(desk, clock)
    made = ScreeningPresenter(desk, run_now)
    made.load(lambda: None)
    return made


def look(page: ScreeningPresenter, village: str, column: str = "2026-09") -> CellCard:
    page.look(village, column, lambda: None)
    card = page.card()
    assert card is not None
    return card


def refusals(act: Any, values: Any) -> list[XinfangError]:
    found: list[XinfangError] = []

    def refused(problems: Sequence[XinfangError]) -> None:
        found.extend(problems)

    act(values, lambda _made: None, refused)
    return found


def test_the_grid_shows_the_rounds_that_were_asked_for(page: ScreeningPresenter) -> None:
    assert [(head.words, head.note) for head in page.heads()] == [
        ("7月", "已报 6/6"), ("8月", "已报 6/6"), ("9月", "已报 4/6"),
    ]  # fmt: skip
    rows = {row.name: [cell.state for cell in row.cells] for row in page.rows()}
    assert rows["大塘村"] == ["zero", "late", "zero"]
    assert rows["柳溪村"] == ["zero", "zero", "filed"]
    assert rows["双井村"] == ["zero", "zero", "waiting"]
    spoken = {cell.words: cell.said() for row in page.rows() for cell in row.cells}
    assert spoken["迟报 2"] == "迟报 2 天，0 件" and spoken["2 件"] == "已报 2 件"
    assert page.message() == "每月小排查：9月已报 4/6"


def test_it_begins_at_the_present_round_with_who_owes_it(page: ScreeningPresenter) -> None:
    assert page.start() == ("枫树坳村", "2026-09")
    assert page.start(RoundKey("2026-08")) == ("枫树坳村", "2026-08")


def test_a_waiting_cell_says_until_when_and_what_was_said(page: ScreeningPresenter) -> None:
    card = look(page, "枫树坳村")
    assert (card.title, card.chip) == ("枫树坳村 9月", ("today", "待报"))
    assert card.lines == (
        "9月30日前报，还有 9 天。", "没有新增也要报“零报告”。", "9月18日电话提醒：答应星期一报",
        "上次 8月零报告。",
    )  # fmt: skip
    assert (card.file_word, card.file_reason, card.zero_reason, card.remind_reason) == (
        "代为填报", "", "", "",
    )  # fmt: skip


def test_a_filed_cell_names_its_disputes_and_a_late_one_its_days(page: ScreeningPresenter) -> None:
    card = look(page, "柳溪村")
    assert [row.summary for each in card.filed for row in each.disputes] == [
        "村道排水沟堵塞，涉 2 户", "机井轮灌次序",
    ]  # fmt: skip
    assert card.lines == ("9月30日前报。9月18日由周敏填报。",)
    assert card.file_word == "补报" and card.zero_reason == "这一期已经报过了。"
    assert card.remind_reason == "已经报了，不用提醒。"
    late = look(page, "大塘村", "2026-08")
    assert late.chip == ("soon", "迟报 2 天") and "9月2日由周敏填报" in late.lines[0]
    assert "9月18日村文书报，周敏代为填写。" in look(page, "石桥村").lines[0]


def test_a_month_that_is_over_is_missing_and_says_by_how_much(
    page: ScreeningPresenter, clock: MovableClock
) -> None:
    clock.go("2026-10-08")
    page.load(lambda: None)
    card = look(page, "双井村")
    assert card.chip == ("late", "未报，逾期 8 天")
    assert page.start() == ("枫树坳村", "2026-10")


def test_a_special_round_is_opened_for_some_villages(page: ScreeningPresenter, desk: Desk) -> None:
    values = {
        "series": "special", "period": "2026-09", "theme": "wages", "due": "2026-09-25",
        "villages": ["大塘村", "柳溪村"],
    }  # fmt: skip
    assert refusals(page.open_round, values) == []
    page.load(lambda: None)
    assert page.series == "special"
    assert [(head.words, head.note) for head in page.heads()] == [("欠薪 9月", "已报 0/2")]
    states = {row.name: row.cells[0].state for row in page.rows()}
    assert states["大塘村"] == "waiting" and states["双井村"] == "none"
    card = look(page, "双井村", "2026-09/wages")
    assert card.lines == ("这一轮没有要这个村报。",) and card.file_reason == card.lines[0]
    assert screening_status(desk, "2026-09", "special", "wages").missing == ("大塘村", "柳溪村")


def test_a_round_without_its_theme_or_day_is_refused_at_its_field(
    page: ScreeningPresenter,
) -> None:
    wrong = {"series": "special", "period": "2026-09", "due": "后天"}
    assert [problem.field for problem in refusals(page.open_round, wrong)] == ["due"]
    asked = {"series": "special", "period": "2026-09"}
    (missing,) = refusals(page.open_round, asked)
    assert missing.field == "theme" and "欠薪" in missing.mend
    october = {"series": "monthly", "period": "2026-10"}
    assert refusals(page.open_round, october) == []
    (again,) = refusals(page.open_round, october)
    assert again.field == "period" and "已经开过" in again.sentence


@pytest.mark.parametrize("series", [code for code, _ in SERIES])
def test_the_periods_offered_fit_their_series(series: str, page: ScreeningPresenter) -> None:
    offered = periods(series, page.desk.today)
    assert page.desk.today in parse_period(offered[0][0])
    for text, _words in offered:
        wrong = refusals(page.open_round, {"series": series, "period": text, "theme": "water"})
        assert all(problem.field in ("theme", "period") for problem in wrong)
        assert all("不能用" not in problem.sentence for problem in wrong)


def test_a_reminder_is_written_down_and_stands_in_its_cell(page: ScreeningPresenter) -> None:
    look(page, "双井村")
    assert [p.field for p in refusals(page.remind, {"on": "2026-09-21"})] == ["how"]
    assert refusals(page.remind, {"on": "2026-09-21", "how": "message", "note": "看到了"}) == []
    page.load(lambda: None)
    assert "9月21日短信、微信提醒：看到了" in look(page, "双井村").lines


def test_a_zero_return_for_a_village_names_who_reported(page: ScreeningPresenter) -> None:
    look(page, "双井村")
    assert [p.field for p in refusals(page.file_zero, {"filed_on": "2026-10-01"})] == ["filed_on"]
    assert refusals(page.file_zero, {"filed_on": "2026-09-19", "reporter": "李秀英"}) == []
    page.load(lambda: None)
    card = look(page, "双井村")
    assert card.chip == ("done", "零报告") and "9月19日李秀英报，周敏代为填写。" in card.lines[0]


def test_a_dispute_is_registered_with_everything_wrong_told_at_once(
    page: ScreeningPresenter,
) -> None:
    wrong = refusals(page.register, {"village": "柳溪村", "found_on": "2027-01-01", "amount": "多"})
    assert {problem.field for problem in wrong} == {"found_on", "category", "summary", "amount"}
    values = {"village": "大塘村", "found_on": "2026-09-20", "category": "02", "summary": "采光"}
    assert refusals(page.register, values) == []


def test_years_before_are_looked_at_as_they_were(page: ScreeningPresenter) -> None:
    page.choose(lambda: None, year=2025)
    assert page.heads() == () and page.start() is None
    assert page.message() == "2025年还没有每月小排查"
    assert [key for key, _ in page.years()][:2] == ["2026", "2025"]


@pytest.mark.parametrize("role", ["leader", "supervisor"])
def test_who_may_only_look_is_told_who_may_do(
    role: str, page: ScreeningPresenter, desk_of: DeskOf
) -> None:
    theirs = ScreeningPresenter(desk_of(role), run_now)
    theirs.load(lambda: None)
    card = look(theirs, "双井村")
    assert "信访专干" in card.file_reason and "信访专干" in card.zero_reason
    assert bool(card.remind_reason) == (role == "supervisor")
    assert bool(theirs.why_not("open_round")) == (role == "supervisor")


def test_an_office_without_rounds_owes_nothing_yet(desk: Desk) -> None:
    find(desk)
    page = ScreeningPresenter(desk, run_now)
    page.load(lambda: None)
    assert page.start() is None and page.card() is None
    assert page.message() == "2026年还没有每月小排查"
