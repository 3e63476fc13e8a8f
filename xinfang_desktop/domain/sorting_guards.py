"""Conditions of the steps that sort a matter (甄别): acceptance and its other ends.

Source: 《信访工作条例》 art. 22-24, 28-31, 36; chapter 4.2 of the working description.
"""

from __future__ import annotations

from .articles import SIMPLE_RULES, article
from .guards import Asked, Guard, confirmed, reachable, same_name
from .vocabulary import word


def _nature_is(*natures: str) -> Guard:
    """The nature is one of these or not yet set (it is then set by the step)."""
    words = "、".join(word("nature", nature) for nature in natures)

    def check(asked: Asked) -> str | None:
        now = asked.file.matter.nature
        if not now or now in natures:
            return None
        return f"事项定性为{word('nature', now)}，这一步只用于{words}。"

    return Guard(
        "wrong_nature", check, article=article(31 if "appeal" in natures else 29),
        mend="定性不对的，先“改定性质”。", standing=True,
    )  # fmt: skip


APPEAL = _nature_is("appeal")
SUGGESTION = _nature_is("suggestion")


def _accusation(asked: Asked) -> str | None:
    matter = asked.file.matter
    if matter.sealed or matter.nature == "accusation":
        return None
    return "事项没有定性为检举控告。"


ACCUSATION = Guard(
    "not_accusation", _accusation, article=article(30), mend="先“改定性质”为检举控告。",
    standing=True,
)  # fmt: skip

NO_INTEREST_DECLARED = confirmed(
    "no_interest", "与事项或信访人有直接利害关系的，应当回避。", article=article(28, 3),
    mend="请另派人承办。",
)  # fmt: skip

HAS_POWER = confirmed(
    "power_confirmed", "没有核对过该单位有权处理，不能转送、交办。", article=article(23, 2),
    mend="先核对该单位的职权；没有把握的，问清楚再送。",
)  # fmt: skip


def _report_due(asked: Asked) -> str | None:
    due = asked.data.get("report_due")
    return "交办的要定反馈期限。" if asked.data.get("mode") == "assign" and not due else None


REPORT_DUE = Guard(
    "field_missing", _report_due, article=article(22), field="report_due",
    mend="填写要求对方报回办结报告的日期。",
)  # fmt: skip


def _vague(key: str, label: str, sentence: str) -> Guard:
    def check(asked: Asked) -> str | None:
        return sentence if asked.data.get(key, "").strip("（）() ") in _EMPTY_WORDS else None

    return Guard("too_vague", check, article=article(31), field=key, mend=f"请写明{label}的全称。")


_EMPTY_WORDS = frozenset({"其他", "其它", "无", "有关部门", "相关部门", "有关机关", "相关规定"})

NAMED_ORGAN = _vague("organ", "机关", "告知去向必须写明哪个机关，不能写“其他”。")
NAMED_BASIS = _vague("basis", "法律依据", "依据要写明法律法规和条款，不能写“其他”。")


def _route(asked: Asked) -> str | None:
    if asked.data.get("kind") != "legal_route":
        return None
    route = asked.data.get("route")
    if not route:
        return "还缺：法定途径。"
    return "法定途径不能选“其他”，要写明走哪一条。" if route == "other" else None


NAMED_ROUTE = Guard(
    "route_missing", _route, article=article(31), field="route",
    mend="在诉讼、行政复议、仲裁、履行职责等途径里选一种。",
)  # fmt: skip


def _from_above(asked: Asked) -> str | None:
    if asked.file.matter.origin in {"forwarded", "assigned"}:
        return None
    return "只有上级转送、交办来的事项才能提出异议。"


FROM_ABOVE = Guard(
    "not_forwarded", _from_above, article=article(23, 3), standing=True,
    mend="不属本机关职权的，用“告知去向”。",
)  # fmt: skip


def objection_late(asked: Asked) -> bool:
    """Whether the five working days for an objection had ended."""
    due = asked.around.object_due
    return due is not None and asked.on > due


