"""下一步 of a matter: its usual steps by state, and what their forms know already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.history import ROWS_OWED
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.views import MatterView

from .next_steps import NextSteps, Preset, StepChoice, StepForm, arranged, chosen

_NOTES: Mapping[str, Preset] = {
    "note:inquiry": Preset("note", "记调查核实", "map-search", {"record": "inquiry"}),
    "note:statement": Preset("note", "记听取陈述", "users", {"record": "statement"}),
    "note:contact": Preset("note", "记联系", "phone", {"record": "contact"}),
    "note:report": Preset("note", "记办结报告", "file-text", {"record": "report"}),
}
_ICONS: Mapping[str, str] = {
    "claim": "user", "accept": "message-circle-check", "simple": "message-circle-check",
    "forward": "send", "redirect": "send", "reply": "mail", "start": "phone", "draft": "file-text",
    "sign": "signature", "serve": "send", "send": "mail", "extend": "calendar-event",
    "mediate": "scale", "hearing": "users", "meeting": "users", "archive": "archive",
    "void": "ban", "follow": "checkup-list", "fulfil": "checkup-list", "close": "checkup-list",
    "promise": "calendar-event", "return_draft": "arrow-back-up", "review": "git-compare",
    "review_result": "git-compare", "reopen": "history", "seal": "lock", "note": "file-text",
    "supplement": "paperclip", "supplied": "paperclip", "assign": "send", "notify": "send",
}  # fmt: skip

_HANDLING = (
    "draft", "note:inquiry", "note:statement", "note:contact", "mediate", "meeting", "extend",
    "hearing", "assign",
)  # fmt: skip
COURSE: Mapping[str, tuple[str, ...]] = {
    "S10": ("claim", "supplement"),
    "S15": ("supplied", "note:contact"),
    "S20": ("accept", "forward", "redirect", "simple", "reply", "seal"),
    "S25": ("objection_refused", "objection_upheld"),
    "S30": ("start", "notify", "assign"),
    "S31": ("reply", "draft", "note:contact", "convert"),
    "S40": _HANDLING,
    "S45": _HANDLING,
    "S50": ("sign", "return_draft"),
    "S55": ("serve", "send"),
    "S60": ("serve", "note:contact"),
    "S65": ("close", "follow", "review"),
    "S70": ("fulfil", "close", "review"),
    "S75": ("archive", "review", "reopen"),
    "S80": ("review_result", "note:contact"),
    "S85": ("review_result", "hearing"),
    "S88": ("note:contact",),
    "T1": ("note:report", "notify", "return"),
    "T10": ("unmerge",),
}
"""State → its usual steps, the likeliest first; whatever else is lawful stands under 更多."""


def next_steps(view: MatterView) -> NextSteps:
    """Sort the offers of a matter into buttons."""
    here = {offer.action: offer for offer in view.offers if offer.lawful_here}
    if not _open_tasks(view):
        here.pop("fulfil", None)
    usual = [
        choice
        for key in COURSE.get(view.state, ())
        if (choice := chosen(key, here, _ICONS, _NOTES)) is not None
    ]
    return arranged(_needed_first(usual), here, _ICONS)


def _needed_first(usual: list[StepChoice]) -> list[StepChoice]:
    """The record that a locked step waits for comes first (还缺：调查核实记录)."""
    waits = "".join(choice.reason for choice in usual if not choice.allowed)
    words = {"note:inquiry": "调查核实", "note:statement": "听取陈述"}
    return sorted(
        usual, key=lambda choice: not (choice.key in words and words[choice.key] in waits)
    )


# --- the form of a step ------------------------------------------------------------------------

DANGEROUS = frozenset({"void", "withdraw", "merge", "final", "seal"})


def step_form(desk: Desk, view: MatterView, choice: StepChoice) -> StepForm:
    """Fields and first values of a step, with what the matter already knows filled in."""
    values: dict[str, Any] = {"on": desk.today, **_known(desk, view, choice), **choice.preset}
    drafting = choice.action == "draft"
    claims = tuple(f"{claim.no}. {claim.text}" for claim in view.claims) if drafting else ()
    return StepForm(
        choice=choice,
        title=choice.label,
        fields=tuple(_with_choices(each, choice.action, view) for each in choice.fields),
        values=values,
        note="\n".join((view.title, *claims)),
        fixed_rows=(("answers", "outcome"),) if drafting and view.claims else (),
        dangerous=choice.action in DANGEROUS,
    )


def _known(desk: Desk, view: MatterView, choice: StepChoice) -> Mapping[str, Any]:
    office = desk.office
    table: Mapping[str, Mapping[str, Any]] = {
        "claim": {"handler": desk.account.name},
        "accept": {
            "unit": view.unit or office.name,
            "handler": view.owner or desk.account.name,
            "phone": office.phone,
        },
        "draft": {
            "drafter": desk.account.name,
            "answers": [{"no": claim.no} for claim in view.claims],
        },
        "sign": {"review_organ": office.review_organ},
        "review": {"organ": office.review_organ, "received_by": desk.account.name},
        "start": {"person": view.owner or desk.account.name},
    }
    return table.get(choice.action, {})


def _with_choices(asked: Field, action: str, view: MatterView) -> Field:
    """Offer the matter's own claims and open tasks instead of asking for their numbers."""
    if (action, asked.name) == ("split", "claims"):
        words = tuple((str(claim.no), f"{claim.no}. {claim.text}") for claim in view.claims)
        return replace(asked, label="分出去的诉求", choices=words)
    if (action, asked.name) == ("draft", "answers"):
        number = replace(asked.columns[0], label="诉求")
        return replace(asked, columns=(number, *asked.columns[1:]))
    if (action, asked.name) == ("fulfil", "task"):
        return replace(asked, kind="choice", choices=_open_tasks(view))
    return asked


BY_HAND = frozenset({"promise", *ROWS_OWED.values()})
"""Kinds of duty that are recorded as done by 登记落实."""


def _open_tasks(view: MatterView) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.id.partition("/")[2], row.title)
        for row in view.duties
        if row.kind in BY_HAND and row.state in ("open", "overdue")
    )
