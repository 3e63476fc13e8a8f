"""What the search box found."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.duty_lines import PAGE_OF
from xinfang_desktop.services.duty_rows import short_number
from xinfang_desktop.services.searching import SearchHit, SearchResult, search_matters

from . import theme
from .page import Page, Workplace
from .widgets.buttons import Button
from .widgets.panel import PageHead
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState

_WHERE = {
    "number": "编号",
    "query_code": "查询码",
    "phone": "电话",
    "name": "姓名",
    "title": "事项名称",
    "text": "内容",
}
_KINDS = {
    "matter": "信访事项",
    "dispute": "纠纷",
    "mediation": "人民调解",
    "village_note": "民情日记",
    "work_item": "工作台账",
}
_COLUMNS = (
    Column("received", "日期", lambda hit: hit.received_on.isoformat(), 8),
    Column("kind", "种类", lambda hit: _KINDS.get(hit.kind, hit.kind), 7, filtered=True),
    Column("title", "事项、纠纷", lambda hit: hit.title, kind="strong"),
    Column("where", "在哪里", lambda hit: _WHERE.get(hit.where, hit.where), 8),
    Column("state", "状态", lambda hit: hit.state_name, 9, filtered=True),
    Column("number", "编号", lambda hit: short_number(hit.number), 11),
)

_IN_LARGE = ("kind", "title", "state")


class SearchPage(Page):
    """Opened with ``text``; Enter on a row opens the matter, dispute or mediation."""

    key = "search"
    rail_key = "matters"
    kinds = frozenset(
        {
            "matter",
            "intake",
            "claim",
            "dispute",
            "case_step",
            "mediation",
            "mediation_party",
            "work_item",
        }
    )
    help_page = "matters"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._text = ""
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        self._head = PageHead("查找")
        column.addWidget(self._head)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self.table = DataTable(_COLUMNS, "查找结果")
        self.table.opened.connect(self._open_hit)
        self._stack.addWidget(TablePanel(self.table))
        self._empty = EmptyState("没有找到。", "清除查找")
        self._empty.acted.connect(lambda: self.place.actions.action("find").trigger())
        self._stack.addWidget(self._empty)
        column.addWidget(holder, 1)
        self._open = Button("打开", hint="回车", primary=True)
        self._open.clicked.connect(lambda: self._open_hit(self.table.current()))
        self._head.add(self._open)
        self.look_changed()

    def activate(self) -> None:
        self.place.actions.bind("open_matter", lambda: self._open_hit(self.table.current()))
        self.place.actions.bind("copy_table", self.table.copy)

    def look_changed(self) -> None:
        """Fewer columns in large print."""
        if hasattr(self, "table"):
            for number, column in enumerate(_COLUMNS):
                hidden = theme.is_large() and column.key not in _IN_LARGE
                self.table.setColumnHidden(number, hidden)

    def open(self, **what: Any) -> None:
        self._text = str(what.get("text", ""))
        self.refresh()

    def refresh(self) -> None:
        text = self._text
        if text:
            self.place.runner.run(
                lambda: search_matters(self.place.desk, text), self._show, label="正在查找"
            )

    def _show(self, found: SearchResult) -> None:
        more = f"，列出前 {len(found.hits)} 件" if found.total > len(found.hits) else ""
        self._head.note.setText(f"“{self._text}”：{found.total} 件{more}")
        self._stack.setCurrentIndex(0 if found.hits else 1)
        self._empty.say(
            f"没有找到“{self._text}”。可以试试编号、拼音首字母或电话尾号。", "换个词再找"
        )
        self.table.set_rows(found.hits)
        self.place.say(self._head.note.text())
        if found.hits:
            self.table.setFocus()

    def _open_hit(self, hit: SearchHit | None) -> None:
        if hit is not None:
            self.place.go(PAGE_OF[hit.kind], number=hit.number)
