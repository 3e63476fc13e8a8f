"""A clerk at the keyboard: types where the focus is, presses shortcuts, waits on facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.factories import OFFICE, PASSWORD
from xinfang_desktop.presenters.sign_in import Installation
from xinfang_desktop.services.desk import Clock, Desk
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui.flow import Flow
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.page import Page
from xinfang_desktop.ui.pages import PAGES
from xinfang_desktop.ui.register import RegisterPage
from xinfang_desktop.ui.sign_in import SignIn

PATIENCE_MS = 30_000
"""How long to wait for a fact before saying that it never came; a busy machine is slow."""

WINDOW = (1366, 698)
"""What a 1366×768 screen leaves between title bar and taskbar, in pixels."""
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Of = TypeVar("Of", bound=QWidget)


def open_flow(home: Path, clock: Clock, reference: Reference, folder: Path) -> Flow:
    """The program on one data folder, with settings of its own."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    installation = Installation(home, home.with_name("practice"), clock, reference)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    return Flow(app, installation, PAGES, lambda _home: None, settings)


def focused() -> QWidget:
    """The widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def has_focus(window: QWidget) -> bool:
    """Whether the focus is in this window."""
    widget = QApplication.focusWidget()
    return widget is not None and window.isAncestorOf(widget)


def commit(text: str) -> None:
    """What an input method does when the person has chosen the characters."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def compose(text: str) -> None:
    """What an input method does while the person is still composing."""
    QApplication.sendEvent(focused(), QInputMethodEvent(text, []))


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key, where the focus is."""
    QTest.keyClick(focused(), key, modifier)


def strike(char: str) -> None:
    """One keystroke: a key for ASCII, Enter for a line break, a commit for Chinese."""
    if char == "\n":
        press(Key.Key_Return)
    elif char.isascii():
        QTest.keyClick(focused(), char)
    else:
        commit(char)


def write(text: str) -> None:
    """Keystroke by keystroke."""
    for char in text:
        strike(char)


def words(widget: QWidget) -> list[str]:
    """Every text that can be read in a window now."""
    texts = [
        each.text()
        for each in widget.findChildren(QWidget)
        if each.isVisible() and hasattr(each, "text")
    ]
    return [text for text in texts if text]


class Clerk:
    """Somebody who uses the program; ``wait`` is pytest-qt's ``waitUntil`` or one like it."""

    def __init__(self, flow: Flow, wait: Callable[[Callable[[], bool]], None]) -> None:
        self.flow, self._wait = flow, wait

    def wait(self, fact: Callable[[], bool]) -> None:
        """Until the fact is there; it fails where it never comes."""
        self._wait(fact)

    def settle(self) -> None:
        """Until nothing is under way."""
        self.wait(lambda: not self.flow.runner.busy())

    def calm(self) -> None:
        """Until nothing is under way and everything is laid out and painted."""
        for _ in range(3):
            self.settle()
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    @property
    def app(self) -> QApplication:
        """The application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app

    @property
    def window(self) -> MainWindow:
        """The main window."""
        assert isinstance(self.flow.window, MainWindow)
        return self.flow.window

    @property
    def desk(self) -> Desk:
        """The desk that is open."""
        assert self.flow.desk is not None
        return self.flow.desk

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.window.current_page()

    @property
    def register(self) -> RegisterPage:
        """The page 登记, which must be in front."""
        assert isinstance(self.page, RegisterPage)
        return self.page

    def enter(self, password: str = PASSWORD) -> Clerk:
        """Start the program and sign in by keyboard."""
        self.flow.begin(user=OFFICE.admin)
        return self.sign_in(password)

    def sign_in(self, password: str = PASSWORD) -> Clerk:
        """Type the password where the sign-in window asks for it."""
        self.wait(lambda: isinstance(self.flow.window, SignIn))
        window = self.flow.window
        assert window is not None
        window.activateWindow()
        self.wait(lambda: has_focus(window))
        write(password + "\n")
        self.wait(lambda: isinstance(self.flow.window, MainWindow))
        self.window.resize(*WINDOW)
        self.window.activateWindow()
        self.settle()
        return self

    def new_visit(self) -> RegisterPage:
        """Ctrl+N."""
        QTest.keyClick(self.window, Key.Key_N, CTRL)
        self.settle()
        return self.register

    def dialog(self) -> QWidget:
        """The dialog in front, once it is there."""
        self.wait(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        return dialog

    def at(self) -> str:
        """The accessible name of what has the focus."""
        return focused().accessibleName()
