"""冲突，待您判断: conflicts of one record together, both values side by side, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field, FieldKind
from xinfang_desktop.domain.inputs import read_fields
from xinfang_desktop.domain.records import Json
from xinfang_desktop.services import conflicts as inbox
from xinfang_desktop.services.conflicts import (
    FIELD,
    OTHER,
    ConflictRow,
    ConflictValue,
    SettledRow,
)
from xinfang_desktop.services.desk import Desk

from .exchange_words import exact_words
from .running import Run

Failed = Callable[[XinfangError], None]

SAME, ADDED, REMOVED = "same", "added", "removed"
"""What a piece of a text is against what stood there before."""

_LONG = 30
"""Characters from which a text is written in several lines."""

_ALIKE = 0.34
"""Below this likeness a text is a new one; marking its letters would only confuse."""

PAGE_OF = {"matter": "matter", "dispute": "dispute", "mediation": "mediation"}
"""Kind of the case it is about → the page that shows it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One value: ``pick`` chooses it (empty: only shown), ``pieces`` mark what changed."""

    pick: str
    column: str
    words: str
    who: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field to decide. ``editor`` is the kind of field for a value of one's own; None where only
    one of the sides can be taken.
    """

    id: str
    label: str
    before: str
    sides: tuple[Side, ...]
    editor: FieldKind | None = None

    @property
    def field(self) -> Field:
        """The field in which a value of one's own is written."""
        return Field(
            "value", self.label, self.editor or "text", required=True,
            help="请写上，或改选一边。",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column: whose value it is; ``who`` only where all fields say the same."""

    column: str
    title: str
    who: str


@dataclass(frozen=True, slots=True)
class ConflictGroup:
    """What is open about one record: one line of the list, one comparison."""

    key: str
    title: str
    what: str
    where: str
    sentence: str
    heads: tuple[Head, ...]
    questions: tuple[Question, ...]
    page: str
    number: str


@dataclass(frozen=True, slots=True)
class SettledLine:
    """One decision that was made here; ``others`` are the values it may be changed to."""

    id: str
    title: str
    label: str
    picked: str
    told: str
    others: tuple[str, ...]


class ConflictsPresenter:
    """Which conflict is looked at and what was picked; saving asks the service for each field."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.groups: tuple[ConflictGroup, ...] = ()
        self.settled: tuple[SettledLine, ...] = ()
        self.picks: dict[str, str] = {}
        self.own: dict[str, Any] = {}
        self._at = ""

    def take(self, rows: Sequence[ConflictRow], settled: Sequence[SettledRow]) -> None:
        """Show these; what was picked for conflicts that are still open stays."""
        self.groups = tuple(_groups(rows, self.desk.now()))
        self.settled = tuple(_settled(each, self.desk.now()) for each in settled)
        known = {row.id for row in rows}
        self.picks = {id: pick for id, pick in self.picks.items() if id in known}
        self.own = {id: value for id, value in self.own.items() if id in known}
        if self.group() is None:
            self._at = self.groups[0].key if self.groups else ""

    def group(self) -> ConflictGroup | None:
        """The one looked at."""
        return next((group for group in self.groups if group.key == self._at), None)

    def look(self, key: str) -> None:
        """Look at another one."""
        self._at = key

    def look_for(self, number: str) -> bool:
        """Look at the first one about this matter, dispute or mediation."""
        found = next((group for group in self.groups if group.number == number), None)
        if found is not None:
            self._at = found.key
        return found is not None

    def later(self) -> None:
        """以后再说: forget what was picked here and go on to the next one."""
        group = self.group()
        if group is None:
            return
        for question in group.questions:
            self.picks.pop(question.id, None)
            self.own.pop(question.id, None)
        place = self.groups.index(group)
        self._at = self.groups[(place + 1) % len(self.groups)].key

    def pick(self, question: str, pick: str) -> None:
        """Choose a side, or ``OTHER``."""
        self.picks[question] = pick

    def write(self, question: str, value: Any) -> None:
        """What was written as a value of one's own."""
        self.own[question] = value

    def chosen(self) -> tuple[int, int]:
        """How many fields of this conflict are picked, and of how many."""
        group = self.group()
        questions = group.questions if group else ()
        return sum(q.id in self.picks for q in questions), len(questions)

    def why_not_save(self) -> str:
        """Why nothing can be saved now."""
        if not permissions.may(self.desk.roles, "settle_conflicts"):
            return permissions.not_permitted("settle_conflicts").sentence
        if self.group() is None:
            return "没有要判断的冲突。"
        return "" if self.chosen()[0] else "先在上面选一边。"

    def save(self, done: Callable[[int], None], failed: Failed) -> None:
        """Write what was picked; ``done`` is told how many fields were decided."""
        group = self.group()
        wanted = [q for q in (group.questions if group else ()) if q.id in self.picks]
        decisions: list[tuple[str, str, Json]] = []
        for question in wanted:
            pick, value = self.picks[question.id], None
            if pick == OTHER:
                try:
                    value = _plain(question, self.own.get(question.id))
                except RuleViolation as problem:
                    failed(problem)
                    return
            decisions.append((question.id, pick, value))

        def work() -> int:
            for id, pick, value in decisions:
                inbox.resolve_conflict(self.desk, id, pick, value)
            return len(decisions)

        def came(count: int) -> None:
            for id, _, _ in decisions:
                self.picks.pop(id, None)
                self.own.pop(id, None)
            done(count)

        self._run(work, came, failed, label="正在保存")

    def why_not_undo(self, line: SettledLine) -> str:
        """Why a decision cannot be taken back."""
        if not permissions.may(self.desk.roles, "settle_conflicts"):
            return permissions.not_permitted("settle_conflicts").sentence
        return "" if line.others else "没有别的值可换回。"

    def undo(self, id: str, other: int, done: Callable[[], None], failed: Failed) -> None:
        """换回另一个."""
        self._run(
            lambda: inbox.undo_decision(self.desk, id, other), lambda _made: done(), failed,
            label="正在换回",
        )  # fmt: skip


# --- conflicts of one record together --------------------------------------------------------------


def _groups(rows: Sequence[ConflictRow], now: datetime) -> Iterable[ConflictGroup]:
    def key(row: ConflictRow) -> str:
        return f"{row.kind} {row.record}" if row.sort == FIELD else row.id

    order = {k: n for n, k in reversed(list(enumerate(map(key, rows))))}
    for name, found in groupby(sorted(rows, key=lambda row: order[key(row)]), key):
        yield _group(name, tuple(found), now)


def _group(key: str, rows: tuple[ConflictRow, ...], now: datetime) -> ConflictGroup:
    first = rows[0]
    more = f"等 {len(rows)} 处" if len(rows) > 1 else ""
    sentence = first.sentence
    if len(rows) > 1:
        sentence = f"两边在互相没看到对方修改时，各自改了 {len(rows)} 栏。"
    page = PAGE_OF.get(first.about_kind, "")
    return ConflictGroup(
        key=key, title=first.title or first.number or first.kind_name, what=f"{first.label}{more}",
        where=" · ".join(filter(None, (first.kind_name, first.village or first.number))),
        sentence=sentence, heads=tuple(_heads(rows, now)),
        questions=tuple(_question(row, now) for row in rows), page=page,
        number=first.number if page else "",
    )  # fmt: skip


def _column(value: ConflictValue, before: Sequence[ConflictValue]) -> str:
    """One column a site; two values of one site (its folder was copied) have a column each."""
    again = sum(each.site == value.site for each in before)
    return f"{value.site}#{again}"


def _heads(rows: tuple[ConflictRow, ...], now: datetime) -> Iterable[Head]:
    found: dict[str, list[ConflictValue]] = {}
    for row in rows:
        for n, value in enumerate(row.values):
            found.setdefault(_column(value, row.values[:n]), []).append(value)
    own_last = sorted(found.items(), key=lambda item: item[1][0].site_name == "本机")
    for column, values in own_last:
        said = {_who(value, now) for value in values}
        alike = len(said) == 1 and len(values) == len(rows)
        name = values[0].site_name
        yield Head(column, f"{name}改的" if name else "", said.pop() if alike else "")


def _who(value: ConflictValue, now: datetime) -> str:
    return "，".join(filter(None, (value.by, exact_words(value.at, now))))


def _question(row: ConflictRow, now: datetime) -> Question:
    before = next((value.saw for value in row.values if value.saw), "")
    sides = tuple(
        Side(v.pick, _column(v, row.values[:n]), v.words, _who(v, now), pieces(before, v.words))
        for n, v in enumerate(row.values)
    )
    editor = _editor(row) if row.sort == FIELD else None
    return Question(row.id, row.label, before, sides, editor)


def pieces(before: str, now: str) -> tuple[tuple[str, str], ...]:
    """What of a text stayed, was added or removed, against what stood there before."""
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    if not before or before == "（空）" or matcher.ratio() < _ALIKE:
        return ((SAME, now),)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append((SAME, now[c:d]))
            continue
        found += [(REMOVED, before[a:b])] * (b > a) + [(ADDED, now[c:d])] * (d > c)
    return tuple(found)


# --- a value of one's own ------------------------------------------------------------------------


def _editor(row: ConflictRow) -> FieldKind | None:
    """The kind of field in which a third value can be written; None where none makes sense."""
    values = [value for value in row.values if value.value is not None]
    kinds = {type(value.value) for value in values}
    if kinds == {int}:
        return "money" if all(value.words.endswith("元") for value in values) else "int"
    if kinds != {str}:
        return None
    if all(_is_day(str(value.value)) for value in values):
        return "date"
    if all(value.words in (str(value.value), "（空）") for value in values):
        return "long" if any(len(value.words) > _LONG for value in values) else "text"
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-09-21")


def _plain(question: Question, value: Any) -> Json:
    """What was written, as the log keeps it. Raises RuleViolation."""
    field = question.field
    reading = read_fields((field,), {field.name: value})
    if reading.problems:
        raise _told_of(question, reading.problems[0])
    found = reading.values[field.name]
    return found.isoformat() if isinstance(found, date) else found


def _told_of(question: Question, problem: RuleViolation) -> RuleViolation:
    return RuleViolation(problem.code, problem.sentence, mend=problem.mend, field=question.id)


# --- decided ---------------------------------------------------------------------------------------


def _settled(row: SettledRow, now: datetime) -> SettledLine:
    told = f"{row.by}，{exact_words(row.at, now)}"
    return SettledLine(
        row.id, row.title or row.number, row.label, row.picked, told,
        row.others,
    )  # fmt: skip
