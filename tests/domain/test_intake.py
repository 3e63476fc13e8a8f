"""What a clerk types at the desk: as little as the law asks, and nothing doubtful stops it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import TODAY, VISITOR, visit
from xinfang_desktop.domain import intake
from xinfang_desktop.domain.intake import FIELDS, read, title_of

LEAST = {"channel": "来访", "received_on": "2026-09-21", "claims": ["清理塌方"]}


def problems(**over: Any) -> dict[str, str]:
    """Field → code of what is wrong; every problem is Chinese and says what to do."""
    found = read(visit(**over), today=TODAY).problems
    for problem in found:
        assert problem.sentence.endswith(("。", "？")), problem.sentence
        assert problem.mend, problem.code
    return {problem.field: problem.code for problem in found}


def warnings(**over: Any) -> set[str]:
    """Fields that are warned about, where nothing is wrong."""
    checked = read(visit(**over), today=TODAY)
    assert not checked.problems
    return {warning.field for warning in checked.warnings}


def test_a_request_a_day_and_a_channel_are_enough() -> None:
    checked = read(LEAST, today=TODAY)
    assert not checked.problems
    assert not checked.warnings
    assert checked.values["claims"] == [{"text": "清理塌方"}]


@pytest.mark.parametrize("missing", ["channel", "received_on", "claims"])
def test_each_of_the_three_is_asked_for(missing: str) -> None:
    assert problems(**{missing: None}) == {missing: "field_missing"}


def test_nothing_else_is_required() -> None:
    assert {field.name for field in FIELDS if field.required} == set(LEAST)


def test_one_request_may_be_written_plainly() -> None:
    assert read({**LEAST, "claims": "清理塌方"}, today=TODAY).values["claims"] == [
        {"text": "清理塌方"}
    ]


def test_people_are_normalised_and_empty_rows_left_out() -> None:
    person = {"name": " 王 桂芳 ", "phone": "１３９-0739 1827", "id_number": "430522196803152722"}
    values = read(visit(parties=[person, {"role": "joint"}]), today=TODAY).values
    assert values["parties"] == [
        {"name": "王桂芳", "phone": "13907391827", "id_number": "430522196803152722"}
    ]


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"received_on": "2026-09-22"}, "received_on", "future_date"),
        ({"received_on": "1935-01-01"}, "received_on", "date_too_early"),
        ({"received_on": "去年"}, "received_on", "bad_date"),
        ({"report_due": "2026-09-01"}, "report_due", "dates_contradict"),
        ({"headcount": 0}, "headcount", "headcount"),
        ({"headcount": "很多"}, "headcount", "not_number"),
        ({"claims": []}, "claims", "field_missing"),
        ({"claims": [{"text": " "}]}, "claims.1.text", "field_missing"),
        ({"claims": ["好", "x" * 501]}, "claims.2.text", "too_long"),
        ({"claims": [3]}, "claims", "not_rows"),
        ({"claims": ["清理\x00塌方"]}, "claims.1.text", "control_character"),
        ({"summary": "x" * 1_000_000}, "summary", "too_long"),
        ({"parties": [{}] * 10_000}, "parties", "too_many"),
        ({"parties": [{"name": "王\u202e芳"}]}, "parties.1.name", "control_character"),
        ({"parties": [{"risk": "高"}]}, "parties.1.risk", "unknown_field"),
        ({"watch_list": True}, "watch_list", "unknown_field"),
        ({"anonymous": "也许"}, "anonymous", "not_yes_no"),
        ({"haves": ["答"]}, "haves", "haves_shape"),
        ({"haves": {"释": {"content": "讲了"}}}, "article", "evidence_missing"),
    ],
)
def test_what_cannot_be_registered(over: dict[str, Any], field: str, code: str) -> None:
    assert problems(**over) == {field: code}


@pytest.mark.parametrize("data", [[], "来访", None, 7])
def test_what_is_no_form_at_all(data: Any) -> None:
    (problem,) = read(data, today=TODAY).problems
    assert problem.code == "not_an_object"


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"phone": "1390739"}, "parties.1.phone"),
        ({"id_number": "430522196803152727"}, "parties.1.id_number"),
        ({"id_number": "43052219680315272X"}, "parties.1.id_number"),
    ],
)
def test_a_doubtful_number_is_kept_and_pointed_at(person: dict[str, str], field: str) -> None:
    assert warnings(parties=[{**VISITOR, **person}]) == {field}
    kept = read(visit(parties=[{**VISITOR, **person}]), today=TODAY).values["parties"][0]
    assert kept[next(iter(person))] == next(iter(person.values()))


@pytest.mark.parametrize(("count", "said"), [(5, set()), (6, {"parties"})])
def test_more_than_five_representatives_are_said_and_registered(count: int, said: set[str]) -> None:
    people = [{"name": f"代表{no}", "role": "representative"} for no in range(count)]
    assert warnings(parties=people, headcount=count) == said


def test_an_earlier_day_is_marked_and_a_reason_answers_it() -> None:
    earlier = (TODAY - timedelta(days=2)).isoformat()
    assert warnings(received_on=earlier) == {"received_on"}
    assert warnings(received_on=earlier, late_reason="停电") == set()
    assert warnings(received_on=(TODAY - timedelta(days=1)).isoformat()) == {"received_on"}
    assert warnings(received_on=TODAY.isoformat()) == set()


def test_the_headcount_may_be_more_than_the_names_and_not_less() -> None:
    two = [VISITOR, {"name": "何小梅", "role": "joint"}]
    assert warnings(parties=two, headcount=12) == set()
    assert warnings(parties=two, headcount=1) == {"headcount"}


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"claims": [{"text": "恢复通车。另补偿菜地"}]}, "恢复通车"),
        ({"claims": [{"text": "修" * 60}]}, "修" * 39 + "…"),
        ({"title": "后山路塌方", "claims": [{"text": "恢复通车"}]}, "后山路塌方"),
        ({"claims": [{"text": "。。。"}]}, "。。。"),
    ],
)
def test_the_matter_is_called_after_its_first_request(values: dict[str, Any], title: str) -> None:
    assert title_of(values) == title


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "'; DROP TABLE matter;--"]
)
def test_what_looks_like_code_is_text(text: str) -> None:
    values = read(visit(claims=[text], summary=text), today=TODAY).values
    assert values["claims"][0]["text"] == values["summary"] == text


WILD: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in intake.FIELDS] + ["haves", "x"]), WILD, max_size=8
    )
)
def test_no_input_whatever_is_our_bug(data: dict[str, Any]) -> None:
    checked = read(data, today=date(2026, 9, 21))
    assert checked.problems or set(LEAST) <= checked.values.keys()
