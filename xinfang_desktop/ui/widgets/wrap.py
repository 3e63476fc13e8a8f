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
    below: bool = False


_Line = tuple[list[tuple[_Cell, int]], list[_Cell]]
"""Cells side by side with their widths, and what stands below them over the whole width."""


class WrapRow(QLayout):
    """Lays its widgets out in reading order. Each has a width in em; those that grow share the rest."""

    def __init__(self, gap: float = 0.85, line_gap: float = 0.4) -> None:
        super().__init__()
        self._cells: list[_Cell] = []
        self._gap, self._line_gap = gap, line_gap

    def add(
        self,
        widget: QWidget,
        basis: float = 0,
        *,
        grows: bool | None = None,
        below: QWidget | None = None,
    ) -> None:
        """Add a widget of ``basis`` em; 0 means its own width. By default a 0 does not grow.

        ``below`` stands under the line that holds the widget, over the whole width.
        """
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))
        self._cells[-1].basis = basis
        self._cells[-1].grows = bool(grows)
        if below is not None:
            self.addChildWidget(below)
            self.addItem(QWidgetItem(below))
            self._cells[-1].below = True

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
        shown = self._shown()
        return QSize(
            max((min(self._basis(cell), theme.em(12)) for cell in shown), default=0),
            max((cell.item.minimumSize().height() for cell in shown), default=0),
        )

    def sizeHint(self) -> QSize:
        shown = self._shown()
        gaps = theme.em(self._gap) * max(0, len(shown) - 1)
        return QSize(sum(self._basis(cell) for cell in shown) + gaps, self.minimumSize().height())

    def _shown(self) -> list[_Cell]:
        return [cell for cell in self._cells if not cell.below and not cell.item.isEmpty()]

    def _basis(self, cell: _Cell) -> int:
        if cell.basis:
            return theme.em(cell.basis)
        return max(cell.item.sizeHint().width(), cell.item.minimumSize().width())

    def _lines(self, width: int) -> list[_Line]:
        gap = theme.em(self._gap)
        lines: list[_Line] = [([], [])]
        used = 0
        for cell in self._cells:
            if cell.item.isEmpty():
                continue
            line, notes = lines[-1]
            if cell.below:
                notes.append(cell)
                continue
            wide = min(self._basis(cell), width)
            if line and used + gap + wide > width:
                line = []
                lines.append((line, []))
                used = 0
            used += wide + (gap if line else 0)
            line.append((cell, wide))
        return [(self._share(line, width), notes) for line, notes in lines if line]

    def _share(self, line: list[tuple[_Cell, int]], width: int) -> list[tuple[_Cell, int]]:
        spare = width - sum(wide for _, wide in line) - theme.em(self._gap) * (len(line) - 1)
        growing = sum(cell.grows for cell, _ in line)
        each = spare // growing if growing and spare > 0 else 0
        return [(cell, wide + (each if cell.grows else 0)) for cell, wide in line]

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for number, (line, notes) in enumerate(self._lines(rect.width())):
            y += theme.em(self._line_gap) if number else 0
            height = max(self._height(cell, wide) for cell, wide in line)
            x = rect.x()
            for cell, wide in line:
                if move:
                    cell.item.setGeometry(QRect(x, y, wide, height))
                x += wide + theme.em(self._gap)
            y += height
            for cell in notes:
                height = self._height(cell, rect.width())
                if move:
                    cell.item.setGeometry(QRect(rect.x(), y, rect.width(), height))
                y += height
        return y - rect.y()

    @staticmethod
    def _height(cell: _Cell, width: int) -> int:
        if cell.item.hasHeightForWidth():
            return max(cell.item.heightForWidth(width), cell.item.minimumSize().height())
        return cell.item.sizeHint().height()
