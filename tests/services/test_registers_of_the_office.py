"""Topics, suggestions, emergencies, meetings, reviews and private logs, through their courses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock, bring_to, register
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services.attachments import attach_to_work, copy_attachment
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery, duties, explain_duty
from xinfang_desktop.services.register_work import (
    amend_item,
    draw_review,
    take_item_step,
    write_item,
)
from xinfang_desktop.services.registers import WorkQuery, item_list, item_view, register_list
from xinfang_desktop.services.searching import search_matters

EVENT: dict[str, Any] = {
    "time": "9:20", "place": "镇信访接待室", "people": 23, "cause": "反映工程欠薪",
    "facts": "工人到接待室反映三个月工资未发，现场秩序正常。", "measures": "领导当场接访，安排饮水。",
    "reporter": "周敏",
}  # fmt: skip


def test_an_emergency_is_reported_the_same_day_and_gone_from_lists_when_it_is_over(
    desk: Desk, clock: MovableClock
) -> None:
    made = write_item(desk, "emergency", EVENT)
    duty = made.duties[0]
    assert (duty.kind, str(duty.due), duty.article) == (
        "work_report", "2026-09-21", "《信访工作条例》第二十五条",
    )  # fmt: skip
    assert explain_duty(desk, duty.id).rule.article == "《信访工作条例》第二十五条"
    sent = {"to": "党委、政府", "organ": "镇党委值班室", "time": "9:45"}
    assert take_item_step(desk, made.number, "send", sent).duties[0].state == "done"
    assert not search_matters(desk, "工程欠薪").hits
    take_item_step(desk, made.number, "finish", {"result": "工资当天发放，全部离场。"})
    assert not item_list(desk, WorkQuery("emergency"))
    assert len(item_list(desk, WorkQuery("emergency", state="handled"))) == 1
    clock.go("2026-09-30")
    late = write_item(desk, "emergency", {**EVENT, "on": "2026-09-21"})
    assert late.duties[0].state == "overdue"


def test_an_emergency_names_nobody(desk: Desk) -> None:
    with pytest.raises(RuleViolation) as caught:
        write_item(desk, "emergency", {**EVENT, "facts": "王某情绪激动，扬言进京。"})
    assert (caught.value.code, caught.value.field) == ("about_persons", "facts")


def test_a_topic_needs_two_matters_goes_through_its_stages_and_ends_followed_up(
    desk: Desk,
) -> None:
    one, two = register(desk).number, register(desk, claims=["修机耕路"]).number
    made = write_item(
        desk, "topic", {"name": "机耕路补偿不一", "claim": "要求统一标准。", "matters": [one]}
    )
    number = made.number
    take_item_step(desk, number, "forward", {"unit": "镇自然资源所"})
    take_item_step(desk, number, "handle", {"text": "两件都已受理。"})
    said = {"model": one, "finding": "公示没有写明日期界限。", "guide": "先查占地日期。"}
    with pytest.raises(RuleViolation, match="两件以上"):
        take_item_step(desk, number, "classify", said)
    take_item_step(desk, number, "classify", {**said, "matters": [two, one]})
    view = item_view(desk, number)
    assert [link.number for link in view.links] == [one, two]
    assert [(s.stage, s.state) for s in view.stages] == [
        ("接访", "done"), ("转交", "done"), ("办理", "done"), ("归类", "now"), ("决策", "later"),
        ("跟踪", "later"),
    ]  # fmt: skip
    take_item_step(desk, number, "decide", {"proposal": "重新公示。", "decided_by": "党政联席会"})
    take_item_step(desk, number, "track", {"decision": "同意重新公示。"})
    assert take_item_step(desk, number, "finish", {"result": "都已答复。"}).state == "done"


def test_a_suggestion_waits_for_its_written_answer(desk: Desk) -> None:
    made = write_item(
        desk, "suggestion",
        {"kind": "完善政策", "organ": "县自然资源局", "subject": "统一标准", "facts": "三件反映不一。",
         "content": "公布标准。"},
    )  # fmt: skip
    assert made.title == "完善政策：统一标准" and not made.duties
    with pytest.raises(RuleViolation, match="不能早于送达"):
        take_item_step(desk, made.number, "send", {"how": "邮寄", "reply_by": "2026-09-01"})
    sent = take_item_step(desk, made.number, "send", {"how": "邮寄", "reply_by": "2026-10-21"})
    assert [(str(d.due), d.state) for d in sent.duties] == [("2026-10-21", "open")]
    with pytest.raises(RuleViolation, match="不能跟踪完毕"):
        take_item_step(desk, made.number, "finish", {"result": "好。"})
    told = {"adopted": "部分采纳", "content": "标准已公布。"}
    assert take_item_step(desk, made.number, "feedback", told).duties[0].state == "done"


def test_a_meeting_is_not_over_before_its_tasks_are(desk: Desk) -> None:
    number = write_item(
        desk, "office_meeting", {"on": "2026-09-21", "kind": "联席会议", "subject": "突出问题"}
    ).number
    task = {"what": "重新公示", "by": "何建平", "due": "2026-09-30"}
    take_item_step(
        desk, number, "held",
        {"present": ["镇自然资源所 何建平"], "decisions": ["重新公示"], "tasks": [task]},
    )  # fmt: skip
    assert [d.title for d in duties(desk, DutyQuery(owner="何建平"))] == ["落实第 1 项：重新公示"]
    with pytest.raises(RuleViolation, match="第 1 项"):
        take_item_step(desk, number, "finish", {})
    take_item_step(desk, number, "task_done", {"no": 1, "content": "已公示。"})
    assert take_item_step(desk, number, "finish", {}).state == "done"


def test_a_review_is_drawn_again_as_it_was_and_ends_with_everything_mended(
    desk: Desk, clock: MovableClock
) -> None:
    with pytest.raises(RuleViolation, match="没有办结"):
        draw_review(desk, "2026", 2, "7")
    numbers = {register(desk, place=f"{n}组").number for n in range(3)}
    for number in numbers:
        bring_to(desk, number, "S75")
    made = draw_review(desk, str(desk.today.year), 2, "7")
    drawn = [row["number"] for row in item_view(desk, made.number).sample]
    assert len(drawn) == 2 and set(drawn) < numbers
    again = draw_review(desk, str(desk.today.year), 2, "7")
    assert [row["number"] for row in item_view(desk, again.number).sample] == drawn
    with pytest.raises(RuleViolation, match="不能改"):
        amend_item(desk, made.number, {"seed": "8"}, "换一个号")
    with pytest.raises(RuleViolation, match="还有 2 件没有评查"):
        take_item_step(desk, made.number, "finish", {"summary": "好。"})
    outside = next(iter(numbers - set(drawn)))
    with pytest.raises(RuleViolation, match="不在抽中"):
        take_item_step(desk, made.number, "check", {"matter": outside})
    take_item_step(desk, made.number, "check", {"matter": drawn[0], "served": "有错误"})
    take_item_step(desk, made.number, "check", {"matter": drawn[1], "served": "好"})
    with pytest.raises(RuleViolation, match="1 件没有登记整改"):
        take_item_step(desk, made.number, "finish", {"summary": "回证不全。"})
    take_item_step(desk, made.number, "mend", {"matter": drawn[0], "text": "补了回证。"})
    assert take_item_step(desk, made.number, "finish", {"summary": "回证不全。"}).state == "done"


def test_a_daily_log_is_its_authors_and_the_leaders(desk: Desk, desk_of: DeskOf) -> None:
    colleague, leader = desk_of("officer", name="罗春生"), desk_of("leader", name="谭玉珍")
    number = write_item(desk, "work_log", {"done": "接访4批，写完两份告知书。"}).number
    assert item_view(leader, number).row.by == desk.account.name
    assert not item_list(colleague, WorkQuery("work_log"))
    with pytest.raises(RuleViolation, match="没有编号为"):
        item_view(colleague, number)
    assert next(r.total for r in register_list(colleague) if r.key == "work_log") == 0
    assert not search_matters(leader, "告知书").hits


def test_files_of_a_private_line_are_as_private_and_those_of_others_are_not(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    colleague, leader = desk_of("officer", name="罗春生"), desk_of("leader", name="谭玉珍")
    liaison = desk_of("liaison")
    photo = tmp_path / "photo.txt"
    photo.write_text("今天的记录", "utf-8")
    own = write_item(desk, "work_log", {"done": "接访4批。"}).number
    open_ = write_item(desk, "training", {"what": "受理程序"}).number
    kept = {number: attach_to_work(desk, number, photo).id for number in (own, open_)}
    assert copy_attachment(leader, kept[own], tmp_path / "leader.txt").exists()
    assert copy_attachment(colleague, kept[open_], tmp_path / "colleague.txt").exists()
    with pytest.raises(RuleViolation):
        attach_to_work(colleague, own, photo)
    for other, number in ((colleague, own), (liaison, own), (liaison, open_)):
        with pytest.raises(RuleViolation):
            copy_attachment(other, kept[number], tmp_path / "other.txt")
    assert not (tmp_path / "other.txt").exists()


def test_a_decision_is_weighed_only_after_people_were_asked(desk: Desk) -> None:
    number = write_item(
        desk, "risk", {"name": "市场搬迁", "organ": "党政联席会", "affected": "四十二个摊位。"}
    ).number
    done = {"result": "调整后实施", "reason": "过渡安排要补足。"}
    with pytest.raises(RuleViolation, match="征求意见"):
        take_item_step(desk, number, "conclude", done)
    asked = {"how": ["公示", "座谈会"], "opinions": "希望过渡期免费。"}
    take_item_step(desk, number, "comment", asked)
    assert take_item_step(desk, number, "conclude", done).state == "following"
