"""Words on the page: painted or as labels by role, links, the sentence of an error, an empty state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from .. import theme
from ..marks import draw_mark
from ..style import draw_focus


def label(text: str = "", role: str = "body", ink: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label of one type role; ``wrap`` lets it take several lines."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    theme.typeset(made, role, ink)
    return made


def paint_words(
    painter: QPainter,
    box: QRectF,
    words: str,
    ink: str,
    role: str = "body",
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of words in ``box``, shortened with … where they are longer."""
    painter.setPen(theme.color(ink))
    painter.setFont(theme.font(role))
    short = painter.fontMetrics().elidedText(
        words.replace("\n", " "), Qt.TextElideMode.ElideRight, int(box.width())
    )
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), short)


_LONG_LINK_EM = 8
LEAST_TARGET_PX = 36
"""In large print nothing to click is lower than this."""


class ElidedLabel(QLabel):
    """One line that shortens itself with … and tells the whole in its tooltip."""

    def __init__(self, text: str = "", role: str = "body", ink: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.em(2))
        theme.typeset(self, role, ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        short = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.setToolTip(self.text() if short != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), short)


class Link(QWidget):
    """A link that acts: underlined word, reachable by Tab, Enter and Space follow it."""

    clicked = Signal()

    def __init__(self, text: str = "", role: str = "body", spoken: str = "") -> None:
        super().__init__()
        self._text = text
        self._over = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(spoken or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.typeset(self, role)

    def text(self) -> str:
        """The words of the link."""
        return self._text

    def set_text(self, text: str, spoken: str = "") -> None:
        """Change the words (and what a screen reader says)."""
        self._text = text
        self.setAccessibleName(spoken or text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        size = QFontMetrics(self.font())
        height = max(theme.em(1.6), LEAST_TARGET_PX if theme.is_large() else 0)
        return QSize(size.horizontalAdvance(self._text) + 6, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        ink = theme.color("accent" if self.isEnabled() else "hint")
        painter.setPen(ink)
        box = self.rect().adjusted(3, 0, -3, 0)
        size = QFontMetrics(self.font())
        words = size.elidedText(self._text, Qt.TextElideMode.ElideRight, box.width() + 2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
        line = box.center().y() + (size.ascent() + size.descent()) // 2
        painter.setPen(QPen(ink, 2 if self._over else 1))
        painter.drawLine(box.left(), line, box.left() + size.horizontalAdvance(words), line)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()


class LongLink(Link):
    """A link of words whose length nobody knows: shortened with …, the whole in its tooltip."""

    def __init__(self, text: str, role: str = "body", spoken: str = "") -> None:
        super().__init__(text, role, spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(min(size.width(), theme.em(_LONG_LINK_EM)), size.height())


class Mark(QWidget):
    """A due mark standing alone (before a word that says the same)."""

    def __init__(self, state: str, ink: str = "") -> None:
        super().__init__()
        self._state, self._ink = state, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(1), theme.em(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink or theme.tokens().due[self._state].ink
        draw_mark(
            QPainter(self), self._state, QRectF(self.rect()), theme.color(ink), theme.color("base")
        )


class ProblemLine(QWidget):
    """What is wrong and what to do, in one sentence with ▲ under its field; hidden when empty."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = Mark("late", "error")
        self._words = label("", "secondary", "error", wrap=True)
        row = QHBoxLayout(self)
        theme.space(row, (0, 0.1, 0, 0), 0.35)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        """The sentence shown, empty when nothing is wrong."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Show the sentence, or hide when it is empty."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class EmptyState(QWidget):
    """One sentence and one link, no picture."""

    acted = Signal()

    def __init__(self, sentence: str, action: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        theme.space(column, 2, 0.6)
        self._sentence = label(sentence, "body", "text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        column.addWidget(self._sentence)
        self._link = Link(action, spoken=action or sentence)
        self._link.clicked.connect(self.acted)
        column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignCenter)
        self._link.setVisible(bool(action))
        column.addStretch()

    def say(self, sentence: str, action: str = "") -> None:
        """Change the sentence and the link's words."""
        self._sentence.setText(sentence)
        self._link.set_text(action, action or sentence)
        self._link.setVisible(bool(action))
