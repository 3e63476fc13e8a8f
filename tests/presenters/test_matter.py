"""信访事项页: what the page says and does, without a window."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.factories import bring_to, register
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.matter import MatterPresenter, taken_words
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services import handling
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import StepTaken


def opened(desk: Desk, number: str) -> MatterPresenter:
    made = MatterPresenter(desk, run_now)
    made.open(number, lambda: None)
    return made


def submit(page: MatterPresenter, key: str, **values: object) -> StepTaken | list[XinfangError]:
    form = page.form_of(key)
    assert form is not None, page.why_locked(key)
    found: list[StepTaken | list[XinfangError]] = []
    page.submit(
        form, {**form.values, **values}, found.append, lambda problems: found.append(list(problems))
    )
    return found[0]


def test_the_record_that_drafting_waits_for_comes_first(desk: Desk) -> None:
    matter = register(desk)
    bring_to(desk, matter.number, "S40")
    handling.take_step(desk, matter.number, "hearing", {"host": "刘志远", "content": "听证情况"})
    page = opened(desk, matter.number)
    page.load(lambda: None)
    ready = page.steps()
    assert ready.main[0].key == "draft"
    fresh = register(desk, title="另一件", parties=None)
    for action, data in (
        ("claim", {"no_interest": True}), ("accept", {}), ("start", {"how": "电话", "content": "联系"}),
    ):  # fmt: skip
        handling.take_step(desk, fresh.number, action, data)
    steps = opened(desk, fresh.number).steps()
    assert [step.label for step in steps.main][:2] == ["记调查核实", "记听取陈述"]
    assert [step.label for step in steps.locked] == ["起草处理意见"]
    assert "还缺：调查核实记录 1 份。" in steps.locked[0].reason


def test_an_unlawful_step_is_not_offered_at_all(desk: Desk) -> None:
    page = opened(desk, register(desk).number)
    shown = {step.action for step in (*page.steps().main, *page.steps().more, *page.steps().locked)}
    assert "claim" in shown
    assert not shown & {"close", "serve", "archive", "extend", "fulfil"}


def test_a_step_says_everything_that_is_wrong_and_writes_nothing(desk: Desk) -> None:
    matter = register(desk)
    bring_to(desk, matter.number, "S20")
    page = opened(desk, matter.number)
    wrong = submit(page, "forward")
    assert isinstance(wrong, list)
    assert {problem.field for problem in wrong} >= {"mode", "unit"}
    page.load(lambda: None)
    assert page.seen.state == "S20"


def test_a_note_with_a_preset_record_opens_drafting(desk: Desk) -> None:
    matter = register(desk)
    for action, data in (
        ("claim", {"no_interest": True}), ("accept", {}), ("start", {"how": "电话", "content": "联系"}),
    ):  # fmt: skip
        handling.take_step(desk, matter.number, action, data)
    page = opened(desk, matter.number)
    assert isinstance(submit(page, "note:inquiry", content="现场查看塌方"), StepTaken)
    page.load(lambda: None)
    assert isinstance(submit(page, "note:statement", content="听取本人陈述"), StepTaken)
    page.load(lambda: None)
    form = page.form_of("draft")
    assert form is not None
    assert form.values["answers"] == [{"no": 1}, {"no": 2}]
    assert "1. 尽快清理后山路塌方，恢复通车" in form.note


def test_claims_to_split_are_named_not_numbered(desk: Desk) -> None:
    matter = register(desk)
    bring_to(desk, matter.number, "S20")
    page = opened(desk, matter.number)
    form = page.form_of("split")
    assert form is not None
    asked = next(each for each in form.fields if each.name == "claims")
    assert asked.choices == (
        ("1", "1. 尽快清理后山路塌方，恢复通车"), ("2", "2. 补偿塌方压坏的菜地"),
    )  # fmt: skip
    taken = submit(page, "split", claims=["2"], reason="另一件事")
    assert isinstance(taken, StepTaken) and len(taken.made) == 1
    assert taken.made[0] in taken_words(taken, "分案")


def test_a_promise_is_fulfilled_by_choosing_it(desk: Desk) -> None:
    matter = register(desk)
    handling.take_step(desk, matter.number, "promise", {"what": "周五前回电", "due": "2026-09-25"})
    page = opened(desk, matter.number)
    form = page.form_of("fulfil")
    assert form is not None
    task = next(each for each in form.fields if each.name == "task")
    assert task.choices[0][0] == "promise:1" and "周五前回电" in task.choices[0][1]
    assert isinstance(submit(page, "fulfil", task="promise:1", content="已回电"), StepTaken)


def test_duties_show_the_unrolled_day_first_and_explain_themselves(desk: Desk) -> None:
    page = opened(desk, register(desk).number)
    notice = next(item for item in page.duty_items() if item.id.endswith("/notice"))
    assert notice.when == "10月6日，最迟 10月8日"
    assert notice.verb == "", "what is to be done here stands above, among the next steps"
    found: list[Arithmetic] = []
    page.explain(notice.id, found.append)
    assert found[0].due.isoformat() == "2026-10-08" and found[0].steps
    assert page.duty_note().startswith("未办")


def test_names_are_shown_for_a_reason_and_the_look_is_logged(desk: Desk) -> None:
    matter = register(desk)
    page = opened(desk, matter.number)
    assert page.person() == "王** · 139****1827"
    refused: list[Sequence[XinfangError]] = []
    page.reveal("  ", lambda parties: None, refused.append)
    assert refused[0][0].field == "reason"
    page.reveal("核对电话", lambda parties: None, refused.append)
    assert page.person() == "王桂芳 · 13907391827"
    page.hide()
    assert "王桂芳" not in page.person()
    desk.flush_looks()
    page.load(lambda: None)
    assert any("核对电话" in row.what for row in page.seen.seen)


def test_one_line_is_noted_and_an_empty_one_is_refused(desk: Desk) -> None:
    matter = register(desk)
    page = opened(desk, matter.number)
    refused: list[Sequence[XinfangError]] = []
    page.note("other", " ", lambda taken: None, refused.append)
    assert refused[0][0].sentence == "还没有写做了什么。"
    page.note("contact", "电话约好上门", lambda taken: None, refused.append)
    page.load(lambda: None)
    assert "电话约好上门" in page.seen.timeline[0].text
    assert len(refused) == 1


def test_claims_may_be_added_later(desk: Desk) -> None:
    matter = register(desk)
    page = opened(desk, matter.number)
    refused: list[Sequence[XinfangError]] = []
    page.add_claims({}, lambda: None, refused.append)
    assert {problem.field for problem in refused[0]} == {"channel", "received_on", "claims"}
    page.add_claims(
        {"channel": "call", "received_on": "2026-09-21", "claims": ["公开村道施工图"]},
        lambda: None, refused.append,
    )  # fmt: skip
    page.load(lambda: None)
    assert [claim.text for claim in page.seen.claims][-1] == "公开村道施工图"
    assert len(refused) == 1


def test_short_stages_have_two_characters(desk: Desk) -> None:
    page = opened(desk, register(desk).number)
    assert {len(name) for name, _, _ in page.stages(short=True)} == {2}
    assert page.stages()[0][0] == "已登记"


@pytest.mark.parametrize("role", ["supervisor", "leader"])
def test_who_may_not_take_a_step_is_told_so(desk: Desk, desk_of, role: str) -> None:  # type: ignore[no-untyped-def]
    matter = register(desk)
    page = opened(desk_of(role), matter.number)
    claim = page.steps().find("claim")
    assert claim is not None and not claim.allowed and "信访专干" in claim.reason
    assert page.form_of("claim") is None
