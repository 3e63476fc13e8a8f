"""Who answers for a matter (责任、督办): a leader who takes it, reminders, plans, a fresh look.

All of it is about the office's own work. A leader's card says 定领导、定措施、定时限、定责任; what the
leader takes upon himself is to contact, to explain, to have it handled and to report back
(包联系、包解释、包办理、包反馈). Source: 《信访工作条例》 art. 18, 24, 27, 28, 40.
"""

from __future__ import annotations

from .articles import article
from .fields import Field
from .guards import Action, Asked, Guard, head_of_office, not_before_the_day, on_the_list
from .history import data_of
from .vocabulary import CROSSING, FRESH_RESULT, GROUND, LATE_CAUSE, LEAD_PART, SUPERVISION_KIND
from .when import AT_WORK, RECORDABLE, TO_SERVICE

GROUP = "责任督办"

_LED = (*TO_SERVICE, "S75", "S80", "S85", "S88")
"""While there is anything a leader can still see to."""


def _no_leader(asked: Asked) -> str | None:
    return None if asked.file.last("lead") else "这件事还没有包案领导。"


LED = Guard("no_leader", _no_leader, standing=True, mend="先“确定包案领导”。")


def _reminders(asked: Asked) -> dict[str, object]:
    """The reminders of a matter are counted (第几次督办)."""
    return {"no": sum(1 for _ in asked.file.all("supervise")) + 1}


def _no_reminder(asked: Asked) -> str | None:
    count = sum(1 for _ in asked.file.all("supervise"))
    if not count:
        return "这件事没有发过督办函、催办单。"
    no = asked.data.get("no")
    if no is None:
        return None
    if not 1 <= no <= count:
        return f"没有第 {no} 次督办，共 {count} 次。"
    done = any(data_of(step).get("no") == no for step in asked.file.all("supervise_reply"))
    return f"第 {no} 次督办的反馈已经登记过了。" if done else None


REMINDED = Guard("no_such_reminder", _no_reminder, field="no", standing=True, mend="请核对次数。")


def _open_reminder(asked: Asked) -> dict[str, object]:
    """The oldest reminder without a reply."""
    answered = {data_of(step).get("no") for step in asked.file.all("supervise_reply")}
    numbers = (data_of(step).get("no") for step in asked.file.all("supervise"))
    return {"no": next((no for no in numbers if no not in answered), None)}


def _early_line(asked: Asked) -> str | None:
    rows = asked.data.get("tasks", [])
    early = [row for row in rows if "due" in row and row["due"] < asked.on.isoformat()]
    return f"“{early[0].get('what', '')}”的期限早于这一步的日期。" if early else None


def tasks_field(label: str) -> Field:
    """Rows of work with a unit and a day; each becomes a duty."""
    return Field(
        "tasks", label, "rows", required=True, help="一行一项，每项有单位、有日子。", columns=(
            Field("what", "做什么", required=True, sample="量清原排水沟的走向"),
            Field("unit", "谁来做", required=True, sample="石桥村村民委员会"),
            Field("due", "期限", "date", required=True, sample="2026-09-30"),
        ),
    )  # fmt: skip


LINES_AHEAD = Guard("due_before_start", _early_line, field="tasks", mend="请核对两个日期。")

