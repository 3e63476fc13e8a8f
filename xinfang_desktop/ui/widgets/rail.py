"""The rail: which page is open, with framed counts, and who sits here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from .. import icons, theme
from ..style import draw_focus
from .chip import badge_width, paint_badge
from .panel import rule, scroller
from .text import label

WIDTH_EM = 10.9
LARGE_WIDTH_EM = 9.95


@dataclass(frozen=True, slots=True)
class Place:
    """One page on the rail: ``key``, the word and the icon's name."""

    key: str
    word: str
    icon: str


class RailItem(QAbstractButton):
    """One entry: icon, word, framed count; the current one is white with an accent bar."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._count = 0
        self.setText(place.word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(place.word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.typeset(self, "strong")

    def set_count(self, count: int) -> None:
        """Frame a count at the right; 0 shows none."""
        self._count = count
        self.setAccessibleName(f"{self.place.word}，{count} 件" if count else self.place.word)
        self.update()

    def sizeHint(self) -> QSize:
        high = 2.2 if theme.current().percent > theme.LARGE_FROM else 40 / 14
        return QSize(theme.em(WIDTH_EM), theme.em(high))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = self.isChecked()
        box = QRectF(self.rect())
        if now:
            painter.fillRect(box, theme.color("base"))
            painter.fillRect(QRectF(0, 0, 4, box.height()), theme.color("accent"))
        ink = "accent" if now else "text"
        size = theme.em(icons.RAIL_EM)
        icons.draw(
            painter,
            self.place.icon,
            QRectF(theme.em(1), (box.height() - size) / 2, size, size),
            ink,
        )
        painter.setFont(theme.font("strong" if now else "body"))
        painter.setPen(theme.color(ink))
        tight = theme.is_large()  # the longest word and its count beside a scroll bar
        left = theme.em(38 / 14 if tight else 44 / 14)
        aside = badge_width(self._count) + theme.em(0.4 if tight else 1) if self._count else 0
        room = box.width() - left - aside
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room) + 4
        )
        painter.drawText(
            QRectF(left, 0, room + 4, box.height()), int(Qt.AlignmentFlag.AlignVCenter), words
        )
        if self._count:
            right = box.right() - theme.em(0.3 if tight else 0.9)
            paint_badge(painter, right, box.center().y(), self._count, ink)
        if self.hasFocus():
            draw_focus(painter, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Rail(QWidget):
    """The rail at the left of the window."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setAccessibleName("页面")
        self.look_changed()
        column = QVBoxLayout(self)
        theme.space(column, (0, 9 / 14, 0, 0))
        self._items = {place.key: RailItem(place) for place in places}
        inner = QWidget()
        items = QVBoxLayout(inner)
        items.setContentsMargins(0, 0, 0, 0)
        items.setSpacing(0)
        for item in self._items.values():
            item.clicked.connect(lambda _=False, key=item.place.key: self.chosen.emit(key))
            items.addWidget(item)
        items.addStretch()
        self._scroll = scroller(inner, "页面")
        column.addWidget(self._scroll, 1)
        column.addWidget(rule())
        self._who = label("", "secondary", "text2")
        self._post = label("", "secondary", "text2")
        foot = QVBoxLayout()
        theme.space(foot, (1, 0.5, 0.5, 0.5))
        foot.addWidget(self._who)
        foot.addWidget(self._post)
        column.addLayout(foot)

    def look_changed(self) -> None:
        """A little narrower in large print, where every em counts."""
        self.setFixedWidth(theme.em(LARGE_WIDTH_EM if theme.is_large() else WIDTH_EM))

    def item(self, key: str) -> RailItem:
        """One entry of the rail."""
        return self._items[key]

    def set_current(self, key: str) -> None:
        """Mark the open page and bring it into sight."""
        if key in self._items:
            self._items[key].setChecked(True)
            self._scroll.ensureWidgetVisible(self._items[key], 0, 0)

    def set_person(self, name: str, post: str) -> None:
        """Who is signed in, and as what."""
        self._who.setText(name)
        self._post.setText(post)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.setPen(QPen(theme.color("rule"), 1))
        right = self.width() - 0.5
        painter.drawLine(QPointF(right, 0), QPointF(right, self.height()))
