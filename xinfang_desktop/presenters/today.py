"""今日: what is due, by urgency; what waits unfinished; the coming fortnight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import duties, paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft, drop_draft
from xinfang_desktop.services.duties import TodayBoard
from xinfang_desktop.services.duty_rows import DutyRow

from .duty_lines import WEEKDAYS, day_words, line_of
from .lines import DutyGroup
from .round_rows import gathered
from .running import Run
from .shell import clock_words

LATER_SHOWN = 30
KINDS = frozenset({
    "intake", "matter", "step", "document", "calendar_year", "import_batch", "dispute", "case_step",
    "mediation", "village_note", "work_item", "round", "round_call", "screening_return",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Something unfinished: what it is, when and where it was left, and the page to go on."""

    key: str
    title: str
    left: str
    page: str
    what: Mapping[str, Any]


class TodayPresenter:
    """Asks for the board and answers what the page shows of it."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self._desk, self._run = desk, run
        self.board: TodayBoard | None = None
        self.scope = "all"
        self._members: Mapping[str, str] = {}

    @property
    def today(self) -> date:
        """The day by the desk's clock."""
        return self._desk.today

    def load(self, done: Callable[[], None]) -> None:
        """Ask for the board anew."""

        def keep(board: TodayBoard) -> None:
            self.board, self._members = board, {}
            if not self.of_one_village:
                found = gathered(board)
                self.board, self._members = found.board, found.members
            done()

        self._run(lambda: duties.today_board(self._desk), keep)

    @property
    def of_one_village(self) -> bool:
        """Whether this account sees one village only."""
        return self._desk.village is not None

    def why_not(self, verb: str) -> str:
        """The sentence for a button that this account may not press, empty where it may."""
        may = permissions.may(self._desk.roles, verb)
        return "" if may else permissions.not_permitted(verb).sentence

    def empty(self) -> tuple[str, str, str]:
        """Sentence, action word and page where nothing is owed."""
        if not self.why_not("register_intake"):
            return "今天没有到期的事。", "登记一件 Ctrl+N", "register"
        page = ("看本期填报", "return") if self._desk.account.village else ("", "")
        return ("今天没有到期的事。", *page)

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
        """Unfinished registrations and returns, newest first."""
        found = self.board.drafts if self.board is not None else ()
        return tuple(
            DraftLine(
                d.key, d.title, f"{self._moment(d.saved_at)}，写到“{d.place_in_form}”", d.screen,
                _GO_ON[d.screen](d),
            )
            for d in found
            if d.screen in _GO_ON
        )  # fmt: skip

    def silent(self) -> tuple[tuple[str, str], ...]:
        """Open matters without a new record for ten days: number and title."""
        found = self.board.silent if self.board is not None else ()
        return tuple((subject.number, subject.title) for subject in found)

    def drop_draft(self, key: str, done: Callable[[], None]) -> None:
        """Forget an unfinished registration."""
        self._run(lambda: drop_draft(self._desk, key), lambda _none: done())

    def explain(self, key: str, show: Callable[[Arithmetic], None]) -> None:
        """为什么是这一天."""
        duty = self._members.get(key, key)
        self._run(lambda: duties.explain_duty(self._desk, duty), show)

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
        return row.case == "round" or (bool(row.village) and row.owner == row.village)


def _round_left(draft: Draft) -> Mapping[str, Any]:
    """The village and round of a return that was left unfinished."""
    said = draft.values["round"]
    key = RoundKey(said["period"], said["kind"], said["theme"])
    return {"village": draft.values["village"], "round": key}


_GO_ON: Mapping[str, Callable[[Draft], Mapping[str, Any]]] = {
    "register": lambda draft: {"draft": draft.key},
    "return": _round_left,
}
"""Screen of a draft → what its page is asked to show."""
