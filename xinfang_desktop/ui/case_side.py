"""The right side of a case's page: 经过, 文书, 附件, 谁看过, and the line to write one down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from xinfang_desktop.presenters.case_words import Course, moment_words, size_words, when_words
from xinfang_desktop.services.views import TimelineRow

from . import icons, theme
from .widgets.buttons import Button
from .widgets.combo import Combo, choices
from .widgets.inputs import LineEdit
from .widgets.panel import Panel, empty, scroller
from .widgets.text import EmptyState, Link, ProblemLine, label
from .widgets.wrap import WrapRow


class Entry(QFrame):
    """One entry: icon, bold word, grey line, text; with a link where something can be opened."""

    def __init__(self, icon: str, word: str, when: str, text: str = "", link: str = "") -> None:
        super().__init__()
        self.setProperty("panelhead", True)
        row = QHBoxLayout(self)
        theme.space(row, (0.85, 0.55, 0.6, 0.6), 0.75)
        sign = label("")
        sign.setPixmap(icons.pixmap(icon, "accent", 1.2))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        theme.space(column, 0, 0.1)
        column.addWidget(label(word, "strong", wrap=True))
        column.addWidget(label(when, "secondary", "text2", wrap=True))
        if text:
            column.addWidget(label(text, "secondary", wrap=True))
        row.addLayout(column, 1)
        self.link = Link(link, "secondary", f"{link}：{word}")
        self.link.setVisible(bool(link))
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("，".join(part for part in (word, when, text) if part))


class _List(QWidget):
    """Entries below each other."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        theme.space(column, 0, 0)
        self._column = column

    def fill(self, entries: Sequence[QWidget], none: str, below: QWidget | None = None) -> None:
        """Show these entries, or one sentence; then what stands below them."""
        empty(self)
        for entry in entries or [EmptyState(none)]:
            self._column.addWidget(entry)
        if below is not None:
            self._column.addWidget(below)
        self._column.addStretch(1)  # not AlignTop: that would cut long texts


class SidePanel(Panel):
    """Tabs with counts; below them the note box. ``kinds`` are the kinds of record one may write
    down, the first of them where nobody chose; without any there is nothing to choose.
    """

    noted = Signal(str, str)
    paper_wanted = Signal(str, str)
    attach_wanted = Signal()
    copy_wanted = Signal(str, str)

    def __init__(self, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._usual = kinds[0][0] if kinds else ""
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("经过、文书、附件、谁看过")
        self.timeline, self.papers, self.files, self.seen = _List(), _List(), _List(), _List()
        for part, word in (
            (self.timeline, "经过"), (self.papers, "文书"), (self.files, "附件"), (self.seen, "谁看过"),
        ):  # fmt: skip
            self.tabs.addTab(scroller(part, word), word)
        self.body.addWidget(self.tabs)
        self.attach = Button("添加附件", "paperclip")
        self.attach.clicked.connect(self.attach_wanted)
        self._build_note(kinds)

    def _build_note(self, kinds: Sequence[tuple[str, str]]) -> None:
        foot = self.foot()
        box = QWidget()
        row = WrapRow(0.5, 0.3)
        box.setLayout(row)
        self.kind = Combo("记录种类", choices(kinds))
        self.kind.set_value(self._usual)
        self.line = LineEdit("记一笔", hint="记一笔：做了什么、结果如何")
        self.write = Button("记下")
        self.problem = ProblemLine()
        row.add(self.kind, 60)  # a line of its own at every scale
        self.kind.setVisible(bool(kinds))
        row.add(self.line, 12, grows=True)
        row.add(self.write)
        row.add(self.problem, 20)
        foot.addWidget(box)
        self.write.clicked.connect(self._send)
        self.line.entered.connect(self._send)
        self.line.changed.connect(lambda: self.problem.say(""))

    def refuse_note(self, reason: str) -> None:
        """Switch the note box off with its reason."""
        self.write.refuse(reason)
        self.line.setEnabled(not reason)
        self.kind.setEnabled(not reason)

    def note_taken(self) -> None:
        """The note was written: an empty box for the next one."""
        self.line.clear()
        self.kind.set_value(self._usual)
        self.problem.say("")

    def _send(self) -> None:
        if self.write.isEnabled():
            self.noted.emit(self.kind.value() or self._usual, self.line.value())

    def show_course(self, view: Course, today: date) -> None:
        """Fill the four tabs."""
        self.tabs.setTabText(0, f"经过 {len(view.timeline)}")
        self.tabs.setTabText(1, f"文书 {len(view.documents)}")
        self.tabs.setTabText(2, f"附件 {len(view.attachments)}")
        self.timeline.fill([self._step(row, today) for row in view.timeline], "还没有记录。")
        self.papers.fill(self._documents(view, today), "还没有打印过文书。")
        self.attach = Button("添加附件", "paperclip")
        self.attach.clicked.connect(self.attach_wanted)
        self.files.fill(self._attachments(view, today), "没有附件。", _padded(self.attach))
        looks = [
            Entry("eye", row.what, f"{moment_words(row.at, today)} · {row.who}")
            for row in view.seen
        ]
        self.seen.fill(looks, "还没有人看过。")

    @staticmethod
    def _step(row: TimelineRow, today: date) -> Entry:
        return Entry(row.icon, row.label, when_words(row, today), row.text)

    def _attachments(self, view: Course, today: date) -> list[QWidget]:
        found: list[QWidget] = []
        for row in view.attachments:
            told = f"{moment_words(row.at, today)} · {row.by} · {size_words(row)}"
            entry = Entry("paperclip", row.name, told, link="另存")
            entry.link.clicked.connect(
                lambda id=row.id, name=row.name: self.copy_wanted.emit(id, name)
            )
            found.append(entry)
        return found

    def _documents(self, view: Course, today: date) -> list[QWidget]:
        found: list[QWidget] = []
        for row in view.documents:
            title = f"{row.title}（补打）" if row.reprint else row.title
            told = " · ".join(p for p in (row.number, f"{row.pages} 页") if p)
            entry = Entry(
                "file-text", title, f"{moment_words(row.at, today)} · {row.by}", told, "查看"
            )
            entry.link.clicked.connect(
                lambda id=row.id, title=title: self.paper_wanted.emit(id, title)
            )
            found.append(entry)
        return found


def _padded(button: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0.85, 0)
    row.addWidget(button)
    row.addStretch()
    return made
