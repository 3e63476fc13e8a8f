"""Parts of 四有台账: the progress cards and the evidence of one visit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desktop.presenters.four_haves import Card, Evidence

from . import theme
from .widgets.buttons import Button
from .widgets.meter import HaveTag
from .widgets.panel import Panel, empty, scroller
from .widgets.text import EmptyState, Link, label
from .widgets.wrap import WrapRow

ASK_ONLY = "困：只问需要什么帮助，不记家庭关系和健康情况。"


class _Bar(QWidget):
    """How much is done, as a bar; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_part(self, part: float) -> None:
        """From 0 to 1."""
        self._part = part
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(8), theme.em(0.6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("head"))
        painter.drawRect(box)
        if self._part:
            painter.setBrush(theme.color("accent"))
            painter.drawRect(QRectF(box.x(), box.y(), box.width() * self._part, box.height()))


class ProgressCard(QWidget):
    """One of the four: its character, bar, 37 / 42 and a remark."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        theme.space(column, (0.95, 0.45, 0.95, 0.45), 0.3)
        head = QHBoxLayout()
        theme.space(head, 0, 0.5)
        head.addWidget(HaveTag(kind, "", wide=False))
        self._name = label("", "strong")
        head.addWidget(self._name)
        head.addStretch()
        column.addLayout(head)
        self._bar = _Bar()
        column.addWidget(self._bar)
        line = QHBoxLayout()
        theme.space(line, 0, 0.3)
        self._done = label("", "strong")
        self._rest = label("", "secondary", "text2")
        line.addWidget(self._done)
        line.addWidget(self._rest)
        line.addStretch()
        column.addLayout(line)

    def show_card(self, card: Card) -> None:
        """Show these numbers."""
        self._name.setText(card.name)
        self._bar.set_part(card.done / card.total if card.total else 0)
        self._done.setText(str(card.done))
        self._rest.setText(f"/ {card.total}　{card.note}".strip())
        self.setAccessibleName(f"{card.name}：{card.done}，共 {card.total}，{card.note}")


class Cards(QFrame):
    """The four cards in one sheet."""

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("panel", True)
        row = WrapRow(0, 0)
        outer = QVBoxLayout(self)
        theme.space(outer, 0.1, 0)
        outer.addLayout(row)
        self._cards = {kind: ProgressCard(kind) for kind in kinds}
        for card in self._cards.values():
            row.add(card, 15, grows=True)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show the four."""
        for card in cards:
            self._cards[card.kind].show_card(card)


class _EvidenceRow(QFrame):
    """One of the four of a visit: tag, word, lines; a link to fill it in."""

    def __init__(self, one: Evidence, *, last: bool) -> None:
        super().__init__()
        if not last:
            self.setProperty("panelhead", True)
        row = QHBoxLayout(self)
        theme.space(row, (0, 0.55, 0, 0.55), 0.75)
        row.addWidget(HaveTag(one.kind, one.mark, wide=False), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        theme.space(column, 0, 0.1)
        column.addWidget(label(one.word, "strong"))
        for number, line in enumerate(one.lines):
            when = number == len(one.lines) - 1
            column.addWidget(
                label(line, "secondary" if when else "body", "text2" if when else "", wrap=True)
            )
        row.addLayout(column, 1)
        self.fill = Link(one.fill, "secondary", f"{one.fill}：{one.kind}")
        self.fill.setVisible(bool(one.fill))
        row.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("，".join((one.kind, one.word, *one.lines)))


class VisitPanel(Panel):
    """The visit at the right: what proves each of the four, and the button for the next one."""

    fill_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("这次来访")
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        theme.space(column, (0.85, 0.6, 0.85, 0.6), 0.3)
        self._note = label("", "secondary", "text2", wrap=True)
        column.addWidget(self._note)
        self._rows = QWidget()
        theme.space(QVBoxLayout(self._rows), 0, 0)
        column.addWidget(self._rows)
        self._ask = label(ASK_ONLY, "secondary", "text2", wrap=True)
        column.addWidget(self._ask)
        column.addStretch()
        self.body.addWidget(scroller(self._inner, "这次来访的四有"))
        foot = self.foot()
        box = QWidget()
        row = WrapRow(0.6, 0.4)
        box.setLayout(row)
        foot.addWidget(box)
        self.fill = Button("登记", primary=True)
        self.open_matter = Button("打开事项")
        row.add(self.fill)
        row.add(self.open_matter)
        self._kind = ""
        self.fill.clicked.connect(lambda: self.fill_wanted.emit(self._kind))
        self.open_matter.clicked.connect(self.open_wanted)

    def show_visit(
        self, title: str, note: str, evidence: Sequence[Evidence], following: str
    ) -> None:
        """Show a visit; ``following`` is the one to fill in next, empty when all are done."""
        self.title.setText(title or "这次来访")
        self._note.setText(note)
        empty(self._rows)
        layout = self._rows.layout()
        for number, one in enumerate(evidence):
            row = _EvidenceRow(one, last=number == len(evidence) - 1)
            row.fill.clicked.connect(lambda kind=one.kind: self.fill_wanted.emit(kind))
            if layout is not None:
                layout.addWidget(row)
        if not evidence and layout is not None:
            layout.addWidget(EmptyState("在左边选一次来访。"))
        self._ask.setVisible(bool(evidence))
        self._kind = following
        words = next((one.fill for one in evidence if one.kind == following), "")
        self.fill.setText(words or "登记")
        self.fill.setVisible(bool(words))
        self.open_matter.setEnabled(bool(evidence))
