"""The course of a dispute: every step from every state, and the three confirmations before the end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from dispute_cases import FOUND, LAWFUL, TODAY, Course, around, dispute_file, settled
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from xinfang_desktop.domain.dispute_course import ACTIONS, DISPUTES, confirmed, settled_on
from xinfang_desktop.domain.dispute_states import NOT_CLOSED, STAGES, STATES
from xinfang_desktop.domain.dispute_steps import CONFIRMATIONS
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.inputs import choices_of
from xinfang_desktop.domain.permissions import DISPUTE_STEPS, ROLE_NAMES

THREE = [what for what, _ in CONFIRMATIONS]


# --- the table -------------------------------------------------------------------------------------


def test_every_step_has_its_rights_its_words_and_its_states() -> None:
    assert ACTIONS.keys() == DISPUTE_STEPS.keys() == LAWFUL.keys()
    for action in ACTIONS.values():
        assert action.label and action.sources and set(action.sources) <= STATES.keys()
        assert set(action.targets) <= STATES.keys()
        assert action.asks, "every step says something"
        assert set(action.after) <= ACTIONS.keys()
    assert {state.stage for state in STATES.values()} - {""} == set(STAGES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_step_from_every_state_is_lawful_or_says_why_not(action: str, state: str) -> None:
    step = ACTIONS[action]
    course = Course(dispute_file(state, unit="石桥村村委会", person="何建平"))
    if state not in step.sources:
        with pytest.raises(RuleViolation) as refused:
            course.take(action)
        assert refused.value.code == "wrong_state"
        assert step.label in refused.value.sentence
        assert refused.value.mend.startswith("这一步在这些时候办：")
        assert not course.offer(action).lawful_here
        return
    assert course.offer(action).lawful_here
    if action == "close":  # the one step with standing conditions
        assert not course.offer(action).allowed and "three_not_confirmed" in course.codes(action)
        return
    decision = course.take(action)
    assert decision.to_state in (step.targets or (state,))
    assert course.state == decision.to_state


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_step_is_refused_to_who_may_not_take_it(role: str) -> None:
    for action, roles in DISPUTE_STEPS.items():
        source = ACTIONS[action].sources[0]
        course = Course(dispute_file(source, unit="u", person="p"), around(role))
        barred = "not_permitted" in course.codes(action)
        assert barred == (role not in roles), action


def test_a_voided_dispute_takes_no_step() -> None:
    course = Course(replace(dispute_file(), dispute=replace(dispute_file().dispute, voided=True)))
    for action in ACTIONS:
        assert course.codes(action) == {"wrong_state"}


# --- found to struck off ---------------------------------------------------------------------------


def test_the_whole_way() -> None:
    course = Course().through("verify", "grade", "assign", "note", "settle")
    course.confirm(*THREE).take("follow")
    decision = course.take("close")
    assert [step.to_state for step in course.file.steps] == [
        "verified", "graded", "assigned", "open", "settled", "settled", "settled", "settled",
        "followed", "closed",
    ]  # fmt: skip
    assert decision.data["approved_by"] == "刘志远"
    assert settled_on(course.file) == TODAY


NOT_LET_PASS = {
    "responsibility": "责任不落实不放过：还没有确认责任已经落实。",
    "facts": "问题不查清不放过：还没有确认问题已经查清。",
    "hazard": "隐患不排除不放过：还没有确认隐患已经排除。",
}


@pytest.mark.parametrize("missing", THREE)
def test_without_one_of_the_three_nothing_is_struck_off(missing: str) -> None:
    course = settled().confirm(*(what for what in THREE if what != missing))
    course.take("follow")
    with pytest.raises(RuleViolation) as refused:
        course.take("close")
    assert (refused.value.code, refused.value.sentence) == (
        "three_not_confirmed", NOT_LET_PASS[missing],
    )  # fmt: skip
    assert "三不放过" in refused.value.article and "三不放过确认" in refused.value.mend
    assert course.offer("close").missing == (NOT_LET_PASS[missing],)
    course.confirm(missing).take("close")
    assert course.state == "closed"


def test_all_that_is_missing_is_told_at_once() -> None:
    course = settled()
    assert course.offer("close").missing == ("".join(NOT_LET_PASS.values()), "还没有回访。")
    assert course.codes("close") == {"three_not_confirmed", "not_followed"}


def test_each_confirmation_has_its_own_condition() -> None:
    course = Course()
    assert course.codes("confirm", what="responsibility") == {"nobody_responsible"}
    assert course.codes("confirm", what="facts") == {"not_verified"}
    assert course.codes("confirm", what="hazard") == {"not_settled"}
    course.through("verify", "assign", "settle")
    assert [course.codes("confirm", what=what) for what in THREE] == [set(), set(), set()]
    assert course.codes("confirm", evidence="") == {"field_missing"}
    assert course.codes("confirm", what="mood") == {"unknown_choice"}


def test_who_confirmed_is_kept_and_is_the_actor_where_nobody_is_named() -> None:
    course = settled()
    course.take("confirm", what="facts")
    course.take("confirm", what="responsibility", confirmed_by="刘志远")
    given = confirmed(course.file)
    assert (given["facts"].data or {})["confirmed_by"] == "周敏"
    assert (given["responsibility"].data or {})["confirmed_by"] == "刘志远"


def test_a_follow_up_that_finds_it_again_does_not_close() -> None:
    course = settled().confirm(*THREE)
    course.take("follow", recurred=True)
    assert course.codes("close") == {"not_followed"}
    assert course.offer("close").missing == ("回访时又起纠纷。",)


def test_a_follow_up_before_the_settlement_does_not_count() -> None:
    course = settled().confirm(*THREE)
    course.take("follow")
    course.take("reopen")
    course.take("settle")
    assert "还没有回访。" in course.offer("close").missing


def test_what_came_up_again_needs_the_three_anew_and_a_new_limit() -> None:
    course = settled().confirm(*THREE)
    course.through("follow", "close", "reopen")
    assert course.state == "open"
    assert confirmed(course.file) == {}
    assert settled_on(course.file) is None
    dispute = course.file.dispute
    assert (dispute.settled_on, dispute.result, dispute.method, dispute.due) == (None, "", "", None)
    assert course.codes("confirm", what="facts") == {"not_verified"}, "to be looked at again"
    course.take("assign", due="2026-11-01")
    course.take("settle", result="换成水泥管")
    assert course.offer("close").missing[0] == "".join(NOT_LET_PASS.values())
    course.take("verify")
    course.confirm(*THREE).through("follow", "close")
    assert course.state == "closed"


def test_taking_it_back_drops_the_hazard_that_was_confirmed() -> None:
    course = Course().through("verify", "assign", "to_mediation", "settle").confirm(*THREE)
    assert set(confirmed(course.file)) == set(THREE)
    course.take("reopen")
    course.through("verify", "report_up")
    course.confirm("responsibility", "facts")
    course.take("take_back")
    assert set(confirmed(course.file)) == {"responsibility", "facts"}
    course.take("settle")
    assert course.offer("close").missing[0] == NOT_LET_PASS["hazard"]


def test_what_was_settled_elsewhere_is_confirmed_here() -> None:
    course = Course(dispute_file("reported", unit="u", person="p")).through("settle", "verify")
    course.confirm(*THREE).through("follow", "close")
    assert course.state == "closed"


# --- grades and leaders ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"people": 2}, "简单"), ({"people": 5}, "一般"), ({"people": 12}, "复杂"),
        ({"people": 2, "amount": "12万"}, "复杂"), ({"people": 2, "crossing": True}, "复杂"),
        ({"people": 2, "danger": True}, "疑难"),
    ],
)  # fmt: skip
def test_a_grade_follows_from_the_thresholds(facts: dict[str, Any], word: str) -> None:
    course = Course(dispute_file(people=0, amount=0))
    decision = course.take("grade", **facts)
    assert (decision.changes["grade"], decision.to_state) == (word, "graded")


def test_a_grade_of_ones_own_needs_its_reason() -> None:
    course = Course()
    assert course.codes("grade", grade="疑难") == {"grade_reason"}
    assert course.codes("grade", grade="危急", reason="x") == {"unknown_grade"}
    assert course.take("grade", grade="红色", reason="两户要动手").changes["grade"] == "疑难"


def test_grading_later_leaves_the_state() -> None:
    course = Course().through("assign", "note", "grade")
    assert course.state == "open"


@pytest.mark.parametrize("grade", ["复杂", "疑难"])
def test_a_grave_one_needs_a_leader(grade: str) -> None:
    course = Course(dispute_file("graded", grade=grade))
    assert course.codes("assign") == {"no_leader"}
    assert (
        f"“{grade}”"
        in DISPUTES.problems(course.file, "assign", LAWFUL["assign"], course.around)[0].sentence
    )
    assert course.take("assign", leader="刘志远").changes["leader"] == "刘志远"
    assert course.codes("assign") == set(), "it has one now"


def test_the_four_tasks_are_the_responsible_persons_where_nobody_else_is_named() -> None:
    told = Course().take("assign", report_by="周敏").data
    assert [told[name] for name in ("contact_by", "explain_by", "handle_by", "report_by")] == [
        "何建平", "何建平", "何建平", "周敏",
    ]  # fmt: skip


# --- days and words --------------------------------------------------------------------------------


def test_days_are_checked() -> None:
    course = Course()
    assert course.codes("verify", on="2026-09-22") == {"date_in_future"}
    assert course.codes("verify", on=(FOUND - timedelta(days=1)).isoformat()) == {"before_receipt"}
    assert course.codes("assign", due="2026-09-20") == {"due_before_start"}
    course.take("assign", on="2026-09-10", due="2026-10-15")
    assert course.codes("settle", on="2026-09-09") == {"before_step"}
    course.take("settle", on="2026-09-12")
    assert course.codes("follow", on="2026-09-11") == {"before_step"}


def test_a_legal_route_is_told_to_the_parties() -> None:
    assert Course().codes("route", told=False) == {"not_told"}
    assert Course().take("route").to_state == "routed"


def test_settled_on_the_spot_by_whom_it_was_settled() -> None:
    decision = Course().take("settle", by="何建平")
    assert (decision.changes["person"], decision.changes["settled_on"]) == ("何建平", TODAY)
    named = Course(dispute_file(unit="u", person="p")).take("settle")
    assert "person" not in named.changes


def test_who_approves_stands_on_the_list() -> None:
    course = settled().confirm(*THREE)
    course.take("follow")
    assert course.codes("close", approved_by="外人") == {"person_not_listed"}


# --- a random walk ---------------------------------------------------------------------------------

ANYTHING: st.SearchStrategy[Any] = st.sampled_from(
    ["", None, True, False, 0, 31, "周敏", "刘志远", "其他", "2026-08-30", [], ["1"], [{"no": 1}]]
)


class Walk(RuleBasedStateMachine):
    """One dispute; each rule tries a step, lawful or not, as a clerk or a script might."""

    @initialize(state=st.sampled_from(["found", "open", "mediation", "settled", "closed"]))
    def register(self, state: str) -> None:
        self.course = Course(dispute_file(state, unit="石桥村村委会", person="何建平"))

    @rule(data=st.data())
    def a_step_that_is_offered(self, data: st.DataObject) -> None:
        offers = DISPUTES.offers(self.course.file, self.course.around)
        allowed = [o.action for o in offers if o.allowed and o.lawful_here]
        if allowed:
            self._try(data.draw(st.sampled_from(allowed)), {})

    @rule(action=st.sampled_from(sorted(ACTIONS)), days=st.integers(-80, 3))
    def any_step_on_any_day(self, action: str, days: int) -> None:
        self._try(action, {"on": (TODAY + timedelta(days=days)).isoformat()})

    @rule(what=st.sampled_from(THREE))
    def one_of_the_three(self, what: str) -> None:
        self._try("confirm", {"what": what})

    @rule(data=st.data(), action=st.sampled_from(sorted(ACTIONS)))
    def a_step_filled_in_wildly(self, data: st.DataObject, action: str) -> None:
        field = data.draw(st.sampled_from(ACTIONS[action].fields))
        words = [code for code, _ in choices_of(field)]
        value = data.draw(st.sampled_from(words) if words else ANYTHING)
        self._try(action, {field.name: [value] if field.kind == "many" else value})

    def _try(self, action: str, more: dict[str, Any]) -> None:
        before, step = self.course.file, ACTIONS[action]
        three = set(confirmed(before))
        try:
            decision = self.course.take(action, **more)
        except RuleViolation as refusal:
            assert refusal.code and refusal.sentence.endswith("。") and refusal.mend
            assert self.course.file is before
            return
        assert decision.from_state in step.sources
        assert decision.to_state in (step.targets or (decision.from_state,))
        assert FOUND <= decision.on <= TODAY
        assert json.loads(json.dumps(decision.data, ensure_ascii=False)) == decision.data
        if action == "close":
            assert three == set(THREE), "struck off without the three"

    @invariant()
    def the_file_makes_sense(self) -> None:
        file = self.course.file
        assert file.state in STATES
        assert isinstance(file.dispute.due, date | None)
        assert (file.state in NOT_CLOSED) == (file.state not in ("closed", "void"))
        for offer in DISPUTES.offers(file, self.course.around):
            assert offer.allowed != bool(offer.missing)
            assert all(sentence.endswith("。") for sentence in offer.missing)


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestWalk = Walk.TestCase
