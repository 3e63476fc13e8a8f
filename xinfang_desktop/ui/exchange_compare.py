"""Both values of a conflict side by side: what it was, what each side made of it, a choice per field."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.presenters.conflicts import ADDED, REMOVED, ConflictGroup, Question, Side
from xinfang_desktop.services.conflicts import OTHER

from . import theme
from .form import FormContext, make_editor
from .widgets.text import label

_NAME_EM = 6.4
_SIDE_EM = 13.0
_BEFORE_EM = 9.0
_BARS: Final = ("accent", "second")


class Marked(QLabel):
    """A text in which what was added is bold and underlined, what was removed struck out."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self._side = side
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.typeset(self, "body")

    def look_changed(self) -> None:
        """Written anew in the colours of the look."""
        tokens = theme.tokens()
        style = {
            ADDED: f"color:{tokens.done};font-weight:600;text-decoration:underline",
            REMOVED: f"color:{tokens.error};text-decoration:line-through",
        }
        told = (
            f'<span style="{style[kind]}">{escape(text)}</span>' if kind in style else escape(text)
            for kind, text in self._side.pieces
        )
        self.setText("".join(told).replace("\n", "<br>"))


class Cell(QFrame):
    """One cell with a line at its right and below; ``bar`` paints a thick line above."""

    def __init__(self, fill: str = "base", bar: str = "") -> None:
        super().__init__()
        self._fill, self._bar = fill, bar
        self.column = QVBoxLayout(self)
        theme.space(self.column, (0.7, 0.45, 0.7, 0.5), 0.15)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, theme.color(self._fill))
        painter.setPen(QPen(theme.color("rule"), 1))
        painter.drawRect(box.adjusted(-0.5, -0.5, -0.5, -0.5))
        if self._bar:
            painter.fillRect(QRectF(0, 0, box.width(), 3), theme.color(self._bar))
        self.paint_over(painter, box)

    def paint_over(self, painter: QPainter, box: QRectF) -> None:
        """What a kind of cell paints besides."""


