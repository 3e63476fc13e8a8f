"""The due chip (期限) and the framed count: always mark, word and colour together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from ..marks import draw_mark, has_mark

HEIGHT_EM = 24 / 14
DUE_EM = 9.0
"""Width of a column of chips, in em: 逾期 188 天 is seen in full."""


def chip_width(words: str, state: str) -> int:
    """Width in px that a chip of these words needs."""
    ink = theme.tokens().due.get(state)
    role = "strong" if ink is None or ink.bold else "body"
    mark = theme.em(1.45) if has_mark(state) else 0
    return theme.metrics(role).horizontalAdvance(words) + mark + theme.em(1.15)


def paint_chip(
    painter: QPainter, box: QRectF, state: str, words: str, on_dark: bool = False
) -> None:
    """Paint a chip at the left of ``box``, centred in height. ``on_dark``: on a selected row in HC."""
    due = theme.tokens().due.get(state) or theme.tokens().due["rest"]
    height = min(theme.em(HEIGHT_EM), box.height())
    frame = QRectF(
        box.x(), box.center().y() - height / 2, min(chip_width(words, state), box.width()), height
    )
    ink, ground = theme.color(due.ink), theme.color(due.fill or "base")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if on_dark and not due.fill:
        ink, ground = theme.color("on_selection"), theme.color("selection")
    if due.fill or due.border:
        pen = (
            QPen(theme.color(due.border), theme.tokens().line)
            if due.border
            else QPen(Qt.PenStyle.NoPen)
        )
        if due.dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.color(due.fill) if due.fill else Qt.BrushStyle.NoBrush)
        half = theme.tokens().line / 2
        painter.drawRoundedRect(frame.adjusted(half, half, -half, -half), 2, 2)
    left = frame.x() + theme.em(0.55)
    if has_mark(state):
        side = theme.em(1.05)
        draw_mark(
            painter, state, QRectF(left, frame.center().y() - side / 2, side, side), ink, ground
        )
        left += theme.em(1.45)
    painter.setPen(ink)
    painter.setFont(theme.font("strong" if due.bold else "body"))
    room = frame.right() - left
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room) + 2)
    painter.drawText(
        QRectF(left, frame.y(), room + 2, height), int(Qt.AlignmentFlag.AlignVCenter), short
    )
    painter.restore()


class DueChip(QWidget):
    """A due chip as a widget (not focusable; it is read as a label)."""

    def __init__(self, state: str = "rest", words: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(state, words)

    def set(self, state: str, words: str) -> None:
        """Show another state."""
        self._state, self._words = state, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._words, self._state), theme.em(HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QRectF(self.rect()), self._state, self._words)


def badge_width(count: int) -> int:
    """Width in px of the framed count."""
    return max(
        theme.em(1.5), theme.metrics("strong").horizontalAdvance(str(count)) + theme.em(0.85)
    )


def paint_badge(painter: QPainter, right: float, middle: float, count: int, ink: str) -> None:
    """Paint a framed count whose right edge and middle are given."""
    width, height = badge_width(count), theme.em(19 / 14)
    box = QRectF(right - width, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color("base"))
    painter.setPen(QPen(theme.color(ink), max(1.3, theme.tokens().line)))
    painter.drawRoundedRect(box, 2.5, 2.5)
    painter.setFont(theme.font("strong"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(count))
    painter.restore()
