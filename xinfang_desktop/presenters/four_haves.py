"""四有台账: a month of first visits, their four marks, and filling in the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import spoken
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.four_haves import KINDS, NAMES
from xinfang_desktop.services import haves
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.haves import HaveItem, HavesLedger, HavesRow, HavesView

from .next_steps import tidy
from .running import Run

MONTHS_OFFERED = 24
NO_HARDSHIP = "no"
SEGMENTS = (("all", "本月"), ("open", "有未办"), ("today", "今天要办"), ("referred", "转介在办"))
_DRAWN = {"work": "soon", "blank": ""}
_FILL = {"接": "补记接待", "答": "登记答复", "释": "登记解释", "困": "登记帮扶"}


@dataclass(frozen=True, slots=True)
class Card:
    """Progress of one of the four: how many of how many are evidenced."""

    kind: str
    name: str
    done: int
    total: int
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One of the four of the visit at the right: its mark, word, and lines of evidence."""

    kind: str
    mark: str
    word: str
    lines: tuple[str, ...]
    fill: str


class FourHavesPresenter:
    """The month, the segment and the visit that is looked at."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.month = desk.today.replace(day=1)
        self.segment = "all"
        self.ledger: HavesLedger | None = None
        self.visit: HavesView | None = None
        self._wanted = ""

    # --- the month ---

    def months(self) -> tuple[tuple[str, str], ...]:
        """Months to choose from, the newest first."""
        found, month = [], self.desk.today.replace(day=1)
        for _ in range(MONTHS_OFFERED):
            found.append((month.isoformat(), f"{month.year}年{month.month}月"))
            month = (month - timedelta(days=1)).replace(day=1)
        return tuple(found)

    def month_before(self) -> str:
        """The month before the one shown, empty where none is offered."""
        before = (self.month - timedelta(days=1)).replace(day=1).isoformat()
        return before if before in dict(self.months()) else ""

    def choose_month(self, month: str, done: Callable[[], None]) -> None:
        """Another month (ISO text of its first day)."""
        self.month = date.fromisoformat(month)
        self.load(done)

    def load(self, done: Callable[[], None]) -> None:
        """Ask for the month."""
        month = self.month

        def came(ledger: HavesLedger) -> None:
            if month == self.month:
                self.ledger = ledger
                done()

        self._run(lambda: haves.haves_ledger(self.desk, month), came, label="正在算四有台账")

    def rows(self) -> tuple[HavesRow, ...]:
        """The visits of the segment."""
        every = self.ledger.rows if self.ledger else ()
        return tuple(row for row in every if _in_segment(row, self.segment, self.desk.today))

    def segments(self) -> tuple[tuple[str, str], ...]:
        """Keys and words with counts (有未办 12)."""
        every = self.ledger.rows if self.ledger else ()
        today = self.desk.today
        return tuple(
            (key, f"{word} {sum(_in_segment(row, key, today) for row in every)}")
            for key, word in SEGMENTS
        )

    def note(self) -> str:
        """2026年9月 首次来访 42 件."""
        count = len(self.ledger.rows) if self.ledger else 0
        return f"首次来访 {count} 件"

    def cards(self) -> tuple[Card, ...]:
        """Progress of the four."""
        rows = self.ledger.rows if self.ledger else ()
        done = self.ledger.done if self.ledger else {}
        waiting = {
            kind: sum(row.marks[n] not in ("done", "none") for row in rows)
            for n, kind in enumerate(KINDS)
        }
        promised = sum(row.marks[1] == "work" for row in rows)
        referred = self.ledger.referred if self.ledger else 0
        notes = {
            "接": "都已登记" if not waiting["接"] else f"{waiting['接']} 件没有登记",
            "答": f"{promised} 件约定中" if promised else _left(waiting["答"], "都已答复"),
            "释": _left(waiting["释"], "都附政策依据"),
            "困": f"已问，转介 {referred} 件" if referred else _left(waiting["困"], "都已问过"),
        }
        return tuple(
            Card(kind, NAMES[kind], done.get(kind, 0), len(rows), notes[kind] if rows else "")
            for kind in KINDS
        )

    # --- one visit ---

    def look(self, row: HavesRow | None, done: Callable[[], None]) -> None:
        """Show the evidence of one visit at the right."""
        self._wanted = row.number if row else ""
        if row is None:
            self.visit = None
            done()
            return
        self.show(row.number, done)

    def show(
        self,
        number: str,
        done: Callable[[], None],
        failed: Callable[[XinfangError], None] | None = None,
    ) -> None:
        """Show the visit of a matter."""
        self._wanted = number

        def came(view: HavesView) -> None:
            if number == self._wanted:
                self.visit = view
                done()

        self._run(lambda: haves.haves_of(self.desk, number), came, failed)

    def visit_note(self) -> str:
        """9月18日 来访 · 大塘村 · 首次来访."""
        view = self.visit
        if view is None:
            return ""
        parts = (f"{spoken(view.received_on)} {view.channel_name}", view.village, view.masked_name)
        return " · ".join(part for part in (*parts, "首次来访") if part)

    def evidence(self) -> tuple[Evidence, ...]:
        """The four with what proves them."""
        may = permissions.may(self.desk.roles, "set_have")
        items = self.visit.items if self.visit else ()
        return tuple(
            Evidence(
                item.kind, drawn(item.mark), item.word, _lines(item),
                fill_words(item) if may else "",
            )
            for item in items
        )  # fmt: skip

    def next_kind(self) -> str:
        """The one to fill in next; empty when all four are evidenced or may not be written."""
        if not permissions.may(self.desk.roles, "set_have") or self.visit is None:
            return ""
        waiting = [item for item in self.visit.items if item.done_on is None]
        return min(waiting, key=lambda item: item.due).kind if waiting else ""

    def item(self, kind: str) -> HaveItem | None:
        """One of the four of the visit shown."""
        items = self.visit.items if self.visit else ()
        return next((item for item in items if item.kind == kind), None)

    def fields(self, kind: str) -> tuple[Field, ...]:
        """What the form of one of the four asks; whether there is hardship is asked in words."""
        item = self.item(kind)
        words = (("yes", "问过，有困难，需要帮助"), (NO_HARDSHIP, "问过，没有困难"))
        return tuple(
            replace(each, kind="choice", choices=words) if each.name == "hardship" else each
            for each in (item.fields if item else ())
        )

    def fill(
        self,
        kind: str,
        values: Mapping[str, Any],
        done: Callable[[], None],
        failed: Callable[[XinfangError], None],
    ) -> None:
        """Write evidence for one of the four of the visit shown."""
        view, item = self.visit, self.item(kind)
        if view is None or item is None:
            return
        data = tidy(item.fields, values)
        if kind == "困":
            asked = data.pop("hardship", "")
            help_given = any(
                data.get(name) for name in ("referral", "item", "result", "unresolved")
            )
            if asked or help_given:
                data["hardship"] = asked != NO_HARDSHIP or help_given

        def came(after: HavesView) -> None:
            self.visit = after
            done()

        self._run(lambda: haves.set_have(self.desk, view.number, kind, data), came, failed)


def drawn(mark: str) -> str:
    """A mark of the ledger as the meter draws it."""
    return _DRAWN.get(mark, mark)


def marks_of(row: HavesRow) -> tuple[str, ...]:
    """The four marks of a row as the meter draws them."""
    return tuple(drawn(mark) for mark in row.marks)


def fill_words(item: HaveItem) -> str:
    """The verb of the button that fills one in: 登记答复, 登记帮扶结果."""
    if item.kind == "困" and item.mark in ("work", "today", "late") and item.content:
        return "登记帮扶结果"
    return _FILL[item.kind] if item.done_on is None else "补充"


def received_words(row: HavesRow) -> str:
    """9月21日."""
    return spoken(row.received_on)


def _lines(item: HaveItem) -> tuple[str, ...]:
    lines = [item.content, item.article if item.article not in item.content else ""]
    if item.done_on:
        lines.append(" · ".join(part for part in (spoken(item.done_on), item.by) if part))
    else:
        lines.append(f"{spoken(item.due)}前")
    return tuple(line for line in lines if line)


def _left(count: int, none: str) -> str:
    return f"{count} 件没有办" if count else none


def _in_segment(row: HavesRow, segment: str, today: date) -> bool:
    if segment == "open":
        return not row.complete
    if segment == "today":
        return not row.complete and row.due is not None and row.due <= today
    if segment == "referred":
        return row.marks[3] == "work"
    return True
