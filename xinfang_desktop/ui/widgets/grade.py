"""The grade of a dispute (级别): four blocks and a word. It grades the dispute, never a person."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from .text import paint_words

LEVELS = 4
_BLOCK_EM, _TALL_EM, _STEP_EM = 8 / 14, 13 / 14, 11 / 14
_WORDS_EM = 3.5
_HEIGHT_EM = 1.7


def grade_width(level: int, words: str) -> int:
    """Width in px of blocks and word; a dispute not graded yet has no blocks."""
    blocks = theme.em(_WORDS_EM) if level else 0
    return blocks + theme.metrics().horizontalAdvance(words) + 2


def paint_grade(painter: QPainter, box: QRectF, level: int, words: str, ink: str = "text") -> None:
    """Paint the first ``level`` of four blocks solid (0: none at all), then the word, at the left
    of ``box``. ``ink`` is the colour role on this ground.
    """
    room = QRectF(box)
    if level:
        _paint_blocks(painter, box, level, ink)
        room.setLeft(box.x() + theme.em(_WORDS_EM))
    faint = "hint" if ink == "text" and not level else ink
    paint_words(painter, room, words, faint)


def _paint_blocks(painter: QPainter, box: QRectF, level: int, ink: str) -> None:
    line = max(1.2, theme.tokens().line)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(ink), line))
    for number in range(LEVELS):
        block = QRectF(0, 0, theme.em(_BLOCK_EM), theme.em(_TALL_EM))
        block.moveLeft(box.x() + number * theme.em(_STEP_EM))
        block.moveTop(round(box.center().y() - block.height() / 2))
        solid = number < level
        painter.setBrush(theme.color(ink) if solid else Qt.BrushStyle.NoBrush)
        painter.drawRect(block.adjusted(line / 2, line / 2, -line / 2, -line / 2))
    painter.restore()


class GradeBlocks(QWidget):
    """The grade on a page; it is read as a label: 级别：复杂，第 3 级，共 4 级."""

    def __init__(self, level: int = 0, words: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(level, words)

    def set(self, level: int, words: str) -> None:
        """Show another grade: ``level`` 1 to 4 and its word, or 0 and what stands for none."""
        self._level, self._words = level, words
        place = f"，第 {level} 级，共 {LEVELS} 级" if level else ""
        self.setAccessibleName(f"级别：{words}{place}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(grade_width(self._level, self._words), theme.em(_HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_grade(QPainter(self), QRectF(self.rect()), self._level, self._words)
