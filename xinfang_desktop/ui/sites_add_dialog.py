"""添加对方名片: what the card says, and the fingerprint to be compared before it is trusted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.sites import CARD_SUFFIX, CardShown, SitesPresenter
from xinfang_desktop.services.sites import SiteRow

from . import theme
from .fingerprint import Fingerprint
from .form import sentence_of
from .widgets.buttons import Button
from .widgets.panel import rule, scroller
from .widgets.text import ProblemLine, label

QUESTION = "电话里念的指纹，和这里一样吗？"


class AddSiteDialog(QDialog):
    """``added(row)`` after a site was added. Nothing is trusted before the fingerprint is compared."""

    added = Signal(object)

    def __init__(self, parent: QWidget, sites: SitesPresenter) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("添加对方名片")
        self.setModal(True)
        self._sites, self._open = sites, True
        self.card: CardShown | None = None
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0)
        head = QVBoxLayout()
        theme.space(head, (1.3, 0.9, 1.3, 0.7), 0.3)
        head.addWidget(label("添加对方名片", "title"))
        head.addWidget(
            label(
                f"请对方在他的电脑上存名片文件（{CARD_SUFFIX}）交给您；也可以把名片文字复制过来。",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        self._column.addLayout(head)
        self._column.addWidget(rule())
        inner = QWidget()
        self._parts = QVBoxLayout(inner)
        theme.space(self._parts, (1.3, 0.8, 1.3, 0.8), 0.6)
        self._build_parts()
        self._column.addWidget(scroller(inner, "对方名片"), 1)
        self._column.addWidget(rule())
        self._build_foot()
        room = parent.window().size()
        self.resize(min(theme.em(46), room.width() - 40), min(theme.em(36), room.height() - 30))
        self._show()

    def _build_parts(self) -> None:
        row = QHBoxLayout()
        theme.space(row, 0, 0.6)
        self.pick = Button("选择名片文件…", "paperclip")
        self.paste = Button("从剪贴板粘贴", "copy")
        row.addWidget(self.pick)
        row.addWidget(self.paste)
        row.addStretch()
        self._parts.addLayout(row)
        self.problem = ProblemLine()
        self.name = label("", "title", wrap=True)
        self.told = label("", "body", wrap=True)
        self.known = label("", "body", "text2", wrap=True)
        self.fingerprint = Fingerprint("对方的指纹")
        self.question = label(QUESTION, "section", wrap=True)
        self.how = label(
            "请打电话给对方（打您本来就知道的号码），请他念自己屏幕或纸上的八组数字，一组一组对。"
            "有一组不一样，就不要添加：文件可能被人换过。",
            "body", "text2", wrap=True,
        )  # fmt: skip
        for widget in (
            self.problem, self.name, self.told, self.known, self.fingerprint, self.question,
            self.how,
        ):  # fmt: skip
            self._parts.addWidget(widget)
        self._parts.addStretch()
        self.pick.clicked.connect(self.ask_file)
        self.paste.clicked.connect(lambda: self.read_text(QApplication.clipboard().text()))

    def _build_foot(self) -> None:
        row = QHBoxLayout()
        theme.space(row, (1.3, 0.7, 1.3, 0.8), 0.6)
        row.addStretch()
        self.leave = Button("不添加")
        self.leave.clicked.connect(self.reject)
        self.go = Button("指纹一样，添加", primary=True, main=True)
        self.go.clicked.connect(self.add)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        self._column.addLayout(row)

    # --- reading ---

    def ask_file(self) -> None:
        """Choose the file of a card."""
        dialog = QFileDialog(self, "选择名片文件")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([f"站点名片 (*{CARD_SUFFIX})", "所有文件 (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name)))
        dialog.open()

    def read_file(self, path: Path) -> None:
        """Show what this card says."""
        self.problem.say("")
        self._sites.read_file(path, self._came, self._failed)

    def read_text(self, text: str) -> None:
        """Show what a card says that came as text."""
        self.problem.say("")
        self._sites.read_text(text, self._came, self._failed)

    def _came(self, card: CardShown) -> None:
        if self._open:
            self.card = card
            self._show()
            self.leave.setFocus()  # the answer that trusts nobody is the default

    def _failed(self, error: XinfangError) -> None:
        if self._open:
            self.card = self.card if error.code in _OF_THE_ADDING else None
            self._show()
            self.problem.say(sentence_of(error))

    # --- adding ---

    def add(self) -> None:
        """Trust the site."""
        if self.card is not None and self.go.isEnabled():
            self.go.refuse("正在添加")
            self._sites.add(self.card, self._added, self._failed)

    def _added(self, row: SiteRow) -> None:
        self.added.emit(row)
        if self._open:
            self.accept()

    def _show(self) -> None:
        card = self.card
        for widget in (self.name, self.told, self.fingerprint, self.question, self.how):
            widget.setVisible(card is not None)
        self.known.setVisible(card is not None and bool(card.known))
        if card is not None:
            self.name.setText(card.title)
            self.told.setText(card.told)
            self.known.setText(card.known)
            self.fingerprint.show_groups(card.groups)
        self.go.refuse("" if card is not None else "先选择名片文件")

    def done(self, result: int) -> None:
        self._open = False
        super().done(result)


_OF_THE_ADDING = frozenset(
    {"card_changed", "own_card", "practice_card", "role_mismatch", "no_shared_feed", "site_revoked"}
)
"""Refusals of a card that could be read: what it says stays on the screen."""
