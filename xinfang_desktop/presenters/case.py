"""One case on the screen, dispute or mediation: what its page asks, and what it may do there.

A kind of case says how it is read, which steps it has and how one is taken; the rest is alike.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.course import Offer
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.services import attachments, duties
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duty_rows import DutyRow

from .case_words import Course, DutyItem, Stage, duty_items, duty_note, stage_words
from .next_steps import NextSteps, StepChoice, StepForm, tidy, why_locked
from .running import Refused, Run, check_and_do

Failed = Callable[[XinfangError], None]


class Row(Protocol):
    """What every kind of case says of itself in a line."""

    @property
    def number(self) -> str: ...
    @property
    def state_name(self) -> str: ...


class CaseView(Course, Protocol):
    """What the services tell of a case for its page."""

    @property
    def row(self) -> Row: ...
    @property
    def stages(self) -> Sequence[Stage]: ...
    @property
    def duties(self) -> tuple[DutyRow, ...]: ...
    @property
    def offers(self) -> tuple[Offer, ...]: ...


View = TypeVar("View", bound=CaseView)
Stood = TypeVar("Stood")
Person = TypeVar("Person")


@dataclass(frozen=True)
class _Loaded(Generic[View]):
    """``locks`` are asked beside the view: why something on the page cannot be done now."""

    view: View
    locks: Mapping[str, str]


class CasePresenter(ABC, Generic[View, Stood, Person]):
    """One case on the screen; every command asks the services, the page then loads again."""

    noun = ""
    verb = ""  # the right without which no step is taken

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.number = ""
        self.view: View | None = None
        self.revealed: tuple[Person, ...] = ()
        self._locks: Mapping[str, str] = {}

    # --- what a kind of case says ---

    @abstractmethod
    def _read(self, number: str) -> View:
        """The page of the case; the services log the look."""

    @abstractmethod
    def steps(self) -> NextSteps:
        """The buttons of 下一步."""

    @abstractmethod
    def _form(self, choice: StepChoice) -> StepForm:
        """What the form of a step asks and starts with."""

    @abstractmethod
    def _problems(
        self, number: str, action: str, data: Mapping[str, Any]
    ) -> tuple[RuleViolation, ...]:
        """Everything wrong with a step as filled in."""

    @abstractmethod
    def _take(self, number: str, action: str, data: Mapping[str, Any]) -> Stood:
        """Write a step."""

    @abstractmethod
    def _people(self, number: str, reason: str) -> tuple[Person, ...]:
        """Everybody in full, for a reason that is logged."""

    @abstractmethod
    def _attach(self, number: str, path: Path) -> object:
        """Keep a file with it."""

    @abstractmethod
    def stood_words(self, stood: Stood, label: str) -> str:
        """What the status bar says after a step."""

    def _ask_locks(self, view: View) -> Mapping[str, str]:
        """What else is asked while the page is read."""
        return {}

    # --- reading ---

    def open(self, number: str, done: Callable[[], None], failed: Failed | None = None) -> None:
        """Show another case."""
        if number != self.number:
            self.number, self.view, self.revealed = number, None, ()
        self.load(done, failed)

    def load(self, done: Callable[[], None], failed: Failed | None = None) -> None:
        """Ask again for the case that is open."""
        number = self.number

        def work() -> _Loaded[View]:
            view = self._read(number)
            return _Loaded(view, self._ask_locks(view))

        def came(loaded: _Loaded[View]) -> None:
            if number == self.number:
                self.view, self._locks = loaded.view, loaded.locks
                self.number = loaded.view.row.number
                done()

        self._run(work, came, failed, label=f"正在打开{self.noun}")

    @property
    def seen(self) -> View:
        """The case that is open; asking before it came is our bug."""
        assert self.view is not None
        return self.view

    # --- what the page says ---

    def stages(self, *, short: bool = False) -> tuple[tuple[str, str, str], ...]:
        """Name, state and day of each stage, for the stage bar."""
        return stage_words(self.seen.stages, self.seen.row.state_name, short=short)

    def duty_items(self) -> tuple[DutyItem, ...]:
        """The duties, open ones first in due order; their verbs are those of the steps here."""
        labels = {f"step:{offer.action}": offer.label for offer in self.seen.offers}
        return tuple(
            replace(item, verb=labels.get(item.target, ""))
            for item in duty_items(self.seen.duties, self.desk.today, leads=True)
        )

    def duty_note(self) -> str:
        """未办 1，已办 1."""
        return duty_note(self.seen.duties)

    def why_not(self, verb: str) -> str:
        """The sentence for a button that this account may not press, empty where it may."""
        may = permissions.may(self.desk.roles, verb)
        return "" if may else permissions.not_permitted(verb).sentence

    def why_no_note(self) -> str:
        """Why nothing can be written down now, empty where it can."""
        note = next((offer for offer in self.seen.offers if offer.action == "note"), None)
        return "" if note and note.allowed else "".join(note.missing if note else ())

    # --- steps ---

    def form_of(self, key: str) -> StepForm | None:
        """The form of a step that may be taken now; ``None`` where it does not belong here."""
        choice = self._choice(key)
        return self._form(choice) if choice and choice.allowed else None

    def why_locked(self, key: str) -> str:
        """What is missing for a step, or that it does not belong to this state."""
        return why_locked(self.steps(), self.seen.offers, key)

    def _choice(self, key: str) -> StepChoice | None:
        return self.steps().find(key)

    def submit(
        self,
        form: StepForm,
        values: Mapping[str, Any],
        done: Callable[[Stood], None],
        refused: Refused,
    ) -> None:
        """Take a step: everything wrong is told at once, and only a lawful one is written."""
        number, action = self.number, form.choice.action
        taken_off = {
            n: False for n, was in form.values.items() if was is True and not values.get(n)
        }
        data = {**tidy(form.fields, values), **taken_off, **form.choice.preset}
        check_and_do(
            self._run,
            lambda: self._problems(number, action, data),
            lambda: self._take(number, action, data),
            done, refused, label=f"正在{form.title}",
        )  # fmt: skip

    def note(self, sort: str, text: str, done: Callable[[Stood], None], refused: Refused) -> None:
        """记一笔: one line about what was done; ``sort`` is empty where there are no sorts."""
        if not text.strip():
            refused([
                RuleViolation(
                    "field_missing", "还没有写做了什么。", mend="写一句，再按“记下”。", field="text"
                )
            ])  # fmt: skip
            return
        number = self.number
        data = {"text": text.strip(), **({"sort": sort} if sort else {})}
        self._run(
            lambda: self._take(number, "note", data), done, lambda error: refused([error])
        )  # fmt: skip

    def explain(self, duty: str, done: Callable[[Arithmetic], None]) -> None:
        """为什么是这一天, day by day."""
        self._run(lambda: duties.explain_duty(self.desk, duty), done)

    # --- people and files ---

    def reveal(self, reason: str, done: Callable[[], None], refused: Refused) -> None:
        """Show names and telephones in full for a reason that is logged."""
        number = self.number

        def came(people: tuple[Person, ...]) -> None:
            if number == self.number:
                self.revealed = people
            done()

        self._run(lambda: self._people(number, reason), came, lambda error: refused([error]))

    def hide(self) -> None:
        """Mask names again."""
        self.revealed = ()

    def attach(self, path: Path, done: Callable[[], None]) -> None:
        """Keep a file with the case."""
        number = self.number
        self._run(
            lambda: self._attach(number, path), lambda _kept: done(), label="正在存附件"
        )  # fmt: skip

    def copy_attachment(self, attachment: str, out: Path, done: Callable[[], None]) -> None:
        """A readable copy of a file, where the officer wants it."""
        self._run(
            lambda: attachments.copy_attachment(self.desk, attachment, out),
            lambda _out: done(), label="正在另存附件",
        )  # fmt: skip
