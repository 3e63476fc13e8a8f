"""Which window is open: the first run, signing in, or the desk; and the look they share."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.first_run import FirstRunPresenter
from xinfang_desktop.presenters.shell import ShellPresenter
from xinfang_desktop.presenters.sign_in import Installation, SignInPresenter
from xinfang_desktop.services import accounts
from xinfang_desktop.services.desk import Desk

from . import language, theme
from .choices import form_context
from .first_run import FirstRun
from .main_window import MainWindow
from .messages import show_bug, show_problem
from .page import Pages
from .sign_in import SignIn
from .single_instance import Doorbell, hand_over
from .style import CalmStyle, TameWheel
from .tasks import Runner
from .waiting import Waiting

log = logging.getLogger(__name__)
MakePractice = Callable[[Path], object]


def prepare(app: QApplication, look: theme.Look) -> None:
    """Language, fonts, style and look of the whole program."""
    app.setApplicationName("xinfang")
    app.setApplicationDisplayName("信访台")
    app.setStyle(CalmStyle())
    language.speak_chinese(app)
    theme.load_fonts()
    theme.apply(app, look)


class Flow(QObject):
    """Opens one window after the other; owns the runner, the open desk and the settings of this PC."""

    signed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        installation: Installation,
        pages: Pages,
        make_practice: MakePractice,
        settings: QSettings,
        warm_up: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._app, self._installation, self._pages = app, installation, pages
        self._make_practice = make_practice
        self._warm_up = warm_up
        self._settings = settings
        self.runner = Runner(self)
        self.runner.problem.connect(self._tell_problem)
        self.runner.bug.connect(self._tell_bug)
        self._wheel = TameWheel(self)
        app.installEventFilter(self._wheel)
        self.desk: Desk | None = None
        self.window: QWidget | None = None
        self._home = installation.home
        self._bell: Doorbell | None = None
        self._argument = ""
        prepare(app, self._kept_look())
        sys.excepthook = self._excepthook

    # --- windows ---

    def begin(self, *, practice: bool = False, user: str = "", argument: str = "") -> None:
        """Open the window that fits what this PC has; a window already open comes up instead."""
        if self._bell is None:
            if hand_over(self._installation.home, argument):
                QTimer.singleShot(0, self._app.quit)
                return
            self._bell = Doorbell(self._installation.home, self)
            self._bell.rung.connect(self._rung)
        self._argument = argument
        if practice:
            self.open_practice(user)
        elif accounts.home_state(self._installation.home) == "empty":
            self.show_first_run()
        else:
            self.show_sign_in(self._installation.home, user)

    def show_first_run(self) -> None:
        """The first start."""
        window = FirstRun(FirstRunPresenter(self._installation, self.runner.run))
        window.made.connect(lambda name: self.show_sign_in(self._installation.home, name))
        window.practice_wanted.connect(self.open_practice)
        self._show(window)

    def show_sign_in(self, home: Path, user: str = "") -> None:
        """The sign-in window of one data folder."""
        self._home = home
        user = user or str(self._settings.value("last_user", ""))
        window = SignIn(SignInPresenter(self._installation, home, self.runner.run, user))
        window.signed.connect(self.open_desk)
        window.practice_wanted.connect(self._switch)
        self._show(window)
        self.runner.run(self._warm_up, lambda _none: None, lane="files")

    def open_practice(self, user: str = "") -> None:
        """The practice office, made when it is not there yet."""
        home = self._installation.practice_home
        if accounts.home_state(home) == "office":
            self.show_sign_in(home, user)
            return
        if self.window is None:
            self._show(Waiting("正在准备练习单位", "第一次要半分钟左右，请稍候。"))
        window = self.window
        if isinstance(window, FirstRun | SignIn):
            window.wait_for_practice(True)

        def refused(error: XinfangError) -> None:
            if isinstance(window, FirstRun | SignIn):
                window.wait_for_practice(False)
            self._tell_problem(error)

        self.runner.run(
            lambda: self._make_practice(home),
            lambda _made: self.show_sign_in(home, user),
            refused,
            label="正在准备练习单位",
        )

    def open_desk(self, desk: Desk) -> None:
        """The main window for an open desk."""
        self.desk = desk
        self._settings.setValue("last_user", desk.account.name)
        window = MainWindow(
            ShellPresenter(desk), self.runner, self._pages, form_context(desk, self.runner.run)
        )
        window.left.connect(self._leave_desk)
        window.look_chosen.connect(self.change_look)
        self._show(window)
        first = next((p.key for p in ShellPresenter(desk).places() if p.key in self._pages), "")
        if first:
            window.go(first)
        self.signed.emit(desk)
        self._hand_on()

    def _rung(self, argument: str) -> None:
        self.raise_window()
        self._argument = argument or self._argument
        self._hand_on()

    def _hand_on(self) -> None:
        """Give the file of this or a second start to the main window, once there is one."""
        if self._argument and isinstance(self.window, MainWindow):
            argument, self._argument = self._argument, ""
            self.window.take_file(argument)

    def raise_window(self) -> None:
        """A second start: come to the front."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def change_look(self, look: theme.Look) -> None:
        """Another scale or palette, kept for the next start."""
        self._settings.setValue("percent", look.percent)
        self._settings.setValue("palette", look.palette)
        theme.apply(self._app, look)

    def close(self) -> None:
        """Keep what was typed, finish what is under way, close the store."""
        self._close_desk()
        self.runner.close()
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        self._app.removeEventFilter(self._wheel)

    # --- inside ---

    def _switch(self) -> None:
        if self._home == self._installation.practice_home:
            self.begin()
        else:
            self.open_practice()

    def _leave_desk(self) -> None:
        self._close_desk()
        self.show_sign_in(self._home)

    def _close_desk(self) -> None:
        if isinstance(self.window, MainWindow):
            self.window.close_down()
        if self.desk is not None:
            desk, self.desk = self.desk, None
            self.runner.run(desk.close, lambda _none: None)

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        if old is not None:
            window.setGeometry(old.geometry())
        else:
            room = self._app.primaryScreen().availableGeometry()
            window.resize(min(1366, room.width()), min(698, room.height()))
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _kept_look(self) -> theme.Look:
        percent = int(str(self._settings.value("percent", 100)))
        palette = str(self._settings.value("palette", "light"))
        return theme.Look(palette, percent if percent in theme.SCALES else 100)

    def _tell_problem(self, error: XinfangError) -> None:
        show_problem(self.window, error)

    def _tell_bug(self, error: BaseException) -> None:
        show_bug(self.window, error)

    def _excepthook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("bug", exc_info=(kind, error, trace))
        if isinstance(error, XinfangError):
            show_problem(self.window, error)
        elif not issubclass(kind, KeyboardInterrupt):
            show_bug(self.window, error)
