"""A random walk of lawful and unlawful steps: no state outside the table, no silent refusal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from workflow_cases import LAWFUL, OFFICE, RECEIVED, TODAY, Course, around, matter_file

from xinfang_desktop.domain import history
from xinfang_desktop.domain.duties import duties_of
from xinfang_desktop.domain.duty import Duty, Rulebook
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.inputs import choices_of
from xinfang_desktop.domain.matter import MatterFile
from xinfang_desktop.domain.states import STAGES, STATES
from xinfang_desktop.domain.workflow import ACTIONS, offers
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
BOOK = Rulebook(REFERENCE.rules, REFERENCE.calendar)

REDATES = frozenset({"redate", "return"})
"""Steps by which a matter has another day 0: its clocks run from there."""


def owed(file: MatterFile) -> dict[str, Duty]:
    """The duties of the file by their keys; the simple answer stands for the ordinary one."""
    found = duties_of(file, BOOK, OFFICE)
    return {duty.key.replace("simple_answer", "answer"): duty for duty in found}


ANYTHING: st.SearchStrategy[Any] = st.sampled_from(
    ["", None, True, False, 0, 31, "周敏", "刘志远", "其他", "2026-08-30", [], ["1"], [{"no": 1}]]
)


class Walk(RuleBasedStateMachine):
    """One matter; each rule tries a step, lawful or not, as a clerk or a script might."""

    @initialize(
        state=st.sampled_from(["S10", "S20", "S75"]),
        origin=st.sampled_from(["self", "forwarded"]),
        anonymous=st.booleans(),
        nature=st.sampled_from(["", "appeal", "suggestion"]),
        due=st.none() | st.dates(RECEIVED, TODAY),
    )
    def register(
        self, state: str, origin: str, anonymous: bool, nature: str, due: date | None
    ) -> None:
        file = matter_file(state, origin=origin, anonymous=anonymous, nature=nature)
        desk = around(
            others={"20260601-A0001": "S40"}, answer_due=due, object_due=due, notice_due=due
        )
        self.course = Course(file, desk)

    @rule(data=st.data())
    def a_step_that_is_offered(self, data: st.DataObject) -> None:
        allowed = [o.action for o in offers(self.course.file, self.course.around) if o.allowed]
        if allowed:
            self._try(data.draw(st.sampled_from(allowed)), {})

    @rule(action=st.sampled_from(sorted(ACTIONS)), days=st.integers(-80, 3))
    def any_step_on_any_day(self, action: str, days: int) -> None:
        self._try(action, {"on": (TODAY + timedelta(days=days)).isoformat()})

    @rule(data=st.data(), action=st.sampled_from(sorted(ACTIONS)))
    def a_step_filled_in_wildly(self, data: st.DataObject, action: str) -> None:
        field = data.draw(st.sampled_from(ACTIONS[action].fields))
        words = [code for code, _ in choices_of(field)]
        value = data.draw(st.sampled_from(words) if words else ANYTHING)
        self._try(action, {field.name: [value] if field.kind == "many" else value})

    @rule(roles=st.sets(st.sampled_from(["admin", "officer", "leader", "supervisor", "sealed"])))
    def somebody_else_sits_down(self, roles: set[str]) -> None:
        self.course.around = replace(self.course.around, roles=frozenset(roles | {"officer"}))

    def _try(self, action: str, more: dict[str, Any]) -> None:
        before = self.course.file
        step = ACTIONS[action]
        try:
            decision = self.course.take(action, {**LAWFUL[action], **more})
        except RuleViolation as refusal:
            assert refusal.code and refusal.sentence.endswith("。")
            assert refusal.article, refusal.code
            assert self.course.file is before
            return
        self._no_clock_is_lost(action, before)
        assert decision.from_state in step.sources
        assert decision.to_state in (step.targets or (decision.from_state,))
        assert RECEIVED <= decision.on <= TODAY
        assert json.loads(json.dumps(decision.data, ensure_ascii=False)) == decision.data
        assert set(decision.changes) <= {
            "state", "owner", "unit", "nature", "sealed", "received_on",
        }  # fmt: skip

    def _no_clock_is_lost(self, action: str, before: MatterFile) -> None:
        """What was owed stays in the books: open, done or not owed for a reason; done is done."""
        if self.course.file.matter.state == "T12" or action in REDATES:
            return
        was, now = owed(before), owed(self.course.file)
        assert set(was) <= set(now), f"{action}: {set(was) - set(now)}"
        undone = {key for key, duty in was.items() if duty.done_on and not now[key].done_on}
        assert not undone, f"{action}: {undone}"

    @invariant()
    def the_file_makes_sense(self) -> None:
        file = self.course.file
        assert file.matter.state in STATES
        assert history.approved_extension_days(file) <= 30
        bar = history.stage_dates(file)
        assert [field.stage for field in bar] == list(STAGES)
        assert [field.state for field in bar].count("now") == 1
        if history.served_on(file) and history.signed_on(file):
            assert history.drafter(file)
        for offer in offers(file, self.course.around):
            assert offer.allowed != bool(offer.missing)
            assert all(sentence.endswith("。") for sentence in offer.missing)


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestWalk = Walk.TestCase


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_many_long_walks() -> None:
    long = settings(max_examples=600, stateful_step_count=120, deadline=None)
    run_state_machine_as_test(Walk, settings=long)
