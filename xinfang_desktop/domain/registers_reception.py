"""Registers of reception (接访台账): leaders' days with booking, joint receptions, visits to people.

A booking may be anonymous; the public timetable never says who booked. A visit to somebody's home
needs that person's word first and is not repeated unasked. Source: 《信访工作条例》 art. 18, 19;
chapter 13.1 of the working description.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fields import Field
from .register_kit import TASKS, Asked, Guard, Owed, Register, cite, step
from .register_tasks import task_done
from .work_file import WorkFile

GROUP = "接访下访"

# --- leaders' reception days -------------------------------------------------------------------


def bookings(file: WorkFile) -> Mapping[int, Mapping[str, Any]]:
    """The bookings that stand: number (from 1, never used again) → what was booked."""
    made = dict(enumerate(file.said("book"), 1))
    for each in file.said("unbook"):
        made.pop(int(each.get("no", 0)), None)
    return made


def free_slots(file: WorkFile) -> int | None:
    """How many places are left; None where their number is not limited."""
    slots = int(file.values.get("slots", 0))
    return max(0, slots - len(bookings(file))) if slots else None


def _no_place_left(asked: Asked) -> str | None:
    if free_slots(asked.file) != 0:
        return None
    return f"这一场的 {asked.file.values['slots']} 个预约名额已经约满。"


def _no_such_booking(asked: Asked) -> str | None:
    no = asked.data.get("no")
    if no is None or no in bookings(asked.file):
        return None
    return f"第 {no} 号预约没有登记，或者已经取消。"


def _not_yet_the_day(asked: Asked) -> str | None:
    day = asked.file.item.on
    return f"还没有到 {day.isoformat()}，不能登记结果。" if asked.around.today < day else None


AFTER_THE_DAY = Guard("before_the_day", _not_yet_the_day, mend="到了那一天再登记。", standing=True)

HOURS = (
    Field("start", "开始时间", max_length=10, sample="8:30"),
    Field("end", "结束时间", max_length=10, sample="11:30"),
)

RESULT: tuple[Field, ...] = (
    Field("subject", "反映的问题", required=True, max_length=120, sample="三组机耕路塌方"),
    Field("matter", "信访编号", "matter", max_length=60, sample="20260921-A0001",
          help="已登记的写编号；没有登记的先去登记。"),
    Field("result", "怎么答复、怎么办", "long", max_length=500,
          sample="当场说明政策，交村建办一周内现场查看。"),
)  # fmt: skip

RECEPTION_DAY = Register(
    "reception_day", "接访日程", GROUP, "接访日程", "接访日期", "{leader}在{place}接访",
    (
        Field("leader", "接访领导", "person", required=True, max_length=40, sample="刘志远"),
        Field("post", "职务", max_length=40, sample="副镇长"),
        *HOURS,
        Field("place", "接访地点", required=True, max_length=80, sample="镇信访接待室"),
        Field("field", "接待领域", max_length=120, sample="农业农村、征地补偿",
              help="主要接待哪方面的问题；综合接待不用填。"),
        Field("slots", "预约名额", "int", sample="6", help="最多约几位；不限就不填。"),
    ),
    ("planned",),
    (
        step("book", "预约", "planned", "",
             Field("subject", "想反映什么", required=True, max_length=120, sample="低保审批"),
             Field("visitor", "来访人", max_length=40, sample="李秀兰", help="可以不留姓名。"),
             Field("visitor_phone", "联系电话", max_length=40, sample="0739-5550123",
                   help="可以不留；留了，改期时会告诉本人。"),
             Field("time", "约定时间", max_length=20, sample="9:30"),
             Field("matter", "信访编号", "matter", max_length=60, sample="20260921-A0001"),
             icon="calendar-event", source=cite(18),
             guards=(Guard("slots_full", _no_place_left, cite(18), "请约别的日子，或修改名额。",
                           standing=True),)),
        step("unbook", "取消预约", "planned", "",
             Field("no", "第几号预约", "int", required=True, sample="1"),
             Field("reason", "原因", max_length=200, sample="本人来电改期。"),
             icon="arrow-back-up",
             guards=(Guard("no_booking", _no_such_booking, mend="请核对预约的序号。", field="no"),)),
        step("held", "登记接访结果", "planned", "held",
             Field("visits", "接待批次", "int", required=True, sample="4", help="没有人来填 0。"),
             Field("people", "接待人次", "int", sample="6"),
             Field("results", "接访情况", "rows", columns=RESULT),
             TASKS, icon="message-circle-check", source=cite(19), guards=(AFTER_THE_DAY,)),
        step("cancel", "取消这一场", "planned", "cancelled",
             Field("reason", "原因", "long", required=True, max_length=300,
                   sample="临时有防汛会议，改到下周一。"),
             Field("told", "怎样告知预约的人", max_length=200, sample="逐一电话告知，改约9月28日。"),
             icon="ban"),
        task_done("held"),
    ),
    about="领导接访日的安排、预约和结果；每周的安排向社会公布，不写谁约了。",
    due="on", owed=Owed("接访并登记结果", ("held",)), with_owner=True, ahead=True,
    paper="F38", masked=frozenset({"visitor", "visitor_phone"}),
)  # fmt: skip

# --- joint receptions --------------------------------------------------------------------------

WINDOW = Field("window", "窗口", "choice", required=True, choices=(
    ("register", "登记引导"), ("unit", "部门接访"), ("law", "法律咨询"), ("mediate", "人民调解"),
    ("calm", "心理咨询"), ("help", "帮扶救助"),
), sample="法律咨询")  # fmt: skip

JOINT_RECEPTION = Register(
    "joint_reception", "联合接访", GROUP, "联合接访", "日期", "{name}",
    (
        Field("name", "名称", required=True, max_length=80, sample="9月公开大接访"),
        *HOURS,
        Field("place", "地点", required=True, max_length=80, sample="镇便民服务中心一楼"),
        Field("leaders", "接访领导", "many", max_length=40, sample="刘志远"),
        Field("windows", "单位和窗口", "rows", columns=(
            WINDOW,
            Field("unit", "单位", required=True, max_length=60, sample="县司法局青石司法所"),
            Field("person", "人员", max_length=60, sample="周敏"),
        )),
    ),
    ("planned",),
    (
        step("held", "登记结果", "planned", "held",
             Field("visits", "接待批次", "int", required=True, sample="18"),
             Field("people", "接待人次", "int", sample="25"),
             Field("settled", "当场办结", "int", sample="7", help="当场答复、办完的批次。"),
             Field("results", "交办的事项", "rows", columns=(
                 Field("matter", "信访编号", "matter", required=True, max_length=60,
                       sample="20260921-A0001"),
                 Field("unit", "承办单位", required=True, max_length=60, sample="村建办"),
                 Field("result", "当场答复", max_length=300, sample="一周内到现场查看。"),
             )),
             TASKS, icon="message-circle-check", source=cite(19), guards=(AFTER_THE_DAY,)),
        step("cancel", "取消", "planned", "cancelled",
             Field("reason", "原因", "long", required=True, max_length=300, sample="改期。"),
             icon="ban"),
        task_done("held"),
    ),
    about="一场联合接访、公开大接访：哪些单位、哪些窗口，接了多少，交给谁办。",
    due="on", owed=Owed("举行并登记结果", ("held",)), with_owner=True, ahead=True,
)  # fmt: skip

# --- going to people ---------------------------------------------------------------------------

_ASKED_FIRST = frozenset({"home", "invited"})


def _not_agreed(asked: Asked) -> str | None:
    if asked.file.values.get("kind") not in _ASKED_FIRST or asked.file.last("agree"):
        return None
    return "还没有登记本人同意：上门和约访要先征得本人同意。"


VISIT_PLAN = Register(
    "visit_plan", "下访约访计划", GROUP, "下访约访", "计划日期", "{leader}{kind}：{purpose}",
    (
        Field("kind", "方式", "choice", required=True, choices=(
            ("village", "带案下访"), ("invited", "主动约访"), ("home", "上门回访"),
        ), sample="带案下访"),
        Field("leader", "谁去", "person", required=True, max_length=40, sample="刘志远"),
        Field("place", "地点", required=True, max_length=80, sample="柳溪村村部"),
        Field("purpose", "为哪件事", "long", required=True, max_length=500,
              sample="现场看三组机耕路塌方，听取意见。"),
    ),
    ("planned",),
    (
        step("agree", "登记本人同意", "planned", "",
             Field("how", "怎样征得同意", "choice", required=True, choices=(
                 ("phone", "电话"), ("face", "当面"), ("written", "书面"),
             ), sample="电话"),
             Field("time", "约好的时间", max_length=40, sample="9月25日上午9点"),
             icon="phone"),
        step("held", "登记下访结果", "planned", "held",
             Field("result", "说了什么、定了什么", "long", required=True, max_length=1000,
                   sample="与三组村民代表看了现场，定下先清塌方、后砌挡墙。"),
             TASKS, icon="message-circle-check", source=cite(19),
             guards=(AFTER_THE_DAY,
                     Guard("not_agreed", _not_agreed, cite(19),
                           "先登记本人同意；本人不同意的，取消这次计划，改用来信来电答复。",
                           standing=True))),
        step("cancel", "取消", "planned", "cancelled",
             Field("reason", "原因", "long", required=True, max_length=300,
                   sample="本人说电话里讲清楚就可以，不用来。"), icon="ban"),
        task_done("held"),
    ),
    about="领导带着事项下去办；上门和约访先要本人同意，不反复上门。",
    due="on", owed=Owed("下访并登记结果", ("held",)), with_matters=True, ahead=True,
)  # fmt: skip

REGISTERS = (RECEPTION_DAY, JOINT_RECEPTION, VISIT_PLAN)
