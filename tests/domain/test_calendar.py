"""The working calendar: the shipped years day by day, years without a notice, imported notices."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from xinfang_desktop.domain.calendar import Calendar, CalendarDay, YearSchedule, banner
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.schedule_csv import parse_schedule, schedule_of, stored_form
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

CALENDAR = load_reference(RESOURCES).calendar
DAY = timedelta(days=1)

NOTICE_AGAINST_PACKAGE = {date(2005, 12, 31): True}
"""The notice for 2006 (国办发明电〔2005〕35号) has this Saturday worked; the package lacks it."""


def days(first: date, last: date) -> list[date]:
    return [first + DAY * offset for offset in range((last - first).days + 1)]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_of_a_shipped_year_is_what_chinesecalendar_says(year: int) -> None:
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        expected = NOTICE_AGAINST_PACKAGE.get(day, chinese_calendar.is_workday(day))
        assert CALENDAR.is_workday(day) == expected, day
        assert CALENDAR.is_rest(day) != expected, day


def test_every_shipped_year_names_its_notice() -> None:
    assert sorted(CALENDAR.years) == list(range(2004, 2027))
    for year in CALENDAR.years:
        schedule = CALENDAR.schedule(year)
        assert schedule is not None
        assert schedule.document.startswith(f"国办发明电〔{year - 1}〕")
        assert schedule.days
    amended = CALENDAR.schedule(2020)
    assert amended is not None
    assert amended.document == "国办发明电〔2019〕16号；国办发明电〔2020〕1号"


def test_2026_is_as_the_domain_lists_it() -> None:
    spans = ((1, 1, 3), (2, 15, 23), (4, 4, 6), (5, 1, 5), (6, 19, 21), (9, 25, 27), (10, 1, 7))
    rest = {date(2026, month, day) for month, a, b in spans for day in range(a, b + 1)}
    work = {date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
    listed = CALENDAR.year_days(2026)
    assert {day.date for day in listed if day.type == "rest"} == rest
    assert {day.date for day in listed if day.type == "work"} == work


def test_a_worked_saturday_is_marked_and_does_not_roll() -> None:
    made_up = date(2026, 5, 9)
    assert CALENDAR.tag(made_up) == "班"
    assert CALENDAR.roll(made_up) == made_up
    assert CALENDAR.describe(made_up) == "周六，调休上班"
    assert CALENDAR.tag(date(2026, 10, 2)) == "休"
    assert CALENDAR.describe(date(2026, 10, 2)) == "国庆节放假"
    assert CALENDAR.roll(date(2026, 10, 2)) == date(2026, 10, 8)
    assert CALENDAR.tag(date(2026, 5, 11)) == ""


def test_workdays_are_counted_after_the_start() -> None:
    assert CALENDAR.add_workdays(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert CALENDAR.workdays_between(date(2026, 2, 12), date(2026, 2, 26)) == 5
    assert CALENDAR.add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 8)


def test_statutory_days_of_a_published_year_are_rest_days() -> None:
    for year in (2025, 2026):
        schedule = CALENDAR.schedule(year)
        assert schedule is not None
        assert CALENDAR.missing(schedule) == ()


def test_a_year_without_notice_has_the_statutory_days_and_is_provisional() -> None:
    assert not CALENDAR.published(2027)
    assert CALENDAR.provisional(date(2026, 12, 31), date(2027, 1, 4))
    assert not CALENDAR.provisional(date(2026, 12, 1), date(2026, 12, 31))
    off = [day for day in days(date(2027, 1, 1), date(2027, 12, 31)) if CALENDAR.is_rest(day)]
    weekdays_off = [day for day in off if day.weekday() < 5]
    assert len(weekdays_off) == 13  # a statutory day on a weekend is made up (办法 art. 6)
    assert CALENDAR.describe(date(2027, 2, 5)) == "春节放假"
    assert CALENDAR.describe(date(2027, 2, 9)) == "春节补休放假"
    assert CALENDAR.is_workday(date(2027, 2, 11))
    assert "2027" in banner(2027)


@pytest.mark.parametrize("year", range(2025, 2041))
def test_the_movable_holidays_lie_where_they_can(year: int) -> None:
    by_name: dict[str, list[date]] = {}
    bare = Calendar((), _statutory(year))
    for day in bare.year_days(year):
        for name in day.name.split("、"):
            by_name.setdefault(name, []).append(day.date)
    spring = by_name["春节"]
    assert spring == days(spring[0], spring[0] + 3 * DAY)
    assert date(year, 1, 20) <= spring[0] <= date(year, 2, 19)
    assert date(year, 4, 4) <= by_name["清明节"][0] <= date(year, 4, 5)
    assert date(year, 5, 26) <= by_name["端午节"][0] <= date(year, 6, 25)
    assert date(year, 9, 7) <= by_name["中秋节"][0] <= date(year, 10, 8)
    assert by_name["国庆节"] == days(date(year, 10, 1), date(year, 10, 3))


def _statutory(year: int) -> list[CalendarDay]:
    text = (RESOURCES / "calendars" / "statutory.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()[1:] if line.startswith(str(year))]
    return [CalendarDay(date.fromisoformat(day), "rest", name) for day, _, name in rows]


def test_an_imported_notice_replaces_the_guess() -> None:
    notice = parse_schedule(
        "﻿date,type,name\n2027-01-01,rest,元旦\n2027-02-11,rest,春节\n2027-02-20,work,春节\n",
        document="国办发明电〔2026〕1号",
    )
    after = CALENDAR.with_years([notice])
    assert after.published(2027)
    assert CALENDAR.is_workday(date(2027, 2, 11))
    assert after.is_rest(date(2027, 2, 11))
    assert after.is_workday(date(2027, 2, 20))
    assert after.is_rest(date(2027, 10, 1))  # a statutory day stays off, mentioned or not
    assert after.is_workday(date(2027, 2, 9))  # no guessed make-up day once the notice is known
    assert "国庆节" in {day.name for day in after.missing(notice)}
    assert not CALENDAR.published(2027)


def test_a_notice_may_speak_of_the_december_before() -> None:
    notice = parse_schedule("2026-12-26,work,元旦\n2027-01-01,rest,元旦\n2027-01-04,rest,元旦\n")
    assert notice.year == 2027
    assert CALENDAR.with_years([notice]).is_workday(date(2026, 12, 26))


def test_local_rest_days_count_even_on_a_worked_saturday() -> None:
    local = CALENDAR.with_local_rest({date(2026, 5, 9): "三月三"})
    assert local.is_rest(date(2026, 5, 9))
    assert local.describe(date(2026, 5, 9)) == "三月三放假"
    assert local.roll(date(2026, 5, 9)) == date(2026, 5, 11)
    assert CALENDAR.is_workday(date(2026, 5, 9))


def test_a_mistyped_year_is_a_sentence() -> None:
    for day in (date(206, 1, 1), date(9999, 12, 31)):
        with pytest.raises(RuleViolation, match="不在日历范围内"):
            CALENDAR.roll(day)
    with pytest.raises(RuleViolation, match="不在日历范围内"):
        CALENDAR.add_workdays(date(2099, 12, 30), 10)


@pytest.mark.parametrize(
    "text",
    [
        "日期,类型,名称\n2027/1/1,休,元旦\n2027年2月6日,放假,春节\n2027-02-20,班,春节\n",
        "name,date,type\n元旦,20270101,REST\n\n春节,2027.2.6,rest\n春节,2027-02-20,work\n",
    ],
)
def test_a_notice_is_read_as_people_write_it(text: str) -> None:
    notice = parse_schedule(text)
    assert notice == YearSchedule(
        2027,
        "",
        (
            CalendarDay(date(2027, 1, 1), "rest", "元旦"),
            CalendarDay(date(2027, 2, 6), "rest", "春节"),
            CalendarDay(date(2027, 2, 20), "work", "春节"),
        ),
    )
    assert schedule_of(2027, "", stored_form(notice)) == notice


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "没有一行日期"),
        ("date,type,name\n", "没有一行日期"),
        ("date,type,name\n2027-02-30,rest,春节\n", "第 2 行：日期“2027-02-30”看不懂"),
        ("9999-12-31,rest,元旦\n", "9999 年不在日历范围"),
        ("0001-01-01,rest,元旦\n", "1 年不在日历范围"),
        ("2027-01-01,rest,\x1b[31m元旦\n", "第 1 行的名称里有看不见的控制字符"),
        ("2027-01-01,rest," + "旦" * 201 + "\n", "第 1 行的名称最多 200 个字"),
        (
            "".join(f"2027-{m:02}-{d:02},rest,放假\n" for m in range(1, 13) for d in range(1, 29)),
            "336 天放假",
        ),
        ("date,type,name\n2027-01-01,假期,元旦\n", "第 2 行：类型“假期”看不懂"),
        ("2027-01-01,rest,元旦\n2027-02-08,work,春节\n", "第 2 行：2027-02-08 是周一"),
        ("2027-01-02,rest,元旦\n2027-01-02,work,元旦\n", "第 2 行：2027-01-02 与第 1 行说的不一样"),
        (
            "2027-01-01,rest,元旦\n2027-01-02,rest,元旦\n2028-01-01,rest,元旦\n",
            "第 3 行：2028-01-01 不是 2027 年的日期",
        ),
        ("<script>,{{7*7}}\n", "第 1 行：日期“<script>”看不懂"),
        ("x" * 200_000, "不是“日期,类型,名称”的表格"),
        ("\n".join("x" for _ in range(9)), "另有 4 处"),
    ],
)
def test_what_is_wrong_in_a_notice_is_named_by_row_and_value(text: str, sentence: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_schedule(text)
    assert sentence in refused.value.sentence
    assert refused.value.mend
