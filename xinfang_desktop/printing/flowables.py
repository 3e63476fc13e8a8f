"""Paragraphs and the signature with room for the seal (段落与落款)."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable

from .drawing import Paper, draw_line
from .layout import MM, Style
from .typesetting import Line, Span, atoms_of, break_lines, gap_of, natural_width

_WIDOW = 2
"""Lines of a paragraph that stay together at a page break."""

_RING = Color(0.35, 0.39, 0.4)


class Text(Flowable):  # type: ignore[misc]
    """One paragraph. Splits between lines, never leaving a single one behind."""

    def __init__(
        self, paper: Paper, style: Style, spans: Sequence[Span], lines: list[Line] | None = None,
        *, after: float = 0, hanging: float = 0,
    ) -> None:  # fmt: skip
        """``after`` points below; ``hanging``: characters by which all but the first line stand in."""
        super().__init__()
        self.width: float = 0
        self.paper, self.style, self.spans = paper, style, spans
        self.lines: list[Line] = lines or []
        self.set_before = lines is not None
        self.ends = True
        self.spaceAfter = after
        self.hanging = hanging
        self.keepWithNext = style.keep

    def _left(self, number: int) -> float:
        if self.set_before:
            return self.hanging * self.style.size
        return (self.style.indent if number == 0 else self.hanging) * self.style.size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break into lines of this width."""
        if not self.set_before and (not self.lines or width != self.width):
            numbers = self.paper.layout["breaking"]
            size = self.style.size
            whole = self.style.align != "justify"
            atoms = atoms_of(self.spans, self.paper.fonts, size, whole_dates=whole)
            first, rest = width - self._left(0), width - self._left(1)
            self.lines = break_lines(atoms, first, rest, size, numbers["squeeze"], numbers["hang"])
        self.width = width
        self.height = len(self.lines) * self.style.leading
        return self.width, self.height

    def cut(self, count: int) -> tuple[Text, Text]:
        """Two paragraphs: the first ``count`` lines and the others."""
        rest = Text(self.paper, self.style, self.spans, self.lines[count:], hanging=self.hanging)
        first = Text(self.paper, self.style, self.spans, self.lines[:count], hanging=self.hanging)
        if not self.set_before:
            first.set_before = False  # its first line still has the indent
        first.ends = False
        rest.ends, rest.spaceAfter = self.ends, self.spaceAfter
        first.width = rest.width = self.width
        return first, rest

    def split(self, width: float, height: float) -> list[Flowable]:
        """At least two lines on both sides, else the whole moves on."""
        fit = int((height + 0.01) // self.style.leading)
        fit = min(fit, len(self.lines) - _WIDOW)
        return list(self.cut(fit)) if fit >= _WIDOW else []

    def draw(self) -> None:
        """Lines from the top."""
        style = self.style
        top = self.height - style.drop
        most = self.paper.layout["breaking"]["stretch"] * style.size
        for number, line in enumerate(self.lines):
            last = self.ends and number == len(self.lines) - 1
            closed = last or (number + 1 < len(self.lines) and _ends_by_break(self.spans))
            room = self.width - self._left(number)
            gap = gap_of(line, room, most if style.align == "justify" and not closed else 0)
            drawn = natural_width(line) + gap * max(0, sum(a.shared for a in line) - 1)
            slack = {"centre": (room - drawn) / 2, "right": room - drawn}.get(style.align, 0.0)
            x = self._left(number) + slack
            draw_line(self.canv, self.paper, line, x, top, style.size, gap)
            top -= style.leading


def _ends_by_break(spans: Sequence[Span]) -> bool:
    """Paragraphs with breaks of their own (addresses, lists in a cell) are not stretched."""
    return any(span.kind == "break" for span in spans)


class Sign(Flowable):  # type: ignore[misc]
    """Organ over date with room for a real seal (GB/T 9704 7.3.5.1). Nothing is drawn there
    but, in a preview, a dashed ring that says so."""

    def __init__(
        self,
        paper: Paper,
        organ: Sequence[Span],
        date: Sequence[Span],
        *,
        style: str = "sign",
        sealed: bool = True,
        ends_page: bool = True,
    ) -> None:
        """``sealed`` False: two lines, for papers that carry no seal. ``ends_page`` False: the
        seal may not reach below, because something follows."""
        super().__init__()
        self.paper, self.organ, self.date, self.sealed = paper, organ, date, sealed
        self.ends_page = ends_page
        self.style = paper.layout.styles[style]

    @property
    def radius(self) -> float:
        """Of the seal, in points; 0 where there is none."""
        return self.paper.layout["seal"]["diameter"] * MM / 2 if self.sealed else 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The seal right under the text; its lower edge may reach into the margin."""
        self.width = width
        dip = self.paper.layout["seal"]["dip"] * MM if self.ends_page else 0
        self.height = 2 * self.radius + 4 - dip if self.sealed else 2.6 * self.style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Never."""
        return []

    def draw(self) -> None:
        """The date four characters in, the organ centred over it but never beyond the margin;
        in a narrow cell a long name is drawn smaller."""
        leading = self.style.leading
        widest = max(natural_width(self._line(s, self.style.size)) for s in (self.date, self.organ))
        size = self.style.size * min(1.0, self.width / widest)
        dated, named = (self._line(spans, size) for spans in (self.date, self.organ))
        indent = self.paper.layout["seal"]["indent"] * size
        reach = max(natural_width(named) / 2, natural_width(dated) / 2, self.radius)
        middle = min(self.width - indent - natural_width(dated) / 2, self.width - reach)
        middle = max(middle, min(reach, self.width / 2))
        centre = self.height - self.radius - 2
        y = centre - self.paper.layout["seal"]["below_centre"] * MM - 0.38 * size
        if not self.sealed:
            y = 1.3 * leading
        if self.sealed and self.paper.preview:
            self._ring(middle, centre)
        for line, at in ((named, y), (dated, y - leading)):
            x = middle - natural_width(line) / 2
            draw_line(self.canv, self.paper, line, x, at, size, 0)

    def _line(self, spans: Sequence[Span], size: float) -> Line:
        return tuple(atoms_of(spans, self.paper.fonts, size))

    def _ring(self, x: float, y: float) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(_RING)
        canvas.setFillColor(_RING)
        canvas.setLineWidth(0.8)
        canvas.setDash(4, 3)
        canvas.circle(x, y, self.radius)
        line = tuple(atoms_of([Span("盖章处（不打印）")], self.paper.fonts, 10))
        left = x - natural_width(line) / 2
        draw_line(canvas, self.paper, line, left, y + 0.45 * self.radius, 10, 0)
        canvas.restoreState()


class Closing(Flowable):  # type: ignore[misc]
    """The last paragraph and the signature: two lines of text always come along (no page with
    nothing but a seal)."""

    def __init__(self, text: Text, sign: Sign) -> None:
        super().__init__()
        self.text, self.sign = text, sign

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Both heights."""
        self.width = width
        self.height = self.text.wrap(width, height)[1] + self.sign.wrap(width, height)[1]
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """As many lines here as fit, two at least on each side."""
        fit = int((height + 0.01) // self.text.style.leading)
        fit = min(fit, len(self.text.lines) - _WIDOW)
        if fit < _WIDOW:
            return []
        first, rest = self.text.cut(fit)
        return [first, Closing(rest, self.sign)]

    def draw(self) -> None:
        """Text on top."""
        self.text.drawOn(self.canv, 0, self.height - self.text.height)
        self.sign.drawOn(self.canv, 0, 0)
