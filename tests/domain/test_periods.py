"""Reporting periods: written, read, shifted, said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.dates import FIRST_YEAR, LAST_YEAR
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.periods import (
    Period,
    month_of,
    parse_period,
    quarter_of,
    week_of,
    year_of,
)

DAYS = st.dates(date(FIRST_YEAR + 1, 1, 8), date(LAST_YEAR - 2, 12, 24))
OF = [month_of, quarter_of, week_of, year_of]


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026年"),
        ("2026-H1", "2026-01-01", "2026-06-30", "2026年上半年"),
        ("2026-H2", "2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026-Q2", "2026-04-01", "2026-06-30", "2026年第二季度"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026-02", "2026-02-01", "2026-02-28", "2026年2月"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026-12", "2026-12-01", "2026-12-31", "2026年12月"),
        ("2026-W20", "2026-05-11", "2026-05-17", "2026年第20周"),
        ("2026-W53", "2026-12-28", "2027-01-03", "2026年第53周"),
        ("2026-W01", "2025-12-29", "2026-01-04", "2026年第1周"),
    ],
)
def test_a_period_as_written(text: str, first: str, last: str, words: str) -> None:
    period = parse_period(f" {text.lower()} ")
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.text, period.words) == (text, words)


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-H3", "2026-W00", "2025-W53", "2026-W54",
     "26-05", "2026/05", "2026-5", "2026-05-01", "2026-W5", "九月", "0000", "1900", "9999",
     "2026-05 ; DROP", "20２6-05x", "2026\n-05"],
)  # fmt: skip
def test_what_is_no_period_is_told_how_it_is_written(text: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_period(text, field="period")
    assert (refused.value.code, refused.value.field) == ("bad_period", "period")
    assert "2026-Q2" in refused.value.mend


def test_the_edges_of_what_is_read() -> None:
    assert parse_period(f"{FIRST_YEAR}").year == FIRST_YEAR
    assert parse_period(f"{LAST_YEAR - 1}-12").last.year == LAST_YEAR - 1
    for beyond in (FIRST_YEAR - 1, LAST_YEAR):
        with pytest.raises(RuleViolation):
            parse_period(f"{beyond:04d}")


@given(DAYS, st.sampled_from(OF))
def test_a_day_lies_in_its_period_and_the_text_reads_back(day: date, of: object) -> None:
    period: Period = of(day)  # type: ignore[operator]
    assert day in period
    assert period.first - timedelta(days=1) not in period
    assert period.last + timedelta(days=1) not in period
    assert parse_period(period.text) == period


@given(DAYS, st.sampled_from(OF), st.integers(-200, 200))
def test_shifting_there_and_back(day: date, of: object, count: int) -> None:
    period: Period = of(day)  # type: ignore[operator]
    shifted_days = {"year": 366, "quarter": 92, "month": 31, "week": 7}[period.span]
    far = period.first + timedelta(days=shifted_days * count)
    if not date(FIRST_YEAR, 2, 1) < far < date(LAST_YEAR - 1, 1, 1):
        return
    assert period.shift(count).shift(-count) == period
    assert period.shift(count).span == period.span


@given(DAYS, st.sampled_from(OF))
def test_the_next_begins_where_this_one_ends(day: date, of: object) -> None:
    period: Period = of(day)  # type: ignore[operator]
    assert period.shift(1).first == period.last + timedelta(days=1)
    assert period.shift(0) == period


def test_half_years_follow_each_other() -> None:
    half = parse_period("2026-H2")
    assert half.shift(1).text == "2027-H1"
    assert half.shift(-1).text == "2026-H1"


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_is_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except RuleViolation as refusal:
        assert refusal.code == "bad_period"
    else:
        assert parse_period(period.text) == period
