"""Every transition of the working description's chapter 4.2, by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from workflow_cases import ANSWERS, LAWFUL, OFFICE, WRITTEN, Course, around, matter_file

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.records import Step
from xinfang_desktop.domain.states import STAGES, STATES
from xinfang_desktop.domain.step_fields import FIELDS
from xinfang_desktop.domain.workflow import ACTIONS, offers

DESK = around(others={"20260601-A0001": "S40"})

COMMAND_WORDS = [
    "claim",
    "supplement",
    "accept",
    "simple",
    "convert",
    "forward",
    "redirect",
    "object",
    "objection_upheld",
    "objection_refused",
    "seal",
    "reply",
    "final",
    "keep",
    "start",
    "assign",
    "note",
    "hearing",
    "mediate",
    "meeting",
    "extend",
    "draft",
    "return_draft",
    "sign",
    "send",
    "serve",
    "follow",
    "close",
    "review",
    "review_result",
    "reopen",
    "merge",
    "split",
    "withdraw",
    "archive",
    "void",
]

TO_S40 = ("claim", "accept", "start")
TALKED: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("note", {"record": "statement", "content": "听本人讲经过"}),
    ("note", {"record": "inquiry", "content": "现场查看"}),
)


def walk(*steps: str | tuple[str, Mapping[str, Any]], **matter: Any) -> Course:
    course = Course(matter_file(**matter), DESK)
    for step in steps:
        name, data = (step, LAWFUL[step]) if isinstance(step, str) else step
        course.take(name, data)
    return course


TO_S50 = (*TO_S40, *TALKED, "draft")
TO_S65 = (*TO_S50, "sign", "serve")
TO_S75 = (*TO_S65, "follow", "close")
REFUSED = {"answers": [{**row, "outcome": "refused"} for row in ANSWERS["answers"]]}

Way = tuple[str | tuple[str, Mapping[str, Any]], ...]
TRANSITIONS: tuple[tuple[str, Way, str, Mapping[str, Any], str], ...] = (
    ("S10", (), "claim", {}, "S20"),
    ("S20", ("claim",), "accept", {}, "S30"),
    ("S20", ("claim",), "forward", {}, "T1"),
    ("S20", ("claim",), "redirect", {}, "T3"),
    ("S20", ("claim",), "redirect", {"kind": "legal_route", "route": "litigation"}, "T4"),
    ("S20", ("claim",), "redirect", {"kind": "涉法涉诉引导"}, "T6"),
    ("S20", ("claim",), "reply", {}, "T7"),
    ("S20", ("claim",), "final", {}, "T9"),
    ("S20", ("claim",), "simple", {}, "S31"),
    ("S20", ("claim",), "sort", {}, "S20"),
    ("S31", ("claim", "simple"), "convert", {}, "S40"),
    ("S31", ("claim", "simple"), "draft", {}, "S50"),
    ("S31", ("claim", "simple"), "reply", {}, "S65"),
    ("S30", ("claim", "accept"), "start", {}, "S40"),
    ("S40", TO_S40, "extend", {}, "S45"),
    ("S45", (*TO_S40, "extend"), "extend", {}, "S45"),
    ("S45", (*TO_S40, *TALKED, "extend"), "draft", {}, "S50"),
    ("S40", TO_S40, "hearing", {}, "S40"),
    ("S40", TO_S40, "mediate", {}, "S40"),
    ("S40", TO_S40, "meeting", {}, "S40"),
    ("S40", TO_S40, "assign", {}, "S40"),
    ("S40", (*TO_S40, *TALKED), "draft", {}, "S50"),
    ("S50", TO_S50, "return_draft", {}, "S40"),
    ("S50", (*TO_S40, *TALKED, "extend", "draft"), "return_draft", {}, "S45"),
    ("S50", TO_S50, "sign", {}, "S55"),
    ("S55", (*TO_S50, "sign"), "send", {}, "S60"),
    ("S55", (*TO_S50, "sign"), "serve", {}, "S65"),
    ("S60", (*TO_S50, "sign", "send"), "serve", {}, "S65"),
    ("S65", TO_S65, "follow", {}, "S70"),
    ("S65", (*TO_S40, *TALKED, ("draft", REFUSED), "sign", "serve"), "close", {}, "S75"),
    ("S70", (*TO_S65, "follow"), "follow", {}, "S70"),
    ("S70", (*TO_S65, "follow"), "fulfil", {}, "S70"),
    ("S70", (*TO_S65, "follow"), "close", {}, "S75"),
    ("S65", TO_S65, "review", {}, "S80"),
    ("S75", TO_S75, "review", {}, "S80"),
    ("S80", (*TO_S65, "review"), "review_result", {}, "S75"),
    ("S80", (*TO_S65, "review"), "review_result", {"result": "变更"}, "S75"),
    ("S80", (*TO_S65, "review"), "review_result", {"result": "revoked"}, "S40"),
    ("S80", (*TO_S65, "review"), "review_result", {"result": "redo", "days": 30}, "S40"),
    ("S80", (*TO_S65, "review"), "review_result", {"further": True}, "S85"),
    ("S75", (*TO_S65, "review", "review_result"), "review", {}, "S85"),
    ("S85", (*TO_S65, "review", "review_result", "review"), "review_result", {}, "S88"),
    ("S75", TO_S75, "reopen", {}, "S40"),
    ("S75", TO_S75, "archive", {}, "S90"),
    ("S10", (), "supplement", {}, "S15"),
    ("S15", ("supplement",), "supplied", {}, "S10"),
    ("S15", ("claim", "supplement"), "supplied", {}, "S20"),
    ("S15", ("claim", "accept", "supplement"), "supplied", {}, "S30"),
    ("S15", (*TO_S40, "supplement"), "supplied", {}, "S40"),
    ("S15", (*TO_S40, "extend", "supplement"), "supplied", {}, "S45"),
    ("S20", ("claim",), "merge", {}, "T10"),
    ("S40", TO_S40, "merge", {}, "T10"),
    ("T10", (*TO_S40, "merge"), "unmerge", {}, "S40"),
    ("T1", ("claim", "forward"), "return", {}, "S20"),
    ("S40", TO_S40, "split", {}, "S40"),
    ("S10", (), "withdraw", {}, "T8"),
    ("S65", TO_S65, "withdraw", {}, "T8"),
    ("S10", (), "redate", {}, "S10"),
    ("S40", TO_S40, "redate", {}, "S40"),
    ("S10", (), "void", {}, "T12"),
    ("S70", (*TO_S65, "follow"), "void", {}, "T12"),
)


@pytest.mark.parametrize(("source", "way", "action", "more", "target"), TRANSITIONS)
def test_a_lawful_step_leads_where_the_table_says(
    source: str, way: Way, action: str, more: Mapping[str, Any], target: str
) -> None:
    course = walk(*way)
    assert course.state == source
    assert course.offer(action).allowed
    decision = course.take(action, {**LAWFUL[action], **more})
    assert (decision.from_state, decision.to_state, course.state) == (source, target, target)


@pytest.mark.parametrize(
    ("action", "way", "target"),
    [
        ("objection_upheld", ("claim", "object"), "T2"),
        ("objection_refused", ("claim", "object"), "S20"),
    ],
)
def test_an_objection_is_upheld_or_refused(action: str, way: Way, target: str) -> None:
    course = walk(*way, origin="forwarded")
    assert course.state == "S25"
    course.take(action, LAWFUL[action])
    assert course.state == target


def test_an_anonymous_matter_is_kept_after_handling() -> None:
    course = walk("claim", anonymous=True)
    course.take("keep", LAWFUL["keep"])
    assert course.state == "T11"


def test_an_accusation_is_sealed_at_once_and_passed_on_by_the_grant_holder() -> None:
    course = Course(matter_file(), DESK)
    decision = course.take("claim", no_interest=True, nature="检举控告")
    assert decision.changes["sealed"] is True
    assert not any(offer.allowed for offer in offers(course.file, course.around))
    course.around = replace(DESK, roles=frozenset({"officer", "sealed"}))
    course.take("seal", LAWFUL["seal"])
    assert course.state == "T5"


@pytest.mark.parametrize("state", sorted(STATES))
def test_no_step_is_lawful_outside_its_states(state: str) -> None:
    course = Course(matter_file(state), DESK)
    for offer in offers(course.file, course.around):
        action = ACTIONS[offer.action]
        assert offer.lawful_here == (state in action.sources)
        if offer.lawful_here:
            continue
        assert not offer.allowed
        with pytest.raises(RuleViolation) as refusal:
            course.take(offer.action, LAWFUL[offer.action])
        assert refusal.value.code == "wrong_state"
        assert refusal.value.sentence == offer.missing[0]
        assert refusal.value.article == action.article


def test_a_closed_state_is_named_in_the_refusal() -> None:
    assert Course(matter_file("S75")).offer("accept").missing == ("事项已办结，不能再受理。",)
    assert Course(matter_file("S10")).offer("accept").missing == ("事项现在是“已登记”，不能受理。",)


def test_the_table_is_complete_and_closed() -> None:
    assert set(COMMAND_WORDS) <= set(ACTIONS)
    assert set(FIELDS) <= set(ACTIONS) == set(permissions.STEPS) == set(LAWFUL)
    assert all(action.article for action in ACTIONS.values())
    assert set(ACTIONS) == set(permissions.STEPS) == set(LAWFUL) >= set(FIELDS)
    assert set(ACTIONS) == set(permissions.STEPS) == set(LAWFUL)
    assert set(FIELDS) <= set(ACTIONS)
    assert {"稳控", "劝返", "布控", "训诫"}.isdisjoint(a.label for a in ACTIONS.values())
    for action in ACTIONS.values():
        assert set(action.sources) <= set(STATES) and set(action.targets) <= set(STATES)
        assert len(action.targets) < 2 or action.choose is not None
        assert set(action.after) <= set(ACTIONS)
        keys = {field.name for field in action.fields}
        assert {guard.field for guard in action.guards} <= keys | {""}
    assert {state.stage for state in STATES.values()} == {*STAGES, ""}
    reached = {target for action in ACTIONS.values() for target in action.targets}
    assert reached | {"S00", "S10"} == set(STATES)


def test_nothing_leaves_the_archive_or_a_voided_number() -> None:
    for state in ("S90", "T12"):
        assert not any(state in action.sources for action in ACTIONS.values())


@pytest.mark.parametrize(
    ("state", "action", "target"), [("S20", "accept", "S30"), ("S75", "archive", "S90")]
)
def test_an_imported_matter_goes_on_without_its_past(state: str, action: str, target: str) -> None:
    imported = Step(
        id="s", feed="f", matter="m", action="import", on=date(2026, 8, 1), at=WRITTEN, by="周敏",
        to_state=state, data={"answered_on": "2026-08-01"},
    )  # fmt: skip
    file = replace(matter_file(state, history=True), steps=(imported,))
    course = Course(file, DESK)
    course.take(action, LAWFUL[action])
    assert course.state == target


def test_changes_say_what_the_record_becomes() -> None:
    course = Course(matter_file(), DESK)
    assert course.take("claim", no_interest=True).changes == {
        "owner": "周敏",
        "state": "S20",
    }
    accepted = course.take("accept", unit="农业农村办", handler="刘志远")
    assert accepted.changes == {
        "nature": "appeal", "unit": "农业农村办", "owner": "刘志远", "state": "S30",
    }  # fmt: skip
    course.take("start", LAWFUL["start"])
    assert course.take("assign", unit="双井村").changes == {"unit": "双井村"}
    assert course.file.steps[2].data["person"] == "刘志远"


def test_the_office_names_its_review_organ_in_the_record() -> None:
    course = walk(*TO_S50)
    assert course.take("sign", LAWFUL["sign"]).data["review_organ"] == OFFICE.review_organ
