"""A window for the half minute in which something large is made before there is any other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from . import theme
from .widgets.text import label


class Waiting(QWidget):
    """One sentence, and that it may take a while."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle(f"信访台 — {title}")
        column = QVBoxLayout(self)
        theme.space(column, 1.15, 0.6)
        column.addStretch()
        for text, role in ((title, "title"), (sentence, "body")):
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(title)
        theme.hold(bar, width=20)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
