"""信访事项: the list. Filters in the head, one search line, Enter opens a matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain import permissions
from xinfang_desktop.presenters import matters as words
from xinfang_desktop.presenters.matters import MattersPresenter
from xinfang_desktop.services.views import MatterRow

from . import theme
from .import_dialog import ImportDialog
from .kept import kept
from .page import Page, Workplace
from .widgets.buttons import Button, Segmented
from .widgets.panel import PageHead, Panel
from .widgets.search import SearchBox
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState
from .widgets.wrap import WrapRow

_IN_LARGE = ("title", "person", "state", "due")
_KEPT = "columns/matters"


def columns(place: Workplace) -> tuple[Column, ...]:
    """The columns of the list; 年份 is there to be filtered by."""
    today = place.desk.today
    return (
        Column("number", "编号", lambda r: r.short_number, 9.6),
        Column("title", "事项", words.title_words, kind="strong"),
        Column("person", "信访人", words.people_words, 7.2),
        Column("village", "村（社区）", lambda r: r.village, 7.4, filtered=True),
        Column("channel", "形式", lambda r: r.channel_name, 6, filtered=True),
        Column(
            "received", "收到", lambda r: words.received_words(r, today), 9.4,
            sort=lambda r: r.received_on,
        ),
        Column("year", "年份", lambda r: str(r.received_on.year), 5, filtered=True),
        Column("state", "状态", lambda r: r.state_name, 8.2, filtered=True),
        Column("owner", "承办人", lambda r: r.owner, 6.4, filtered=True),
        Column(
            "due", "期限", words.due_words, 8.2, kind="chip", state=lambda r: r.due_state,
            sort=lambda r: r.due,
        ),
        Column("category", "内容分类", lambda r: r.category_name, 14, shown=False),
        Column("headcount", "人数", lambda r: str(r.headcount), 4.6, kind="number", shown=False),
        Column("claims", "诉求", lambda r: str(r.claims), 4.6, kind="number", shown=False),
        Column("due_on", "到期日", lambda r: words.spelled(r.due), 8, shown=False),
    )  # fmt: skip


class MattersPage(Page):
    """Saved views with counts, a search line, the table with its footer; 导入台账 at the right."""

    key = "matters"
    kinds = frozenset({"matter", "intake", "claim", "party", "step", "duty", "import_batch"})
    help_page = "matters"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._matters = MattersPresenter(place.desk, place.runner.run)
        self._kept = kept(place.desk)
        self._chosen = self._kept.value(_KEPT)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        column.addWidget(self._build_head())
        self.table = DataTable(columns(place), "信访事项")
        self.panel = TablePanel(self.table)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.panel)
        calm = Panel()
        self.empty = EmptyState("还没有登记。")
        calm.body.addWidget(self.empty)
        self._stack.addWidget(calm)
        column.addWidget(holder, 1)
        self._connect()
        self.look_changed()

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = WrapRow(0.85, 0.5)
        head.setLayout(row)
        self.head = PageHead("信访事项")
        self.views = Segmented(self._matters.views(), "看哪些事项")
        self.search = SearchBox("在事项里找")
        self.search.setAccessibleName("在事项里找：编号、姓名、拼音首字母、电话尾号")
        self.search.setToolTip("编号、姓名、拼音首字母、电话尾号；回车查找")
        self.pick_columns = Button("选择列", "columns-3")
        self.bring_in = Button("导入台账", "package-import")
        row.add(self.head, 16, grows=True)
        row.add(self.views)
        row.add(self.search, 13)
        row.add(self.pick_columns)
        row.add(self.bring_in)
        if not permissions.may(self.place.desk.roles, "import_ledger"):
            self.bring_in.refuse(permissions.not_permitted("import_ledger").sentence)
        return head

    def _connect(self) -> None:
        self.views.chosen.connect(self._choose)
        self.search.asked.connect(self._search)
        self.pick_columns.clicked.connect(self._columns_menu)
        self.bring_in.clicked.connect(lambda: self.show_import())
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
        self._matters.load(self._show)

    def open(self, **what: Any) -> None:
        if "text" in what:
            self._search(str(what["text"]))
        elif "view" in what:
            self._choose(str(what["view"]))
        elif "ledger" in what:
            self.show_import(str(what["ledger"]))

    def look_changed(self) -> None:
        """Fewer columns in large print, unless somebody chose them."""
        if not hasattr(self, "table"):
            return
        chosen = self._chosen
        wanted = chosen if isinstance(chosen, list) else None
        for number, column in enumerate(self.table.rows.columns):
            first = column.key in _IN_LARGE if theme.is_large() else column.shown
            self.table.setColumnHidden(number, not (column.key in wanted if wanted else first))

    def copy_table(self) -> None:
        """The rows as shown, masked as shown, for WPS: those selected, else all."""
        if len(self.table.selected()) <= 1:
            self.table.selectAll()
        self.table.copy()
        count = len(self.table.selected())
        self.place.say(f"已复制 {count} 行，可以粘贴到 WPS 表格")

    def show_import(self, file: str = "") -> ImportDialog:
        """导入台账; a file that the program was started with is read at once."""
        dialog = ImportDialog(self, self.place)
        dialog.open()
        if file:
            dialog.look(Path(file))
        return dialog

    # --- inside ---

    def _show(self) -> None:
        self.views.set_options(self._matters.views())
        self.table.set_rows(self._matters.rows)
        empty = not self._matters.rows
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            sentence, action, _ = self._matters.empty()
            self.empty.say(sentence, action)
        self._say()

    def _say(self) -> None:
        self.head.note.setText(self._matters.note())
        shown, total = self.table.rows.rowCount(), self.table.rows.total()
        filtered = f"，筛选出 {shown} 件" if self.table.rows.is_filtered() else ""
        self.place.say(f"信访事项：{total} 件{filtered}")

    def _choose(self, view: str) -> None:
        self.views.set_value(view)
        self.search.clear()
        self._matters.text = ""
        self._matters.choose(view, self._show)

    def _search(self, text: str) -> None:
        self.search.set_value(text)
        self._matters.search(text, self._show)

    def _act_on_empty(self) -> None:
        key = self._matters.empty()[2]
        if key == "register":
            self.place.go("register", fresh=True)
        elif key == "clear":
            self._search("")
        else:
            self._choose(key)

    def _open_row(self, row: MatterRow | None) -> None:
        if row is not None:
            self.place.go("matter", number=row.number)

    def _columns_menu(self) -> None:
        spot = self.pick_columns.rect().bottomLeft()
        self.table.show_columns_menu(self.pick_columns.mapToGlobal(spot))

    def _keep_columns(self, keys: list[str]) -> None:
        self._chosen = keys
        self._kept.setValue(_KEPT, keys)
