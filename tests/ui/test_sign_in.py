"""The first start, signing in, a lost password: real keys, real store, no screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import OFFICE, PASSWORD, MovableClock
from xinfang_desktop.presenters.sign_in import Installation
from xinfang_desktop.services.accounts import OfficeCreated
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui.first_run import FirstRun
from xinfang_desktop.ui.flow import Flow
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.pages import PAGES
from xinfang_desktop.ui.sign_in import SignIn

SLOW = 40_000


def _flow(
    app: QApplication, home: Path, clock: MovableClock, reference: Reference, folder: Path
) -> Flow:
    installation = Installation(home, folder / "practice", clock, reference)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    return Flow(app, installation, PAGES, lambda _home: None, settings)


@pytest.fixture
def flow(
    look: QApplication, office_home: Path, clock: MovableClock, reference: Reference, tmp_path: Path
) -> Iterator[Flow]:
    made = _flow(look, office_home, clock, reference, tmp_path)
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


def _fingerprint(home: Path) -> dict[str, str]:
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_wrong_password_says_so_and_writes_nothing(
    flow: Flow, office_home: Path, qtbot: QtBot
) -> None:
    before = _fingerprint(office_home)
    flow.begin()
    sheet = flow.window
    assert isinstance(sheet, SignIn)
    assert sheet.form.values()["name"] == OFFICE.admin
    sheet.form.editor("password").setText("nearly-right-1")
    sheet.button.click()
    qtbot.waitUntil(lambda: "不对" in sheet.form.box("password").problem(), timeout=SLOW)
    assert _fingerprint(office_home) == before
    assert sheet.form.editor("password").selectedText() == "nearly-right-1"
    sheet.form.editor("password").setText(PASSWORD)
    sheet.button.click()
    qtbot.waitUntil(lambda: isinstance(flow.window, MainWindow), timeout=SLOW)
    assert isinstance(flow.window, MainWindow)
    assert OFFICE.name in flow.window.windowTitle()


def test_the_recovery_code_sets_a_new_password(
    flow: Flow, made_office: tuple[Path, OfficeCreated], qtbot: QtBot
) -> None:
    flow.begin()
    sheet = flow.window
    assert isinstance(sheet, SignIn)
    sheet._turn(1)
    sheet.reset_form.set_values({
        "code": made_office[1].recovery_code.lower().replace("-", " "),
        "password": "另一个-Desk-7", "password_again": "另一个-Desk-8",
    })  # fmt: skip
    sheet.reset_button.click()
    qtbot.waitUntil(lambda: bool(sheet.reset_form.box("password_again").problem()), timeout=SLOW)
    sheet.reset_form.set_values({"password_again": "另一个-Desk-7"})
    sheet.reset_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=SLOW)
    told = QApplication.activeModalWidget()
    assert told is not None
    told.close()
    sheet.form.set_values({"name": OFFICE.admin, "password": "另一个-Desk-7"})
    sheet.button.click()
    qtbot.waitUntil(lambda: isinstance(flow.window, MainWindow), timeout=SLOW)


def test_the_first_start_sets_the_office_up(
    look: QApplication, clock: MovableClock, reference: Reference, tmp_path: Path, qtbot: QtBot
) -> None:
    flow = _flow(look, tmp_path / "home", clock, reference, tmp_path)
    flow.begin()
    wizard = flow.window
    assert isinstance(wizard, FirstRun)
    wizard.begin_button.click()
    wizard.office.set_values({"code": "4305221", "name": "青石镇信访办"})
    wizard.take_office()
    assert "9 位" in wizard.office.box("code").problem() and wizard.step() == 1
    wizard.office.set_values({"code": "430522101", "review_organ": "云岭县人民政府"})
    wizard.take_office()
    assert wizard.step() == 2
    wizard.admin.set_values({"admin": "周敏", "password": "12345678", "password_again": "12345678"})
    wizard.take_admin()
    assert wizard.admin.box("password").problem()
    wizard.admin.set_values({"password": PASSWORD, "password_again": PASSWORD})
    wizard.take_admin()
    qtbot.waitUntil(lambda: wizard.step() == 3, timeout=SLOW)
    assert wizard._presenter.created is not None
    assert wizard._code.text() == wizard._presenter.created.recovery_code
    assert not wizard.finish_button.isEnabled() and wizard.finish_button.toolTip()
    wizard.kept.click()
    wizard.finish_button.click()
    sheet = flow.window
    assert isinstance(sheet, SignIn) and sheet.form.values()["name"] == "周敏"
    sheet.form.editor("password").setText(PASSWORD)
    sheet.button.click()
    qtbot.waitUntil(lambda: isinstance(flow.window, MainWindow), timeout=SLOW)
    window = flow.window
    flow.close()
    assert window is not None
    window.close()
    window.deleteLater()
