"""The course of a case (流程) as a table of lawful steps: what may be done now, why not, what follows.

A case is a matter, a dispute or a mediation: something with a state, a beginning and recorded
steps. Each kind has its own table; this module only knows how a table is asked: ``offers`` says
for every step whether it is lawful and, if not, what is missing; ``problems`` lists everything
wrong with one filled-in step; ``decide`` gives the decision or refuses with the first problem.
Nothing here reads a clock or writes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from . import permissions
from .errors import RuleViolation
from .fields import Field
from .inputs import Reading, read_fields
from .matter import Surroundings
from .states import State

Values = Mapping[str, Any]


class Recorded(Protocol):
    """A step as it was written down."""

    @property
    def action(self) -> str: ...

    @property
    def on(self) -> date: ...


class Case(Protocol):
    """What every kind of case can say of itself."""

    @property
    def state(self) -> str:
        """Code of the present state."""

    @property
    def began(self) -> date:
        """The day it came to us; no step can be dated before it."""

    @property
    def voided(self) -> bool:
        """作废."""

    def last(self, *actions: str) -> Recorded | None:
        """The newest step of these actions, if any."""


F = TypeVar("F", bound=Case)
# Below, no slots: a frozen generic class with slots cannot be made by a parametrised name (3.11).


@dataclass(frozen=True)
class Asked(Generic[F]):
    """One step as it is asked for: the file, what is around it, the day, the clean data."""

    file: F
    around: Surroundings
    on: date
    data: Values

    def day(self, key: str) -> date | None:
        """A date field of the data."""
        raw = self.data.get(key)
        return date.fromisoformat(raw) if raw else None


@dataclass(frozen=True)
class Guard(Generic[F]):
    """One condition. ``check`` answers the sentence of what is wrong, or nothing.

    ``standing`` guards ask nothing of the form, so a button can show them before anything is
    typed (还缺：调查核实记录 1 份。).
    """

    code: str
    check: Callable[[Asked[F]], str | None]
    article: str = ""
    mend: str = ""
    field: str = ""
    standing: bool = False

    def ask(self, asked: Asked[F]) -> RuleViolation | None:
        """The refusal, or ``None`` where the condition holds."""
        sentence = self.check(asked)
        if not sentence:
            return None
        return RuleViolation(
            self.code, sentence, mend=self.mend, article=self.article, field=self.field
        )


def _nothing(_: Asked[Any]) -> Values:
    return {}


ON = Field("on", "日期", "date", help="这一步实际发生的日子；不填就是今天。", sample="2026-08-03")


@dataclass(frozen=True)
class Action(Generic[F]):
    """One step. ``targets`` empty: the state stays; one: fixed; several: ``choose`` decides.

    ``after``: steps it cannot be dated before. ``fill`` gives what was left blank, ``mark`` what
    the program adds to the record (``late``), ``changes`` what becomes of the case's own fields
    besides its state. ``group`` is empty for a step of the course itself; what is done beside it
    (责任、会商、帮扶…) says where a screen puts it. ``right`` is the verb that has to be held;
    empty: the step's own name behind the course's ``rights``.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    targets: tuple[str, ...] = ()
    article: str = ""
    guards: tuple[Guard[F], ...] = ()
    choose: Callable[[Asked[F]], str] | None = None
    after: tuple[str, ...] = ()
    fill: Callable[[Asked[F]], Values] = _nothing
    mark: Callable[[Asked[F]], Values] = _nothing
    changes: Callable[[Asked[F]], Values] = _nothing
    asks: tuple[Field, ...] = ()
    group: str = ""
    right: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its form, the day it counts for first."""
        return (ON, *self.asks)


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
    group: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written: one step, and the fields of the case that change by it.

    ``data`` is JSON-able; ``changes`` holds the new ``state`` where it changes.
    """

    action: str
    on: date
    from_state: str
    to_state: str
    data: Values
    changes: Values


def _open_to_all(_file: Any, _around: Surroundings) -> RuleViolation | None:
    return None


