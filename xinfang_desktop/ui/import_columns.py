"""列的对应: every column of a ledger with what it is taken for, to be put right by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from xinfang_desktop.presenters.choices import Option
from xinfang_desktop.presenters.importing import KIND_WORDS, ColumnLine

from . import theme
from .choices import entries
from .widgets.buttons import Segmented
from .widgets.combo import Choice, Combo
from .widgets.panel import scroller
from .widgets.text import EmptyState, label

_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_HEADS = ("表里的列", "当作", "说明")


class _FieldCombo(Combo):
    """What one column is taken for. A text that is no field goes when the person leaves it."""

    def __init__(self, name: str, options: Sequence[Choice], value: str) -> None:
        super().__init__(name, options)
        self._known = {option.value for option in options}
        self._now = value
        self.set_value(value)

    def take(self, value: str) -> None:
        """Show what the column is taken for now; a text being typed stays."""
        self._now = value
        if not self.hasFocus() or self.value() in self._known:
            self.set_value(value)

    def newly_chosen(self) -> str:
        """A field other than that of now; empty while something else is being typed."""
        value = self.value()
        return value if value in self._known and value != self._now else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS and self.value() not in self._known:
            self.set_value(self._now)


class ColumnsTab(QWidget):
    """The kind of ledger, then a line for each column: header, field, why."""

    assigned = Signal(str, str)  # key of the column; field, keep or drop
    switched = Signal(str)  # matters or disputes

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ColumnLine, ...] = ()
        self._kind = ""
        self.combos: dict[str, _FieldCombo] = {}
        self._notes: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        theme.space(column, 0, 0)
        self._empty = EmptyState("选了台账文件，这里列出每一列当作什么。")
        column.addWidget(self._empty, 1)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        theme.space(row, (0.85, 0.6, 0.85, 0.6), 0.6)
        row.addWidget(label("这份台账是", "body"))
        self.kind = Segmented(tuple(KIND_WORDS.items()), "这份台账是")
        self.kind.chosen.connect(self.switched)
        row.addWidget(self.kind)
        row.addStretch()
        column.addWidget(self._head)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        theme.space(self._grid, (0.85, 0.2, 0.85, 0.8), 0.45, across=0.9)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self._scroller = scroller(self._body, "列的对应")
        column.addWidget(self._scroller, 1)
        self.show_lines((), (), "")

    def show_lines(
        self,
        lines: Sequence[ColumnLine],
        fields: Sequence[Option],
        kind: str,
        *,
        done: bool = False,
    ) -> None:
        """Show these columns; where they are the same as before, only what changed in them.

        ``done``: the ledger is imported, nothing can be chosen any more.
        """
        same = [(c.key, c.why) for c in self._lines] == [(c.key, c.why) for c in lines]
        if not same or kind != self._kind:
            self._rebuild(lines, entries(fields))
        self._lines, self._kind = tuple(lines), kind
        self.kind.set_value(kind)
        self.kind.setEnabled(not done)
        for line in lines:
            if line.key in self.combos:
                self.combos[line.key].take(line.field)
                self.combos[line.key].setEnabled(not done)
            self._notes[line.key].setText(_note(line))
        self._empty.setVisible(not lines)
        self._head.setVisible(bool(lines))
        self._scroller.setVisible(bool(lines))

    def _rebuild(self, lines: Sequence[ColumnLine], options: Sequence[Choice]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.combos, self._notes = {}, {}
        for place, words in enumerate(_HEADS):
            self._grid.addWidget(label(words, "head", "text2"), 0, place)
        for row, line in enumerate(lines, 1):
            self._grid.addWidget(label(line.header, "body", wrap=True), row, 0)
            self._grid.addWidget(self._field(line, options), row, 1)
            self._notes[line.key] = label("", "secondary", "text2", wrap=True)
            self._grid.addWidget(self._notes[line.key], row, 2)
        self._grid.setRowStretch(len(lines) + 1, 1)

    def _field(self, line: ColumnLine, options: Sequence[Choice]) -> QWidget:
        if line.why:
            return label(line.word, "strong")
        combo = _FieldCombo(f"“{line.header}”当作", options, line.field)
        combo.changed.connect(lambda: self._changed(line.key))
        self.combos[line.key] = combo
        return combo

    def _changed(self, key: str) -> None:
        chosen = self.combos[key].newly_chosen()
        if chosen:
            self.assigned.emit(key, chosen)


def _note(line: ColumnLine) -> str:
    where = f"工作表：{line.sheets}。" if line.sheets else ""
    why = f"{line.why}，不能改。" if line.why else ""
    return f"{why}{where}"
