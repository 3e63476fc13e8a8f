"""Parts of a mediation's page: who is willing, what was agreed and done, what the file lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.mediation import ItemLine, PaperLine, SideLine

from . import theme
from .case_parts import held, padded, row_frame
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.panel import Panel, empty
from .widgets.text import Link, Mark, label
from .widgets.wrap import WrapRow

_INKS = {"done": "done", "no": "error", "none": "text2", "soon": ""}
_ANSWER_EM, _SIDE_EM, _HOW_EM = 9.4, 5.2, 9.0
_PAPER_EM = 15.0


class _RowsPanel(Panel):
    """A panel of rows with a line below each but the last."""

    def __init__(self, title: str, aside: QWidget | None = None) -> None:
        super().__init__(title, aside=aside)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        theme.space(self._column, 0, 0)
        self.body.addWidget(self._rows)


class SidesPanel(_RowsPanel):
    """双方: each party with its answer — ✓ 愿意, – 还没问, ✗ 不愿意."""

    reveal_wanted = Signal()

    def __init__(self) -> None:
        self.reveal = Link("查看", "secondary", "查看双方完整的姓名和电话，会留下记录")
        super().__init__("双方", aside=self.reveal)
        self.reveal.clicked.connect(self.reveal_wanted)

    def show_sides(self, sides: Sequence[SideLine], note: str) -> None:
        """Show these parties; ``note`` says what their answers come to."""
        self.say(note)
        empty(self._rows)
        for number, side in enumerate(sides, 1):
            self._column.addWidget(_side_row(side, last=number == len(sides)))
        if not sides:
            made = row_frame(last=True)
            row = WrapRow()
            padded(made, row)
            row.add(
                label("还没有登记当事人，用“当事人情况”加上。", "body", "text2", wrap=True),
                20,
                grows=True,
            )
            self._column.addWidget(made)


def _side_row(side: SideLine, *, last: bool) -> QWidget:
    made = row_frame(last=last)
    row = WrapRow(0.7, 0.2)
    padded(made, row)
    row.add(_marked(side.mark, side.answer), _ANSWER_EM)
    row.add(label(side.side_name, "body", "text2"), _SIDE_EM)
    who = " ".join(part for part in (side.name, side.phone) if part)
    person = QWidget()
    column = QVBoxLayout(person)
    theme.space(column, 0, 0.1)
    column.addWidget(label(who, "strong", wrap=True))
    if side.details:
        column.addWidget(label(side.details, "secondary", "", wrap=True))
    row.add(person, 14, grows=True)
    if side.how:
        row.add(label(side.how, "secondary", "text2"), _HOW_EM)
    told = (side.side_name, who, side.answer, side.how, side.details)
    made.setAccessibleName("，".join(part for part in told if part))
    return made


def _marked(mark: str, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0, 0.5)
    ink = _INKS.get(mark, "text2")
    if mark:
        row.addWidget(Mark(mark, ink))
    row.addWidget(label(words, "strong" if mark in ("done", "no") else "body", ink))
    row.addStretch()
    return made


class AgreementPanel(_RowsPanel):
    """协议: every item with its state, and until when the sides may go to court together."""

    perform_wanted = Signal(int)
    why_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("协议")
        self.buttons: dict[int, Button] = {}
        foot = self.foot()
        self._court = label("", wrap=True)
        self.why = Link("为什么", "secondary", "为什么司法确认的最后一天是这一天")
        self.why.clicked.connect(self.why_wanted)
        foot.addWidget(self._court, 1)
        foot.addWidget(held(self.why))

    def show_agreement(self, words: str, items: Sequence[ItemLine], why_not: str) -> None:
        """Show what was agreed; ``why_not`` says why no performance can be recorded now."""
        self.say(words)
        self.setVisible(bool(words))
        empty(self._rows)
        self.buttons = {}
        for number, item in enumerate(items, 1):
            self._column.addWidget(self._item(item, why_not, last=number == len(items)))

    def show_court(self, words: str, *, why: bool) -> None:
        """Where the sides stand with the court."""
        self._court.setText(words)
        self.why.setVisible(why)

    def court(self) -> str:
        """What is said of the court."""
        return self._court.text()

    def _item(self, item: ItemLine, why_not: str, *, last: bool) -> QWidget:
        made = row_frame(last=last)
        row = WrapRow(0.7, 0.2)
        padded(made, row)
        row.add(held(DueChip(item.urgency, item.words)), _ANSWER_EM)
        words = QWidget()
        column = QVBoxLayout(words)
        theme.space(column, 0, 0.1)
        column.addWidget(
            label(f"{item.no}. {item.what}", "strong" if item.waiting else "body", wrap=True)
        )
        if item.how:
            column.addWidget(label(item.how, "secondary", "text2", wrap=True))
        if item.proof:
            column.addWidget(label(f"凭证：{item.proof}", "secondary", "", wrap=True))
        row.add(words, 14, grows=True)
        if item.waiting:
            button = Button("登记履行", "checkup-list", spoken=f"登记履行第 {item.no} 项")
            button.refuse(why_not)
            button.clicked.connect(lambda _on=False: self.perform_wanted.emit(item.no))
            self.buttons[item.no] = button
            row.add(button)
        told = (f"第 {item.no} 项", item.what, item.how, item.words)
        made.setAccessibleName("，".join(part for part in told if part))
        return made


class PapersPanel(Panel):
    """卷宗: the documents of the statutory file that are there, and those still lacking."""

    def __init__(self) -> None:
        super().__init__("卷宗")
        self.pad((0.85, 0.5, 0.85, 0.6), 0.35)
        self._list = QWidget()
        self._row = WrapRow(0.85, 0.3)
        self._list.setLayout(self._row)
        self.body.addWidget(self._list)

    def show_papers(self, papers: Sequence[PaperLine], note: str) -> None:
        """Show these documents."""
        self.say(note)
        empty(self._list)
        for paper in papers:
            self._row.add(_paper(paper), _PAPER_EM)


def _paper(paper: PaperLine) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0, 0.5)
    row.addWidget(Mark(paper.mark, _INKS[paper.mark]))
    words = paper.name if paper.mark == "done" else f"{paper.words}：{paper.name}"
    row.addWidget(label(words, "body", "" if paper.mark == "done" else "text2", wrap=True), 1)
    made.setAccessibleName(f"{paper.name}：{paper.words}")
    return made
