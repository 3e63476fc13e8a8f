"""A ledger as PDF (台账), drawn directly: ten thousand rows in the time of a few templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from reportlab.pdfgen.canvas import Canvas

from . import layout as layouts
from .drawing import Paper
from .faces import REGISTRY
from .fonts import Fonts
from .ledger_frame import Frame, LedgerSheet
from .ledger_table import LedgerColumn, Page, Table
from .sheetcanvas import Decoration, PaperCanvas

__all__ = ["Drawn", "LedgerColumn", "LedgerSheet", "write_ledger"]

_EVERY: Final = 50
"""Rows between two looks at progress and cancel."""


_SHARED: Final = "head"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A written ledger. ``warnings``: Chinese sentences about fonts and characters."""

    pages: int
    warnings: tuple[str, ...]


def write_ledger(
    fonts: Fonts,
    sheet: LedgerSheet,
    rows: Iterable[Sequence[str]],
    total: int,
    out: BinaryIO,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Drawn | None:
    """Write the ledger into ``out`` on A4 lying on its side.

    ``rows`` are taken once and in order, each a text for every column (else ValueError);
    ``progress`` gets the rows done and ``total``. None where it was cancelled: then nothing was
    written.
    """
    paper = Paper(fonts, layouts.load().lying())
    frame = Frame(paper, sheet)
    table = Table(paper, sheet.columns, frame.first, frame.top)
    done = 0
    for done, row in enumerate(rows, 1):
        if done % _EVERY == 1:
            progress(done - 1, total)
            if cancelled():
                return None
        table.add(row)
    if not done:
        table.say(sheet.empty)
    pages = table.finish(frame.below)
    if cancelled():
        return None
    decoration = Decoration(paper, "words", always=True, practice=sheet.practice)
    with REGISTRY:
        canvas = PaperCanvas(out, pagesize=frame.size, decoration=decoration)
        canvas.setTitle(sheet.title)
        for font in table.fonts.values():
            font.embed_in(canvas)
        _draw(canvas, frame, pages)
        canvas.save()
    progress(done, total)
    return Drawn(len(pages), paper.warnings)


def _draw(canvas: Canvas, frame: Frame, pages: Sequence[Page]) -> None:
    """All pages; what most of them share is written once."""
    canvas.beginForm(_SHARED)
    frame.head(canvas)
    canvas.endForm()
    frame.title(canvas)
    for number, page in enumerate(pages, 1):
        if number > 1:
            canvas.doForm(_SHARED)
        canvas.addLiteral(f"q\n{page.operators}\nQ")
        if number == len(pages):
            frame.closing(canvas, page.bottom)
        canvas.showPage()
