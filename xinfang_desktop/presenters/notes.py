"""民情日记、恳谈日: the list and its filters, one page of the diary, its promises, what one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import left_words, urgency
from xinfang_desktop.domain.dispute_steps import REGISTER
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.village_notes import KEEP, SORTS, WRITE, Promise
from xinfang_desktop.services import village_notes
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.note_views import NoteQuery, NoteRow, NoteView, note_list, note_view
from xinfang_desktop.services.village_notes import NoteWritten

from . import choices
from .case_words import plain_day
from .next_steps import tidy
from .running import Refused, Run, check_and_do

Pairs = tuple[tuple[str, str], ...]
MONTHS_SHOWN = 12
ALL_SORTS: Pairs = (("", "全部"), *SORTS)
REASON = Field(
    "reason", "为什么更正", required=True, max_length=200, sample="地点写错了",
    help="写一句原因，会留下记录。原来的一页作废，已经兑现的承诺跟着过来。",
)  # fmt: skip
_OF_DISPUTE = (
    "category", "summary", "found_on", "place", "parties", "people", "amount", "urgent", "danger",
    "detail",
)  # fmt: skip
DISPUTE_FIELDS = tuple(field for name in _OF_DISPUTE for field in REGISTER if field.name == name)
"""What is asked when the problem of a page becomes a dispute; the village is the page's."""


_ROWS: tuple[tuple[tuple[str, float], ...], ...] = (
    (("village", 12), ("sort", 11), ("on", 12)),
    (("topic", 12), ("headcount", 9), ("place", 0)),
    (("text", 0),),
    (("promises", 0),),
    (("reason", 0),),
)
"""How the form of a page is laid out: names and widths in em, 0 takes what is left."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise on the page: its due state, what, until when and by whom, how it was kept."""

    no: int
    what: str
    who: str  # 9月25日前 · 何建平
    urgency: str
    words: str
    kept: str
    open: bool


