"""Rows of a form (表格式) that share their rules and split between lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import black
from reportlab.platypus.flowables import Flowable, Spacer

from .drawing import Paper
from .layout import MM


class Cell:
    """One cell: its elements, share of the row's width, and how they stand."""

    def __init__(
        self, content: list[Any], width: float, *, middle: bool = False, minimum: float = 0,
        rows: bool = False,
    ) -> None:  # fmt: skip
        """``width`` in millimetres; ``minimum`` height in millimetres. ``rows``: it is filled to
        its edges with rows of its own, beside a label that stands for all of them."""
        self.content, self.width, self.middle, self.minimum = content, width, middle, minimum
        self.rows = rows
        if rows:
            for row in content:
                row.fit(width)

    def measure(self, pad_x: float) -> float:
        """Height of the content in points."""
        inner = self.width * MM - 2 * pad_x
        return sum(
            float(item.wrap(inner, 1e6)[1]) + float(item.getSpaceAfter()) for item in self.content
        )

    @property
    def springs(self) -> bool:
        """Whether something stands at its foot."""
        return any(isinstance(item, Spring) for item in self.content)

    def part(self, content: list[Any]) -> Cell:
        """The same cell with some of its content, on one of two pages."""
        return Cell(content, self.width, middle=self.middle, rows=self.rows)


class Spring(Spacer):  # type: ignore[misc]
    """Takes what height a cell has left, so that a signature stands at its foot."""

    def __init__(self) -> None:
        super().__init__(1, 0)


class Row(Flowable):  # type: ignore[misc]
    """One row of a form (表格式). Rows stand close and share their rules; a tall one splits
    between the lines of its cells."""

    def __init__(
        self, paper: Paper, cells: Sequence[Cell], *, bare: bool = False, pad: float | None = None
    ) -> None:
        """``bare`` draws no rules; ``pad`` points above and below the words, where a form is so
        full that the usual ones cost it a page."""
        super().__init__()
        self.paper, self.cells, self.bare = paper, cells, bare
        sheet = paper.layout["sheet"]
        self.pad_x, self.pad_y = sheet["pad_x"], sheet["pad_y"] if pad is None else pad

    def fit(self, width: float) -> None:
        """Share out ``width`` millimetres among the cells as they stand to each other."""
        scale = width / sum(cell.width for cell in self.cells)
        for cell in self.cells:
            cell.width *= scale

    def _pads(self, cell: Cell) -> tuple[float, float]:
        return (0.0, 0.0) if cell.rows else (self.pad_x, self.pad_y)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the highest cell."""
        heights = []
        for cell in self.cells:
            pad_x, pad_y = self._pads(cell)
            heights.append(max(cell.measure(pad_x) + 2 * pad_y, cell.minimum * MM))
        self.width, self.height = width, max(heights)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Where a good piece fits here; labels are repeated on the next page."""
        inner = height - 2 * self.pad_y
        if inner < 60 or self.height < 90:
            return []
        above: list[Cell] = []
        below: list[Cell] = []
        cut = begun = False
        for cell in self.cells:
            pad_x, pad_y = self._pads(cell)
            here, there = _divide(cell, height - 2 * pad_y, pad_x)
            cut = cut or bool(there)
            begun = begun or bool(here and there)
            label = not there and cell.middle
            above.append(cell.part(here))
            below.append(cell.part(here if label else there))
        if cut and not begun:
            return []
        if not cut:  # only the minimum height does not fit: give what is left of it
            rest = max(cell.minimum for cell in self.cells) - height / MM
            for cell in above:
                cell.minimum = height / MM
            for cell in below:
                cell.minimum = rest
            if rest < 10 or any(cell.springs for cell in self.cells):
                return []
        return [Row(self.paper, part, bare=self.bare, pad=self.pad_y) for part in (above, below)]

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
        pad_x, pad_y = self._pads(cell)
        used = cell.measure(pad_x)
        slack = self.height - used - 2 * pad_y
        y = self.height - pad_y
        if cell.middle:
            y = (self.height + used) / 2
        if cell.rows and cell.content:
            cell.content[-1].height += slack
        for item in cell.content:
            y -= slack if isinstance(item, Spring) else item.height
            item.drawOn(self.canv, x + pad_x, y)
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