class ChoiceCell(Cell):
    """A cell that is chosen by its radio button, or by a click anywhere in it."""

    def __init__(self, radio: QRadioButton, body: QWidget, below: str = "") -> None:
        super().__init__()
        self.radio = radio
        line = QHBoxLayout()
        theme.space(line, 0, 0.3)
        line.addWidget(radio, 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        theme.space(told, (0, 0.15, 0, 0), 0.1)
        told.addWidget(body)
        if below:
            told.addWidget(label(below, "secondary", "text2", wrap=True))
        told.addStretch()
        line.addLayout(told, 1)
        self.column.addLayout(line)
        self.column.addStretch()
        radio.toggled.connect(lambda _on: self.update())

    def paint_over(self, painter: QPainter, box: QRectF) -> None:
        if self.radio.isChecked():
            painter.fillRect(box, theme.color("tint"))
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.radio.isEnabled():
            self.radio.setFocus()
            self.radio.click()


class Comparison(QWidget):
    """``picked(question, side)`` and ``written(question, value)`` tell what a person chose.

    Columns side by side where there is room for them, else the sides of a field one below the other.
    """

    picked = Signal(str, str)
    written = Signal(str, object)

    def __init__(
        self,
        group: ConflictGroup,
        context: FormContext,
        picks: Mapping[str, str],
        own: Mapping[str, Any],
        width: int,
    ) -> None:
        super().__init__()
        self.setAccessibleName("两边的写法")
        self._group, self._context, self._picks, self._own = group, context, picks, own
        self.radios: dict[tuple[str, str], QRadioButton] = {}
        self.editors: dict[str, Any] = {}
        self._choices: list[QButtonGroup] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        if self.fits(group, width):
            self._build_columns()
        else:
            self._build_stacked()
        theme.refit_below(self)

    @staticmethod
    def fits(group: ConflictGroup, width: int) -> bool:
        """Whether the sides stand beside each other in ``width`` px."""
        wanted = _NAME_EM + _BEFORE_EM + _SIDE_EM * len(group.heads)
        return width >= theme.em(wanted) and all(head.title for head in group.heads)

    # --- side by side ---

    def _build_columns(self) -> None:
        group, grid = self._group, self._grid
        grid.addWidget(Cell("head"), 0, 0)
        grid.addWidget(_head_cell("原来", "两边看到的", ""), 0, 1)
        for number, head in enumerate(group.heads):
            bar = _BARS[min(number, len(_BARS) - 1)]
            grid.addWidget(_head_cell(head.title, head.who, bar), 0, number + 2)
        row = 1
        for question in group.questions:
            row = self._add_row(question, row)
        grid.setColumnMinimumWidth(0, theme.em(_NAME_EM))
        grid.setColumnStretch(1, 3)
        for number in range(len(group.heads)):
            grid.setColumnStretch(number + 2, 5)

    def _add_row(self, question: Question, row: int) -> int:
        grid, heads = self._grid, self._group.heads
        rows = 2 if question.editor else 1
        grid.addWidget(_words_cell(question.label, "strong", "head"), row, 0, rows, 1)
        grid.addWidget(_words_cell(question.before or "（没有）", "body", "base", "text2"), row, 1)
        choices = self._buttons()
        for number, head in enumerate(heads):
            sides = [side for side in question.sides if side.column == head.column]
            cell = (
                self._side_cell(question, sides[0], choices, said="" if head.who else sides[0].who)
                if sides
                else Cell()
            )
            grid.addWidget(cell, row, number + 2)
        if question.editor:
            grid.addWidget(self._other_cell(question, choices), row + 1, 1, 1, len(heads) + 1)
        return row + rows

    # --- one below the other ---

    def _build_stacked(self) -> None:
        titles = {head.column: head.title for head in self._group.heads}
        row = 0
        for question in self._group.questions:
            head = Cell("head")
            head.column.addWidget(label(question.label, "strong", wrap=True))
            if question.before:
                head.column.addWidget(
                    label(f"原来：{question.before}", "secondary", "text2", wrap=True)
                )
            self._grid.addWidget(head, row, 0)
            row += 1
            choices = self._buttons()
            for side in question.sides:
                said = "，".join(filter(None, (titles.get(side.column, ""), side.who)))
                self._grid.addWidget(self._side_cell(question, side, choices, said=said), row, 0)
                row += 1
            if question.editor:
                self._grid.addWidget(self._other_cell(question, choices), row, 0)
                row += 1

    # --- cells ---

    def _buttons(self) -> QButtonGroup:
        made = QButtonGroup(self)
        self._choices.append(made)
        return made

    def _side_cell(
        self, question: Question, side: Side, choices: QButtonGroup, *, said: str
    ) -> Cell:
        if not side.pick:
            cell = Cell()
            cell.column.addWidget(Marked(side))
            if said:
                cell.column.addWidget(label(said, "secondary", "text2", wrap=True))
            return cell
        spoken = f"{question.label}：选{side.who}写的“{side.words}”"
        return ChoiceCell(self._radio(question.id, side.pick, spoken, choices), Marked(side), said)

    def _other_cell(self, question: Question, choices: QButtonGroup) -> Cell:
        radio = self._radio(
            question.id, OTHER, f"{question.label}：两边都不合适，另写一个", choices
        )
        body = QWidget()
        column = QVBoxLayout(body)
        theme.space(column, 0, 0.3)
        column.addWidget(label("两边都不合适，另写一个", "body"))
        editor = make_editor(question.field, self._context)
        editor.set_value(self._own.get(question.id))
        editor.setVisible(radio.isChecked())
        editor.changed.connect(lambda: self.written.emit(question.id, editor.value()))
        radio.toggled.connect(editor.setVisible)
        column.addWidget(editor)
        self.editors[question.id] = editor
        return ChoiceCell(radio, body)

    def _radio(self, question: str, pick: str, spoken: str, choices: QButtonGroup) -> QRadioButton:
        made = QRadioButton()
        made.setAccessibleName(spoken)
        made.setMinimumHeight(theme.em(1.7))
        made.setChecked(self._picks.get(question) == pick)
        made.clicked.connect(lambda _on=False: self.picked.emit(question, pick))
        choices.addButton(made)
        self.radios[question, pick] = made
        return made


def _head_cell(title: str, who: str, bar: str) -> Cell:
    made = Cell("head", bar)
    made.column.addWidget(label(title, "strong", wrap=True))
    if who:
        made.column.addWidget(label(who, "secondary", "text2", wrap=True))
    made.column.addStretch()
    return made


def _words_cell(words: str, role: str, fill: str, ink: str = "") -> Cell:
    made = Cell(fill)
    made.column.addWidget(label(words, role, ink, wrap=True))
    made.column.addStretch()
    return made
