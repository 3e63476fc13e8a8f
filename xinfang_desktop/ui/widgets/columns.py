"""Columns (data) over rows (frozen dataclasses): the model of a table, with filters and sorting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from .cells import KINDS, Cell, Kind

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``text`` gives the words of a row (also for filter, copy and speech).

    ``kind`` is a line of ``cells.KINDS``: text · strong · number (right) · flagged (``flag`` gives
    the word behind the name) ·
    chip (``state`` gives the due state) · meter (``states`` gives four states) ·
    grade (``level`` gives 0 to 4) · three (``states`` gives three states).
    ``sort`` gives what to sort by, else the text. ``width`` in em, 0 takes what is left.
    ``shown`` is the choice at first.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: float = 0
    kind: str = "text"
    state: Callable[[Any], str] | None = None
    states: Callable[[Any], Sequence[str]] | None = None
    level: Callable[[Any], int] | None = None
    flag: Callable[[Any], str] | None = None
    sort: Callable[[Any], Any] | None = None
    filtered: bool = False
    shown: bool = True

    def look(self) -> Kind:
        """How cells of this column are painted and said."""
        return KINDS[self.kind]

    def cell(self, row: Any, *, chosen: bool = False) -> Cell:
        """The cell of a row, ready for its painter."""
        return Cell(
            words=self.text(row),
            state=self.state(row) if self.state else "rest",
            states=self.states(row) if self.states else (),
            level=self.level(row) if self.level else 0,
            chosen=chosen,
            flag=self.flag(row) if self.flag else "",
        )

    def said(self, row: Any) -> str:
        """The cell of a row in words, for copying and for a screen reader."""
        return self.look().said(self.cell(row))


class RowsModel(QAbstractTableModel):
    """Rows after filters and sorting."""

    filtered = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._all: tuple[Any, ...] = ()
        self._rows: list[Any] = []
        self._filters: dict[str, frozenset[str]] = {}
        self._sorted: tuple[str, bool] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; filters and sorting stay."""
        self._all = tuple(rows)
        self._refresh()

    def set_filter(self, key: str, words: frozenset[str] | None) -> None:
        """Show only rows whose text in this column is one of ``words``; ``None`` takes it off."""
        if words is None:
            self._filters.pop(key, None)
        else:
            self._filters[key] = words
        self._refresh()

    def filter_of(self, key: str) -> frozenset[str] | None:
        """The words a column is filtered by."""
        return self._filters.get(key)

    def clear_filters(self) -> None:
        """Take all filters off."""
        self._filters.clear()
        self._refresh()

    def is_filtered(self) -> bool:
        """Whether any filter is on."""
        return bool(self._filters)

    def words_of(self, key: str) -> list[str]:
        """The different words of a column over all rows, in order."""
        column = self.column(key)
        return sorted({column.text(row) for row in self._all})

    def column(self, key: str) -> Column:
        """A column by key."""
        return next(column for column in self.columns if column.key == key)

    def row(self, number: int) -> Any:
        """The row shown at ``number``."""
        return self._rows[number]

    def shown_rows(self) -> list[Any]:
        """What is shown, in order: for export and copy."""
        return list(self._rows)

    def total(self) -> int:
        """How many rows there are without filters."""
        return len(self._all)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        self._sorted = (self.columns[column].key, descending) if column >= 0 else None
        self._refresh()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}：{column.said(row)}"
        if role == Qt.ItemDataRole.UserRole:
            return row
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def _refresh(self) -> None:
        self.beginResetModel()
        rows = [row for row in self._all if self._passes(row)]
        if self._sorted is not None:
            column = self.column(self._sorted[0])
            key = column.sort or column.text
            rows.sort(key=lambda row: _sortable(key(row)), reverse=self._sorted[1])
        self._rows = rows
        self.endResetModel()
        self.filtered.emit()

    def _passes(self, row: Any) -> bool:
        return all(self.column(key).text(row) in words for key, words in self._filters.items())


def _sortable(value: Any) -> tuple[bool, Any]:
    """Nothing sorts behind everything."""
    return (value is None or value == "", "" if value is None else value)
