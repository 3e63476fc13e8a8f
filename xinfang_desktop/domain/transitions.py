"""The course of a matter (办理流程) as one table: from where, by which step, to where, on what terms.

Each row is one lawful step. ``targets`` empty: the state stays; one: fixed; several: ``choose``
decides from the file and the data. Roles stand in ``permissions.STEPS``, fields in
``step_fields.FIELDS``. Source: chapter 4.2 of the working description, 《信访工作条例》 art. 18-36.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from . import closing_guards as closing
from . import (
    effects,
    hearing_steps,
    publication_steps,
    reported,
    responsibility_steps,
    routing_steps,
    service_steps,
)
from . import handling_guards as handling
from . import sorting_guards as sorting
from .articles import MEDIATION_17, SIMPLE_RULES, article
from .guards import (
    NOT_THE_REPORTED,
    Action,
    head_of_office,
    no_interest,
    not_ahead,
    not_before_the_day,
    on_the_list,
)  # fmt: skip
from .inquiry_steps import INQUIRY_STEPS
from .step_fields import FIELDS
from .when import AT_WORK, HANDLED, RECORDABLE, TO_SERVICE

_TABLE: tuple[Action, ...] = (
    # 甄别
    Action("claim", "认领甄别", ("S10",), ("S20",), article(28, 3),
           (on_the_list("handler"), no_interest("handler"), sorting.NO_INTEREST_DECLARED),
           fill=effects.handler_is_actor, changes=effects.claimed),
    Action("sort", "改定性质", ("S20",), (), article(29), changes=effects.sorted_anew),
    Action("supplement", "通知补正", ("S10", "S20", "S30", *HANDLED), ("S15",), article(23)),
    Action("supplied", "收到补正", ("S15",), ("S10", "S20", "S30", *HANDLED), article(23),
           choose=effects.back, after=("supplement",)),
    Action("accept", "受理", ("S20",), ("S30",), article(23, 2),
           (sorting.APPEAL, on_the_list("handler"), no_interest("handler")),
           mark=effects.late_acceptance, changes=effects.accepted),
    Action("simple", "简易办理", ("S20",), ("S31",), SIMPLE_RULES,
           (sorting.APPEAL, *sorting.SIMPLE), changes=effects.accepted),
    Action("convert", "转普通程序", ("S31",), ("S40",), SIMPLE_RULES,
           head_of_office("approved_by", SIMPLE_RULES), after=("simple",)),
    Action("forward", "转送交办", ("S20",), ("T1",), article(23, 2),
           (sorting.HAS_POWER, *NOT_THE_REPORTED, sorting.REPORT_DUE,
            not_before_the_day("report_due", "反馈期限"))),
    Action("return", "收回重办", ("T1",), ("S20",), article(23, 3), after=("forward",)),
    Action("redirect", "告知去向", ("S20",), ("T3", "T4", "T6"), article(31),
           (sorting.NAMED_ORGAN, sorting.NAMED_ROUTE, sorting.NAMED_BASIS),
           choose=effects.by_kind),
    Action("object", "提出异议", ("S20",), ("S25",), article(23, 3),
           (sorting.FROM_ABOVE, sorting.LATE_OBJECTION), mark=effects.late_objection),
    Action("objection_upheld", "异议成立", ("S25",), ("T2",), article(23, 3), after=("object",)),
    Action("objection_refused", "异议未获同意", ("S25",), ("S20",), article(23, 3),
           after=("object",)),
    Action("seal", "移送检举控告", ("S20",), ("T5",), article(30),
           (sorting.ACCUSATION, *NOT_THE_REPORTED, reported.TO_ABOVE), changes=effects.sealed),
    Action("reply", "答复", ("S20", "S31"), ("T7", "S65"), article(29),
           (sorting.REPLY_NATURE, sorting.ADOPTED_SAID, sorting.ADOPTION_REASON,
            sorting.NO_PAPER),
           choose=effects.replied, changes=effects.reply_nature),
    Action("final", "不再受理", ("S20",), ("T9",), article(36, 3),
           (on_the_list("confirmed_by"), sorting.SECOND_PERSON,
            not_ahead("review_date", "复核意见书的日期"))),
    Action("keep", "办理后存查", ("S20",), ("T11",), article(23, 2), (sorting.UNREACHABLE,)),
    # 受理、办理
    Action("start", "开始办理", ("S30",), ("S40",), article(31, item=6), after=("accept",),
           fill=effects.first_contact),
    Action("assign", "转办", (*AT_WORK, "S70"), (), article(28),
           (on_the_list("person"), no_interest("person"),
            not_before_the_day("due", "反馈期限")), changes=effects.assigned),
    Action("note", "记一笔", RECORDABLE, (), article(31, item=6)),
    Action("hearing", "记听证", (*HANDLED, "S85"), (), article(31, item=6),
           (not_ahead("held_on", "听证日期"), handling.HEARING_SPAN)),
    Action("mediate", "记调解", HANDLED, (), MEDIATION_17, handling.MEDIATION),
    Action("meeting", "记见面会商", (*TO_SERVICE, "S75"), (), article(31, item=6),
           handling.MEETING),
    Action("promise", "记承诺", RECORDABLE, (), article(27), (not_before_the_day("due", "承诺的日子"),)),
    Action("notify", "登记告知", RECORDABLE, (), article(23, 2), handling.NOTIFY),
    Action("extend", "延期", HANDLED, ("S45",), article(34),
           (*handling.EXTENSION, *head_of_office("approved_by", article(34))),
           after=("accept", "convert")),
    # 出具意见、送达
    Action("draft", "起草处理意见", (*HANDLED, "S31"), ("S50",), article(32),
           (handling.HEARD, handling.INQUIRED, handling.ANSWER_ROWS),
           fill=effects.drafter_is_actor),
    Action("return_draft", "退回修改", ("S50",), (*HANDLED, "S31"), article(32),
           (on_the_list("reviewer"),), choose=effects.back),
    Action("sign", "登记签发", ("S50",), ("S55",), article(32),
           (handling.SIGNER_AVAILABLE, *head_of_office("signer"), *handling.SIGN),
           after=("accept", "simple", "convert"), fill=effects.office_review_organ),
    Action("send", "登记寄送", ("S55",), ("S60",), article(32), after=("sign",)),
    Action("serve", "登记送达", ("S55", "S60"), ("S65",), article(35), closing.SERVE,
           after=("sign", "send")),
    # 落实、办结
    Action("follow", "落实跟踪", ("S65", "S70"), ("S70",), article(32, 2),
           (closing.TO_FOLLOW, closing.TASKS_AHEAD), after=("serve",)),
    Action("fulfil", "登记落实", RECORDABLE, (), article(32, 2), (closing.OPEN_TASK,)),
    Action("close", "办结", ("S65", "S70"), ("S75",), article(34), closing.CLOSE,
           after=("sign", "serve")),
    Action("review", "登记复查申请", ("S65", "S70", "S75"), ("S80", "S85"), article(35),
           (closing.REVIEW_ORGAN, on_the_list("received_by")), choose=effects.which_review,
           after=("serve",), fill=effects.office_organ, mark=effects.late_review),
    Action("review_result", "登记复查复核结果", ("S80", "S85"), ("S75", "S85", "S88", "S40"),
           article(36), choose=effects.after_review, after=("review",)),
    Action("reopen", "重新办理", ("S75",), ("S40",), article(32, 2), head_of_office("leader"),
           after=("close",)),
    Action("archive", "归档", ("S75",), ("S90",), "《档案法》第十三条", closing.ARCHIVE,
           after=("close",)),
    # 并案、分案、撤回、作废
    Action("merge", "并案", ("S20", *HANDLED), ("T10",), article(23), closing.MERGE),
    Action("unmerge", "撤销并案", ("T10",), ("S20", *HANDLED), article(23), choose=effects.back),
    Action("split", "分案", AT_WORK, (), article(32), closing.SPLIT),
    Action("withdraw", "登记撤回", TO_SERVICE, ("T8",), article(18, 4),
           (on_the_list("recorded_by"), *closing.WITHDRAW)),
    Action("redate", "改收到日期", TO_SERVICE, (), article(23, 2),
           (not_ahead("received_on", "收到日期"), handling.NOT_AFTER_WHAT_WAS_DONE,
            *head_of_office("approved_by")), mark=effects.date_before,
           changes=effects.redated),
    Action("void", "作废", TO_SERVICE, ("T12",), article(21)),
)  # fmt: skip

ACTIONS: Mapping[str, Action] = {
    action.name: reported.kept_apart(action)
    for action in (
        *(replace(action, asks=FIELDS[action.name]) for action in _TABLE),
        *responsibility_steps.STEPS,
        *publication_steps.STEPS,
        *routing_steps.STEPS,
        *INQUIRY_STEPS,
        *hearing_steps.STEPS,
        *service_steps.STEPS,
        *reported.ACTIONS,
    )
}
"""Every step of a matter by its name, in the order of the course."""
