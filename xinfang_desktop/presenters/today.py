"""今日: what is due, by urgency; what waits unfinished; the coming fortnight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.services import duties, paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import drop_draft
from xinfang_desktop.services.duties import TodayBoard
from xinfang_desktop.services.duty_rows import DutyRow

from .duty_lines import WEEKDAYS, day_words, line_of
from .lines import DutyGroup
from .running import Run
from .shell import clock_words

LATER_SHOWN = 30
KINDS = frozenset({"intake", "matter", "step", "document", "calendar_year", "import_batch"})


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An unfinished registration: what it is, when and where it was left."""

    key: str
    title: str
    left: str


class TodayPresenter:
    """Asks for the board and answers what the page shows of it."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self._desk, self._run = desk, run
        self.board: TodayBoard | None = None
        self.scope = "all"

    @property
    def today(self) -> date:
        """The day by the desk's clock."""
        return self._desk.today

    def load(self, done: Callable[[], None]) -> None:
        """Ask for the board anew."""

        def keep(board: TodayBoard) -> None:
            self.board = board
            done()

        self._run(lambda: duties.today_board(self._desk), keep)

    @property
    def heading(self) -> str:
        """2026年9月21日 星期一."""
        day = self.today
        return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"

    def scopes(self) -> tuple[tuple[str, str], ...]:
        """Whose duties may be looked at, with counts."""
        waiting = [row for row in self._rows("all") if row.done_on is None]
        villages = [row for row in waiting if self._is_village(row)]
        mine = [row for row in waiting if row.owner == self._desk.account.name]
        return (
            ("all", f"全办 {len(waiting)}"),
            ("mine", f"我的 {len(mine)}"),
            ("village", f"村（社区）{len(villages)}"),
        )

    def groups(self) -> tuple[DutyGroup, ...]:
        """The rows of the chosen scope under their heads."""
        if self.board is None:
            return ()
        made = []
        for group in self.board.groups:
            rows = [row for row in group.rows if self._in_scope(row, self.scope)]
            shown = rows
            note = ""
            if group.key == "later" and len(rows) > LATER_SHOWN:
                unsure = [row for row in rows[LATER_SHOWN:] if row.provisional]
                shown = rows[:LATER_SHOWN] + unsure
                note = f"列出最近 {LATER_SHOWN} 件" + (
                    f"、期限暂定 {len(unsure)} 件" if unsure else ""
                )
            lines = tuple(line_of(row, self.today) for row in shown)
            made.append(DutyGroup(group.title, len(rows), lines, note))
        return tuple(made)

    def row(self, key: str) -> DutyRow | None:
        """The duty behind a row."""
        return next((row for row in self._rows("all") if row.id == key), None)

    def urgent(self) -> int:
        """Late and due today: the framed count on the rail."""
        return len(self._of("late")) + len(self._of("today"))

    def message(self) -> str:
        """What the status bar says."""
        if self.board is None:
            return ""
        late, now = len(self._of("late")), self.urgent()
        if not now:
            return "今天没有到期的事"
        tail = f"，其中 {late} 件已逾期" if late else ""
        return f"今天要做 {now} 件{tail}"

    def drafts(self) -> tuple[DraftLine, ...]:
        """Unfinished registrations, newest first."""
        found = self.board.drafts if self.board is not None else ()
        return tuple(
            DraftLine(d.key, d.title, f"{self._moment(d.saved_at)}，写到“{d.place_in_form}”")
            for d in found
            if d.screen == "register"
        )

    def silent(self) -> tuple[tuple[str, str], ...]:
        """Open matters without a new record for ten days: number and title."""
        found = self.board.silent if self.board is not None else ()
        return tuple((subject.number, subject.title) for subject in found)

    def drop_draft(self, key: str, done: Callable[[], None]) -> None:
        """Forget an unfinished registration."""
        self._run(lambda: drop_draft(self._desk, key), lambda _none: done())

    def explain(self, key: str, show: Callable[[Arithmetic], None]) -> None:
        """为什么是这一天."""
        self._run(lambda: duties.explain_duty(self._desk, key), show)

    def day_sheet(self, done: Callable[[bytes], None]) -> None:
        """The page as a paper."""
        self._run(lambda: paperwork.preview(self._desk, "D01").pdf, done, label="正在制作日单")

    def _moment(self, moment: datetime) -> str:
        ago = (self.today - moment.date()).days
        named = {0: "今天", 1: "昨天"}.get(ago) or day_words(
            moment.date(), self.today, weekday=False
        )
        return f"{named} {clock_words(moment)}"

    def _rows(self, scope: str) -> list[DutyRow]:
        groups = self.board.groups if self.board is not None else ()
        return [row for group in groups for row in group.rows if self._in_scope(row, scope)]

    def _of(self, key: str) -> tuple[DutyRow, ...]:
        groups = self.board.groups if self.board is not None else ()
        return next((group.rows for group in groups if group.key == key), ())

    def _in_scope(self, row: DutyRow, scope: str) -> bool:
        if scope == "mine":
            return row.owner == self._desk.account.name
        return scope == "all" or self._is_village(row)

    @staticmethod
    def _is_village(row: DutyRow) -> bool:
        """Owed by a village itself, not by the office."""
        return bool(row.village) and row.owner == row.village