@dataclass(frozen=True)
class Course(Generic[F]):
    """The table of one kind of case. ``noun`` is what its sentences call it (事项、纠纷).

    ``rights`` stands before a step's name in ``permissions`` (``dispute.``), ``void`` is the state
    of a voided case, ``beginning`` completes 日期不能早于…, ``bar`` refuses before anything is read.
    """

    noun: str
    actions: Mapping[str, Action[F]]
    states: Mapping[str, State]
    void: str
    beginning: str
    rights: str = ""
    bar: Callable[[F, Surroundings], RuleViolation | None] = _open_to_all

    def offers(self, file: F, around: Surroundings) -> tuple[Offer, ...]:
        """Every step, in the order of the course, with what stands in its way now."""
        return tuple(self._offer(action, file, around) for action in self.actions.values())

    def problems(
        self, file: F, action: str, data: Values, around: Surroundings
    ) -> tuple[RuleViolation, ...]:
        """Everything wrong with this step as filled in, each with its field; empty if lawful."""
        return self._examine(file, action, data, around)[1]

    def decide(self, file: F, action: str, data: Values, around: Surroundings) -> Decision:
        """The decision of a lawful step. Raises the first RuleViolation otherwise."""
        asked, found = self._examine(file, action, data, around)
        if found or asked is None:
            raise found[0]
        step = self.actions[action]
        from_state = file.state
        to_state = _target(step, asked)
        changed = dict(step.changes(asked))
        if to_state != from_state:
            changed["state"] = to_state
        recorded = {**asked.data, **step.mark(asked)}
        return Decision(action, asked.on, from_state, to_state, recorded, changed)

    def name_of(self, state: str) -> str:
        """The Chinese name of a state; an unknown code (a newer program's) is shown as it is."""
        known = self.states.get(state)
        return known.name if known else state

    def _offer(self, step: Action[F], file: F, around: Surroundings) -> Offer:
        here = file.state in step.sources and not file.voided
        barred = self._barred(step, file, around)
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
        return Offer(
            step.name, step.label, not missing, missing, step.article, step.fields, here, step.group
        )  # fmt: skip

    def _barred(self, step: Action[F], file: F, around: Surroundings) -> RuleViolation | None:
        """What bars the step before anything is read: a seal, the state, the person's rights."""
        refused = self.bar(file, around)
        if refused:
            return refused
        if file.voided:
            return self._wrong_state(step, self.void)
        if file.state not in step.sources:
            return self._wrong_state(step, file.state)
        verb = step.right or f"{self.rights}{step.name}"
        if not permissions.may(around.roles, verb):
            return permissions.not_permitted(verb)
        return None

    def _wrong_state(self, step: Action[F], now: str) -> RuleViolation:
        state = self.states.get(now)
        sources = "、".join(self.name_of(code) for code in step.sources)
        if state is not None and not state.open:
            sentence = f"{self.noun}{state.saying}，不能再{step.label}。"
        else:
            sentence = f"{self.noun}现在是“{self.name_of(now)}”，不能{step.label}。"
        return RuleViolation(
            "wrong_state", sentence, mend=f"这一步在这些时候办：{sources}。", article=step.article
        )

    def _examine(
        self, file: F, action: str, data: Values, around: Surroundings
    ) -> tuple[Asked[F] | None, tuple[RuleViolation, ...]]:
        step = self.actions.get(action)
        if step is None:
            return None, (self._unknown_action(action),)
        barred = self._barred(step, file, around)
        if barred:
            return None, (_by_law(step, barred),)
        if not isinstance(data, Mapping):
            return None, (RuleViolation("not_an_object", "要填的内容应当是“栏目: 内容”的形式。"),)
        reading = read_fields(step.fields, data)
        asked = _asked(step, file, around, reading, data)
        refusals = (guard.ask(asked) for guard in step.guards)
        found = (
            *reading.problems,
            *self._day_problems(step, asked),
            *(refusal for refusal in refusals if refusal),
        )
        return asked, tuple(_by_law(step, refusal) for refusal in found)

    def _day_problems(self, step: Action[F], asked: Asked[F]) -> tuple[RuleViolation, ...]:
        """The day a step counts for: not ahead, not before the case, not before what it follows."""
        found: list[tuple[str, str]] = []
        if asked.on > asked.around.today:
            found.append(("date_in_future", "日期不能晚于今天。"))
        began = asked.file.began
        if asked.on < began:
            found.append(("before_receipt", f"日期不能早于{self.beginning} {began.isoformat()}。"))
        earlier = asked.file.last(*step.after) if step.after else None
        if earlier is not None and asked.on < earlier.on:
            label = self.actions[earlier.action].label
            found.append(("before_step", f"日期不能早于“{label}”的 {earlier.on.isoformat()}。"))
        return tuple(
            RuleViolation(code, sentence, mend="请核对日期。", article=step.article, field="on")
            for code, sentence in found
        )

    def _unknown_action(self, action: object) -> RuleViolation:
        shown = "".join(c for c in str(action) if c.isprintable())[:40]
        return RuleViolation(
            "unknown_action", f"没有“{shown}”这一步。", mend=f"可以用：{'、'.join(self.actions)}。"
        )


def _by_law(step: Action[F], refusal: RuleViolation) -> RuleViolation:
    """A refusal names an article: its own, or the one by which the step is taken."""
    refusal.article = refusal.article or step.article
    return refusal


def _target(step: Action[F], asked: Asked[F]) -> str:
    if not step.targets:
        return asked.file.state
    return step.choose(asked) if step.choose else step.targets[0]


def _asked(
    step: Action[F], file: F, around: Surroundings, reading: Reading, data: Values
) -> Asked[F]:
    """The step with its day, and with what the program fills in where nothing was typed."""
    values = dict(reading.values)
    on = date.fromisoformat(values.pop("on", around.today.isoformat()))
    filled = step.fill(Asked(file, around, on, values))
    blank = {key: value for key, value in filled.items() if value and not data.get(key)}
    return Asked(file, around, on, {**values, **blank})
