"""The notice of a hearing (听证通知): who is told what, how long before, and who may not preside.

Source: 《信访工作条例》 art. 31 (6); how long before is a local rule, seven days where none is set.
"""

from __future__ import annotations

from .articles import article
from .fields import Field
from .guards import Action, Asked, Guard, not_before_the_day, on_the_list, same_name
from .history import data_of
from .vocabulary import HEARING_ASKED
from .when import HANDLED

GROUP = "会商听证"
NOTICE_DAYS = 7
"""Calendar days between the notice and the hearing, where both sides did not agree to fewer."""

_HEARING = article(31, item=6)


def _soon(asked: Asked) -> str | None:
    day = asked.day("held_on")
    if day is None or asked.data.get("agreed_sooner"):
        return None
    days = (day - asked.on).days
    return (
        f"通知到听证只有 {days} 天，应当提前 {NOTICE_DAYS} 天。"
        if 0 <= days < NOTICE_DAYS
        else None
    )


def _not_who_inquired(asked: Asked) -> str | None:
    host = asked.data.get("host", "")
    names = [asked.file.matter.owner]
    for step in asked.file.all("interview"):
        names += [str(name) for name in data_of(step).get("investigators", ())]
    if any(same_name(host, name) for name in names):
        return f"{host}是承办、调查这件事的人，不能主持听证。"
    return None


def _third_parties(asked: Asked) -> str | None:
    if asked.data.get("third_parties") and not asked.data.get("consented"):
        return "请第三方参加，要经信访人同意。"
    return None


STEPS: tuple[Action, ...] = (
    Action(
        "hearing_notice", "登记听证通知", (*HANDLED, "S85"), (), _HEARING,
        (
            on_the_list("host"),
            Guard("host_inquired", _not_who_inquired, field="host", mend="请另一位负责人主持。"),
            not_before_the_day("held_on", "听证日期"),
            Guard("too_soon", _soon, field="held_on",
                  mend="改到七天以后；双方都同意提前的，选“双方同意提前”。"),
            Guard("no_consent", _third_parties, field="third_parties", mend="先问本人，再请。"),
        ),
        group=GROUP,
        asks=(
            Field("subject", "听证的事由", "long", required=True, sample="老水井归谁使用"),
            Field("asked_by", "谁提出的", "choice", required=True, choices=HEARING_ASKED),
            Field("held_on", "听证日期", "date", required=True, sample="2026-04-27"),
            Field("time", "时间", required=True, sample="上午9时"),
            Field("place", "地点", required=True, sample="镇政府二楼会议室"),
            Field("host", "主持人", "person", required=True, article=_HEARING,
                  help="不能是承办人、调查人。"),
            Field("hearers", "听证员", "many", help="一行一个。"),
            Field("open", "公开举行", "bool", required=True),
            Field("closed_why", "不公开的理由", help="涉及国家秘密、商业秘密、个人隐私的不公开。"),
            Field("parties", "通知谁", "many", required=True, help="一行一个：信访人、有关单位。",
                  sample="农国庆"),
            Field("third_parties", "请来的第三方", "many",
                  help="律师、社工、两代表一委员等，信访人同意才请。"),
            Field("consented", "信访人同意第三方参加", "bool"),
            Field("agreed_sooner", "双方同意提前", "bool", help="少于七天的必须核对。"),
        ),
    ),
)  # fmt: skip
