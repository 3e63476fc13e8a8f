"""批示、签收、反馈、回避: who stood aside stays aside; what a unit answered settles what it owed."""

from __future__ import annotations

import pytest

from tests.domain.workflow_cases import LAWFUL, Course, around, matter_file
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.history import data_of


def at_work() -> Course:
    course = Course(matter_file(), around())
    for action in ("claim", "accept", "start"):
        course.take(action, LAWFUL[action])
    return course


def test_who_stood_aside_never_handles_the_matter_again() -> None:
    course = at_work()
    assert course.file.matter.owner == "周敏"
    course.take("recuse", LAWFUL["recuse"])
    assert course.file.matter.owner == "刘志远"
    with pytest.raises(RuleViolation) as refused:
        course.take("assign", {**LAWFUL["assign"], "person": "周敏"})
    assert refused.value.code == "recusal" and "第二十八条" in refused.value.article
    assert "recusal" in course.codes(
        "recuse", {**LAWFUL["recuse"], "who": "刘志远", "handler": "周敏"}
    )


def test_who_steps_aside_is_not_the_one_who_goes_on() -> None:
    course = at_work()
    assert "same_person" in course.codes("recuse", {**LAWFUL["recuse"], "handler": "周敏"})
    assert "may_not_sign" in course.codes("recuse", {**LAWFUL["recuse"], "decided_by": "周敏"})


def test_only_what_was_assigned_is_signed_for_and_answered() -> None:
    course = at_work()
    for action in ("sign_for", "feedback"):
        assert course.offer(action).missing == ("这件事没有转办过。",)
    course.take("assign", LAWFUL["assign"])
    course.take("sign_for", LAWFUL["sign_for"])
    course.take("feedback", LAWFUL["feedback"])
    assert data_of(course.file.last("feedback"))["answer"]
