"""What stands on a page (版面元素): text, rows of a form, the signature with room for the seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from .fonts import Fonts
from .layout import MM, Layout, Style
from .typesetting import Atom, Line, Span, atoms_of, break_lines, gap_of, natural_width

_WIDOW = 2
"""Lines of a paragraph that stay together at a page break."""

_TINTS = {
    "must": (Color(0.98, 0.89, 0.88), Color(0.63, 0.11, 0.09)),
    "look": (Color(0.98, 0.95, 0.86), Color(0.48, 0.32, 0.0)),
}
"""Preview only: fill and edge of a marked place (VISUAL.md, due states late and soon)."""


_RING = Color(0.35, 0.39, 0.4)


@dataclass
class Paper:
    """What all elements of one paper share. ``marks``: fact → level, shown in a preview."""

    fonts: Fonts
    layout: Layout
    preview: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    substituted: dict[str, str] = field(default_factory=dict)


def draw_line(
    canvas: Canvas, paper: Paper, line: Line, x: float, y: float, size: float, gap: float
) -> None:
    """Draw one line with its baseline at (x, y); runs of one face go out together."""
    run: list[Atom] = []
    start = x
    for atom in (*line, None):
        if atom is not None and run and atom.face is run[0].face and atom.span is run[0].span:
            run.append(atom)
            x += atom.width + gap * atom.shared
            continue
        if run:
            _draw_run(canvas, paper, run, start, x, y, size, gap)
        if atom is not None:
            run, start = [atom], x
            x += atom.width + gap * atom.shared


def _draw_run(
    canvas: Canvas, paper: Paper, run: list[Atom], x: float, end: float, y: float, size: float,
    gap: float,
) -> None:  # fmt: skip
    span, face = run[0].span, run[0].face
    text = "".join(atom.text for atom in run)
    if paper.preview:
        _mark(canvas, paper, run, x, end - gap, y, size)
    if face is not None:
        canvas.setFont(face.key, size)
        canvas.drawString(x, y, text, charSpace=gap)
        if run[0].substituted:
            paper.substituted.update(dict.fromkeys(text, face.title))
    elif span.kind == "text":
        paper.missing.update(dict.fromkeys(text))
        _rule(canvas, x, end - gap, y - 0.16 * size)
    elif span.kind in ("tick", "box"):
        _draw_box(canvas, span.kind, x + 0.08 * size, y - 0.08 * size, 0.82 * size)
    if span.kind == "blank" or span.underline:
        _rule(canvas, x, end - gap, y - 0.16 * size)


def _rule(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.setLineWidth(0.6)
    canvas.line(left, y, right, y)


def _mark(
    canvas: Canvas, paper: Paper, run: list[Atom], x: float, end: float, y: float, size: float
) -> None:
    level = paper.marks.get(run[0].span.name, "")
    if run[0].substituted or run[0].span.kind == "blank":
        level = level or "look"
    if level not in _TINTS:
        return
    fill, edge = _TINTS[level]
    canvas.saveState()
    canvas.setFillColor(fill)
    canvas.setStrokeColor(edge)
    canvas.setLineWidth(0.8)
    if run[0].span.kind == "blank":
        canvas.setDash(3, 2)
    canvas.rect(x, y - 0.24 * size, end - x, 1.28 * size, fill=1)
    canvas.restoreState()


def _draw_box(canvas: Canvas, kind: str, x: float, y: float, side: float) -> None:
    """☐ ☑ are in none of the fonts, so they are drawn."""
    canvas.setLineWidth(0.9)
    canvas.rect(x, y, side, side)
    if kind == "tick":
        canvas.setLineWidth(1.5)
        canvas.lines([
            (x + 0.18 * side, y + 0.5 * side, x + 0.42 * side, y + 0.2 * side),
            (x + 0.42 * side, y + 0.2 * side, x + 0.86 * side, y + 0.86 * side),
        ])  # fmt: skip


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
        """Lines from the top, the glyph box centred in the line pitch."""
        style = self.style
        top = self.height - (style.leading - style.size) / 2 - 0.88 * style.size
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
        self, paper: Paper, organ: Sequence[Span], date: Sequence[Span], sealed: bool = True
    ) -> None:
        """``sealed`` False: two lines, for papers that carry no seal."""
        super().__init__()
        self.paper, self.organ, self.date, self.sealed = paper, organ, date, sealed
        self.style = paper.layout.styles["sign"]

    @property
    def radius(self) -> float:
        """Of the seal, in points; 0 where there is none."""
        return self.paper.layout["seal"]["diameter"] * MM / 2 if self.sealed else 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The seal right under the text; its lower edge may reach into the margin."""
        self.width = width
        dip = self.paper.layout["seal"]["dip"] * MM
        self.height = 2 * self.radius + 4 - dip if self.sealed else 2.6 * self.style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Never."""
        return []

    def draw(self) -> None:
        """The date four characters in, the organ centred over it but never beyond the margin."""
        size, leading = self.style.size, self.style.leading
        dated, named = (self._line(spans) for spans in (self.date, self.organ))
        indent = self.paper.layout["seal"]["indent"] * size
        reach = max(natural_width(named) / 2, natural_width(dated) / 2, self.radius)
        middle = min(self.width - indent - natural_width(dated) / 2, self.width - reach)
        centre = self.height - self.radius - 2
        y = centre - self.paper.layout["seal"]["below_centre"] * MM - 0.38 * size
        if not self.sealed:
            y = 1.3 * leading
        if self.sealed and self.paper.preview:
            self._ring(middle, centre)
        for line, at in ((named, y), (dated, y - leading)):
            x = middle - natural_width(line) / 2
            draw_line(self.canv, self.paper, line, x, at, size, 0)

    def _line(self, spans: Sequence[Span]) -> Line:
        return tuple(atoms_of(spans, self.paper.fonts, self.style.size))

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
