"""A page that is a list: saved views with counts, a search line, the table, its columns to choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.saved_views import SavedViews

from . import theme
from .kept import kept
from .page import Page, Workplace
from .widgets.buttons import Button, Segmented
from .widgets.panel import PageHead, Panel
from .widgets.search import SearchBox
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState
from .widgets.wrap import WrapRow

Views = TypeVar("Views", bound=SavedViews[Any])


class ListPage(Page, Generic[Views]):
    """``open(text=…)`` searches, ``open(view=…)`` shows one view.

    A subclass says what it is called, which page shows a row (``row_page``), which columns stay in
    large print, and what its buttons and its empty state do.
    """

    word = ""  # 信访事项
    things = ""  # what the search line looks through: 事项
    row_page = ""
    in_large: frozenset[str] = frozenset()

    def __init__(self, place: Workplace, views: Views, columns: Sequence[Column]) -> None:
        super().__init__(place)
        self.list = views
        self._kept = kept(place.desk)
        self._chosen = self._kept.value(self._kept_key)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        column.addWidget(self._build_head())
        self.table = DataTable(columns, self.word)
        self.panel = TablePanel(self.table)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.panel)
        calm = Panel()
        self.empty = EmptyState(f"还没有{self.things}。")
        calm.body.addWidget(self.empty)
        self._stack.addWidget(calm)
        column.addWidget(self._body(holder), 1)
        self._connect_list()
        self.look_changed()

    def _buttons(self) -> Sequence[Button]:
        """Buttons at the end of the head, built and connected."""
        return ()

    def _body(self, holder: QWidget) -> QWidget:
        """What stands below the head: the table, or something beside it."""
        return holder

    def _before_views(self) -> Sequence[tuple[QWidget, float]]:
        """What stands in the head before the saved views, and how wide in em."""
        return ()

    def _act(self, key: str) -> None:
        """What the empty state offers besides other views: its key."""

    @property
    def _kept_key(self) -> str:
        return f"columns/{self.key}"

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = WrapRow(0.85, 0.5)
        head.setLayout(row)
        self.head = PageHead(self.word)
        self.views = Segmented(self.list.views(), f"看哪些{self.things}")
        self.views.set_value(self.list.view)
        self.search = SearchBox(f"在{self.things}里找")
        self.search.setAccessibleName(f"在{self.things}里找：编号、姓名、拼音首字母、电话尾号")
        self.search.setToolTip("编号、姓名、拼音首字母、电话尾号；回车查找")
        self.pick_columns = Button("选择列", "columns-3")
        row.add(self.head, 13, grows=True)
        for widget, width in self._before_views():
            row.add(widget, width)
        row.add(self.views)
        row.add(self.search, 12)
        row.add(self.pick_columns)
        for button in self._buttons():
            row.add(button)
        return head

    def _connect_list(self) -> None:
        self.views.chosen.connect(self._choose)
        self.search.asked.connect(self._search)
        self.pick_columns.clicked.connect(self._columns_menu)
        self.table.opened.connect(self._open_row)
        self.table.columns_changed.connect(self._keep_columns)
        self.table.rows.filtered.connect(self._say)
        self.empty.acted.connect(self._act_on_empty)

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("open_matter", lambda: self._open_row(self.table.current()))
        acts.bind("copy_table", self.copy_table)
        acts.bind("columns", self._columns_menu)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.list.load(self._show)

    def open(self, **what: Any) -> None:
        if "text" in what:
            self._search(str(what["text"]))
        elif "view" in what:
            self._choose(str(what["view"]))

    def look_changed(self) -> None:
        """Fewer columns in large print, unless somebody chose them."""
        if not hasattr(self, "table"):
            return
        chosen = self._chosen
        wanted = chosen if isinstance(chosen, list) else None
        for number, column in enumerate(self.table.rows.columns):
            first = column.key in self.in_large if theme.is_large() else column.shown
            self.table.setColumnHidden(number, not (column.key in wanted if wanted else first))

    def copy_table(self) -> None:
        """The rows as shown, masked as shown, for WPS: those selected, else all."""
        if len(self.table.selected()) <= 1:
            self.table.selectAll()
        self.table.copy()
        count = len(self.table.selected())
        self.place.say(f"已复制 {count} 行，可以粘贴到 WPS 表格")

    # --- inside ---

    def _show(self) -> None:
        self.views.set_options(self.list.views())
        self.table.set_rows(self.list.rows)
        empty = not self.list.rows
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            sentence, action, _ = self.list.empty()
            self.empty.say(sentence, action)
        self._say()

    def _say(self) -> None:
        self.head.note.setText(self.list.note())
        shown, total = self.table.rows.rowCount(), self.table.rows.total()
        filtered = f"，筛选出 {shown} 件" if self.table.rows.is_filtered() else ""
        self.place.say(f"{self.word}：{total} 件{filtered}")

    def _choose(self, view: str) -> None:
        self.views.set_value(view)
        self.search.clear()
        self.list.choose(view, self._show)

    def _search(self, text: str) -> None:
        self.search.set_value(text)
        self.list.search(text, self._show)

    def _act_on_empty(self) -> None:
        key = self.list.empty()[2]
        if key == "clear":
            self._search("")
        elif key in dict(self.list.VIEWS):
            self._choose(key)
        else:
            self._act(key)

    def _open_row(self, row: Any) -> None:
        if row is not None:
            self.place.go(self.row_page, number=row.number)

    def _columns_menu(self) -> None:
        spot = self.pick_columns.rect().bottomLeft()
        self.table.show_columns_menu(self.pick_columns.mapToGlobal(spot))

    def _keep_columns(self, keys: list[str]) -> None:
        self._chosen = keys
        self._kept.setValue(self._kept_key, keys)
