"""Dates as clerks type them and as ledgers hold them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.date_column import complete_column
from xinfang_desktop.domain.dates import DateReading, first_from, parse_date, read_date

TODAY = date(2026, 11, 22)
DAY = date(2026, 1, 7)


@pytest.mark.parametrize(
    "written",
    [
        "20260107",
        20260107,
        20260107.0,
        "20260107.0",
        "2026/1/7",
        "2026.1.7",
        "2026．1．7",
        "2026-01-07",
        "2026-01-07 17:00",
        "2026/1/7 9:32:09",
        "2026-01-07T09:32:09",
        "2026-01-07T09:32:09Z",
        "2026年1月7日",
        "2026年1月7日上午",
        "2026年1月7日上午9时30分",
        "2026年1月7日（星期三）",
        "2026年1月7号",
        "26年1月7日",
        "26.1.7",
        "260107",
        "２０２６年１月７日",
        "二〇二六年一月七日",
        "二○二六年元月七日",
        "2026 年 1 月 7 日",
        "202601070932",
        46029,
        46029.0,
        46029.6,
        "46029",
        "46029.0",
        datetime(2026, 1, 7, 9, 30),  # noqa: DTZ001 - a spreadsheet's cell has no zone
        date(2026, 1, 7),
    ],
)
def test_whole_dates(written: object) -> None:
    assert read_date(written) == DateReading(DAY)


@pytest.mark.parametrize(
    "written",
    ["1月10日", "1月10号上午", "1.10", "1-10", "1/10", "110", "0110", 110, "元月10日", "一月十日"],
)
def test_dates_without_a_year_are_partial(written: object) -> None:
    reading = read_date(written)
    assert reading.partial
    assert (reading.month, reading.day) == (1, 10)


def test_a_number_typed_into_a_cell_made_for_dates_is_read_as_typed() -> None:
    shown = datetime(1900, 1, 9, 5, 2, 24)  # noqa: DTZ001 - what a spreadsheet makes of 9.21
    assert read_date(shown) == DateReading(month=9, day=21)
    assert read_date(datetime(1900, 1, 9)).why  # noqa: DTZ001


def test_a_number_that_lost_its_zero_is_refused() -> None:
    assert read_date(5.16) == DateReading(month=5, day=16)
    assert read_date(5.1).why == "数字 5.1 可能是 5 月 1 日，也可能是 5 月 10 日"
    assert read_date("5.1") == DateReading(month=5, day=1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("今天", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
        ("1122", date(2026, 11, 22)),
        ("1123", date(2025, 11, 23)),
        ("11月22日", date(2026, 11, 22)),
        ("2026.11.22", date(2026, 11, 22)),
        ("2月29日", date(2024, 2, 29)),
        ("25日", date(2026, 10, 25)),
    ],
)
def test_typed_dates_look_back(written: str, expected: date) -> None:
    assert parse_date(written, today=TODAY).value == expected


def test_a_default_year_and_dates_ahead() -> None:
    assert parse_date("3月1日", today=TODAY, default_year=2024).value == date(2024, 3, 1)
    assert parse_date("12月1日", today=TODAY, past=False).value == date(2026, 12, 1)
    assert parse_date("2月29日", today=TODAY, default_year=2025).why == "2025 年 2 月只有 28 天"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2026年2月30日", "2 月没有 30 日（只有 28 天）"),
        ("2026-13-01", "没有 13 月"),
        ("2月30日", "2 月没有 30 日（最多 29 天）"),
        ("20260431", "4 月没有 31 日（只有 30 天）"),
        ("2026年1月", "只有年月，没有日"),
        ("202601", "只有年月，没有日"),
        ("3/4/2026", "分不清"),
        ("1026年1月7日", "年份 1026 不对"),
        ("0001-01-01", "年份 1 不对"),
        ("1/13/0026", "年份 26 不对"),
        ("已答复", "没有认出日期"),
        ("20260106-0110", "没有认出日期"),
        (float("nan"), "没有认出日期"),
        (1e17, "没有认出日期"),
    ],
)
def test_what_is_no_date_says_why(written: object, says: str) -> None:
    reading = read_date(written)
    assert reading.value is None
    assert says in reading.why


@pytest.mark.parametrize("written", ["", "  ", None, "/", "—", "无", 0])
def test_nothing_written_is_nothing(written: object) -> None:
    assert read_date(written).empty


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_usual_way_of_writing_gives_the_same_day(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for written in (
        f"{y}{m:02}{d:02}", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}年{m}月{d}日上午", f"{y}-{m:02}-{d:02} 08:00",
    ):  # fmt: skip
        assert read_date(written).value == day
    assert read_date(float((day - date(1899, 12, 30)).days) if y > 1954 else day).value == day


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_no_text_makes_it_fail(value: object) -> None:
    reading = read_date(value, today=TODAY)
    assert not (reading.value and reading.why)


def column(*cells: object, **known: object) -> list[str]:
    done = complete_column([read_date(c) for c in cells], today=TODAY, **known)  # type: ignore[arg-type]
    return [r.value.isoformat() if r.value else r.why[:4] for r in done]


def test_the_year_of_the_title() -> None:
    assert column("1月10日", "6月1日", years=[2026]) == ["2026-01-10", "2026-06-01"]


def test_the_year_of_the_neighbours_within_and_across_a_year() -> None:
    assert column("2026.05.21", "5.16", "2026.5.26") == ["2026-05-21", "2026-05-16", "2026-05-26"]
    assert column("2025/12/20", "12月30日", "1月3日", "2026/1/5") == [
        "2025-12-20", "2025-12-30", "2026-01-03", "2026-01-05",
    ]  # fmt: skip
    assert column("2025/11/2", "12月30日", "1月3日", "3月1日") == [
        "2025-11-02", "2025-12-30", "2026-01-03", "2026-03-01",
    ]  # fmt: skip
    assert column("2026/1/5", "1月3日", "12月30日", "2025/12/20") == [
        "2026-01-05", "2026-01-03", "2025-12-30", "2025-12-20",
    ]  # fmt: skip


def test_a_near_written_neighbour_outweighs_the_title() -> None:
    assert column("12月30日", "2026/1/4", years=[2026])[0] == "2025-12-30"
    assert column("2026/6/1", "1月3日", "2026/6/2", years=[2026])[1] == "2026-01-03"


def test_the_same_row_limits_and_decides() -> None:
    assert column("12月30日", not_after=[date(2026, 1, 9)]) == ["2025-12-30"]
    assert column("12月30日", years=[2026], not_after=[date(2026, 1, 9)]) == ["2025-12-30"]
    assert column("1月10日", years=[2025], not_after=[date(2026, 2, 1)]) == ["2025-01-10"]


def test_two_years_in_the_title_leave_the_choice_to_the_neighbours() -> None:
    assert column("2024/12/1", "1月8日", years=[2024, 2025])[1] == "2025-01-08"
    assert column("1月8日", years=[2024, 2025]) == ["没有写年"]


def test_only_a_day_takes_its_month_from_the_title() -> None:
    assert column("12日", "25号", years=[2026], month=5) == ["2026-05-12", "2026-05-25"]
    assert column("12日") == ["只写了日"]


def test_without_any_evidence_nothing_is_guessed_and_nothing_lies_ahead() -> None:
    assert column("1月10日", "3月2日") == ["没有写年", "没有写年"]
    assert column("12月30日", years=[2026]) == ["日期在今"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9.21", date(2026, 9, 21)),
        ("9.20", date(2027, 9, 20)),
        ("30日", date(2026, 9, 30)),
        ("5日", date(2026, 10, 5)),
        ("2026-9-1", date(2026, 9, 1)),
        ("31日", date(2026, 10, 31)),
        ("", None),
    ],
)
def test_a_day_after_another_is_the_first_such_day(written: str, expected: date | None) -> None:
    assert first_from(read_date(written), date(2026, 9, 21)).value == expected


def test_a_day_after_another_that_is_in_no_month_says_so() -> None:
    assert first_from(DateReading(month=2, day=30), date(2026, 9, 21)).why
    assert first_from(DateReading(day=5), date(2026, 12, 21)).value == date(2027, 1, 5)
