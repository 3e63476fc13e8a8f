"""The heads of the screening grid: periods above, villages at the left, the word in the corner."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QHeaderView, QTableView, QWidget

from xinfang_desktop.presenters.grid import GridHead

from .. import theme
from .screening_grid_model import GridModel
from .text import paint_words

_LINE_EM, _HEAD_EM, _PAD_EM = 1.35, 31 / 14, 0.6
_VILLAGE_EM = 7.0
_VILLAGE_PART = 4
"""The villages take at most a fourth of the grid; a longer name is shortened."""


class _Head(QHeaderView):
    """What both heads share; the section of the chosen cell is tinted."""

    def __init__(self, view: QTableView, orientation: Qt.Orientation, name: str) -> None:
        super().__init__(orientation, view)
        self._view = view
        self.setAccessibleName(name)
        self.setSectionsMovable(False)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def grid(self) -> GridModel:
        """The model that both heads are painted from."""
        model = self._view.model()
        assert isinstance(model, GridModel)
        return model


class PeriodHead(_Head):
    """A period, and below it how many have filed."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view, Qt.Orientation.Horizontal, "期次")

    def words_width(self, head: GridHead) -> int:
        """Width in px of the words of a head."""
        return max(
            theme.metrics("head").horizontalAdvance(head.words),
            theme.metrics("secondary").horizontalAdvance(head.note),
        )

    def sizeHint(self) -> QSize:
        noted = any(head.note for head in self.grid().heads)
        return QSize(
            super().sizeHint().width(), theme.em(2 * _LINE_EM + 0.4 if noted else _HEAD_EM)
        )

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        head = self.grid().heads[logicalIndex]
        chosen = self._view.currentIndex().column() == logicalIndex
        ink = _paint_ground(painter, rect, "head", chosen=chosen)
        box = QRectF(rect).adjusted(2, 0, -3, -1)
        if not head.note:
            paint_words(painter, box, head.words, ink, "head", Qt.AlignmentFlag.AlignHCenter)
            return
        line = theme.em(_LINE_EM)
        top = QRectF(box.x(), box.center().y() - line, box.width(), line)
        soft = ink if chosen else "text2"
        for words, role, shade in ((head.words, "head", ink), (head.note, "secondary", soft)):
            paint_words(painter, top, words, shade, role, Qt.AlignmentFlag.AlignHCenter)
            top.translate(0, line)


class VillageHead(_Head):
    """The name of a village; the full one is in the tooltip."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view, Qt.Orientation.Vertical, "村（社区）")

    def sizeHint(self) -> QSize:
        size = theme.metrics("strong")
        names = (size.horizontalAdvance(row.name) for row in self.grid().rows)
        wanted = max(names, default=0) + theme.em(2 * _PAD_EM) + 2
        most = max(theme.em(_VILLAGE_EM), self._view.width() // _VILLAGE_PART)
        return QSize(min(max(wanted, theme.em(_VILLAGE_EM)), most), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        chosen = self._view.currentIndex().row() == logicalIndex
        ink = _paint_ground(painter, rect, "base", chosen=chosen)
        box = QRectF(rect).adjusted(theme.em(_PAD_EM), 0, -theme.em(_PAD_EM), -1)
        paint_words(painter, box, self.grid().rows[logicalIndex].name, ink, "strong")


class Corner(QWidget):
    """The word above the villages, in the place of the view's own corner button."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def text(self) -> str:
        """The word."""
        return self._words

    def stand_in(self, button: QAbstractButton) -> None:
        """Cover the corner button, which has nothing to do here."""
        row = QHBoxLayout(button)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = _paint_ground(painter, self.rect(), "head", chosen=False)
        box = QRectF(self.rect()).adjusted(theme.em(_PAD_EM), 0, -2, -1)
        paint_words(painter, box, self._words, ink, "head")


def _paint_ground(painter: QPainter, rect: QRect, ground: str, *, chosen: bool) -> str:
    """Fill a section and draw its lines; returns the colour role of words on it."""
    painter.fillRect(rect, theme.color("selection" if chosen else ground))
    painter.setPen(QPen(theme.color("rule" if ground == "base" else "border"), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.setPen(QPen(theme.color("rule"), 1))
    painter.drawLine(rect.topRight(), rect.bottomRight())
    return "on_selection" if chosen else "text"
