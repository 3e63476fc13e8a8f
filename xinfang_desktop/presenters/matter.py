"""信访事项页: one matter, its claims, duties with their arithmetic, its course, its next steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.vocabulary import NOTE_RECORD
from xinfang_desktop.services import (
    attachments,
    duties,
    handling,
    paper_offers,
    registration,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import StepTaken
from xinfang_desktop.services.paper_offers import FormOffer
from xinfang_desktop.services.views import MatterView, PartyView

from .case_words import DutyItem, duty_items, duty_note, plain_day, stage_words
from .next_steps import NextSteps, StepForm, tidy, why_locked
from .running import Refused, Run, check_and_do
from .steps import next_steps, step_form

AGAIN_FIELDS = (
    Field("channel", "怎么提出的", "choice", required=True, choices="channel", help="来访、来信、来电或网上。"),
    Field("received_on", "哪天提出的", "date", required=True, help="收到补充诉求的那一天。"),
    Field(
        "claims", "补充的诉求", "many", required=True, sample="公开 2021 年村道施工图",
        help="一行一项，以后逐项答复。", article="《信访工作条例》第三十二条",
    ),
    Field("summary", "事实和理由", "long", help="这次说了什么。"),
)  # fmt: skip
NOTE_KINDS = (("other", "一般记录"), *(pair for pair in NOTE_RECORD if pair[0] != "other"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one look at a matter brings."""

    view: MatterView
    forms: tuple[FormOffer, ...]


