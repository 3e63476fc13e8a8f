"""A form built from field declarations: labels above, problems below, Enter goes on.

Used by 登记 and by every "do a step" dialog, so it knows every kind of field. Validation is not
here: the form shows the problems it is given and never clears what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field

from . import theme
from .widgets.combo import Choice, Combo, choices
from .widgets.dates import DateEdit
from .widgets.inputs import IntEdit, LineEdit, MoneyEdit, PasswordEdit, PhoneEdit, TextEdit
from .widgets.lines import LinesEditor
from .widgets.rows import RowsEditor
from .widgets.text import Link, ProblemLine, label
from .widgets.ticks import Tick, Ticks
from .widgets.wrap import WrapRow

REQUIRED = "必填"


class Editor(Protocol):
    """What every editor of the kit offers."""

    changed: SignalInstance
    entered: SignalInstance

    def value(self) -> Any: ...
    def set_value(self, value: object) -> None: ...
    def mark_problem(self, wrong: bool) -> None: ...


def _nobody() -> Sequence[Choice]:
    return ()


def _no_table(_name: str) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form asks of the desk: the day, a code table by name, the office's people."""

    today: Callable[[], date]
    table: Callable[[str], Sequence[Choice]] = _no_table
    people: Callable[[], Sequence[Choice]] = _nobody


def entries(field: Field, context: FormContext) -> Sequence[Choice]:
    """The choices of a field, from its own list or its code table."""
    return (
        context.table(field.choices) if isinstance(field.choices, str) else choices(field.choices)
    )


def _many(field: Field, context: FormContext) -> QWidget:
    if field.choices:
        return Ticks(field.label, entries(field, context))
    return LinesEditor(field.label, numbered=False)


def _rows(field: Field, context: FormContext) -> QWidget:
    def cells() -> list[tuple[Field, QWidget]]:
        return [(column, make_editor(column, context)) for column in field.columns]

    return RowsEditor(field.label, cells)


_MAKE: Mapping[str, Callable[[Field, FormContext], QWidget]] = {
    "text": lambda f, c: LineEdit(f.label),
    "long": lambda f, c: TextEdit(f.label, rows=2),
    "date": lambda f, c: DateEdit(f.label, c.today, past=not f.name.endswith(("due", "by_when"))),
    "int": lambda f, c: IntEdit(f.label),
    "money": lambda f, c: MoneyEdit(f.label),
    "bool": lambda f, c: Tick(f.label),
    "choice": lambda f, c: Combo(f.label, entries(f, c)),
    "many": _many,
    "person": lambda f, c: Combo(f.label, c.people(), free=True),
    "matter": lambda f, c: LineEdit(f.label),
    "rows": _rows,
}
_BY_NAME: Mapping[str, Callable[[Field, FormContext], QWidget]] = {
    "phone": lambda f, c: PhoneEdit(f.label),
    "headcount": lambda f, c: IntEdit(f.label, "人"),
    "password": lambda f, c: PasswordEdit(f.label),
    "password_again": lambda f, c: PasswordEdit(f.label),
    "old_password": lambda f, c: PasswordEdit(f.label),
}


def make_editor(field: Field, context: FormContext) -> Any:
    """The editor for one field; ``_BY_NAME`` knows a few that their kind does not tell."""
    made = _BY_NAME.get(field.name, _MAKE[field.kind])(field, context)
    made.setAccessibleDescription(field.help)
    return made


