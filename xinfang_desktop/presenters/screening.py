"""排查台账: villages and rounds of a year, what stands in one cell, opening a round, reminding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import left_words
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.inputs import read_fields
from xinfang_desktop.domain.periods import parse_period
from xinfang_desktop.domain.screening import SERIES_WORDS, RoundKey
from xinfang_desktop.services import dispute_work, filed, returns, rounds
from xinfang_desktop.services.desk import Changes, Desk
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.filed import FiledReturn
from xinfang_desktop.services.returns import ReturnFiled
from xinfang_desktop.services.rounds import Cell, GridColumn, RoundGrid, RoundOpened

from .case_words import plain_day
from .grid import GridCell, GridHead, GridRow
from .next_steps import tidy
from .running import Refused, Run, check_and_do
from .screening_forms import DISPUTE, as_round, round_fields

SEGMENTS = (("monthly", "每月"), ("quarterly", "季度"), ("weekly", "每周"), ("special", "专项"))
_YEARS_BACK = 4
_WORDS = {
    "filed": "{0.found} 件", "zero": "零报告", "late": "迟报 {0.late_days}", "waiting": "待报",
    "missing": "未报", "none": "", "later": "",
}  # fmt: skip
_SPOKEN = {
    "filed": "已报 {0.found} 件", "zero": "零报告", "late": "迟报 {0.late_days} 天，{0.found} 件",
    "waiting": "待报", "missing": "未报", "none": "不要求填报", "later": "还没到",
}  # fmt: skip
_CHIPS = {
    "filed": "done", "zero": "done", "late": "soon", "waiting": "today", "missing": "late",
    "none": "stopped", "later": "stopped",
}  # fmt: skip
_NOT_ASKED = {"none": "这一轮没有要这个村报。", "later": "这一期还没有开始。"}
FILED = frozenset({"filed", "zero", "late"})
"""States of a cell in which the village has answered."""


@dataclass(frozen=True, slots=True)
class CellCard:
    """The chosen cell as the side panel shows it. Reasons are empty where one may."""

    title: str
    chip: tuple[str, str]  # due state and words
    lines: tuple[str, ...]
    filed: tuple[FiledReturn, ...]
    file_word: str
    file_reason: str
    zero_reason: str
    remind_reason: str


class ScreeningPresenter:
    """Which series and year are shown, and which cell is looked at."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.series = "monthly"
        self.year = desk.today.year
        self.grid: RoundGrid | None = None
        self.at: tuple[str, str] | None = None  # village and column, by their keys
        self._filed: tuple[FiledReturn, ...] = ()
        self._asked = 0

    # --- reading ---

    def load(self, done: Callable[[], None]) -> None:
        """Ask for the grid of this series and year; an older answer that comes late is dropped."""
        self._asked += 1
        asked, series, year = self._asked, self.series, self.year

        def came(grid: RoundGrid) -> None:
            if asked == self._asked:
                self.grid = grid
                done()

        self._run(lambda: rounds.screening_grid(self.desk, series, year), came)

    def choose(self, done: Callable[[], None], *, series: str = "", year: int = 0) -> None:
        """Another series or year."""
        self.series, self.year = series or self.series, year or self.year
        self.grid, self.at, self._filed = None, None, ()
        self.load(done)

    def look(self, village: str, column: str, done: Callable[[], None]) -> None:
        """Look at one cell: what was filed is asked for."""
        self.at, self._filed = (village, column), ()
        cell, at = self.cell(), self.at
        if cell is None or cell.state not in FILED:
            done()
            return

        def came(found: tuple[FiledReturn, ...]) -> None:
            if at == self.at:
                self._filed = found
                done()

        self._run(lambda: filed.what_was_filed(self.desk, village, cell.key), came)

    # --- what the page says ---

    def years(self) -> tuple[tuple[str, str], ...]:
        """This year and those before it."""
        now = self.desk.today.year
        return tuple((str(year), f"{year}年") for year in range(now, now - _YEARS_BACK - 1, -1))

    def note(self) -> str:
        """What stands beside the title."""
        return SERIES_WORDS[self.series]

    def heads(self) -> tuple[GridHead, ...]:
        """The rounds that anybody was asked for, oldest first, with how many have filed."""
        return tuple(
            GridHead(column_key(each.key), each.words, f"已报 {each.filed}/{each.asked}")
            for each in self._columns()
        )

    def rows(self) -> tuple[GridRow, ...]:
        """The villages with a cell for each of these rounds."""
        if self.grid is None:
            return ()
        shown = {column_key(each.key) for each in self._columns()}
        return tuple(
            GridRow(name, name, tuple(_cell(c) for c in cells if column_key(c.key) in shown))
            for name, cells in zip(self.grid.villages, self.grid.rows, strict=True)
        )

    def start(self, wanted: RoundKey | None = None) -> tuple[str, str] | None:
        """Where to begin: the round wanted or the present one, the first village that owes it."""
        columns = self._columns()
        if self.grid is None or not columns or not self.grid.rows:
            return None
        running = [c for c in columns if self.desk.today in parse_period(c.key.period)]
        named = [c for c in columns if c.key == wanted]
        key = (named or running or list(columns))[-1].key
        cells = [cell for row in self.grid.rows for cell in row if cell.key == key]
        owing = [cell for cell in cells if cell.state in ("missing", "waiting")]
        return (owing or cells)[0].village_name, column_key(key)

    def message(self) -> str:
        """What the status bar says: 排查：9月已报 5/6."""
        columns = self._columns()
        if not columns:
            return f"{self.year}年还没有{self.note()}"
        last = columns[-1]
        return f"{self.note()}：{last.words}已报 {last.filed}/{last.asked}"

    def cell(self) -> Cell | None:
        """The cell looked at."""
        if self.grid is None or self.at is None:
            return None
        village, column = self.at
        return next(
            (
                cell
                for row in self.grid.rows
                for cell in row
                if cell.village_name == village and column_key(cell.key) == column
            ),
            None,
        )

    def card(self) -> CellCard | None:
        """The cell looked at, in words, and what may be done about it."""
        cell = self.cell()
        if cell is None:
            return None
        today, was = self.desk.today, cell.state in FILED
        head = next(c.words for c in self._columns() if c.key == cell.key)
        file = self.why_not("file_return") or _NOT_ASKED.get(cell.state, "")
        remind = self.why_not("remind_village") or _NOT_ASKED.get(cell.state, "")
        return CellCard(
            title=f"{cell.village_name} {head}",
            chip=(_CHIPS[cell.state], _chip_words(cell, today)),
            lines=tuple(filter(None, (*self._told(cell), *cell.reminded, self._last_time(cell)))),
            filed=self._filed if was else (),
            file_word="补报" if was else "代为填报",
            file_reason=file,
            zero_reason=file or ("这一期已经报过了。" if was else ""),
            remind_reason=remind or ("已经报了，不用提醒。" if was else ""),
        )

    def _told(self, cell: Cell) -> tuple[str, ...]:
        today = self.desk.today
        if cell.state in _NOT_ASKED:
            return (_NOT_ASKED[cell.state],)
        due = f"{plain_day(cell.due, today)}前报"
        if cell.state not in FILED:
            return (f"{due}，{left_words(cell.due, today)}。", "没有新增也要报“零报告”。")
        if cell.filed_on is None:
            return (f"{due}。从台账导入，没有写哪天报的。", cell.note)
        day = plain_day(cell.filed_on, today)
        told = f"{day}由{cell.by}填报。" if not cell.reporter else (
            f"{day}{cell.reporter}报，{cell.by}代为填写。"
        )  # fmt: skip
        return (f"{due}。{told}", cell.note)

    def _last_time(self, cell: Cell) -> str:
        """上次 8月迟报 2 天，1 件。 — of the round before in the same row."""
        if self.grid is None:
            return ""
        row = next(row for row in self.grid.rows if cell in row)
        before = [c for c in row[: row.index(cell)] if c.state in (*FILED, "missing")]
        if not before or cell.state in FILED:
            return ""
        last = before[-1]
        words = next((c.words for c in self.grid.columns if c.key == last.key), "")
        return f"上次 {words}{_SPOKEN[last.state].format(last)}。"

    def why_not(self, verb: str) -> str:
        """The sentence for a button that this account may not press, empty where it may."""
        may = permissions.may(self.desk.roles, verb)
        return "" if may else permissions.not_permitted(verb).sentence

    def _columns(self) -> tuple[GridColumn, ...]:
        """Columns in which anybody was asked or filed; what lies ahead is left out."""
        return tuple(c for c in self.grid.columns if c.asked) if self.grid else ()

    # --- commands ---

    def round_fields(self) -> tuple[Field, ...]:
        """The form of a round."""
        return round_fields(self.grid.villages if self.grid else (), self.desk.today)

    def open_round(
        self, values: Mapping[str, Any], done: Callable[[RoundOpened], None], refused: Refused
    ) -> None:
        """Open a round; afterwards its series and year are shown."""
        reading = read_fields(self.round_fields(), values)
        if reading.problems:
            refused(reading.problems)
            return

        def came(made: RoundOpened) -> None:
            self.series, self.year = made.key.series, parse_period(made.key.period).year
            self.grid, self.at = None, None
            done(made)

        self._run(
            lambda: rounds.open_round(self.desk, as_round(reading.values)), came,
            lambda error: refused([error]), label="正在开一轮排查",
        )  # fmt: skip

    def remind(
        self, values: Mapping[str, Any], done: Callable[[Changes], None], refused: Refused
    ) -> None:
        """记一次提醒, of the cell looked at."""
        cell = self.looked_at()
        self._run(
            lambda: rounds.remind_village(self.desk, cell.village_name, cell.key, values),
            done, lambda error: refused([error]),
        )  # fmt: skip

    def file_zero(
        self, values: Mapping[str, Any], done: Callable[[ReturnFiled], None], refused: Refused
    ) -> None:
        """记零报告: the village said that there is nothing new."""
        cell = self.looked_at()
        data = {**values, **round_data(cell.key), "zero": True}
        check_and_do(
            self._run,
            lambda: returns.return_problems(self.desk, cell.village_name, data),
            lambda: returns.file_return(self.desk, cell.village_name, data),
            done, refused, label="正在报送",
        )  # fmt: skip

    def register(
        self, values: Mapping[str, Any], done: Callable[[DisputeStood], None], refused: Refused
    ) -> None:
        """新增纠纷: one that was found outside a return."""
        data = tidy(DISPUTE, values)
        check_and_do(
            self._run,
            lambda: dispute_work.registration_problems(self.desk, data),
            lambda: dispute_work.register_dispute(self.desk, data),
            done, refused, label="正在登记",
        )  # fmt: skip

    def looked_at(self) -> Cell:
        """The cell looked at; asking where none is chosen is our bug."""
        cell = self.cell()
        assert cell is not None, "nothing is looked at"
        return cell


def column_key(key: RoundKey) -> str:
    """A round within its series as one word."""
    return f"{key.period}/{key.theme}" if key.theme else key.period


def round_data(key: RoundKey) -> dict[str, str]:
    """A round as the fields of a return name it."""
    return {"period": key.period, "kind": key.series, "theme": key.theme}


def _cell(cell: Cell) -> GridCell:
    return GridCell(
        cell.state, _WORDS[cell.state].format(cell), _SPOKEN[cell.state].format(cell),
        column_key(cell.key),
    )  # fmt: skip


def _chip_words(cell: Cell, today: date) -> str:
    words = {"late": f"迟报 {cell.late_days} 天", "missing": f"未报，{left_words(cell.due, today)}"}
    return words.get(cell.state) or _SPOKEN[cell.state].format(cell)
