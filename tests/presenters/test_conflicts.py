"""冲突: one line a record, both sides in columns, what changed marked, a value of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.neighbours import Neighbours, bring
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.conflicts import (
    ADDED,
    REMOVED,
    SAME,
    ConflictsPresenter,
    pieces,
)
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.conflicts import (
    OTHER,
    ConflictRow,
    ConflictValue,
    conflict_list,
    resolve_conflict,
    settled_list,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import dispute_view

DeskAt = Callable[..., Desk]


@pytest.fixture
def town(three: Neighbours, desk_at: DeskAt) -> Desk:
    found = desk_at(three.town)
    bring(found, three.second)
    return found


def judging(desk: Desk) -> ConflictsPresenter:
    made = ConflictsPresenter(desk, run_now)
    made.take(conflict_list(desk), settled_list(desk))
    return made


def nothing(_count: int = 0) -> None:
    """Nothing is drawn."""


def refuse(error: XinfangError) -> None:
    raise error


def test_fields_of_one_record_are_one_line_with_a_column_a_site(town: Desk) -> None:
    (group,) = judging(town).groups
    assert (group.title, group.what) == ("村道排水沟堵塞，涉 2 户", "详细情况等 2 处")
    assert (group.where, group.page) == ("矛盾纠纷 · 柳溪村", "dispute")
    assert [(head.title, head.who) for head in group.heads] == [
        ("柳溪村村委会改的", "何建平，9月21日 11:00"), ("本机改的", "周敏，9月21日 11:45"),
    ]  # fmt: skip
    assert [q.editor for q in group.questions] == ["long", "date"]
    detail = group.questions[0]
    assert detail.before.endswith("互相说是对方堵的。")
    marks = {kind for side in detail.sides for kind, _ in side.pieces}
    assert marks == {SAME, ADDED, REMOVED}


@given(st.text("甲乙丙丁，。", max_size=30), st.text("甲乙丙丁，。", max_size=30))
def test_the_pieces_are_the_two_texts(before: str, now: str) -> None:
    found = pieces(before, now)
    assert "".join(text for kind, text in found if kind != REMOVED) == now
    if any(kind == REMOVED for kind, _ in found) or found != ((SAME, now),):
        assert "".join(text for kind, text in found if kind != ADDED) == before


def test_a_new_text_is_not_marked_letter_by_letter() -> None:
    assert pieces("排水沟被碎石堵住", "李家搬走了，没人管") == ((SAME, "李家搬走了，没人管"),)
    assert pieces("（空）", "新写的") == ((SAME, "新写的"),)


@pytest.mark.parametrize(
    ("written", "problem"), [(None, "还缺"), ("", "还缺"), ("明明后", "化解时限不是")]
)
def test_a_value_of_ones_own_must_be_there_and_readable(
    town: Desk, written: Any, problem: str
) -> None:
    judge = judging(town)
    due = judge.groups[0].questions[1]
    judge.pick(due.id, OTHER)
    judge.write(due.id, written)
    told: list[XinfangError] = []
    judge.save(nothing, told.append)
    assert len(told) == 1 and told[0].field == due.id and problem in told[0].sentence
    assert len(conflict_list(town)) == 2, "nothing is saved by halves"
    assert judge.picks == {due.id: OTHER}, "what was picked stays"


def test_a_value_of_ones_own_is_written(town: Desk) -> None:
    judge = judging(town)
    detail, due = judge.groups[0].questions
    number = judge.groups[0].number
    judge.pick(due.id, OTHER)
    judge.write(due.id, date(2026, 10, 8))
    judge.pick(detail.id, OTHER)
    judge.write(detail.id, "  两头的话都记下了。 ")
    decided: list[int] = []
    judge.save(decided.append, refuse)
    assert decided == [2] and judge.picks == {}
    view = dispute_view(town, number)
    assert str(view.row.due) == "2026-10-08" and view.detail == "两头的话都记下了。"


def test_what_was_decided_may_be_changed_to_what_was_not(town: Desk) -> None:
    judge = judging(town)
    due = judge.groups[0].questions[1]
    judge.pick(due.id, "1")
    judge.save(nothing, refuse)
    again = judging(town)
    (line,) = again.settled
    assert (line.label, line.picked, line.others) == (
        "化解时限", "2026年10月19日", ("2026年9月30日",)
    )  # fmt: skip
    assert again.why_not_undo(line) == ""
    again.undo(line.id, 0, nothing, refuse)
    assert judging(town).settled[0].picked == "2026年9月30日"


def test_an_answer_that_is_gone_is_told_and_not_written_twice(town: Desk) -> None:
    judge = judging(town)
    due = judge.groups[0].questions[1]
    judge.pick(due.id, "1")
    resolve_conflict(town, due.id, "2")
    told: list[XinfangError] = []
    judge.save(nothing, told.append)
    assert [error.code for error in told] == ["no_conflict"]


def test_who_may_only_look_may_not_decide(desk_of: Callable[..., Desk]) -> None:
    judge = ConflictsPresenter(desk_of("supervisor"), run_now)
    assert "信访专干" in judge.why_not_save()


# --- other sorts -----------------------------------------------------------------------------------


def row(sort: str, field: str, values: tuple[ConflictValue, ...], **over: Any) -> ConflictRow:
    plain: dict[str, Any] = {
        "id": "0123456789ab", "sort": sort, "kind": "dispute", "kind_name": "矛盾纠纷",
        "field": field, "label": "编号重复", "record": "r1", "about": "r1", "about_kind": "dispute",
        "number": "A1", "title": "水沟", "village": "柳溪村", "sentence": "…", "values": values,
    }  # fmt: skip
    return ConflictRow(**{**plain, **over})


def value(pick: str, worth: Any, words: str, site: str = "s1") -> ConflictValue:
    at = datetime(2026, 9, 21, 1, tzinfo=UTC)
    return ConflictValue(pick, worth, words, "何建平", site, site, at, "")


def editor_of(desk: Desk, *values: ConflictValue) -> str | None:
    judge = ConflictsPresenter(desk, run_now)
    judge.take([row("field", "x", values)], ())
    return judge.groups[0].questions[0].editor


def test_a_third_value_is_offered_only_where_it_makes_sense(desk: Desk) -> None:
    assert editor_of(desk, value("1", 3, "3"), value("2", 4, "4")) == "int"
    assert editor_of(desk, value("1", 300, "3 元"), value("2", 400, "4 元")) == "money"
    assert editor_of(desk, value("1", "甲", "甲"), value("2", "", "（空）")) == "text"
    assert editor_of(desk, value("1", "open", "化解中"), value("2", "found", "已发现")) is None
    assert editor_of(desk, value("1", True, "是"), value("2", False, "否")) is None
    assert editor_of(desk, value("1", ["a"], "a"), value("2", ["b"], "b")) is None


def test_two_values_of_one_site_have_a_column_each(desk: Desk) -> None:
    judge = ConflictsPresenter(desk, run_now)
    judge.take([row("field", "x", (value("1", "甲", "甲"), value("2", "乙", "乙")))], ())
    columns = [head.column for head in judge.groups[0].heads]
    assert columns == ["s1#0", "s1#1"]
    assert [side.column for side in judge.groups[0].questions[0].sides] == columns


def test_a_number_twice_and_a_change_after_voiding_are_told_without_a_third_value(
    desk: Desk,
) -> None:
    judge = ConflictsPresenter(desk, run_now)
    twice = row(
        "same_number", "#number", (value("1", "a", "A1 水沟", ""), value("2", "b", "A1 路", ""))
    )
    void = row(
        "after_void", "!", (value("1", None, "作废：重复"), value("", "x", "简述改为水渠", "s2")),
        id="ba9876543210", record="r2",
    )  # fmt: skip
    judge.take([twice, void], ())
    assert len(judge.groups) == 2
    assert all(question.editor is None for group in judge.groups for question in group.questions)
    assert [side.pick for side in judge.groups[1].questions[0].sides] == ["1", ""]
