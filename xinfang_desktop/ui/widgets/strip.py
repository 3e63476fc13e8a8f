"""The deadline strip: one cell a day, so that anybody can follow the arithmetic with a finger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from .. import theme
from .dates import WEEKDAYS

SHOWN = 21
_HEIGHT_EM = 85 / 14
_CELL_EM = 2.55
_LEAST = 7


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day: its count (``None`` = not counted), whether it is a rest day, its tag, the reason."""

    day: date
    count: int | None
    rest: bool = False
    tag: str = ""
    why: str = ""


class DeadlineStrip(QWidget):
    """The last 21 days up to the due day. ← → walk through the cells, each spoken in words."""

    moved = Signal(str)
    refitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[StripDay, ...] = ()
        self._days: tuple[StripDay, ...] = ()
        self._today = self._raw = self._due = date.min
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("逐日计算")

    def set_days(self, days: Sequence[StripDay], *, today: date, raw: date, due: date) -> None:
        """Show these days; more than 21 are cut to the last 21 (``cut_from`` says from where)."""
        self._all = tuple(days)
        self._today, self._raw, self._due = today, raw, due
        self._fit()

    def _fit(self) -> None:
        """Show as many of the last days as can be read at this width."""
        room = max(_LEAST, min(SHOWN, int(self.width() / theme.em(_CELL_EM))))
        self._days = self._all[-room:]
        self._at = next(
            (i for i, d in enumerate(self._days) if d.day == self._today), len(self._days) - 1
        )
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.refitted.emit()

    def cut_from(self) -> date | None:
        """First day listed where earlier ones were left out, else ``None``."""
        return self._days[0].day if len(self._days) < len(self._all) else None

    def spoken(self, index: int) -> str:
        """One cell in words."""
        cell = self._days[index]
        count = f"第 {cell.count} 天" if cell.count is not None else "不计"
        pieces = [f"{cell.day.month}月{cell.day.day}日 星期{WEEKDAYS[cell.day.weekday()]}", count]
        pieces += [self._tag(cell)] if self._tag(cell) else []
        return "，".join([*pieces, cell.why] if cell.why else pieces)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(38 / 14) * max(7, len(self._days)), theme.em(_HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(20), theme.em(_HEIGHT_EM))

    def _tag(self, cell: StripDay) -> str:
        if cell.day == self._due and cell.day != self._raw:
            return "最迟"
        if cell.day == self._today:
            return "今天"
        return "最迟" if cell.day == self._due else cell.tag

    def _walk(self, step: int) -> None:
        if not self._days:
            return
        self._at = max(0, min(len(self._days) - 1, self._at + step))
        words = self.spoken(self._at)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.moved.emit(words)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._walk(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._days:
            self._at = min(len(self._days) - 1, int(event.position().x() / self._cell()))
            self._walk(0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._days:
            spot = self.mapFromGlobal(self.cursor().pos())
            index = max(0, min(len(self._days) - 1, int(spot.x() / self._cell())))
            QToolTip.showText(self.cursor().pos(), self.spoken(index), self)
            return True
        return super().event(event)

    def _cell(self) -> float:
        return self.width() / max(1, len(self._days))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, height = self._cell(), float(self.height())
        for index, cell in enumerate(self._days):
            self._paint_cell(painter, QRectF(index * width, 0, width, height), cell, index)
        painter.setPen(QPen(theme.color("rule"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for index in range(1, len(self._days)):
            painter.drawLine(QPointF(index * width, 0), QPointF(index * width, height))
        for index, cell in enumerate(self._days):
            box = QRectF(index * width, 0, width, height)
            if cell.day == self._today:
                _outline(painter, box, theme.color("accent"))
            elif cell.day == self._raw and self._raw != self._due:
                _outline(painter, box, theme.color(theme.tokens().due["soon"].ink))
            if self.hasFocus() and index == self._at:
                ink = "on_accent" if cell.day == self._due else "accent"
                _outline(painter, box.adjusted(3, 3, -3, -3), theme.color(ink))

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: StripDay, index: int) -> None:
        due = theme.tokens().due
        last = cell.day == self._due
        raw = cell.day == self._raw
        fill = "rest_day" if cell.rest else "base"
        ink = "text2" if cell.rest or cell.count is None else "text"
        if last:
            fill, ink = due["near"].ink, "on_accent"
        elif raw:
            fill, ink = due["soon"].fill, due["soon"].ink
        elif cell.day == self._today:
            ink = "accent"
        painter.fillRect(box, theme.color(fill))
        painter.setPen(theme.color(ink))
        first = index == 0 or cell.day.day == 1
        number = f"{cell.day.month}/{cell.day.day}" if first else str(cell.day.day)
        strong = cell.count is not None and not cell.rest
        count = str(cell.count) if cell.count is not None else "·"
        tag = self._tag(cell)
        rows = (
            (WEEKDAYS[cell.day.weekday()], "secondary", 2),
            (number, "strong" if strong or last or raw else "body", 21),
            (count, "strong" if raw else "secondary", 40),
            (tag, "head" if tag in ("今天", "最迟") else "secondary", 64),
        )
        for words, role, top in rows:
            painter.setFont(theme.font(role))
            line = QRectF(box.x(), theme.em(top / 14), box.width(), theme.em(19 / 14))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), words)


def _outline(painter: QPainter, box: QRectF, ink: object) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2))  # type: ignore[call-overload]
    painter.drawRect(box.adjusted(1, 1, -1, -1))
