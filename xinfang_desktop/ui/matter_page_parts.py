"""诉求 on the matter's page: numbered requests and what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.services.views import ClaimView

from . import theme
from .case_parts import padded, row_frame
from .widgets.chip import DueChip
from .widgets.panel import Panel, empty
from .widgets.text import Link, label
from .widgets.wrap import WrapRow

STATUS = {"open": "soon", "work": "rest", "done": "done"}


class ClaimsPanel(Panel):
    """诉求: numbered requests and what became of each; 补充诉求 where the person came again."""

    add_wanted = Signal()

    def __init__(self) -> None:
        self.add = Link("补充诉求", "secondary")
        super().__init__("诉求", aside=self.add)
        self.add.clicked.connect(self.add_wanted)
        self.rows = QWidget()
        column = QVBoxLayout(self.rows)
        theme.space(column, 0, 0)
        self.body.addWidget(self.rows)

    def show_claims(self, claims: Sequence[ClaimView]) -> None:
        """Show these claims."""
        self.say(f"{len(claims)} 项，逐项答复")
        empty(self.rows)
        layout = self.rows.layout()
        for number, claim in enumerate(claims):
            if layout is not None:
                layout.addWidget(self._row(claim, last=number == len(claims) - 1))

    @staticmethod
    def _row(claim: ClaimView, *, last: bool) -> QWidget:
        made = row_frame(last=last)
        row = WrapRow(0.6, 0.2)
        padded(made, row)
        words = QWidget()
        inner = QHBoxLayout(words)
        theme.space(inner, 0, 0.9)
        number = label(str(claim.no), "strong", "accent")
        inner.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        text = label(claim.text, wrap=True)
        text.setToolTip(claim.facts)
        inner.addWidget(text, 1)
        row.add(words, 22, grows=True)
        row.add(DueChip(STATUS.get(claim.status, "rest"), claim.status_word))
        if claim.note:
            row.add(label(claim.note, "secondary", "text2"))
        made.setAccessibleName(f"第 {claim.no} 项：{claim.text}，{claim.status_word} {claim.note}")
        return made
