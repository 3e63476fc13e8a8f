"""The duty rows of 今日 and of a matter: groups, two-line rows, a verb for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.presenters.lines import DutyGroup, DutyLine

from .. import theme
from ..style import draw_focus
from .chip import paint_chip

Index = QModelIndex | QPersistentModelIndex
Line = Qt.ItemDataRole.UserRole
TARGETS = ("verb", "reason", "what")
_NARROW_EM = 52.0


class DutyModel(QAbstractListModel):
    """Heads and lines in one list; heads cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[DutyGroup | DutyLine] = []

    def set_groups(self, groups: Sequence[DutyGroup]) -> None:
        """Show these groups; an empty group is left out."""
        self.beginResetModel()
        self._entries = []
        for group in groups:
            if group.lines or group.count:
                self._entries.append(group)
                self._entries.extend(group.lines)
        self.endResetModel()

    def entry(self, row: int) -> DutyGroup | DutyLine:
        """Head or line at a row."""
        return self._entries[row]

    def row_of(self, key: str) -> int:
        """The row of a line, -1 when it is not shown."""
        found = (n for n, e in enumerate(self._entries) if isinstance(e, DutyLine) and e.key == key)
        return next(found, -1)

    def first_line(self) -> int:
        """The first row that is a line, -1 when there is none."""
        return next((n for n, e in enumerate(self._entries) if isinstance(e, DutyLine)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._entries[index.row()]
        if role == Line:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, DutyLine):
                return entry.spoken()
            return f"{entry.title} {entry.count} 件 {entry.note}".strip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._entries[index.row()], DutyLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class DutyDelegate(QStyledItemDelegate):
    """Paints heads and lines, and knows where verb and reason of a line lie."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(Line)
        if isinstance(entry, DutyGroup):
            return QSize(theme.em(10), theme.em(24 / 14))
        return QSize(theme.em(10), theme.em(4.9 if self._narrow() else 47 / 14))

    def _narrow(self) -> bool:
        view = self.parent()
        return isinstance(view, QListView) and view.width() < theme.em(_NARROW_EM)

    def boxes(self, line: DutyLine, rect: QRectF) -> dict[str, QRectF]:
        """Where each part of a line lies."""
        pad, verb_wide = theme.em(12 / 14), theme.em(7.7)
        state = QRectF(rect.x() + pad, rect.y(), theme.em(122 / 14), rect.height())
        verb = QRectF(rect.right() - pad - verb_wide, 0, verb_wide, theme.em(28 / 14))
        verb.moveTop(rect.center().y() - verb.height() / 2)
        unit = theme.em(1.5)
        small = theme.metrics("secondary")
        if self._narrow():
            text = QRectF(state.right(), rect.y() + theme.em(0.2), 0, unit)
            text.setRight(verb.left() - pad)
            third = text.translated(0, unit * 2)
            lead = small.horizontalAdvance(f"{line.who} · {line.when} ") + 4
            reason = QRectF(third.x() + lead, third.y(), 0, unit)
            reason.setWidth(
                min(small.horizontalAdvance(line.reason) + 4, text.right() - reason.x())
            )
            return {
                "state": state,
                "what": text,
                "detail": text.translated(0, unit),
                "who": third,
                "reason": reason,
                "verb": verb,
            }
        when = QRectF(verb.left() - theme.em(13), 0, theme.em(13) - pad, theme.em(20 / 14))
        who = QRectF(when.x() - theme.em(82 / 14), rect.y(), theme.em(82 / 14) - 4, rect.height())
        top = rect.center().y() - theme.em(20 / 14)
        what = QRectF(
            state.right(), top, who.x() - state.right() - theme.em(0.7), theme.em(20 / 14)
        )
        when.moveTop(top)
        reason = when.translated(0, theme.em(20 / 14))
        reason.setWidth(min(when.width(), small.horizontalAdvance(line.reason) + 4))
        return {
            "state": state,
            "what": what,
            "detail": what.translated(0, theme.em(20 / 14)),
            "who": who,
            "when": when,
            "reason": reason,
            "verb": verb,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        entry = index.data(Line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if isinstance(entry, DutyGroup):
            self._paint_head(painter, rect, entry)
            return
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.color("selection" if chosen else "base"))
        if chosen:
            painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height()), theme.color("accent"))
        painter.setPen(QPen(theme.color("hairline"), 1))
        _underline(painter, rect)
        self._paint_line(painter, rect, entry, chosen)
        view = self.parent()
        if isinstance(view, DutyView) and chosen and view.hasFocus():
            boxes = self.boxes(entry, rect)
            draw_focus(painter, boxes[view.target(entry)].adjusted(-3, -1, 3, 1))

    @staticmethod
    def _paint_head(painter: QPainter, rect: QRectF, group: DutyGroup) -> None:
        painter.fillRect(rect, theme.color("group"))
        painter.setPen(QPen(theme.color("hairline"), 1))
        _underline(painter, rect)
        left = rect.x() + theme.em(12 / 14)
        for words, role, ink in (
            (group.title, "head", "text"),
            (f"{group.count} 件", "secondary", "text"),
            (group.note, "secondary", "text2"),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(ink))
            room = QRectF(left, rect.y(), rect.right() - left, rect.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
            left += painter.fontMetrics().horizontalAdvance(words) + theme.em(0.7)

    def _paint_line(self, painter: QPainter, rect: QRectF, line: DutyLine, chosen: bool) -> None:
        boxes = self.boxes(line, rect)
        dark = chosen and theme.tokens().on_selection == theme.tokens().on_accent
        paint_chip(painter, boxes["state"], line.urgency, line.words, dark)
        body, soft = ("on_selection", "on_selection") if dark else ("text", "text2")
        done = line.urgency == "done"
        _words(painter, boxes["what"], line.what, "body" if done else "strong", body)
        _words(painter, boxes["detail"], line.detail, "secondary", soft)
        if "when" in boxes:
            _words(painter, boxes["who"], line.who, "body", body)
            _words(painter, boxes["when"], line.when, "body", body)
        else:
            _words(painter, boxes["who"], f"{line.who} · {line.when}", "secondary", body)
        if line.reason:
            ink = "on_selection" if dark else "accent"
            _words(painter, boxes["reason"], line.reason, "secondary", ink)
            box = boxes["reason"]
            bottom = box.center().y() + theme.em(0.55)
            painter.drawLine(int(box.left()), int(bottom), int(box.right()) - 4, int(bottom))
        if line.verb:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.color("base"))
            painter.setPen(QPen(theme.color("border"), theme.tokens().line))
            painter.drawRoundedRect(boxes["verb"].adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text"))
            short = painter.fontMetrics().elidedText(
                line.verb, Qt.TextElideMode.ElideRight, int(boxes["verb"].width()) - 4
            )
            painter.drawText(boxes["verb"], int(Qt.AlignmentFlag.AlignCenter), short)


def _words(painter: QPainter, box: QRectF, words: str, role: str, ink: str) -> None:
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(ink))
    short = painter.fontMetrics().elidedText(
        words, Qt.TextElideMode.ElideRight, int(box.width()) + 1
    )
    painter.drawText(box.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignVCenter), short)


def _underline(painter: QPainter, rect: QRectF) -> None:
    y = int(rect.bottom()) - 1
    painter.drawLine(int(rect.left()), y, int(rect.right()), y)


class DutyView(QListView):
    """The list itself. ↑ ↓ move, ← → choose verb, reason or matter, Enter does it."""

    acted = Signal(str, str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.duties = DutyModel()
        self.duties.setParent(self)
        self.setModel(self.duties)
        self._paint = DutyDelegate(self)
        self.setItemDelegate(self._paint)
        self.setAccessibleName(name)
        self.setAccessibleDescription("上下键选一件，左右键选 办理、为什么、打开事项，回车执行")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._target = 0

    def set_groups(self, groups: Sequence[DutyGroup]) -> None:
        """Show these groups; the selected duty stays selected if it is still there."""
        now = self.current()
        self.duties.set_groups(groups)
        row = self.duties.row_of(now.key) if now is not None else -1
        row = self.duties.first_line() if row < 0 else row
        if row >= 0:
            self.setCurrentIndex(self.duties.index(row))

    def current(self) -> DutyLine | None:
        """The selected duty."""
        entry = self.currentIndex().data(Line) if self.currentIndex().isValid() else None
        return entry if isinstance(entry, DutyLine) else None

    def target(self, line: DutyLine) -> str:
        """Which part of the selected line Enter will act on."""
        return self._targets(line)[self._target % len(self._targets(line))]

    @staticmethod
    def _targets(line: DutyLine) -> list[str]:
        has = {"verb": bool(line.verb), "reason": bool(line.reason), "what": True}
        return [name for name in TARGETS if has[name]]

    def look_changed(self) -> None:
        """Lay the rows out anew."""
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._target = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if line is not None and step is not None:
            self._target = (self._target + step) % len(self._targets(line))
            self.setAccessibleDescription(self._say(line))
            self.viewport().update()
        elif line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit(self.target(line), line.key)
        else:
            super().keyPressEvent(event)

    def _say(self, line: DutyLine) -> str:
        named = {
            "verb": line.verb,
            "reason": f"为什么：{line.reason}",
            "what": f"打开：{line.what}",
        }
        return named[self.target(line)]

    def boxes_of(self, line: DutyLine, height: int) -> dict[str, QRectF]:
        """Where the parts of a line lie, for the head above."""
        return self._paint.boxes(line, QRectF(0, 0, self.viewport().width(), height))

    def part_at(self, event: QMouseEvent) -> tuple[str, DutyLine] | None:
        """What lies under the pointer: verb, reason or what, and of which line."""
        spot = event.position()
        index = self.indexAt(spot.toPoint())
        line = index.data(Line) if index.isValid() else None
        if not isinstance(line, DutyLine):
            return None
        boxes = self._paint.boxes(line, QRectF(self.visualRect(index)))
        for name in self._targets(line):
            if boxes[name].contains(spot):
                return name, line
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self.part_at(event)
        hand = under is not None and under[0] != "what"
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        under = self.part_at(event)
        if under is not None and under[0] != "what" and event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(under[0], under[1].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        under = self.part_at(event)
        if under is not None and under[0] == "what":
            self.acted.emit("what", under[1].key)


_SAMPLE = DutyLine("", "rest", "", "", "", "", "", "", "")


class _Head(QWidget):
    """The column words above the list."""

    def __init__(self, view: DutyView) -> None:
        super().__init__()
        self._view = view
        theme.hold(self, height=30 / 14)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("head"))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.setFont(theme.font("head"))
        painter.setPen(theme.color("text"))
        parts = self._view.boxes_of(_SAMPLE, self.height())
        words = {"state": "期限", "what": "要做的事", "who": "谁来做", "when": "最迟"}
        narrow = "when" not in parts
        for name in ("state", "what") if narrow else words:
            box = QRectF(parts[name].x(), 0, theme.em(8), self.height() - 1)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words[name])


class DutyList(QFrame):
    """A panel with the duty rows. ``acted(part, key)``: part is verb, reason or what."""

    acted = Signal(str, str)

    def __init__(self, name: str, *, head: bool = True) -> None:
        super().__init__()
        self.setProperty("panel", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.view = DutyView(name)
        if head:
            column.addWidget(_Head(self.view))
        self.view.acted.connect(self.acted)
        self.setFocusProxy(self.view)
        column.addWidget(self.view)

    def set_groups(self, groups: Sequence[DutyGroup]) -> None:
        """Show these groups."""
        self.view.set_groups(groups)

    def current(self) -> DutyLine | None:
        """The selected duty."""
        return self.view.current()
