"""我村纠纷: a liaison's own list of disputes, without the other villages' grid."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.presenters.screening import ScreeningPresenter

from . import theme
from .disputes_panel import DisputesPanel
from .page import Page, Workplace
from .screening_dialogs import ScreeningDialogs
from .widgets.buttons import Button
from .widgets.panel import PageHead
from .widgets.wrap import WrapRow


class VillageDisputesPage(Page):
    """``open(new=True)`` asks for a new dispute."""

    key = "disputes"
    kinds = frozenset({"dispute", "case_step", "import_batch"})
    help_page = "return"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        screening = ScreeningPresenter(place.desk, place.runner.run)
        self.dialogs = ScreeningDialogs(self, screening, self.refresh)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        box = QWidget()
        row = WrapRow(0.85, 0.5)
        box.setLayout(row)
        self.new = Button("新增纠纷", "plus", primary=True)
        self.new.refuse(screening.why_not("register_dispute"))
        row.add(PageHead("我村纠纷"), 12, grows=True)
        row.add(self.new)
        column.addWidget(box)
        self.list = DisputesPanel(place)
        column.addWidget(self.list, 1)
        self.new.clicked.connect(self.dialogs.ask_dispute)
        self.list.opened.connect(lambda number: place.go("dispute", number=number))
        self.list.told.connect(place.say)

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("open_matter", self.list.open_current)
        acts.bind("copy_table", self.list.table.copy)
        acts.bind("columns", self.list.columns_menu)
        self.refresh()
        self.list.table.setFocus()

    def refresh(self) -> None:
        self.list.load()

    def open(self, **what: Any) -> None:
        if what.get("new"):
            self.dialogs.ask_dispute()
