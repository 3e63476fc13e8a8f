"""登记 without a screen: what the command becomes, what a tick still wants, where a problem stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import MovableClock, register
from xinfang_desktop.domain import intake
from xinfang_desktop.presenters.register import (
    FIELDS,
    MORE_FIELDS,
    Outcome,
    RegisterPresenter,
    haves_command,
    haves_problems,
    screen_field,
)
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services import drafts
from xinfang_desktop.services.desk import Desk

TYPED = {
    "channel": "visit",
    "received_on": "2026-09-21",
    "name": "王桂芳",
    "phone": "13907391827",
    "village": "柳溪村",
    "claims": ["修路"],
    "flags": ["large_print"],
    "haves": {"hardship": "none"},
}


@pytest.fixture
def presenter(desk: Desk) -> RegisterPresenter:
    return RegisterPresenter(desk, run_now)


def save(presenter: RegisterPresenter, *codes: str) -> Outcome:
    outcomes: list[Outcome] = []
    presenter.save(codes, outcomes.append)
    return outcomes[0]


def test_every_field_of_the_service_has_its_place_on_the_screen() -> None:
    composed = {
        "parties",
        "anonymous",
        "confidential",
        "large_print",
        "urgent",
        "may_publish",
        "sealed",
        "reprisal",
        "matter",
    }
    here = {field.name for field in (*FIELDS, *MORE_FIELDS)}
    assert {field.name for field in intake.FIELDS} <= here | composed


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("claims.2.text", "claims"),
        ("parties.1.phone", "phone"),
        ("parties.3.phone", "companions"),
        ("confidential", "flags"),
        ("sealed", "more_flags"),
        ("received_on", "received_on"),
        ("", ""),
    ],
)
def test_a_problem_stands_under_the_field_it_is_about(path: str, field: str) -> None:
    assert screen_field(path) == field


@pytest.mark.parametrize(
    ("ticked", "evidence"),
    [
        ({}, {}),
        ({"hardship": "unasked"}, {}),
        ({"hardship": "none"}, {"困": {"hardship": False}}),
        (
            {"hardship": "refer", "referral": "镇民政办", "item": "临时救助"},
            {"困": {"hardship": True, "referral": "镇民政办", "item": "临时救助"}},
        ),
        ({"answer": "now", "answered": "三天内去看"}, {"答": {"content": "三天内去看"}}),
        (
            {"answer": "promise", "promised_on": "2026-09-24"},
            {"答": {"promised_on": "2026-09-24", "how": "电话"}},
        ),
        (
            {"policy": True, "article": "《社会救助暂行办法》第四十八条"},
            {"释": {"content": "讲了政策依据", "article": "《社会救助暂行办法》第四十八条"}},
        ),
    ],
)
def test_the_ticks_become_evidence(ticked: dict[str, Any], evidence: dict[str, Any]) -> None:
    assert haves_command(ticked) == evidence
    assert haves_problems(ticked) == []


@pytest.mark.parametrize(
    "ticked",
    [{"answer": "now"}, {"answer": "promise"}, {"policy": True}, {"hardship": "refer"}],
)
def test_a_tick_without_its_words_is_no_evidence(ticked: dict[str, Any]) -> None:
    assert haves_command(ticked) == {}
    assert [problem.field for problem in haves_problems(ticked)] == ["haves"]


def test_saving_registers_prints_and_forgets_the_draft(
    presenter: RegisterPresenter, desk: Desk
) -> None:
    presenter.edited("claims", TYPED)
    presenter.keep_draft(lambda: None)
    assert [draft.title for draft in drafts.drafts(desk)] == ["来访 · 柳溪村 · 修路"]
    outcome = save(presenter, "F02")
    assert outcome.registered is not None and not outcome.problems
    assert [title for title, _ in outcome.papers] == ["登记回执（含查询码）"]
    assert outcome.papers[0][1].startswith(b"%PDF")
    assert drafts.drafts(desk) == () and presenter.is_empty()


def test_problems_come_all_at_once_and_the_draft_stays(
    presenter: RegisterPresenter, desk: Desk
) -> None:
    presenter.edited(
        "name", {**TYPED, "claims": [], "received_on": "2027-01-01", "haves": {"policy": True}}
    )
    presenter.keep_draft(lambda: None)
    outcome = save(presenter)
    assert {problem.field for problem in outcome.problems} == {"claims", "received_on", "haves"}
    assert len(drafts.drafts(desk)) == 1 and presenter.values["name"] == "王桂芳"


def test_an_empty_form_leaves_no_draft(presenter: RegisterPresenter, desk: Desk) -> None:
    presenter.edited(
        "flags", {"channel": "visit", "received_on": "2026-09-21", "flags": ["anonymous"]}
    )
    presenter.keep_draft(lambda: None, always=True)
    assert drafts.drafts(desk) == ()


def test_a_draft_brings_judgements_back(
    presenter: RegisterPresenter, desk: Desk, clock: MovableClock
) -> None:
    earlier = register(desk)
    presenter.edited("claims", TYPED)
    presenter.judge(earlier.number, "different")
    presenter.keep_draft(lambda: None)
    key = drafts.drafts(desk)[0].key
    again = RegisterPresenter(desk, run_now)
    again.resume(key, lambda: None)
    assert again.judged_as("different") == (earlier.number,)
    again.look_for_similar(lambda: None)
    assert again.candidates == ()
    again.unjudge(earlier.number)
    again.look_for_similar(lambda: None)
    assert [candidate.number for candidate in again.candidates] == [earlier.number]


def test_only_one_matter_can_be_the_same(presenter: RegisterPresenter) -> None:
    presenter.judge("A", "same")
    presenter.judge("B", "same")
    assert presenter.judged_as("same") == ("B",)
    assert presenter.command()["matter"] == "B"


def test_the_four_haves_are_asked_of_a_visit_only(presenter: RegisterPresenter) -> None:
    presenter.edited("channel", {**TYPED, "channel": "letter"})
    assert not presenter.is_visit and "haves" not in presenter.command()
