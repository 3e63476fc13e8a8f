"""The window around the pages: names for everything, reasons for what is off, the lock, help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.factories import PASSWORD
from tests.ui.conftest import Type
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.ui.actions import ACTS, cheat_sheet
from xinfang_desktop.ui.help import PAGES as HELP_PAGES
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.messages import tell
from xinfang_desktop.ui.register import RegisterPage
from xinfang_desktop.ui.single_instance import Doorbell, hand_over

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
QT_OWN = re.compile(r"^(qt_|ScrollLeft|ScrollRight)")


def nameless(window: QWidget) -> list[str]:
    """Controls of a window, shown or not, that a screen reader could not name."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, CONTROLS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not QT_OWN.match(widget.objectName())
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


def test_every_control_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    for place in list(window._makers):
        window.page(place)
    qtbot.waitUntil(lambda: not window.place.runner.busy(), timeout=20_000)
    assert nameless(window) == []


def test_an_action_that_is_off_says_why(window: MainWindow) -> None:
    window.go("today")
    for act in ACTS:
        action = window.book.action(act.key)
        assert action.isEnabled() or window.book.reason(act.key), act.key
    assert not window.book.action("save_next").isEnabled()
    assert window.book.reason("save_next") == "在“登记”和“本期填报”页可用"
    window.go("register")
    assert window.book.action("save_next").isEnabled()
    assert window.book.action("save_next").text() == "保存并打印，登记下一件"
    window.go("return")
    assert window.book.action("save_next").text() == "报送"


def test_no_shortcut_is_given_twice_and_none_disturbs_an_input_method() -> None:
    keys = [key for act in ACTS for key in act.shortcuts]
    assert len(keys) == len(set(keys))
    assert not {"Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift"} & set(keys)


def test_the_cheat_sheet_lists_every_shortcut(window: MainWindow, qtbot: QtBot) -> None:
    window.go("today")
    QTest.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    words = {label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")}
    assert {act.word for act in ACTS if act.shortcuts} <= words
    dialog.close()
    assert cheat_sheet is not None


def test_help_explains_the_field_that_has_the_focus(window: MainWindow) -> None:
    window.go("register")
    page = window.current_page()
    assert isinstance(page, RegisterPage)
    page.form.focus("received_on")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    assert window.help.isVisible()
    assert "收到日期" in window.help.accessibleName()
    assert "期限从第二天起算" in window.help.accessibleName()


@pytest.mark.parametrize("page", [key for key, _ in HELP_PAGES])
def test_every_manual_page_is_written(page: str) -> None:
    text = (RESOURCES / "help" / f"{page}.md").read_text(encoding="utf-8")
    assert text.startswith("# ") and len(text) > 200


def test_the_lock_hides_everything_and_keeps_what_was_typed(
    window: MainWindow, qtbot: QtBot, typing: Type
) -> None:
    window.go("register")
    page = window.current_page()
    assert isinstance(page, RegisterPage)
    page.form.focus("name")
    typing("王桂芳")
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.is_locked() and not page.isVisible()
    assert "信访办" not in window.windowTitle()
    assert not window.book.action("new").isEnabled()
    lock = window.lock_screen
    lock.password.setText("wrong-one-9")
    lock.button.click()
    qtbot.waitUntil(lambda: bool(lock.problem()), timeout=20_000)
    assert window.is_locked()
    lock.password.setText(PASSWORD)
    lock.button.click()
    qtbot.waitUntil(lambda: not window.is_locked(), timeout=20_000)
    assert page.form.values()["name"] == "王桂芳"
    assert window.book.action("new").isEnabled()


def test_a_dialog_is_hidden_by_the_lock_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    window.go("today")
    dialog = tell(window, "王桂芳", "139 0739 1827")
    qtbot.waitUntil(dialog.isVisible)
    window.lock()
    assert not dialog.isVisible()
    window.unlock()
    assert dialog.isVisible()
    dialog.close()


def test_a_second_start_hands_its_file_to_the_first(
    look: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not hand_over(tmp_path / "office", "台账.xlsx")
    bell = Doorbell(tmp_path / "office")
    rung: list[str] = []
    bell.rung.connect(rung.append)
    assert hand_over(tmp_path / "office", "台账.xlsx")
    qtbot.waitUntil(lambda: rung == ["台账.xlsx"])
    bell.close()
    assert not hand_over(tmp_path / "office")
