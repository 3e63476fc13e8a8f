"""The state machine of a matter (信访事项流转): what is lawful now, and what a step decides.

``offers`` says for every step whether it is lawful and, if not, what is missing; ``problems``
lists everything wrong with one filled-in step; ``decide`` gives the decision or refuses with the
first problem. Nothing here reads a clock or writes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import permissions
from .articles import article
from .errors import RuleViolation
from .fields import Field
from .guards import Asked
from .inputs import Reading, read_fields
from .matter import MatterFile, Surroundings
from .states import STATES, state_name
from .transitions import ACTIONS, Action

__all__ = ["ACTIONS", "Action", "Decision", "Offer", "decide", "offers", "problems"]


@dataclass(frozen=True, slots=True)
class Offer:
    """One step as a button: allowed, or what is missing in Chinese sentences.

    ``lawful_here`` is false where the step does not belong to the present state at all; a screen
    leaves it out, while a step with a missing condition is shown locked.
    """

    action: str
    label: str
    allowed: bool
    missing: tuple[str, ...]
    article: str
    fields: tuple[Field, ...]
    lawful_here: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written: one step, and the fields of the matter that change by it.

    ``data`` is JSON-able; ``matter_changes`` holds the new ``state`` where it changes.
    """

    action: str
    on: date
    from_state: str
    to_state: str
    data: Mapping[str, Any]
    matter_changes: Mapping[str, Any]


def offers(file: MatterFile, around: Surroundings) -> tuple[Offer, ...]:
    """Every step, in the order of the course, with what stands in its way now."""
    return tuple(_offer(action, file, around) for action in ACTIONS.values())


def problems(
    file: MatterFile, action: str, data: Mapping[str, Any], around: Surroundings
) -> tuple[RuleViolation, ...]:
    """Everything wrong with this step as filled in, each with its field; empty if lawful."""
    return _examine(file, action, data, around)[1]


def decide(
    file: MatterFile, action: str, data: Mapping[str, Any], around: Surroundings
) -> Decision:
    """The decision of a lawful step. Raises the first RuleViolation otherwise."""
    asked, found = _examine(file, action, data, around)
    if found or asked is None:
        raise found[0]
    step = ACTIONS[action]
    from_state = file.matter.state
    to_state = _target(step, asked)
    changed = dict(step.changes(asked))
    if to_state != from_state:
        changed["state"] = to_state
    recorded = {**asked.data, **step.mark(asked)}
    return Decision(action, asked.on, from_state, to_state, recorded, changed)


def _target(step: Action, asked: Asked) -> str:
    if not step.targets:
        return asked.file.matter.state
    return step.choose(asked) if step.choose else step.targets[0]


def _offer(step: Action, file: MatterFile, around: Surroundings) -> Offer:
    here = file.matter.state in step.sources and not file.matter.voided
    barred = _barred(step, file, around)
    asked = Asked(file, around, around.today, {})
    missing = (
        (barred.sentence,)
        if barred
        else tuple(
            refusal.sentence
            for guard in step.guards
            if guard.standing and (refusal := guard.ask(asked))
        )
    )
    return Offer(step.name, step.label, not missing, missing, step.article, step.fields, here)


def _barred(step: Action, file: MatterFile, around: Surroundings) -> RuleViolation | None:
    """What bars the step before anything is read: sealed, the state, the person's rights."""
    matter = file.matter
    if matter.sealed and not permissions.sees_sealed(around.roles):
        return RuleViolation(
            "sealed",
            "这是密件，只有涉密举报件专办员可以办理。",
            mend="请转告专办员。",
            article=article(30),
        )
    if matter.voided:
        return _wrong_state(step, "T12")
    if matter.state not in step.sources:
        return _wrong_state(step, matter.state)
    if not permissions.may(around.roles, step.name):
        return permissions.not_permitted(step.name)
    return None


def _wrong_state(step: Action, now: str) -> RuleViolation:
    state = STATES.get(now)
    sources = "、".join(state_name(code) for code in step.sources)
    if state is not None and not state.open:
        sentence = f"事项{state.saying}，不能再{step.label}。"
    else:
        sentence = f"事项现在是“{state_name(now)}”，不能{step.label}。"
    return RuleViolation(
        "wrong_state", sentence, mend=f"这一步在这些时候办：{sources}。", article=step.article
    )


def _examine(
    file: MatterFile, action: str, data: Mapping[str, Any], around: Surroundings
) -> tuple[Asked | None, tuple[RuleViolation, ...]]:
    step = ACTIONS.get(action)
    if step is None:
        return None, (_unknown_action(action),)
    barred = _barred(step, file, around)
    if barred:
        return None, (barred,)
    if not isinstance(data, Mapping):
        return None, (RuleViolation("not_an_object", "要填的内容应当是“栏目: 内容”的形式。"),)
    reading = read_fields(step.fields, data)
    asked = _asked(step, file, around, reading, data)
    refusals = (guard.ask(asked) for guard in step.guards)
    return asked, (
        *reading.problems,
        *_day_problems(step, asked),
        *(refusal for refusal in refusals if refusal),
    )


def _asked(
    step: Action, file: MatterFile, around: Surroundings, reading: Reading, data: Mapping[str, Any]
) -> Asked:
    """The step with its day, and with what the program fills in where nothing was typed."""
    values = dict(reading.values)
    on = date.fromisoformat(values.pop("on", around.today.isoformat()))
    filled = step.fill(Asked(file, around, on, values))
    blank = {key: value for key, value in filled.items() if value and not data.get(key)}
    return Asked(file, around, on, {**values, **blank})


def _day_problems(step: Action, asked: Asked) -> tuple[RuleViolation, ...]:
    """The day a step counts for: not ahead, not before receipt, not before what it follows."""
    found: list[tuple[str, str]] = []
    if asked.on > asked.around.today:
        found.append(("date_in_future", "日期不能晚于今天。"))
    received = asked.file.matter.received_on
    if asked.on < received:
        found.append(("before_receipt", f"日期不能早于收到之日 {received.isoformat()}。"))
    earlier = asked.file.last(*step.after) if step.after else None
    if earlier is not None and asked.on < earlier.on:
        label = ACTIONS[earlier.action].label
        found.append(("before_step", f"日期不能早于“{label}”的 {earlier.on.isoformat()}。"))
    return tuple(
        RuleViolation(code, sentence, mend="请核对日期。", article=step.article, field="on")
        for code, sentence in found
    )


def _unknown_action(action: object) -> RuleViolation:
    shown = "".join(c for c in str(action) if c.isprintable())[:40]
    return RuleViolation(
        "unknown_action", f"没有“{shown}”这一步。", mend=f"可以用：{'、'.join(ACTIONS)}。"
    )
