"""The 四有 meter: four joined cells 接 答 释 困, each a character and its mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from ..marks import draw_mark

HAVES = ("接", "答", "释", "困")
WORDS = {
    "done": "已办",
    "": "还没到",
    "soon": "进行中",
    "rest": "进行中",
    "near": "进行中",
    "today": "今天",
    "late": "逾期",
    "none": "问过，没有",
}
CELL_EM = 46 / 14
HEIGHT_EM = 27 / 14
_FILL = {"done": "done_tint", "none": "window"}


def meter_width() -> int:
    """Width in px of a whole meter."""
    return 4 * theme.em(CELL_EM)


def spoken(states: Sequence[str]) -> str:
    """The meter in words: 接 已办，答 今天…"""
    return "，".join(
        f"{have} {WORDS.get(state, '')}" for have, state in zip(HAVES, states, strict=False)
    )


def paint_meter(painter: QPainter, box: QRectF, states: Sequence[str]) -> None:
    """Paint the meter at the left of ``box``. States: done soon today late none or empty."""
    height = min(theme.em(HEIGHT_EM), box.height())
    cell = min(theme.em(CELL_EM), box.width() / 4)
    frame = QRectF(box.x(), box.center().y() - height / 2, cell * 4, height)
    look = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setClipPath(shape)
    for index, (have, state) in enumerate(zip(HAVES, states, strict=False)):
        part = QRectF(frame.x() + cell * index, frame.y(), cell, height)
        due = look.due.get({"none": "stopped", "": "rest", "rest": "soon"}.get(state, state))
        fill = _FILL.get(state) or (due.fill if due is not None else "") or "base"
        ink = theme.color(due.ink if due is not None and state else "text")
        painter.fillRect(part, theme.color(fill))
        painter.setPen(ink)
        painter.setFont(theme.font("strong" if state in ("today", "late", "soon") else "body"))
        wide = painter.fontMetrics().horizontalAdvance(have)
        side = theme.em(0.85) if state else 0
        left = part.center().x() - (wide + (theme.em(0.25) + side if state else 0)) / 2
        painter.drawText(
            QRectF(left, part.y(), wide + 2, height), int(Qt.AlignmentFlag.AlignVCenter), have
        )
        if state:
            spot = QRectF(left + wide + theme.em(0.25), part.center().y() - side / 2, side, side)
            shown = "soon" if state in ("rest", "near") else state
            draw_mark(painter, shown, spot, ink, theme.color(fill))
    painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("border"), look.line))
    for index in (1, 2, 3):
        x = frame.x() + cell * index + 0.5
        painter.drawLine(QPointF(x, frame.y() + 1), QPointF(x, frame.bottom() - 1))
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()


class HaveTag(QWidget):
    """One character in a frame, with a tick when it is done (the block on 登记 and the side panel)."""

    def __init__(self, have: str, state: str = "", *, wide: bool = True) -> None:
        super().__init__()
        self._have, self._state, self._wide = have, state, wide
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(state)

    def set(self, state: str) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(f"{self._have} {WORDS.get(state, '')}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(2.5 if self._wide else 1.8), theme.em(1.7 if self._wide else 1.8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        due = theme.tokens().due.get({"none": "stopped"}.get(self._state, self._state))
        ink = theme.color(due.ink if due is not None else "text")
        fill = _FILL.get(self._state) or (due.fill if due is not None else "") or "base"
        painter.setPen(QPen(ink if self._state else theme.color("border"), theme.tokens().line))
        painter.setBrush(theme.color(fill))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 3, 3)
        painter.setPen(ink)
        painter.setFont(theme.font("strong"))
        box = QRectF(self.rect())
        if self._state and self._wide:
            side = theme.em(0.85)
            spot = QRectF(theme.em(0.25), box.center().y() - side / 2, side, side)
            draw_mark(painter, self._state, spot, ink, theme.color(fill))
            box.setLeft(spot.right())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._have)


class FourHavesMeter(QWidget):
    """The meter as a widget."""

    def __init__(self, states: Sequence[str] = ("", "", "", "")) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(states)

    def set(self, states: Sequence[str]) -> None:
        """Show other states."""
        self._states = tuple(states)
        self.setAccessibleName(spoken(states))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(meter_width(), theme.em(HEIGHT_EM))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_meter(QPainter(self), QRectF(self.rect()), self._states)
