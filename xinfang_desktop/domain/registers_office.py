"""Registers of the office itself (办公台账): emergencies reported, meetings, reports sent, duties.

An emergency report tells facts of an event, never of who took part, and leaves the ordinary lists
when the event is over. A duty sheet (责任书) names duties and no target of petition counts.
Source: 《信访工作条例》 art. 25, 46; chapters 2, 6 and 13 of the working description.
"""

from __future__ import annotations

from .fields import Field
from .register_kit import TASKS, Asked, Guard, Owed, Register, cite, step
from .register_tasks import task_done, tasks_of

GROUP = "报送和会议"

# --- emergencies and what was sent up ----------------------------------------------------------

RECIPIENTS = (
    ("party", "党委、政府"), ("lead", "主管部门"), ("joint", "信访工作联席会议办公室"),
    ("upper", "上级信访部门"), ("police", "公安机关"), ("medical", "急救、卫生"),
)  # fmt: skip

EMERGENCY = Register(
    "emergency", "紧急信访信息", GROUP, "紧急信息", "发生日期", "{place}：{cause}",
    (
        Field("time", "发生时间", max_length=20, required=True, sample="9:20"),
        Field("place", "地点", required=True, max_length=120, sample="镇信访接待室"),
        Field("people", "现场人数", "int", required=True, sample="23", help="大致多少人，不写姓名。"),
        Field("cause", "起因", required=True, max_length=200, sample="反映工程欠薪",
              help="为什么事，一句话。"),
        Field("facts", "经过", "long", required=True, max_length=2000,
              sample="9时20分，某工地工人到接待室反映三个月工资未发，现场秩序正常。",
              help="只写事件：时间、地点、发生了什么。不写谁带头、谁说了什么。"),
        Field("harm", "有没有人身或财产危险", "long", max_length=500, sample="一人中暑，已送卫生院。"),
        Field("measures", "已采取的服务措施", "long", required=True, max_length=1500,
              sample="镇领导当场接访，请劳动监察到场登记，安排饮水和休息。",
              help="接访、解释、送医、安置、联系部门等。"),
        Field("coordinate", "需要协调的事项", "long", max_length=1000,
              sample="请县人社局协调总包单位先行垫付。"),
        Field("reporter", "报告人", "person", required=True, max_length=40, sample="周敏"),
        Field("reporter_phone", "报告人电话", max_length=40, sample="0739-5550123"),
    ),
    ("written", "reported"),
    (
        step("send", "登记报送", "written reported", "reported",
             Field("to", "报给谁", "choice", required=True, choices=RECIPIENTS, sample="党委、政府"),
             Field("organ", "单位、接收人", required=True, max_length=80, sample="镇党委值班室 彭文斌"),
             Field("time", "报送时间", required=True, max_length=20, sample="9:45"),
             Field("how", "方式", max_length=40, sample="电话并传书面"),
             icon="send", source=cite(25)),
        step("more", "续报", "reported", "",
             Field("text", "新的情况", "long", required=True, max_length=1500,
                   sample="10时30分，总包单位到场，约定当天发放。"), icon="file-text", source=cite(25)),
        step("finish", "处置完毕", "reported", "handled",
             Field("result", "结果", "long", required=True, max_length=1500,
                   sample="工资当天发放，全部离场；已登记信访事项。"), icon="archive"),
    ),
    about="重大、紧急情况：当天报党委政府、主管部门和联席办。只写事件；处置完就不再列出。",
    due="on", owed=Owed("报送紧急信访信息", ("send",), "work_report"), paper="F33",
    with_matters=True, searched=False, fades=True,
)  # fmt: skip

SENT_REPORT = Register(
    "sent_report", "报送登记", GROUP, "报送", "报送日期", "{what} → {to}",
    (
        Field("what", "报了什么", required=True, max_length=120, sample="9月信访情况月报"),
        Field("kind", "种类", "choice", choices=(
            ("daily", "日报"), ("weekly", "周报、快报"), ("monthly", "月报"), ("quarter", "季度分析"),
            ("half", "半年、年度总结"), ("special", "专报"), ("zero", "零报告"), ("other", "其他"),
        ), sample="月报"),
        Field("to", "报给谁", required=True, max_length=80, sample="县信访局"),
        Field("how", "怎样报的", max_length=60, sample="公文系统"),
        Field("content", "内容摘要", "long", max_length=2000),
    ),
    ("written",),
    (
        step("received", "登记收到", "written", "done",
             Field("receiver", "谁收的", required=True, max_length=60, sample="县信访局 谭玉珍"),
             Field("reference", "回执、文号", max_length=60), icon="mail"),
    ),
    about="什么时候把什么报给了谁、谁收的。",
)  # fmt: skip

# --- meetings ----------------------------------------------------------------------------------


