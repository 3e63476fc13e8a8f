"""The conditions under which a mediation begins and goes on: free will of every side, both sides known.

Source: 《人民调解法》 art. 3, 4, 17-26.
"""

from __future__ import annotations

from . import course
from .articles import MEDIATION_17, mediation_law
from .cases import MediationFile
from .guards import confirmed, same_name
from .mediation_reading import party_called, said, side_of, side_word, unanswered
from .mediation_states import AGREED
from .mediation_steps import SIDES
from .names import mask_name

Asked = course.Asked[MediationFile]
Guard = course.Guard[MediationFile]


# --- who ---------------------------------------------------------------------------------------


def _both_sides(asked: Asked) -> str | None:
    absent = [word for side, word in SIDES if not side_of(asked.file, side)]
    return f"还没有登记{'和'.join(absent)}。" if absent else None


def _all_agreed(asked: Asked) -> str | None:
    waiting = unanswered(asked.file)
    if not waiting:
        return None
    named = "、".join(f"{side_word(p.side)}{mask_name(p.name)}" for p in waiting)
    return f"各方都愿意才能调解，还没有同意的：{named}。"


WILLING = (
    Guard("one_side_only", _both_sides, MEDIATION_17, standing=True,
          mend="请先用“当事人情况”补上。"),
    Guard("not_all_agreed", _all_agreed, MEDIATION_17, standing=True,
          mend="请先用“征求意愿”问过每一方；有一方不愿意，就不能调解。"),
)  # fmt: skip
"""Both sides are known and each agrees (art. 17)."""


def _of_that_side(key: str) -> Guard:
    """Field ``key`` names a party of the side that was chosen, which has somebody."""

    def check(asked: Asked) -> str | None:
        side, name = asked.data.get("side", ""), asked.data.get(key)
        if not side:
            return None
        known = side_of(asked.file, side)
        if not known:
            return f"{side_word(side)}还没有登记姓名。"
        if name and not any(same_name(party.name, name) for party in known):
            return f"{side_word(side)}里没有“{name}”。"
        return None

    return Guard("no_such_party", check, field=key, mend="请核对姓名，或先用“当事人情况”补上。")


def _is_party(key: str) -> Guard:
    """Field ``key`` names a party."""

    def check(asked: Asked) -> str | None:
        name = asked.data.get(key)
        return f"当事人里没有“{name}”。" if name and not party_called(asked.file, name) else None

    return Guard("no_such_party", check, field=key, mend="请核对姓名，或先用“当事人情况”补上。")


CONSENT = (_of_that_side("party"),)
END = (_of_that_side("party"), confirmed("told", "终止调解，要告诉当事人其他途径。",
       article=mediation_law(26), mend="告诉以后再登记。"))  # fmt: skip


def _fixed_by_agreement(asked: Asked) -> str | None:
    if asked.file.state not in AGREED:
        return None
    known = party_called(asked.file, asked.data.get("name", ""))
    if asked.data.get("removed") or (asked.data.get("name") and known is None):
        return "已经达成协议，当事人不能再增减，只能补充情况。"
    if known and asked.data.get("side") not in (None, known.side):
        return "已经达成协议，不能再改是哪一方。"
    return None


def _removed_who(asked: Asked) -> str | None:
    name = asked.data.get("name", "")
    if not asked.data.get("removed") or not name or party_called(asked.file, name):
        return None
    return f"当事人里没有“{name}”。"


def _removed_why(asked: Asked) -> str | None:
    if asked.data.get("removed") and not asked.data.get("reason"):
        return "不是当事人的，要写明理由。"
    return None


PARTY = (
    Guard("parties_fixed", _fixed_by_agreement, field="name",
          mend="要加一方，请另立一件调解。"),
    Guard("no_such_party", _removed_who, field="name", mend="请核对姓名。"),
    Guard("field_missing", _removed_why, field="reason", mend="写一句为什么。"),
)  # fmt: skip


# --- accepting, sessions -----------------------------------------------------------------------


def _mediators(asked: Asked) -> str | None:
    if asked.data.get("mediators") or asked.file.mediation.mediators:
        return None
    return "还没有定人民调解员。"


def _identity(asked: Asked) -> str | None:
    rows = asked.data.get("identity", ())
    strange = [
        row["name"] for row in rows if row.get("name") and not party_called(asked.file, row["name"])
    ]
    return f"身份核验里的“{strange[0]}”不是当事人。" if strange else None


ACCEPT = (
    *WILLING,
    confirmed("rights_told", "受理时要告知当事人的权利和义务。", article=mediation_law(23),
              mend="先告知，再登记受理。"),
    confirmed("free_told", "受理时要告诉当事人：调解不收任何费用。", article=mediation_law(4),
              mend="先告知，再登记受理。"),
    Guard("no_mediator", _mediators, mediation_law(19), field="mediators",
          mend="由调委会指定一名或几名，或由当事人选。"),
    Guard("no_such_party", _identity, field="identity", mend="请核对姓名。"),
)  # fmt: skip


def _until_before_from(asked: Asked) -> str | None:
    first, last = asked.day("from_on"), asked.day("until_on")
    return "委托终止日期不能早于起始日期。" if first and last and last < first else None


AGENT = (
    _is_party("principal"),
    Guard("dates_crossed", _until_before_from, field="until_on", mend="请核对两个日期。"),
)


def _invited(asked: Asked) -> str | None:
    if not asked.data.get("invited") or asked.data.get("invited_consent"):
        return None
    return "邀请别人参加，要各方当事人都同意。"


def _public(asked: Asked) -> str | None:
    wished = any(said(step).get("closed") for step in asked.file.all("accept"))
    return "当事人要求不公开调解。" if asked.data.get("public") and wished else None


def _present(asked: Asked) -> str | None:
    agents = [agent["name"] for step in asked.file.all("agent") for agent in said(step)["agents"]]
    for name in asked.data.get("present", ()):
        if not party_called(asked.file, name) and not any(same_name(name, a) for a in agents):
            return f"“{name}”不是当事人，也不是当事人的代理人。"
    return None


def _routes(asked: Asked) -> str | None:
    if asked.data.get("result") != "failed" or asked.data.get("routes"):
        return None
    return "调解不成，要告诉双方可以依法走的其他途径。"


SESSION = (
    *WILLING,
    Guard("invited_without_consent", _invited, mediation_law(20), field="invited_consent",
          mend="先问各方当事人；有一方不同意，就不邀请。"),
    Guard("closed_session", _public, mediation_law(23), field="public",
          mend="请不公开进行；当事人改了主意的，先记一笔。"),
    Guard("not_a_party", _present, field="present",
          mend="受邀的人写在“受邀参加人”；代理人先登记“授权委托”。"),
    Guard("routes_not_told", _routes, mediation_law(26), field="routes",
          mend="写明告诉了哪些途径：仲裁、行政、司法。"),
)  # fmt: skip
FAIL = (
    confirmed("told", "调解不成，要告诉双方可以依法走的其他途径。", article=mediation_law(26),
              mend="告诉以后再登记。"),
)  # fmt: skip
