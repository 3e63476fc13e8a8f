"""刚才的导入: what the last bundle brought, figure by figure, and what still waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.exchange_words import CountLine, ReportLines

from . import theme
from .widgets.panel import Panel, empty, rule, scroller
from .widgets.text import Link, Mark, label
from .widgets.wrap import WrapRow


class Figure(QWidget):
    """One figure with its mark: ✓ 38 条新记录."""

    def __init__(self, line: CountLine) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        theme.space(row, 0, 0.35)
        state, ink = line.mark, "text2"
        if line.number and line.mark in ("soon", "near", "done", "provisional"):
            ink = ""
        row.addWidget(Mark(state, ink or _INKS[state]))
        row.addWidget(label(str(line.number), "strong"))
        row.addWidget(label(line.words, "body", "text2" if ink else ""))
        row.addStretch()
        self.setAccessibleName(f"{line.number} {line.words}")


_INKS = {"soon": "", "near": "", "provisional": "", "done": "done", "rest": "", "none": "text2"}


def held(mark: QWidget) -> QWidget:
    """A mark at the height of the first line beside it."""
    made = QWidget()
    column = QVBoxLayout(made)
    theme.space(column, (0, 0.25, 0, 0))
    column.addWidget(mark)
    return made


class Told(QWidget):
    """A sentence with a mark before it: an alarm, a warning, a gap."""

    def __init__(self, state: str, sentence: str, ink: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        theme.space(row, 0, 0.5)
        row.addWidget(held(Mark(state, ink)), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(sentence, "body", ink, wrap=True), 1)
        self.setAccessibleName(sentence)


def told(alarms: Sequence[str], warnings: Sequence[str], gaps: Sequence[str]) -> list[Told]:
    """What must be known about a bundle, the gravest first."""
    return [
        *(Told("late", sentence, "error") for sentence in alarms),
        *(Told("soon", sentence) for sentence in warnings),
        *(Told("near", sentence) for sentence in gaps),
    ]


class ReportPanel(Panel):
    """``all_wanted`` asks for the list of every file."""

    all_wanted = Signal()

    def __init__(self) -> None:
        self.all = Link("看全部", "secondary", "看全部收发的数据包")
        super().__init__("刚才的导入", aside=self.all)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        theme.space(self._column, (0.85, 0.7, 0.85, 0.7), 0.55)
        self.body.addWidget(scroller(self._inner, "刚才的导入"))
        self.all.clicked.connect(self.all_wanted)

    def show_report(
        self, report: ReportLines | None, standing: Sequence[str], missing: str
    ) -> None:
        """Show the last report, and below it what waits whatever bundle it came with."""
        empty(self._inner)
        self.say(report.title if report else "")
        if report is None:
            self._column.addWidget(
                label(
                    "还没有导入过数据包。把对方的 .xfb 文件拖到窗口里，或按“导入数据包”。",
                    "body",
                    "text2",
                    wrap=True,
                )
            )
        else:
            self._fill(report)
        if report is not None and (standing or missing):
            self._column.addWidget(rule("hairline"))
        for sentence in standing:
            self._column.addWidget(Told("near", sentence))
        if missing:
            self._column.addWidget(Told("provisional", missing))
        self._column.addStretch()

    def _fill(self, report: ReportLines) -> None:
        figures = QWidget()
        row = WrapRow(0.6, 0.35)
        figures.setLayout(row)
        for line in report.counts:
            row.add(Figure(line), 9.2)
        self._column.addWidget(figures)
        self._column.addWidget(label(report.sentence, "body", wrap=True))
        if report.merged:
            self._column.addWidget(Told("done", report.merged))
        for each in told(report.alarms, report.warnings, ()):
            self._column.addWidget(each)
