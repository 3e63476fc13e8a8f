"""What the office owes for a matter, through its whole course (DOMAIN chapters 2 to 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.workflow_cases import FEED, LAWFUL, OFFICE, Course, around, matter_file
from xinfang_desktop.domain.duties import duties_of
from xinfang_desktop.domain.duty import KINDS, Duty, Rulebook
from xinfang_desktop.domain.history import approved_extension_days
from xinfang_desktop.domain.matter import MatterFile
from xinfang_desktop.domain.records import Document, Step
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
BOOK = Rulebook(REFERENCE.rules, REFERENCE.calendar)
LATER = date(2027, 3, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def owed(file: MatterFile, **office: Any) -> dict[str, Duty]:
    """The duties of a file by their keys."""
    found = duties_of(file, BOOK, replace(OFFICE, **office))
    assert len({duty.key for duty in found}) == len(found), "keys are unique within a matter"
    return {duty.key: duty for duty in found}


def course(state: str = "S10", today: date = LATER, **changes: Any) -> Course:
    """A matter received on 2026-07-24 (Friday)."""
    return Course(matter_file(state, **changes), around(today=today))


def take(taken: Course, *steps: tuple[str, str] | tuple[str, str, Mapping[str, Any]]) -> Course:
    """Take lawful steps: name, day, and data where the usual ones do not fit."""
    for action, on, *data in steps:
        taken.take(action, {**LAWFUL[action], **(data[0] if data else {}), "on": on})
    return taken


def record(taken: Course, action: str, on: str, data: Mapping[str, Any] | None = None) -> Course:
    """Write a step down as history says it, without asking the course."""
    number = len(taken.file.steps)
    step = Step(
        id=f"s{number:04}", feed=FEED, matter="m", action=action, on=day(on),
        at=datetime(2026, 9, 21, 9, tzinfo=UTC) + timedelta(minutes=number), by="周敏",
        data=dict(data or {}),
    )  # fmt: skip
    taken.file = replace(taken.file, steps=(*taken.file.steps, step))
    return taken


TO_SIGNED: tuple[Any, ...] = (
    ("claim", "2026-07-27"),
    ("accept", "2026-08-03"),
    ("start", "2026-08-04"),
    ("note", "2026-08-05", {"record": "statement"}),
    ("note", "2026-08-06", {"record": "inquiry"}),
    ("draft", "2026-09-01"),
    ("sign", "2026-09-02"),
)
TO_CLOSED: tuple[Any, ...] = (
    *TO_SIGNED,
    ("send", "2026-09-03"),
    ("serve", "2026-09-07"),
    ("follow", "2026-09-07"),
    ("close", "2026-09-08"),
)


# --- the notice (R03–R05) ------------------------------------------------------------------


def test_a_notice_is_owed_fifteen_days_after_receipt_and_rolls_over_a_rest_day() -> None:
    notice = owed(matter_file())["notice"]
    assert (notice.due_raw, notice.due) == (day("2026-08-08"), day("2026-08-10"))  # a Saturday
    assert "第二十三条" in notice.article


@pytest.mark.parametrize(
    ("on", "state"),
    [("2026-08-08", "done"), ("2026-08-10", "done"), ("2026-08-11", "done_late")],
)
def test_acceptance_gives_the_notice(on: str, state: str) -> None:
    taken = take(course(), ("claim", "2026-07-27"), ("accept", on, {"reason_late": "人手不足"}))
    assert owed(taken.file)["notice"].state_of(LATER) == state


def test_late_after_the_raw_date_where_the_office_counts_so() -> None:
    taken = take(course(), ("claim", "2026-07-27"), ("accept", "2026-08-10"))
    assert owed(taken.file)["notice"].state_of(LATER, late_after="raw") == "done_late"


def test_a_notice_handed_over_before_the_decision_is_written_down_counts() -> None:
    taken = record(course(), "notify", "2026-07-28", {"form": "F07"})
    assert owed(taken.file)["notice"].done_on == day("2026-07-28")


def test_telling_the_progress_is_no_notice() -> None:
    taken = record(course(), "notify", "2026-07-28", {"form": "progress"})
    assert owed(taken.file)["notice"].done_on is None


def test_without_name_or_address_no_notice_is_owed_and_all_the_rest_is() -> None:
    found = owed(matter_file(anonymous=True, unreachable=True))
    assert found["notice"].settled == "not_owed"
    assert found["notice"].note
    assert found["answer"].settled == ""


def test_a_matter_that_comes_back_owes_a_second_notice_and_keeps_the_first_on_record() -> None:
    taken = take(course(), ("claim", "2026-07-27"), ("forward", "2026-08-11"))
    assert owed(taken.file)["answer"].settled == "not_owed"
    take(taken, ("return", "2026-08-11"))
    found = owed(taken.file)
    assert found["notice"].state_of(LATER) == "done_late"
    assert found["notice:2"].started_on == day("2026-08-11")
    assert found["notice:2"].done_on is None  # the old letter does not answer the new receipt
    take(taken, ("accept", "2026-08-20"))
    assert owed(taken.file)["notice:2"].state_of(LATER) == "done"


@pytest.mark.parametrize("state", ["T2", "T5", "T8", "T10", "T11"])
def test_ended_without_us_nothing_more_is_owed(state: str) -> None:
    found = owed(matter_file(state))
    assert {found["notice"].settled, found["answer"].settled} == {"not_owed"}


@pytest.mark.parametrize("state", ["S00", "T12"])
def test_a_draft_and_a_voided_matter_owe_nothing(state: str) -> None:
    assert owed(matter_file(state)) == {}


# --- the answer (R23, R24) -----------------------------------------------------------------


def test_the_answer_counts_from_the_notice_of_acceptance() -> None:
    taken = take(course(), ("claim", "2026-07-27"), ("accept", "2026-07-28"))
    answer = owed(taken.file)["answer"]
    assert (answer.due_raw, answer.due) == (day("2026-09-26"), day("2026-09-28"))  # 3.1


def test_accepted_late_it_counts_from_the_last_day_of_the_fifteen() -> None:
    taken = take(
        course(), ("claim", "2026-07-27"), ("accept", "2026-08-25", {"reason_late": "人手不足"})
    )
    answer = owed(taken.file)["answer"]
    assert answer.started_on == day("2026-08-10")
    assert "逾期受理" in answer.note


def test_not_accepted_it_counts_from_the_last_day_of_the_fifteen_too() -> None:
    assert owed(matter_file())["answer"].started_on == day("2026-08-10")


def test_the_office_may_count_from_receipt() -> None:
    taken = take(course(), ("claim", "2026-07-27"), ("accept", "2026-08-03"))
    assert owed(taken.file, acceptance_from="receipt")["answer"].started_on == day("2026-07-24")


def test_the_answer_is_done_on_the_day_it_is_sent_not_signed_not_served() -> None:
    taken = take(course(), *TO_SIGNED)
    assert owed(taken.file)["answer"].done_on is None
    take(taken, ("send", "2026-09-03"))
    assert owed(taken.file)["answer"].done_on == day("2026-09-03")
    take(taken, ("serve", "2026-09-07"))
    assert owed(taken.file)["answer"].done_on == day("2026-09-03")


def test_an_extension_lengthens_the_answer_and_is_to_be_told_the_same_day() -> None:
    taken = take(course(), *TO_SIGNED[:5], ("extend", "2026-09-01", {"days": 15}))
    take(taken, ("extend", "2026-09-10", {"days": 15}))
    found = owed(taken.file)
    assert found["answer"].due_raw == day("2026-08-03") + timedelta(days=90)
    assert found["extend_notice:1"].due == day("2026-09-01")
    assert found["extend_notice:2"].state_of(day("2026-09-11")) == "overdue"
    take(taken, ("notify", "2026-09-10", {"form": "F16"}))
    found = owed(taken.file)
    assert found["extend_notice:2"].state_of(LATER) == "done"
    assert found["extend_notice:1"].state_of(LATER) == "done_late"


def test_printing_the_notice_of_extension_fulfils_it() -> None:
    taken = take(course(), *TO_SIGNED[:5], ("extend", "2026-09-01"))
    paper = Document(
        id="d", feed=FEED, matter="m", form="F16", number="青信延〔2026〕1号", title="延期告知书",
        sha256="0" * 64, pages=1, at=datetime(2026, 9, 1, 15, tzinfo=UTC), by="周敏",
    )  # fmt: skip
    file = replace(taken.file, documents=(paper,))
    assert owed(file)["extend_notice:1"].state_of(LATER) == "done"


@pytest.mark.parametrize("nature", ["suggestion", "accusation"])
def test_suggestions_and_accusations_have_no_sixty_days(nature: str) -> None:
    duty = owed(matter_file("S20", nature=nature))["answer"]
    assert (duty.settled, bool(duty.note)) == ("not_owed", True)


# --- handled anew --------------------------------------------------------------------------


def test_reopened_a_second_clock_runs_and_the_first_keeps_its_day() -> None:
    taken = take(course(), *TO_SIGNED[:5], ("extend", "2026-09-01", {"days": 30}))
    take(taken, *TO_SIGNED[5:], *TO_CLOSED[7:], ("reopen", "2026-11-02"))
    found = owed(taken.file)
    assert found["answer"].done_on == day("2026-09-03")
    assert found["answer"].extended == 30
    assert found["answer:2"].started_on == day("2026-11-02")
    assert found["answer:2"].extended == 0, "an old extension does not lengthen the new clock"
    assert found["answer:2"].done_on is None
    assert approved_extension_days(taken.file) == 0


def test_an_extension_after_the_reopening_lengthens_only_the_second_clock() -> None:
    taken = take(course(), *TO_CLOSED, ("reopen", "2026-11-02"), ("extend", "2026-11-20"))
    found = owed(taken.file)
    assert found["answer"].extended == 0
    assert found["answer:2"].due_raw == day("2026-11-02") + timedelta(days=75)


def test_a_review_gives_its_own_days() -> None:
    taken = take(course(), *TO_CLOSED, ("review", "2026-09-20"))
    take(taken, ("review_result", "2026-10-20", {"result": "redo", "days": "30"}))
    second = owed(taken.file)["answer:2"]
    assert second.due_raw == day("2026-11-19")
    assert second.given, "shown as a day that was ordered, not as sixty counted days"
    assert "30" in second.note


def test_an_upheld_second_review_does_not_take_the_reopened_clock_away() -> None:
    taken = take(course(), *TO_CLOSED, ("reopen", "2026-10-08"))
    take(taken, ("draft", "2026-10-12"), ("sign", "2026-10-13"), ("serve", "2026-10-14"))
    take(taken, ("review", "2026-10-20"), ("review_result", "2026-11-20", {"result": "upheld"}))
    found = owed(taken.file)
    assert found["answer:2"].done_on == day("2026-10-14")
    assert found["serve"].done_on == day("2026-09-07")
    assert found["serve:2"].done_on == day("2026-10-14")


def test_every_new_handling_has_its_own_clock() -> None:
    taken = take(course(), *TO_CLOSED, ("reopen", "2026-10-08"))
    take(taken, ("draft", "2026-10-12"), ("sign", "2026-10-13"), ("serve", "2026-10-14"))
    take(
        taken,
        (
            "follow",
            "2026-10-14",
            {"tasks": [{"what": "复查排水", "unit": "石桥村", "due": "2027-04-01"}]},
        ),
    )
    take(taken, ("close", "2026-10-15"), ("reopen", "2026-11-02"))
    found = owed(taken.file)
    assert [found[key].started_on.isoformat() for key in ("answer:2", "answer:3")] == [
        "2026-10-08",
        "2026-11-02",
    ]
    assert found["answer:3"].done_on is None


def test_withdrawn_after_the_reopening_the_second_answer_is_not_owed() -> None:
    taken = take(course(), *TO_CLOSED, ("reopen", "2026-10-08"), ("withdraw", "2026-10-09"))
    found = owed(taken.file)
    assert found["answer"].state_of(LATER) == "done"
    assert found["answer:2"].settled == "not_owed"


# --- simple, forwarded, assigned, objected -------------------------------------------------


def test_the_simple_procedure_has_its_working_days() -> None:
    taken = take(course(), ("claim", "2026-07-27"), ("simple", "2026-07-28"))
    found = owed(taken.file)
    assert found["notice"].done_on == day("2026-07-28")
    assert found["simple_accept"].due == day("2026-07-29")
    assert found["simple_accept"].state_of(LATER) == "done"
    assert found["simple_answer"].due == day("2026-08-11")
    take(taken, ("reply", "2026-08-12"))
    assert owed(taken.file)["simple_answer"].state_of(LATER) == "done_late"


def test_changed_to_the_ordinary_procedure_the_time_already_run_counts() -> None:
    taken = take(
        course(), ("claim", "2026-07-27"), ("simple", "2026-07-28"), ("convert", "2026-08-10")
    )
    found = owed(taken.file)
    assert "simple_answer" not in found
    assert found["answer"].started_on == day("2026-07-28")


def test_an_objection_has_five_working_days_and_then_the_right_is_gone() -> None:
    file = matter_file("S20", origin="forwarded")
    duty = owed(file)["object"]
    assert duty.due == day("2026-07-31")
    assert duty.state_of(day("2026-07-31")) == "open"
    assert duty.state_of(day("2026-08-01")) == "not_owed", "a right that lapses is never late"
    assert "object" not in owed(matter_file("S20"))


def test_an_objection_refused_leaves_the_clocks_at_the_first_receipt() -> None:
    taken = take(
        course(origin="forwarded"), ("claim", "2026-07-27"), ("object", "2026-07-29"),
        ("objection_refused", "2026-08-05"),
    )  # fmt: skip
    found = owed(taken.file)
    assert found["object"].state_of(LATER) == "done"
    assert found["notice"].started_on == day("2026-07-24")


def test_an_objection_upheld_ends_it() -> None:
    taken = take(
        course(origin="forwarded"), ("claim", "2026-07-27"), ("object", "2026-07-29"),
        ("objection_upheld", "2026-08-05"),
    )  # fmt: skip
    found = owed(taken.file)
    assert found["notice"].settled == found["answer"].settled == "not_owed"


def test_what_is_assigned_to_us_and_what_we_assign_are_two_reports() -> None:
    taken = course("S40", origin="assigned", report_due=day("2026-10-20"))
    take(taken, ("assign", "2026-08-20", {"unit": "双井村", "due": "2026-09-30"}))
    assert {k for k in owed(taken.file) if k.startswith("assigned")} == {
        "assigned_report", "assigned_report:1",
    }  # fmt: skip
    take(taken, ("note", "2026-09-15", {"record": "report", "content": "双井村报来结果"}))
    found = owed(taken.file)
    assert found["assigned_report:1"].done_on == day("2026-09-15")
    assert found["assigned_report"].done_on is None, "one report settles one duty"
    take(taken, ("note", "2026-10-21", {"record": "report", "content": "已报县信访局"}))
    assert owed(taken.file)["assigned_report"].state_of(LATER) == "done_late"


def test_a_report_written_before_the_order_does_not_settle_it() -> None:
    taken = take(
        course("S40"), ("note", "2026-08-19", {"record": "report"}),
        ("assign", "2026-08-20", {"unit": "双井村", "due": "2026-09-30"}),
    )  # fmt: skip
    assert owed(taken.file)["assigned_report:1"].done_on is None


def test_a_units_report_lapses_when_the_matter_comes_back_or_ends() -> None:
    taken = take(
        course(), ("claim", "2026-07-27"),
        ("forward", "2026-07-30", {"mode": "assign", "report_due": "2026-09-30"}),
    )  # fmt: skip
    assert owed(taken.file)["assigned_report:1"].state_of(LATER) == "overdue"
    take(taken, ("return", "2026-08-05"))
    assert owed(taken.file)["assigned_report:1"].settled == "not_owed"

    ended = take(
        course("S40"), ("assign", "2026-08-20", {"unit": "双井村", "due": "2026-09-30"}),
        ("withdraw", "2026-08-21"),
    )  # fmt: skip
    assert owed(ended.file)["assigned_report:1"].settled == "not_owed"


def test_asking_for_papers_stops_no_clock_and_reminds_of_itself() -> None:
    before = owed(matter_file("S20"))
    taken = take(course("S20"), ("supplement", "2026-08-03"))
    found = owed(taken.file)
    assert found["notice"].due == before["notice"].due
    assert found["supplement"].due == day("2026-08-10")
    take(taken, ("supplied", "2026-08-05"))
    assert owed(taken.file)["supplement"].state_of(LATER) == "done"


# --- promises, tasks, service --------------------------------------------------------------


def test_a_promise_is_due_on_its_day_and_kept_once() -> None:
    taken = take(course(), ("promise", "2026-07-24", {"what": "回电话", "due": "2026-07-25"}))
    promise = owed(taken.file)["promise:1"]
    assert promise.due == day("2026-07-25"), "a promised Saturday is that Saturday"
    assert "回电话" in promise.title
    take(taken, ("fulfil", "2026-07-27", {"task": "promise:1"}))
    record(taken, "fulfil", "2026-08-30", {"task": "promise:1"})
    assert owed(taken.file)["promise:1"].done_on == day("2026-07-27")


def test_tasks_of_the_opinion_are_owed_by_who_carries_them_out() -> None:
    taken = take(course(), *TO_CLOSED[:-1])
    task = owed(taken.file)["fulfil:1"]
    assert (task.owner, task.due) == ("石桥村", day("2026-10-20"))


def test_a_signed_opinion_is_to_be_handed_over_in_five_working_days() -> None:
    taken = take(course(), *TO_SIGNED)
    assert owed(taken.file)["serve"].due == day("2026-09-09")
    take(taken, ("withdraw", "2026-09-03"))
    assert owed(taken.file)["serve"].settled == "not_owed"


# --- history brought in from a ledger ------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "notice", "answer"),
    [
        ({"answered_on": "2026-09-01"}, "unknown", "done"),
        ({"answered_on": "2026-09-23"}, "unknown", "done_late"),
        ({"answered_on": "2026-09-01", "notice_on": "2026-08-01"}, "done", "done"),
        ({"answered_on": "2026-09-01", "notice_on": "2026-08-11"}, "done_late", "done"),
    ],
)
def test_an_answered_row_owes_nothing_more(told: dict[str, str], notice: str, answer: str) -> None:
    taken = record(course("S75", history=True, late_entry=True), "import", "2026-07-24", told)
    found = owed(taken.file)
    assert found["notice"].state_of(LATER) == notice
    assert found["answer"].state_of(LATER) == answer


def test_a_row_without_a_notice_counts_from_receipt_and_says_so() -> None:
    taken = record(
        course("S75", history=True), "import", "2026-07-24", {"answered_on": "2026-09-23"}
    )
    answer = owed(taken.file)["answer"]
    assert answer.started_on == day("2026-07-24")
    assert answer.due == day("2026-09-22")
    assert answer.note == "按收到之日计"


def test_a_row_without_an_answer_is_open_and_its_clocks_run_from_receipt() -> None:
    taken = record(course("S20", history=True), "import", "2026-07-24", {"sheet": "2026"})
    found = owed(taken.file)
    assert found["notice"].state_of(LATER) == "overdue"
    assert found["answer"].started_on == day("2026-07-24")


# --- all of it -----------------------------------------------------------------------------


def test_every_duty_says_its_law_and_where_its_work_is_done() -> None:
    taken = take(
        course(origin="assigned", report_due=day("2026-10-20")), ("promise", "2026-07-24"),
        *TO_CLOSED, ("reopen", "2026-10-08"), ("extend", "2026-10-09"),
    )  # fmt: skip
    found = owed(taken.file).values()
    assert {d.kind for d in found} >= {"notice", "answer", "object", "serve", "promise", "fulfil"}
    for duty in found:
        assert duty.article
        assert duty.owner
        kind = KINDS[duty.kind]
        assert kind.target == "matter" or kind.target.split(":")[0] in ("form", "step", "have")


@given(
    received=st.dates(date(2024, 1, 1), date(2026, 10, 31)),
    accepted_after=st.integers(0, 40),
    extensions=st.lists(st.integers(1, 30), max_size=3),
)
def test_the_answer_never_ends_later_than_ninety_days_after_the_notice_period(
    received: date, accepted_after: int, extensions: list[int]
) -> None:
    taken = Course(matter_file("S20", received_on=received), around(today=date(2027, 12, 1)))
    record(taken, "accept", (received + timedelta(days=accepted_after)).isoformat())
    for days in extensions:
        record(taken, "extend", received.isoformat(), {"days": days})
    found = owed(taken.file)
    last_notice_day = found["notice"].due
    answer = found["answer"]
    assert answer.started_on <= last_notice_day
    assert answer.due_raw is not None
    assert answer.due_raw <= last_notice_day + timedelta(days=60 + min(30, sum(extensions)))
    assert answer.due >= answer.due_raw
    assert not BOOK.calendar.is_rest(answer.due)
