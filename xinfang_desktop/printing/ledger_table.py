"""Rows of a ledger filling pages (台账的表): heights, page ends, rules, as PDF operators.

A page is the text of its operators. Nothing is kept of a row but what it looks like, so a ledger
of any length takes the memory of its pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from string import digits
from typing import Final, Literal

from .cells import Setter
from .drawing import Paper
from .faces import Face
from .layout import MM
from .twobyte import TwoByteFont

_SLACK: Final = {"left": 0.0, "centre": 0.5, "right": 1.0}
"""Share of a line's unused room that stands before it."""

_KEPT: Final = 4096
"""Cells kept ready because the same words come again: villages, kinds, grades."""

_CONTINUED: Final = "续"
"""In the first column of a row that began on the page before."""

Lines = tuple[tuple[str, str], ...]
"""Of one cell; for each line the operators before and after the height of its baseline."""

Cells = Sequence[Lines]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """``width`` is the column's share of the table, in any unit. ``fits`` is a text that stands
    on one line (2026-12-30, 10000), with any digits: the column is as wide as that at least."""

    title: str
    width: float
    align: Literal["left", "centre", "right"] = "left"
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """``bottom``: the table's lower edge, in points from the paper's."""

    operators: str
    bottom: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a cell's lines stand, in points."""

    left: float
    room: float
    align: str


def shared_out(room: float, shares: Sequence[float], least: Sequence[float]) -> list[float]:
    """``room`` divided by ``shares``, no part under its ``least`` if there is room for that."""
    if sum(least) >= room:
        least = [0.0] * len(least)
    parts = [0.0] * len(shares)
    free = set(range(len(shares)))
    while free:
        each = (room - sum(parts)) / sum(shares[at] for at in free)
        tight = {at for at in free if shares[at] * each < least[at]}
        for at in tight or free:
            parts[at] = least[at] if tight else shares[at] * each
        free -= tight or free
    return parts


