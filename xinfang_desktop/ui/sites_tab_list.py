"""对方站点: whom we exchange with, adding a card, shutting a site out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.sites import REVOKED, SitesPresenter
from xinfang_desktop.services.sites import SiteRow

from . import theme
from .form import sentence_of
from .messages import ask
from .sites_add_dialog import AddSiteDialog
from .widgets.buttons import Button
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState, ProblemLine, label
from .widgets.wrap import WrapRow

_IN_LARGE = frozenset({"name", "status"})
_COLUMNS = (
    Column("name", "站点", lambda r: r.name, kind="strong"),
    Column("role", "关系", lambda r: r.role_words, 5, filtered=True),
    Column(
        "status", "状态", lambda r: r.status_words, 6.4, kind="chip",
        state=lambda r: "done" if r.status == "active" else "stopped",
    ),
    Column(
        "by", "怎么认识的", lambda r: "核对过名片" if r.known_by == "card" else "上级的名册", 7.6
    ),
    Column("fingerprint", "指纹", lambda r: r.fingerprint, 25),
)  # fmt: skip


class ListTab(QWidget):
    """``changed`` after a site was added or shut out."""

    changed = Signal()

    def __init__(self, sites: SitesPresenter) -> None:
        super().__init__()
        self._sites = sites
        column = QVBoxLayout(self)
        theme.space(column, (0.2, 0.8, 0.2, 0.2), 0.6)
        self.table = DataTable(_COLUMNS, "对方站点")
        self.none = EmptyState(
            "还没有对方站点。让对方存名片文件交给您，再在这里添加。", "添加对方名片"
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(TablePanel(self.table, "个"))
        self._stack.addWidget(self.none)
        column.addWidget(holder, 1)
        self.problem = ProblemLine()
        column.addWidget(self.problem)
        self.add = Button("添加对方名片…", "plus", primary=True)
        self.revoke = Button("停用…", "ban")
        buttons = QWidget()
        row = WrapRow(0.6, 0.4)
        buttons.setLayout(row)
        row.add(self.add)
        row.add(self.revoke)
        row.add(
            label("两边都要添加对方，都要核对指纹。", "secondary", "text2", wrap=True),
            16,
            grows=True,
        )
        column.addWidget(buttons)
        self.table.chosen.connect(lambda _row: self._offer())
        self.add.clicked.connect(self.ask_card)
        self.none.acted.connect(self.ask_card)
        self.revoke.clicked.connect(self.ask_revoke)
        self.look_changed()
        self._offer()

    def look_changed(self) -> None:
        """Name and state in large print."""
        if hasattr(self, "table"):
            for number, column in enumerate(self.table.rows.columns):
                self.table.setColumnHidden(number, theme.is_large() and column.key not in _IN_LARGE)

    def show_rows(self) -> None:
        """Show the sites."""
        self.table.set_rows(self._sites.rows)
        self._stack.setCurrentIndex(0 if self._sites.rows else 1)
        self._offer()

    def current(self) -> SiteRow | None:
        """The site looked at."""
        found: Any = self.table.current()
        return found if isinstance(found, SiteRow) else None

    def _offer(self) -> None:
        self.add.refuse(self._sites.why_not())
        self.revoke.refuse(self._sites.why_not_revoke(self.current()))

    def ask_card(self) -> AddSiteDialog | None:
        """Read the other side's card."""
        if self._sites.why_not():
            return None
        dialog = AddSiteDialog(self, self._sites)
        dialog.added.connect(lambda _row: self.changed.emit())
        dialog.open()
        return dialog

    def ask_revoke(self) -> None:
        """Say what it means before a site is shut out."""
        row = self.current()
        if row is None or self._sites.why_not_revoke(row):
            return
        ask(
            self, f"停用“{row.name}”？", REVOKED, "停用",
            lambda: self._sites.revoke(row, self.changed.emit, self._failed), dangerous=True,
        )  # fmt: skip

    def _failed(self, error: XinfangError) -> None:
        self.problem.say(sentence_of(error))
