"""Villages and periods as a model: what each cell and head shows and says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from xinfang_desktop.presenters.grid import GridCell, GridHead, GridRow

from .columns import Index


class GridModel(QAbstractTableModel):
    """Villages and periods for the view; each cell says its village, its period and its state."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[GridHead, ...] = ()
        self.rows: tuple[GridRow, ...] = ()

    def set_grid(self, heads: Sequence[GridHead], rows: Sequence[GridRow]) -> None:
        """Show these; each row has one cell for each head."""
        self.beginResetModel()
        self.heads, self.rows = tuple(heads), tuple(rows)
        self.endResetModel()

    def cell(self, index: Index) -> GridCell:
        """The cell of an index."""
        return self.rows[index.row()].cells[index.column()]

    def find(self, row_key: str, column_key: str) -> tuple[int, int]:
        """Row and column of these keys; the first where a key is not there."""
        rows, columns = [row.key for row in self.rows], [head.key for head in self.heads]
        return (
            rows.index(row_key) if row_key in rows else 0,
            columns.index(column_key) if column_key in columns else 0,
        )

    def said(self, index: Index) -> str:
        """A cell in words: 枫树坳村，9 月，待报."""
        row, head = self.rows[index.row()], self.heads[index.column()]
        return f"{row.name}，{head.words}，{self.cell(index).said()}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.said(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        words = self.heads[section].words if across else self.rows[section].name
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.heads[section].said() if across else words
        return None
