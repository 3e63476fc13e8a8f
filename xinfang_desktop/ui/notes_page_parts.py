"""One page of the village diary: its text, its promises with a button each, what became of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.presenters.case_words import moment_words, when_words
from xinfang_desktop.presenters.notes import NotesPresenter, PromiseLine

from . import theme
from .case_parts import held, padded, row_frame
from .case_side import Entry
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.panel import Panel, empty, scroller
from .widgets.text import EmptyState, Link, label
from .widgets.wrap import WrapRow

_NO_LIMIT = 16_777_215  # Qt's own "no maximum"


class NotePanel(Panel):
    """The open page; before any is open, one sentence."""

    closed = Signal()
    keep_wanted = Signal(int)
    dispute_wanted = Signal()
    correct_wanted = Signal()
    open_dispute = Signal(str)

    def __init__(self) -> None:
        self.back = Link("返回列表", "secondary")
        super().__init__("一页", aside=self.back)
        self.back.clicked.connect(self.closed)
        self.keeping: dict[int, Button] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        theme.space(self._column, 0, 0)
        self._column.addWidget(EmptyState("点一行，或按回车，在这里看全文和承诺。"))
        self.body.addWidget(scroller(self._inner, "这一页"))
        box = QWidget()
        row = WrapRow(0.6, 0.4)
        box.setLayout(row)
        self.to_dispute = Button("转为纠纷", "send")
        self.correct = Button("更正", "history")
        self.to_dispute.clicked.connect(self.dispute_wanted)
        self.correct.clicked.connect(self.correct_wanted)
        row.add(self.to_dispute)
        row.add(self.correct)
        self.foot().addWidget(box)
        self._foot = box.parentWidget() or box
        self._foot.hide()

    def set_beside(self, beside: bool, width: float) -> None:
        """Beside the list in a width of em, or in its place."""
        self.back.setVisible(not beside)
        if beside:
            theme.hold(self, width=width)
        else:
            theme.hold(self, width=0)
            self.setMinimumWidth(0)
            self.setMaximumWidth(_NO_LIMIT)

    def show_note(self, notes: NotesPresenter) -> None:
        """Show the page that is open there."""
        view, today = notes.seen, notes.desk.today
        self.title.setText(view.row.topic_name)
        self.say(view.row.place)
        empty(self._inner)
        self.keeping = {}
        said = QWidget()
        column = QVBoxLayout(said)
        theme.space(column, (0.85, 0.6, 0.85, 0.7), 0.4)
        column.addWidget(label(notes.told(), "secondary", "text2", wrap=True))
        if view.voided:
            column.addWidget(label("已经更正，这一页作废。", "strong", "error", wrap=True))
        column.addWidget(label(view.row.text, wrap=True))
        if view.row.dispute:
            link = Link("已转为纠纷，打开", "body", f"打开纠纷 {view.row.dispute}")
            link.clicked.connect(lambda: self.open_dispute.emit(view.row.dispute))
            column.addWidget(held(link))
        self._column.addWidget(said)
        promises = notes.promises()
        if promises:
            self._column.addWidget(_head(f"当面承诺 {len(promises)} 项"))
        why_not = notes.why_not_change()
        for line in promises:
            self._column.addWidget(self._promise(line, why_not))
        self._column.addWidget(_head("经过"))
        for row in view.timeline:
            self._column.addWidget(Entry(row.icon, row.label, when_words(row, today), row.text))
        if view.seen:
            self._column.addWidget(_head("谁看过"))
        for look in view.seen:
            when = f"{moment_words(look.at, today)} · {look.who}"
            self._column.addWidget(Entry("eye", look.what, when))
        self._column.addStretch(1)
        self._foot.show()
        self.to_dispute.refuse(notes.why_not_dispute())
        self.correct.refuse(why_not)

    def _promise(self, line: PromiseLine, why_not: str) -> QWidget:
        made = row_frame(last=False)
        row = WrapRow(0.7, 0.25)
        padded(made, row)
        words = QWidget()
        column = QVBoxLayout(words)
        theme.space(column, 0, 0.1)
        column.addWidget(label(line.what, "strong" if line.open else "body", wrap=True))
        column.addWidget(label(line.who, "secondary", "text2", wrap=True))
        if line.kept:
            column.addWidget(label(line.kept, "secondary", wrap=True))
        row.add(words, 27, grows=True)  # a line of its own, state and button below
        row.add(held(DueChip(line.urgency, line.words)), 10, grows=True)
        if line.open:
            button = Button("兑现了", "message-circle-check", spoken=f"兑现了：{line.what}")
            button.refuse(why_not)
            button.clicked.connect(lambda _on=False: self.keep_wanted.emit(line.no))
            self.keeping[line.no] = button
            row.add(button)
        told = (line.what, line.who, line.words, line.kept)
        made.setAccessibleName("，".join(part for part in told if part))
        return made


def _head(words: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    theme.space(column, (0.85, 0.5, 0.85, 0.2), 0)
    column.addWidget(label(words, "head", "text2"))
    return made
