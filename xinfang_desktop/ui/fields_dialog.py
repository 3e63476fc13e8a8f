"""A form in a dialog: take a step, fill in a 有, add an account. Problems stand under their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field

from . import theme
from .form import FieldPlace, Form, FormContext, sentence_of
from .widgets.buttons import Button
from .widgets.inputs import LineEdit
from .widgets.panel import rule, scroller
from .widgets.text import ProblemLine, label

Refused = Callable[[Sequence[XinfangError]], None]
Submit = Callable[[Mapping[str, Any], Callable[[], None], Refused], None]
"""Given the values, what to call when it is done, and what to call with what is wrong."""

_WIDTHS: Mapping[str, float] = {"date": 12, "int": 9, "money": 12, "choice": 12, "person": 12}
_ROOM = 40.0  # em of fields in one line
_SHORT, _SHORT_WIDTH = 40, 12.0  # a text of so few characters (a name) is a short field


class FieldsDialog(QDialog):
    """``submit`` does the work; the dialog closes only when it is done, and clears nothing."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        context: FormContext,
        word: str,
        submit: Submit,
        *,
        values: Mapping[str, Any] | None = None,
        note: str = "",
        article: str = "",
        dangerous: bool = False,
        rows: Sequence[Sequence[FieldPlace]] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self._submit, self._word = submit, word
        self._open = True
        column = QVBoxLayout(self)
        theme.space(column, 0, 0)
        self._top = self._head(title, note, article)
        column.addWidget(self._top)
        column.addWidget(rule())
        # a number is printed as it is written, with its hyphen
        phone = {f.name: LineEdit(f.label) for f in fields if f.name == "phone"}
        self.form = Form(fields, context, rows or pack(fields), editors=phone)
        self.form.set_values(values or {})
        self.form.submitted.connect(self._leave_form)
        inner = QWidget()
        holder = QVBoxLayout(inner)
        theme.space(holder, (1.3, 0.8, 1.3, 0.8), 0.5)
        self.problem = ProblemLine()
        holder.addWidget(self.problem)
        holder.addWidget(self.form)
        self._scroll = scroller(inner, title)
        column.addWidget(self._scroll, 1)
        column.addWidget(rule())
        row = QHBoxLayout()
        theme.space(row, (1.3, 0.7, 1.3, 0.8), 0.6)
        row.addStretch()
        self.cancel = Button("取消")
        self.cancel.clicked.connect(self.reject)
        self.done_button = Button(word, primary=not dangerous, main=True)
        self.done_button.clicked.connect(self.send)
        self.done_button.setDefault(False)
        row.addWidget(self.cancel)
        row.addWidget(self.done_button)
        column.addLayout(row)
        self._inner = inner
        self._fit()

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return self.form.editor(name)

    def open(self) -> None:
        super().open()
        self._fit()
        self.form.focus_first()

    def start_at(self, widget: QWidget) -> None:
        """Begin at this editor, scrolled into view."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(widget, 0, theme.em(4)))

    def send(self) -> None:
        """Hand the values over; while that runs the button waits."""
        if not self.done_button.isEnabled():
            return
        self.problem.say("")
        self._busy(True)
        self._submit(self.form.values(), self._finished, self.show_problems)

    def show_problems(self, problems: Sequence[XinfangError]) -> None:
        """Each sentence under its field; what belongs to no field stands on top."""
        if not self._open:
            return
        self._busy(False)
        left = self.form.show_problems(problems)
        self.problem.say(" ".join(sentence_of(problem) for problem in left))
        if left and len(left) == len(problems):
            self.done_button.setFocus()

    def done(self, result: int) -> None:
        self._open = False
        super().done(result)

    def _finished(self) -> None:
        if self._open:
            self.accept()

    def _busy(self, busy: bool) -> None:
        self.done_button.setEnabled(not busy)
        self.done_button.setText(f"正在{self._word}…" if busy else self._word)

    def _leave_form(self) -> None:
        self.done_button.setFocus(Qt.FocusReason.TabFocusReason)

    @staticmethod
    def _head(title: str, note: str, article: str) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        theme.space(column, (1.3, 0.9, 1.3, 0.7), 0.2)
        column.addWidget(label(title, "title"))
        for text, role in ((note, "body"), (f"依据：{article}" if article else "", "secondary")):
            if text:
                column.addWidget(label(text, role, "text2", wrap=True))
        return head

    def _fit(self) -> None:
        """As high as its fields, never higher than the window."""
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else self.size()
        width = min(theme.em(46), room.width() - theme.em(2))
        wanted = self._inner.heightForWidth(width - theme.em(1))
        wanted = (wanted if wanted > 0 else self._inner.sizeHint().height()) + theme.em(7.5)
        wanted += max(self._top.heightForWidth(width), self._top.sizeHint().height())
        self.resize(width, min(wanted, room.height() - theme.em(1)))
        if parent is not None:
            middle = parent.window().frameGeometry().center()
            self.move(middle - self.rect().center())


def pack(fields: Sequence[Field]) -> list[list[FieldPlace]]:
    """Short fields side by side, long ones alone, in their order."""
    rows: list[list[FieldPlace]] = []
    used = _ROOM
    for field in fields:
        short = field.kind == "text" and field.max_length <= _SHORT
        width = _SHORT_WIDTH if short else _WIDTHS.get(field.kind, 0.0)
        if not width:
            rows.append([field.name])
            used = _ROOM
            continue
        if used + width > _ROOM:
            rows.append([])
            used = 0
        rows[-1].append((field.name, width))
        used += width
    return rows
