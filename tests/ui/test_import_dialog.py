"""导入台账 in the real window: columns put right with the keyboard, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.e2e import looking
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery, matter_list
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.import_dialog import ImportDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matters_page import MattersPage
from xinfang_desktop.ui.tasks import Runner

HEAD = "序号,来访日期,谁来的,电话,反映问题,稳控责任人,天气\n"
MARCH = HEAD + "1,2026-03-02,王桂芳,13907391827,后山路塌方,张某,晴\n"
APRIL = HEAD + "1,2026-04-03,何小梅,13655556666,水渠堵塞,张某,雨\n"

Give = Callable[[ImportDialog, str], None]


@pytest.fixture
def dialog(window: MainWindow) -> ImportDialog:
    window.go("matters")
    page = window.page("matters")
    assert isinstance(page, MattersPage)
    return page.show_import()


@pytest.fixture
def give(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Give:
    """Gives a file to the dialog and waits until it is read."""

    def read(dialog: ImportDialog, text: str) -> None:
        path = tmp_path / "登记.csv"
        path.write_text(text, "utf-8-sig")
        dialog.look(path)
        qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)

    return read


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    QTest.keyClick(widget, key, modifier)


def tab_to(wanted: QWidget) -> None:
    """Tab until it has the focus."""
    QApplication.processEvents()  # what was just laid out is there
    for _ in range(40):
        if wanted is QApplication.focusWidget() or wanted.isAncestorOf(_focus()):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {wanted.accessibleName()}")


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    for char in text:
        QTest.keyClick(_focus(), char)


def test_a_column_is_put_right_with_the_keyboard_and_known_the_next_time(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot, desk: Desk
) -> None:
    give(dialog, MARCH)
    assert dialog.go.text() == "导入 1 件" and not dialog.again.isVisible()
    tab_to(dialog.tabs.tabBar())
    press(Qt.Key.Key_Right)
    assert dialog.tabs.currentWidget() is dialog.columns
    combo = dialog.columns.combos["谁来的"]
    assert combo.text() == "原样保存" and "稳控责任人" not in dialog.columns.combos
    tab_to(combo)
    write("xm")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    assert combo.text() == "姓名" and dialog.columns.combos["谁来的"] is combo, "nothing jumps"
    tab_to(dialog.go)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.undo.isEnabled() and not runner.busy(), timeout=20_000)
    assert not combo.isEnabled(), "what is imported is not mapped any more"

    give(dialog, APRIL)
    assert dialog.again.isVisible() and dialog._again_words.text() == "按上次的对应读取。"
    assert dialog.columns.combos["谁来的"].text() == "姓名"
    tab_to(dialog.go)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: matter_list(desk, MatterQuery()).total == 2, timeout=20_000)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    names = [row.masked_name for row in matter_list(desk, MatterQuery()).matters]
    assert sorted(names) == ["何**", "王**"]
    dialog.accept()


def test_what_is_remembered_can_be_left_aside(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot
) -> None:
    give(dialog, MARCH)
    dialog.columns.assigned.emit("谁来的", "name")
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    give(dialog, APRIL)
    tab_to(dialog.again)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    assert not dialog.again.isVisible()
    assert dialog.columns.combos["谁来的"].text() == "原样保存"
    dialog.accept()


def test_a_word_that_is_no_field_goes_when_it_is_left(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot
) -> None:
    give(dialog, MARCH)
    dialog.tabs.setCurrentWidget(dialog.columns)
    combo = dialog.columns.combos["天气"]
    tab_to(combo)
    write("zzz")
    press(Qt.Key.Key_Tab)
    assert combo.text() == "原样保存"
    assert not runner.busy(), "and nothing was read again"
    dialog.accept()


def test_a_head_in_unknown_words_brings_the_columns_to_the_front(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot
) -> None:
    give(dialog, "号,哪天,谁来的,啥事\n甲,2026-03-02,王桂芳,路灯不亮\n")
    assert "没有找到台账的表头。" in dialog.problem.text()
    tab_to(dialog.again)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    assert dialog.tabs.currentWidget() is dialog.columns and dialog.problem.text() == ""
    for key, typed in (("哪天", "djrq"), ("啥事", "fydzywt")):
        tab_to(dialog.columns.combos[key])
        write(typed)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    assert dialog.go.text() == "导入 1 件" and dialog.go.isEnabled()
    dialog.accept()


def test_the_kind_is_switched_with_the_arrow_keys(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot
) -> None:
    give(dialog, MARCH)
    dialog.tabs.setCurrentWidget(dialog.columns)
    tab_to(dialog.columns.kind)
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    assert dialog._sentence.text().startswith("矛盾纠纷台账")
    combo = dialog.columns.combos["谁来的"]
    qtbot.waitUntil(combo.isVisible)
    combo.setFocus()
    write("jfdsr")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    assert combo.text() == "纠纷当事人"
    dialog.accept()


def test_the_channel_said_once_stands_there_the_next_time(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot
) -> None:
    bare = "日期,姓名,反映问题\n{day},王桂芳,路灯不亮\n"
    give(dialog, bare.format(day="2026-03-02"))
    tab_to(dialog.channel)
    write("lf")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    said = dialog.channel.text()
    assert said and dialog._import.problems() == ()
    dialog.go.click()
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    give(dialog, bare.format(day="2026-04-02"))
    assert dialog.channel.isVisible() and dialog.channel.text() == said
    assert dialog.again.isVisible() and dialog._import.problems() == ()
    dialog.accept()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_state_can_be_read_and_used(
    dialog: ImportDialog, give: Give, runner: Runner, qtbot: QtBot, percent: int
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Look("light", percent))
    dialog.resize(min(theme.em(66), 1326), min(theme.em(42), 668))

    def check(state: str) -> None:
        for _ in range(3):
            QApplication.processEvents()
        found = [
            told
            for each in (looking.nameless, looking.foreign, looking.clipped,
                         looking.overlapping, looking.hard_to_hit)
            for told in each(dialog)
        ]  # fmt: skip
        assert not found, f"{state}: {found}"

    check("empty")
    give(dialog, "号,哪天,谁来的,啥事\n甲,2026-03-02,王桂芳,路灯不亮\n")
    check("unknown head")
    give(dialog, MARCH)
    dialog.tabs.setCurrentWidget(dialog.columns)
    check("columns")
    dialog.columns.assigned.emit("谁来的", "name")
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    dialog.go.click()
    qtbot.waitUntil(lambda: not runner.busy(), timeout=20_000)
    check("imported")
    give(dialog, APRIL)
    check("remembered")
    dialog.accept()
