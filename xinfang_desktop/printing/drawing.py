"""Lines of text on a canvas (画字): runs of one face, blanks, ticks, and marks in a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from .fonts import Fonts
from .layout import Layout
from .typesetting import Atom, Line

_TINTS = {
    "must": (Color(0.98, 0.89, 0.88), Color(0.63, 0.11, 0.09)),
    "look": (Color(0.98, 0.95, 0.86), Color(0.48, 0.32, 0.0)),
}
"""Preview only: fill and edge of a marked place (VISUAL.md, due states late and soon)."""


@dataclass
class Paper:
    """What all elements of one paper share. ``marks``: fact → level, shown in a preview."""

    fonts: Fonts
    layout: Layout
    preview: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    substituted: dict[str, str] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese sentences about the fonts and characters of what was drawn so far."""
        lost = [f"没有字体能打出“{char}”，纸上留了空，请用笔写上" for char in self.missing]
        rare = [f"“{char}”改用{title}打印" for char, title in self.substituted.items()]
        return (*lost, *rare, *self.fonts.replacements)


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
