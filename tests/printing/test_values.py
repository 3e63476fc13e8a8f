"""Facts as JSON, as fields, and changed by the officer."""

from __future__ import annotations

import json
from datetime import date

import pytest

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing.values import fields_of, from_json, to_json, with_values

from .papers import EVERY, FULL, least


@pytest.mark.parametrize("code", EVERY)
def test_facts_survive_the_store(code: str) -> None:
    for paper in (EVERY[code], least(code)):
        stored = json.loads(json.dumps(to_json(paper), ensure_ascii=False))
        assert from_json(type(paper), stored) == paper


def test_an_unknown_key_of_another_version_is_left_out() -> None:
    stored = {**to_json(FULL["F07"]), "weather": "晴"}
    assert from_json(F.Acceptance, stored) == FULL["F07"]


def test_an_override_reaches_into_the_matter() -> None:
    paper = with_values(
        FULL["F07"], {"matter.title": "修路", "due": "2026-11-09", "handler": "王桂芳"}
    )
    assert isinstance(paper, F.Acceptance)
    assert (paper.matter.title, paper.due, paper.handler) == ("修路", date(2026, 11, 9), "王桂芳")
    assert paper.matter.number == "20260906-A0002"
    with pytest.raises(KeyError):
        with_values(FULL["F07"], {"weather": "晴"})


def test_rows_are_overridden_from_plain_values() -> None:
    row = {
        "no": 1,
        "claim": "修路",
        "facts": "路断了",
        "basis": "公路法",
        "outcome": "支持",
        "opinion": "修",
    }
    paper = with_values(FULL["F19"], {"answers": [row]})
    assert isinstance(paper, F.Opinion)
    assert paper.answers == (F.AnswerFacts(**row),)  # type: ignore[arg-type]


def test_the_screen_gets_the_fields_of_the_paper() -> None:
    by_name = {field.name: field for field in fields_of(F.Acceptance)}
    assert by_name["accepted_on"].kind == "date"
    assert by_name["accepted_on"].required
    assert by_name["matter.title"].label == "信访事项"
    assert "office.organ" not in by_name
    answers = {field.name: field for field in fields_of(F.Opinion)}["answers"]
    assert [column.name for column in answers.columns][:3] == ["no", "claim", "facts"]
