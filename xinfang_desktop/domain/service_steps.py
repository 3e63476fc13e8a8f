"""What is done for the person beside the answer (帮扶、回访、评价、约访): asked, never imposed.

Help is referred because of need and not for silence; a visit at home needs consent; an evaluation
is voluntary and may be anonymous. Source: 《信访工作条例》 art. 18, 21, 37.
"""

from __future__ import annotations

from .articles import article
from .fields import Field
from .guards import Action, Asked, Guard, confirmed, not_before_the_day
from .vocabulary import HELP_KIND, SATISFACTION, STATEMENT_FORM, VISIT_KIND
from .waiver import find_waivers
from .when import RECORDABLE, TO_SERVICE

GROUP = "帮扶回访"

_LATER = ("S65", "S70", "S75", "S80", "S85", "S88", "T7", "T9")
"""When there is an answer to ask about."""


def _bought(asked: Asked) -> str | None:
    for value in asked.data.values():
        found = find_waivers(value) if isinstance(value, str) else ()
        if found:
            return f"“{found[0].words}”是放弃信访权利的话，帮扶不能附这样的条件。"
    return None


NOT_BOUGHT = Guard(
    "waiver", _bought, article=article(37, 2), field="need", mend="请删去；有困难就帮，不附条件。"
)


def _nothing_asked(asked: Asked) -> str | None:
    return None if asked.file.last("help") else "还没有登记过帮扶转介。"


def _not_appointed(asked: Asked) -> str | None:
    return None if asked.file.last("appoint") else "还没有约好，不能登记上门、见面。"


def _more_visits(asked: Asked) -> str | None:
    """Each visit needs an appointment of its own: nobody is visited again unasked."""
    asked_for = sum(1 for _ in asked.file.all("appoint"))
    made = sum(1 for _ in asked.file.all("visited"))
    return "约好的都去过了，再去要先征得本人同意。" if asked_for and made >= asked_for else None


STEPS: tuple[Action, ...] = (
    Action(
        "help", "转介帮扶救助", RECORDABLE, (), article(37, 2),
        (
            confirmed("consented", "本人不同意，不能转介。", article=article(37, 2),
                      mend="记一笔告诉过他可以申请什么；以后想申请再转介。"),
            NOT_BOUGHT,
            not_before_the_day("due", "回头问的日子"),
        ),
        group=GROUP,
        asks=(
            Field("need", "困难", "long", required=True, help="照本人说的记，只记和申请有关的。",
                  sample="房屋漏雨，一时无力修缮"),
            Field("kind", "可以申请什么", "choice", required=True, choices=HELP_KIND),
            Field("organ", "向哪里申请", required=True, sample="青石镇民政办"),
            Field("materials", "要带的材料", "long", sample="身份证、户口簿"),
            Field("consented", "本人同意转介", "bool", required=True,
                  help="讲清楚把什么告诉哪个单位。"),
            Field("form", "同意的凭据", "choice", required=True, choices=STATEMENT_FORM),
            Field("person", "转介人", "person", help="不填就是您自己。"),
            Field("due", "什么时候回头问", "date", required=True, sample="2026-10-10"),
        ),
    ),
    Action(
        "help_result", "登记帮扶结果", RECORDABLE, (), article(37, 2),
        (
            Guard("no_help", _nothing_asked, standing=True, mend="先“转介帮扶救助”。"),
            Guard("waiver", _bought, article=article(37, 2), field="content", mend="请删去。"),
        ),
        after=("help",), group=GROUP,
        asks=(Field("content", "结果", "long", required=True, sample="临时救助已批，9月30日发放"),),
    ),
    Action(
        "revisit", "登记回访", _LATER, (), article(32, 2), group=GROUP,
        asks=(
            Field("how", "方式", "choice", required=True, choices=VISIT_KIND),
            Field("carried_out", "答应的落实了没有", "choice", required=True,
                  choices=(("yes", "都落实了"), ("partly", "落实了一部分"), ("no", "没有落实"),
                           ("none", "没有要落实的"))),
            Field("solved", "本人说问题解决了没有", "choice",
                  choices=(("yes", "解决了"), ("partly", "解决了一部分"), ("no", "没有解决")),
                  help="照本人说的记；不愿说就不填。"),
            Field("said", "本人的意见", "long"),
            Field("present", "参加人"),
        ),
    ),
    Action(
        "rate", "登记满意度评价", _LATER, (), article(21), group=GROUP,
        asks=(
            Field("attitude", "对态度", "choice", choices=SATISFACTION, help="自愿，没说就不填。"),
            Field("speed", "对效率", "choice", choices=SATISFACTION),
            Field("result", "对结果", "choice", choices=SATISFACTION),
            Field("anonymous", "不记名", "bool"),
            Field("said", "意见和建议", "long"),
        ),
    ),
    Action(
        "appoint", "约访、上门要先约", (*TO_SERVICE, "S75", "S88"), (), article(18, 2),
        (
            confirmed("consented", "本人不同意，不能上门，也不能反复约见。", article=article(18),
                      mend="尊重本人的意愿；可以写信、打电话告知。"),
            not_before_the_day("visit_on", "约定的日子"),
        ),
        group=GROUP,
        asks=(
            Field("kind", "方式", "choice", required=True, choices=VISIT_KIND),
            Field("visit_on", "约在哪一天", "date", required=True),
            Field("place", "地点", required=True),
            Field("who", "谁去", "many", required=True, help="一行一个。"),
            Field("consented", "本人同意", "bool", required=True),
            Field("purpose", "谈什么", "long", required=True),
        ),
    ),
    Action(
        "visited", "登记约访结果", (*TO_SERVICE, "S75", "S88"), (), article(18, 2),
        (
            Guard("not_appointed", _not_appointed, standing=True, mend="先“约访、上门要先约”。"),
            Guard("no_more", _more_visits, standing=True, mend="先再约一次。"),
        ),
        after=("appoint",), group=GROUP,
        asks=(
            Field("content", "谈了什么、看到什么", "long", required=True),
            Field("next", "接下来做什么", "long"),
        ),
    ),
)  # fmt: skip
