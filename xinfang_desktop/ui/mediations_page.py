"""人民调解: the list, its saved views with counts, and the form of a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters import mediations as words
from xinfang_desktop.presenters.matters import spelled
from xinfang_desktop.presenters.mediations import MediationsPresenter
from xinfang_desktop.services.mediation_views import MediationRow
from xinfang_desktop.services.mediation_work import MediationStood

from . import theme
from .fields_dialog import FieldsDialog, Refused
from .page import Page, Workplace
from .widgets.buttons import Button, Segmented
from .widgets.panel import PageHead, Panel
from .widgets.search import SearchBox
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState
from .widgets.wrap import WrapRow

_IN_LARGE = ("title", "state", "due")
COLUMNS = (
    Column("number", "卷号、编号", words.number_words, 14.4),
    Column("title", "纠纷", lambda r: r.title, kind="strong"),
    Column("sides", "双方", words.sides_words, 8),
    Column("category", "类别", lambda r: r.category_name, 6.2, filtered=True),
    Column("state", "状态", lambda r: r.state_name, 10.2, filtered=True),
    Column("mediators", "调解员", lambda r: "、".join(r.mediators), 6.2, filtered=True),
    Column("accepted", "受理", lambda r: spelled(r.accepted_on), 6.8),
    Column("next", "下一件要办的", words.next_words, 7.4),
    Column(
        "due", "期限", lambda r: r.due_words, 8.2, kind="chip",
        state=lambda r: r.due_state or "rest", sort=lambda r: r.due,
    ),
    Column("village", "村（社区）", lambda r: r.village, 7.4, filtered=True, shown=False),
    Column("committee", "调委会", lambda r: r.committee, 12, filtered=True, shown=False),
    Column("applied", "申请", lambda r: spelled(r.applied_on), 6.8, shown=False),
    Column("amount", "涉及金额", lambda r: r.amount_words, 7, kind="number", shown=False),
)  # fmt: skip


class MediationsPage(Page):
    """``open(view=…)`` shows one view, ``open(new=True)`` the form of a new mediation;
    ``dispute=`` or ``matter=`` with it name what it comes from."""

    key = "mediations"
    kinds = frozenset({"mediation", "mediation_party", "case_step", "committee"})
    help_page = "mediation"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.mediations = MediationsPresenter(place.desk, place.runner.run)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        column.addWidget(self._build_head())
        self.table = DataTable(COLUMNS, "人民调解")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(TablePanel(self.table))
        calm = Panel()
        self.empty = EmptyState("还没有调解。")
        calm.body.addWidget(self.empty)
        self._stack.addWidget(calm)
        column.addWidget(holder, 1)
        self._connect()
        self.look_changed()

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = WrapRow(0.85, 0.5)
        head.setLayout(row)
        self.head = PageHead("人民调解")
        self.views = Segmented(self.mediations.views(), "看哪些调解")
        self.views.set_value(self.mediations.view)
        self.search = SearchBox("在调解里找")
        self.search.setAccessibleName("在调解里找：编号、姓名、拼音首字母、电话尾号")
        self.search.setToolTip("编号、姓名、拼音首字母、电话尾号；回车查找")
        self.new = Button("新的调解", "plus", primary=True)
        self.new.refuse(self.mediations.why_not_new())
        row.add(self.head, 14, grows=True)
        row.add(self.views)
        row.add(self.search, 12)
        row.add(self.new)
        return head

    def _connect(self) -> None:
        self.views.chosen.connect(self._choose)
        self.search.asked.connect(self._search)
        self.new.clicked.connect(lambda: self.ask_new())
        self.table.opened.connect(self._open_row)
        self.table.rows.filtered.connect(self._say)
        self.empty.acted.connect(self._act_on_empty)

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("open_matter", lambda: self._open_row(self.table.current()))
        acts.bind("copy_table", self.table.copy)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.mediations.load(self._show)

    def open(self, **what: Any) -> None:
        if what.get("new"):
            self.ask_new({key: what[key] for key in ("dispute", "matter") if what.get(key)})
        elif "text" in what:
            self._search(str(what["text"]))
        elif "view" in what:
            self._choose(str(what["view"]))

    def look_changed(self) -> None:
        """Fewer columns in large print."""
        if not hasattr(self, "table"):
            return
        for number, column in enumerate(self.table.rows.columns):
            first = column.key in _IN_LARGE if theme.is_large() else column.shown
            self.table.setColumnHidden(number, not first)

    # --- a new one ---

    def ask_new(self, known: Mapping[str, Any] | None = None) -> None:
        """Open the form of a new mediation, with what is known already."""
        if self.mediations.why_not_new():
            return
        self.mediations.load_start(lambda fields: self._show_form(fields, known or {}))

    def _show_form(self, fields: tuple[Field, ...], known: Mapping[str, Any]) -> None:
        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            def stood(made: MediationStood) -> None:
                done()
                self.place.saved()
                self.place.go("mediation", number=made.number)

            self.mediations.start(fields, values, stood, refused)

        FieldsDialog(
            self, "新的调解", fields, self.place.form, "登记", submit,
            values={**self.mediations.start_values(), **known},
            note="从排查的纠纷、信访事项来的，写它的编号就行，名称、情况、当事人会自动带过来。",
            article="《人民调解法》第十七条", rows=words.start_rows(fields),
        ).open()  # fmt: skip

    # --- inside ---

    def _show(self) -> None:
        self.views.set_options(self.mediations.views())
        self.table.set_rows(self.mediations.rows)
        empty = not self.mediations.rows
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            sentence, action, _ = self.mediations.empty()
            self.empty.say(sentence, action)
        self._say()

    def _say(self) -> None:
        self.head.note.setText(self.mediations.note())
        shown, total = self.table.rows.rowCount(), self.table.rows.total()
        filtered = f"，筛选出 {shown} 件" if self.table.rows.is_filtered() else ""
        self.place.say(f"人民调解：{total} 件{filtered}")

    def _choose(self, view: str) -> None:
        self.views.set_value(view)
        self.search.clear()
        self.mediations.text = ""
        self.mediations.choose(view, self._show)

    def _search(self, text: str) -> None:
        self.search.set_value(text)
        self.mediations.search(text, self._show)

    def _act_on_empty(self) -> None:
        key = self.mediations.empty()[2]
        if key == "new":
            self.ask_new()
        elif key == "clear":
            self._search("")
        else:
            self._choose(key)

    def _open_row(self, row: MediationRow | None) -> None:
        if row is not None:
            self.place.go("mediation", number=row.number)
