"""The office's own registers, written and taken through their steps as an officer would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock, register
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.office_records import WorkItem
from xinfang_desktop.services.conflicts import conflict_list, resolve_conflict
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery, duties, today_board
from xinfang_desktop.services.register_work import (
    amend_item,
    item_problems,
    take_item_step,
    write_item,
    write_problems,
)
from xinfang_desktop.services.registers import (
    WorkQuery,
    item_list,
    item_offers,
    item_view,
    register_list,
    reveal_bookings,
)
from xinfang_desktop.services.searching import search_matters
from xinfang_desktop.services.value_words import words
from xinfang_desktop.store.changelog import change
from xinfang_desktop.store.files import get


def day(**over: Any) -> dict[str, Any]:
    """A reception day with two places."""
    plain = {
        "on": "2026-09-28", "leader": "刘志远", "post": "副镇长", "start": "8:30", "end": "11:30",
        "place": "镇信访接待室", "field": "农业农村", "slots": 2,
    }  # fmt: skip
    return {**plain, **over}


BOOKED = {
    "subject": "低保审批",
    "visitor": "王桂芳",
    "visitor_phone": "13907390000",
    "time": "9:30",
}


def test_a_reception_day_is_owed_until_its_result_is_written_down(
    desk: Desk, clock: MovableClock
) -> None:
    made = write_item(desk, "接访日程", day())
    assert made.number == "430522101-GZ-20260921-A0001"
    assert (made.title, made.state_name) == ("刘志远在镇信访接待室接访", "待举行")
    assert [(d.title, d.owner, str(d.due)) for d in made.duties] == [
        ("接访并登记结果：刘志远在镇信访接待室接访", "周敏", "2026-09-28")
    ]
    too_early = item_problems(desk, made.number, "held", {"visits": 3})
    assert [p.code for p in too_early] == ["before_the_day"]
    clock.go("2026-09-28")
    assert any(row.kind == "work" for group in today_board(desk).groups for row in group.rows)
    tasks = [{"what": "核对三组补偿名单", "by": "何建平", "due": "2026-09-30"}]
    held = take_item_step(desk, made.number, "held", {"visits": 3, "tasks": tasks})
    assert held.state == "held"
    assert [(d.kind, d.owner, d.state) for d in held.duties] == [
        ("work", "周敏", "done"), ("work_task", "何建平", "open")
    ]  # fmt: skip
    done = take_item_step(desk, made.number, "task_done", {"no": 1, "content": "核对完，已公示。"})
    assert {d.state for d in done.duties} == {"done"}
    with pytest.raises(RuleViolation, match="已经登记落实"):
        take_item_step(desk, made.number, "task_done", {"no": 1, "content": "再来一次。"})
    with pytest.raises(RuleViolation, match="没有第 2 项"):
        take_item_step(desk, made.number, "task_done", {"no": 2, "content": "没有。"})


def test_no_more_are_booked_than_there_are_places_and_a_cancelled_one_is_free_again(
    desk: Desk,
) -> None:
    number = write_item(desk, "reception_day", day()).number
    take_item_step(desk, number, "book", BOOKED)
    take_item_step(desk, number, "book", {"subject": "道路"})  # 不留姓名
    with pytest.raises(RuleViolation, match="已经约满") as caught:
        take_item_step(desk, number, "book", {"subject": "第三位"})
    assert caught.value.article == "《信访工作条例》第十八条"
    locked = next(o for o in item_offers(desk, number) if o.action == "book")
    assert not locked.allowed and "约满" in locked.missing[0]
    take_item_step(desk, number, "unbook", {"no": 1})
    take_item_step(desk, number, "book", {"subject": "第三位"})
    with pytest.raises(RuleViolation, match="第 1 号预约没有登记"):
        take_item_step(desk, number, "unbook", {"no": 1})
    assert [b.no for b in reveal_bookings(desk, number, "改期要通知")] == [2, 3]


def test_who_booked_is_masked_and_found_by_nobody(desk: Desk) -> None:
    number = write_item(desk, "reception_day", day()).number
    take_item_step(desk, number, "book", BOOKED)
    shown = repr(item_view(desk, number))
    assert "王桂芳" not in shown and "13907390000" not in shown and "低保审批" in shown
    assert not search_matters(desk, "王桂芳").hits
    assert [hit.number for hit in search_matters(desk, "农业农村").hits] == [number]
    with pytest.raises(RuleViolation, match="为什么"):
        reveal_bookings(desk, number, " ")
    assert reveal_bookings(desk, number, "改期要通知")[0].visitor == "王桂芳"


def test_nobody_is_visited_without_his_word(desk: Desk) -> None:
    matter = register(desk).number
    plan = {
        "on": "2026-09-21", "kind": "上门回访", "leader": "刘志远", "place": "柳溪村三组",
        "purpose": "看机耕路修好没有", "matters": [matter],
    }  # fmt: skip
    made = write_item(desk, "visit_plan", plan)
    with pytest.raises(RuleViolation, match="征得本人同意"):
        take_item_step(desk, made.number, "held", {"result": "路已修好。"})
    take_item_step(desk, made.number, "agree", {"how": "电话"})
    assert take_item_step(desk, made.number, "held", {"result": "路已修好。"}).state == "held"
    assert [link.number for link in item_view(desk, made.number).links] == [matter]
    down = write_item(desk, "visit_plan", {**plan, "kind": "带案下访"})
    take_item_step(desk, down.number, "held", {"result": "看了现场。"})


def test_nothing_is_written_about_persons(desk: Desk) -> None:
    said = day(field="安抚王某情绪")
    assert [(p.code, p.field) for p in write_problems(desk, "reception_day", said)] == [
        ("about_persons", "field")
    ]
    number = write_item(desk, "reception_day", day(on="2026-09-21")).number
    told = {"visits": 1, "results": [{"subject": "道路", "result": "王某情绪激动，扬言进京。"}]}
    with pytest.raises(RuleViolation) as caught:
        take_item_step(desk, number, "held", told)
    assert (caught.value.code, caught.value.field) == ("about_persons", "results.1.result")
    missing = {"visits": 1, "results": [{"subject": "道路", "matter": "20260101-A0009"}]}
    assert [p.field for p in item_problems(desk, number, "held", missing)] == ["results.1.matter"]


def test_a_line_is_mended_for_a_reason_and_voided_for_one(desk: Desk) -> None:
    number = write_item(desk, "reception_day", day()).number
    with pytest.raises(RuleViolation, match="为什么修改"):
        amend_item(desk, number, {"place": "镇政府大厅"}, "")
    moved = amend_item(desk, number, {"on": "2026-09-29", "place": "镇政府大厅"}, "改期一天")
    assert (moved.title, str(moved.duties[0].due)) == ("刘志远在镇政府大厅接访", "2026-09-29")
    said = item_view(desk, number).timeline[0]
    assert (said.label, said.text) == ("修改", "改了哪些栏目：接访日期、接访地点；改期一天")
    take_item_step(desk, number, "void", {"reason": "重复登记。"})
    assert not item_list(desk, WorkQuery("reception_day"))
    assert [r.number for r in item_list(desk, WorkQuery("reception_day", state="void"))] == [number]
    assert not duties(desk, DutyQuery(kinds=("work",)))
    with pytest.raises(RuleViolation, match="已作废"):
        amend_item(desk, number, {"place": "别处"}, "又改")


def test_the_list_of_registers_counts_what_is_open(desk: Desk) -> None:
    write_item(desk, "reception_day", day())
    write_item(desk, "joint_reception", {"on": "2026-10-12", "name": "大接访", "place": "镇里"})
    counts = {row.key: (row.open, row.total) for row in register_list(desk)}
    assert counts["reception_day"] == counts["joint_reception"] == (1, 1)
    assert item_list(desk, WorkQuery("reception_day", period="2026-10")) == ()
    assert len(item_list(desk, WorkQuery("reception_day", text="农业", state="open"))) == 1


def test_a_liaison_knows_nothing_of_registers_and_a_supervisor_only_reads(
    desk: Desk, desk_of: DeskOf
) -> None:
    number = write_item(desk, "reception_day", day()).number
    liaison, supervisor = desk_of("liaison"), desk_of("supervisor")
    with pytest.raises(RuleViolation, match="没有这项权限"):
        item_view(liaison, number)
    assert not duties(liaison, DutyQuery(kinds=("work",)))
    assert item_view(supervisor, number).row.number == number
    with pytest.raises(RuleViolation, match="没有这项权限"):
        take_item_step(supervisor, number, "book", BOOKED)


def test_an_unknown_register_number_or_state_is_told(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="没有这本台账"):
        write_item(desk, "稳控", {})
    with pytest.raises(RuleViolation, match="没有编号为"):
        item_view(desk, "20260921-A0099")
    with pytest.raises(RuleViolation, match="没有这个状态"):
        item_list(desk, WorkQuery("reception_day", state="x"))


def test_two_lines_with_one_number_are_told_apart_by_a_person(desk: Desk) -> None:
    """As it comes about where two PCs were given the same block of numbers."""
    one, two = (write_item(desk, "reception_day", day(leader=who)) for who in ("刘志远", "何建平"))
    with desk.writing() as tx:
        item = get(tx.conn, WorkItem, two.item)
        assert item is not None
        tx.append([change(item, number=one.number)])
    (row,) = conflict_list(desk)
    assert (row.sort, row.kind_name, row.label) == ("same_number", "工作台账", "编号重复")
    resolve_conflict(desk, row.id, row.values[0].pick)
    numbers = {r.number for r in item_list(desk, WorkQuery("reception_day"))}
    assert len(numbers) == 2 and one.number in numbers
    assert not conflict_list(desk)


def test_what_a_line_says_is_read_by_its_columns_where_two_values_stand_side_by_side(
    desk: Desk,
) -> None:
    number = register(desk).number
    made = write_item(
        desk, "visit_plan",
        {"on": "2026-09-28", "kind": "带案下访", "leader": "刘志远", "place": "村部", "purpose": "看路",
         "matters": [number]},
    )  # fmt: skip
    with desk.reading() as conn:
        item, now = get(conn, WorkItem, made.item), desk.setting(conn)
        assert item is not None

        def said(field: str) -> str:
            return words(conn, now, "work_item", field, getattr(item, field))

        assert said("data") == "方式：带案下访；谁去：刘志远；地点：村部；为哪件事：看路"
        assert (said("sort"), said("state")) == ("下访约访计划", "待举行")
        assert words(conn, now, "work_item", "matters", list(item.matters)) == number
