"""The conditions of a mediation's agreement and of what follows it: performance, court, filing.

Nobody signs a right away: no agreement holds a clause that gives up petitioning. Source: 《人民调解法》
art. 26-33; 《最高人民法院关于人民调解协议司法确认程序的若干规定》 art. 4.
"""

from __future__ import annotations

from . import course
from .articles import mediation_law
from .cases import MediationFile
from .guards import DECIDED
from .mediation_guards import WILLING
from .mediation_reading import (
    day_of,
    effective_on,
    items,
    lacking,
    may_sign_for,
    said,
    unperformed,
)
from .mediation_states import AGREED
from .names import mask_name
from .waiver import ARTICLES as WAIVER_ARTICLES
from .waiver import MEND as WAIVER_MEND
from .waiver import find_waivers

Asked = course.Asked[MediationFile]
Guard = course.Guard[MediationFile]

STATUS_RULE = "《最高人民法院关于人民调解协议司法确认程序的若干规定》第四条"
FAMILY = "01"
"""Code of 婚姻家庭 in the table of dispute types."""


# --- the agreement -----------------------------------------------------------------------------


def _texts(asked: Asked, key: str) -> str:
    value = asked.data.get(key, "")
    if isinstance(value, str):
        return value
    return "\n".join(str(row.get(part, "")) for row in value for part in ("what", "how"))


def _no_waiver(key: str) -> Guard:
    """Field ``key`` holds no clause that gives up the right to petition, or somebody has looked."""

    def check(asked: Asked) -> str | None:
        if asked.data.get("not_a_waiver"):
            return None
        clauses = dict.fromkeys(found.clause for found in find_waivers(_texts(asked, key)))
        if not clauses:
            return None
        quoted = "".join(f"“{clause}”" for clause in clauses)
        return f"调解协议不能要当事人放弃信访、投诉的权利：{quoted}。"

    return Guard(
        "waiver", check, WAIVER_ARTICLES, field=key,
        mend=f"{WAIVER_MEND}。确实不是这个意思的，在“已核对：不是放弃信访权利的话”选“是”。",
    )  # fmt: skip


def _written(asked: Asked) -> bool:
    return asked.data.get("form") == "written"


def _signed_day(asked: Asked) -> bool:
    last = max(asked.day("signed_on") or asked.on, asked.day("sealed_on") or asked.on)
    return last <= asked.around.today


def _unsigned(asked: Asked) -> str | None:
    if not _written(asked):
        return None
    signers = asked.data.get("signed_by", ())
    day = asked.day("signed_on") or asked.on
    absent = [
        mask_name(party.name)
        for party in asked.file.parties
        if party.name and not any(may_sign_for(asked.file, party, who, day) for who in signers)
    ]
    return f"还没有签名的当事人：{'、'.join(absent)}。" if absent else None


def _stranger(asked: Asked) -> str | None:
    day = asked.day("signed_on") or asked.on
    for who in asked.data.get("signed_by", ()):
        if not any(may_sign_for(asked.file, party, who, day) for party in asked.file.parties):
            return f"“{who}”不是当事人，也没有签署调解协议的授权。"
    return None


def _nobody_mediated(asked: Asked) -> str | None:
    if not _written(asked) or asked.data.get("mediators") or asked.file.mediation.mediators:
        return None
    return "还没有写签名的调解员。"


def _unsealed(asked: Asked) -> str | None:
    return (
        "还没有盖调解委员会的印章。" if _written(asked) and not asked.data.get("sealed") else None
    )


def _ahead(asked: Asked) -> str | None:
    if not _written(asked) or _signed_day(asked):
        return None
    return "签名、盖章的日子不能晚于今天。"


def _signed_before(asked: Asked) -> str | None:
    accepted = asked.file.last("accept")
    days = [day for key in ("signed_on", "sealed_on") if (day := asked.day(key))]
    if accepted and days and min(days) < accepted.on:
        return f"签名、盖章的日子不能早于受理的 {accepted.on.isoformat()}。"
    return None


def _copies(asked: Asked) -> str | None:
    copies = asked.data.get("copies")
    needed = sum(1 for party in asked.file.parties if party.name) + 1
    if not _written(asked) or copies is None or copies >= needed:
        return None
    return f"协议书要 {needed} 份：当事人各一份，调解委员会留一份。"


def _due_early(asked: Asked) -> str | None:
    for no, row in enumerate(asked.data.get("items", ()), 1):
        due = day_of(row, "due")
        if due and due < asked.on:
            return f"第 {no} 项的履行期限不能早于这一步的日期。"
    return None


def _said(key: str, what: str) -> Guard:
    """Field ``key`` is filled in, here or in the draft."""
    return Guard(
        "field_missing", lambda asked: None if asked.data.get(key) else f"还缺：{what}。",
        mediation_law(29), field=key, mend="写在这里，或先用“起草协议”写好。",
    )  # fmt: skip


