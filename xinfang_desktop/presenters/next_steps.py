"""下一步 of any case: which lawful steps stand in front, which are locked and why, what a form asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xinfang_desktop.domain.course import Offer
from xinfang_desktop.domain.fields import Field

SHOWN, LOCKED_SHOWN = 4, 1


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
    group: str = ""

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

    def grouped(self) -> tuple[tuple[str, tuple[StepChoice, ...]], ...]:
        """What stands under 更多: first the course itself, then each group by its name."""
        names = dict.fromkeys(("", *(step.group for step in self.more)))
        found = ((name, tuple(s for s in self.more if s.group == name)) for name in names)
        return tuple((name, steps) for name, steps in found if steps)

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


@dataclass(frozen=True, slots=True)
class Preset:
    """A step that is offered under a name of its own, its form begun: 记调查核实."""

    action: str
    label: str
    icon: str
    values: Mapping[str, Any]


def plain(offer: Offer, icons: Mapping[str, str]) -> StepChoice:
    """A step as its offer names it."""
    return StepChoice(
        offer.action, offer.action, offer.label, icons.get(offer.action, "file-text"),
        offer.allowed, offer.missing, offer.article, offer.fields, group=offer.group,
    )  # fmt: skip


def chosen(
    key: str,
    here: Mapping[str, Offer],
    icons: Mapping[str, str],
    presets: Mapping[str, Preset],
) -> StepChoice | None:
    """The step or preset of that key, if it belongs to this state."""
    made = presets.get(key)
    if made is None:
        return plain(here[key], icons) if key in here else None
    if made.action not in here:
        return None
    return replace(
        plain(here[made.action], icons), key=key, label=made.label, icon=made.icon,
        preset=made.values,
    )  # fmt: skip


def arranged(
    usual: Sequence[StepChoice], here: Mapping[str, Offer], icons: Mapping[str, str]
) -> NextSteps:
    """Usual steps in front, the likeliest first; whatever else is lawful under 更多."""
    main = [choice for choice in usual if choice.allowed][:SHOWN]
    locked = [choice for choice in usual if not choice.allowed][:LOCKED_SHOWN]
    shown = {choice.key for choice in (*main, *locked)}
    rest = [choice for choice in usual if choice.key not in shown]
    named = {choice.action for choice in usual if ":" not in choice.key}
    others = [plain(offer, icons) for action, offer in here.items() if action not in named]
    more = sorted((*rest, *others), key=lambda choice: not choice.allowed)
    if not main:  # nothing usual may be done: the first that may stands in front
        main = [choice for choice in more if choice.allowed and choice.action == "note"][:1]
        more = [choice for choice in more if choice not in main]
    return NextSteps(tuple(main), tuple(locked), tuple(more))


def why_locked(steps: NextSteps, offers: Sequence[Offer], key: str) -> str:
    """What is missing for a step, or that it does not belong to this state."""
    choice = steps.find(key)
    if choice is not None:
        return choice.reason
    offer = next((offer for offer in offers if offer.action == key), None)
    return "".join(offer.missing) if offer else "没有这一步。"


def tidy(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form holds as a command wants it: ticks left empty are not said."""
    required = {each.name for each in fields if each.required}
    return {name: value for name, value in values.items() if value is not False or name in required}
