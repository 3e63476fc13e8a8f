"""今日 without a screen: scopes, words, where a verb leads."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import TODAY, MovableClock, register
from xinfang_desktop.presenters.duty_lines import day_words, leads_to, line_of
from xinfang_desktop.presenters.register import RegisterPresenter
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.today import TodayPresenter
from xinfang_desktop.services.desk import Desk


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


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 9, 21), "9月21日 周一"), (date(2027, 1, 4), "2027年1月4日 周一")],
)
def test_the_year_is_said_only_where_it_is_another_one(day: date, words: str) -> None:
    assert day_words(day, TODAY) == words
