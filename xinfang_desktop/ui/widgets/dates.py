"""A date as people write it: 1122, 2026.11.22, 11月22日, 昨天; a calendar for who wants one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.domain.dates import parse_date

from .. import icons, theme
from .inputs import LineEdit, mark, plain

WEEKDAYS = "一二三四五六日"
_NEAR = {0: "今天", -1: "昨天", -2: "前天", 1: "明天"}


def spell(day: date, today: date) -> str:
    """``2026-09-21 今天``, ``2026-09-18 周五``."""
    return f"{day.isoformat()} {_NEAR.get((day - today).days) or '周' + WEEKDAYS[day.weekday()]}"


class DateEdit(QWidget):
    """A date; ``past`` decides which year a day without a year gets. ``Ctrl+;`` writes today."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, today: Callable[[], date], *, past: bool = True) -> None:
        super().__init__()
        self._today, self._past = today, past
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = LineEdit(name, self._tidy)
        self.line.setAccessibleDescription("可写 1122、11月22日、昨天")
        self.setFocusProxy(self.line)
        row.addWidget(self.line)
        self._open = QToolButton(self.line)
        self._open.setAccessibleName(f"{name}：打开日历")
        self._open.setToolTip("打开日历（Alt+↓）")
        self._open.setAutoRaise(True)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.setCursor(Qt.CursorShape.ArrowCursor)
        self._open.setProperty("bare", True)
        self._open.clicked.connect(self.show_calendar)
        self.line.installEventFilter(self)
        self.line.changed.connect(self.changed)
        self.line.entered.connect(self.entered)
        self.look_changed()

    def look_changed(self) -> None:
        """Fit the calendar button to the scale."""
        side = theme.em(icons.INLINE_EM)
        self._open.setIcon(icons.icon("calendar-event", "text2"))
        self._open.setIconSize(QSize(side, side))
        self.line.setTextMargins(0, 0, theme.em(1.6), 0)
        self._place()

    def value(self) -> str:
        """The day as ISO text, empty when empty, the text itself when it is no date."""
        text = plain(self.line.text())
        if not text:
            return ""
        found = parse_date(self._bare(text), today=self._today(), past=self._past).value
        return found.isoformat() if found else text

    def set_value(self, value: object) -> None:
        """Show a date (a ``date`` or ISO text), or a text that is none."""
        self.line.setText(
            self._tidy(value.isoformat() if isinstance(value, date) else str(value or ""))
        )
        self.line.setCursorPosition(0)

    def mark_problem(self, wrong: bool) -> None:
        """Red border on or off."""
        mark(self.line, wrong)

    def put_today(self) -> None:
        """Write today."""
        self._picked(self._today())

    def show_calendar(self) -> None:
        """Open the calendar below the field."""
        popup = CalendarPopup(self, self._today())
        found = parse_date(self._bare(self.line.text()), today=self._today(), past=self._past).value
        popup.open_at(self.mapToGlobal(QPoint(0, self.height())), found or self._today())
        popup.picked.connect(self._picked)

    def _picked(self, day: object) -> None:
        self.set_value(day)
        self.line.setFocus()
        self.changed.emit()

    def _tidy(self, text: str) -> str:
        text = plain(text)
        found = parse_date(self._bare(text), today=self._today(), past=self._past).value
        return spell(found, self._today()) if found else text

    @staticmethod
    def _bare(text: str) -> str:
        """Take our own 今天 or 周五 behind an ISO date off again."""
        head, _, tail = text.strip().partition(" ")
        return head if tail and head.count("-") == 2 else text

    def _place(self) -> None:
        side = theme.em(1.9)
        self._open.setGeometry(
            self.line.width() - side - 3, (self.line.height() - side) // 2, side, side
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() == Qt.FocusReason.OtherFocusReason:
                self.line.selectAll()  # as with Tab: typing replaces the day that stands there
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if ctrl and event.key() == Qt.Key.Key_Semicolon:
                self.put_today()
                return True
            if alt and event.key() == Qt.Key.Key_Down:
                self.show_calendar()
                return True
        return super().eventFilter(watched, event)


class CalendarPopup(QWidget):
    """A month to pick a day from; Enter takes it, Esc leaves."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, today: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("日历")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self._month = QCalendarWidget()
        self._month.setAccessibleName("日历")
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        )
        weekend = QTextCharFormat()
        weekend.setForeground(theme.color("hint"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._month.setWeekdayTextFormat(day, weekend)
        now = QTextCharFormat()
        now.setForeground(theme.color("accent"))
        now.setFontWeight(700)
        self._month.setDateTextFormat(QDate(today.year, today.month, today.day), now)
        self._month.activated.connect(self._take)
        self._month.clicked.connect(self._take)
        column.addWidget(self._month)

    def open_at(self, corner: QPoint, day: date) -> None:
        """Show at a screen position with ``day`` selected."""
        self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(corner.x(), screen.right() - self.width())
        y = (
            corner.y()
            if corner.y() + self.height() <= screen.bottom()
            else screen.bottom() - self.height()
        )
        self.move(x, y)
        self.show()
        self._month.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
