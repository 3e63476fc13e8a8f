"""The screening grid: villages down, periods across, each return as mark, word and colour.

The head of a table view does the freezing: periods are its upper head, villages its left one, so
both stay in sight while thirty villages and twelve months scroll.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from xinfang_desktop.presenters.grid import GridCell, GridHead, GridRow

from .. import theme
from ..marks import draw_mark
from ..style import draw_focus
from .columns import Index
from .copying import as_table
from .screening_grid_heads import Corner, PeriodHead, VillageHead
from .screening_grid_model import GridModel
from .text import paint_words

ROW_EM = 2.1
_MARK_EM, _GAP_EM, _PAD_EM = 0.85, 0.3, 0.6
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a state looks: the due state that lends ink and fill, the mark, and the words' own ink
    where they are calmer than their mark.
    """

    due: str
    mark: str = ""
    ink: str = ""


_MANNERS: Mapping[str, _Manner] = {
    "filed": _Manner("done", "done", "text"),
    "zero": _Manner("done", "done", "text2"),
    "late": _Manner("soon", "soon"),
    "waiting": _Manner("today", "today"),
    "missing": _Manner("late", "late"),
    "none": _Manner("stopped", "none"),
    "later": _Manner("stopped"),
}


def cell_width(cell: GridCell) -> int:
    """Width in px that a cell needs for mark and words."""
    manner = _MANNERS[cell.state]
    mark = theme.em(_MARK_EM) if manner.mark else 0
    gap = theme.em(_GAP_EM) if manner.mark and cell.words else 0
    return mark + gap + theme.metrics(_role(manner)).horizontalAdvance(cell.words)


def _role(manner: _Manner) -> str:
    return "strong" if theme.tokens().due[manner.due].bold else "body"


