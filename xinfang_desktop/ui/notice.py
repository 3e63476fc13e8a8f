"""A bar across a page: something has happened that one may follow up; it takes nothing away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from . import theme
from .widgets.text import Link, Mark, label


class NoticeBar(QFrame):
    """A mark, a sentence and one link; hidden while there is nothing to say."""

    acted = Signal()

    def __init__(self, state: str = "soon") -> None:
        super().__init__()
        self.setProperty("notice", "info")
        row = QHBoxLayout(self)
        theme.space(row, (0.85, 0.35, 0.85, 0.35), 0.6)
        row.addWidget(Mark(state))
        self._words = label("", "body", wrap=True)
        row.addWidget(self._words, 1)
        self.link = Link("看一看")
        row.addWidget(self.link)
        self.link.clicked.connect(self.acted)
        self.hide()

    def text(self) -> str:
        """The sentence shown, empty while there is none."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, action: str = "") -> None:
        """Say this, with a link of these words; an empty sentence hides the bar."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.link.set_text(action, action or sentence)
        self.link.setVisible(bool(action))
        self.setVisible(bool(sentence))
