"""排查台账: the grid of villages and rounds, one cell in words beside it, the disputes below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.presenters.screening import SEGMENTS, ScreeningPresenter

from . import theme
from .disputes_panel import DisputesPanel
from .kept import kept
from .page import Page, Workplace
from .screening_dialogs import ScreeningDialogs
from .screening_page_head import ScreeningHead
from .screening_page_parts import CellPanel
from .screening_papers import PrintMenu
from .widgets.combo import choices
from .widgets.panel import Panel
from .widgets.screening_grid import ScreeningGrid
from .widgets.text import EmptyState

_SIDE_EM = 18.0
_BESIDE_FROM_EM = 66
_NO_LIMIT = 16_777_215  # Qt's own "no maximum"
_KEPT = "splitter/screening"


class ScreeningPage(Page):
    """``open(round=…)`` shows that round; ``new=True`` asks for a new dispute.

    Where there is room, grid and cell stand beside each other above the list; in large print one
    of the three at a time.
    """

    key = "screening"
    kinds = frozenset(
        {
            "screening_return",
            "round",
            "round_call",
            "dispute",
            "case_step",
            "village",
            "import_batch",
        }
    )
    help_page = "screening"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.screening = ScreeningPresenter(place.desk, place.runner.run)
        self.dialogs = ScreeningDialogs(self, self.screening, self.refresh)
        self._wanted: RoundKey | None = None
        self._beside: bool | None = None
        self._part = "grid"
        self._speaks = True
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        self.head = ScreeningHead(SEGMENTS, choices(self.screening.years()))
        self.head.fill_papers(PrintMenu(self, self.screening))
        column.addWidget(self.head)
        self.grid = ScreeningGrid("各村填报")
        self.cell = CellPanel()
        self.list = DisputesPanel(place)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setAccessibleName("填报和纠纷清单")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._build_top())
        self.splitter.addWidget(self.list)
        self.splitter.setStretchFactor(1, 1)
        column.addWidget(self.splitter, 1)
        self._kept = kept(place.desk)
        self._connect()
        self._arrange()

    def _build_top(self) -> QWidget:
        top = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, top)
        theme.space(self._row, 0, 0.85)
        self._left = QWidget()
        self._stack = QStackedLayout(self._left)
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 0, 0, 0)
        sheet = Panel()
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        sheet.body.addWidget(self.grid)
        inner.addWidget(sheet, 1000)  # as high as its villages, then empty
        inner.addStretch(1)
        self._stack.addWidget(held)
        calm = Panel()
        self.empty = EmptyState("还没有开过排查。", "开一轮排查")
        calm.body.addWidget(self.empty)
        self._stack.addWidget(calm)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self.cell)
        self._top = top
        return top

    def _connect(self) -> None:
        head = self.head
        head.series.chosen.connect(lambda key: self._choose(series=key))
        head.year.changed.connect(self._choose_year)
        head.part.chosen.connect(self.show_part)
        for key, act in self._acts().items():
            head.on(key, act)
            reason = self.screening.why_not(_RIGHTS[key]) if key in _RIGHTS else ""
            head.refuse(key, reason)
        self.grid.chosen.connect(self._look)
        self.grid.opened.connect(self._open_cell)
        self.empty.acted.connect(self.dialogs.ask_round)
        self.cell.file_wanted.connect(self.file_for_village)
        self.cell.zero_wanted.connect(self.dialogs.ask_zero)
        self.cell.remind_wanted.connect(self.dialogs.ask_reminder)
        self.cell.dispute_wanted.connect(self._open_dispute)
        self.list.opened.connect(self._open_dispute)
        self.list.told.connect(self._say)
        self.splitter.splitterMoved.connect(lambda *_: self._keep_splitter())

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        return {
            "round": self.dialogs.ask_round,
            "print": self.head.open_papers,
            "import": self.dialogs.show_import,
            "new": self.dialogs.ask_dispute,
        }

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("open_matter", self.list.open_current)
        acts.bind("copy_table", self._copy)
        acts.bind("columns", self.list.columns_menu)
        acts.bind("print", self.head.open_papers)
        if not self.screening.why_not("open_round"):
            acts.bind("open_round", self.dialogs.ask_round)
        self._speaks = True
        self.refresh()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.screening.load(self._show)
        self.list.load()

    def open(self, **what: Any) -> None:
        if what.get("new"):
            self.dialogs.ask_dispute()
        elif isinstance(what.get("round"), RoundKey):
            self.show_round(what["round"])

    def show_round(self, key: RoundKey) -> None:
        """Show this round and go to the first village that owes it."""
        self._wanted = key
        self._choose(series=key.series, year=int(key.period[:4]))

    # --- room ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        """Another scale: another arrangement."""
        if hasattr(self, "_beside"):
            self._beside = None
            self._arrange()

    def _arrange(self) -> None:
        if not hasattr(self, "_kept"):
            return
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        if beside == self._beside:
            return
        self._beside = beside
        self.head.set_roomy(beside)
        self.cell.setMinimumWidth(theme.em(_SIDE_EM) if beside else 0)
        self.cell.setMaximumWidth(theme.em(_SIDE_EM) if beside else _NO_LIMIT)
        if beside:
            for widget in (self._top, self._left, self.cell, self.list):
                widget.show()
            state = self._kept.value(self._kept_key())
            if not (state and self.splitter.restoreState(state)):
                self.splitter.setSizes([theme.em(17), theme.em(22)])
        else:
            self.show_part(self._part)

    def show_part(self, part: str) -> None:
        """In large print: the grid, one cell in words, or the list."""
        self._part = part
        self.head.part.set_value(part)
        if self._beside:
            return
        self._top.setVisible(part != "list")
        self._left.setVisible(part == "grid")
        self.cell.setVisible(part == "cell")
        self.list.setVisible(part == "list")
        {"grid": self.grid, "cell": self.cell.file, "list": self.list.table}[part].setFocus()

    def _keep_splitter(self) -> None:
        if self._beside:
            self._kept.setValue(self._kept_key(), self.splitter.saveState())

    def _kept_key(self) -> str:
        return f"{_KEPT}/{theme.current().percent}"

    # --- showing ---

    def _show(self) -> None:
        first = self.screening.at is None
        heads, rows = self.screening.heads(), self.screening.rows()
        self.head.show_series(self.screening.series, str(self.screening.year))
        self.head.note.setText(self.screening.note())
        start = self.screening.start(self._wanted)
        self.grid.set_grid(heads, rows)
        self._stack.setCurrentIndex(0 if start else 1)
        self.empty.say(
            f"{self.screening.message()}。",
            "" if self.screening.why_not("open_round") else "开一轮排查",
        )  # fmt: skip
        if start is None:
            self.cell.show_card(None)
        elif first or self._wanted is not None:
            self.grid.select(*start)
        self._wanted = None
        if self._speaks:  # what was just done is not talked over by looking again
            self._speaks = False
            self.place.say(self.screening.message())

    def _say(self, words: str) -> None:
        if self._part == "list" and not self._beside:
            self.place.say(words)

    def _look(self, village: str, column: str) -> None:
        self.screening.look(village, column, self._show_cell)

    def _show_cell(self) -> None:
        self.cell.show_card(self.screening.card())

    # --- acting ---

    def _choose(self, *, series: str = "", year: int = 0) -> None:
        self._speaks = True
        self.screening.choose(self._show, series=series, year=year)

    def _choose_year(self) -> None:
        written = str(self.head.year.value())
        if written in dict(self.screening.years()) and written != str(self.screening.year):
            self._choose(year=int(written))

    def _open_cell(self, village: str, column: str) -> None:
        """Enter: in large print the cell in words; else what was filed, where anything was."""
        card = self.screening.card()
        if not self._beside:
            self.show_part("cell")
        elif card is not None and card.filed:
            self.file_for_village()

    def file_for_village(self) -> None:
        """代为填报, or what was filed."""
        cell = self.screening.cell()
        if cell is not None:
            self.place.go("return", village=cell.village_name, round=cell.key)

    def _open_dispute(self, number: str) -> None:
        self.place.go("dispute", number=number)

    def _copy(self) -> None:
        """The grid where it has the focus, else the disputes, masked as shown, for WPS."""
        if self.grid.hasFocus():
            self.grid.copy()
            self.place.say("已复制各村填报，可以粘贴到 WPS 表格")
            return
        self.list.table.copy()
        count = len(self.list.table.selected())
        self.place.say(f"已复制 {count} 行，可以粘贴到 WPS 表格")


_RIGHTS = {"round": "open_round", "import": "import_ledger", "new": "register_dispute"}
"""Button → the right it asks."""
