"""信访事项: the list of matters, its saved views with counts, and what each cell says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xinfang_desktop.domain.clocks import spoken
from xinfang_desktop.services import handling
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.views import MatterRow

from .running import Run
from .saved_views import Listed, SavedViews

OPEN, MINE, ALL = "open", "mine", "all"
_VIEWS = ((OPEN, "在办"), (MINE, "我承办"), (ALL, "全部"))


class MattersPresenter(SavedViews[MatterRow]):
    """The list of matters."""

    VIEWS = _VIEWS
    noun = "信访事项"

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__(desk, run, OPEN)

    def _list(self, view: str, text: str) -> Listed[MatterRow]:
        if text:
            return Listed(handling.matter_list(self.desk, MatterQuery(text=text)).matters, {})
        page = handling.matter_list(self.desk, self._query(view))
        return Listed(page.matters, self._count())

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
