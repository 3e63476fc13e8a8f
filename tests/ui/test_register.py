"""The visit desk by keyboard alone, in the real window; what is typed survives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import OFFICE, PASSWORD, MovableClock, register
from tests.ui.conftest import Type
from xinfang_desktop.services import accounts, drafts, handling, haves
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.register import RegisterPage

SLOW = 30_000


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> RegisterPage:
    """登记, opened by Ctrl+N, with the villages there."""
    window.go("today")
    press(Qt.Key.Key_N, window)
    made = window.current_page()
    assert isinstance(made, RegisterPage)
    qtbot.waitUntil(lambda: made.form.editor("village").count() == 2, timeout=SLOW)
    return made


def press(
    key: Qt.Key, window: MainWindow, more: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, more)


def test_a_visit_is_registered_by_keyboard_alone(
    page: RegisterPage, window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    """What a clerk types while the person talks: nothing but keys, from Ctrl+N to Ctrl+Enter."""
    typing("王桂芳\n１３９０７３９１８２７\nlxc\n五组 · 后山路\n２\n")
    for _ in range(3):  # past the ticks of 称呼与保密
        typing("\n") if page.form.editor("flags").isAncestorOf(QApplication.focusWidget()) else None
    typing("尽快清理后山路塌方，恢复通车")
    press(Qt.Key.Key_A, window, Qt.KeyboardModifier.AltModifier)
    typing("补偿压坏的菜地\n9月19日夜里下雨，路断了。")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    typing("\nqj\n照片4张\n")
    assert page.haves.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # 当场答复
    page.haves.answered.setFocus()
    typing("三天内派车清理")
    press(Qt.Key.Key_Return, window)
    qtbot.waitUntil(page._done.isVisible, timeout=SLOW)
    found = handling.matter_list(desk, MatterQuery())
    assert found.total == 1
    view = handling.matter_view(desk, found.matters[0].number)
    assert [claim.text for claim in view.claims] == [
        "尽快清理后山路塌方，恢复通车",
        "补偿压坏的菜地",
    ]
    assert (view.village, view.place, view.intakes[0].headcount) == ("柳溪村", "五组 · 后山路", 2)
    assert {document.form for document in view.documents} == {"F02", "F05"}
    assert [item.state for item in haves.haves_of(desk, view.number).items][:2] == ["done", "done"]
    assert page.form.values().get("name") is None  # ready for the next visitor
    assert drafts.drafts(desk) == ()


def test_what_is_missing_is_said_and_nothing_is_lost(
    page: RegisterPage, window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    typing("王桂芳")
    page.form.editor("received_on").set_value("2026-12-01")
    press(Qt.Key.Key_Return, window)
    qtbot.waitUntil(lambda: bool(page.form.box("claims").problem()), timeout=SLOW)
    assert "还没有到" in page.form.box("received_on").problem()
    assert page.form.values()["name"] == "王桂芳"
    assert QApplication.focusWidget() is page.form.editor("received_on").line
    assert handling.matter_list(desk, MatterQuery()).total == 0


def test_a_doubtful_phone_is_told_below_its_field_and_may_wait(
    page: RegisterPage, window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    typing("王桂芳\n1380000441\n")
    qtbot.waitUntil(lambda: "少 1 位" in page.form.box("phone").problem(), timeout=SLOW)
    page.form.focus("claims")
    typing("修路")
    press(Qt.Key.Key_Return, window)
    qtbot.waitUntil(page._done.isVisible, timeout=SLOW)
    assert handling.matter_list(desk, MatterQuery()).total == 1


def test_an_earlier_matter_is_offered_and_the_same_one_takes_the_visit_in(
    desk: Desk, page: RegisterPage, window: MainWindow, qtbot: QtBot, typing: Type
) -> None:
    earlier = register(desk)
    typing("王桂芳\n13907391827\n")
    qtbot.waitUntil(lambda: page.similar.first() == earlier.number, timeout=SLOW)
    press(Qt.Key.Key_3, window, Qt.KeyboardModifier.AltModifier)  # 不同
    qtbot.waitUntil(lambda: page.similar.first() == "", timeout=SLOW)
    page.similar.taken_back.emit(earlier.number)
    qtbot.waitUntil(lambda: page.similar.first() == earlier.number, timeout=SLOW)
    press(Qt.Key.Key_1, window, Qt.KeyboardModifier.AltModifier)  # 同一事项
    page.form.focus("claims")
    typing("路还没有修")
    press(Qt.Key.Key_Return, window)
    qtbot.waitUntil(page._done.isVisible, timeout=SLOW)
    found = handling.matter_list(desk, MatterQuery())
    assert (found.total, found.matters[0].contacts) == (1, 2)


def test_the_bar_says_until_when_a_notice_is_owed(
    page: RegisterPage, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page._notice_day.text() == "10月6日 周二", timeout=SLOW)
    assert page._notice_rest.text() == "前书面告知（遇国庆节，最迟 10月8日）"


def test_a_draft_is_kept_by_itself_and_offered_again(
    page: RegisterPage,
    window: MainWindow,
    desk: Desk,
    clock: MovableClock,
    qtbot: QtBot,
    typing: Type,
) -> None:
    typing("王桂芳")
    page.form.focus("claims")
    typing("引水管漏水")
    qtbot.waitUntil(lambda: "草稿已存" in window.status.state.text(), timeout=2000 + 3000)
    qtbot.waitUntil(
        lambda: drafts.drafts(desk)[0].values.get("claims") == ["引水管漏水"], timeout=SLOW
    )
    assert drafts.drafts(desk)[0].place_in_form == "诉求"
    press(Qt.Key.Key_N, window)  # the next visitor; the first waits
    qtbot.waitUntil(lambda: page.form.values().get("name") is None, timeout=SLOW)
    window.go("today")
    window.go("register", draft=drafts.drafts(desk)[0].key)
    qtbot.waitUntil(lambda: page.form.values().get("name") == "王桂芳", timeout=SLOW)
    assert page.form.values()["claims"] == ["引水管漏水"]


_TYPIST = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.factories import OFFICE, PASSWORD, MovableClock
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.presenters.shell import ShellPresenter
from xinfang_desktop.services import accounts
from xinfang_desktop.store.reference import load_reference
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.choices import form_context
from xinfang_desktop.ui.flow import prepare
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.pages import PAGES
from xinfang_desktop.ui.tasks import Runner

app = QApplication([])
prepare(app, theme.Look())
desk = accounts.sign_in(Path(sys.argv[1]), OFFICE.admin, PASSWORD, MovableClock(), load_reference(RESOURCES))
runner = Runner()
window = MainWindow(ShellPresenter(desk), runner, PAGES, form_context(desk, runner.run))
window.show()
window.go("register")
page = window.current_page()
line = page.form.editor("claims").lines()[0]
for number in range(10_000):
    QTest.keyClicks(line, f"{number},")
    print(number, datetime.now().timestamp(), flush=True)
    QTest.qWait(40)
"""


def test_a_kill_between_two_keystrokes_loses_at_most_two_seconds(
    office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    """kill -9 while a clerk writes: all but the last two seconds come back."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())}
    typed: list[tuple[int, float]] = []
    with subprocess.Popen(
        [sys.executable, "-c", _TYPIST, str(office_home)],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as typist:  # fmt: skip
        assert typist.stdout is not None
        for line in typist.stdout:
            number, moment = line.split()
            typed.append((int(number), float(moment)))
            if typed[-1][1] - typed[0][1] > 5:
                break
        typist.kill()
    desk = accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
    kept = drafts.drafts(desk)
    desk.close()
    assert len(kept) == 1
    last = int(kept[0].values["claims"][0].rstrip(",").split(",")[-1])
    must = max(number for number, moment in typed if moment <= typed[-1][1] - 2)
    assert last >= must
