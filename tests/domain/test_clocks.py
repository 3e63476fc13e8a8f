"""The clock engine: the vectors of the domain, the explanation, and a naive second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desktop.domain.calendar import Calendar
from xinfang_desktop.domain.clocks import (
    Arithmetic,
    acceptance_start,
    agreed,
    deadline,
    due_dates,
    left_words,
    safe_day,
    urgency,
)
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.rules import Rule, parse_overlay
from xinfang_desktop.domain.schedule_csv import parse_schedule
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
CALENDAR, RULES = REFERENCE.calendar, REFERENCE.rules
DAY = timedelta(days=1)


def of_length(kind: str, length: int) -> Rule:
    return replace(RULES[kind], length=length)


CALENDAR_VECTORS = [
    ("notice", "2026-02-02", "2026-02-17", "2026-02-24"),
    ("notice", "2026-01-31", "2026-02-15", "2026-02-24"),
    ("notice", "2026-03-02", "2026-03-17", "2026-03-17"),
    ("answer", "2026-03-10", "2026-05-09", "2026-05-09"),
    ("answer", "2026-08-03", "2026-10-02", "2026-10-08"),
    ("answer", "2026-07-28", "2026-09-26", "2026-09-28"),
    ("review_request", "2026-09-03", "2026-10-03", "2026-10-08"),
    ("review_request", "2026-04-01", "2026-05-01", "2026-05-06"),
]
WORKDAY_VECTORS = [
    ("object", "2026-02-12", "2026-02-26"),
    ("object", "2026-09-29", "2026-10-12"),
    ("simple_accept", "2026-04-30", "2026-05-08"),
    ("simple_answer", "2026-04-30", "2026-05-18"),
    ("object", "2026-06-15", "2026-06-23"),
]


@pytest.mark.parametrize(("kind", "start", "raw", "due"), CALENDAR_VECTORS)
def test_calendar_day_vectors(kind: str, start: str, raw: str, due: str) -> None:
    found = deadline(RULES[kind], date.fromisoformat(start), CALENDAR)
    assert (found.due_raw, found.due) == (date.fromisoformat(raw), date.fromisoformat(due))
    assert not found.provisional
    _explains(found)


@pytest.mark.parametrize(("kind", "start", "due"), WORKDAY_VECTORS)
def test_working_day_vectors(kind: str, start: str, due: str) -> None:
    found = deadline(RULES[kind], date.fromisoformat(start), CALENDAR)
    assert (found.due_raw, found.due) == (None, date.fromisoformat(due))
    _explains(found)


def _explains(found: Arithmetic) -> None:
    """Every day stands there once; the numbers run 1, 2, 3 … to the length of the period."""
    assert found.steps[0].date == found.start
    assert found.steps[-1].date == found.due
    assert len(found.steps) == (found.due - found.start).days + 1
    numbers = [step.counted for step in found.steps if step.counted]
    assert numbers == list(range(1, found.rule.length + found.extended + 1))
    assert all(step.why for step in found.steps)


def test_the_explanation_in_words() -> None:
    national_day = deadline(RULES["answer"], date(2026, 8, 3), CALENDAR)
    words = {step.date: step.why for step in national_day.steps}
    assert words[date(2026, 8, 3)] == "受理当日不计入"
    assert words[date(2026, 8, 4)] == "第 1 天，周二"
    assert words[date(2026, 10, 2)] == "第 60 天，国庆节放假，向后顺延"
    assert words[date(2026, 10, 7)] == "国庆节放假，继续顺延"
    assert words[date(2026, 10, 8)] == "周四，顺延到这一天"
    assert national_day.reason == "10月2日遇国庆节，最迟10月8日"
    assert {step.tag for step in national_day.steps} == {"", "休", "班"}

    made_up = deadline(RULES["answer"], date(2026, 3, 10), CALENDAR)
    assert made_up.steps[-1].why == "第 60 天，周六，调休上班，到期，不顺延"
    assert made_up.steps[-1].tag == "班"
    assert made_up.reason == "第 60 天"

    objection = deadline(RULES["object"], date(2026, 2, 12), CALENDAR)
    words = {step.date: step.why for step in objection.steps}
    assert words[date(2026, 2, 14)] == "第 2 个工作日，周六，调休上班"
    assert words[date(2026, 2, 15)] == "春节放假，不计入"
    assert words[date(2026, 2, 26)] == "第 5 个工作日，周四，到期"
    assert objection.reason == "第 5 个工作日"


def test_a_duty_of_the_same_day_is_due_that_day_or_when_the_office_opens() -> None:
    told = deadline(RULES["extend_notice"], date(2026, 9, 30), CALENDAR)
    assert (told.due_raw, told.due) == (date(2026, 9, 30), date(2026, 9, 30))
    assert [step.why for step in told.steps] == ["批准延期当日到期"]
    holiday = deadline(RULES["haves.接"], date(2026, 10, 3), CALENDAR)
    assert (holiday.due_raw, holiday.due) == (date(2026, 10, 3), date(2026, 10, 8))
    assert "向后顺延" in holiday.steps[0].why


def test_extension_of_at_most_thirty_days_in_all() -> None:
    start = date(2026, 3, 10)
    found = deadline(RULES["answer"], start, CALENDAR, extended=30)
    assert found.due_raw == start + 90 * DAY
    assert found.steps[61].why.endswith("（延期第 1 天）")
    _explains(found)
    for extended in (31, -1):
        with pytest.raises(RuleViolation, match="最多 30 日"):
            deadline(RULES["answer"], start, CALENDAR, extended=extended)
    with pytest.raises(RuleViolation, match="不能延长"):
        deadline(RULES["notice"], start, CALENDAR, extended=1)
    # two sites may each have extended before their bundles met: more than the law gives never counts
    assert due_dates(RULES["answer"], start, CALENDAR, 40) == found_dates(found)


def found_dates(found: Arithmetic) -> tuple[date | None, date, bool]:
    return found.due_raw, found.due, found.provisional


@pytest.mark.parametrize("kind", ["answer", "object"])
@pytest.mark.parametrize("start", [date.min, date(1948, 12, 31), date(2100, 1, 1), date.max])
def test_a_day_that_no_calendar_knows_is_a_sentence(kind: str, start: date) -> None:
    with pytest.raises(RuleViolation, match="不在日历范围内"):
        deadline(RULES[kind], start, CALENDAR)


def test_hearing_time_is_left_out_of_the_recheck_only() -> None:
    start, hearing = date(2026, 3, 2), [(date(2026, 3, 10), date(2026, 3, 19))]
    recheck = deadline(RULES["recheck_answer"], start, CALENDAR, stopped=hearing)
    assert recheck.due_raw == date(2026, 4, 11)
    assert {step.why for step in recheck.steps if step.counted is None and step.tag == ""} >= {
        "听证期间，不计入"
    }
    _explains(recheck)
    review = deadline(RULES["review_answer"], start, CALENDAR, stopped=hearing)
    assert review.due_raw == date(2026, 4, 1)


def test_beyond_the_last_notice_a_date_is_provisional_until_it_is_imported() -> None:
    start = date(2026, 12, 14)
    guess = deadline(RULES["answer"], start, CALENDAR)
    assert (guess.due_raw, guess.provisional) == (date(2027, 2, 12), True)
    assert deadline(RULES["notice"], date(2026, 12, 1), CALENDAR).provisional is False
    assert deadline(RULES["object"], date(2026, 12, 29), CALENDAR).provisional is True
    notice = parse_schedule("2027-02-12,rest,春节\n2027-02-20,work,春节\n")
    known = deadline(RULES["answer"], start, CALENDAR.with_years([notice]))
    assert known.due_raw == date(2027, 2, 12)
    assert (known.due, known.provisional) == (date(2027, 2, 15), False)
    assert guess.due == date(2027, 2, 12)


def test_an_agreed_day_is_that_day_even_on_a_sunday() -> None:
    sunday = date(2026, 3, 15)
    found = agreed(RULES["promise"], date(2026, 3, 10), sunday, CALENDAR)
    assert (found.due_raw, found.due, found.provisional) == (sunday, sunday, False)
    assert found.reason == "约定的日子"
    with pytest.raises(RuleViolation, match="约定"):
        deadline(RULES["promise"], date(2026, 3, 10), CALENDAR)
    with pytest.raises(RuleViolation, match="约定"):
        due_dates(RULES["promise"], date(2026, 3, 10), CALENDAR)


def test_late_counts_from_the_chosen_day_but_for_citizens_from_the_later_one() -> None:
    ours = deadline(RULES["answer"], date(2026, 8, 3), CALENDAR)
    assert ours.limit() == date(2026, 10, 8)
    assert ours.limit("raw") == date(2026, 10, 2)
    theirs = deadline(RULES["review_request"], date(2026, 9, 3), CALENDAR)
    assert theirs.limit("raw") == date(2026, 10, 8)
    assert deadline(RULES["object"], date(2026, 6, 15), CALENDAR).limit("raw") == date(2026, 6, 23)


def test_late_acceptance_never_lengthens_the_period() -> None:
    received, notice_due = date(2026, 3, 2), date(2026, 3, 17)
    assert acceptance_start(received, date(2026, 3, 5), notice_due) == date(2026, 3, 5)
    assert acceptance_start(received, date(2026, 4, 20), notice_due) == notice_due
    assert acceptance_start(received, None, notice_due) == notice_due
    assert acceptance_start(received, date(2026, 3, 5), notice_due, "receipt") == received
    assert safe_day(received) == date(2026, 5, 1)


def test_a_local_period_in_working_days_never_outlasts_the_national_one() -> None:
    """15 working days over the spring festival would be later than 15 days: the law's date wins."""
    overlay = parse_overlay(
        "[[rule]]\nkind = 'notice'\nlength = 15\nunit = 'workday'\n", "local-long"
    )
    local = RULES.with_overlay(overlay)["notice"]
    found = deadline(local, date(2026, 2, 2), CALENDAR)
    assert (found.due_raw, found.due) == (date(2026, 2, 17), date(2026, 2, 24))
    assert found.rule == RULES["notice"]
    assert due_dates(local, date(2026, 2, 2), CALENDAR) == found_dates(found)
    _explains(found)
    short = replace(local, length=5)
    assert deadline(short, date(2026, 3, 2), CALENDAR).due == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("today", "level", "words"),
    [
        (date(2026, 3, 10), "rest", "还有 60 天"),
        (date(2026, 4, 14), "rest", "还有 25 天"),
        (date(2026, 4, 15), "soon", "还有 24 天"),
        (date(2026, 5, 5), "soon", "还有 4 天"),
        (date(2026, 5, 6), "near", "还有 3 天"),
        (date(2026, 5, 8), "near", "明天"),
        (date(2026, 5, 9), "today", "今天"),
        (date(2026, 5, 12), "late", "逾期 3 天"),
    ],
)
def test_urgency_and_its_words(today: date, level: str, words: str) -> None:
    started, due = date(2026, 3, 10), date(2026, 5, 9)
    assert urgency(started, due, today) == level
    assert left_words(due, today) == words


