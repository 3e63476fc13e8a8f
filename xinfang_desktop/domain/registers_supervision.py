"""Registers of what the office learns from its matters (归类、建议、评查): problems, never people.

A topic gathers matters of one policy problem through the six stages (六段式) and ends in a
suggestion that is followed up; the three suggestions (三项建议) of article 40 wait for a written
answer; a random check of closed files says where our own work has gaps.
Source: 《信访工作条例》 art. 25, 29, 40; chapter 13.2 of the working description.
"""

from __future__ import annotations

from .course import Values
from .fields import Field
from .register_kit import Asked, Guard, Owed, Register, cite, step
from .vocabulary import ADOPTED

GROUP = "归类、建议和评查"

# --- topics of several matters -----------------------------------------------------------------

_MORE = Field("matters", "再归入的事项", "many", help="信访编号，一行一个。", max_length=60,
              sample="20260921-A0002")  # fmt: skip


def _too_few(asked: Asked) -> str | None:
    named = set(asked.data.get("matters", ()))
    if len(asked.file.item.matters) + len(named) >= 2:
        return None
    return "归类要有两件以上同类的信访事项，现在只有不到两件。"


TOPIC = Register(
    "topic", "热点归类", GROUP, "归类", "日期", "{name}",
    (
        Field("name", "共同的问题", required=True, max_length=80, sample="机耕路占地补偿标准不一"),
        Field("claim", "共同的诉求", "long", required=True, max_length=1000,
              sample="几个组补偿标准不同，要求说明依据、统一标准。"),
        Field("policy", "涉及的政策、文件", "long", max_length=500,
              sample="县征地补偿安置标准（2024年）。"),
        Field("lead", "牵头单位", max_length=60, sample="镇自然资源所"),
    ),
    ("t_receive", "t_forward", "t_handle", "t_sort", "t_decide", "t_track"),
    (
        step("forward", "转交牵头单位", "t_receive", "t_forward",
             Field("unit", "转交给", required=True, max_length=60, sample="镇自然资源所"),
             Field("asked", "请其办什么", "long", max_length=500, sample="核对各组的补偿依据。"),
             icon="send", source=cite(22)),
        step("handle", "各件办理情况", "t_forward", "t_handle",
             Field("text", "办理情况", "long", required=True, max_length=1000,
                   sample="三件都已受理，各组的补偿表已调齐。"), icon="file-text"),
        step("classify", "归类分析", "t_handle", "t_sort",
             Field("model", "剖析的一件", "matter", required=True, max_length=60,
                   sample="20260921-A0001", help="挑最典型的一件，把来龙去脉查透。"),
             Field("finding", "症结在哪里", "long", required=True, max_length=1500,
                   sample="2024年标准调整前后的两批占地，公示时没有说明日期界限。"),
             Field("guide", "同类事项怎么办", "long", required=True, max_length=1500,
                   sample="先查占地日期，再对照当时的标准，答复里附标准文件。",
                   help="给承办人的办理指引。"),
             _MORE, icon="git-compare",
             guards=(Guard("too_few", _too_few, mend="请先归入同类事项。", field="matters"),)),
        step("decide", "提出决策建议", "t_sort", "t_decide",
             Field("proposal", "建议怎么定", "long", required=True, max_length=1500,
                   sample="补发日期说明；对公示有误的一批重新公示。"),
             Field("decided_by", "报谁决定", required=True, max_length=60, sample="镇党政联席会"),
             Field("suggestion", "建议书编号", max_length=60, sample="20260921-A0003",
                   help="另登记了三项建议的，写它的编号。"),
             icon="scale", source=cite(40)),
        step("track", "决定下来，转跟踪", "t_decide", "t_track",
             Field("decision", "怎么决定的", "long", required=True, max_length=1500,
                   sample="9月28日党政联席会同意重新公示。"), icon="checkup-list"),
        step("finish", "跟踪完毕", "t_track", "done",
             Field("result", "落实得怎样", "long", required=True, max_length=1500,
                   sample="重新公示完成，三件都已答复，没有新的同类来访。"), icon="archive"),
        step("join", "归入事项", "t_receive t_forward t_handle t_sort t_decide t_track", "",
             Field("matters", "归入的事项", "many", required=True, max_length=60,
                   sample="20260921-A0002", help="信访编号，一行一个。"), icon="plus"),
    ),
    about="几件事是同一个政策问题的，归到一起，走六段：接访、转交、办理、归类、决策、跟踪。归的是事，不列人。",
    with_matters=True, with_owner=True,
)  # fmt: skip

