"""What is owed for a dispute and for a note: to settle, to look again, to keep a promise."""

from __future__ import annotations

from datetime import date
from typing import Any

from dispute_cases import FEED, TODAY, WRITTEN, Course, dispute_file, settled

from xinfang_desktop.domain.case_duties import duties_of_dispute, duties_of_note
from xinfang_desktop.domain.case_records import CaseStep, VillageNote
from xinfang_desktop.domain.cases import DisputeFile, NoteFile
from xinfang_desktop.domain.duty import Duty, Rulebook
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
BOOK = Rulebook(REFERENCE.rules, REFERENCE.calendar)


def owed(file: DisputeFile) -> dict[str, Duty]:
    """The duties of a dispute by their keys."""
    found = duties_of_dispute(file, BOOK)
    assert len({duty.key for duty in found}) == len(found)
    return {duty.key: duty for duty in found}


def states(file: DisputeFile, today: date = TODAY) -> dict[str, str]:
    return {key: duty.state_of(today) for key, duty in owed(file).items()}


def test_nothing_is_owed_without_a_limit_and_nothing_for_a_voided_one() -> None:
    assert owed(dispute_file()) == {}
    limited = dispute_file(due=date(2026, 9, 30))
    assert owed(limited).keys() == {"settle"}
    assert duties_of_dispute(dispute_file("void", due=date(2026, 9, 30)), BOOK) == ()
    assert duties_of_dispute(dispute_file(voided=True, due=date(2026, 9, 30)), BOOK) == ()


def test_settling_is_owed_by_the_day_that_was_set() -> None:
    course = Course().through("verify", "assign")
    duty = owed(course.file)["settle"]
    assert (duty.owner, duty.started_on, duty.due, duty.given) == (
        "何建平", TODAY, date(2026, 10, 15), True,
    )  # fmt: skip
    assert duty.title == "化解：村道排水沟堵塞"
    assert duty.state_of(date(2026, 10, 15)) == "open"
    assert duty.state_of(date(2026, 10, 16)) == "overdue"
    course.take("settle")
    assert states(course.file)["settle"] == "done"


def test_a_limit_set_anew_is_the_one_that_counts() -> None:
    course = Course().through("assign")
    course.take("assign", due="2026-11-02")
    assert owed(course.file)["settle"].due == date(2026, 11, 2)


def test_who_has_no_name_yet_is_the_unit() -> None:
    file = dispute_file(due=date(2026, 9, 30), unit="农业农村办")
    assert owed(file)["settle"].owner == "农业农村办"


def test_handed_over_it_is_no_longer_ours_to_settle() -> None:
    for action in ("to_mediation", "to_matter", "route", "report_up"):
        course = Course().through("assign", action)
        assert states(course.file) == {"settle": "not_owed"}
        course.take("take_back")
        assert states(course.file) == {"settle": "open"}


def test_a_settlement_is_looked_at_again_after_thirty_days() -> None:
    course = settled()
    follow = owed(course.file)["follow_up"]
    assert (follow.started_on, follow.due) == (TODAY, date(2026, 10, 21))
    assert follow.state_of(TODAY) == "open"
    course.take("follow")
    assert states(course.file)["follow_up"] == "done"


def test_coming_up_again_ends_the_waiting_and_begins_anew() -> None:
    course = settled()
    course.take("reopen")
    assert states(course.file) == {"follow_up": "not_owed"}, "no limit is set yet"
    course.take("assign", due="2026-11-01")
    assert owed(course.file)["settle"].due == date(2026, 11, 1)
    course.take("settle")
    assert states(course.file) == {"settle": "done", "follow_up": "not_owed", "follow_up:2": "open"}
    course.take("follow")
    assert states(course.file)["follow_up:2"] == "done"


def test_an_imported_row_says_what_it_knows_and_no_more() -> None:
    history: dict[str, Any] = {"batch": "b", "due": date(2026, 6, 30)}
    assert states(dispute_file("settled", **history)) == {"settle": "unknown"}
    known = dispute_file("settled", **history, settled_on=date(2026, 6, 12))
    assert states(known) == {"settle": "done"}
    assert states(dispute_file("open", **history)) == {"settle": "overdue"}


def test_a_limit_before_the_assignment_still_has_an_arithmetic() -> None:
    file = dispute_file("open", due=date(2026, 7, 1))
    assert owed(file)["settle"].started_on == date(2026, 7, 1)


# --- notes -----------------------------------------------------------------------------------------


def note(*steps: CaseStep, **over: Any) -> NoteFile:
    plain: dict[str, Any] = {
        "id": "n", "feed": FEED, "village": "v", "sort": "talk", "on": date(2026, 9, 1),
        "topic": "power", "text": "路灯坏了", "by": "何建平",
        "promises": [{"what": "换灯", "due": "2026-09-20", "by": "周敏"},
                     {"what": "查线路", "due": "2026-09-30", "by": ""}],
    }  # fmt: skip
    return NoteFile(VillageNote(**{**plain, **over}), steps)


def fulfil(task: str, *, voided: bool = False) -> CaseStep:
    return CaseStep(
        id=task, feed=FEED, case="n", action="fulfil", on=date(2026, 9, 19), at=WRITTEN, by="周敏",
        data={"task": task}, voided=voided,
    )  # fmt: skip


def test_each_promise_is_a_duty_of_who_gave_it() -> None:
    first, second = duties_of_note(note(), BOOK)
    assert (first.key, first.title, first.owner, first.due) == (
        "promise:1", "承诺：换灯", "周敏", date(2026, 9, 20),
    )  # fmt: skip
    assert (second.key, second.owner) == ("promise:2", "何建平")
    assert (first.state_of(TODAY), second.state_of(TODAY)) == ("overdue", "open")
    assert first.started_on == date(2026, 9, 1)


def test_a_promise_is_kept_by_the_step_that_names_it() -> None:
    first, second = duties_of_note(note(fulfil("promise:1")), BOOK)
    assert (first.state_of(TODAY), second.state_of(TODAY)) == ("done", "open")
    first, _ = duties_of_note(note(fulfil("promise:1", voided=True)), BOOK)
    assert first.state_of(TODAY) == "overdue"


def test_a_note_without_promises_and_a_voided_one_owe_nothing() -> None:
    assert duties_of_note(note(promises=None), BOOK) == ()
    assert duties_of_note(note(voided=True), BOOK) == ()
