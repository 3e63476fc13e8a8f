"""Conditions of the steps that handle a matter (办理) up to its signed opinion.

Source: 《信访工作条例》 art. 31-36; 《人民调解法》 art. 17; chapters 3 and 4.2 of the working
description.
"""

from __future__ import annotations

from .articles import MEDIATION_17, article
from .guards import Asked, Guard, claim_numbers, confirmed, reachable, same_name
from .history import answers, approved_extension_days, drafter
from .vocabulary import word

EXTENSION_LIMIT = 30
"""Days by which the 60 may be extended in all (art. 34); so never beyond 90 from acceptance."""

_NOTHING_OWED_TO_DRAFT = "S31"


# --- before the opinion -------------------------------------------------------------------


def _heard(asked: Asked) -> str | None:
    if asked.file.matter.state == _NOTHING_OWED_TO_DRAFT:
        return None
    for step in asked.file.all("note", "meeting", "hearing", "interview"):
        data = step.data or {}
        if (
            step.action == "hearing"
            or data.get("record") in {"statement", "not_heard"}
            or data.get("petitioner_present")
            or data.get("whom") == "petitioner"
        ):
            return None
    return "还缺：听取陈述记录 1 份。"


HEARD = Guard(
    "not_heard", _heard, article=article(31, item=6), standing=True,
    mend="用“记一笔”写听取陈述；匿名、三次联系不上或本人不愿谈的，写未能听取陈述和原因。",
)  # fmt: skip


def _inquired(asked: Asked) -> str | None:
    if asked.file.matter.state == _NOTHING_OWED_TO_DRAFT:
        return None
    found = any(
        step.action == "inquiry_report"
        or (step.data or {}).get("record") == "inquiry"
        or (step.data or {}).get("whom") == "other"
        for step in asked.file.all("note", "interview", "inquiry_report")
    )
    return None if found else "还缺：调查核实记录 1 份。"


INQUIRED = Guard(
    "no_inquiry", _inquired, article=article(31, item=6), standing=True,
    mend="用“记一笔”写调查核实，或者登记调查笔录、调查报告。",
)  # fmt: skip


def _answer_rows(asked: Asked) -> str | None:
    rows = [row["no"] for row in asked.data.get("answers", []) if "no" in row]
    if len(rows) != len(set(rows)):
        return "同一项诉求写了两次答复。"
    strange = sorted(set(rows) - set(claim_numbers(asked)))
    return f"没有第 {strange[0]} 项诉求。" if strange else None


ANSWER_ROWS = Guard(
    "no_such_claim", _answer_rows, article=article(32), field="answers",
    mend="每项诉求答复一次，序号照登记的诉求写。",
)  # fmt: skip


def _days_left(asked: Asked) -> str | None:
    used = approved_extension_days(asked.file)
    if used >= EXTENSION_LIMIT:
        return f"已经延长 {used} 日，累计不得超过 {EXTENSION_LIMIT} 日，不能再延。"
    days = asked.data.get("days")
    if days is None:
        return None
    if days < 1:
        return "延长天数至少 1 日。"
    if used + days > EXTENSION_LIMIT:
        return f"累计延长不得超过 {EXTENSION_LIMIT} 日，最多还能延 {EXTENSION_LIMIT - used} 日。"
    return None


def _approved_in_time(asked: Asked) -> str | None:
    due = asked.around.answer_due
    if due is not None and asked.on > due:
        return f"办理期限 {due.isoformat()} 已过，批准延期的日期不能晚于它。"
    return None


EXTENSION: tuple[Guard, ...] = (
    Guard("extension_used_up", _days_left, article=article(34), field="days", standing=True,
          mend="请在期限内出具处理意见。"),
    Guard("extension_late", _approved_in_time, article=article(34), field="on",
          mend="已经逾期的不能补批，请尽快出具处理意见并如实记录。"),
)  # fmt: skip


def _refused(asked: Asked) -> str | None:
    if asked.data.get("kind") is None or asked.data.get("refusal_reason"):
        return None
    said_no = any(
        asked.data.get(key) is False
        for key in ("petitioner_present", "petitioner_assents", "unit_assents")
    )
    return "有一方没到场或不同意，要写明理由。" if said_no else None


def _four_parties(asked: Asked) -> str | None:
    if asked.data.get("kind") != "four_meet":
        return None
    roles = (("receiver", "接访人"), ("handler", "办访人"), ("supervisor", "督查人"))
    absent = [name for key, name in roles if not asked.data.get(key)]
    return f"四见面还缺：{'、'.join(absent)}。" if absent else None


