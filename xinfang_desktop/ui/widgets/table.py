"""Tables that feel like WPS: header filters, sorting, column choice, copy, one delegate.

A table is columns (data) over rows (frozen dataclasses); it never changes the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from .. import theme
from ..style import draw_focus
from .columns import Column, Index, RowsModel
from .copying import as_table
from .panel import Panel
from .table_head import FilterHeader
from .text import label

__all__ = ["Column", "DataTable", "TablePanel"]

ROW_EM = 35 / 14
_LEAST_STRETCH_EM = 10.5


class CellDelegate(QStyledItemDelegate):
    """Paints ground, line, bar and focus of every cell; what stands in it is its kind's."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.em(4), theme.em(ROW_EM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        box, chosen = QRectF(rect), bool(state & QStyle.StateFlag.State_Selected)
        ground = "selection" if chosen else "alternate" if index.row() % 2 == 0 else "base"
        painter.fillRect(box, theme.color(ground))
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = self.parent()
        first = isinstance(view, DataTable) and view.is_first(index.column())
        if chosen and first:
            painter.fillRect(QRectF(box.x(), box.y(), 3, box.height()), theme.color("accent"))
        column = model.columns[index.column()]
        inner = box.adjusted(theme.em(0.6), 0, -theme.em(0.5), -1)
        column.look().paint(painter, inner, column.cell(model.row(index.row()), chosen=chosen))
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)


