"""四有台账 in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import register
from xinfang_desktop.services import haves
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.four_haves_page import FourHavesPage
from xinfang_desktop.ui.main_window import MainWindow


def opened(window: MainWindow, qtbot: QtBot, count: int) -> FourHavesPage:
    window.go("haves")
    page = window.page("haves")
    assert isinstance(page, FourHavesPage)
    qtbot.waitUntil(lambda: page.haves.ledger is not None)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == count)
    return page


def test_the_next_one_is_filled_in_from_the_panel(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    register(desk, title="后山路塌方")
    page = opened(window, qtbot, 1)
    qtbot.waitUntil(lambda: page.visit.title.text() == "后山路塌方")
    assert page.visit.fill.text() == "登记答复"
    form = page.fill("答")
    assert form is not None
    form.send()
    qtbot.waitUntil(lambda: bool(form.form.box("content").problem()))
    form.editor("content").set_value("三天内上门查看")
    form.send()
    qtbot.waitUntil(lambda: page.visit.fill.text() == "登记解释")
    qtbot.waitUntil(lambda: page.table.current().marks[1] == "done")


def test_segments_narrow_the_table(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    first = register(desk, title="后山路塌方").number
    register(desk, title="自来水经常停水", parties=None)
    haves.set_have(desk, first, "困", {"hardship": True, "referral": "镇民政办"})
    page = opened(window, qtbot, 2)
    page.segment.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.segment, Qt.Key.Key_Right)
    assert [row.number for row in page.table.rows.shown_rows()] == [first]
    qtbot.waitUntil(lambda: page.visit.title.text() == "后山路塌方")


def test_an_empty_month_says_so_and_enter_opens_a_matter(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    register(desk)
    page = opened(window, qtbot, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.current_page().key == "matter"
    window.go("haves")
    page.month.set_value("2026-07-01")
    page.month.changed.emit()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)
    assert page.empty.isVisible()
    page.empty.acted.emit()
    assert page.month.value() == "2026-06-01"


def test_large_print_shows_one_side_at_a_time(
    window: MainWindow, desk: Desk, qtbot: QtBot, look: QApplication
) -> None:
    register(desk)
    theme.apply(look, theme.Look("light", 200))
    page = opened(window, qtbot, 1)
    qtbot.waitUntil(page.turn.isVisible)
    assert page.table.isVisible() and not page.visit.isVisible()
    qtbot.mouseClick(page.turn, Qt.MouseButton.LeftButton)
    assert page.visit.isVisible() and not page.table.isVisible()
    assert page.turn.text() == "看台账"