class NotesPresenter:
    """Knows the filters and which page is open."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.asked = NoteQuery()
        self.rows: tuple[NoteRow, ...] = ()
        self.view: NoteView | None = None
        self.villages: Pairs = ()
        self._times = 0

    # --- the list ---

    def load(self, done: Callable[[], None]) -> None:
        """Ask for the rows; an older answer that comes late is dropped."""
        self._times += 1
        times, asked = self._times, self.asked

        def work() -> tuple[tuple[NoteRow, ...], Pairs]:
            return note_list(self.desk, asked), _villages(self.desk)

        def came(found: tuple[tuple[NoteRow, ...], Pairs]) -> None:
            if times == self._times:
                self.rows, self.villages = found
                done()

        self._run(work, came, label="正在找日记")

    def narrow(self, done: Callable[[], None], **filters: Any) -> None:
        """Another month (``period``), village, sort, or only where a promise is open."""
        self.asked = replace(self.asked, **filters)
        self.load(done)

    def months(self) -> Pairs:
        """This month and those before it, newest first; empty is all of them."""
        year, month = self.desk.today.year, self.desk.today.month
        made: list[tuple[str, str]] = [("", "全部月份")]
        for _ in range(MONTHS_SHOWN):
            made.append((f"{year}-{month:02d}", f"{year}年{month}月"))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return tuple(made)

    def bound(self) -> bool:
        """Whether this account sees one village only."""
        return self.desk.village is not None

    def note(self) -> str:
        """What stands beside the title: what is late, else what the diary is for."""
        promises = [promise for row in self.rows for promise in row.promises]
        waiting = [promise for promise in promises if promise.kept_on is None]
        late = sum(promise.due < self.desk.today for promise in waiting)
        if late:
            return f"承诺逾期 {late} 项"
        return f"没有兑现的承诺 {len(waiting)} 项" if waiting else "写事，不写人"

    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return self.asked != NoteQuery()

    def empty(self) -> tuple[str, str]:
        """Sentence and action word where there is nothing to show."""
        if self.narrowed():
            return "没有这样的记录。", "看全部"
        return "还没有写过民情日记。", "" if self.why_not_write() else "写第一页 Ctrl+N"

    # --- one page ---

    def open(self, id: str, done: Callable[[], None]) -> None:
        """Show one page; that somebody read it is logged."""

        def came(view: NoteView) -> None:
            self.view = view
            done()

        self._run(lambda: note_view(self.desk, id), came)

    @property
    def seen(self) -> NoteView:
        """The page that is open; asking before it came is our bug."""
        assert self.view is not None
        return self.view

    def head(self) -> str:
        """农田水利 · 三组 · 沟口."""
        row = self.seen.row
        return " · ".join(part for part in (row.topic_name, row.place) if part)

    def told(self) -> str:
        """9月18日 · 柳溪村 · 民情日记 · 何春生记."""
        row = self.seen.row
        came = f"到会 {row.headcount} 人" if row.headcount else ""
        parts = (
            plain_day(row.on, self.desk.today),
            row.village,
            row.sort_name,
            came,
            f"{row.by}记",
        )
        return " · ".join(part for part in parts if part)

    def promises(self) -> tuple[PromiseLine, ...]:
        """The promises of the page that is open."""
        row, today = self.seen.row, self.desk.today
        return tuple(_promise(each, row.on, today) for each in row.promises)

    # --- what one does ---

    def why_not_write(self) -> str:
        """Why this account writes no page, empty where it may."""
        return self._why_not("write_note")

    def why_not_dispute(self) -> str:
        """Why the page cannot become a dispute now, empty where it can."""
        if self.seen.voided:
            return "这一页已经更正作废，请打开新的一页。"
        if self.seen.row.dispute:
            return "这一页已经转为纠纷。"
        return self._why_not("register_dispute")

    def why_not_change(self) -> str:
        """Why the page cannot be corrected or kept now, empty where it can."""
        return "这一页已经更正作废，请打开新的一页。" if self.seen.voided else self.why_not_write()

    def _why_not(self, verb: str) -> str:
        may = permissions.may(self.desk.roles, verb)
        return "" if may else permissions.not_permitted(verb).sentence

    def write_fields(self) -> tuple[Field, ...]:
        """What a page asks; who is bound to a village is not asked which."""
        return tuple(
            self._asked(field) for field in WRITE if field.name != "village" or not self.bound()
        )

    def _asked(self, field: Field) -> Field:
        if field.name != "village":
            return field
        return replace(field, kind="choice", choices=self.villages, required=True)

    def write_values(self) -> dict[str, Any]:
        """What a new page begins with: a page of the diary, today, the village filtered by."""
        known = {"village": self.asked.village} if self.asked.village else {}
        return {"sort": "diary", "on": self.desk.today, **known}

    def write(
        self, values: Mapping[str, Any], done: Callable[[NoteWritten], None], refused: Refused
    ) -> None:
        """Write a page; everything wrong is told at once."""
        data = tidy(self.write_fields(), values)
        check_and_do(
            self._run,
            lambda: village_notes.check_note(self.desk, data),
            lambda: village_notes.write_note(self.desk, data),
            done, refused, label="正在记下",
        )  # fmt: skip

    def keep(
        self,
        no: int,
        values: Mapping[str, Any],
        done: Callable[[NoteWritten], None],
        refused: Refused,
    ) -> None:
        """Record that a promise of the open page was kept."""
        id, data = self.seen.row.id, tidy(KEEP, values)
        self._run(
            lambda: village_notes.keep_promise(self.desk, id, no, data),
            done, lambda error: refused([error]), label="正在登记",
        )  # fmt: skip

    def correct_fields(self) -> tuple[Field, ...]:
        """A page anew, with the reason; its village stays."""
        return (*(field for field in WRITE if field.name != "village"), REASON)

    def correct_values(self) -> dict[str, Any]:
        """What the page says now."""
        row = self.seen.row
        return {
            "sort": row.sort, "on": row.on, "topic": row.topic, "place": row.place,
            "text": row.text, "headcount": row.headcount or None,
            "promises": [
                {"what": each.what, "due": each.due, "by": each.by} for each in row.promises
            ],
        }  # fmt: skip

    def correct(
        self, values: Mapping[str, Any], done: Callable[[NoteWritten], None], refused: Refused
    ) -> None:
        """Write the page anew and void the wrong one, for a reason."""
        row = self.seen.row
        data = {**tidy(self.correct_fields(), values), "village": row.village}
        reason = str(data.pop("reason", ""))
        check_and_do(
            self._run,
            lambda: _problems(self.desk, data, reason),
            lambda: village_notes.correct_note(self.desk, row.id, data, reason),
            done, refused, label="正在更正",
        )  # fmt: skip

    def dispute_values(self) -> dict[str, Any]:
        """What the note says already."""
        row = self.seen.row
        return {"found_on": row.on, "place": row.place, "detail": row.text}

    def to_dispute(
        self, values: Mapping[str, Any], done: Callable[[DisputeStood], None], refused: Refused
    ) -> None:
        """Make a dispute of the problem."""
        id, data = self.seen.row.id, tidy(DISPUTE_FIELDS, values)
        self._run(
            lambda: village_notes.make_dispute(self.desk, id, data),
            done, lambda error: refused([error]), label="正在转为纠纷",
        )  # fmt: skip


def _villages(desk: Desk) -> Pairs:
    return tuple((each.value, each.label) for each in choices.villages(desk))


def _problems(desk: Desk, data: Mapping[str, Any], reason: str) -> tuple[RuleViolation, ...]:
    """Everything wrong with the page written anew, a reason that is missing included."""
    found = village_notes.check_note(desk, data)
    if reason.strip():
        return found
    missing = RuleViolation(
        "reason_missing", "还没有写为什么更正。", mend="写一句原因，会留下记录。", field="reason"
    )
    return (*found, missing)


def _promise(each: Promise, on: date, today: date) -> PromiseLine:
    level, words = _state(each, on, today)
    who = f"{plain_day(each.due, today)}前 · {each.by}"
    return PromiseLine(each.no, each.what, who, level, words, each.kept_how, each.kept_on is None)


def _state(each: Promise, on: date, today: date) -> tuple[str, str]:
    if each.kept_on:
        return "done", f"{plain_day(each.kept_on, today)} 兑现"
    return urgency(min(on, each.due), each.due, today), left_words(each.due, today)


def form_rows(fields: Sequence[Field]) -> list[list[tuple[str, float]]]:
    """The layout of a page's form, of those fields that it has; empty for any other form."""
    names = {field.name for field in fields}
    if "promises" not in names:
        return []
    rows = ([place for place in row if place[0] in names] for row in _ROWS)
    return [row for row in rows if row]


def due_of(row: NoteRow) -> date | None:
    """The first day by which a promise of the page is still owed."""
    return min((each.due for each in row.promises if each.kept_on is None), default=None)


def promise_state(row: NoteRow, today: date) -> tuple[str, str]:
    """State and words of the promises of a row: the most pressing one, or that all were kept."""
    waiting: Sequence[Promise] = [each for each in row.promises if each.kept_on is None]
    if not row.promises:
        return "rest", ""
    if not waiting:
        return "done", "都兑现了"
    return _state(min(waiting, key=lambda each: each.due), row.on, today)