# ---- an independent, naive recomputation -------------------------------------------------------


def naive_workday(day: date, calendar: Calendar) -> bool:
    """From the lists themselves, not from the calendar's index."""
    listed = {each.date: each.type for each in calendar.year_days(day.year)}
    return listed.get(day, "rest" if day.isoweekday() > 5 else "work") == "work"


def naive_roll(day: date) -> date:
    while not naive_workday(day, CALENDAR):
        day += DAY
    return day


def naive_calendar(start: date, length: int, skipped: Sequence[date] = ()) -> date:
    day = start
    while length:
        day += DAY
        if day not in skipped:
            length -= 1
    return day


def naive_workdays(start: date, length: int) -> date:
    day = start
    while length:
        day += DAY
        if naive_workday(day, CALENDAR):
            length -= 1
    return day


STARTS = st.dates(date(2004, 1, 1), date(2028, 6, 30))


@settings(max_examples=150, deadline=None)
@given(
    received=STARTS,
    accepted_after=st.none() | st.integers(0, 40),
    extended=st.integers(0, 30),
    hearing=st.tuples(st.integers(1, 40), st.integers(0, 20)),
    returned_after=st.none() | st.integers(1, 30),
)
def test_histories_recomputed_by_a_naive_day_loop(
    received: date,
    accepted_after: int | None,
    extended: int,
    hearing: tuple[int, int],
    returned_after: int | None,
) -> None:
    """Receipt, objection refused or returned anew, acceptance, extension, hearing, recheck."""
    objection = deadline(RULES["object"], received, CALENDAR)
    assert objection.due == naive_workdays(received, 5)
    # an objection refused leaves the original receipt; a return with a new receipt is a new day 0
    day_zero = received if returned_after is None else received + returned_after * DAY

    notice = deadline(RULES["notice"], day_zero, CALENDAR)
    assert notice.due_raw == naive_calendar(day_zero, 15)
    assert notice.due == naive_roll(naive_calendar(day_zero, 15))

    accepted = None if accepted_after is None else day_zero + accepted_after * DAY
    start = acceptance_start(day_zero, accepted, notice.due)
    assert day_zero <= start <= notice.due
    assert start == notice.due or start == accepted

    answer = deadline(RULES["answer"], start, CALENDAR, extended=extended)
    assert answer.due_raw == naive_calendar(start, 60 + extended)
    assert answer.due == naive_roll(answer.due_raw)
    assert answer.due_raw <= start + 90 * DAY
    assert due_dates(RULES["answer"], start, CALENDAR, extended) == found_dates(answer)

    heard_from = start + hearing[0] * DAY
    heard = (heard_from, heard_from + hearing[1] * DAY)
    skipped = [heard[0] + DAY * n for n in range((heard[1] - heard[0]).days + 1)]
    unmoved = deadline(RULES["answer"], start, CALENDAR, extended=extended, stopped=[heard])
    assert unmoved == answer  # art. 34 knows no suspension
    recheck = deadline(RULES["recheck_answer"], start, CALENDAR, stopped=[heard])
    assert recheck.due_raw == naive_calendar(start, 30, skipped)
    assert recheck.due == naive_roll(recheck.due_raw)

    for found in (objection, notice, answer, recheck):
        _explains(found)
        last = found.due_raw or found.start
        years = range(last.year, found.due.year + 1)
        assert found.provisional == any(not 2004 <= year <= 2026 for year in years)
        assert naive_workday(found.due, CALENDAR)
