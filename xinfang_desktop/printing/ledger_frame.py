"""What stands around a ledger's table (表头、附注、签字栏): title and heads, notes, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from .drawing import Paper
from .flowables import Text
from .layout import MM, Align
from .ledger_table import LedgerColumn
from .sheetcanvas import FOOT
from .typesetting import Span

_GAP: Final = 4.0
"""Points between the table and the words around it."""

_PEN: Final = 10.0
"""Characters of room for a name written by hand, where there is so much."""

_ORGAN: Final = 0.65
"""Share of the line above the table for the organ; the rest is for the period."""

Band = Sequence[tuple[float, Text]]
"""Texts side by side, each with its place from the left in points."""


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """What is on a ledger besides its rows. Texts are printed as they are given.

    ``organ`` and ``period`` stand above the table (填报单位：柳溪村, 2026年11月), ``notes`` below
    it; ``signatures`` are labels before room for the pen (填报人). ``empty`` is said where there
    are no rows (本期零报告). ``practice`` (练习) watermarks every page.
    """

    title: str
    organ: str
    period: str
    columns: tuple[LedgerColumn, ...]
    empty: str
    printed_at: str
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    practice: bool = False


class Frame:
    """The words above and below the table. Heights are points from the paper's lower edge."""

    def __init__(self, paper: Paper, sheet: LedgerSheet) -> None:
        """Everything is broken into lines here; nothing is drawn yet."""
        page, numbers = paper.layout["page"], paper.layout["sheet"]
        self.size = page["width"] * MM, page["height"] * MM
        self._paper = paper
        self._left = numbers["left"] * MM
        self._width = self.size[0] - self._left - numbers["right"] * MM
        self._ceiling = self.size[1] - numbers["top"] * MM
        again = (f"{sheet.title}（续）", sheet.organ)
        self._title = (
            self._band("sheet_title", (sheet.title, 1, "centre")),
            self._heads("cell", sheet.organ, sheet.period),
        )
        self._head = (self._heads("small", "　".join(filter(None, again)), sheet.period),)
        self._notes = [self._band("note", (note, 1, "left")) for note in sheet.notes]
        self._names = self._signatures(sheet.signatures)
        self._pen = numbers["pen"] * MM if sheet.signatures else 0
        self._floor = FOOT * MM + paper.layout.styles["small"].drop
        self._foot = self._band("small", (f"打印：{sheet.printed_at}", _ORGAN, "left"))

    @property
    def first(self) -> float:
        """Where the table of the first page begins."""
        return self._ceiling - _height(self._title) - _GAP

    @property
    def top(self) -> float:
        """Where the tables of the other pages begin."""
        return self._ceiling - _height(self._head) - _GAP

    @property
    def below(self) -> float:
        """Points needed below the last table."""
        return _GAP + _height(self._notes) + self._pen

    def title(self, canvas: Canvas) -> None:
        """What is above the first table, and the foot of its page."""
        _draw(canvas, self._title, self._ceiling)
        _draw(canvas, [self._foot], self._floor)

    def head(self, canvas: Canvas) -> None:
        """The same for the other pages."""
        _draw(canvas, self._head, self._ceiling)
        _draw(canvas, [self._foot], self._floor)

    def closing(self, canvas: Canvas, y: float) -> None:
        """Notes and signatures below the last table, which ends at ``y``."""
        _draw(canvas, self._notes, y - _GAP)
        _draw(canvas, [self._names], y - self.below + _height([self._names]))

    def _heads(self, style: str, organ: str, period: str) -> Band:
        return self._band(style, (organ, _ORGAN, "left"), (period, 1 - _ORGAN, "right"))

    def _signatures(self, labels: Sequence[str]) -> Band:
        """Side by side, each before a line for the pen."""
        share = 1 / max(1, len(labels))
        return self._band("cell", *((f"{label}：", share, "left") for label in labels), pen=_PEN)

    def _band(self, named: str, *parts: tuple[str, float, Align], pen: float = 0) -> Band:
        """Texts side by side in one style: words, share of the width, alignment. ``pen``: most
        characters of room for the pen behind each."""
        style = self._paper.layout.styles[named]
        x, band = self._left, []
        for words, share, align in parts:
            wide = share * self._width
            spans = [Span(words, style.role)]
            if pen:
                room = wide / style.size - len(words) - 1
                spans.append(Span(kind="blank", width=max(0, min(pen, room))))
            text = Text(self._paper, replace(style, align=align), spans)
            text.wrap(wide, 0)
            band.append((x, text))
            x += text.width
        return band


def _height(bands: Sequence[Band]) -> float:
    return sum(max((text.height for _, text in band), default=0) for band in bands)


def _draw(canvas: Canvas, bands: Sequence[Band], y: float) -> None:
    """From ``y`` downwards."""
    for band in bands:
        for x, text in band:
            text.drawOn(canvas, x, y - text.height)
        y -= _height([band])
