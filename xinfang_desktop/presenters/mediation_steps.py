"""下一步 of a mediation: its usual steps by state, and what their forms ask and know already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.mediation_views import MediationView

from .next_steps import NextSteps, StepChoice, StepForm, arranged, chosen

_ICONS: Mapping[str, str] = {
    "consent": "message-circle-check", "party": "user-plus", "accept": "checkup-list",
    "inquiry": "map-search", "evidence": "paperclip", "agent": "user", "session": "users",
    "draft": "file-text", "agreement": "signature", "fail": "ban", "end": "ban",
    "performance": "checkup-list", "court": "scale", "follow": "phone", "note": "file-text",
    "archive": "archive", "void": "ban",
}  # fmt: skip

COURSE: Mapping[str, tuple[str, ...]] = {
    "asked": ("consent", "party", "accept"),
    "accepted": ("session", "inquiry", "evidence", "draft"),
    "session": ("session", "draft", "agreement", "fail"),
    "agreed": ("performance", "court", "follow", "archive"),
    "performed": ("follow", "court", "archive"),
    "refused": ("archive", "consent"),
    "failed": ("archive", "note"),
    "ended": ("archive", "note"),
}
"""State → its usual steps, the likeliest first; whatever else is lawful stands under 更多."""

DANGEROUS = frozenset({"void", "end"})
_YES_NO = (("true", "愿意"), ("false", "不愿意，不调解"))


def next_steps(view: MediationView) -> NextSteps:
    """Sort the offers of a mediation into buttons; what can be done next comes first."""
    here = {offer.action: offer for offer in view.offers if offer.lawful_here}
    usual = [
        choice for key in _order(view) if (choice := chosen(key, here, _ICONS, {})) is not None
    ]
    return arranged(usual, here, _ICONS)


def _order(view: MediationView) -> tuple[str, ...]:
    """Once every side is willing, the acceptance stands in front and nobody is asked again."""
    order = COURSE.get(view.row.state, ())
    willing = bool(view.sides) and all(side.agrees for side in view.sides)
    both = {side.side for side in view.sides} == {"applicant", "respondent"}
    if view.row.state != "asked":
        return order
    if not both:
        return ("party", "consent", "accept")
    return ("accept", "party") if willing else order


def step_form(desk: Desk, view: MediationView, choice: StepChoice) -> StepForm:
    """Fields and first values of a step, with what the mediation already knows filled in."""
    action = choice.action
    return StepForm(
        choice=choice,
        title=choice.label,
        fields=tuple(
            _asked(each, action, view) for each in choice.fields if _belongs(each, action, view)
        ),
        values={"on": desk.today, **_known(desk, view, action)},
        note=_note(view, action),
        dangerous=action in DANGEROUS,
    )


def _belongs(asked: Field, action: str, view: MediationView) -> bool:
    """Which one of a side is asked only where a side has several."""
    if (action, asked.name) not in (("consent", "party"), ("end", "party")):
        return True
    sides = [side.side for side in view.sides]
    return len(sides) > len(set(sides))


def _known(desk: Desk, view: MediationView, action: str) -> Mapping[str, Any]:
    if action == "consent":
        waiting = [side.side for side in view.sides if not side.agrees]
        return {"side": waiting[0], "how": "face"} if waiting else {"how": "face"}
    if action == "party":
        absent = {"applicant", "respondent"} - {side.side for side in view.sides}
        return {"side": absent.pop()} if len(absent) == 1 else {}
    if action == "accept":
        return {"mediators": list(view.row.mediators) or [desk.account.name]}
    if action == "agreement":
        return {"form": "written"}
    if action == "performance" and view.agreement is not None:
        waiting_items = [item.no for item in view.agreement.items if item.done_on is None]
        return {"item": str(waiting_items[0])} if waiting_items else {}
    return {}


def _asked(asked: Field, action: str, view: MediationView) -> Field:
    """An answer is a word to choose, never a tick that was forgotten; items by what they say."""
    if (action, asked.name) == ("consent", "agrees"):
        return replace(asked, kind="choice", choices=_YES_NO)
    if (action, asked.name) == ("performance", "item") and view.agreement is not None:
        items = tuple(
            (str(item.no), f"第 {item.no} 项：{item.what}") for item in view.agreement.items
        )
        return replace(asked, kind="choice", choices=items, max_length=400)
    return asked


def _note(view: MediationView, action: str) -> str:
    told = {
        "consent": "照当事人自己的话记。有一方明确不愿意，调解就停在这里，不劝第二遍。",
        "agreement": _from_draft(view),
        "court": f"最后一天：{_until(view)}。由双方自己决定，过了不算逾期。",
    }.get(action, "")
    return "\n".join(part for part in (view.row.title, told) if part)


def _from_draft(view: MediationView) -> str:
    drafted = any(row.action == "draft" for row in view.timeline)
    return "没有改动的栏目不用再填，照最近一次起草的内容登记。" if drafted else ""


def _until(view: MediationView) -> str:
    return view.court.until.isoformat() if view.court else ""