class FieldBox(QWidget):
    """Label, 必填, an optional link at the right; the editor; the problem's sentence."""

    def __init__(self, field: Field, editor: Any, link: Link | None = None, note: str = "") -> None:
        super().__init__()
        self.field = field
        self.editor = editor
        column = QVBoxLayout(self)
        theme.space(column, 0, 0.05)
        self._problem = ProblemLine()
        self._named = ""
        if field.kind != "bool":
            head = QHBoxLayout()
            theme.space(head, 0, 0.6)
            self.title = label(field.label + (f"（{note}）" if note else ""), "secondary", "text2")
            self.title.setBuddy(editor)
            head.addWidget(self.title)
            if field.required:
                head.addWidget(label(REQUIRED, "head", "accent"))
            head.addStretch()
            if link is not None:
                head.addWidget(link)
            column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self._problem)
        column.addStretch(
            1
        )  # not AlignTop: that would cut an editor whose height follows its width

    def set_down(self) -> None:
        """Start at the height where other boxes have their editor."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, label(" ", "secondary"))

    def lend_problem(self) -> ProblemLine:
        """The problem's line, for a row of several fields: there it stands below the row, as wide
        as the row, and names its field."""
        self._named = f"{self.field.label}："
        layout = self.layout()
        if layout is not None:
            layout.removeWidget(self._problem)
        return self._problem

    def problem(self) -> str:
        """The sentence shown under the field."""
        return self._problem.text().removeprefix(self._named)

    def say(self, sentence: str) -> None:
        """Show a problem, or take it away with an empty sentence."""
        self._problem.say(sentence and f"{self._named}{sentence}")
        self.editor.mark_problem(bool(sentence))


FieldPlace = str | tuple[str, float]


class Form(QWidget):
    """Fields in rows. A place is a name, or ``(name, width in em)``; 0 or no width grows.

    ``changed(name)`` at each edit by the person; ``submitted`` when Enter leaves the last field.
    """

    changed = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        fields: Iterable[Field],
        context: FormContext,
        rows: Sequence[Sequence[FieldPlace]] = (),
        *,
        editors: Mapping[str, Any] | None = None,
        links: Mapping[str, Link] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._boxes: dict[str, FieldBox] = {}
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0.28)
        for field in fields:
            editor = (editors or {}).get(field.name) or make_editor(field, context)
            link = (links or {}).get(field.name)
            self._boxes[field.name] = FieldBox(
                field, editor, link, (notes or {}).get(field.name, "")
            )
        placed = rows or [[name] for name in self._boxes]
        self._order: list[str] = []
        for row in placed:
            line = WrapRow()
            for place in row:
                name, width = (place, 0.0) if isinstance(place, str) else place
                box = self._boxes[name]
                below = box.lend_problem() if len(row) > 1 else None
                line.add(box, width or 12, grows=width == 0, below=below)
                self._order.append(name)
            self._align(row)
            self._column.addLayout(line)
        self._column.addStretch(1)
        for name in self._boxes:
            self._connect(name)
        self._tab_order()

    def box(self, name: str) -> FieldBox:
        """Label, editor and problem of a field."""
        return self._boxes[name]

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return self._boxes[name].editor

    def insert(self, index: int, widget: QWidget) -> None:
        """Put another widget between the rows (a block of its own)."""
        self._column.insertWidget(index, widget)

    def values(self) -> dict[str, Any]:
        """What is written, by field; fields left empty are left out, ticks are always there."""
        found = {name: box.editor.value() for name, box in self._boxes.items()}
        return {name: value for name, value in found.items() if value not in ("", None, [])}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these values; fields not named stay as they are."""
        for name, value in values.items():
            if name in self._boxes:
                self._boxes[name].editor.set_value(value)

    def clear(self) -> None:
        """Empty every field and take the problems away (for the next visitor)."""
        for box in self._boxes.values():
            box.editor.set_value(None)
            box.say("")

    def show_problems(self, problems: Sequence[XinfangError]) -> list[XinfangError]:
        """Put each sentence under its field, focus the first; returns those without a field here."""
        told: dict[str, str] = {}
        left = []
        for problem in problems:
            name = problem.field.partition(".")[0]
            if name in self._boxes:
                told.setdefault(name, sentence_of(problem))
            else:
                left.append(problem)
        for name, box in self._boxes.items():
            box.say(told.get(name, ""))
        first = next((name for name in self._order if name in told), "")
        if first:
            self.focus(first)
        return left

    def say(self, name: str, sentence: str) -> None:
        """Show one sentence under a field without moving the focus (it may wait)."""
        self._boxes[name].say(sentence)

    def focus(self, name: str) -> None:
        """Go to a field and scroll it into view."""
        box = self._boxes[name]
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        parent = box.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(box)

    def focus_first(self) -> None:
        """Go to the first field that is empty, else to the first."""
        empty = (n for n in self._order if self._boxes[n].editor.value() in ("", None, []))
        self.focus(next(empty, self._order[0]))

    def names(self) -> tuple[str, ...]:
        """The fields in reading order."""
        return tuple(self._order)

    def _align(self, row: Sequence[FieldPlace]) -> None:
        """Set tick boxes beside labelled fields at the height of their editors."""
        boxes = [self._boxes[place if isinstance(place, str) else place[0]] for place in row]
        if any(box.field.kind != "bool" for box in boxes):
            for box in boxes:
                if box.field.kind == "bool":
                    box.set_down()

    def _connect(self, name: str) -> None:
        editor = self._boxes[name].editor
        editor.changed.connect(lambda: self._edited(name))
        editor.entered.connect(lambda: self._next(name))

    def _edited(self, name: str) -> None:
        self._boxes[name].say("")
        self.changed.emit(name)

    def _next(self, name: str) -> None:
        index = self._order.index(name)
        for later in self._order[index + 1 :]:
            if self._boxes[later].isVisible() and self._boxes[later].isEnabled():
                self._boxes[later].editor.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.submitted.emit()

    def _tab_order(self) -> None:
        last: QWidget | None = None
        for name in self._order:
            editor = self._boxes[name].editor
            if last is not None:
                QWidget.setTabOrder(last, editor)
            last = editor


def sentence_of(problem: XinfangError) -> str:
    """What is wrong and what to do, as one line under a field."""
    return f"{problem.sentence}{problem.mend}"