STEPS: tuple[Action, ...] = (
    Action(
        "lead", "确定包案领导", _LED, (), article(18, 2),
        (on_the_list("leader"), not_before_the_day("due", "办结时限")), group=GROUP,
        asks=(
            Field("leader", "包案领导", "person", required=True, article=article(18, 2),
                  help="定领导：名单里的一位领导；换人就再登记一次。", sample="马长青"),
            Field("unit", "责任单位", required=True, help="定责任：由哪个单位办。",
                  sample="村镇建设办公室"),
            Field("person", "责任人", required=True, help="责任单位里具体办的人。"),
            Field("measures", "措施", "long", required=True, help="定措施：准备怎样解决。"),
            Field("due", "办结时限", "date", required=True,
                  help="定时限：不改变对信访人的法定期限。"),
        ),
    ),
    Action(
        "lead_progress", "记包案进展", _LED, (), article(18, 2), (LED,), after=("lead",),
        group=GROUP,
        asks=(
            Field("part", "哪一项", "choice", required=True, choices=LEAD_PART,
                  help="包联系、包解释、包办理、包反馈。"),
            Field("content", "做了什么", "long", required=True,
                  sample="当面听取诉求，答应月底前给书面意见"),
            Field("finished", "包案办完了", "bool", help="问题已经解决或者依法答复清楚。"),
        ),
    ),
    Action(
        "supervise", "督办、催办", RECORDABLE, (), article(40),
        (not_before_the_day("due", "反馈期限"),), mark=_reminders, group=GROUP,
        asks=(
            Field("kind", "种类", "choice", required=True, choices=SUPERVISION_KIND),
            Field("ground", "督办原因", "choice", required=True, choices=GROUND,
                  article=article(40), help="第四十条列出的情形。"),
            Field("unit", "发给哪个单位", required=True, sample="村镇建设办公室"),
            Field("situation", "情况", "long", required=True,
                  help="原定什么时候、现在到哪一步。", sample="应于9月20日前报回，至今没有反馈"),
            Field("requirement", "要求", "long", required=True, sample="收到后三日内书面报回"),
            Field("due", "反馈期限", "date", required=True),
        ),
    ),
    Action(
        "supervise_reply", "登记督办反馈", RECORDABLE, (), article(40), (REMINDED,),
        after=("supervise",), fill=_open_reminder, group=GROUP,
        asks=(
            Field("no", "第几次督办", "int", help="不填就是最早没有反馈的一次。"),
            Field("content", "反馈了什么", "long", required=True),
        ),
    ),
    Action(
        "plan", "定办理计划", (*AT_WORK, "S70"), (), article(27), (LINES_AHEAD,), group=GROUP,
        asks=(
            tasks_field("步骤"),
            Field("content", "说明", "long", help="总的打算。"),
        ),
    ),
    Action(
        "crossing", "标明三跨三分离", TO_SERVICE, (), article(24), group=GROUP,
        asks=(
            Field("kinds", "情形", "many", required=True, choices=CROSSING),
            Field("units", "涉及的单位", "many", required=True, help="一行一个。"),
            Field("coordinator", "牵头协调单位", required=True, article=article(24),
                  help="由谁协调各方一起办。", sample="青石镇信访工作联席会议"),
        ),
    ),
    Action(
        "stakeholders", "定责任单位和统一答复", _LED, (), article(27), group=GROUP,
        asks=(
            Field("units", "各单位的责任", "rows", required=True,
                  help="只写单位，不写信访人的亲友。", columns=(
                      Field("unit", "单位", required=True),
                      Field("duty", "负责什么", required=True),
                      Field("contact", "联系人"),
                  )),
            Field("answer", "统一答复", "long", required=True,
                  help="各单位对信访人说同样的话。"),
        ),
    ),
    Action(
        "fresh_look", "重新审视诉求", RECORDABLE, (), article(27), head_of_office("leader"),
        group=GROUP,
        asks=(
            Field("leader", "主持的负责人", "person", required=True, sample="马长青"),
            Field("own_fault", "先看我们自己", "long", required=True,
                  help="当初的事实、程序、适用政策有没有错、有没有漏。"),
            Field("claim", "诉求有哪些合理的地方", "long", required=True),
            Field("law", "政策依据有没有变化", "long"),
            Field("left", "还能做什么", "long", required=True, help="纠正、补偿、帮扶、解释。"),
            Field("result", "结论", "choice", required=True, choices=FRESH_RESULT),
        ),
    ),
    Action(
        "cause", "记逾期或差错的原因", RECORDABLE, (), article(40), group=GROUP,
        asks=(
            Field("what", "哪一项逾期或出错", required=True, sample="书面告知晚了两天"),
            Field("cause", "原因", "choice", required=True, choices=LATE_CAUSE,
                  help="记我们自己的原因，不记信访人的。"),
            Field("unit", "单位", required=True, help="只写单位，不给人打分。"),
            Field("mended", "怎样改正", "long", required=True),
        ),
    ),
)  # fmt: skip