# --- the three suggestions of article 40 -------------------------------------------------------

SUGGESTION_KINDS = (
    ("improve", "改进工作"), ("policy", "完善政策"), ("duty", "追究责任"),
)  # fmt: skip


def _reply_by(asked: Asked) -> Values:
    return {"due": asked.day("reply_by")}


def _reply_too_early(asked: Asked) -> str | None:
    day = asked.day("reply_by")
    return "请反馈的日期不能早于送达的日期。" if day and day < asked.on else None


SUGGESTION = Register(
    "suggestion", "三项建议", GROUP, "建议", "提出日期", "{kind}：{subject}",
    (
        Field("kind", "哪一项", "choice", required=True, choices=SUGGESTION_KINDS,
              sample="完善政策", article=cite(40)),
        Field("organ", "向谁提出", required=True, max_length=80, sample="县自然资源局"),
        Field("subject", "关于什么", required=True, max_length=80, sample="统一机耕路占地补偿标准"),
        Field("facts", "发现的问题", "long", required=True, max_length=3000,
              sample="今年以来收到三件反映，同一条路三个组补偿标准不同，群众看不到依据。",
              help="写事实和件数，不写信访人姓名。"),
        Field("content", "建议", "long", required=True, max_length=3000,
              sample="一、公布标准和日期界限。二、对差额逐户核对，书面答复。"),
        Field("basis", "政策法规依据", "long", max_length=1000),
    ),
    ("drafted", "sent", "replied"),
    (
        step("send", "登记送达", "drafted", "sent",
             Field("how", "怎样送的", "choice", required=True, choices=(
                 ("direct", "直接送达"), ("mail", "邮寄"), ("network", "公文系统"),
             ), sample="直接送达"),
             Field("receiver", "收件人", max_length=40, sample="彭文斌"),
             Field("reply_by", "请在哪天前书面反馈", "date", required=True, sample="2026-10-21"),
             icon="send", source=cite(40), changes=_reply_by,
             guards=(Guard("reply_too_early", _reply_too_early, mend="请核对日期。",
                           field="reply_by"),)),
        step("remind", "催复", "sent", "",
             Field("how", "怎样催的", required=True, max_length=120, sample="电话催办公室"),
             icon="phone", after=("send",), source=cite(40)),
        step("feedback", "登记书面反馈", "sent", "replied",
             Field("adopted", "采纳情况", "choice", required=True,
                   choices=(*ADOPTED, ("refused", "不采纳")), sample="采纳"),
             Field("content", "反馈的内容", "long", required=True, max_length=2000,
                   sample="10月15日来函：标准已在局网站公布，差额正在核对。"),
             Field("reference", "来函文号", max_length=60, sample="自然资函〔2026〕15号"),
             icon="mail", after=("send",), source=cite(40)),
        step("finish", "跟踪完毕", "replied", "done",
             Field("result", "落实得怎样", "long", required=True, max_length=1500,
                   sample="差额已补发，同类来访没有再发生。"), icon="archive"),
    ),
    about="改进工作、完善政策、追究责任的建议，送谁、什么时候书面反馈了采纳情况。",
    owed=Owed("催收书面反馈", ("feedback",)), paper="S01", with_matters=True, with_owner=True,
)  # fmt: skip

# --- proposals of the people -------------------------------------------------------------------


SOLICITATION = Register(
    "solicitation", "人民建议征集", GROUP, "征集", "开始日期", "{theme}",
    (
        Field("theme", "征集什么", required=True, max_length=100, sample="农贸市场搬迁后的公交线路"),
        Field("until", "征集到哪一天", "date", required=True, sample="2026-10-31"),
        Field("ways", "怎样提交", "long", required=True, max_length=500,
              sample="镇信访接待室当面或来信；电话 0739-5550123；村务公开栏意见箱。"),
        Field("by_organ", "主办单位", max_length=80, sample="镇人民政府"),
    ),
    ("collecting", "sorting"),
    (
        step("received", "登记收到的建议", "collecting", "",
             Field("count", "几条", "int", required=True, sample="5"),
             Field("text", "主要内容", "long", required=True, max_length=1500,
                   sample="三条希望早班车提前到6点，两条希望设镇卫生院站。"),
             _MORE, icon="message-circle-check", source=cite(29)),
        step("close", "截止，整理研究", "collecting", "sorting",
             Field("count", "共收到几条", "int", required=True, sample="23"),
             Field("summary", "归纳", "long", required=True, max_length=1500,
                   sample="集中在班次和站点两个方面。"), icon="checkup-list", source=cite(29)),
        step("finish", "公布采纳情况", "sorting", "done",
             Field("adopted", "采纳了几条", "int", required=True, sample="8"),
             Field("result", "采纳和答复", "long", required=True, max_length=2000,
                   sample="增设镇卫生院站；班次调整由县公交公司试行。"),
             Field("published", "怎样公布的", max_length=200, sample="村务公开栏、镇公众号"),
             icon="send", source=cite(29)),
    ),
    about="向群众征集建议：主题、期限、怎样提，收到多少，采纳了什么，怎样告诉大家。",
    due="until", owed=Owed("截止并整理", ("close",)), with_matters=True, with_owner=True,
    ahead=True,
)  # fmt: skip

