"""下一步 of a dispute: its usual steps by state, and what their forms know already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_views import DisputeView

from .next_steps import NextSteps, StepChoice, StepForm, arranged, chosen

_ICONS: Mapping[str, str] = {
    "verify": "map-search", "grade": "scale", "assign": "send", "note": "file-text",
    "to_mediation": "users", "to_matter": "clipboard-text", "route": "scale", "report_up": "send",
    "take_back": "arrow-back-up", "settle": "message-circle-check", "follow": "phone",
    "close": "archive", "reopen": "history", "void": "ban",
}  # fmt: skip

_ELSEWHERE = ("settle", "note", "take_back")
COURSE: Mapping[str, tuple[str, ...]] = {
    "found": ("verify", "settle", "grade", "assign"),
    "verified": ("grade", "assign", "settle"),
    "graded": ("assign", "settle", "to_mediation"),
    "assigned": ("note", "settle", "to_mediation", "report_up"),
    "open": ("note", "settle", "to_mediation", "report_up"),
    "mediation": _ELSEWHERE,
    "matter": _ELSEWHERE,
    "routed": _ELSEWHERE,
    "reported": _ELSEWHERE,
    "settled": ("follow", "close", "reopen"),
    "followed": ("close", "follow", "reopen"),
    "closed": ("reopen",),
}
"""State → its usual steps, the likeliest first; whatever else is lawful stands under 更多."""

CONFIRM = "confirm"
"""三不放过 has a panel of its own and is not among the steps."""


def next_steps(view: DisputeView) -> NextSteps:
    """Sort the offers of a dispute into buttons."""
    here = {o.action: o for o in view.offers if o.lawful_here and o.action != CONFIRM}
    usual = [
        choice
        for key in COURSE.get(view.row.state, ())
        if (choice := chosen(key, here, _ICONS, {})) is not None
    ]
    return arranged(usual, here, _ICONS)


def confirm_step(view: DisputeView, what: str, name: str) -> StepChoice | None:
    """The step that confirms one of the three (三不放过)."""
    offer = next((o for o in view.offers if o.action == CONFIRM and o.lawful_here), None)
    if offer is None:
        return None
    return StepChoice(
        f"{CONFIRM}:{what}", CONFIRM, f"确认{name}", "checkup-list", offer.allowed, offer.missing,
        offer.article, tuple(each for each in offer.fields if each.name != "what"), {"what": what},
    )  # fmt: skip


# --- the form of a step ------------------------------------------------------------------------

DANGEROUS = frozenset({"void"})


def step_form(desk: Desk, view: DisputeView, choice: StepChoice) -> StepForm:
    """Fields and first values of a step, with what the dispute already knows filled in."""
    return StepForm(
        choice=choice,
        title=choice.label,
        fields=tuple(_asked(desk, each, choice.action) for each in choice.fields),
        values={"on": desk.today, **_known(view, choice.action)},
        note=view.row.summary,
        dangerous=choice.action in DANGEROUS,
    )


def _known(view: DisputeView, action: str) -> Mapping[str, Any]:
    row = view.row
    table: Mapping[str, Mapping[str, Any]] = {
        "verify": {"real": True},
        "grade": {
            "people": row.people or None,
            "amount": view.amount,
            "urgent": view.urgent,
            "danger": view.danger,
        },
        "assign": {
            "unit": row.unit,
            "person": row.person,
            "leader": row.leader,
            "measures": view.measures,
            "due": view.settle_by,
        },
    }
    return table.get(action, {})


def _asked(desk: Desk, asked: Field, action: str) -> Field:
    """Offer the office's own grades and people instead of asking to write them."""
    if (action, asked.name) == ("grade", "grade"):
        words = tuple((grade.word, grade.word) for grade in desk.shipped.grades.grades)
        return replace(asked, kind="choice", choices=words)
    if (action, asked.name) in (("assign", "leader"), ("settle", "by"), ("follow", "by")):
        return replace(asked, kind="person")
    return asked