_NO_WAIVER = tuple(_no_waiver(key) for key in ("facts", "responsibility", "items", "note"))
_DUE = Guard("due_before_start", _due_early, field="items", mend="请核对两个日期。")
DRAFT = (*WILLING, *_NO_WAIVER, _DUE)
AGREEMENT = (
    *WILLING,
    _said("facts", "主要事实和争议事项"),
    _said("items", "协议内容"),
    *_NO_WAIVER,
    Guard("not_signed", _unsigned, mediation_law(29), field="signed_by",
          mend="请各方签名、盖章或按指印后再登记；当场履行或不用写的，可以登记口头协议。"),
    Guard("may_not_sign", _stranger, mediation_law(29), field="signed_by",
          mend="请核对姓名；代理人签的，先登记“授权委托”并勾选签署权限。"),
    Guard("mediator_not_signed", _nobody_mediated, mediation_law(29), field="mediators",
          mend="请调解员签名。"),
    Guard("not_sealed", _unsealed, mediation_law(29), field="sealed",
          mend="盖章以后再登记；协议从签齐、盖章之日起生效。"),
    Guard("date_in_future", _ahead, field="signed_on", mend="请核对日期。"),
    Guard("before_step", _signed_before, field="signed_on", mend="请核对日期。"),
    Guard("too_few_copies", _copies, mediation_law(29), field="copies", mend="请照份数制作。"),
    _DUE,
)  # fmt: skip


# --- performance, court, file ------------------------------------------------------------------


def _item(asked: Asked) -> str | None:
    wanted = asked.data.get("item")
    if wanted is None:
        return None
    known = {item.no: item for item in items(asked.file)}
    if wanted not in known:
        return f"协议没有第 {wanted} 项，一共 {len(known)} 项。"
    done = known[wanted].done
    return f"第 {wanted} 项已经登记履行（{done.on.isoformat()}）。" if done else None


PERFORMANCE = (
    Guard("no_such_item", _item, mediation_law(31), field="item", mend="请核对是第几项。"),
)


def _status(asked: Asked) -> str | None:
    agreed, now = said(asked.file.last("agreement")), asked.data.get("not_status")
    if agreed.get("about_status") or now is False:
        return "涉及婚姻、收养等身份关系的协议，不能申请司法确认。"
    return None


def _maybe_status(asked: Asked) -> str | None:
    earlier = any(said(step).get("not_status") for step in asked.file.all("court"))
    if (
        asked.file.mediation.category != FAMILY
        or asked.data.get("not_status") is not None
        or earlier
    ):
        return None
    return "婚姻家庭纠纷，要先核对协议不涉及婚姻、收养等身份关系。"


def _joint(asked: Asked) -> str | None:
    if asked.file.last("court") or asked.data.get("joint"):
        return None
    return "司法确认要双方当事人共同申请。"


def _which_court(asked: Asked) -> str | None:
    return None if asked.file.last("court") or asked.data.get("court") else "还没有写哪个人民法院。"


def applied_on(asked: Asked) -> str:
    """The day of the application (ISO): as typed, as an earlier record of it says, or this day."""
    earlier = said(asked.file.last("court")).get("applied_on")
    return str(asked.data.get("applied_on") or earlier or asked.on.isoformat())


def _too_late(asked: Asked) -> str | None:
    until, day = asked.around.court_due, applied_on(asked)
    if until is None or day <= until.isoformat() or asked.data.get("result") == "not_accepted":
        return None
    return f"申请司法确认的三十日已过，最后一天是 {until.isoformat()}。"


def _too_early(asked: Asked) -> str | None:
    agreement = asked.file.last("agreement")
    if agreement is None or applied_on(asked) >= effective_on(agreement).isoformat():
        return None
    return f"申请日期不能早于协议生效的 {effective_on(agreement).isoformat()}。"


def _ruled(asked: Asked) -> str | None:
    if asked.data.get("result") not in ("confirmed", "rejected") or asked.data.get("ruling"):
        return None
    return "有了裁定的，要写裁定书文号。"


COURT = (
    Guard("status_relation", _status, STATUS_RULE, field="not_status",
          mend="身份关系由当事人依法向民政部门或法院办理。"),
    Guard("maybe_status", _maybe_status, STATUS_RULE, field="not_status",
          mend="核对后，在“不涉及身份关系”选“是”或“否”。"),
    Guard("not_joint", _joint, mediation_law(33), field="joint",
          mend="一方不愿意就不申请；协议仍然有约束力，有争议可以起诉。"),
    Guard("field_missing", _which_court, field="court", mend="写当事人住所地、标的物所在地或调解组织所在地的基层法院。"),
    Guard("confirmation_lapsed", _too_late, mediation_law(33), field="applied_on",
          mend="协议仍然有约束力，有争议可以起诉；法院没有收的，结果选“不予受理”。"),
    Guard("before_effect", _too_early, mediation_law(33), field="applied_on", mend="请核对日期。"),
    Guard("field_missing", _ruled, field="ruling", mend="照裁定书写，例如：（2026）民特1号。"),
)  # fmt: skip


def _not_followed(asked: Asked) -> str | None:
    file = asked.file
    return "还没有回访。" if file.state in AGREED and file.last("follow") is None else None


def _lacks(asked: Asked) -> str | None:
    if asked.data.get("explained"):
        return None
    papers = [name for name in lacking(asked.file) if name != "封底"]
    owed = [f"第 {item.no} 项还没有履行" for item in unperformed(asked.file)]
    return f"卷里还缺：{'、'.join((*papers, *owed))}。" if papers or owed else None


ARCHIVE = (
    DECIDED,
    Guard("not_followed", _not_followed, mediation_law(31), standing=True,
          mend="请先回访，看协议履行得怎么样。"),
    Guard("file_lacks", _lacks, mediation_law(27), field="explained",
          mend="请补齐；补不了的，在“卷宗情况说明”里写明原因。"),
)  # fmt: skip
