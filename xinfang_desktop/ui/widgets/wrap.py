"""A row that wraps: fields side by side where there is room, below each other where not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from .. import theme


@dataclass(slots=True)
class _Cell:
    item: QLayoutItem
    basis: float
    grows: bool


class WrapRow(QLayout):
    """Lays its widgets out in reading order. Each has a width in em; those that grow share the rest."""

    def __init__(self, gap: float = 0.85, line_gap: float = 0.4) -> None:
        super().__init__()
        self._cells: list[_Cell] = []
        self._gap, self._line_gap = gap, line_gap

    def add(self, widget: QWidget, basis: float = 0, *, grows: bool | None = None) -> None:
        """Add a widget of ``basis`` em; 0 means its own width. By default a 0 does not grow."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))
        self._cells[-1].basis = basis
        self._cells[-1].grows = bool(grows)

    def addItem(self, item: QLayoutItem) -> None:
        self._cells.append(_Cell(item, 0, False))

    def count(self) -> int:
        return len(self._cells)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._cells[index].item if 0 <= index < len(self._cells) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._cells.pop(index).item if 0 <= index < len(self._cells) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def minimumSize(self) -> QSize:
        shown = [cell for cell in self._cells if not cell.item.isEmpty()]
        return QSize(
            max((min(self._basis(cell), theme.em(12)) for cell in shown), default=0),
            max((cell.item.minimumSize().height() for cell in shown), default=0),
        )

    def sizeHint(self) -> QSize:
        shown = [cell for cell in self._cells if not cell.item.isEmpty()]
        gaps = theme.em(self._gap) * max(0, len(shown) - 1)
        return QSize(sum(self._basis(cell) for cell in shown) + gaps, self.minimumSize().height())

    def _basis(self, cell: _Cell) -> int:
        if cell.basis:
            return theme.em(cell.basis)
        return max(cell.item.sizeHint().width(), cell.item.minimumSize().width())

    def _lines(self, width: int) -> list[list[tuple[_Cell, int]]]:
        gap = theme.em(self._gap)
        lines: list[list[tuple[_Cell, int]]] = [[]]
        used = 0
        for cell in self._cells:
            if cell.item.isEmpty():
                continue
            wide = min(self._basis(cell), width)
            if lines[-1] and used + gap + wide > width:
                lines.append([])
                used = 0
            used += wide + (gap if lines[-1] else 0)
            lines[-1].append((cell, wide))
        return [self._share(line, width) for line in lines if line]

    def _share(self, line: list[tuple[_Cell, int]], width: int) -> list[tuple[_Cell, int]]:
        spare = width - sum(wide for _, wide in line) - theme.em(self._gap) * (len(line) - 1)
        growing = sum(cell.grows for cell, _ in line)
        each = spare // growing if growing and spare > 0 else 0
        return [(cell, wide + (each if cell.grows else 0)) for cell, wide in line]

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            y += theme.em(self._line_gap) if number else 0
            height = max(self._height(cell, wide) for cell, wide in line)
            x = rect.x()
            for cell, wide in line:
                if move:
                    cell.item.setGeometry(QRect(x, y, wide, height))
                x += wide + theme.em(self._gap)
            y += height
        return y - rect.y()

    @staticmethod
    def _height(cell: _Cell, width: int) -> int:
        if cell.item.hasHeightForWidth():
            return max(cell.item.heightForWidth(width), cell.item.minimumSize().height())
        return cell.item.sizeHint().height()
