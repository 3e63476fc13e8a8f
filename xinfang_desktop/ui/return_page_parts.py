"""The frame of 本期填报: which round, what was filed for it already, the receipt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.return_forms import QUESTION, TOP
from xinfang_desktop.services.filed import FiledReturn

from . import theme
from .form import Form, FormContext
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.combo import choices
from .widgets.panel import Panel, empty
from .widgets.text import Link, LongLink, ProblemLine, label
from .widgets.ticks import Radios


class RoundPanel(Panel):
    """Which round, until when, what was filed last time; for an officer who reported and when."""

    anew_wanted = Signal()

    def __init__(self, context: FormContext) -> None:
        self.chip = DueChip()
        super().__init__("本期", aside=self.chip)
        self.pad((0.85, 0.45, 0.85, 0.5), 0.25)
        self._last = label("", wrap=True)
        self.body.addWidget(self._last)
        self._restored = QWidget()
        row = QHBoxLayout(self._restored)
        theme.space(row, 0, 0.7)
        row.addWidget(label("上次没有报完的内容已经放回来了，接着写就行。", "strong", wrap=True), 1)
        self.anew = Link("从头填", "body", "不要上次写的，从头填")
        self.anew.clicked.connect(self.anew_wanted)
        row.addWidget(self.anew)
        self.body.addWidget(self._restored)
        self.top = Form(TOP, context, ((("filed_on", 11.0), ("reporter", 14.0)),))
        self.body.addWidget(self.top)

    def show_round(
        self, title: str, note: str, chip: tuple[str, str], last: str, *, restored: bool
    ) -> None:
        """Show this round."""
        self.title.setText(title)
        self.say(note)
        self.chip.set(*chip)
        self._last.setText(last or "这一种排查是第一次报。")
        self._restored.setVisible(restored)
        self.setAccessibleName("，".join(part for part in (title, note, chip[1], last) if part))


class QuestionPanel(Panel):
    """本期有没有新发现的纠纷？ 没有 or 有; the problem stands below."""

    def __init__(self) -> None:
        super().__init__("本期有没有新发现的纠纷？", "没有也要报，叫零报告")
        self.pad((0.85, 0.5, 0.85, 0.6), 0.2)
        self.field = QUESTION
        entries = choices(tuple(QUESTION.choices))  # type: ignore[arg-type]
        self.radios = Radios("本期有没有新发现的纠纷", entries)
        self.body.addWidget(self.radios)
        self._problem = ProblemLine()
        self.body.addWidget(self._problem)
        self.changed = self.radios.changed
        self.entered = self.radios.entered

    def tell(self, sentence: str) -> None:
        """Show what is wrong with the answer, or take it away."""
        self._problem.say(sentence)

    def problem(self) -> str:
        """The sentence shown."""
        return self._problem.text()

    def focus_answer(self) -> None:
        """Go to the answer, the given one where there is one."""
        chosen = self.radios.value()
        button = self.radios.button(chosen) if chosen else self.radios
        button.setFocus(Qt.FocusReason.TabFocusReason)


class FiledPanel(Panel):
    """What was filed for this round; 补报 adds to it."""

    dispute_wanted = Signal(str)
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("已经报了")
        self.pad((0.85, 0.6, 0.85, 0.7), 0.4)
        self._rows = QWidget()
        theme.space(QVBoxLayout(self._rows), 0, 0.3)
        self.body.addWidget(self._rows)
        self.more = Button("补报", "plus")
        self.more.clicked.connect(self.more_wanted)
        line = QHBoxLayout()
        theme.space(line, 0, 0.7)
        line.addWidget(self.more)
        line.addWidget(
            label("又发现了纠纷就补报；补报不算迟。", "secondary", "text2", wrap=True), 1
        )
        self.body.addLayout(line)

    def show_filed(self, filed: Sequence[tuple[str, FiledReturn]], reason: str) -> None:
        """Show these returns; ``reason`` says why this account may not add to them."""
        empty(self._rows)
        column = self._rows.layout()
        for words, each in filed:
            parts: list[QWidget] = [label(words, "strong", wrap=True)]
            for row in (*each.disputes, *each.carried):
                link = LongLink(row.summary, "body", f"打开纠纷：{row.summary}")
                link.clicked.connect(lambda number=row.number: self.dispute_wanted.emit(number))
                parts.append(link)
            if each.note:
                parts.append(label(f"备注：{each.note}", wrap=True))
            for part in parts:
                if column is not None:
                    column.addWidget(part)
        self.more.refuse(reason)


class Receipt(QFrame):
    """What was just filed, told in place; with the next round that waits."""

    next_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notice", "info")
        row = QHBoxLayout(self)
        theme.space(row, (0.85, 0.5, 0.85, 0.5), 0.8)
        words = QVBoxLayout()
        theme.space(words, 0, 0.15)
        self._first = label("", "strong", wrap=True)
        self._rest = label("", wrap=True)
        words.addWidget(self._first)
        words.addWidget(self._rest)
        row.addLayout(words, 1)
        self.next = Link("接着报")
        self.next.clicked.connect(self.next_wanted)
        self.close_link = Link("知道了", spoken="收起回执")
        self.close_link.clicked.connect(self.closed)
        row.addWidget(self.next)
        row.addWidget(self.close_link)
        self.hide()

    def show_words(self, words: Sequence[str], following: str) -> None:
        """Show these sentences; ``following`` is the round that waits next."""
        self._first.setText(words[0] if words else "")
        self._rest.setText("".join(words[1:]))
        self.setAccessibleName("".join(words))
        self.next.setVisible(bool(following))
        self.next.set_text("接着报", f"接着报{following}")
        self.setVisible(bool(words))
        QTimer.singleShot(0, self, self._fit)

    def words(self) -> str:
        """What is shown, empty when it is hidden."""
        return self._first.text() + self._rest.text() if not self.isHidden() else ""

    def focus_on(self) -> None:
        """Go to what one does next."""
        (self.next if self.next.isVisibleTo(self) else self.close_link).setFocus()

    def _fit(self) -> None:
        """As high as its words need: a box layout gives a wrapped label less than that."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
