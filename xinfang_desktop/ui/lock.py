"""The locked screen: the window stays as it was, nothing of it is seen, what was typed is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.sign_in import LockPresenter

from . import theme
from .widgets.buttons import Button
from .widgets.inputs import PasswordEdit
from .widgets.panel import Panel
from .widgets.text import ProblemLine, label

_ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.InputMethod,
}


class IdleWatch(QObject):
    """Calls ``idle`` after a time without key, mouse or input method."""

    def __init__(self, parent: QObject, after: timedelta, idle: Callable[[], None]) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may come 5 % too early
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(after.total_seconds() * 1000))
        self._timer.timeout.connect(idle)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._timer.start()
        return False


class LockScreen(QWidget):
    """Asks for the password of who is signed in."""

    opened = Signal()
    other_wanted = Signal()

    def __init__(self, presenter: LockPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.setAccessibleName("已锁定")
        outer = QVBoxLayout(self)
        outer.addStretch()
        panel = Panel("已锁定")
        panel.pad(1.3, 0.7)
        theme.hold(panel, width=26)
        panel.body.addWidget(label(f"{presenter.name}，请输入密码继续。", wrap=True))
        panel.body.addWidget(
            label("没写完的内容都在，解锁后接着写。", "secondary", "text2", wrap=True)
        )
        self.password = PasswordEdit("密码")
        self.password.entered.connect(self._try)
        panel.body.addWidget(label("密码", "secondary", "text2"))
        panel.body.addWidget(self.password)
        self._problem = ProblemLine()
        panel.body.addWidget(self._problem)
        row = panel.foot()
        other = Button("换人登录")
        other.clicked.connect(self.other_wanted)
        row.addWidget(other)
        row.addStretch()
        self.button = Button("解锁", primary=True)
        self.button.clicked.connect(self._try)
        row.addWidget(self.button)
        outer.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch()

    def reset(self) -> None:
        """Empty the field and go there."""
        self.password.clear()
        self._problem.say("")
        self.password.setFocus()

    def problem(self) -> str:
        """The sentence shown."""
        return self._problem.text()

    def _try(self) -> None:
        self.button.setEnabled(False)
        self._presenter.unlock(self.password.text(), self._opened, self._refused)

    def _opened(self) -> None:
        self.button.setEnabled(True)
        self.password.clear()
        self.opened.emit()

    def _refused(self, error: XinfangError) -> None:
        self.button.setEnabled(True)
        self._problem.say(f"{error.sentence}{error.mend}")
        self.password.selectAll()
        self.password.setFocus()
