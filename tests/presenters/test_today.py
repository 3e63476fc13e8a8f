"""今日 without a screen: scopes, words, where a verb leads."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import DeskOf
from tests.factories import TODAY, MovableClock, register
from tests.screening import a_quarter, bring, find, zero
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.presenters.duty_lines import day_words, leads_to, line_of, opens
from xinfang_desktop.presenters.register import RegisterPresenter
from xinfang_desktop.presenters.returning import ReturnPresenter
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.today import TodayPresenter
from xinfang_desktop.services import dispute_work
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.returns import file_return
from xinfang_desktop.services.rounds import OpenRound, open_round


@pytest.fixture
def presenter(desk: Desk) -> TodayPresenter:
    return TodayPresenter(desk, run_now)


def load(presenter: TodayPresenter) -> None:
    presenter.load(lambda: None)


def test_an_office_that_owes_nothing_says_so(presenter: TodayPresenter) -> None:
    load(presenter)
    assert presenter.message() == "今天没有到期的事"
    assert presenter.heading == "2026年9月21日 星期一"
    assert all(not group.lines for group in presenter.groups())


def test_late_and_due_today_are_counted_and_come_first(
    presenter: TodayPresenter, desk: Desk, clock: MovableClock
) -> None:
    register(desk, channel="网上", received_on="2026-09-06")
    register(desk, channel="来信", received_on="2026-09-01")
    load(presenter)
    first, second, *_ = [group for group in presenter.groups() if group.lines]
    assert (first.title, first.lines[0].urgency, first.lines[0].words) == (
        "已逾期",
        "late",
        "逾期 5 天",
    )
    assert (second.title, second.lines[0].words) == ("今天到期", "今天")
    assert presenter.urgent() == 2
    assert presenter.message() == "今天要做 2 件，其中 1 件已逾期"
    assert leads_to(presenter.row(second.lines[0].key)) == (  # type: ignore[arg-type]
        "matter", {"number": presenter.row(second.lines[0].key).number},  # type: ignore[union-attr]
    )  # fmt: skip


def test_a_rolled_date_shows_the_lawful_day_first(presenter: TodayPresenter, desk: Desk) -> None:
    register(desk, channel="来信")
    load(presenter)
    line = next(
        line for group in presenter.groups() for line in group.lines if "书面告知" in line.what
    )
    assert (line.when, line.reason) == ("10月6日 周二", "遇国庆节，最迟10月8日")
    assert "王**" in line.detail and "王桂芳" not in line.spoken()


def test_what_is_done_today_only_shows_its_record(presenter: TodayPresenter, desk: Desk) -> None:
    register(desk)
    load(presenter)
    row = next(row for row in presenter._rows("all") if row.done_on)
    assert line_of(row, TODAY).verb == "看记录"
    assert leads_to(row) == ("matter", {"number": row.number})


def test_mine_are_those_that_bear_my_name(presenter: TodayPresenter, desk: Desk) -> None:
    register(desk)
    load(presenter)
    whole = dict(presenter.scopes())
    presenter.scope = "village"
    assert whole["village"] == "村（社区）0"
    assert all(not group.lines for group in presenter.groups())


def test_an_unfinished_registration_is_offered_with_its_place(
    presenter: TodayPresenter, desk: Desk, clock: MovableClock
) -> None:
    desk_form = RegisterPresenter(desk, run_now)
    desk_form.edited("claims", {"channel": "call", "village": "柳溪村", "claims": ["引水管漏水"]})
    desk_form.keep_draft(lambda: None)
    clock.later(days=1)
    load(presenter)
    line = presenter.drafts()[0]
    assert (line.title, line.left) == ("来电 · 柳溪村 · 引水管漏水", "昨天 9:00，写到“诉求”")
    presenter.drop_draft(line.key, lambda: load(presenter))
    assert presenter.drafts() == ()


# --- screening ---------------------------------------------------------------------------------


def lines(presenter: TodayPresenter) -> list[tuple[str, str, str]]:
    """What, detail and verb of every row."""
    return [
        (line.what, line.detail, line.verb) for group in presenter.groups() for line in group.lines
    ]  # fmt: skip


def test_a_round_is_one_row_that_names_who_is_missing(
    presenter: TodayPresenter, desk: Desk, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    load(presenter)
    assert lines(presenter) == [
        (
            "收齐2026年9月每月小排查：还有 2 个村（社区）没报",
            "双井村、枫树坳村 · 排查 9月1日",
            "看谁没报",
        )
    ]
    row = presenter.row(presenter.groups()[3].lines[0].key)
    assert row is not None
    assert leads_to(row) == opens(row) == ("screening", {"round": RoundKey("2026-09")})
    assert dict(presenter.scopes())["all"] == "全办 1"
    assert [day.count for day in presenter.board.fortnight if day.count] == [1]  # type: ignore[union-attr]
    told: list[Arithmetic] = []
    presenter.explain(row.id, told.append)
    assert told[0].due.isoformat() == "2026-09-30"


def test_many_missing_villages_are_counted_and_what_came_today_is_done(
    presenter: TodayPresenter, desk: Desk, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    clock.go("2026-10-09")
    file_return(desk, "双井村", zero("2026-09"))
    load(presenter)
    titles = {group.title: [line.what for line in group.lines] for group in presenter.groups()}
    assert titles["已逾期"] == ["收齐2026年9月每月小排查：还有 1 个村（社区）没报"]
    assert titles["以后"] == ["收齐2026年10月每月小排查：还有 6 个村（社区）没报"]
    assert titles["今天已办"] == ["2026年9月每月小排查：今天报了 1 个村（社区）"]
    assert any("、柳溪村 等 6 个" in detail for _, detail, _ in lines(presenter))
    assert presenter.message() == "今天要做 1 件，其中 1 件已逾期"


def test_a_liaison_has_its_own_row_that_leads_to_the_return(
    desk: Desk, desk_of: DeskOf, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    open_round(desk, OpenRound("special", "2026-09", theme="flood"))
    theirs = TodayPresenter(desk_of("liaison"), run_now)
    load(theirs)
    waiting = [row for row in theirs._rows("all") if row.done_on is None and row.case == "round"]
    (row,) = waiting
    key = RoundKey("2026-09", "special", "flood")
    assert leads_to(row) == ("return", {"village": "柳溪村", "round": key})
    assert theirs.of_one_village and theirs.why_not("print_matter_form")
    assert theirs.empty() == ("今天没有到期的事。", "看本期填报", "return")


def test_duties_of_a_dispute_lead_to_its_page_and_its_form(
    presenter: TodayPresenter, desk: Desk, clock: MovableClock
) -> None:
    number = find(desk).number
    bring(desk, number, "assigned")
    load(presenter)
    (row,) = [row for row in presenter._rows("all") if row.case == "dispute"]
    assert leads_to(row) == opens(row) == ("dispute", {"number": number})
    settled = {"method": "协商和解", "result": "已通水"}
    dispute_work.take_dispute_step(desk, number, "settle", settled)
    clock.go("2026-10-21")
    load(presenter)
    row = next(row for row in presenter._rows("all") if row.kind == "follow_up")
    assert leads_to(row) == ("dispute", {"number": number, "step": "follow"})


def test_a_duty_without_a_page_leads_nowhere_and_has_no_button(
    presenter: TodayPresenter, desk: Desk
) -> None:
    dispute_work.take_dispute_step(desk, find(desk).number, "to_mediation", {})
    load(presenter)
    rows = [row for row in presenter._rows("all") if row.case == "mediation"]
    for row in rows:
        assert leads_to(row) == ("", {}) and line_of(row, TODAY).verb == ""


def test_an_unfinished_return_is_offered_with_its_round(
    presenter: TodayPresenter, desk: Desk, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    page = ReturnPresenter(desk, run_now)
    page.open(lambda: None, village="双井村")
    page.edited("第 1 件：纠纷简述", {"answer": "yes", "disputes": [{"summary": "路灯不亮"}]})
    page.keep_draft(lambda: None)
    load(presenter)
    (line,) = presenter.drafts()
    assert (line.title, line.left) == (
        "填报 · 双井村 · 2026年9月每月小排查", "今天 9:00，写到“第 1 件：纠纷简述”",
    )  # fmt: skip
    assert (line.page, line.what) == (
        "return", {"village": "双井村", "round": RoundKey("2026-09")},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 9, 21), "9月21日 周一"), (date(2027, 1, 4), "2027年1月4日 周一")],
)
def test_the_year_is_said_only_where_it_is_another_one(day: date, words: str) -> None:
    assert day_words(day, TODAY) == words
