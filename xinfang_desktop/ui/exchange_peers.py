"""往来单位: every other site, up to where it is known on both sides, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from xinfang_desktop.presenters.exchange_words import PeerLine

from . import theme
from .widgets.panel import Panel
from .widgets.table import Column, DataTable
from .widgets.text import EmptyState

_IN_LARGE = frozenset({"name", "words"})

COLUMNS = (
    Column("name", "单位", lambda r: r.name, kind="strong"),
    Column("received", "上次收到", lambda r: r.received, 6.2, sort=lambda r: r.sort_received),
    Column("known", "对方已知到", lambda r: r.known, 6.2),
    Column(
        "to_send", "待发", lambda r: str(r.to_send), 3.2, kind="number", sort=lambda r: r.to_send
    ),
    Column("words", "状态", lambda r: r.words, 8.6, kind="chip", state=lambda r: r.state),
)


class PeersPanel(Panel):
    """``chosen(line)`` when another site is looked at; ``sites_wanted`` where there is none yet."""

    chosen = Signal(object)
    sites_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("往来单位")
        self.note_right()
        self.table = DataTable(COLUMNS, "往来单位")
        self.none = EmptyState("还没有往来单位。先和对方互换站点名片，才能传数据。", "打开站点名片")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.none)
        self.body.addWidget(holder)
        self.table.chosen.connect(self.chosen)
        self.none.acted.connect(self.sites_wanted)
        self.look_changed()

    def look_changed(self) -> None:
        """The name and where it stands in large print, all columns else."""
        for number, column in enumerate(self.table.rows.columns):
            self.table.setColumnHidden(number, theme.is_large() and column.key not in _IN_LARGE)

    def show_lines(self, lines: Sequence[PeerLine]) -> None:
        """Show these sites; the one looked at stays."""
        now = self.current()
        self.table.set_rows(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        for number, line in enumerate(self.table.rows.shown_rows()):
            if now is not None and line.site == now.site:
                self.table.selectRow(number)

    def current(self) -> PeerLine | None:
        """The site looked at."""
        found: Any = self.table.current()
        return found if isinstance(found, PeerLine) else None
