"""Reading what was typed: refused by name, never cut, never guessed."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workflow_cases import ANSWER, LAWFUL, Course, around, matter_file

from xinfang_desktop.domain import workflow
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.inputs import clean_text, read_fields, shown_name
from xinfang_desktop.domain.vocabulary import VOCABULARIES
from xinfang_desktop.places import RESOURCES


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"猜": 1}, "unknown_field", "猜"),
        ({"content": "a\x00b"}, "control_character", "content"),
        ({"content": "\u202e正文"}, "control_character", "content"),
        ({"place": "石桥村\n3 组"}, "control_character", "place"),
        ({"content": "字" * 20_001}, "too_long", "content"),
        ({"content": {"a": 1}}, "not_text", "content"),
        ({"content": 1.5}, "not_text", "content"),
        ({"record": "盯控"}, "unknown_choice", "record"),
        ({"on": "2026-02-30"}, "bad_date", "on"),
        ({"on": "昨天"}, "bad_date", "on"),
        ({"on": 20260910}, "bad_date", "on"),
    ],
)
def test_bad_values_are_refused_with_their_field(
    change: dict[str, Any], code: str, field: str
) -> None:
    file = matter_file("S40")
    found = workflow.problems(file, "note", {**LAWFUL["note"], **change}, around())
    assert [(p.code, p.field) for p in found] == [(code, field)]
    assert found[0].sentence.endswith("。")


def test_all_problems_are_told_at_once() -> None:
    course = Course(matter_file("S40"))
    assert course.codes("extend", {"days": "三十", "foo": 1}) == {
        "not_number", "unknown_field", "field_missing",
    }  # fmt: skip


def test_values_become_plain_and_json_able() -> None:
    decision = Course(matter_file("S40")).take(
        "note",
        record="调查核实",
        content="  e\u0301 <script>{{7*7}}\r\n第二行 ",
        on="２０２６-09-01",
    )
    assert decision.on.isoformat() == "2026-09-01"
    assert decision.data == {"record": "inquiry", "content": "é <script>{{7*7}}\n第二行"}


def test_rare_characters_are_kept() -> None:
    decision = Course(matter_file("S40")).take("note", record="other", content="䶮㛃𬭊喆")
    assert decision.data["content"] == "䶮㛃𬭊喆"


def test_rows_name_the_row_and_the_column() -> None:
    course = Course(matter_file("S31"))
    rows = [{"no": "１", **ANSWER}, {"no": 2, "outcome": "满分", "x": 1}]
    found = workflow.problems(course.file, "draft", {"answers": rows}, course.around)
    assert {(p.code, p.field) for p in found} == {
        ("unknown_choice", "answers.2.outcome"), ("unknown_field", "answers.2.x"),
    }  # fmt: skip


@pytest.mark.parametrize("rows", ["文字", [1], [{}] * 201])
def test_what_are_no_rows_is_refused(rows: Any) -> None:
    assert Course(matter_file("S31")).codes("draft", answers=rows) <= {"not_rows", "too_many"}
    assert Course(matter_file("S31")).codes("draft", answers=rows)


def test_an_unknown_step_and_a_list_for_an_object_are_refused() -> None:
    course = Course(matter_file("S40"))
    with pytest.raises(RuleViolation, match="没有“稳控”这一步"):
        course.take("稳控")
    found = workflow.problems(course.file, "note", [], course.around)  # type: ignore[arg-type]
    assert [p.code for p in found] == ["not_an_object"]


def test_clean_text_is_for_other_forms_too() -> None:
    assert clean_text(" 周敏 ", "姓名", 20, lines=False) == "周敏"
    with pytest.raises(RuleViolation) as refusal:
        clean_text("周" * 21, "姓名", 20, lines=False)
    assert refusal.value.code == "too_long"


@pytest.mark.parametrize("name", sorted(VOCABULARIES))
def test_the_closed_lists_are_those_of_the_code_tables(name: str) -> None:
    table = RESOURCES / "codes" / f"{name}.csv"
    if not table.is_file():
        assert all(code and word for code, word in VOCABULARIES[name])
        return
    with table.open(encoding="utf-8-sig", newline="") as rows:
        shipped = tuple((row["code"], row["name"]) for row in csv.DictReader(rows))
    assert shipped == VOCABULARIES[name]


@given(st.dictionaries(st.text(max_size=8), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
), max_size=4), st.sampled_from(["text", "long", "date", "int", "bool", "choice", "many", "rows"]))  # fmt: skip
def test_anything_is_read_or_refused(data: dict[str, Any], kind: Any) -> None:
    field = Field("a", "甲", kind, choices="nature" if kind == "choice" else ())
    reading = read_fields((field,), {**data, "a": next(iter(data.values()), None)})
    assert all(problem.sentence.endswith("。") and problem.code for problem in reading.problems)
    assert set(reading.values) <= {"a"}


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("text", 1.5), ("int", -1), ("bool", "也许"), ("date", "昨天"), ("many", 3), ("rows", "甲")],
)
def test_a_refusal_always_says_what_to_do(kind: str, raw: object) -> None:
    field = Field("f", "栏目", kind)  # type: ignore[arg-type]
    (problem,) = read_fields((field,), {"f": raw}).problems
    assert problem.mend.endswith(("。", "10")), problem.mend
    (missing,) = read_fields((Field("f", "栏目", kind, required=True),), {}).problems  # type: ignore[arg-type]
    assert missing.mend


def test_names_from_outside_fit_into_a_sentence() -> None:
    assert shown_name("台账\u202e\x1b\udcff.xlsx") == "台账���.xlsx"
    assert len(shown_name("长" * 5000)) == 80
