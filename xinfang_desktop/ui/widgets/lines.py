"""Lists that one writes: numbered claims (诉求), and rows of small fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme
from .inputs import LineEdit, mark, plain
from .text import label


class _NumberedLine(QFrame):
    """One line in one frame with its number before it."""

    def __init__(self, number: int, name: str, numbered: bool) -> None:
        super().__init__()
        self.line = LineEdit(f"{name} {number}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.number = label(str(number), "strong", "accent")
        self.number.setParent(self.line)
        self.number.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.number.setVisible(numbered)
        self._numbered = numbered
        row.addWidget(self.line)
        self.look_changed()

    def look_changed(self) -> None:
        """Keep the number in its place at every scale."""
        if self._numbered:
            self.line.setTextMargins(theme.em(1.6), 0, 0, 0)
            self.number.setGeometry(theme.em(0.6), 0, theme.em(1.6), theme.em(2.3))


class LinesEditor(QWidget):
    """One item a line. Enter goes on to the next line, on an empty last line it leaves;
    Backspace in an empty line takes it away. ``add`` (Alt+A) appends a line.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, *, numbered: bool = True, least: int = 1) -> None:
        super().__init__()
        self._name, self._numbered, self._least = name, numbered, least
        self._rows: list[_NumberedLine] = []
        self._wrong = False
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0.3)
        for _ in range(least):
            self._append()
        self.setFocusProxy(self._rows[0].line)

    def value(self) -> list[str]:
        """The lines that hold something."""
        return [text for row in self._rows if (text := plain(row.line.text()))]

    def set_value(self, value: object) -> None:
        """Show these lines without a signal."""
        texts = [str(text) for text in value] if isinstance(value, list | tuple) else []
        while len(self._rows) < max(self._least, len(texts)):
            self._append()
        while len(self._rows) > max(self._least, len(texts)):
            self._drop(self._rows[-1])
        for index, row in enumerate(self._rows):
            row.line.set_value(texts[index] if index < len(texts) else "")

    def lines(self) -> list[LineEdit]:
        """The editors, first to last."""
        return [row.line for row in self._rows]

    def add(self) -> None:
        """Append a line and go there; an empty last line is used first."""
        if self._rows[-1].line.text():
            self._append()
        self._rows[-1].line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark_problem(self, wrong: bool) -> None:
        """Red border on the first line, or none."""
        self._wrong = wrong
        mark(self._rows[0].line, wrong)

    def _append(self, after: _NumberedLine | None = None) -> _NumberedLine:
        row = _NumberedLine(len(self._rows) + 1, self._name, self._numbered)
        index = self._rows.index(after) + 1 if after else len(self._rows)
        before = self._rows[index - 1].line if index else None
        self._rows.insert(index, row)
        self._column.insertWidget(index, row)
        row.line.changed.connect(self.changed)
        row.line.entered.connect(lambda: self._next(row))
        row.line.installEventFilter(self)
        if before is not None:
            QWidget.setTabOrder(before, row.line)
        self._number()
        return row

    def _drop(self, row: _NumberedLine) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._number()
        self.setFocusProxy(self._rows[0].line)

    def _number(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.number.setText(str(number))
            row.line.setAccessibleName(f"{self._name} {number}")

    def _next(self, row: _NumberedLine) -> None:
        index = self._rows.index(row)
        if index + 1 < len(self._rows):
            self._rows[index + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = next((row for row in self._rows if row.line is watched), None)
            if row is not None and self._handled(row, event):
                return True
        return super().eventFilter(watched, event)

    def _handled(self, row: _NumberedLine, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.add()
            return True
        empty = event.key() == Qt.Key.Key_Backspace and not row.line.text()
        if empty and len(self._rows) > self._least:
            index = self._rows.index(row)
            self._drop(row)
            self._rows[max(0, index - 1)].line.setFocus()
            self.changed.emit()
            return True
        return False
