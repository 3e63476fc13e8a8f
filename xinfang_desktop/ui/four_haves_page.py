"""四有台账: a month of first visits; who still owes what, and filling it in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.four_haves import KINDS
from xinfang_desktop.presenters import four_haves as words
from xinfang_desktop.presenters.four_haves import FourHavesPresenter
from xinfang_desktop.services.haves import HavesRow

from . import theme
from .fields_dialog import FieldsDialog
from .four_haves_page_fill import fill_form
from .four_haves_page_parts import Cards, VisitPanel
from .page import Page, Workplace
from .widgets.buttons import Button, Segmented
from .widgets.combo import Combo, choices
from .widgets.meter import CELL_EM
from .widgets.panel import PageHead, Panel
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState, Mark, label
from .widgets.wrap import WrapRow

_SIDE_EM = 19.2
_BESIDE_FROM_EM = 66
_LEGEND = (
    ("done", "已办"),
    ("soon", "进行中"),
    ("today", "今天"),
    ("late", "逾期"),
    ("none", "问过，没有"),
)
_NO_LIMIT = 16_777_215  # Qt's own "no maximum"
_LEGEND_INKS = {"late": "error", "none": "text2"}
_IN_LARGE = ("title", "haves", "due")

COLUMNS = (
    Column("received", "接访日", words.received_words, 5.5, sort=lambda r: r.received_on),
    Column("title", "事项", lambda r: r.title),
    Column("person", "来访人", lambda r: r.masked_name, 5),
    Column("village", "村", lambda r: r.village, 6.4, filtered=True),
    Column("haves", "四有", lambda r: "", 4 * CELL_EM + 1.2, kind="meter", states=words.marks_of),
    Column("next", "下一项", lambda r: r.next_word, 11.4),
    Column(
        "due", "期限", lambda r: r.words, 8.2, kind="chip", state=lambda r: r.urgency,
        sort=lambda r: r.due, filtered=True,
    ),
    Column("number", "编号", lambda r: r.short_number, 9.6, shown=False),
)  # fmt: skip


class FourHavesPage(Page):
    """Cards and table of a month; the evidence of the chosen visit at the right."""

    key = "haves"
    kinds = frozenset({"matter", "intake", "step", "duty"})
    help_page = "haves"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.haves = FourHavesPresenter(place.desk, place.runner.run)
        self._beside: bool | None = None
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        column.addWidget(self._build_head())
        self.cards = Cards(KINDS)
        column.addWidget(self.cards)
        middle = QWidget()
        self._row = QHBoxLayout(middle)
        theme.space(self._row, 0, 0.85)
        self._row.addWidget(self._build_table(), 1)
        self.visit = VisitPanel()
        self._row.addWidget(self.visit)
        column.addWidget(middle, 1)
        self._connect()
        self.look_changed()

    def _build_head(self) -> QWidget:
        box = QWidget()
        row = WrapRow(0.85, 0.4)
        box.setLayout(row)
        self.head = PageHead("四有台账")
        self.month = Combo("月份", choices(self.haves.months()))
        self.month.set_value(self.haves.month.isoformat())
        self.segment = Segmented(self.haves.segments(), "看哪些来访")
        self.turn = Button("看这次来访")
        row.add(self.head, 15, grows=True)
        row.add(self.month, 9.4)
        row.add(self.segment)
        row.add(self.turn)
        return box

    def _build_table(self) -> QWidget:
        self.table = DataTable(COLUMNS, "四有台账")
        self.panel = TablePanel(self.table)
        self._legend = QWidget()
        line = QHBoxLayout(self._legend)
        theme.space(line, 0, 0.3)
        for state, word in _LEGEND:
            line.addWidget(Mark(state, _LEGEND_INKS.get(state, "")))
            line.addWidget(label(word, "secondary", "text2"))
            line.addSpacing(theme.em(0.7))
        line.addWidget(label("空白 还没到", "secondary", "text2"))
        self.panel.footer.addWidget(self._legend)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.panel)
        calm = Panel()
        self.empty = EmptyState("这个月没有首次来访。")
        calm.body.addWidget(self.empty)
        self._stack.addWidget(calm)
        self._left = holder
        return holder

    def _connect(self) -> None:
        self.month.changed.connect(self._choose_month)
        self.segment.chosen.connect(self._choose)
        self.table.chosen.connect(self._look)
        self.table.opened.connect(self._open_row)
        self.visit.fill_wanted.connect(self.fill)
        self.visit.open_wanted.connect(self._open_visit)
        self.turn.clicked.connect(self._swap)
        self.empty.acted.connect(self._act_on_empty)

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("open_matter", self._open_visit)
        acts.bind("copy_table", self.table.copy)
        acts.bind("columns", lambda: self.table.show_columns_menu(self.mapToGlobal(self.pos())))
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.haves.load(self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        """Fewer columns in large print."""
        if hasattr(self, "table"):
            for number, column in enumerate(COLUMNS):
                shown = column.key in _IN_LARGE if theme.is_large() else column.shown
                self.table.setColumnHidden(number, not shown)
            self._legend.setVisible(not theme.is_large())
            self._arrange()

    def _arrange(self) -> None:
        """Table and visit side by side where there is room, else one of them at a time."""
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        self.visit.setMinimumWidth(theme.em(_SIDE_EM) if beside else 0)
        self.visit.setMaximumWidth(theme.em(_SIDE_EM) if beside else _NO_LIMIT)
        if beside != self._beside:
            self._beside = beside
            self._left.show()
            self.visit.setVisible(beside)
            self.turn.setVisible(not beside)
            self.turn.setText("看这次来访")
        self.cards.setVisible(beside or not theme.is_large())

    def _swap(self) -> None:
        to_visit = self.visit.isHidden()
        self.visit.setVisible(to_visit)
        self._left.setVisible(not to_visit)
        self.turn.setText("看台账" if to_visit else "看这次来访")
        (self.visit.fill if to_visit else self.table).setFocus()

    # --- showing ---

    def _show(self) -> None:
        self.head.note.setText(self.haves.note())
        self.segment.set_options(self.haves.segments())
        self.cards.show_cards(self.haves.cards())
        rows = self.haves.rows()
        self.table.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        whole = self.haves.ledger is not None and bool(self.haves.ledger.rows)
        if whole:
            self.empty.say("没有这样的来访。", "看本月全部")
        else:
            earlier = self.haves.month_before()
            self.empty.say("这个月没有首次来访。", "看上个月" if earlier else "")
        self._look(self.table.current() if rows else None)
        self.place.say(f"四有台账：{self.haves.note()}")

    def _show_visit(self) -> None:
        visit = self.haves.visit
        self.visit.show_visit(
            visit.title if visit else "", self.haves.visit_note(), self.haves.evidence(),
            self.haves.next_kind(),
        )  # fmt: skip

    def _choose_month(self) -> None:
        month = self.month.value()
        if month and month != self.haves.month.isoformat():
            self.haves.choose_month(month, self._show)

    def _act_on_empty(self) -> None:
        if self.haves.ledger is not None and self.haves.ledger.rows:
            self.segment.set_value("all")
            self._choose("all")
        else:
            self.month.set_value(self.haves.month_before())
            self._choose_month()

    def _choose(self, segment: str) -> None:
        self.haves.segment = segment
        self._show()

    def _look(self, row: HavesRow | None) -> None:
        self.haves.look(row, self._show_visit)

    # --- acting ---

    def fill(self, kind: str) -> FieldsDialog | None:
        """The form for one of the four of the visit shown."""
        return fill_form(self, self.place, self.haves, kind, self._filled)

    def _filled(self) -> None:
        self._show_visit()
        self.place.say("已记下")
        self.refresh()

    def _open_row(self, row: HavesRow) -> None:
        self.place.go("matter", number=row.number)

    def _open_visit(self) -> None:
        if self.haves.visit is not None:
            self.place.go("matter", number=self.haves.visit.number)
