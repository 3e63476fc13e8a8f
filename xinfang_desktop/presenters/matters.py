"""信访事项: the list of matters, its saved views with counts, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from xinfang_desktop.domain.clocks import spoken
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import handling
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.views import MatterRow

from .running import Run

OPEN, MINE, ALL = "open", "mine", "all"
_VIEWS = ((OPEN, "在办"), (MINE, "我承办"), (ALL, "全部"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """One answer of the store: the rows of the view and how many every view has."""

    rows: tuple[MatterRow, ...]
    counts: dict[str, int]


class MattersPresenter:
    """Knows which view is open and what was searched; the page shows ``rows``."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.view = OPEN
        self.text = ""
        self.rows: tuple[MatterRow, ...] = ()
        self._counts: dict[str, int] = {}
        self._asked = 0

    def load(
        self, done: Callable[[], None], failed: Callable[[XinfangError], None] | None = None
    ) -> None:
        """Ask for the rows of this view; an older answer that comes late is dropped."""
        self._asked += 1
        asked, wanted = self._asked, self._query(self.view)
        text = self.text

        def work() -> Loaded:
            page = handling.matter_list(self.desk, wanted)
            counts = {} if text else self._count()
            return Loaded(page.matters, counts)

        def came(loaded: Loaded) -> None:
            if asked == self._asked:
                self.rows = loaded.rows
                self._counts = loaded.counts or self._counts
                done()

        self._run(work, came, failed, label="正在找信访事项")

    def choose(self, view: str, done: Callable[[], None]) -> None:
        """Another saved view."""
        self.view = view
        self.load(done)

    def search(self, text: str, done: Callable[[], None]) -> None:
        """Look for a text in all matters; an empty text goes back to the view."""
        self.text = text.strip()
        self.load(done)

    def views(self) -> tuple[tuple[str, str], ...]:
        """Keys and words of the saved views with their counts (在办 12)."""
        return tuple(
            (key, f"{word} {self._counts[key]}" if key in self._counts else word)
            for key, word in _VIEWS
        )

    def note(self) -> str:
        """What stands beside the title."""
        if self.text:
            return f"搜索“{self.text}”，找到 {len(self.rows)} 件"
        late = sum(row.due_state == "late" for row in self.rows)
        today = sum(row.due_state == "today" for row in self.rows)
        pieces = [f"逾期 {late} 件"] * bool(late) + [f"今天到期 {today} 件"] * bool(today)
        return "，".join(pieces)

    def empty(self) -> tuple[str, str, str]:
        """Sentence, action word and key of the action where there is nothing to show."""
        if self.text:
            return f"没有找到“{self.text}”。", "清除搜索", "clear"
        if self.view != ALL:
            return "没有在办的事项。", "看全部事项", ALL
        return "还没有登记。", "登记第一件 Ctrl+N", "register"

    def _query(self, view: str) -> MatterQuery:
        if self.text:
            return MatterQuery(text=self.text)
        wanted = MatterQuery(open_only=view in (OPEN, MINE))
        return replace(wanted, owner=self.desk.account.name) if view == MINE else wanted

    def _count(self) -> dict[str, int]:
        return {
            key: handling.matter_list(self.desk, replace(self._query(key), limit=0)).total
            for key, _ in _VIEWS
        }


def received_words(row: MatterRow, today: date) -> str:
    """9月6日, with the year where it is another one."""
    day = row.received_on
    return spoken(day) if day.year == today.year else f"{day.year}年{spoken(day)}"


def people_words(row: MatterRow) -> str:
    """王**, and how many came: 王** 等 12 人."""
    more = row.headcount > max(1, row.contacts)
    return f"{row.masked_name} 等 {row.headcount} 人" if more else row.masked_name


def title_words(row: MatterRow) -> str:
    """The title with what must be known about it: 补录, 要求保密."""
    marks = [
        word
        for word, on in (("密件", row.sealed), ("保密", row.confidential), ("补录", row.late_entry))
        if on and word != row.title
    ]
    return "".join(f"［{word}］" for word in marks) + row.title


def due_words(row: MatterRow) -> str:
    """The words of the due chip; empty where nothing is owed."""
    return row.due_words


def spelled(day: date | None) -> str:
    """2026-09-06, for columns that sort and copy well."""
    return day.isoformat() if day else ""
