"""信访事项页: one matter, its claims, duties with their arithmetic, its course, its next steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import Arithmetic, spoken
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.vocabulary import NOTE_RECORD
from xinfang_desktop.services import attachments, duties, handling, paperwork, registration
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duty_rows import DutyRow
from xinfang_desktop.services.handling import StepTaken
from xinfang_desktop.services.paperwork import FormOffer
from xinfang_desktop.services.views import AttachmentRow, MatterView, PartyView, TimelineRow

from .running import Run
from .steps import NextSteps, StepForm, next_steps, step_form, tidy

Refused = Callable[[Sequence[XinfangError]], None]

REVEAL_FIELDS = (
    Field(
        "reason", "为什么要看", required=True, sample="核对电话，通知到现场查看",
        help="写一句原因。谁、什么时候、为什么看了完整的姓名和号码，都会留下记录。",
    ),
)  # fmt: skip
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
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One duty of the matter as the page shows it. ``target`` is where its verb leads."""

    id: str
    urgency: str
    words: str
    title: str
    owner: str
    when: str
    verb: str
    target: str
    note: str
    waiting: bool
    why: bool


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
        may_print = permissions.may(self.desk.roles, "print_form")

        def work() -> Loaded:
            view = handling.matter_view(self.desk, number)
            forms = paperwork.forms_for(self.desk, number) if may_print and not view.hidden else ()
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
        """Name, state and day (7/24) of each stage; the present one says the matter's state.

        ``short``: where there is little room, two characters each and no days.
        """
        if short:
            return tuple((each.stage[-2:], each.state, "") for each in self.seen.stages)
        return tuple(
            (
                self.seen.state_name if each.state == "now" else each.stage,
                each.state,
                f"{each.on.month}/{each.on.day}" if each.on and each.state == "done" else "",
            )
            for each in self.seen.stages
        )

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Short facts below the title: 形式、收到、地点、分类、承办."""
        view = self.seen
        place = "".join(part for part in (view.village, view.place) if part)
        pairs = (
            ("形式", view.channel_name), ("收到", _day_words(view.received_on, self.desk.today)),
            ("地点", place), ("分类", view.category_name), ("承办", view.owner or "还没有人认领"),
            ("查询码", view.query_code),
        )  # fmt: skip
        return tuple((name, word) for name, word in pairs if word)

    def steps(self) -> NextSteps:
        """The buttons of 下一步."""
        return next_steps(self.seen)

    def duty_items(self) -> tuple[DutyItem, ...]:
        """The duties, open ones first in due order; what is not owed is left out."""
        rows = [row for row in self.seen.duties if row.state != "not_owed"]
        rows.sort(key=lambda row: (not _waits(row), row.due))
        return tuple(self._item(row) for row in rows)

    def duty_note(self) -> str:
        """未办 3，已办 1."""
        rows = [row for row in self.seen.duties if row.state != "not_owed"]
        waiting = sum(map(_waits, rows))
        return f"未办 {waiting}，已办 {len(rows) - waiting}"

    def _item(self, row: DutyRow) -> DutyItem:
        waits = _waits(row)
        leads = waits and row.target != "matter" and not self.seen.hidden
        return DutyItem(
            id=row.id, urgency=row.urgency, words=row.words if waits else row.words.split(" ")[0],
            title=row.title, owner=row.owner,
            when=due_words(row, self.desk.today), verb=row.verb if leads else "",
            target=row.target if leads else "", note=row.note, waiting=waits,
            why=row.state != "unknown",
        )  # fmt: skip

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
        choice = self.steps().find(key)
        if choice is not None:
            return choice.reason
        offer = next((o for o in self.seen.offers if o.action == key), None)
        return "".join(offer.missing) if offer else "没有这一步。"

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

        def work() -> StepTaken | tuple[RuleViolation, ...]:
            found = handling.step_problems(self.desk, number, action, data)
            return found or handling.take_step(self.desk, number, action, data)

        def came(answer: StepTaken | tuple[RuleViolation, ...]) -> None:
            if isinstance(answer, StepTaken):
                done(answer)
            else:
                refused(answer)

        self._run(work, came, lambda error: refused([error]), label=f"正在{form.title}")

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

        def work() -> tuple[RuleViolation, ...]:
            found = registration.check_intake(self.desk, data).problems
            if not found:
                registration.register_intake(self.desk, data)
            return found

        def came(found: tuple[RuleViolation, ...]) -> None:
            if found:
                refused(found)
            else:
                done()

        self._run(work, came, lambda error: refused([error]), label="正在登记")

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


def due_words(row: DutyRow, today: date) -> str:
    """When a duty is due, the unrolled target first: 10月2日，最迟 10月8日."""
    if row.state == "unknown":
        return "记录里没有日期"
    if row.done_on:
        return f"{_day_words(row.done_on, today)}，期限 {spoken(row.due)}"
    if row.due_raw and row.due_raw != row.due:
        return f"{_day_words(row.due_raw, today)}，最迟 {spoken(row.due)}"
    return f"{_day_words(row.due, today)} 周{_WEEK[row.due.weekday()]}"


def when_words(row: TimelineRow, today: date) -> str:
    """When and who: 9月18日 15:20 · 周敏; the day it counts for where it was written later."""
    at: datetime = row.at
    day = _day_words(row.on, today)
    if at.date() == row.on:
        return f"{day} {at.hour}:{at.minute:02d} · {row.who}"
    return f"{day}（{spoken(at.date())}记） · {row.who}"


def moment_words(at: datetime, today: date) -> str:
    """9月18日 15:20."""
    return f"{_day_words(at.date(), today)} {at.hour}:{at.minute:02d}"


def size_words(row: AttachmentRow) -> str:
    """1.2 MB."""
    if row.size >= 1_000_000:
        return f"{row.size / 1_000_000:.1f} MB"
    return f"{max(1, round(row.size / 1000))} KB"


def _waits(row: DutyRow) -> bool:
    return row.state in ("open", "overdue")


def _day_words(day: date, today: date) -> str:
    return spoken(day) if day.year == today.year else f"{day.year}年{spoken(day)}"


def _not_filled(field: Field) -> RuleViolation:
    return RuleViolation("required", f"还没有填{field.label}。", mend=field.help, field=field.name)


def _nothing_written(field: str, sentence: str) -> RuleViolation:
    return RuleViolation("field_missing", sentence, mend="写一句，再按“记下”。", field=field)
