"""What is on every page besides the paper's own text: page numbers, 练习, 补打."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

from .drawing import Paper, draw_line
from .layout import MM
from .typesetting import Span, atoms_of, natural_width

_HATCHED = 200.0
"""Points of the two characters across a practice paper."""

FOOT: Final = 11
"""Millimetres from the paper's lower edge to the line with the page's number."""

_ACROSS: Final = "practice"

_COUNTED: Final = {"of": "第 {number} / {total} 页", "words": "第 {number} 页　共 {total} 页"}


@dataclass(frozen=True)
class Decoration:
    """``numbering``: dash (— 2 —, none on page 1), of (第 1 / 3 页), words (第 1 页 共 3 页), or
    empty; with of and words a paper of one page has none unless ``always``."""

    paper: Paper
    numbering: str
    always: bool = False
    practice: bool = False
    reprint: bool = False
    most: int | None = None  # with more pages than this nothing is written


class PaperCanvas(Canvas):  # type: ignore[misc]
    """A canvas that holds its pages back until their number is known."""

    def __init__(self, *args: Any, decoration: Decoration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decoration = decoration
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page; it is written when the paper is complete."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Number, mark and write all pages, unless they are too many to be wanted."""
        pages, most = self._pages, self._decoration.most
        if most is not None and len(pages) > most:
            return
        for number, state in enumerate(pages, 1):
            self.__dict__.update(state)
            self._decorate(number, len(pages))
            super().showPage()
        super().save()

    def _decorate(self, number: int, total: int) -> None:
        self.saveState()
        self.setFillColor(black)
        self.setStrokeColor(black)
        if self._decoration.numbering == "dash" and number > 1:
            self._dashed(number)
        elif self._decoration.numbering in _COUNTED and (total > 1 or self._decoration.always):
            self._counted(number, total)
        if self._decoration.practice:
            self._practice()
        if self._decoration.reprint:
            self._words("补打", 11, x=self._mm("page", "width") - 12, y=10, right=True)
        self.restoreState()

    def _mm(self, section: str, name: str) -> float:
        return self._decoration.paper.layout[section][name]

    def _words(
        self, text: str, size: float, *, x: float, y: float, right: bool = False, role: str = "song"
    ) -> None:
        """Millimetres from the left and upper edge to the baseline."""
        paper = self._decoration.paper
        line = tuple(atoms_of([Span(text, role)], paper.fonts, size))
        left = x * MM - (natural_width(line) if right else 0)
        draw_line(self, paper, line, left, (self._mm("page", "height") - y) * MM, size, 0)

    def _dashed(self, number: int) -> None:
        """GB/T 9704 7.5: 7 mm below the type area, odd right, even left, one character in."""
        size = self._mm("pageno", "size")
        inset = size / MM
        y = self._mm("page", "height") - self._mm("page", "bottom") + self._mm("pageno", "gap") + 4
        odd = number % 2 == 1
        x = self._mm("page", "width") - self._mm("page", "right") - inset
        left = self._mm("page", "left") + inset
        self._words(f"— {number} —", size, x=x if odd else left, y=y, right=odd)

    def _counted(self, number: int, total: int) -> None:
        x = self._mm("page", "width") - self._mm("sheet", "right")
        y = self._mm("page", "height") - FOOT
        words = _COUNTED[self._decoration.numbering].format(number=number, total=total)
        self._words(words, 10.5, x=x, y=y, right=True)

    def _practice(self) -> None:
        """练习 in the corner, solid for the fax, and across the page; written once for all pages."""
        self._words("练习，不作凭据", 11, x=15, y=13, role="title")
        if not self.hasForm(_ACROSS):
            self.beginForm(_ACROSS)
            self._hatch()
            self.endForm()
        self.doForm(_ACROSS)

    def _hatch(self) -> None:
        """练习 in hairlines of black, which print as a light tone and leave every letter beneath
        readable."""
        paper = self._decoration.paper
        line = tuple(atoms_of([Span("练习", "title")], paper.fonts, _HATCHED))
        face = line[0].face
        assert face is not None
        self.translate(self._mm("page", "width") / 2 * MM, self._mm("page", "height") / 2 * MM)
        self.rotate(45)
        half = natural_width(line) / 2
        text = self.beginText(-half, -0.38 * _HATCHED)
        text.setFont(face.key, _HATCHED)
        text.setTextRenderMode(7)  # the glyphs become the clip
        text.textOut("练习")
        self.drawText(text)
        for y in range(-int(_HATCHED), int(_HATCHED), 3):
            self.rect(-half, y, 2 * half, 0.3, stroke=0, fill=1)
