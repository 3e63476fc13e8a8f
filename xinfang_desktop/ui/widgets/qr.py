"""A QR code on the screen, dark on white in every look, so that a scanner can read it."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme

_QUIET = 4  # modules of white around it, as the standard asks


class QrCode(QWidget):
    """``set_text`` shows another code; nothing is drawn for an empty text."""

    def __init__(self, name: str, side: float = 21.0) -> None:
        super().__init__()
        self._matrix: tuple[bytearray, ...] = ()
        self._side = side
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show this text as a code."""
        self._matrix = segno.make(text, error="l", micro=False).matrix if text else ()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(self._side), theme.em(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._matrix:
            return
        modules = len(self._matrix) + 2 * _QUIET
        step = max(1, min(self.width(), self.height()) // modules)  # whole pixels stay sharp
        left = (self.width() - step * len(self._matrix)) // 2
        top = (self.height() - step * len(self._matrix)) // 2
        black = QColor(Qt.GlobalColor.black)
        for y, row in enumerate(self._matrix):
            for x, bit in enumerate(row):
                if bit:
                    painter.fillRect(QRectF(left + x * step, top + y * step, step, step), black)
