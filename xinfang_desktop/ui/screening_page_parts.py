"""The side panel of 排查台账: one village and one round, what was filed, what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.presenters.screening import CellCard
from xinfang_desktop.services.dispute_views import DisputeRow
from xinfang_desktop.services.filed import FiledReturn

from . import theme
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.panel import Panel, empty, scroller
from .widgets.text import LongLink, label
from .widgets.wrap import WrapRow

_NOTHING = "在左边选一个村、一期。"


class CellPanel(Panel):
    """``show_card`` tells one cell; its buttons ask for a return, a zero return, a reminder."""

    file_wanted = Signal()
    zero_wanted = Signal()
    remind_wanted = Signal()
    dispute_wanted = Signal(str)

    def __init__(self) -> None:
        self.chip = DueChip()
        super().__init__("一个村的填报", aside=self.chip)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        theme.space(self._column, (0.85, 0.6, 0.85, 0.6), 0.3)
        self.body.addWidget(scroller(inner, "这个村这一期的填报"))
        self._inner = inner
        foot = self.foot()
        box = QWidget()
        row = WrapRow(0.6, 0.4)
        box.setLayout(row)
        foot.addWidget(box)
        self.file = Button("代为填报", "file-text")
        self.zero = Button("记零报告")
        self.remind = Button("记一次提醒", "phone")
        for button, wanted in (
            (self.file, self.file_wanted),
            (self.zero, self.zero_wanted),
            (self.remind, self.remind_wanted),
        ):
            button.clicked.connect(wanted)
            row.add(button)
        self.show_card(None)

    def show_card(self, card: CellCard | None) -> None:
        """Show this cell, or nothing."""
        empty(self._inner)
        self.chip.setVisible(card is not None)
        if card is None:
            self.title.setText("一个村的填报")
            self._column.addWidget(label(_NOTHING, "body", "text2", wrap=True))
        else:
            self.title.setText(card.title)
            self.chip.set(*card.chip)
            for line in card.lines:
                self._column.addWidget(label(line, wrap=True))
            for each in card.filed:
                self._add_return(each)
            self.file.setText(card.file_word)
        self._column.addStretch(1)
        self.setAccessibleName("，".join((card.title, card.chip[1])) if card else _NOTHING)
        self.file.refuse(card.file_reason if card else _NOTHING)
        self.zero.refuse(card.zero_reason if card else _NOTHING)
        self.remind.refuse(card.remind_reason if card else _NOTHING)

    def _add_return(self, each: FiledReturn) -> None:
        for word, rows in (("报的纠纷", each.disputes), ("写了进展的", each.carried)):
            if rows:
                self._column.addWidget(label(f"{word} {len(rows)} 件", "secondary", "text2"))
                self._add_links(rows)

    def _add_links(self, rows: Sequence[DisputeRow]) -> None:
        for row in rows:
            link = LongLink(row.summary, "body", f"打开纠纷：{row.summary}")
            link.clicked.connect(lambda number=row.number: self.dispute_wanted.emit(number))
            self._column.addWidget(link)