MEETING: tuple[Guard, ...] = (
    Guard("field_missing", _four_parties, field="receiver",
          mend="写明到场的人；没有凑齐四方的，记作会商。"),
    Guard("field_missing", _refused, field="refusal_reason",
          mend="不同意也照实记，不影响继续办理。"),
)  # fmt: skip

MEDIATION: tuple[Guard, ...] = tuple(
    confirmed(
        key, f"{who}不同意，不能调解。", article=MEDIATION_17,
        mend="请用“记一笔”记下不同意，并告知其他途径；办理期限照算。",
    )
    for key, who in (("petitioner_consents", "信访人"), ("other_consents", "对方"))
)  # fmt: skip


def _hearing_span(asked: Asked) -> str | None:
    start, end = asked.day("from"), asked.day("to")
    if (start is None) != (end is None):
        return "听证的开始和结束日期要一起填。"
    return "听证的结束日期早于开始日期。" if start and end and end < start else None


HEARING_SPAN = Guard("bad_span", _hearing_span, field="to", mend="请核对两个日期。")


def _confidential_lines(asked: Asked) -> str | None:
    if not asked.file.matter.confidential:
        return None
    for row in asked.data.get("told", []):
        if row.get("line") in {"helper", "supervisor"}:
            return f"信访人要求保密，不告知{word('line', row['line'])}。"
    return None


def _somebody_told(asked: Asked) -> str | None:
    form = asked.data.get("form")
    if form == "V02":
        return None if asked.data.get("told") else "还缺：三级四线逐行告知了谁。"
    if form and not asked.data.get("recipient") and reachable(asked):
        return "还缺：收件人。"
    return None


NOTIFY: tuple[Guard, ...] = (
    Guard("field_missing", _somebody_told, field="recipient", mend="写明谁收到了告知。"),
    Guard("confidential", _confidential_lines, article=article(30), field="told",
          mend="只告知信访人本人和承办的一线。"),
)  # fmt: skip


# --- the opinion --------------------------------------------------------------------------

_PARTS = (("facts", "查明的事实"), ("basis", "依据"), ("outcome", "结论"))


def _every_claim_answered(asked: Asked) -> str | None:
    given = answers(asked.file)
    numbers = claim_numbers(asked)
    silent = [str(no) for no in numbers if no not in given]
    if silent:
        return f"还缺：第 {'、'.join(silent)} 项诉求的答复。"
    for no in numbers:
        absent = [name for key, name in _PARTS if not getattr(given[no], key)]
        if absent:
            return f"第 {no} 项诉求的答复还缺：{'、'.join(absent)}。"
    return None


def _not_the_drafter(asked: Asked) -> str | None:
    if same_name(asked.data.get("signer", ""), drafter(asked.file)):
        return "起草人和签发人不能是同一个人。"
    return None


def _review_organ(asked: Asked) -> str | None:
    if asked.data.get("review_organ") or asked.around.office.review_organ:
        return None
    return "还缺：复查机关的名称，意见书要写明 30 日内向谁申请复查。"


SIGN: tuple[Guard, ...] = (
    Guard("claims_unanswered", _every_claim_answered, article=article(32), standing=True,
          mend="“退回修改”后补写逐项答复。"),
    Guard("drafter_signs", _not_the_drafter, field="signer",
          mend="请另一位负责人签发。"),
    Guard("review_organ_missing", _review_organ, article=article(35), field="review_organ",
          mend="在这里填，或在“设置—单位”里填一次。"),
)  # fmt: skip


def _somebody_signs(asked: Asked) -> str | None:
    able = (person for person in asked.around.people if person.may_sign and not person.voided)
    if any(not same_name(person.name, drafter(asked.file)) for person in able):
        return None
    return "单位人员名单里没有可以签发的人。"


SIGNER_AVAILABLE = Guard(
    "no_signer", _somebody_signs, standing=True,
    mend="请在“设置—人员”里加上负责人，勾选“可以签发”。",
)  # fmt: skip


def _before_what_was_done(asked: Asked) -> str | None:
    day = asked.day("received_on")
    done = [s.on for s in asked.file.steps if s.action not in _NOT_DEEDS and not s.voided]
    if day is None or not done or day <= min(done):
        return None
    return f"收到日期不能晚于已经办理的 {min(done).isoformat()}。"


_NOT_DEEDS = frozenset({"register", "repeat", "import", "have", "redate"})

NOT_AFTER_WHAT_WAS_DONE = Guard(
    "after_what_was_done", _before_what_was_done, field="received_on", mend="请核对日期。"
)
"""A matter cannot have been received after it was first handled."""
