"""White sheets on grey: panel with head, body and foot; the head line of a page; a scroller."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from .. import theme
from .text import ElidedLabel, label


def _frame(kind: str) -> QFrame:
    made = QFrame()
    made.setProperty(kind, True)
    return made


def rule(kind: str = "rule") -> QFrame:
    """A line across: ``rule`` or the fainter ``hairline``."""
    return _frame(kind)


def empty(widget: QWidget) -> None:
    """Take every child out of a widget's layout."""
    layout = widget.layout()
    while layout is not None and layout.count():
        item = layout.takeAt(0)
        child = item.widget() if item is not None else None
        if child is not None:
            child.hide()
            child.setParent(None)
            child.deleteLater()


class Panel(QFrame):
    """A card: bold title, grey note, something at the right of the head; body; optional foot."""

    def __init__(
        self, title: str = "", note: str = "", aside: QWidget | None = None, *, head: float = 2.3
    ) -> None:
        super().__init__()
        self.setProperty("panel", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.title = label(title, "section")
        self.note = ElidedLabel(note, "secondary", "text2")
        self.head = _frame("panelhead")
        theme.hold(self.head, height=head)
        row = QHBoxLayout(self.head)
        theme.space(row, (0.85, 0, 0.85, 0), 0.5)
        row.addWidget(self.title)
        row.addWidget(self.note, 1)
        self._head_row = row
        if aside is not None:
            row.addWidget(aside)
        if title:
            outer.addWidget(self.head)
            self.setAccessibleName(title)
        self._body = QWidget()
        outer.addWidget(self._body, 1)
        self.body = QVBoxLayout(self._body)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._outer = outer

    def say(self, note: str) -> None:
        """Change the grey note beside the title."""
        self.note.setText(note)

    def beside_title(self, widget: QWidget) -> None:
        """Put a widget right behind the title."""
        self._head_row.insertWidget(1, widget)

    def note_right(self) -> None:
        """Put the note at the right edge of the head."""
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._head_row.setStretch(0, 0)

    def pad(
        self, margins: float | tuple[float, float, float, float] = 0.85, spacing: float = 0.6
    ) -> None:
        """Give the body margins and spacing in em."""
        theme.space(self.body, margins, spacing)

    def foot(self) -> QHBoxLayout:
        """Add a foot with a line above; returns its row."""
        made = _frame("panelfoot")
        row = QHBoxLayout(made)
        theme.space(row, (0.85, 0.6, 0.85, 0.6), 0.6)
        self._outer.addWidget(made)
        return row


class PageHead(QWidget):
    """The head line of a page: optional widgets before, title, note, widgets at the right."""

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.title = label(title, "title")
        self.note = ElidedLabel(note, "body", "text2")
        theme.hold(self, height=2.3)
        self._row = QHBoxLayout(self)
        theme.space(self._row, 0, 0.85)
        self._row.addWidget(self.title)
        self._row.addWidget(self.note, 1)
        self._row.addStretch()  # takes the room of a note that is hidden

    def before(self, widget: QWidget) -> None:
        """Put a widget before the title (返回列表)."""
        self._row.insertWidget(0, widget)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets at the right."""
        for widget in widgets:
            self._row.addWidget(widget)


class _Scroller(QScrollArea):
    """Brings what gets the focus into sight, also when Tab comes from outside."""

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is None or content is None or not content.isAncestorOf(now):
            return
        if now.height() < self.viewport().height():
            self.ensureWidgetVisible(now, 0, theme.em(2.5))


def scroller(content: QWidget, name: str) -> QScrollArea:
    """A vertical scroller around a form or panel; it never scrolls sideways."""
    content.setProperty("page", True)
    made = _Scroller()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    made.setAccessibleName(name)
    made.setWidget(content)
    return made
