"""The head of a table: column words, the filter icon, the arrow of sorting."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from .. import icons, theme
from .columns import RowsModel
from .text import paint_words


class FilterHeader(QHeaderView):
    """Head cells with a filter icon where a column can be filtered; a click elsewhere sorts."""

    wants_filter = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setAccessibleName("列标题")
        theme.typeset(self, "head")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.em(31 / 14))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        column = model.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.color("head"))
        painter.setPen(QPen(theme.color("rule"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = QRectF(rect).adjusted(theme.em(0.6), 0, -theme.em(0.5), -1)
        if column.filtered:
            on = model.filter_of(column.key) is not None
            spot = self.filter_spot(rect)
            if on:
                painter.fillRect(spot.adjusted(-3, -3, 3, 3), theme.color("accent"))
            icons.draw(painter, "filter", spot, "on_accent" if on else "text2")
            box.setRight(spot.left() - theme.em(0.2))
        words = column.title
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            words += " ↑" if up else " ↓"
        paint_words(painter, box, words, "text", "head", column.look().side)
        painter.restore()

    def filter_spot(self, rect: QRect) -> QRectF:
        """Where the filter icon of a head cell is."""
        side = theme.em(1.05)
        return QRectF(rect.right() - side - theme.em(0.5), rect.center().y() - side / 2, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        model = self.model()
        if section >= 0 and isinstance(model, RowsModel) and model.columns[section].filtered:
            left = self.sectionViewportPosition(section)
            rect = QRect(left, 0, self.sectionSize(section), self.height())
            if event.position().x() >= self.filter_spot(rect).left() - theme.em(0.3):
                self.wants_filter.emit(section)
                return
        super().mouseReleaseEvent(event)