class DataTable(QTableView):
    """The table: ``set_rows``, ``chosen`` on another current row, ``opened`` on Enter or double click.

    Ctrl+C copies the selected rows as a table. The head's context menu (or ``show_columns_menu``)
    chooses columns; Alt+↓ opens the filter of the current column.
    """

    chosen = Signal(object)
    opened = Signal(object)
    columns_changed = Signal(list)

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        super().__init__()
        self.rows = RowsModel(columns)
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        head = FilterHeader(self)
        self.setHorizontalHeader(head)
        self.verticalHeader().hide()
        self.verticalHeader().setAccessibleName("行")
        corner = self.findChild(QAbstractButton)
        if corner is not None:
            corner.setAccessibleName("全选")
        self.setShowGrid(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        head.wants_filter.connect(self.show_filter_menu)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(
            lambda spot: self.show_columns_menu(head.mapToGlobal(spot))
        )
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.row(index.row())))
        for number, column in enumerate(self.rows.columns):
            self.setColumnHidden(number, not column.shown)
        self.look_changed()

    def look_changed(self) -> None:
        """Fit row height and column widths to the scale."""
        self.verticalHeader().setDefaultSectionSize(theme.em(ROW_EM))
        self.verticalHeader().setMinimumSectionSize(theme.em(ROW_EM))
        head = self.horizontalHeader()
        for number, column in enumerate(self.rows.columns):
            stretch = column.width == 0
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(number, mode)
            if not stretch:
                self.setColumnWidth(number, theme.em(column.width))
        head.setMinimumSectionSize(theme.em(3))
        self._fit_stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_stretch()

    def _fit_stretch(self) -> None:
        """A column that takes what is left keeps a width to read; then the table scrolls."""
        shown = [(n, c) for n, c in enumerate(self.rows.columns) if not self.isColumnHidden(n)]
        growing = [number for number, column in shown if column.width == 0]
        if not growing:
            return
        fixed = sum(self.columnWidth(number) for number, column in shown if column.width)
        each = (self.viewport().width() - fixed) // len(growing)
        modes = QHeaderView.ResizeMode
        for number in growing:
            tight = each < theme.em(_LEAST_STRETCH_EM)
            mode = modes.Interactive if tight else modes.Stretch
            self.horizontalHeader().setSectionResizeMode(number, mode)
            if tight:
                self.setColumnWidth(number, theme.em(_LEAST_STRETCH_EM))

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows and keep the place where the reader was."""
        at, top = self.currentIndex().row(), self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        if self.rows.rowCount():
            self.selectRow(max(0, min(at, self.rows.rowCount() - 1)))
            self.verticalScrollBar().setValue(top)

    def current(self) -> Any:
        """The current row, ``None`` when there is none."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def selected(self) -> list[Any]:
        """The selected rows, in the order shown."""
        return [self.rows.row(i) for i in sorted({x.row() for x in self.selectedIndexes()})]

    def footer_text(self, unit: str = "件") -> str:
        """``第 1–12 件，共 42 件``; with a filter on also how many there are without."""
        count = self.rows.rowCount()
        if not count:
            return f"共 0 {unit}"
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 2)
        last = count - 1 if last < 0 else last
        whole = f"，筛选前 {self.rows.total()} {unit}" if self.rows.is_filtered() else ""
        return f"第 {first + 1}–{last + 1} {unit}，共 {count} {unit}{whole}"

    def is_first(self, column: int) -> bool:
        """Whether a column is the leftmost shown."""
        return all(self.isColumnHidden(number) for number in range(column))

    def as_text(self) -> str:
        """The selected rows (all where none is selected) as a table for WPS, head line first."""
        shown = [c for n, c in enumerate(self.rows.columns) if not self.isColumnHidden(n)]
        rows = self.selected() or self.rows.shown_rows()
        head = [column.title for column in shown]
        return as_table([head, *([column.said(row) for column in shown] for row in rows)])

    def copy(self) -> None:
        """Put ``as_text`` on the clipboard."""
        QApplication.clipboard().setText(self.as_text())

    def show_columns_menu(self, spot: QPoint) -> None:
        """A menu with a tick for each column."""
        menu = QMenu(self)
        menu.setAccessibleName("选择列")
        for number, column in enumerate(self.rows.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda on, n=number: self._show_column(n, on))
        menu.popup(spot)

    def _show_column(self, number: int, on: bool) -> None:
        self.setColumnHidden(number, not on)
        self.columns_changed.emit(
            [c.key for n, c in enumerate(self.rows.columns) if not self.isColumnHidden(n)]
        )

    def show_filter_menu(self, section: int) -> None:
        """A menu with a tick for each word of the column."""
        column = self.rows.columns[section]
        words, now = self.rows.words_of(column.key), self.rows.filter_of(column.key)
        menu = QMenu(self)
        menu.setAccessibleName(f"筛选：{column.title}")
        menu.addAction("全部", lambda: self.rows.set_filter(column.key, None))
        menu.addSeparator()
        for word in words[:40]:
            action = menu.addAction(word or "（空）")
            action.setCheckable(True)
            action.setChecked(now is not None and word in now)
            action.triggered.connect(lambda on, w=word: self._toggle(column.key, w, on))
        left = self.horizontalHeader().sectionViewportPosition(section)
        menu.popup(self.mapToGlobal(QPoint(left, self.horizontalHeader().height())))

    def _toggle(self, key: str, word: str, on: bool) -> None:
        now = self.rows.filter_of(key) or frozenset()
        left = now | {word} if on else now - {word}
        self.rows.set_filter(key, left or None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(self.rows.row(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        elif (
            event.key() == Qt.Key.Key_Down
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
            and self.currentIndex().isValid()
            and self.rows.columns[self.currentIndex().column()].filtered
        ):
            self.show_filter_menu(self.currentIndex().column())
        else:
            super().keyPressEvent(event)


class TablePanel(Panel):
    """A table in its sheet with the footer ``第 1–12 件，共 42 件`` and room for a legend."""

    def __init__(
        self, table: DataTable, unit: str = "件", title: str = "", aside: QWidget | None = None
    ) -> None:
        super().__init__(title, aside=aside)
        self.table = table
        self._unit = unit
        self.body.addWidget(table)
        self.footer = self.foot()
        self._count = label("", "secondary", "text2")
        self.footer.addWidget(self._count)
        self.footer.addStretch()
        table.rows.filtered.connect(self._recount_soon)
        table.verticalScrollBar().valueChanged.connect(lambda _value: self.recount())
        table.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self.recount())

    def recount(self) -> None:
        """Say anew which rows are seen."""
        self._count.setText(self.table.footer_text(self._unit))

    def _recount_soon(self) -> None:
        # after the view has laid the rows out
        QTimer.singleShot(0, self, self.recount)
