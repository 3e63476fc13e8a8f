"""A QR code and the line along which a paper is cut in two (二维码、裁切线)."""

from __future__ import annotations

import segno
from reportlab.platypus.flowables import Flowable

from .drawing import Paper, draw_line
from .typesetting import Span, atoms_of, natural_width


class Code(Flowable):  # type: ignore[misc]
    """A QR code drawn as squares; holds a number only, no personal data."""

    def __init__(self, words: str, side: float, align: str) -> None:
        """``side`` in points, with no quiet zone of its own."""
        super().__init__()
        self.matrix = segno.make(words, error="m", micro=False).matrix
        self.side, self.align = side, align

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """A square."""
        self.width, self.height = width, self.side
        return self.width, self.height

    def draw(self) -> None:
        """One path, so that fax and copy see whole squares."""
        step = self.side / len(self.matrix)
        left = {"centre": (self.width - self.side) / 2, "right": self.width - self.side}
        origin = left.get(self.align, 0.0)
        path = self.canv.beginPath()
        for row, bits in enumerate(self.matrix):
            for column, bit in enumerate(bits):
                if bit:
                    path.rect(origin + column * step, self.side - (row + 1) * step, step, step)
        self.canv.drawPath(path, stroke=0, fill=1)


class Cut(Flowable):  # type: ignore[misc]
    """A dashed line across the page with words in it (骑缝)."""

    def __init__(self, paper: Paper, spans: tuple[Span, ...]) -> None:
        super().__init__()
        self.paper, self.spans = paper, spans

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """One line."""
        self.width, self.height = width, 14
        return self.width, self.height

    def draw(self) -> None:
        """Dashes left and right of the words."""
        canvas, size = self.canv, 9
        line = tuple(atoms_of(self.spans, self.paper.fonts, size))
        left = (self.width - natural_width(line)) / 2
        draw_line(canvas, self.paper, line, left, 4, size, 0)
        canvas.setLineWidth(0.6)
        canvas.setDash(4, 3)
        canvas.line(0, 7, left - 6, 7)
        canvas.line(self.width - left + 6, 7, self.width, 7)
