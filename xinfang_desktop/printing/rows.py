"""Rows of a form (表格式) that share their rules and split between lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import black
from reportlab.platypus.flowables import Flowable

from .drawing import Paper
from .layout import MM


class Cell:
    """One cell: its elements, share of the row's width, and how they stand."""

    def __init__(
        self, content: list[Any], width: float, *, middle: bool = False, minimum: float = 0
    ) -> None:
        """``width`` in millimetres; ``minimum`` height in millimetres."""
        self.content, self.width, self.middle, self.minimum = content, width, middle, minimum

    def measure(self, pad_x: float) -> float:
        """Height of the content in points."""
        inner = self.width * MM - 2 * pad_x
        return sum(
            float(item.wrap(inner, 1e6)[1]) + float(item.getSpaceAfter()) for item in self.content
        )


class Row(Flowable):  # type: ignore[misc]
    """One row of a form (表格式). Rows stand close and share their rules; a tall one splits
    between the lines of its cells."""

    def __init__(self, paper: Paper, cells: Sequence[Cell], *, bare: bool = False) -> None:
        """``bare`` draws no rules."""
        super().__init__()
        self.paper, self.cells, self.bare = paper, cells, bare
        sheet = paper.layout["sheet"]
        self.pad_x, self.pad_y = sheet["pad_x"], sheet["pad_y"]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the highest cell."""
        heights = [
            max(cell.measure(self.pad_x) + 2 * self.pad_y, cell.minimum * MM) for cell in self.cells
        ]
        self.width, self.height = width, max(heights)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Where a good piece fits here; labels are repeated on the next page."""
        inner = height - 2 * self.pad_y
        if inner < 60 or self.height < 90:
            return []
        above: list[Cell] = []
        below: list[Cell] = []
        cut = False
        for cell in self.cells:
            here, there = _divide(cell, inner, self.pad_x)
            cut = cut or bool(there)
            label = not there and cell.middle
            above.append(Cell(here, cell.width, middle=cell.middle))
            below.append(Cell(here if label else there, cell.width, middle=cell.middle))
        if not cut:  # only the minimum height does not fit: give what is left of it
            rest = max(cell.minimum for cell in self.cells) - height / MM
            for cell in above:
                cell.minimum = height / MM
            for cell in below:
                cell.minimum = rest
            if rest < 10:
                return []
        return [Row(self.paper, part, bare=self.bare) for part in (above, below)]

    def draw(self) -> None:
        """Rules, then the content of each cell."""
        canvas, x = self.canv, 0.0
        canvas.setStrokeColor(black)
        sheet = self.paper.layout["sheet"]
        for number, cell in enumerate(self.cells):
            wide = cell.width * MM
            if not self.bare and number:
                canvas.setLineWidth(sheet["line"])
                canvas.line(x, 0, x, self.height)
            self._fill(cell, x)
            x += wide
        if self.bare:
            return
        canvas.setLineWidth(sheet["line"])
        canvas.rect(0, 0, x, self.height)

    def _fill(self, cell: Cell, x: float) -> None:
        used = cell.measure(self.pad_x)
        y = self.height - self.pad_y
        if cell.middle:
            y = (self.height + used) / 2
        for item in cell.content:
            y -= item.height
            item.drawOn(self.canv, x + self.pad_x, y)
            y -= item.getSpaceAfter()


def _divide(cell: Cell, room: float, pad_x: float) -> tuple[list[Any], list[Any]]:
    """What of a cell's content fits into ``room`` points, and the rest."""
    inner = cell.width * MM - 2 * pad_x
    for number, item in enumerate(cell.content):
        height = item.wrap(inner, 1e6)[1]
        if height > room:
            parts = item.split(inner, room)
            if parts:
                return [*cell.content[:number], parts[0]], [*parts[1:], *cell.content[number + 1 :]]
            return cell.content[:number], cell.content[number:]
        room -= height + item.getSpaceAfter()
    return cell.content, []
