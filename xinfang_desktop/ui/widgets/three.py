"""The three marks of 三不放过: 责任 查清 消隐患, ticked where confirmed, dashed where still open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from ..marks import draw_mark
from .text import paint_words

DONE = "done"
THREE = (
    ("责任", "责任已落实", "责任还没落实"),
    ("查清", "问题已查清", "问题还没查清"),
    ("消隐患", "隐患已排除", "隐患还没排除"),
)
"""Word on the mark, what is said where it is confirmed, and where it is open."""
HEIGHT_EM = 22 / 14
_PAD_EM, _GAP_EM, _MARK_EM = 6 / 14, 4 / 14, 0.8


def three_width(states: Sequence[str] = (DONE, DONE, DONE)) -> int:
    """Width in px of the three marks, by default with all three ticked (the widest)."""
    return sum(_widths(states)) + 2 * theme.em(_GAP_EM)


def spoken(states: Sequence[str]) -> str:
    """The three in words: 责任已落实，问题还没查清…"""
    return "，".join(
        yes if state == DONE else no for (_, yes, no), state in zip(THREE, states, strict=False)
    )


def _widths(states: Sequence[str]) -> list[int]:
    size, tick = theme.metrics("secondary"), theme.em(_MARK_EM + 0.2)
    return [
        size.horizontalAdvance(word) + 2 * theme.em(_PAD_EM) + 2 + (tick if state == DONE else 0)
        for (word, _, _), state in zip(THREE, states, strict=False)
    ]


def paint_three(painter: QPainter, box: QRectF, states: Sequence[str]) -> None:
    """Paint the marks at the left of ``box``. ``states``: ``done`` or empty for each of the three."""
    height = min(theme.em(HEIGHT_EM), box.height())
    room = min(1.0, box.width() / max(1, three_width(states)))
    left = box.x()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for (word, _, _), state, width in zip(THREE, states, _widths(states), strict=False):
        chip = QRectF(left, round(box.center().y() - height / 2), width * room, height)
        _paint_one(painter, chip, word, state == DONE)
        left = chip.right() + theme.em(_GAP_EM) * room
    painter.restore()


def _paint_one(painter: QPainter, chip: QRectF, word: str, done: bool) -> None:
    role = "done" if done else "text2"
    ink, ground = theme.color(role), theme.color("base")
    pen = QPen(ink, max(1.2, theme.tokens().line))
    half = pen.widthF() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)  # also between the dashes, whatever the row's ground
    rim = 2 * (theme.tokens().line - 1)  # parts black dashes from a dark selection
    painter.drawRoundedRect(chip.adjusted(-rim, -rim, rim, rim), 2.5, 2.5)
    if not done:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawRoundedRect(chip.adjusted(half, half, -half, -half), 2.5, 2.5)
    words = chip.adjusted(theme.em(_PAD_EM), 0, -theme.em(_PAD_EM) + 2, 0)
    if done:
        side = theme.em(_MARK_EM)
        spot = QRectF(words.x(), chip.center().y() - side / 2, side, side)
        draw_mark(painter, DONE, spot, ink, ground)
        words.setLeft(spot.right() + theme.em(0.2))
    paint_words(painter, words, word, role, "secondary")


class ThreeMarks(QWidget):
    """The three marks on a page; read as a label."""

    def __init__(self, states: Sequence[str] = ("", "", "")) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(states)

    def set(self, states: Sequence[str]) -> None:
        """Show other states: ``done`` or empty for 责任, 查清 and 消隐患."""
        self._states = tuple(states)
        self.setAccessibleName(f"三不放过：{spoken(states)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(three_width(self._states), theme.em(HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_three(QPainter(self), QRectF(self.rect()), self._states)
