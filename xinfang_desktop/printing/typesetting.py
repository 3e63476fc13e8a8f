"""Chinese lines (排版): what may begin or end a line, which characters stay together, how far
a line is stretched. Pure: text and faces in, lines out; drawing is elsewhere.

ReportLab's own CJK wrapping lets 《 end a line and ” begin one, and breaks 2026 in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from .faces import Face
from .fonts import Fonts

NO_START: Final = frozenset("、。，．；：？！）〕》〉」』】”’％‰℃·—…)]},.;:?!%")
NO_END: Final = frozenset("（〔《〈「『【“‘￥([{")

_NUMBERS: Final = (
    r"[0-9A-Z]{0,4}[0-9]{1,20}(?:[.:/-][0-9A-Z]{1,16})*[年月日号条款项件人元时分秒岁份页组%]?"
    r"|[0-9A-Za-z][0-9A-Za-z._@-]{0,15}|——|……"
)
WHOLE: Final = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|" + _NUMBERS)
"""What stays together in a cell."""

_TOGETHER: Final = re.compile(_NUMBERS + "|.", re.DOTALL)
_WITH_DATES: Final = re.compile(WHOLE.pattern + "|.", re.DOTALL)
"""In cells a date stays whole; in justified text only its parts do, or lines would gape."""

Kind = Literal["text", "blank", "tick", "box", "break", "may", "gap"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one paragraph as the template gives it. ``width`` in characters (blank, gap)."""

    text: str = ""
    role: str = "fangsong"
    kind: Kind = "text"
    width: float = 0
    underline: bool = False
    together: bool = False  # never broken
    name: str = ""  # the fact shown here, for marks in the preview


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never broken. ``face`` is None for drawn things and for characters no font has."""

    span: Span
    text: str
    face: Face | None
    width: float  # points
    shared: float  # how many gaps of the line it brings
    substituted: bool = False


Line = tuple[Atom, ...]


def atoms_of(
    spans: Iterable[Span], fonts: Fonts, size: float, *, whole_dates: bool = False
) -> list[Atom]:
    """Cut spans into atoms, each drawn by one face; ``size`` in points."""
    made: list[Atom] = []
    pattern = _WITH_DATES if whole_dates else _TOGETHER
    for span in spans:
        if span.kind != "text":
            width = span.width * size if span.kind in ("blank", "gap") else size * 1.25
            width = 0 if span.kind in ("break", "may") else width
            made.append(Atom(span, "", None, width, 0))
            continue
        for piece in [span.text] if span.together else pattern.findall(span.text):
            made.extend(_faced(span, piece, fonts, size))
    return made


def _faced(span: Span, piece: str, fonts: Fonts, size: float) -> Iterator[Atom]:
    first = fonts.chain(span.role)[0]
    faces = [first if c == " " else fonts.face_for(c, span.role) for c in piece]
    if len(set(faces)) == 1 and faces[0] is not None:
        yield _atom(span, piece, faces[0], size, first)
        return
    for char, face in zip(piece, faces, strict=True):
        yield _atom(span, char, face, size, first)


def _atom(span: Span, text: str, face: Face | None, size: float, first: Face) -> Atom:
    width = face.width(text, size) if face else size * len(text)
    ideograph = any(ord(c) >= 0x3400 for c in text)
    return Atom(span, text, face, width, len(text), ideograph and face is not first)


def break_lines(
    atoms: Sequence[Atom], first: float, rest: float, size: float, squeeze: float, hang: float
) -> list[Line]:
    """Fill lines of ``first`` then ``rest`` points.

    Characters may stand closer by ``squeeze`` em to take one more, and by ``hang`` em where that
    keeps a closing mark from beginning the next line.
    """
    breaks = {"break", "may"} if sum(atom.width for atom in atoms) > first else {"break"}
    lines: list[Line] = []
    line: list[Atom] = []
    used = gaps = 0.0
    queue = list(reversed(atoms))
    while queue:
        atom = queue.pop()
        if atom.span.kind in breaks:
            lines.append(tuple(line))
            line, used, gaps = [], 0.0, 0.0
            continue
        room = first if not lines else rest
        give = hang if _may_not_begin(atom) else squeeze
        if line and used + atom.width > room + (gaps + atom.shared) * size * give:
            gaping = room - used > _GAPING * size and len(atom.text) >= _LONG
            if gaping and (halves := _at_hyphen(atom, room - used)):
                queue.extend(reversed(halves))
                continue
            back = _move_back(line, atom)
            queue.append(atom)
            queue.extend(reversed(back))
            lines.append(tuple(line))
            line, used, gaps = [], 0.0, 0.0
            continue
        if not line and atom.width > room and len(atom.text) > 1:
            queue.extend(reversed(_at_hyphen(atom, room) or _shatter(atom)))
            continue
        if not (atom.text == " " and not line and lines):
            line.append(atom)
            used += atom.width
            gaps += atom.shared
    if line or not lines:
        lines.append(tuple(line))
    return lines


_GAPING: Final = 3
"""Characters of room from which on a long number is broken behind a hyphen."""

_LONG: Final = 14
"""Letters and digits that make a number long: a matter's number, never a telephone's."""


def _at_hyphen(atom: Atom, room: float) -> tuple[Atom, Atom] | None:
    """The number in two, the first part within ``room`` points; None where it has no hyphen."""
    each = atom.width / max(1, len(atom.text))
    cut = atom.text.rfind("-", 0, max(0, int(room / each))) + 1
    if atom.face is None or not 0 < cut < len(atom.text):
        return None
    halves = (atom.text[:cut], atom.text[cut:])
    first, second = (
        replace(atom, text=half, width=len(half) * each, shared=len(half)) for half in halves
    )
    return first, second


def _may_not_begin(atom: Atom) -> bool:
    return atom.text[:1] in NO_START if atom.text else False


def _may_not_end(atom: Atom) -> bool:
    return atom.text[-1:] in NO_END if atom.text else atom.span.kind in ("tick", "box")


def _move_back(line: list[Atom], coming: Atom) -> list[Atom]:
    """Take from the line's end what must go over with ``coming``; never the whole line."""
    back: list[Atom] = []
    while len(line) > 2:
        last = line[-1]
        begins = back[0] if back else coming
        if _may_not_end(last) or (_may_not_begin(begins) and len(back) < 3):
            back.insert(0, line.pop())
        else:
            break
    return back


def _shatter(atom: Atom) -> Sequence[Atom]:
    """An unbroken word wider than the line, character by character."""
    assert atom.face is not None
    each = atom.width / len(atom.text)
    return [replace(atom, text=c, width=each, shared=1) for c in atom.text]


def natural_width(line: Line) -> float:
    """Width in points before stretching."""
    return sum(atom.width for atom in line)


def gap_of(line: Line, room: float, most: float) -> float:
    """Space in points to add after each character so that the line fills ``room``.

    Negative where the line was squeezed. 0 where it would be stretched by more than ``most``
    points a character: 0 for the last line of a paragraph.
    """
    gaps = sum(atom.shared for atom in line) - 1
    gap = (room - natural_width(line)) / gaps if gaps > 0 else 0.0
    return gap if gap <= most else 0.0