def _task_left(asked: Asked) -> str | None:
    left = [str(task.no) for task in tasks_of(asked.file) if task.done_on is None]
    return f"议定的任务还有没登记落实的：第 {'、'.join(left)} 项。" if left else None


TASKS_DONE = Guard(
    "task_left", _task_left, mend="先登记任务落实；不再做的也登记，写明原因。", standing=True
)

OFFICE_MEETING = Register(
    "office_meeting", "会议", GROUP, "会议", "会议日期", "{kind}：{subject}",
    (
        Field("kind", "哪种会", "choice", required=True, choices=(
            ("joint", "联席会议"), ("regular", "工作例会"), ("cases", "案例分析会"),
            ("monthly", "月度分析会"), ("other", "其他"),
        ), sample="联席会议"),
        Field("subject", "议题", required=True, max_length=120, sample="三季度突出问题"),
        Field("start", "时间", max_length=20, sample="9:00"),
        Field("place", "地点", max_length=80, sample="镇政府二楼会议室"),
        Field("chair", "主持人", "person", max_length=40, sample="刘志远"),
        Field("agenda", "议程", "many", max_length=200, sample="通报三季度情况"),
    ),
    ("planned", "following"),
    (
        step("held", "登记会议情况", "planned", "following",
             Field("present", "参加单位和人员", "many", required=True, max_length=120,
                   sample="镇自然资源所 何建平", help="一行一个。"),
             Field("absent", "请假", "many", max_length=120, sample="镇财政所"),
             Field("views", "讨论情况", "long", max_length=3000,
                   sample="自然资源所说明了两批占地的标准。"),
             Field("decisions", "议定事项", "many", required=True, max_length=500,
                   sample="重新公示第二批占地补偿表。"),
             TASKS, icon="users"),
        step("cancel", "取消", "planned", "cancelled",
             Field("reason", "原因", "long", required=True, max_length=300, sample="改期。"),
             icon="ban"),
        task_done("following"),
        step("finish", "任务都落实了", "following", "done", icon="archive", guards=(TASKS_DONE,)),
    ),
    about="联席会议、例会、案例分析会：谁参加，议定什么，任务谁办、到哪一天。",
    due="on", owed=Owed("开会并登记", ("held",)), paper="S03", with_matters=True,
    ahead=True, with_owner=True,
)  # fmt: skip

# --- learning, days, duties --------------------------------------------------------------------

TRAINING = Register(
    "training", "业务学习和宣传", GROUP, "学习", "日期", "{what}",
    (
        Field("what", "内容", required=True, max_length=120, sample="《信访工作条例》受理程序"),
        Field("kind", "形式", "choice", choices=(
            ("study", "业务学习"), ("drill", "岗位练兵"), ("publicity", "宣传活动"), ("other", "其他"),
        ), sample="业务学习"),
        Field("who", "谁参加", "many", max_length=60, sample="周敏"),
        Field("people", "人数", "int", sample="12"),
        Field("hours", "学时", "int", sample="2"),
        Field("result", "效果、问题", "long", max_length=1000),
    ),
    ("kept",), about="学了什么、谁参加、几个学时；宣传月做了什么。",
)  # fmt: skip

WORK_LOG = Register(
    "work_log", "每日自查", GROUP, "自查", "日期", "{done}",
    (
        Field("done", "今天做了什么", "long", required=True, max_length=2000,
              sample="接访4批，写完两份受理告知书。"),
        Field("left", "还有什么没做完", "long", max_length=1000, sample="一份意见书等签发。"),
        Field("next", "明天先做什么", "long", max_length=1000),
    ),
    ("kept",), about="自己写给自己的；只有本人和分管领导看得到。", searched=False, private=True,
)  # fmt: skip

DUTY_SHEET = Register(
    "duty_sheet", "一岗双责责任书", GROUP, "责任书", "签订日期", "{year}年 {person}",
    (
        Field("year", "年度", "int", required=True, sample="2026"),
        Field("person", "责任人", "person", required=True, max_length=40, sample="何建平"),
        Field("post", "职务", required=True, max_length=60, sample="村建办主任"),
        Field("duties", "信访工作职责", "many", required=True, max_length=300,
              sample="分管领域的信访事项，按期受理、按期答复。",
              help="一行一项。写要做的事，不写信访量的指标。"),
        Field("support", "单位的保障", "many", max_length=300, sample="保证每月一次接访时间。"),
        Field("signer", "签订的领导", "person", max_length=40, sample="刘志远"),
    ),
    ("drafted",),
    (
        step("sign", "登记双方签订", "drafted", "done",
             Field("note", "说明", max_length=200), icon="signature"),
    ),
    about="谁分管什么、信访上负什么责任；打印出来双方签字。不定信访量指标。", paper="S04",
)  # fmt: skip

REGISTERS = (
    EMERGENCY, SENT_REPORT, OFFICE_MEETING, TRAINING, DUTY_SHEET, WORK_LOG,
)  # fmt: skip
