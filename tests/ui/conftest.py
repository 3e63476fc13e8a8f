"""Real windows over a real store, without a screen; typing goes to whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desktop.presenters.shell import ShellPresenter
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.choices import form_context
from xinfang_desktop.ui.flow import prepare
from xinfang_desktop.ui.held_still import held_still
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.pages import PAGES
from xinfang_desktop.ui.style import TameWheel
from xinfang_desktop.ui.tasks import Runner

_prepared: list[QObject] = []


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The program's own look at 100 %, whatever a test before chose."""
    if not _prepared:
        prepare(qapp, theme.Look())
        wheel = TameWheel(qapp)
        qapp.installEventFilter(wheel)
        _prepared.append(wheel)
    elif theme.current() != theme.Look():
        theme.apply(qapp, theme.Look())
    yield qapp


@pytest.fixture
def runner(look: QApplication) -> Iterator[Runner]:
    """The real runner; its bugs fail the test."""
    made = Runner()
    bugs: list[BaseException] = []
    made.bug.connect(bugs.append)
    yield made
    made.close()
    look.processEvents()
    assert not bugs, bugs


Calm = Callable[[], None]


@pytest.fixture
def calm(qtbot: QtBot, runner: Runner) -> Calm:
    """Waits until nothing is under way and everything is laid out."""

    def rest() -> None:
        for _ in range(3):
            qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    return rest


WindowOf = Callable[[Desk], MainWindow]


@pytest.fixture
def window_of(runner: Runner, qtbot: QtBot) -> Iterator[WindowOf]:
    """Opens the main window of somebody else's desk."""
    made: list[MainWindow] = []

    def open_for(desk: Desk) -> MainWindow:
        window = MainWindow(ShellPresenter(desk), runner, PAGES, form_context(desk, runner.run))
        window.resize(1366, 698)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_for
    for window in made:
        window.close_down()
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)


@pytest.fixture
def window(desk: Desk, window_of: WindowOf) -> MainWindow:
    """The main window of 周敏, on no page yet."""
    return window_of(desk)


Up = Callable[..., None]


@pytest.fixture
def up(look: QApplication, qtbot: QtBot) -> Up:
    """Shows widgets in one window that has the focus."""
    kept: list[QWidget] = []

    def show(*widgets: QWidget) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        for widget in widgets:
            column.addWidget(widget)
        holder.resize(900, 600)
        kept.append(holder)
        qtbot.addWidget(holder)
        holder.show()
        holder.activateWindow()
        qtbot.waitUntil(holder.isActiveWindow)

    return show


Type = Callable[[str], None]


@pytest.fixture
def typing(look: QApplication) -> Type:
    """Types into the widget that has the focus: keys for ASCII, an input method's commit for Chinese.

    ``\\n`` is Enter.
    """

    def write(text: str) -> None:
        for char in text:
            widget = QApplication.focusWidget()
            assert widget is not None, f"nothing has the focus before {char!r}"
            if char == "\n":
                QTest.keyClick(widget, Qt.Key.Key_Return)
            elif char.isascii():
                QTest.keyClick(widget, char)
            else:
                commit = QInputMethodEvent("", [])
                commit.setCommitString(char)
                QApplication.sendEvent(widget, commit)

    return write


def windows() -> list[QWidget]:
    """Every window there is."""
    with held_still():
        return QApplication.topLevelWidgets()


def shown(widget: QWidget) -> list[QWidget]:
    """A window's visible parts, itself included."""
    return [w for w in (widget, *widget.findChildren(QWidget)) if w.isVisible()]


def drawn(width: int, height: int, paint: Callable[[QPainter], None]) -> QImage:
    """What a painter draws on a white sheet of this size in px."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def pixels_of(image: QImage, color: QColor) -> int:
    """How many pixels have exactly this colour."""
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y) == color for x, y in spots)
