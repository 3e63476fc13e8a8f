"""The stage bar: how far a matter has come, in nine joined cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from ..marks import draw_mark


@dataclass(frozen=True, slots=True)
class StageCell:
    """One stage: name, state ``done`` ``now`` or ``later``, and the day it was reached (7/24)."""

    name: str
    state: str
    on: str = ""


class StageBar(QWidget):
    """Read only; a screen reader hears which stage is current and which are done."""

    def __init__(self, stages: Sequence[StageCell] = ()) -> None:
        super().__init__()
        self._stages: tuple[StageCell, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_stages(stages)

    def set_stages(self, stages: Sequence[StageCell]) -> None:
        """Show these stages."""
        self._stages = tuple(stages)
        now = next((s.name for s in self._stages if s.state == "now"), "")
        done = "、".join(s.name for s in self._stages if s.state == "done")
        self.setAccessibleName(f"进展：现在 {now}；已过 {done or '无'}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(50), theme.em(27 / 14))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(20), theme.em(27 / 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        count = max(1, len(self._stages))
        width, height = self.width() / count, float(self.height())
        for index, stage in enumerate(self._stages):
            box = QRectF(index * width, 0, width, height)
            now, done = stage.state == "now", stage.state == "done"
            fill = "accent" if now else "done_tint" if done else "base"
            ink = "on_accent" if now else "done" if done else "text2"
            painter.fillRect(box, theme.color(fill))
            painter.setPen(theme.color(ink))
            painter.setFont(theme.font("strong" if now else "body"))
            words = f"{stage.name} {stage.on}".strip()
            room = width - theme.em(0.5) - (theme.em(1) if done else 0)
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            wide = painter.fontMetrics().horizontalAdvance(words)
            left = box.center().x() - wide / 2
            if done:
                side = theme.em(0.75)
                left += side / 2
                spot = QRectF(left - side - theme.em(0.25), box.center().y() - side / 2, side, side)
                draw_mark(painter, "done", spot, theme.color(ink), theme.color(fill))
            painter.setPen(theme.color(ink))
            painter.drawText(
                QRectF(left, 0, wide + 2, height), int(Qt.AlignmentFlag.AlignVCenter), words
            )
        painter.setPen(QPen(theme.color("rule"), 1))
        for index in range(1, count):
            painter.drawLine(QPointF(index * width, 0), QPointF(index * width, height))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