class Table:
    """Takes rows and makes pages. Only a row of many lines is split between two."""

    def __init__(
        self, paper: Paper, columns: Sequence[LedgerColumn], first: float, top: float
    ) -> None:
        """``first`` and ``top``: upper edge on the first and on other pages, points from below."""
        self.fonts: dict[Face, TwoByteFont] = {}
        self._numbers = paper.layout["sheet"]
        self._cell = Setter(paper, paper.layout.styles["ledger"], self.fonts)
        self._head = Setter(paper, paper.layout.styles["ledger_head"], self.fonts)
        self._upright = self._edges(paper, columns)
        self._slots = [
            self._slot(left, right, column.align)
            for column, (left, right) in zip(columns, pairwise(self._upright), strict=True)
        ]
        self._titles = [
            _lines(self._head, replace(slot, align="centre"), column.title)
            for column, slot in zip(columns, self._slots, strict=True)
        ]
        self._floor, self._top = self._numbers["bottom"] * MM, top
        self._pages: list[Page] = []
        self._rows: list[Cells] = []
        self._whole, self._least = int(self._numbers["whole"]), int(self._numbers["least"])
        self._undivided = False
        self._ready = lru_cache(_KEPT)(self._prepare)
        self._begin(first)

    @property
    def rooms(self) -> list[float]:
        """Points in which a line of each column must fit."""
        return [slot.room for slot in self._slots]

    def add(self, row: Sequence[str]) -> None:
        """One row, a text for each column. Raises ValueError for more or fewer."""
        if len(row) != len(self._slots):
            raise ValueError(f"{len(row)} cells for {len(self._slots)} columns")
        cells: Cells = list(map(self._ready, range(len(row)), row))
        while (depth := _depth(cells)) > (fit := self._fit()):
            if self._rows and (depth <= self._whole or fit < self._least):
                self._turn()
                continue
            here, cells = self._halves(cells, max(1, min(fit, depth - self._least)))
            self._place(here)
            self._turn()
        self._place(cells)

    def say(self, words: str) -> None:
        """One sentence across all columns, where there are no rows."""
        slot = self._slot(self._upright[0], self._upright[-1], "centre")
        self._undivided = True
        self._place([_lines(self._cell, slot, words)])

    def finish(self, closing: float) -> list[Page]:
        """All pages, with ``closing`` points free below the last table. Where they are not, the
        last row goes over, or the end of a tall one, so that nobody signs an empty table."""
        if self._y - self._floor < closing:
            last = self._take_back()
            self._turn()
            if last:
                self._place(last)
        self._close()
        return self._pages

    def _take_back(self) -> Cells:
        """What of the last row can stand on the next page; nothing of one alone on this page."""
        last = self._rows.pop()
        if (depth := _depth(last)) > self._whole:
            here, last = self._halves(last, depth - self._least)
            self._rows.append(here)
        elif not self._rows:
            self._rows.append(last)
            return ()
        return last

    def _halves(self, cells: Cells, count: int) -> tuple[Cells, Cells]:
        """The row's first ``count`` lines, and the others, which say what they are."""
        over = [lines[count:] for lines in cells]
        over[0] = over[0] or self._ready(0, _CONTINUED)
        return [lines[:count] for lines in cells], over

    def _edges(self, paper: Paper, columns: Sequence[LedgerColumn]) -> list[float]:
        """Where the columns' edges are, in points from the left."""
        numbers, page = self._numbers, paper.layout["page"]
        widest = max(digits, key=self._cell.width)
        samples = (
            column.fits.translate(dict.fromkeys(map(ord, digits), widest)) for column in columns
        )
        least = [self._cell.width(sample) + 2 * numbers["pad_x"] for sample in samples]
        room = (page["width"] - numbers["left"] - numbers["right"]) * MM
        widths = shared_out(room, [column.width for column in columns], least)
        return list(accumulate(widths, initial=numbers["left"] * MM))

    def _slot(self, left: float, right: float, align: str) -> _Slot:
        pad = self._numbers["pad_x"]
        return _Slot(left + pad, right - left - 2 * pad, align)

    def _prepare(self, column: int, text: str) -> Lines:
        return _lines(self._cell, self._slots[column], text)

    def _height(self, setter: Setter, cells: Cells) -> float:
        return _depth(cells) * setter.style.leading + 2 * self._numbers["pad_y"]

    def _fit(self) -> int:
        """Lines of a row that fit on the rest of the page."""
        room = self._y - self._floor - 2 * self._numbers["pad_y"]
        return int((room + 0.01) // self._cell.style.leading)

    def _begin(self, top: float) -> None:
        self._from, self._rows = top, []
        self._y = top - self._height(self._head, self._titles)

    def _place(self, cells: Cells) -> None:
        self._rows.append(cells)
        self._y -= self._height(self._cell, cells)

    def _turn(self) -> None:
        self._close()
        self._begin(self._top)

    def _close(self) -> None:
        words: list[str] = [self._head.chosen]
        edges = [self._from, self._write(words, self._head, self._titles, self._from)]
        words.append(self._cell.chosen)
        for cells in self._rows:
            edges.append(self._write(words, self._cell, cells, edges[-1]))
        text = "\n".join(words)
        self._pages.append(Page(f"{self._rules(edges)}\nBT\n{text}\nET", edges[-1]))

    def _write(self, words: list[str], setter: Setter, cells: Cells, top: float) -> float:
        """Add a row's words; returns its lower edge. Lines stand in the middle of their cell, in a
        tall row at the top, where people begin to read."""
        leading, depth = setter.style.leading, _depth(cells)
        first = top - self._numbers["pad_y"] - setter.style.drop
        sunk = leading / 2 if depth <= self._whole else 0
        for lines in cells:
            y = first - (depth - len(lines)) * sunk
            for before, after in lines:
                words.append(f"{before}{y:.2f}{after}")
                y -= leading
        return top - depth * leading - 2 * self._numbers["pad_y"]

    def _rules(self, edges: Sequence[float]) -> str:
        """Hairlines between rows and columns, a frame around them."""
        (left, *inner, right), (top, *between, bottom) = self._upright, edges
        down = edges[1] if self._undivided else bottom
        lines = [f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y in between]
        lines += [f"{x:.2f} {top:.2f} m {x:.2f} {down:.2f} l" for x in inner]
        frame = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S"
        thin, thick = self._numbers["line"], self._numbers["frame"]
        return "\n".join((f"0 g 0 G {thin:g} w", *lines, "S", f"{thick:g} w", frame))


def _depth(cells: Cells) -> int:
    return max(1, *map(len, cells))


def _lines(setter: Setter, slot: _Slot, text: str) -> Lines:
    share = _SLACK[slot.align]
    made = []
    for line in setter.lines(text, slot.room):
        x = slot.left + (share and share * (slot.room - setter.width(line)))
        made.append((f"1 0 0 1 {x:.2f} ", f" Tm {setter.shown(line)}"))
    return tuple(made)
