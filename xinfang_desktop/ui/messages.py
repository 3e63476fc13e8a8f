"""Messages: what happened and what to do, in Chinese; questions whose dangerous answer is not
the default; and the dialog for our own bugs. None of them blocks: ``open()``, never ``exec()``.
"""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop import __version__
from xinfang_desktop.domain.errors import XinfangError

from . import theme
from .widgets.buttons import Button
from .widgets.text import Mark, label


class MessageDialog(QDialog):
    """A title, a sentence, what to do; buttons at the right, the safe one is the default."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, mend: str = "", state: str = "soon"
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("信访台")
        self.setModal(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{sentence}{mend}")
        self.column = QVBoxLayout(self)
        theme.space(self.column, 1.3, 0.8)
        head = QHBoxLayout()
        theme.space(head, 0, 0.6)
        if state:
            head.addWidget(Mark(state, "error" if state == "late" else ""))
        head.addWidget(label(title, "strong", wrap=True), 1)
        self.column.addLayout(head)
        if sentence:
            self.column.addWidget(label(sentence, wrap=True))
        if mend:
            self.column.addWidget(label(mend, "body", "text2", wrap=True))
        self._row = QHBoxLayout()
        theme.space(self._row, (0, 0.6, 0, 0), 0.6)
        self._row.addStretch()
        self.column.addLayout(self._row)
        theme.hold(self, least=30)

    def button(
        self,
        text: str,
        act: Callable[[], None] | None = None,
        *,
        default: bool = False,
        primary: bool = False,
    ) -> Button:
        """Add a button that closes the dialog and then acts."""
        made = Button(text, primary=primary)
        made.setDefault(default)
        made.clicked.connect(self.accept if act is None else lambda: self._finish(act))
        self._row.addWidget(made)
        if default:
            made.setFocus()
        return made

    def open(self) -> None:
        """Show it as high as its sentences are at its width, which Qt does not do by itself."""
        wide = max(self.minimumWidth(), self.minimumSizeHint().width())
        self.resize(wide, self.column.totalHeightForWidth(wide))
        super().open()

    def leave(self, act: Callable[[], None]) -> None:
        """Close, then act."""
        self._finish(act)

    def _finish(self, act: Callable[[], None]) -> None:
        self.accept()
        act()


def tell(parent: QWidget | None, title: str, sentence: str = "", mend: str = "") -> MessageDialog:
    """Say something that must be read."""
    dialog = MessageDialog(parent, title, sentence, mend, "")
    dialog.button("知道了", default=True)
    dialog.open()
    return dialog


def show_problem(parent: QWidget | None, error: XinfangError) -> MessageDialog:
    """Tell an error a person can meet, with what to do and the article behind it."""
    lines = "\n".join(part for part in (error.mend, error.article) if part)
    dialog = MessageDialog(parent, error.sentence, "", lines, "late")
    dialog.button("知道了", default=True)
    dialog.open()
    return dialog


def ask(
    parent: QWidget | None,
    title: str,
    sentence: str,
    yes: str,
    act: Callable[[], None],
    *,
    no: str = "取消",
    dangerous: bool = False,
) -> MessageDialog:
    """Ask before acting. ``dangerous``: the answer that keeps everything is the default."""
    dialog = MessageDialog(parent, title, sentence, "", "soon" if dangerous else "")
    dialog.button(yes, act, default=not dangerous, primary=not dangerous)
    dialog.button(no, default=dangerous)
    dialog.open()
    return dialog


def details(error: BaseException) -> str:
    """What a maker needs: versions and the traceback, without any registered content."""
    told = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return f"信访台 {__version__} · {platform.platform()} · Python {platform.python_version()}\n\n{told}"


def show_bug(parent: QWidget | None, error: BaseException) -> MessageDialog:
    """Our bug: say that nothing typed is lost, offer the details to copy, and go on."""
    dialog = MessageDialog(
        parent,
        "程序出了一个错误，这一步没有做成。",
        "已经写好的内容还在，可以接着用；刚才那一步请再试一次。",
        "如果反复出现，请复制下面的详细情况，交给维护人员。",
        "late",
    )
    text = QPlainTextEdit(details(error))
    text.setReadOnly(True)
    text.setAccessibleName("错误的详细情况")
    theme.hold(text, height=12)
    dialog.column.insertWidget(dialog.column.count() - 1, text)
    copy = dialog.button("复制详细情况")
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QApplication.clipboard().setText(details(error)))
    dialog.button("继续使用", default=True)
    dialog.open()
    return dialog
