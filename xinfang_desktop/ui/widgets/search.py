"""The one search box, in the corner of the menu bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from .. import icons, theme
from .inputs import LineEdit


class SearchBox(LineEdit):
    """Enter asks; the shortcut stands at the right while nothing is written."""

    asked = Signal(str)

    def __init__(self, hint: str, shortcut: str = "") -> None:
        super().__init__(hint, hint=hint)
        self._shortcut = shortcut
        self.setAccessibleName(f"搜索：{hint}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("slim", True)
        self.textChanged.connect(lambda _text: self.look_changed())
        self.entered.connect(lambda: self.asked.emit(self.value()))
        self.look_changed()

    def look_changed(self) -> None:
        """Fit the room for the glass to the scale."""
        room = theme.metrics("secondary").horizontalAdvance(self._shortcut) + theme.em(0.6)
        self.setTextMargins(theme.em(1.7), 0, 0 if self.text() else room, 0)

    def sizeHint(self) -> QSize:
        window = self.window()
        room = window.width() if window is not self else 10_000
        return QSize(min(theme.em(27), max(theme.em(12), round(room * 0.33))), theme.em(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme.em(17 / 14)
        box = QRectF(theme.em(0.6), (self.height() - side) / 2, side, side)
        icons.draw(painter, "search", box, "text2")
        if not self.text() and self._shortcut:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text2"))
            painter.drawText(
                self.rect().adjusted(0, 0, -theme.em(0.6), 0),
                int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
                self._shortcut,
            )
