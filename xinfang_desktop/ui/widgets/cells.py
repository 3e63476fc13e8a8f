"""What stands in a cell of a table: one kind of column, one painter.

A new kind is a painter and a line in ``KINDS``; nothing else knows the kinds by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from .. import theme
from . import grade, meter, three
from .chip import paint_chip
from .flag import flag_width, paint_flag
from .text import paint_words


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its painter gets it. ``words`` are there for every kind; a chip also has its
    ``state``, a meter and the three marks their ``states``, a grade its ``level``, a flagged name its
    ``flag``.
    """

    words: str
    state: str = "rest"
    states: Sequence[str] = ()
    level: int = 0
    chosen: bool = False
    flag: str = ""

    @property
    def ink(self) -> str:
        """The colour role of plain words."""
        return "on_selection" if self.chosen else "text"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of cell is painted, said (copied and read out), and on which side it stands."""

    paint: Callable[[QPainter, QRectF, Cell], None]
    said: Callable[[Cell], str] = lambda cell: cell.words
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


def _text(painter: QPainter, box: QRectF, cell: Cell) -> None:
    paint_words(painter, box, cell.words, cell.ink)


def _strong(painter: QPainter, box: QRectF, cell: Cell) -> None:
    paint_words(painter, box, cell.words, cell.ink, "strong")


def _flagged(painter: QPainter, box: QRectF, cell: Cell) -> None:
    """A name and behind it, framed, what must be known about it."""
    if not cell.flag:
        _strong(painter, box, cell)
        return
    room = flag_width(cell.flag)
    names = QRectF(box)
    names.setWidth(max(0.0, box.width() - room - theme.em(0.5)))
    _strong(painter, names, cell)
    wide = theme.metrics("strong").horizontalAdvance(cell.words)
    left = names.x() + min(wide, names.width()) + theme.em(0.5)
    paint_flag(painter, QRectF(left, box.y(), room, box.height()), cell.flag)


def _flag_said(cell: Cell) -> str:
    return f"{cell.words}（{cell.flag}）" if cell.flag else cell.words


def _number(painter: QPainter, box: QRectF, cell: Cell) -> None:
    paint_words(painter, box, cell.words, cell.ink, side=Qt.AlignmentFlag.AlignRight)


def _chip(painter: QPainter, box: QRectF, cell: Cell) -> None:
    if cell.words:
        dark = theme.tokens().on_selection == theme.tokens().on_accent
        paint_chip(painter, box, cell.state, cell.words, cell.chosen and dark)


def _meter(painter: QPainter, box: QRectF, cell: Cell) -> None:
    meter.paint_meter(painter, box, cell.states)


def _grade(painter: QPainter, box: QRectF, cell: Cell) -> None:
    grade.paint_grade(painter, box, cell.level, cell.words, cell.ink)


def _three(painter: QPainter, box: QRectF, cell: Cell) -> None:
    three.paint_three(painter, box, cell.states)


KINDS = {
    "text": Kind(_text),
    "strong": Kind(_strong),  # the column that names the row
    "flagged": Kind(_flagged, _flag_said),  # the same with a mark behind it (冲突)
    "number": Kind(_number, side=Qt.AlignmentFlag.AlignRight),
    "chip": Kind(_chip),  # a due state (期限)
    "meter": Kind(_meter, lambda cell: meter.spoken(cell.states)),  # 四有
    "grade": Kind(_grade),  # 级别, of the dispute only
    "three": Kind(_three, lambda cell: three.spoken(cell.states)),  # 三不放过
}
"""Kind of a column → how its cells are painted and said."""
