"""A list of objects (逐项): one small block a row with its own fields; one line where they are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.fields import Field

from .. import theme
from .text import Link, label
from .wrap import WrapRow

MakeCells = Callable[[], list[tuple[Field, Any]]]
_WIDTHS = {"int": 5.0, "money": 9.0, "date": 11.0, "choice": 9.0, "person": 9.0, "bool": 0.0}


_SLIM_FIELDS = 3


def is_slim(fields: Sequence[Field]) -> bool:
    """Whether a row is a few short fields (a name, a telephone) that fit into one line."""
    return len(fields) <= _SLIM_FIELDS and all(
        each.kind == "choice" or (each.kind == "text" and each.max_length <= 60) for each in fields
    )


class _Row(QFrame):
    def __init__(self, number: int, cells: list[tuple[Field, Any]]) -> None:
        super().__init__()
        self.cells = {field.name: editor for field, editor in cells}
        self._slim = is_slim([field for field, _ in cells])
        self.number = label("", "strong", "accent")
        self.remove = Link("去掉" if self._slim else "去掉这一行", "secondary")
        column = QVBoxLayout(self)
        line = WrapRow(0.6, 0.3)
        if self._slim:
            theme.space(column, 0, 0.3)
            line.add(_below_its_word(None, self.number), 1.2)
        else:
            self.setProperty("panel", True)
            theme.space(column, 0.6, 0.3)
            head = QHBoxLayout()
            head.addWidget(self.number)
            head.addStretch()
            head.addWidget(self.remove)
            column.addLayout(head)
        for field, editor in cells:
            width = _WIDTHS.get(field.kind, 10.0 if self._slim else 14.0)
            cell = _below_its_word(field, editor)
            line.add(cell, width, grows=field.kind in ("text", "long"))
        if self._slim:
            line.add(_below_its_word(None, self.remove))
        column.addLayout(line)
        self.set_number(number)

    def set_number(self, number: int) -> None:
        """Which row this is, said to a screen reader in every field."""
        self.number.setText(str(number) if self._slim else f"第 {number} 行")
        self.remove.set_text(self.remove.text(), f"去掉第 {number} 行")

    def value(self) -> dict[str, Any]:
        """The filled fields of the row."""
        found = {name: editor.value() for name, editor in self.cells.items()}
        return {name: value for name, value in found.items() if value not in ("", None, [])}


def _below_its_word(field: Field | None, widget: QWidget) -> QWidget:
    """A cell of a row: the field's label above its editor; without a field, at its height."""
    cell = QWidget()
    inner = QVBoxLayout(cell)
    theme.space(inner, 0, 0.1)
    if field is None:
        inner.addWidget(label(" ", "secondary"))
        inner.addWidget(widget)
    elif field.kind == "bool":
        inner.addWidget(widget)
    else:
        words = field.label + (" 必填" if field.required else "")
        inner.addWidget(label(words, "secondary", "text2"))
        inner.addWidget(widget)
    inner.addStretch()
    return cell


class RowsEditor(QWidget):
    """Rows of fields; ``fixed`` hides adding and removing (one row a claim)."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, make: MakeCells) -> None:
        super().__init__()
        self._name, self._make = name, make
        self._rows: list[_Row] = []
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0.4)
        self._more = Link("再加一行", "body", f"{name}：再加一行")
        self._more.clicked.connect(self._add_by_hand)
        self._column.addWidget(self._more)
        self._append({})

    def value(self) -> list[dict[str, Any]]:
        """The rows that hold something besides ticks left empty."""
        rows = [row.value() for row in self._rows]
        return [row for row in rows if any(value is not False for value in row.values())]

    def set_value(self, value: object) -> None:
        """Show these rows without a signal; at least one empty row stays."""
        rows = [dict(row) for row in value] if isinstance(value, list | tuple) else []
        for row in list(self._rows):
            self._drop(row)
        for each in rows or [{}]:
            self._append(each)

    def set_fixed(self, fixed: bool) -> None:
        """Whether rows are given (one a claim) and only to be filled."""
        self._more.setVisible(not fixed)
        for row in self._rows:
            row.remove.setVisible(not fixed)

    def cell(self, number: int, name: str) -> Any:
        """One editor, rows counted from 0."""
        return self._rows[number].cells[name]

    def mark_problem(self, wrong: bool) -> None:
        """The sentence below says which row."""

    def _append(self, values: dict[str, Any]) -> None:
        row = _Row(len(self._rows) + 1, self._make())
        for name, editor in row.cells.items():
            if name in values:
                editor.set_value(values[name])
            editor.setAccessibleName(
                f"{self._name} 第 {len(self._rows) + 1} 行：{editor.accessibleName()}"
            )
            editor.changed.connect(self.changed)
            editor.entered.connect(lambda name=name, row=row: self._next(row, name))
        row.remove.clicked.connect(lambda: self._remove_by_hand(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        self.setFocusProxy(next(iter(self._rows[0].cells.values())))

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_by_hand(self) -> None:
        self._append({})
        next(iter(self._rows[-1].cells.values())).setFocus()
        self.changed.emit()

    def _remove_by_hand(self, row: _Row) -> None:
        self._drop(row)
        if not self._rows:
            self._append({})
        for number, each in enumerate(self._rows, 1):
            each.set_number(number)
        self.changed.emit()

    def _next(self, row: _Row, name: str) -> None:
        names = list(row.cells)
        index = names.index(name)
        if index + 1 < len(names):
            row.cells[names[index + 1]].setFocus()
            return
        number = self._rows.index(row)
        if number + 1 < len(self._rows):
            next(iter(self._rows[number + 1].cells.values())).setFocus()
        else:
            self.entered.emit()
