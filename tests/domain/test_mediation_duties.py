"""What a mediation owes, by a reckoning of the test's own: thirty days, over the National Day rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.mediation_cases import CLEAN, Mediating, accepted, agreed
from xinfang_desktop.domain.duty import KINDS, Duty
from xinfang_desktop.domain.mediation_course import ACTIONS

REST = {date(2026, 9, 25) + timedelta(days=n) for n in range(3)}
REST |= {date(2026, 10, 1) + timedelta(days=n) for n in range(7)}
WORK = {date(2026, 9, 20), date(2026, 10, 10)}


def thirty_days(start: date) -> tuple[date, date]:
    """The thirtieth day after, and the next working day from it on."""
    raw = day = start + timedelta(days=30)
    while day in REST or (day.weekday() >= 5 and day not in WORK):
        day += timedelta(days=1)
    return raw, day


def state(duty: Duty, today: str) -> str:
    return duty.state_of(date.fromisoformat(today))


# --- the month of mediating --------------------------------------------------------------------


def test_the_month_runs_from_the_acceptance_over_the_holidays() -> None:
    duty = accepted().duties["mediation"]
    assert duty.started_on == date(2026, 9, 3)
    assert (duty.due_raw, duty.due) == thirty_days(date(2026, 9, 3))
    assert (duty.due_raw, duty.due) == (date(2026, 10, 3), date(2026, 10, 8))
    assert state(duty, "2026-10-08") == "open" and state(duty, "2026-10-09") == "overdue"
    assert duty.owner == "周敏"


@given(st.dates(date(2026, 9, 3), date(2026, 10, 20)))
def test_every_acceptance_has_its_thirty_days(day: date) -> None:
    made = Mediating(today=date(2026, 12, 1))
    made.take("consent", on="2026-09-02")
    made.take("accept", on=day.isoformat())
    duty = made.duties["mediation"]
    assert (duty.due_raw, duty.due) == thirty_days(day)


def test_nothing_is_owed_before_both_agreed() -> None:
    made = Mediating()
    made.take("consent")
    assert made.duties == {}


@pytest.mark.parametrize(
    ("action", "over"),
    [
        ("agreement", {}), ("fail", {}), ("end", {}),
        ("session", {"result": "failed", "routes": "起诉"}),
        ("consent", {"agrees": False}),
    ],
)  # fmt: skip
def test_it_ends_with_an_agreement_a_failure_or_a_no(action: str, over: dict[str, object]) -> None:
    made = accepted()
    made.take("session", on="2026-09-05")
    made.take(action, on="2026-09-10", **over)
    assert made.duties["mediation"].done_on == date(2026, 9, 10)


def test_a_mediation_taken_up_again_has_a_month_of_its_own() -> None:
    made = accepted()
    made.take("consent", agrees=False, on="2026-09-08")
    made.take("consent", agrees=True, on="2026-09-15")
    made.take("accept", on="2026-09-16")
    assert made.duties["mediation"].done_on == date(2026, 9, 8)
    assert made.duties["mediation:2"].due == thirty_days(date(2026, 9, 16))[1]


def test_a_voided_one_owes_nothing() -> None:
    made = agreed()
    made.take("void")
    assert made.duties == {}


# --- performance -------------------------------------------------------------------------------


def test_each_promise_with_a_day_is_watched_until_it_is_kept() -> None:
    made = agreed(
        items=[CLEAN, {"what": "王桂芳移走堆放的砖"}, {"what": "付款", "due": "2026-09-30"}]
    )
    duties = made.duties
    assert {key for key in duties if key.startswith("perform")} == {"perform:1", "perform:3"}
    assert duties["perform:1"].due == date(2026, 10, 15)
    assert state(duties["perform:3"], "2026-10-01") == "overdue"
    made.take("performance", item=3, on="2026-09-20", partly=True)
    assert made.duties["perform:3"].done_on is None
    made.take("performance", item=3, on="2026-09-21")
    assert made.duties["perform:3"].done_on == date(2026, 9, 21)


def test_a_promise_names_no_person_in_the_lists() -> None:
    made = agreed(items=[{"what": "赵大河付王桂芳材料费", "by": "赵大河", "due": "2026-10-10"}])
    duty = made.duties["perform:1"]
    assert duty.title == "督促履行第 1 项：赵**付王**材料费"
    assert duty.owner == "周敏", "the mediator reminds; the duty is the committee's"


# --- the court: a right, never late ------------------------------------------------------------


def test_thirty_days_to_ask_the_court_from_the_day_it_took_effect() -> None:
    made = agreed(sealed_on="2026-09-11")
    duty = made.duties["judicial_confirmation"]
    assert duty.started_on == date(2026, 9, 11)
    assert (duty.due_raw, duty.due) == thirty_days(date(2026, 9, 11)) == (
        date(2026, 10, 11), date(2026, 10, 12),
    )  # fmt: skip
    assert state(duty, "2026-10-12") == "open"
    assert state(duty, "2026-10-13") == "not_owed", "unused it lapses; it is never overdue"


def test_who_asked_in_time_has_used_it() -> None:
    made = agreed()
    made.take("court", on="2026-09-14")
    assert state(made.duties["judicial_confirmation"], "2027-01-01") == "done"


def test_after_the_last_day_the_court_takes_no_application() -> None:
    made = agreed().go("2026-11-02")
    last = thirty_days(date(2026, 9, 10))[1]
    assert last == date(2026, 10, 10), "a Saturday on which people work"
    (refusal,) = made.problems("court")
    assert refusal.code == "confirmation_lapsed" and refusal.article == "《人民调解法》第三十三条"
    assert last.isoformat() in refusal.sentence
    assert made.codes("court", applied_on="2026-10-10") == set(), (
        "asked in time, written down later"
    )
    made.take("court", result="not_accepted")
    assert state(made.duties["judicial_confirmation"], "2026-11-02") == "not_owed"


# --- looking again -----------------------------------------------------------------------------


def test_it_is_looked_at_again_thirty_days_after_the_last_performance() -> None:
    made = agreed()
    assert "follow_up" not in made.duties, "promises with a day are watched first"
    made.take("performance", item=1, on="2026-09-12")
    made.take("performance", item=2, on="2026-09-17")
    duty = made.duties["follow_up"]
    assert duty.started_on == date(2026, 9, 17)
    assert (duty.due_raw, duty.due) == thirty_days(date(2026, 9, 17))
    made.take("follow", on="2026-09-20")
    assert made.duties["follow_up"].done_on == date(2026, 9, 20)


def test_without_a_day_it_is_looked_at_thirty_days_after_the_agreement() -> None:
    made = agreed("oral", items=[{"what": "互相道歉"}], sealed=None, signed_by=[])
    assert made.duties["follow_up"].due == thirty_days(date(2026, 9, 10))[1]


def test_a_look_before_the_last_performance_does_not_count_as_the_look_after_it() -> None:
    made = agreed(items=[CLEAN])
    made.take("follow", on="2026-09-12")
    made.take("performance", on="2026-09-15")
    assert made.duties["follow_up"].done_on is None


def test_what_was_filed_is_waited_for_no_longer() -> None:
    made = agreed()
    made.take("follow", on="2026-09-15")
    made.take("archive", explained="赵大河外出，约好年底付")
    assert {state(d, "2027-06-01") for k, d in made.duties.items() if k.startswith("perform")} == {
        "not_owed"
    }


def test_where_the_button_of_a_duty_leads() -> None:
    kinds = ("mediation", "perform", "judicial_confirmation", "follow_up")
    for kind in kinds:
        place, _, step = KINDS[kind].target.partition(":")
        assert place == "step" and step in ACTIONS, kind
    assert KINDS["judicial_confirmation"].lapses
