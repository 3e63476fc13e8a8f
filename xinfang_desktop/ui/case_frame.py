"""How the page of a case is laid out: top, what is owed at the left, its course at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from . import theme
from .widgets.panel import scroller

_SIDE_EM = 24.6
_SIDE_BELOW_EM = 19
_BESIDE_FROM_EM = 63.7
_NO_LIMIT = 16_777_215  # Qt's own "no maximum"


class CaseFrame(QWidget):
    """Side by side where there is room, else everything below each other in one scroller.

    ``arranged`` after another arrangement was made; ``wide`` says which.
    """

    arranged = Signal()

    def __init__(self, top: QWidget, left: QWidget, side: QWidget, name: str, owed: str) -> None:
        super().__init__()
        self._top, self._left, self._side = top, left, side
        self._name, self._owed = name, owed
        self.wide: bool | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._inner: QWidget | None = None
        self._arrange(wide=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_changed()

    def look_changed(self) -> None:
        """Another scale or width."""
        if hasattr(self, "_inner"):
            self._arrange(wide=self.width() >= theme.em(_BESIDE_FROM_EM))

    def _arrange(self, *, wide: bool) -> None:
        if wide == self.wide:
            return
        self.wide = wide
        old, self._inner = self._inner, QWidget()
        column = QVBoxLayout(self._inner)
        theme.space(column, 0, 0.7)
        column.addWidget(self._top)
        theme.hold(self._side, width=0, height=0)
        self._side.setMinimumSize(0, 0)
        self._side.setMaximumSize(_NO_LIMIT, _NO_LIMIT)
        if wide:
            row = QHBoxLayout()
            theme.space(row, 0, 0.85)
            row.addWidget(scroller(self._left, self._owed), 1)
            theme.hold(self._side, width=_SIDE_EM)
            row.addWidget(self._side)
            column.addLayout(row, 1)
            self._outer.addWidget(self._inner)
        else:
            column.addWidget(self._left)
            theme.hold(self._side, height=_SIDE_BELOW_EM)
            column.addWidget(self._side)
            self._outer.addWidget(scroller(self._inner, self._name))
        if old is not None:
            self._let_go(old)
        self.arranged.emit()

    def _let_go(self, old: QWidget) -> None:
        """Take the old arrangement away, with the scroller it may lie in."""
        holder = old.parentWidget()
        while holder is not None and holder is not self:
            old, holder = holder, holder.parentWidget()
        old.hide()
        old.setParent(None)
        old.deleteLater()
