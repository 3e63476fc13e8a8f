"""Rounds and returns: who must report by when, who has, what a return may say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.case_records import RoundCall, ScreeningReturn
from xinfang_desktop.domain.duty import Rulebook
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.periods import parse_period
from xinfang_desktop.domain.screening import (
    SERIES,
    Answered,
    Call,
    RoundKey,
    answered,
    answers_a_round,
    assumed,
    call_of,
    calls_in_force,
    check_return,
    check_round,
    due_day,
    duty_of,
    key_of,
    round_to_answer,
    round_words,
)
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
CALENDAR = REFERENCE.calendar
BOOK = Rulebook(REFERENCE.rules, CALENDAR)
MAY = RoundKey("2026-05")
TODAY = date(2026, 9, 21)


def call(village: str = "v1", key: RoundKey = MAY, **over: Any) -> Call:
    plain = {"due": date(2026, 5, 29), "opened_on": date(2026, 5, 1), "id": "c1"}
    return Call(village, key, **{**plain, **over})


def filed(on: str | None, *, zero: bool = False, found: int = 0, **over: Any) -> ScreeningReturn:
    plain: dict[str, Any] = {
        "id": f"r-{on}-{zero}-{found}", "feed": "f", "village": "v1", "period": "2026-05",
        "zero": zero, "filed_on": date.fromisoformat(on) if on else None,
        "disputes": tuple(f"d{n}" for n in range(found)),
    }  # fmt: skip
    return ScreeningReturn(**{**plain, **over})


def one(*returns: ScreeningReturn) -> Answered:
    """The call of v1 for May with these returns."""
    return answered([call()], returns)[0]


# --- opening ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "period"),
    [("monthly", "2026-05"), ("quarterly", "2026-Q2"), ("weekly", "2026-W20"),
     ("special", "2026-05"), ("special", "2026-Q2"), ("special", "2026")],
)  # fmt: skip
def test_a_series_fits_its_periods(series: str, period: str) -> None:
    check_round(series, parse_period(period))
    assert series in dict(SERIES)


@pytest.mark.parametrize(
    ("series", "period", "code"),
    [("monthly", "2026-Q2", "period_of_series"), ("quarterly", "2026-05", "period_of_series"),
     ("weekly", "2026", "period_of_series"), ("daily", "2026-05", "unknown_series")],
)  # fmt: skip
def test_a_series_that_does_not_fit_says_how_it_is_written(
    series: str, period: str, code: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_round(series, parse_period(period))
    assert refused.value.code == code and refused.value.mend


@pytest.mark.parametrize(
    ("period", "due"),
    [("2026-05", "2026-05-29"), ("2026-09", "2026-09-30"), ("2026-02", "2026-02-28"),
     ("2025-05", "2025-05-30"), ("2026-Q1", "2026-03-31"), ("2025-W40", "2025-09-30"),
     ("2026-W07", "2026-02-14"), ("2025-01", "2025-01-27")],
)  # fmt: skip
def test_a_round_is_due_on_the_last_working_day(period: str, due: str) -> None:
    assert due_day(parse_period(period), CALENDAR).isoformat() == due


def test_a_written_call_is_read_as_it_was_written() -> None:
    record = RoundCall(
        id="c9", feed="f", round="r", village="v1", series="special", period="2026-06",
        theme="flood", due=date(2026, 6, 15), opened_on=date(2026, 6, 2), note="查排洪沟",
    )  # fmt: skip
    found = call_of(record)
    assert (found.id, found.village, found.note) == ("c9", "v1", "查排洪沟")
    assert found.key == RoundKey("2026-06", "special", "flood")


def test_words() -> None:
    assert round_words(MAY) == "2026年5月每月小排查"
    assert round_words(RoundKey("2026-Q2", "quarterly")) == "2026年第二季度大排查"
    assert (
        round_words(RoundKey("2026-06", "special", "flood"), "汛期") == "2026年6月专项排查（汛期）"
    )


# --- who has reported ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("returns", "today", "state"),
    [
        ((), "2026-04-30", "later"), ((), "2026-05-01", "waiting"), ((), "2026-05-29", "waiting"),
        ((), "2026-05-30", "missing"),
        ((filed("2026-05-29", zero=True),), "2026-09-21", "zero"),
        ((filed("2026-05-20", found=2),), "2026-09-21", "filed"),
        ((filed("2026-05-30", zero=True),), "2026-09-21", "late"),
        ((filed(None, zero=True),), "2026-09-21", "zero"),
        ((filed("2026-05-20", zero=True), filed("2026-06-02", found=1)), "2026-09-21", "filed"),
    ],
)  # fmt: skip
def test_where_a_call_stands(returns: tuple[ScreeningReturn, ...], today: str, state: str) -> None:
    assert one(*returns).state(date.fromisoformat(today)) == state


def test_the_first_return_decides_whether_it_is_late() -> None:
    each = one(filed("2026-06-03", found=1), filed("2026-05-28", zero=True))
    assert (each.filed_on, each.late_days, each.found, each.zero) == (
        date(2026, 5, 28), 0, 1, False,
    )  # fmt: skip
    assert one(filed("2026-06-03", found=1)).late_days == 5


def test_a_return_answers_its_own_round_only() -> None:
    special = filed("2026-05-20", zero=True, series="special", theme="wages")
    other = filed("2026-05-20", zero=True, village="v2")
    assert not one(special, other, filed("2026-05-20", zero=True, period="2026-04")).filed
    assert key_of(special) == RoundKey("2026-05", "special", "wages")


@pytest.mark.parametrize(
    ("period", "series", "yes"),
    [("2026-05", "monthly", True), ("2026", "monthly", False), ("", "monthly", False),
     ("五月", "monthly", False), ("2026", "special", True), ("2026-Q2", "quarterly", True)],
)  # fmt: skip
def test_a_line_of_a_years_ledger_answers_no_round(period: str, series: str, yes: bool) -> None:
    assert answers_a_round(filed(None, zero=True, period=period, series=series)) is yes


RETURNS = st.lists(
    st.builds(
        filed,
        st.one_of(st.none(), st.dates(date(2026, 5, 1), date(2026, 6, 30)).map(str)),
        zero=st.booleans(),
        found=st.integers(0, 3),
        village=st.sampled_from(["v1", "v2"]),
    ),
    max_size=5,
    unique_by=lambda each: each.id + each.village,
)


@given(RETURNS, st.randoms(use_true_random=False), st.dates(date(2026, 4, 1), TODAY))
def test_returns_in_any_order_give_the_same_status(
    returns: list[ScreeningReturn], dice: Any, today: date
) -> None:
    calls = [call("v1"), call("v2", id="c2")]
    mixed = dice.sample(returns, len(returns))

    def told(given: Iterable[ScreeningReturn]) -> list[tuple[Any, ...]]:
        return [
            (e.filed_on, e.zero, e.late_days, e.found, e.state(today))
            for e in answered(calls, given)
        ]

    assert told(mixed) == told(returns)


# --- standing rounds -------------------------------------------------------------------------------


def in_force(
    opened: list[Call], returns: list[ScreeningReturn], today: str
) -> dict[tuple[str, str], str]:
    """Village and period of every call in force → whether it was opened."""
    found = calls_in_force(opened, returns, ["v1", "v2"], CALENDAR, date.fromisoformat(today))
    assert len({(c.village, c.key) for c in found}) == len(found), "nobody is asked twice"
    return {(c.village, c.key.period): "opened" if c.id else "assumed" for c in found}


def test_an_office_that_does_not_screen_yet_owes_nothing() -> None:
    assert in_force([], [], "2026-09-21") == {}
    ledger = filed(None, zero=True, period="2026-01", batch="b1")
    assert in_force([], [ledger], "2026-09-21") == {}, "an imported ledger begins nothing"


def test_from_the_first_month_on_every_month_stands_by_itself() -> None:
    assert in_force([call()], [], "2026-07-01") == {
        ("v1", "2026-05"): "opened",  # opened for v1 alone: v2 was not asked
        ("v1", "2026-06"): "assumed", ("v2", "2026-06"): "assumed",
        ("v1", "2026-07"): "assumed", ("v2", "2026-07"): "assumed",
    }  # fmt: skip


def test_a_return_of_a_person_begins_the_standing_rounds() -> None:
    found = in_force([], [filed("2026-05-20", zero=True)], "2026-06-30")
    assert set(found) == {(v, p) for v in ("v1", "v2") for p in ("2026-05", "2026-06")}


def test_special_and_quarterly_rounds_are_only_those_that_were_opened() -> None:
    quarter = call(key=RoundKey("2026-Q2", "quarterly"), due=date(2026, 6, 30))
    assert in_force([quarter], [], "2026-09-21") == {("v1", "2026-Q2"): "opened"}


def test_an_assumed_call_is_due_on_the_last_working_day() -> None:
    found = assumed("v1", parse_period("2026-05"), CALENDAR)
    assert (found.due, found.opened_on, found.id) == (date(2026, 5, 29), date(2026, 5, 1), "")


def test_the_round_to_answer_is_the_running_one_else_the_newest() -> None:
    april = Answered(call(key=RoundKey("2026-04"), id="c4"))
    september = Answered(call(key=RoundKey("2026-09"), id="c9"))
    for calls in permutations([april, september]):
        assert round_to_answer(calls, TODAY) == RoundKey("2026-09")
    assert round_to_answer([april], TODAY) == RoundKey("2026-04")
    answered_already = Answered(call(key=RoundKey("2026-04")), (filed("2026-04-20", zero=True),))
    assert round_to_answer([answered_already], TODAY) == RoundKey("2026-09"), "this month's"
    assert round_to_answer([], TODAY) == RoundKey("2026-09")


# --- the duty --------------------------------------------------------------------------------------


def duty(*returns: ScreeningReturn) -> Any:
    return duty_of(one(*returns), "柳溪村", "2026年5月每月小排查", BOOK)


def test_reporting_is_a_duty_of_the_village_until_it_reported() -> None:
    waiting = duty()
    assert (waiting.owner, waiting.due.isoformat(), waiting.key) == (
        "柳溪村", "2026-05-29", "return:monthly:2026-05",
    )  # fmt: skip
    assert waiting.title == "报送2026年5月每月小排查（没有新增也要报）"
    assert waiting.state_of(date(2026, 5, 29)) == "open"
    assert waiting.state_of(date(2026, 5, 30)) == "overdue"
    assert duty(filed("2026-05-29", zero=True)).state_of(TODAY) == "done"
    assert duty(filed("2026-06-02", found=1)).state_of(TODAY) == "done_late"
    assert duty(filed(None, zero=True)).state_of(TODAY) == "unknown"


def test_a_round_opened_after_it_was_due_still_has_an_arithmetic() -> None:
    late = call(opened_on=date(2026, 6, 10))
    found = duty_of(Answered(late), "柳溪村", "x", BOOK)
    assert found.started_on == found.due == date(2026, 5, 29)


def test_duties_of_one_village_have_different_keys() -> None:
    keys = [MAY, RoundKey("2026-05", "special", "wages"), RoundKey("2026-05", "special", "flood")]
    made = {duty_of(Answered(call(key=key)), "柳溪村", "x", BOOK).key for key in keys}
    assert len(made) == 3


# --- what a return may say -------------------------------------------------------------------------


def refused(**over: Any) -> tuple[str, str]:
    """Code and field of the refusal, or nothing."""
    plain: dict[str, Any] = {
        "zero": False, "found": 1, "looked_after": 0, "before": one(), "filed_on": TODAY,
        "today": TODAY,
    }  # fmt: skip
    try:
        check_return(**{**plain, **over})
    except RuleViolation as problem:
        assert problem.sentence.endswith("。") and problem.mend
        return problem.code, problem.field
    return "", ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, ("", "")),
        ({"zero": True, "found": 0}, ("", "")),
        ({"found": 0, "looked_after": 2}, ("", "")),
        ({"filed_on": date(2026, 9, 22)}, ("date_in_future", "filed_on")),
        ({"zero": True}, ("zero_with_disputes", "zero")),
        ({"found": 0}, ("empty_return", "zero")),
        ({"zero": True, "found": 0, "before": one(filed("2026-05-20", found=2))},
         ("zero_after_disputes", "zero")),
        ({"zero": True, "found": 0, "before": one(filed("2026-05-20", zero=True))},
         ("already_filed", "zero")),
        ({"before": one(filed("2026-05-20", zero=True))}, ("", "")),
        ({"before": one(filed("2026-05-20", found=2))}, ("", "")),
    ],
)  # fmt: skip
def test_a_return_contradicts_neither_itself_nor_what_was_filed(
    said: dict[str, Any], told: tuple[str, str]
) -> None:
    assert refused(**said) == told