def _late_reason(asked: Asked) -> str | None:
    if objection_late(asked) and not asked.data.get("late_reason"):
        return "已过 5 个工作日的异议期限，要写明逾期的原因。"
    return None


LATE_OBJECTION = Guard(
    "late_objection", _late_reason, article=article(23, 3), field="late_reason",
    mend="写明原因后可以提出，记作逾期异议；原期限照算。",
)  # fmt: skip


def _second_person(asked: Asked) -> str | None:
    name = asked.data.get("confirmed_by", "")
    first = (asked.around.actor, asked.file.matter.owner)
    if any(same_name(name, one) for one in first):
        return "不再受理要由承办人以外的第二个人核对。"
    return None


SECOND_PERSON = Guard(
    "same_person", _second_person, article=article(36, 3), field="confirmed_by",
    mend="请名单里的另一个人核对事实和理由，再填他的姓名。",
)  # fmt: skip


def _unreachable(asked: Asked) -> str | None:
    return (
        "信访人的姓名和联系方式是清楚的，办完要告知本人，不能存查。" if reachable(asked) else None
    )


UNREACHABLE = Guard(
    "can_be_told", _unreachable, article=article(23, 2), standing=True,
    mend="请受理、回复或告知去向。",
)  # fmt: skip


def _simple_switched_on(asked: Asked) -> str | None:
    return None if asked.around.office.simple_procedure else "本单位没有启用简易办理。"


def _repeat(asked: Asked) -> str | None:
    intakes = [intake for intake in asked.file.intakes if not intake.voided]
    if len(intakes) > 1 or any(not intake.first for intake in intakes):
        return "重复信访的事项不能简易办理。"
    return None


def _excluded(asked: Asked) -> str | None:
    found = [word("excluded", code) for code in asked.data.get("excluded", [])]
    return f"有不适用的情形，不能简易办理：{'；'.join(found)}。" if found else None


SIMPLE: tuple[Guard, ...] = (
    Guard("simple_off", _simple_switched_on, article=SIMPLE_RULES, standing=True,
          mend="确有规定的，在“设置—单位”里启用；否则按普通程序受理。"),
    Guard("repeat", _repeat, article=SIMPLE_RULES, standing=True, mend="请按普通程序受理。"),
    Guard("excluded", _excluded, article=SIMPLE_RULES, field="excluded",
          mend="请按普通程序受理。"),
)  # fmt: skip


def _adopted(asked: Asked) -> str | None:
    if asked.file.matter.state == "S20" and not asked.data.get("adopted"):
        return "还缺：采纳情况。"
    return None


ADOPTED_SAID = Guard(
    "field_missing", _adopted, article=article(29), field="adopted",
    mend="选采纳、部分采纳或留作参考。",
)  # fmt: skip


def _adoption_reason(asked: Asked) -> str | None:
    if asked.file.matter.state == "S20" and not asked.data.get("reason"):
        return "还缺：采纳、部分采纳或留作参考的理由。"
    return None


ADOPTION_REASON = Guard(
    "field_missing", _adoption_reason, article=article(29), field="reason",
    mend="写明研究后的理由。",
)  # fmt: skip


def _paper_wanted(asked: Asked) -> str | None:
    if asked.file.matter.state == "S31" and not asked.data.get("no_paper"):
        return "信访人要求书面答复的，要出具处理意见。"
    return None


NO_PAPER = Guard(
    "paper_wanted", _paper_wanted, article=SIMPLE_RULES, field="no_paper",
    mend="请“起草处理意见”；本人没有要求书面的，选“是”。",
)  # fmt: skip


def _reply_nature(asked: Asked) -> str | None:
    return SUGGESTION.check(asked) if asked.file.matter.state == "S20" else None


REPLY_NATURE = Guard(
    "wrong_nature", _reply_nature, article=article(29), mend="定性不对的，先“改定性质”。",
    standing=True,
)  # fmt: skip
