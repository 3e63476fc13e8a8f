"""Parts of a dispute's page: the three confirmations, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.dispute import Confirming

from . import theme
from .case_facts import FACT_EM, FactsList, named
from .case_parts import held, padded, row_frame
from .widgets.buttons import Button
from .widgets.grade import GradeBlocks
from .widgets.panel import Panel, empty
from .widgets.text import Link, Mark, label
from .widgets.three import DONE, ThreeMarks
from .widgets.wrap import WrapRow

_OPEN = "还没有确认。"


class ThreePanel(Panel):
    """三不放过: each of the three with its evidence, who gave it and when, or a button."""

    wanted = Signal(str)

    def __init__(self) -> None:
        self.marks = ThreeMarks()
        super().__init__("三不放过", aside=self.marks)
        self.say("三项都有凭据，回访过，才能销号")
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        theme.space(column, 0, 0)
        self.body.addWidget(self._rows)
        self.buttons: dict[str, Button] = {}

    def show_three(self, three: Sequence[Confirming]) -> None:
        """Show these."""
        self.marks.set([DONE if each.done else "" for each in three])
        empty(self._rows)
        self.buttons = {}
        layout = self._rows.layout()
        for number, each in enumerate(three):
            if layout is not None:
                layout.addWidget(self._row(each, last=number == len(three) - 1))

    def _row(self, each: Confirming, *, last: bool) -> QWidget:
        made = row_frame(last=last)
        row = WrapRow(0.7, 0.2)
        padded(made, row)
        named = QWidget()
        line = QHBoxLayout(named)
        theme.space(line, 0, 0.5)
        line.addWidget(Mark("done" if each.done else "rest", "" if each.done else "text2"))
        line.addWidget(label(each.name, "strong" if each.done else "body"))
        line.addStretch()
        row.add(named, 6.4)
        said = each.evidence if each.done else each.reason or _OPEN
        row.add(label(said, "body", "" if each.done else "text2", wrap=True), 14, grows=True)
        if each.done:
            row.add(label(each.who, "secondary", "text2"), 0)
        else:
            button = Button("确认", "checkup-list", spoken=f"确认{each.name}")
            button.refuse(each.reason)
            button.clicked.connect(lambda _on=False: self.wanted.emit(each.what))
            self.buttons[each.what] = button
            row.add(button)
        made.setAccessibleName("，".join(part for part in (each.name, said, each.who) if part))
        return made


class FactsPanel(Panel):
    """What is known: parties, grade with its reasons, time limit, the rest, where it was handed to."""

    reveal_wanted = Signal()
    why_wanted = Signal()
    link_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("情况")
        self.pad((0.85, 0.5, 0.85, 0.6), 0.35)
        self.people = label("", wrap=True)
        self.reveal = Link("查看", "secondary", "查看当事人完整的姓名和电话，会留下记录")
        self.reveal.clicked.connect(self.reveal_wanted)
        self.grade = GradeBlocks()
        self._reasons = label("", "secondary", "text2", wrap=True)
        self.due = label("")
        self.why = Link("为什么", "secondary", "为什么是这个化解时限")
        self.why.clicked.connect(self.why_wanted)
        first = QWidget()
        row = WrapRow(0.85, 0.3)
        first.setLayout(row)
        row.add(named("当事人", self.people, held(self.reveal)), 2 * FACT_EM + 0.85)
        self._due = named("化解时限", self.due, held(self.why))
        row.add(self._due, FACT_EM)
        self.body.addWidget(first)
        self.body.addWidget(named("级别", self.grade, self._reasons))
        self.known = FactsList({"matter": "已转", "mediation": "已转", "village_note": "来自"})
        self.known.link_wanted.connect(self.link_wanted)
        self.body.addWidget(self.known)

    def show_grade(self, level: int, words: str, reasons: Sequence[str]) -> None:
        """The grade in blocks, and why it is this one."""
        self.grade.set(level, words or "还没有分级")
        self._reasons.setText("；".join(reasons))

    def show_due(self, words: str, *, why: bool) -> None:
        """The time limit, or nothing where none was set."""
        self._due.setVisible(bool(words))
        self.due.setText(words)
        self.why.setVisible(why)
