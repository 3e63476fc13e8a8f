"""设置: tabs; what this account may not change it may still see, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from xinfang_desktop.presenters.settings import SettingsPresenter

from . import theme
from .page import Page, Workplace
from .settings_page_calendar import CalendarTab
from .settings_page_committees import CommitteesTab
from .settings_page_lists import AccountsTab, PeopleTab, VillagesTab
from .settings_page_machine import LookTab, PrintersTab
from .settings_page_office import OfficeTab
from .settings_page_proof import ProofTab
from .settings_page_sealed import SealedTab
from .settings_page_tab import Tab
from .widgets.panel import PageHead, Panel

_MAKE: dict[str, Callable[[Workplace, SettingsPresenter, str], Tab]] = {
    "accounts": AccountsTab,
    "office": OfficeTab,
    "people": PeopleTab,
    "villages": VillagesTab,
    "committees": CommitteesTab,
    "calendar": CalendarTab,
    "printers": PrintersTab,
    "look": LookTab,
    "proof": ProofTab,
    "sealed": SealedTab,
}


class SettingsPage(Page):
    """``open(tab="people")`` shows one tab."""

    key = "settings"
    kinds = frozenset(
        {"office", "account", "person", "village", "calendar_year", "committee", "mediator"}
    )
    help_page = "settings"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.settings = SettingsPresenter(place.desk, place.runner.run)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        self.head = PageHead("设置", place.desk.office.name)
        column.addWidget(self.head)
        panel = Panel()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("设置")
        self.tabs.setUsesScrollButtons(True)
        self.parts: dict[str, Tab] = {}
        for told in self.settings.tabs():
            part = _MAKE[told.key](place, self.settings, told.why_not)
            self.parts[told.key] = part
            self.tabs.addTab(part, told.word)
        self.tabs.currentChanged.connect(lambda _index: self.refresh())
        panel.body.addWidget(self.tabs)
        column.addWidget(panel, 1)

    def activate(self) -> None:
        self.refresh()
        self.place.say("设置")
        self.tabs.tabBar().setFocus()

    def refresh(self) -> None:
        part: QWidget | None = self.tabs.currentWidget()
        if isinstance(part, Tab):
            part.load()
        self.head.note.setText(self.place.desk.office.name)

    def open(self, **what: Any) -> None:
        part = self.parts.get(str(what.get("tab")))
        if part is not None:
            self.tabs.setCurrentWidget(part)
