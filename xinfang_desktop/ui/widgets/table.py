"""Tables that feel like WPS: header filters, sorting, column choice, copy, one delegate.

A table is columns (data) over rows (frozen dataclasses); it never changes the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QResizeEvent
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

from .. import icons, theme
from ..style import draw_focus
from .chip import paint_chip
from .meter import paint_meter, spoken
from .panel import Panel
from .text import label

Index = QModelIndex | QPersistentModelIndex
ROW_EM = 35 / 14
_LEAST_STRETCH_EM = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``text`` gives the words of a row (also for filter, copy and speech).

    ``kind``: text · strong · number (right) · chip (``state`` gives the due state) ·
    meter (``states`` gives four states). ``sort`` gives what to sort by, else the text.
    ``width`` in em, 0 takes what is left. ``shown`` is the choice at first.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: float = 0
    kind: str = "text"
    state: Callable[[Any], str] | None = None
    states: Callable[[Any], Sequence[str]] | None = None
    sort: Callable[[Any], Any] | None = None
    filtered: bool = False
    shown: bool = True


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
            said = spoken(column.states(row)) if column.states else column.text(row)
            return f"{column.title}：{said}"
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


class CellDelegate(QStyledItemDelegate):
    """The one painter of all cells."""

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
        self._content(
            painter, box.adjusted(theme.em(0.6), 0, -theme.em(0.5), -1), index, model, chosen
        )
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)

    def _content(
        self, painter: QPainter, box: QRectF, index: Index, model: RowsModel, chosen: bool
    ) -> None:
        row, column = model.row(index.row()), model.columns[index.column()]
        words = column.text(row)
        if column.kind == "chip" and column.state is not None and words:
            paint_chip(painter, box, column.state(row), words, chosen and _dark_selection())
        elif column.kind == "meter" and column.states is not None:
            paint_meter(painter, box, column.states(row))
        else:
            painter.setPen(theme.color("on_selection" if chosen else "text"))
            painter.setFont(theme.font("strong" if column.kind == "strong" else "body"))
            side = (
                Qt.AlignmentFlag.AlignRight
                if column.kind == "number"
                else Qt.AlignmentFlag.AlignLeft
            )
            short = painter.fontMetrics().elidedText(
                words.replace("\n", " "), Qt.TextElideMode.ElideRight, int(box.width())
            )
            painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), short)


def _dark_selection() -> bool:
    return theme.tokens().on_selection == theme.tokens().on_accent


class FilterHeader(QHeaderView):
    """Head cells with a filter icon where a column can be filtered; a click elsewhere sorts."""

    wants_filter = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setAccessibleName("列标题")
        theme.typeset(self, "head")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.em(31 / 14))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        column = model.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.color("head"))
        painter.setPen(QPen(theme.color("rule"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font("head"))
        painter.setPen(theme.color("text"))
        box = QRectF(rect).adjusted(theme.em(0.6), 0, -theme.em(0.5), -1)
        if column.filtered:
            on = model.filter_of(column.key) is not None
            spot = self.filter_spot(rect)
            if on:
                painter.fillRect(spot.adjusted(-3, -3, 3, 3), theme.color("accent"))
            icons.draw(painter, "filter", spot, "on_accent" if on else "text2")
            box.setRight(spot.left() - theme.em(0.2))
        side = (
            Qt.AlignmentFlag.AlignRight if column.kind == "number" else Qt.AlignmentFlag.AlignLeft
        )
        words = column.title
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            words += " ↑" if up else " ↓"
        short = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), short)
        painter.restore()

    def filter_spot(self, rect: QRect) -> QRectF:
        """Where the filter icon of a head cell is."""
        side = theme.em(1.05)
        return QRectF(rect.right() - side - theme.em(0.5), rect.center().y() - side / 2, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        model = self.model()
        if section >= 0 and isinstance(model, RowsModel) and model.columns[section].filtered:
            left = self.sectionViewportPosition(section)
            rect = QRect(left, 0, self.sectionSize(section), self.height())
            if event.position().x() >= self.filter_spot(rect).left() - theme.em(0.3):
                self.wants_filter.emit(section)
                return
        super().mouseReleaseEvent(event)


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
        lines = ["\t".join(column.title for column in shown)]
        for row in rows:
            lines.append("\t".join(_one_cell(column, row) for column in shown))
        return "\n".join(lines)

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


def _one_cell(column: Column, row: Any) -> str:
    words = spoken(column.states(row)) if column.states else column.text(row)
    return words.replace("\t", " ").replace("\n", " ")
