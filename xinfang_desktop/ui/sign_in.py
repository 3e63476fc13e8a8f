"""The sign-in window: a name, a password, and the way back with the recovery code."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.sign_in import RESET_FIELDS, SIGN_IN_FIELDS, SignInPresenter

from . import theme
from .form import Form, FormContext
from .messages import tell
from .widgets.buttons import Button
from .widgets.combo import choices
from .widgets.panel import Panel, scroller
from .widgets.text import Link, label


def _unasked() -> date:
    """These forms have no date field."""
    return date.min


class SignIn(QWidget):
    """``signed(desk)`` when the store is open; ``other_wanted`` switches to or from practice."""

    signed = Signal(object)
    practice_wanted = Signal()

    def __init__(self, presenter: SignInPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.setWindowTitle("信访台 — 登录")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        whole.addWidget(scroller(inner, "登录"))
        outer = QVBoxLayout(inner)
        theme.space(outer, 1.15, 0.6)
        outer.addStretch(2)
        title = label("信访台", "title" if theme.is_large() else "big", "accent")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(title)
        under = label(presenter.hint, "body", "text2")
        under.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(under)
        outer.addSpacing(theme.em(0.6))
        self._stack = QStackedWidget()
        theme.hold(self._stack, width=30)
        names = choices([(name, name) for name in presenter.names])
        context = FormContext(today=_unasked)
        self.form = Form(SIGN_IN_FIELDS, context)
        self.form.editor("name").set_entries(names)
        self.form.set_values({"name": presenter.first})
        self.form.submitted.connect(self._try)
        self.button = Button("登录", primary=True, main=True)
        self.button.clicked.connect(self._try)
        self._stack.addWidget(self._sheet("登录", self.form, self.button, "忘记密码", 1))
        self.reset_form = Form(RESET_FIELDS, context)
        self.reset_form.editor("name").set_entries(names)
        self.reset_form.set_values({"name": presenter.first})
        self.reset_form.submitted.connect(self._reset)
        self.reset_button = Button("设置新密码", primary=True, main=True)
        self.reset_button.clicked.connect(self._reset)
        self._stack.addWidget(
            self._sheet("用恢复码重新设密码", self.reset_form, self.reset_button, "返回登录", 0)
        )
        outer.addWidget(self._stack, 0, Qt.AlignmentFlag.AlignHCenter)
        self._other = Link(self._other_words())
        self._other.clicked.connect(self.practice_wanted)
        outer.addWidget(self._other, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.form.focus("password" if presenter.first else "name")

    def _sheet(self, title: str, form: Form, button: Button, link: str, to: int) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        panel = Panel(title)
        panel.pad(1.15, 0.6)
        panel.body.addWidget(form)
        row: QHBoxLayout = panel.foot()
        other = Link(link)
        other.clicked.connect(lambda: self._turn(to))
        row.addWidget(other)
        row.addStretch()
        row.addWidget(button)
        column.addWidget(panel)
        column.addStretch()
        return page

    def _other_words(self) -> str:
        if self._presenter.practice:
            return "回到正式单位"
        return "打开练习单位（数据都是编的，随便试）"

    def wait_for_practice(self, waiting: bool) -> None:
        """Say that the practice office is being made (it takes some seconds)."""
        self._other.setEnabled(not waiting)
        self._other.set_text("正在准备练习单位，请稍等…" if waiting else self._other_words())

    def _turn(self, to: int) -> None:
        self._stack.setCurrentIndex(to)
        (self.reset_form if to else self.form).focus("code" if to else "password")

    def _busy(self, busy: bool) -> None:
        for button in (self.button, self.reset_button):
            button.setEnabled(not busy)
        self.button.setText("正在登录…" if busy else "登录")

    def _try(self) -> None:
        if not self.button.isEnabled():
            return
        self._busy(True)
        values = self.form.values()
        self._presenter.sign_in(
            str(values.get("name", "")),
            str(values.get("password", "")),
            self._opened,
            lambda error: self._refused(self.form, error),
        )

    def _opened(self, desk: object) -> None:
        self._busy(False)
        self.form.editor("password").clear()
        self.signed.emit(desk)

    def _refused(self, form: Form, error: XinfangError) -> None:
        self._busy(False)
        if form.show_problems([error]):
            form.say("password", f"{error.sentence}{error.mend}")
            form.focus("password")
        form.editor("password").selectAll()

    def _reset(self) -> None:
        if not self.reset_button.isEnabled():
            return
        self._busy(True)
        values = self.reset_form.values()
        code, name, password, again = (
            str(values.get(name, "")) for name in ("code", "name", "password", "password_again")
        )
        self._presenter.reset(
            code,
            name,
            password,
            again,
            self._was_reset,
            lambda error: self._refused(self.reset_form, error),
        )

    def _was_reset(self) -> None:
        self._busy(False)
        self.reset_form.clear()
        self._turn(0)
        tell(self, "新密码已设好", "请用新密码登录。")