# --- what a decision may bring -----------------------------------------------------------------

_VERDICT = (("yes", "是"), ("partly", "部分"), ("no", "否"), ("unknown", "还没查明"))

RISK_CHECKS: tuple[tuple[str, str, str], ...] = (
    ("legal", "合法性", "权限、程序、内容有没有法律和政策依据"),
    ("rational", "合理性", "各方利益是不是兼顾，补偿、安置是不是公平"),
    ("feasible", "可行性", "资金、时间、人力够不够，时机合适不合适"),
    ("harm", "损害可控性", "会给谁带来什么损害，能不能避免、补救"),
)
"""Field, name and question of the four checks; controllability is that of harm to people."""


def _checks() -> tuple[Field, ...]:
    made: list[Field] = []
    for name, label, question in RISK_CHECKS:
        made.append(Field(name, label, "choice", choices=_VERDICT, help=question, sample="是"))
        made.append(Field(f"{name}_note", f"{label}的依据和问题", "long", max_length=1000,
                          sample="已查有关文件，见附件。"))  # fmt: skip
    return tuple(made)


def _not_asked(asked: Asked) -> str | None:
    if asked.file.last("comment"):
        return None
    return "还没有登记征求意见的情况：受影响的人要先有机会说话。"


RISK = Register(
    "risk", "决策信访风险评估", GROUP, "评估", "开始日期", "{name}",
    (
        Field("name", "决策或项目", required=True, max_length=100, sample="农贸市场搬迁"),
        Field("organ", "谁来决策", required=True, max_length=80, sample="镇党政联席会"),
        Field("decide_on", "计划哪天决策", "date", sample="2026-10-20"),
        Field("affected", "影响到哪些方面", "long", required=True, max_length=1000,
              sample="四十二个摊位、周边三个村赶集。"),
        *_checks(),
    ),
    ("assessing",),
    (
        step("comment", "登记征求意见", "assessing", "",
             Field("how", "怎样征求的", "many", required=True, choices=(
                 ("notice", "公示"), ("meeting", "座谈会"), ("hearing", "听证会"), ("survey", "问卷"),
                 ("visit", "入户走访"),
             ), sample="公示"),
             Field("people", "多少人提了意见", "int", sample="31"),
             Field("opinions", "主要意见", "long", required=True, max_length=2000,
                   sample="希望过渡期不收摊位费；希望保留老市场的公交站。"),
             Field("answered", "怎样回应", "long", max_length=1000, sample="过渡期三个月免摊位费。"),
             icon="users"),
        step("conclude", "作出评估结论", "assessing", "following",
             Field("result", "结论", "choice", required=True, choices=(
                 ("go", "可以实施"), ("adjust", "调整后实施"), ("pause", "暂缓实施"),
             ), sample="调整后实施"),
             Field("reason", "理由", "long", required=True, max_length=1500,
                   sample="依据充分，过渡安排还要补足。"),
             Field("measures", "要先做好的", "long", max_length=1500,
                   sample="公布过渡摊位方案，公交站保留到年底。"),
             icon="scale",
             guards=(Guard("not_asked", _not_asked, mend="先登记征求意见，再作结论。",
                           standing=True),)),
        step("decided", "登记决策结果", "following", "done",
             Field("decision", "怎么决定的", "long", required=True, max_length=1500,
                   sample="按评估意见调整后实施。"),
             Field("heeded", "评估意见采纳了没有", "choice", required=True, choices=ADOPTED,
                   sample="采纳"), icon="archive"),
    ),
    about="定事情、上项目之前先看：合法、合理、可行吗，会伤到谁，问过大家没有。结论交给决策的人。",
    due="decide_on", owed=Owed("作出评估结论", ("conclude",)), paper="S02", with_owner=True,
)  # fmt: skip

REGISTERS = (TOPIC, SUGGESTION, SOLICITATION, RISK)
