"""一件纠纷: what the page says and does, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import COURSE, EVIDENCE, SETTLED, bring, find
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.dispute_states import NOT_CLOSED
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.dispute import DisputePresenter, stood_words
from xinfang_desktop.presenters.dispute_steps import COURSE as USUAL
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import DisputeStood


def opened(desk: Desk, number: str) -> DisputePresenter:
    made = DisputePresenter(desk, run_now)
    made.open(number, lambda: None)
    return made


def submit(page: DisputePresenter, key: str, **values: Any) -> DisputeStood | list[XinfangError]:
    form = page.form_of(key)
    assert form is not None, page.why_locked(key)
    told: list[DisputeStood | list[XinfangError]] = []
    page.submit(
        form, {**form.values, **values}, told.append, lambda wrong: told.append(list(wrong))
    )
    page.load(lambda: None)
    return told[0]


def test_every_state_has_its_usual_steps() -> None:
    assert set(USUAL) == {*NOT_CLOSED, "closed"}


def test_a_found_dispute_is_verified_first_and_closing_is_not_near(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    steps = page.steps()
    assert [step.label for step in steps.main] == ["核实", "登记化解", "分级", "交办"]
    assert steps.locked == () and steps.find("confirm") is None
    close = steps.find("close")
    assert close is not None and not close.allowed
    assert "责任不落实不放过" in close.reason and "还没有登记化解的结果" in close.reason


def test_the_steps_lead_to_the_end_by_their_forms_alone(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    for action, state, data in COURSE:
        key = f"{action}:{data['what']}" if action == "confirm" else action
        said = {name: value for name, value in data.items() if name != "what"}
        stood = submit(page, key, **said)
        assert isinstance(stood, DisputeStood), stood
        assert stood.state == state == page.seen.row.state
        assert stood_words(stood, "这一步").startswith("这一步：已记下，纠纷现在是“")
    assert page.seen.row.three == ("done", "done", "done")
    assert [stage.state for stage in page.seen.stages][-1] == "now"


def test_each_of_the_three_says_why_it_cannot_be_confirmed_yet(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    reasons = {each.what: each.reason for each in page.three()}
    assert reasons == {
        "responsibility": "还没有定责任单位和责任人，不能确认责任已经落实。",
        "facts": "还没有核实记录，不能确认问题已经查清。",
        "hazard": "还没有化解，不能确认隐患已经排除。",
    }
    assert page.form_of("confirm:facts") is None
    assert page.why_locked("confirm:facts") == reasons["facts"]
    bring(desk, page.number, "verified")
    page.load(lambda: None)
    assert {each.what for each in page.three() if not each.reason} == {"facts"}


def test_a_confirmation_keeps_its_evidence_and_who_gave_it(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    bring(desk, page.number, "open")
    page.load(lambda: None)
    wrong = submit(page, "confirm:responsibility")
    assert isinstance(wrong, list) and [problem.field for problem in wrong] == ["evidence"]
    submit(page, "confirm:responsibility", evidence=EVIDENCE)
    given = page.three()[0]
    assert (given.done, given.evidence, given.who) == (True, EVIDENCE, "9月21日 · 周敏")
    assert page.seen.row.three == ("done", "", "")


def test_closing_is_locked_with_what_is_missing_beside_it(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    bring(desk, page.number, "open")
    page.load(lambda: None)
    submit(page, "settle", **SETTLED)
    locked = page.steps().locked
    assert [step.label for step in locked] == ["销号"]
    assert "问题不查清不放过" in locked[0].reason and "还没有回访" in locked[0].reason


def test_people_are_masked_until_they_are_looked_at_for_a_reason(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    assert page.people() == "何** 139****2046、欧阳** 138****1158"
    refused: list[Sequence[XinfangError]] = []
    page.reveal(" ", lambda: None, refused.append)
    assert refused[0][0].field == "reason"
    page.reveal("打电话约时间", lambda: None, refused.append)
    assert page.people() == "何冬生 13907392046、欧阳秀兰 13807391158"
    desk.flush_looks()
    page.load(lambda: None)
    assert any("打电话约时间" in row.what for row in page.seen.seen)
    page.open(find(desk, summary="另一件").number, lambda: None)
    assert "何冬生" not in page.people(), "another dispute begins masked"


def test_what_is_known_is_told_and_what_was_not_said_is_left_out(desk: Desk) -> None:
    page = opened(desk, find(desk, urgent=True, people=None, occurred_on="2026-09-17").number)
    told = {fact.name: fact.words for fact in page.facts()}
    assert told["类别"] == "邻里" and told["涉及金额"] == "3,200 元" and told["情况"] == "事情紧急"
    assert told["发生"] == "9月17日 · 三组 · 老祠堂前" and told["发现"] == "9月21日 · 周敏"
    assert not told.keys() & {"涉及人数", "责任单位", "化解情况", "化解措施"}
    assert page.time_limit() == "" and page.time_limit_duty() == ""
    assert page.seen.grade_reasons[0].startswith("情况紧急")


def test_the_time_limit_explains_itself_and_its_duty_leads_to_settling(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    bring(desk, page.number, "assigned")
    page.load(lambda: None)
    assert page.time_limit() == "10月15日"
    told: list[Arithmetic] = []
    page.explain(page.time_limit_duty(), told.append)
    assert told[0].due.isoformat() == "2026-10-15"
    (duty,) = page.duty_items()
    assert (duty.verb, duty.target, duty.words) == ("登记化解", "step:settle", "还有 24 天")
    assert page.duty_note() == "未办 1，已办 0"


def test_the_grade_form_begins_with_what_is_known_and_may_take_a_tick_off(desk: Desk) -> None:
    page = opened(desk, find(desk, danger=True).number)
    form = page.form_of("grade")
    assert form is not None
    assert (form.values["people"], form.values["amount"]) == (4, 320_000)
    grades = next(each for each in form.fields if each.name == "grade")
    assert [word for word, _ in grades.choices] == ["简单", "一般", "复杂", "疑难"]
    before = page.seen.row.level
    submit(page, "grade", danger=False, amount="3200")
    assert not page.seen.danger and page.seen.row.level < before
    wrong = submit(page, "grade", grade="疑难", amount="3200")
    assert isinstance(wrong, list) and [problem.field for problem in wrong] == ["reason"]


def test_handing_over_names_the_other_record(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    stood = submit(page, "to_matter", reason="当事人要求书面答复")
    assert isinstance(stood, DisputeStood) and len(stood.made) == 1
    assert stood.made[0] in stood_words(stood, "转信访事项")
    assert [(link.case, link.number) for link in page.seen.links] == [("matter", stood.made[0])]


def test_a_line_is_noted_and_an_empty_one_is_refused(desk: Desk) -> None:
    page = opened(desk, find(desk).number)
    refused: list[Sequence[XinfangError]] = []
    page.note("progress", " ", lambda stood: None, refused.append)
    assert refused[0][0].sentence == "还没有写做了什么。"
    page.note("visit", "去两户家里看过", lambda stood: None, refused.append)
    page.load(lambda: None)
    assert page.seen.timeline[0].text == "去两户家里看过；种类：走访了解"
    assert len(refused) == 1


@pytest.mark.parametrize("role", ["liaison", "leader", "supervisor"])
def test_who_may_not_take_a_step_is_told_who_may(role: str, desk: Desk, desk_of: DeskOf) -> None:
    page = opened(desk_of(role), find(desk).number)
    void = page.steps().find("void")
    assert void is not None and not void.allowed and "信访专干" in void.reason
    assert bool(page.why_not("reveal_parties")) == (role == "supervisor")


def test_a_recurrence_starts_again_and_asks_the_three_anew(desk: Desk, clock: MovableClock) -> None:
    page = opened(desk, find(desk).number)
    bring(desk, page.number, "closed")
    clock.go("2026-11-02")
    page.load(lambda: None)
    assert [step.key for step in page.steps().main] == ["reopen"]
    submit(page, "reopen", reason="雨后沟又堵了")
    assert page.seen.row.state == "open" and not any(each.done for each in page.three())
