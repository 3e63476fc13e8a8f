"""What the recorded steps say: dates, answers, tasks and the stage bar, always computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflow_cases import ANSWERS, LAWFUL, WRITTEN, Course, matter_file

from xinfang_desktop.domain import history
from xinfang_desktop.domain.records import Step


def answered() -> Course:
    course = Course(matter_file())
    for action, day in (
        ("claim", "2026-07-28"), ("accept", "2026-08-03"), ("start", "2026-08-04"),
        ("extend", "2026-09-01"),
    ):  # fmt: skip
        course.take(action, LAWFUL[action], on=day)
    course.take("note", record="statement", content="听本人讲", on="2026-08-12")
    course.take("note", record="inquiry", content="现场查看", on="2026-08-20")
    for action, day in (("draft", "2026-09-05"), ("sign", "2026-09-08"), ("serve", "2026-09-10")):
        course.take(action, LAWFUL[action], on=day)
    return course


def test_a_fresh_matter_says_nothing_yet() -> None:
    file = matter_file()
    assert history.accepted_on(file) is history.served_on(file) is history.closed_on(file) is None
    assert (history.answers(file), history.drafter(file), history.tasks(file)) == ({}, "", ())
    assert history.stage_of(file) == "登记"


def test_dates_are_those_the_steps_count_for() -> None:
    file = answered().file
    assert history.accepted_on(file) == date(2026, 8, 3)
    assert history.signed_on(file) == date(2026, 9, 8)
    assert history.served_on(file) == date(2026, 9, 10)
    assert history.sent_on(file) is None
    assert history.approved_extension_days(file) == 15
    assert history.drafter(file) == "周敏"


def test_the_latest_draft_holds_the_answers() -> None:
    course = Course(matter_file("S31"))
    course.take("draft", ANSWERS)
    course.take("return_draft", LAWFUL["return_draft"])
    assert course.state == "S31"
    course.take("draft", answers=[{"no": 1, "outcome": "explained"}], drafter="何建平")
    assert history.answers(course.file) == {1: history.Answer(1, "explained")}
    assert not history.must_be_carried_out(course.file)
    assert history.drafter(course.file) == "何建平"


def test_the_stage_bar_shows_what_was_reached_and_when() -> None:
    bar = history.stage_dates(answered().file)
    assert [(f.stage, f.state, f.on and f.on.isoformat()) for f in bar] == [
        ("登记", "done", "2026-07-24"), ("甄别", "done", "2026-07-28"), ("受理", "done", "2026-08-03"),
        ("办理", "done", "2026-08-04"), ("出具意见", "done", "2026-09-08"),
        ("送达", "now", "2026-09-10"), ("落实", "later", None), ("办结", "later", None),
        ("归档", "later", None),
    ]  # fmt: skip


def test_a_state_without_a_stage_stays_where_it_came_from() -> None:
    course = Course(matter_file("S30"))
    course.take("supplement", LAWFUL["supplement"])
    assert (course.state, history.stage_of(course.file)) == ("S15", "受理")


def test_closing_is_undone_by_reopening_and_kept_by_the_archive() -> None:
    course = answered()
    course.take("follow", LAWFUL["follow"], on="2026-09-11")
    course.take("close", LAWFUL["close"], on="2026-09-15")
    assert history.closed_on(course.file) == date(2026, 9, 15)
    archived = Course(course.file)
    archived.take("archive", LAWFUL["archive"], on="2026-09-20")
    assert history.closed_on(archived.file) == date(2026, 9, 15)
    course.take("reopen", LAWFUL["reopen"])
    assert history.closed_on(course.file) is None
    assert history.approved_extension_days(course.file) == 0


def test_tasks_and_promises_are_named_by_their_duties() -> None:
    course = Course(matter_file("S65"))
    course.take("promise", LAWFUL["promise"])
    course.take("follow", LAWFUL["follow"])
    course.take("follow", tasks=[{"what": "补苗", "unit": "石桥村", "due": "2026-11-01"}])
    course.take("fulfil", LAWFUL["fulfil"], task="fulfil:2", on="2026-09-20")
    tasks = history.tasks(course.file)
    assert [(t.key, t.what, t.done_on) for t in tasks] == [
        ("fulfil:1", "修沟", None), ("fulfil:2", "补苗", date(2026, 9, 20)),
    ]  # fmt: skip
    assert [t.key for t in history.promises(course.file)] == ["promise:1"]


def test_an_imported_matter_was_closed_when_it_was_answered() -> None:
    imported = Step(
        id="s", feed="f", matter="m", action="import", on=date(2026, 8, 1), at=WRITTEN, by="周敏",
        to_state="S75",
    )  # fmt: skip
    file = replace(matter_file("S75", history=True), steps=(imported,))
    assert history.closed_on(file) == date(2026, 8, 1)
    assert history.served_on(file) is None


def test_a_voided_step_does_not_count() -> None:
    course = Course(matter_file("S20"))
    course.take("accept")
    file = replace(course.file, steps=tuple(replace(s, voided=True) for s in course.file.steps))
    assert history.accepted_on(file) is None
