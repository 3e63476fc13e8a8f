"""上期未了的纠纷 on 本期填报: one line each, with a tick where it was settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.return_forms import PROGRESS_FIELDS

from . import theme
from .form import FormContext, entries, sentence_of
from .widgets.combo import Combo
from .widgets.inputs import LineEdit
from .widgets.panel import empty
from .widgets.text import ProblemLine, label
from .widgets.ticks import Tick
from .widgets.wrap import WrapRow


class ProgressRow(QFrame):
    """One open dispute: what is new in a line, whether it is settled, and then how."""

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self, number: str, title: str, note: str, context: FormContext, *, last: bool
    ) -> None:
        super().__init__()
        self.number, self._title = number, title
        self.field = PROGRESS_FIELDS["text"]
        if not last:
            self.setProperty("panelhead", True)
        column = QVBoxLayout(self)
        theme.space(column, (0.85, 0.4, 0.85, 0.45), 0.2)
        head = QHBoxLayout()
        theme.space(head, 0, 0.7)
        head.addWidget(label(title, "strong", wrap=True), 1)
        head.addWidget(label(note, "secondary", "text2"))
        column.addLayout(head)
        box = QWidget()
        row = WrapRow(0.7, 0.3)
        box.setLayout(row)
        self.line = LineEdit(f"最新进展：{title}", hint="最新进展，没有变化不用写")
        self.settled = Tick("已化解", f"已化解：{title}")
        self.method = Combo(f"化解方式：{title}", entries(PROGRESS_FIELDS["method"], context))
        self._how = QWidget()
        how = QHBoxLayout(self._how)
        theme.space(how, 0, 0.5)
        how.addWidget(label("化解方式", "secondary", "text2"))
        how.addWidget(self.method, 1)
        row.add(self.line, 20, grows=True)
        row.add(self.settled, 5.2)
        row.add(self._how, 15)
        column.addWidget(box)
        self._problem = ProblemLine()
        column.addWidget(self._problem)
        self._how.hide()
        self._connect()

    def _connect(self) -> None:
        self.line.changed.connect(self._edited)
        self.line.entered.connect(self.settled.setFocus)
        self.settled.changed.connect(self._ticked)
        self.settled.entered.connect(self._leave_tick)
        self.method.changed.connect(self._edited)
        self.method.entered.connect(self.entered)

    def value(self) -> dict[str, Any]:
        """What is written, empty fields left out."""
        found = {
            "text": self.line.value(),
            "settled": self.settled.value(),
            "method": self.method.value() if self.settled.value() else "",
        }
        return {name: value for name, value in found.items() if value}

    def set_value(self, value: Mapping[str, Any]) -> None:
        """Show these."""
        self.line.set_value(value.get("text"))
        self.settled.set_value(value.get("settled"))
        self.method.set_value(value.get("method"))
        self._how.setVisible(self.settled.value())

    def say(self, problem: XinfangError | None) -> None:
        """Show what is wrong below the line, or take it away."""
        self._problem.say(sentence_of(problem) if problem else "")
        self.line.mark_problem(problem is not None)

    def problem(self) -> str:
        """The sentence shown."""
        return self._problem.text()

    def _edited(self) -> None:
        self.say(None)
        self.changed.emit(f"进展：{self._title}")

    def _ticked(self) -> None:
        self._how.setVisible(self.settled.value())
        self._edited()

    def _leave_tick(self) -> None:
        if self.settled.value():
            self.method.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()


class ProgressRows(QWidget):
    """The open disputes of earlier periods, a row each."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._context = context
        self.rows: dict[str, ProgressRow] = {}
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0)

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Number, title and note of each; what is written in a row stays."""
        if [number for number, _, _ in rows] == list(self.rows):
            return
        kept = self.value()
        empty(self)
        self.rows = {}
        for place, (number, title, note) in enumerate(rows, 1):
            row = ProgressRow(number, title, note, self._context, last=place == len(rows))
            row.changed.connect(self.changed)
            row.entered.connect(lambda number=number: self._next(number))
            self.rows[number] = row
            self._column.addWidget(row)
        self.set_value(kept)

    def value(self) -> dict[str, dict[str, Any]]:
        """What is written, by number; rows left empty are left out."""
        return {number: said for number, row in self.rows.items() if (said := row.value())}

    def set_value(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Show these."""
        for number, row in self.rows.items():
            row.set_value(values.get(number, {}))
            row.say(None)

    def focus_first(self) -> None:
        """Go to the first row."""
        next(iter(self.rows.values())).line.setFocus(Qt.FocusReason.TabFocusReason)

    def _next(self, number: str) -> None:
        numbers = list(self.rows)
        at = numbers.index(number)
        if at + 1 < len(numbers):
            self.rows[numbers[at + 1]].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