class MatterPresenter:
    """One matter on the screen; every command asks the services and loads again."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.number = ""
        self.view: MatterView | None = None
        self.forms: tuple[FormOffer, ...] = ()
        self.revealed: tuple[PartyView, ...] = ()

    # --- reading ---

    def open(
        self,
        number: str,
        done: Callable[[], None],
        failed: Callable[[XinfangError], None] | None = None,
    ) -> None:
        """Show another matter."""
        if number != self.number:
            self.number, self.view, self.revealed = number, None, ()
        self.load(done, failed)

    def load(
        self, done: Callable[[], None], failed: Callable[[XinfangError], None] | None = None
    ) -> None:
        """Ask again for the matter that is open."""
        number = self.number
        may_print = permissions.may(self.desk.roles, "print_matter_form")

        def work() -> Loaded:
            view = handling.matter_view(self.desk, number)
            forms = (
                paper_offers.forms_for(self.desk, number) if may_print and not view.hidden else ()
            )
            return Loaded(view, forms)

        def came(loaded: Loaded) -> None:
            if number == self.number:
                self.view, self.forms = loaded.view, loaded.forms
                self.number = loaded.view.number if number == loaded.view.number else number
                done()

        self._run(work, came, failed, label="正在打开事项")

    @property
    def seen(self) -> MatterView:
        """The matter that is open; asking before it came is our bug."""
        assert self.view is not None
        return self.view

    # --- what the page says ---

    def person(self) -> str:
        """Who came, masked or as revealed: 赵** · 139****6620."""
        if self.revealed:
            first = self.revealed[0]
            return " · ".join(part for part in (first.name, first.phone) if part)
        parts = (self.seen.masked_name, self.seen.masked_phone)
        return " · ".join(part for part in parts if part)

    def stages(self, *, short: bool = False) -> tuple[tuple[str, str, str], ...]:
        """Name, state and day of each stage, for the stage bar."""
        return stage_words(self.seen.stages, self.seen.state_name, short=short)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Short facts below the title: 形式、收到、地点、分类、承办."""
        view = self.seen
        place = "".join(part for part in (view.village, view.place) if part)
        pairs = (
            ("形式", view.channel_name), ("收到", plain_day(view.received_on, self.desk.today)),
            ("地点", place), ("分类", view.category_name), ("承办", view.owner or "还没有人认领"),
            ("查询码", view.query_code),
        )  # fmt: skip
        return tuple((name, word) for name, word in pairs if word)

    def steps(self) -> NextSteps:
        """The buttons of 下一步."""
        return next_steps(self.seen)

    def duty_items(self) -> tuple[DutyItem, ...]:
        """The duties, open ones first in due order."""
        return duty_items(self.seen.duties, self.desk.today, leads=not self.seen.hidden)

    def duty_note(self) -> str:
        """未办 3，已办 1."""
        return duty_note(self.seen.duties)

    def printable(self) -> tuple[FormOffer, ...]:
        """Papers for the menu: those that may be printed first."""
        return tuple(sorted(self.forms, key=lambda form: not form.allowed))

    def may(self, verb: str) -> bool:
        """Whether this account holds a right."""
        return permissions.may(self.desk.roles, verb)

    def why_not(self, verb: str) -> str:
        """The sentence for a button that this account may not press, empty where it may."""
        return "" if self.may(verb) else permissions.not_permitted(verb).sentence

    # --- commands ---

    def explain(self, duty: str, done: Callable[[Arithmetic], None]) -> None:
        """为什么是这一天, day by day."""
        self._run(lambda: duties.explain_duty(self.desk, duty), done)

    def form_of(self, key: str) -> StepForm | None:
        """The form of a step that may be taken now; ``None`` where it does not belong here."""
        choice = self.steps().find(key)
        return step_form(self.desk, self.seen, choice) if choice and choice.allowed else None

    def why_locked(self, key: str) -> str:
        """What is missing for a step, or that it does not belong to this state."""
        return why_locked(self.steps(), self.seen.offers, key)

    def submit(
        self,
        form: StepForm,
        values: Mapping[str, Any],
        done: Callable[[StepTaken], None],
        refused: Refused,
    ) -> None:
        """Take a step: everything wrong is told at once, and only a lawful one is written."""
        number, action = self.number, form.choice.action
        data = tidy(form.fields, values)
        check_and_do(
            self._run,
            lambda: handling.step_problems(self.desk, number, action, data),
            lambda: handling.take_step(self.desk, number, action, data),
            done, refused, label=f"正在{form.title}",
        )  # fmt: skip

    def note(
        self, record: str, text: str, done: Callable[[StepTaken], None], refused: Refused
    ) -> None:
        """记一笔: one line about what was done."""
        if not text.strip():
            refused([_nothing_written("content", "还没有写做了什么。")])
            return
        data = {"record": record, "content": text.strip()}
        self._run(
            lambda: handling.take_step(self.desk, self.number, "note", data),
            done,
            lambda error: refused([error]),
        )

    def add_claims(
        self, values: Mapping[str, Any], done: Callable[[], None], refused: Refused
    ) -> None:
        """Register a further contact about this matter with new claims (再次反映)."""
        missing = [each for each in AGAIN_FIELDS if each.required and not values.get(each.name)]
        if missing:
            refused([_not_filled(each) for each in missing])
            return
        data = {**values, "matter": self.number}

        check_and_do(
            self._run,
            lambda: registration.check_intake(self.desk, data).problems,
            lambda: registration.register_intake(self.desk, data),
            lambda _made: done(), refused, label="正在登记",
        )  # fmt: skip

    def reveal(
        self, reason: str, done: Callable[[tuple[PartyView, ...]], None], refused: Refused
    ) -> None:
        """Show names and numbers in full for a reason that is logged."""

        def came(parties: tuple[PartyView, ...]) -> None:
            self.revealed = parties
            done(parties)

        self._run(
            lambda: handling.reveal_names(self.desk, self.number, reason),
            came,
            lambda error: refused([error]),
        )

    def hide(self) -> None:
        """Mask names again."""
        self.revealed = ()

    def attach(self, path: Path, done: Callable[[], None]) -> None:
        """Keep a file with the matter."""
        self._run(
            lambda: attachments.attach_file(self.desk, self.number, path),
            lambda _kept: done(),
            label="正在存附件",
        )

    def copy_attachment(self, attachment: str, out: Path, done: Callable[[], None]) -> None:
        """A readable copy of a file, where the officer wants it."""
        self._run(
            lambda: attachments.copy_attachment(self.desk, attachment, out),
            lambda _out: done(),
            label="正在另存附件",
        )


def taken_words(taken: StepTaken, label: str) -> str:
    """What the status bar says after a step."""
    made = f"，分出 {'、'.join(taken.made)}" if taken.made else ""
    return f"{label}：已记下，事项现在是“{taken.state_name}”{made}"


def _not_filled(field: Field) -> RuleViolation:
    return RuleViolation("required", f"还没有填{field.label}。", mend=field.help, field=field.name)


def _nothing_written(field: str, sentence: str) -> RuleViolation:
    return RuleViolation("field_missing", sentence, mend="写一句，再按“记下”。", field=field)
