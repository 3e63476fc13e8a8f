"""工作台账: at the left the registers in their groups with what is open, at the right one's lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.conflict_words import flag_words
from xinfang_desktop.presenters.matters import spelled
from xinfang_desktop.presenters.work import WorkPresenter
from xinfang_desktop.services.register_work import WorkStood
from xinfang_desktop.services.work_lines import RegisterRow

from . import theme
from .fields_dialog import FieldsDialog, Refused
from .list_page import ListPage
from .page import Workplace
from .widgets.buttons import Button
from .widgets.chip import DUE_EM
from .widgets.combo import Combo, choices
from .widgets.panel import Panel, empty, scroller
from .widgets.rail import Place, RailItem
from .widgets.table import Column
from .widgets.text import label

COLUMNS = (
    Column("on", "日期", lambda r: spelled(r.on), 7.6, sort=lambda r: r.on),
    Column("title", "名称", lambda r: r.title, kind="flagged", flag=flag_words),
    Column("state", "状态", lambda r: r.state_name, 9.4, filtered=True),
    Column(
        "due", "期限", lambda r: r.due_words, DUE_EM, kind="chip",
        state=lambda r: r.due_state or "rest", sort=lambda r: r.due,
    ),
    Column("owner", "责任人", lambda r: r.owner or r.by, 6.2, filtered=True),
    Column("number", "编号", lambda r: r.short_number, 10.6, shown=False),
)  # fmt: skip
_LIST_EM, _BESIDE_FROM_EM = 13.6, 59.0
_ICONS: Mapping[str, str] = {
    "接访下访": "users", "归类、建议和评查": "checkup-list", "报送和会议": "send",
    "名册和检查": "clipboard-text",
}  # fmt: skip


class RegisterList(Panel):
    """The registers under the headings of their groups; ``chosen(key)``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("台账")
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        theme.space(column, (0, 0.2, 0, 0.4), 0)
        self._scroll = scroller(self._inner, "台账")
        self.body.addWidget(self._scroll)
        self.items: dict[str, RailItem] = {}

    def show_registers(
        self, groups: Sequence[tuple[str, Sequence[RegisterRow]]], current: str
    ) -> None:
        """Show them; built once, after that only counts and the current one change."""
        if not self.items:
            self._build(groups)
        for _, rows in groups:
            for row in rows:
                self.items[row.key].set_count(row.open)
        if current in self.items:
            self.items[current].setChecked(True)
            self._scroll.ensureWidgetVisible(self.items[current], 0, 0)

    def _build(self, groups: Sequence[tuple[str, Sequence[RegisterRow]]]) -> None:
        empty(self._inner)
        column = self._inner.layout()
        assert isinstance(column, QVBoxLayout)
        for head, rows in groups:
            word = label(head, "secondary", "text2")
            word.setContentsMargins(theme.em(0.85), theme.em(0.5), 0, theme.em(0.15))
            column.addWidget(word)
            for row in rows:
                item = RailItem(Place(row.key, row.name, _ICONS.get(head, "clipboard-text")))
                item.setToolTip(row.about)
                item.clicked.connect(lambda _=False, key=row.key: self.chosen.emit(key))
                self.items[row.key] = item
                column.addWidget(item)
        column.addStretch()


class WorkPage(ListPage[WorkPresenter]):
    """``open(sort=…)`` shows a register, ``open(sort=…, new=True)`` the form of a new line."""

    key = "work"
    kinds = frozenset({"work_item", "case_step"})
    help_page = "work"
    word, things, row_page = "工作台账", "台账", "work_item"
    in_large = frozenset({"on", "title", "state"})

    def __init__(self, place: Workplace) -> None:
        self.registers = RegisterList()
        super().__init__(place, WorkPresenter(place.desk, place.runner.run), COLUMNS)
        self.registers.chosen.connect(self._turn)
        self.few.changed.connect(lambda: self._turn(str(self.few.value() or "")))
        self._arrange()

    def _body(self, holder: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        theme.space(row, 0, 0.85)
        theme.hold(self.registers, width=_LIST_EM)
        row.addWidget(self.registers)
        row.addWidget(holder, 1)
        return made

    def _before_views(self) -> Sequence[tuple[QWidget, float]]:
        self.few = Combo("哪本台账", ())
        return ((self.few, 12),)

    def _buttons(self) -> Sequence[Button]:
        self.new = Button("登记一条", "plus", hint="Ctrl+N", primary=True)
        self.new.refuse(self.list.why_not_new())
        self.new.clicked.connect(lambda: self.ask_new())
        return (self.new,)

    def activate(self) -> None:
        super().activate()
        acts = self.place.actions
        acts.bind("new", self.ask_new, word="登记一条台账")
        acts.refuse("new", self.list.why_not_new())

    def open(self, **what: Any) -> None:
        if "sort" in what:
            self._turn(str(what["sort"]))
        if what.get("new"):
            self.ask_new()
        elif "sort" not in what:
            super().open(**what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        super().look_changed()
        if hasattr(self, "few"):
            self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        self.registers.setVisible(beside)
        self.few.setVisible(not beside)

    # --- inside ---

    def _show(self) -> None:
        super()._show()
        self.head.title.setText(self.list.register.name)
        self.registers.show_registers(self.list.groups(), self.list.key)
        names = ((row.key, row.name) for row in self.list.registers)
        self.few.set_entries(choices(tuple(names)))
        self.few.set_value(self.list.key)

    def _turn(self, key: str) -> None:
        if key and key != self.list.key:
            self.search.clear()
            self.list.turn_to(key, self._show)

    def ask_new(self) -> FieldsDialog | None:
        """The form of a new line of the chosen register."""
        if self.list.why_not_new():
            return None
        register = self.list.register

        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            def stood(made: WorkStood) -> None:
                done()
                self.place.saved()
                self.place.go("work_item", number=made.number)

            self.list.start(values, stood, refused)

        dialog = FieldsDialog(
            self, register.name, self.list.fields(), self.place.form, "登记", submit,
            values=self.list.start_values(), note=register.about,
        )  # fmt: skip
        dialog.open()
        return dialog

    def _act(self, key: str) -> None:
        self.ask_new()
