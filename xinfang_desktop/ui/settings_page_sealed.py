"""设置: 密件库 — who opens it, letting a colleague in, the recovery code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters.sealed_store import (
    LET_IN_FIELDS,
    RECOVER_FIELDS,
    SealedStorePresenter,
)
from xinfang_desktop.presenters.settings import SettingsPresenter

from .fields_dialog import FieldsDialog, Submit
from .messages import ask, show_problem, tell
from .page import Workplace
from .settings_page_tab import Tab
from .widgets.buttons import Button
from .widgets.text import label


class SealedTab(Tab):
    """For those who hold the grant; everybody else reads why it is not theirs."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        self.sealed = SealedStorePresenter(place.desk, place.runner.run)
        told = "检举控告和反映打击报复的密件，存在另一个库里，有自己的钥匙。系统管理员能给授权，打不开这个库。"
        self.column.addWidget(label(told, "body", "text2", wrap=True))
        self.words = label("", wrap=True)
        self.column.addWidget(self.words)
        self.admit = Button("准入一位专办员", "user-plus", primary=not why_not)
        self.code = Button("制作恢复码", "lock")
        self.recover = Button("用恢复码打开")
        self.buttons(self.admit, self.code, self.recover)
        self.column.addStretch()
        self.admit.clicked.connect(self.ask_admit)
        self.code.clicked.connect(self.ask_code)
        self.recover.clicked.connect(self.ask_recover)
        self._show()

    def load(self) -> None:
        if not self.why_not:
            self.sealed.load(self._show)

    def _show(self) -> None:
        now = self.sealed.status
        self.words.setText("\n".join(self.sealed.lines))
        shut = self.why_not or ("" if now and now.open else "密件库没有打开。")
        self.admit.refuse(shut)
        self.code.refuse(shut)
        opened = "密件库已经打开。" if now and now.open else ""
        self.recover.refuse(self.why_not or opened)

    def ask_admit(self) -> FieldsDialog:
        """A colleague types the own password."""
        return self._dialog(
            "准入一位专办员", LET_IN_FIELDS, "准入",
            lambda values, done, refused: self.sealed.let_in(
                values, lambda: self._changed(done), lambda error: refused([error])
            ),
        )  # fmt: skip

    def ask_recover(self) -> FieldsDialog:
        """By the paper that lies sealed in the safe."""
        return self._dialog(
            "用恢复码打开密件库", RECOVER_FIELDS, "打开",
            lambda values, done, refused: self.sealed.recover(
                values, lambda: self._changed(done), lambda error: refused([error])
            ),
        )  # fmt: skip

    def ask_code(self) -> None:
        """A new code makes the one before worthless, so it is asked first."""
        ask(
            self, "制作密件库的恢复码？",
            "只显示这一次，请准备好纸笔，抄下后密封保管。以前制作的恢复码从此作废。", "制作",
            lambda: self.sealed.make_code(self._made, self._refused),
        )  # fmt: skip

    def _made(self, code: str) -> None:
        tell(self, "密件库恢复码", code, "抄下来，核对一遍，密封保管。关掉以后不能再看。")
        self.load()

    def _refused(self, error: XinfangError) -> None:
        show_problem(self, error)

    def _dialog(
        self, title: str, fields: Sequence[Field], word: str, send: Submit
    ) -> FieldsDialog:  # fmt: skip
        dialog = FieldsDialog(
            self, title, fields, self.place.form, word, send,
            rows=[[field.name] for field in fields],
        )  # fmt: skip
        dialog.open()
        return dialog

    def _changed(self, done: Any) -> None:
        done()
        self.place.saved()
        self._show()
