"""Words in cells, quickly (单元格排字): where lines end, how wide they are, how they are shown.

The rules of ``typesetting`` without its atoms, stretching and marks: one look-up a character,
for tables of a hundred thousand cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final

from .drawing import Paper
from .faces import Face
from .layout import Style
from .twobyte import Remembered, TwoByteFont
from .typesetting import NO_END, NO_START, WHOLE
from .words import clean

_STAND_IN: Final = "＿"
"""Printed where no font has the character: room for the pen. All Chinese fonts have it."""

_IDEOGRAPHS: Final = 0x3400
"""From here on it is worth saying that another face drew a character."""

_LIST: Final = re.compile(r"[^、，。；：？！]{1,8}(?:、[^、，。；：？！]{1,8})+")
"""A cell of short items, such as names, which are better not broken."""

_SEAMS: Final = "-年月"
"""Behind these a number or date is broken that is wider than its column."""

_HAIR: Final = 0.01
"""Points by which a line may be too long, for sums of floats."""


def break_cell(text: str, widths: Mapping[str, float], room: float) -> list[str]:
    """Lines of at most ``room`` points; ``text`` has no line ends, ``widths`` are in points.

    Dates, numbers and listed names stay together, no closing mark begins a line, no opening mark
    ends one, unless the column is too narrow for that.
    """
    ends = list(accumulate(map(widths.__getitem__, text)))
    if not ends or ends[-1] <= room + _HAIR:
        return [text]
    inside = _inside(text)
    lines = []
    start, used = 0, 0.0
    while (end := bisect_right(ends, used + room + _HAIR, start)) < len(text):
        end = _cut(text, start, max(end, start + 1), inside)
        lines.append(text[start:end].rstrip())
        start = end + (text[end : end + 1] == " ")
        used = ends[start - 1]
    if start < len(text):
        lines.append(text[start:])
    return lines


def _inside(text: str) -> set[int]:
    """Places where a line had better not end: within dates, numbers, items of a list."""
    if _LIST.fullmatch(text):
        return {at for at in range(1, len(text)) if text[at - 1] != "、"}
    return {at for match in WHOLE.finditer(text) for at in range(match.start() + 1, match.end())}


def _cut(text: str, start: int, end: int, inside: set[int]) -> int:
    """Where the line from ``start`` ends at best, ``end`` being as much as fits."""
    for at in range(end, start, -1):
        if at not in inside and text[at : at + 1] not in NO_START and text[at - 1] not in NO_END:
            return at
    return max(text.rfind(seam, start, end) for seam in _SEAMS) + 1 or end


class Setter:
    """Sets words in one style, each run by the first face that has its characters."""

    def __init__(self, paper: Paper, style: Style, fonts: dict[Face, TwoByteFont]) -> None:
        """``fonts``: those of the document, shared by its setters; grows as faces are needed."""
        self.style = style
        self._paper, self._fonts = paper, fonts
        self._main = self._font(paper.fonts.chain(style.role)[0])
        self._otherwise: dict[str, tuple[TwoByteFont, str]] = {}
        self._widths = Remembered(self._measure)

    @property
    def chosen(self) -> str:
        """The operator that chooses face and size, before the first line in this style."""
        return self._choose(self._main)

    def lines(self, text: str, room: float) -> list[str]:
        """The text in lines of at most ``room`` points; none where there is no text."""
        text = text.strip() if text.isprintable() else clean(text)
        if not text:
            return []
        parts = text.split("\n") if "\n" in text else (text,)
        return [line for part in parts for line in break_cell(part.strip(), self._widths, room)]

    def width(self, line: str) -> float:
        """Points."""
        return sum(map(self._widths.__getitem__, line))

    def shown(self, line: str) -> str:
        """The operators that show a measured line; ``chosen`` holds before and after them."""
        if self._otherwise.keys().isdisjoint(line):
            return f"{self._main.shown(line)} Tj"
        drawn = [self._otherwise.get(char, (self._main, char)) for char in line]
        runs = [
            f"{self._choose(font)} {font.shown(''.join(char for _, char in run))} Tj"
            for font, run in groupby(drawn, itemgetter(0))
        ]
        return " ".join((*runs, self.chosen))

    def _measure(self, char: str) -> float:
        """The width of a character met for the first time; notes who draws it."""
        paper, role, drawn = self._paper, self.style.role, char
        face = paper.fonts.face_for(char, role)
        if face is None:
            paper.missing[char] = None
            drawn = _STAND_IN
            face = paper.fonts.face_for(drawn, role)
            assert face is not None, "the shipped fonts have it"
        elif face is not self._main.face and ord(char) >= _IDEOGRAPHS:
            paper.substituted[char] = face.title
        if face is not self._main.face or drawn != char:
            self._otherwise[char] = self._font(face), drawn
        return face.width(drawn, self.style.size)

    def _font(self, face: Face) -> TwoByteFont:
        return self._fonts.setdefault(face, TwoByteFont(face, f"L{len(self._fonts) + 1}"))

    def _choose(self, font: TwoByteFont) -> str:
        return f"/{font.name} {self.style.size:g} Tf"