def paint_cell(painter: QPainter, box: QRectF, cell: GridCell) -> None:
    """Paint ground, mark and words of a return, in the middle of ``box``."""
    manner = _MANNERS[cell.state]
    due = theme.tokens().due[manner.due]
    ink, ground = theme.color(due.ink), theme.color(due.fill or "base")
    painter.save()
    painter.fillRect(box, ground)
    if due.border:
        line = theme.tokens().line
        painter.setPen(QPen(theme.color(due.border), line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(line / 2, line / 2, -line / 2, -line / 2))
    left = max(box.x() + 2, box.center().x() - cell_width(cell) / 2)
    if manner.mark:
        side = theme.em(_MARK_EM)
        spot = QRectF(left, box.center().y() - side / 2, side, side)
        draw_mark(painter, manner.mark, spot, ink, ground)
        left = spot.right() + theme.em(_GAP_EM)
    room = QRectF(left, box.y(), box.right() - left, box.height())
    paint_words(painter, room, cell.words, manner.ink or due.ink, _role(manner))
    painter.restore()


class _Delegate(QStyledItemDelegate):
    """Paints a return; the chosen one has a bar, with the focus a frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, GridModel):
            return
        box, state = QRectF(option.rect), option.state
        paint_cell(painter, box, model.cell(index))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("base"), 2))  # parts the frame from a solid ground
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(2, 2, -2, -2))
            draw_focus(painter, box)
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRectF(box.x(), box.y(), 5, box.height()), theme.color("base"))
            painter.fillRect(QRectF(box.x(), box.y(), 3, box.height()), theme.color("accent"))


class ScreeningGrid(QTableView):
    """``set_grid``; ``chosen`` on another cell and on a new grid, ``opened`` on Enter or double
    click, both with the keys of village and period. Arrows, Home, End, PgUp and PgDn walk;
    Ctrl+C copies all as a table.
    """

    chosen = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self, name: str, corner: str = "村（社区）") -> None:
        super().__init__()
        self.grid = GridModel()
        self.grid.setParent(self)
        self.setModel(self.grid)
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self._corner = Corner(corner)
        self._least = 0  # width in px in which every cell and every head can be read
        self._scrolls = False  # whether that is more than there is room for
        self.setHorizontalHeader(PeriodHead(self))
        self.setVerticalHeader(VillageHead(self))
        button = self.findChild(QAbstractButton)
        if button is not None:
            button.setAccessibleName(corner)
            self._corner.stand_in(button)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.doubleClicked.connect(self._open)
        self.look_changed()

    # --- what is shown ---

    def set_grid(self, heads: Sequence[GridHead], rows: Sequence[GridRow]) -> None:
        """Show these villages and periods; the reader stays at the cell where he was."""
        now = self.current()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.grid.set_grid(heads, rows)
        self.look_changed()
        if heads and rows:
            self.select(*(now or (rows[0].key, heads[0].key)))
        if now is not None:
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(down)

    def select(self, row_key: str, column_key: str) -> None:
        """Choose the cell of this village and period and bring it into sight."""
        self.setCurrentIndex(self.grid.index(*self.grid.find(row_key, column_key)))

    def current(self) -> tuple[str, str] | None:
        """Keys of village and period of the chosen cell, ``None`` where there is none."""
        index = self.currentIndex()
        return self._keys(index) if index.isValid() else None

    def current_cell(self) -> GridCell | None:
        """The chosen cell."""
        index = self.currentIndex()
        return self.grid.cell(index) if index.isValid() else None

    def as_text(self) -> str:
        """The grid as a table for WPS: heads first, what stands below them as the second line."""
        heads = self.grid.heads
        lines = [[self._corner.text(), *(head.words for head in heads)]]
        if any(head.note for head in heads):
            lines.append(["", *(head.note for head in heads)])
        lines += [[row.name, *(cell.words for cell in row.cells)] for row in self.grid.rows]
        return as_table(lines)

    def copy(self) -> None:
        """Put ``as_text`` on the clipboard."""
        QApplication.clipboard().setText(self.as_text())

    # --- sizes ---

    def look_changed(self) -> None:
        """Fit rows and columns to the scale and to what is written in them."""
        cells = {cell_width(cell) for row in self.grid.rows for cell in row.cells}
        heads = {self._head().words_width(head) for head in self.grid.heads}
        self._least = max(cells | heads, default=theme.em(3)) + 2 * theme.em(_PAD_EM)
        self.verticalHeader().setMinimumSectionSize(theme.em(ROW_EM))
        self.verticalHeader().setDefaultSectionSize(theme.em(ROW_EM))
        self._fit()
        self.updateGeometries()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All villages and periods without scrolling; the page may give less."""
        rows, columns = len(self.grid.rows), len(self.grid.heads)
        frame = 2 * self.frameWidth()
        bar = self.horizontalScrollBar().sizeHint().height() if self._scrolls else 0
        return QSize(
            self.verticalHeader().sizeHint().width() + columns * self._least + frame,
            self._head().sizeHint().height() + max(1, rows) * theme.em(ROW_EM) + frame + bar,
        )

    def minimumSizeHint(self) -> QSize:
        height = self._head().sizeHint().height() + _LEAST_ROWS * theme.em(ROW_EM)
        return QSize(theme.em(20), min(height, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns share the room; where it is too narrow to read they keep their least and scroll."""
        head = self._head()
        room = self.viewport().width() >= self._least * len(self.grid.heads)
        modes = QHeaderView.ResizeMode
        head.setMinimumSectionSize(self._least)
        head.setSectionResizeMode(modes.Stretch if room else modes.Fixed)
        if not room:
            for section in range(head.count()):
                head.resizeSection(section, self._least)
        if self._scrolls == room:
            self._scrolls = not room
            self.updateGeometry()
        if self._scrolls and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # another scale or width must not hide the choice

    def _head(self) -> PeriodHead:
        head = self.horizontalHeader()
        assert isinstance(head, PeriodHead)
        return head

    # --- hands ---

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        if current.isValid():
            self.chosen.emit(*self._keys(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(*self._keys(index))

    def _keys(self, index: Index) -> tuple[str, str]:
        return self.grid.rows[index.row()].key, self.grid.heads[index.column()].key
