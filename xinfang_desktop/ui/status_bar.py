"""The line at the bottom: message · work under way · person and office · exchange · save state."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from . import icons, theme
from .marks import draw_mark
from .style import draw_focus
from .tasks import Job, Runner
from .widgets.text import ElidedLabel, Link

_INKS = {"done": "done"}
"""Mark → ink, where it is not that of the second text."""


class Segment(QAbstractButton):
    """One part of the status bar: icon or mark, and a word; it is a button."""

    def __init__(self, spoken: str, icon: str = "", mark: str = "") -> None:
        super().__init__()
        self._spoken, self._icon, self._mark = spoken, icon, mark
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.typeset(self, "secondary")

    def say(self, words: str) -> None:
        """Show other words; empty hides the segment."""
        self.setText(words)
        self.setAccessibleName(f"{self._spoken}：{words}")
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        extra = theme.em(1.35) if self._icon or self._mark else 0
        width = self.fontMetrics().horizontalAdvance(self.text()) + extra + theme.em(1.4)
        return QSize(width, theme.em(26 / 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("rule"), 1))
        painter.drawLine(QPointF(0.5, self.height() * 0.15), QPointF(0.5, self.height() * 0.85))
        ink = _INKS.get(self._mark, "text2")
        left, side = theme.em(0.7), theme.em(1.05)
        box = QRectF(left, (self.height() - side) / 2, side, side)
        if self._icon:
            icons.draw(painter, self._icon, box, ink)
        elif self._mark:
            draw_mark(
                painter,
                self._mark,
                box.adjusted(1, 1, -1, -1),
                theme.color(ink),
                theme.color("rail"),
            )
        left += theme.em(1.35) if self._icon or self._mark else 0
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()),
            int(Qt.AlignmentFlag.AlignVCenter),
            self.text(),
        )
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()))


class StatusBar(QWidget):
    """Message at the left, segments at the right; work longer than half a second shows here."""

    seat_clicked = Signal()
    saved_clicked = Signal()
    exchange_clicked = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setAccessibleName("状态栏")
        theme.hold(self, height=26 / 14)
        row = QHBoxLayout(self)
        theme.space(row, (0.7, 0, 0.3, 0))
        self._message = ElidedLabel("", "secondary")
        row.addWidget(self._message, 1)
        self._work = ElidedLabel("", "secondary", "text2")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        theme.hold(self._bar, width=9)
        self._stop = Link("取消", "secondary", "取消正在做的事")
        for widget in (self._work, self._bar, self._stop):
            widget.hide()
        row.addWidget(self._work, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.seat = Segment("人和单位", icon="user")
        self.seat.clicked.connect(self.seat_clicked)
        self.state = Segment("保存情况", mark="done")
        self.state.clicked.connect(self.saved_clicked)
        self.waiting = Segment("搁置的数据", mark="near")
        self.conflicts = Segment("冲突", mark="soon")
        self.conflicts.clicked.connect(self.exchange_clicked)
        self.waiting.clicked.connect(self.exchange_clicked)
        for segment in (self.seat, self.waiting, self.conflicts, self.state):
            row.addWidget(segment)
            segment.hide()
        self._job: Job | None = None
        self._stop.clicked.connect(self._cancel)
        runner.started.connect(self._begin)
        runner.progressed.connect(self._move)
        runner.finished.connect(self._end)

    def show_exchange(self, waiting: int, offered: int, conflicts: int) -> None:
        """What waits on the shelf, how many bundles lie in the folder, what has to be decided."""
        told = [f"待导入 {offered} 包"] * bool(offered) + [f"搁置 {waiting} 条"] * bool(waiting)
        self.waiting.say("，".join(told))
        self.conflicts.say(f"冲突 {conflicts}" if conflicts else "")

    def say(self, message: str) -> None:
        """Show a message."""
        self._message.setText(message)

    def message(self) -> str:
        """The message shown."""
        return self._message.text()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(40), theme.em(26 / 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.setPen(QPen(theme.color("rule"), 1))
        painter.drawLine(0, 0, self.width(), 0)

    def _begin(self, job: Job) -> None:
        self._job = job
        self._work.setText(f"{job.label}…")
        self._bar.setRange(0, 0)
        for widget in (self._work, self._bar, self._stop):
            widget.show()

    def _move(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._bar.setFormat(f"{done} / {total}")

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            for widget in (self._work, self._bar, self._stop):
                widget.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._work.setText("正在停止…")
