"""下一步: which lawful steps stand in front, which are locked and why, and the form of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.workflow import Offer
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.views import MatterView

SHOWN, LOCKED_SHOWN = 4, 1

# key → (action, label, icon, what its form starts with); the other steps are named by their offer
_NOTES: Mapping[str, tuple[str, str, str, Mapping[str, Any]]] = {
    "note:inquiry": ("note", "记调查核实", "map-search", {"record": "inquiry"}),
    "note:statement": ("note", "记听取陈述", "users", {"record": "statement"}),
    "note:contact": ("note", "记联系", "phone", {"record": "contact"}),
    "note:report": ("note", "记办结报告", "file-text", {"record": "report"}),
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


@dataclass(frozen=True, slots=True)
class StepChoice:
    """One step as a button; ``reasons`` say what is missing where it is locked."""

    key: str
    action: str
    label: str
    icon: str
    allowed: bool
    reasons: tuple[str, ...]
    article: str
    fields: tuple[Field, ...]
    preset: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """What is missing, in one line."""
        return "".join(self.reasons)


@dataclass(frozen=True, slots=True)
class NextSteps:
    """``main``: allowed and likely, the first one is primary; ``locked``: likely but something is
    missing; ``more``: everything else that belongs to this state."""

    main: tuple[StepChoice, ...] = ()
    locked: tuple[StepChoice, ...] = ()
    more: tuple[StepChoice, ...] = ()

    def find(self, key: str) -> StepChoice | None:
        """The step of that key or action, shown or under 更多."""
        every = (*self.main, *self.more, *self.locked)
        exact = (step for step in every if step.key == key)
        return next(exact, None) or next((step for step in every if step.action == key), None)


@dataclass(frozen=True, slots=True)
class StepForm:
    """What the form of a step asks and starts with."""

    choice: StepChoice
    title: str
    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    note: str = ""
    fixed_rows: tuple[tuple[str, str], ...] = ()  # rows that are given, and the cell to begin at
    dangerous: bool = False


def next_steps(view: MatterView) -> NextSteps:
    """Sort the offers of a matter into buttons."""
    here = {offer.action: offer for offer in view.offers if offer.lawful_here}
    if not _open_tasks(view):
        here.pop("fulfil", None)
    usual = [
        choice for key in COURSE.get(view.state, ()) if (choice := _choice(key, here)) is not None
    ]
    usual = _needed_first(usual)
    main = [choice for choice in usual if choice.allowed][:SHOWN]
    locked = [choice for choice in usual if not choice.allowed][:LOCKED_SHOWN]
    shown = {choice.key for choice in (*main, *locked)}
    rest = [choice for choice in usual if choice.key not in shown]
    named = {choice.action for choice in usual if ":" not in choice.key}
    others = [_plain(offer) for action, offer in here.items() if action not in named]
    more = sorted((*rest, *others), key=lambda choice: not choice.allowed)
    if not main:  # nothing usual may be done: the first that may stands in front
        main = [choice for choice in more if choice.allowed and choice.action == "note"][:1]
        more = [choice for choice in more if choice not in main]
    return NextSteps(tuple(main), tuple(locked), tuple(more))


def _needed_first(usual: list[StepChoice]) -> list[StepChoice]:
    """The record that a locked step waits for comes first (还缺：调查核实记录)."""
    waits = "".join(choice.reason for choice in usual if not choice.allowed)
    words = {"note:inquiry": "调查核实", "note:statement": "听取陈述"}
    return sorted(
        usual, key=lambda choice: not (choice.key in words and words[choice.key] in waits)
    )


def _choice(key: str, here: Mapping[str, Offer]) -> StepChoice | None:
    if key not in _NOTES:
        return _plain(here[key]) if key in here else None
    action, label, icon, preset = _NOTES[key]
    if action not in here:
        return None
    return replace(_plain(here[action]), key=key, label=label, icon=icon, preset=preset)


def _plain(offer: Offer) -> StepChoice:
    return StepChoice(
        offer.action, offer.action, offer.label, _ICONS.get(offer.action, "file-text"),
        offer.allowed, offer.missing, offer.article, offer.fields,
    )  # fmt: skip


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


def _open_tasks(view: MatterView) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.id.partition("/")[2], row.title)
        for row in view.duties
        if row.kind in ("fulfil", "promise") and row.state in ("open", "overdue")
    )


def tidy(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form holds as a command wants it: ticks left empty are not said."""
    required = {each.name for each in fields if each.required}
    return {name: value for name, value in values.items() if value is not False or name in required}
