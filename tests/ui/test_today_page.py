"""今日 with the duties of screening: for the office one row a round, for a village its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import DeskOf
from tests.factories import MovableClock, register
from tests.screening import a_quarter, bring, find
from tests.ui.conftest import Calm, Type, WindowOf, shown
from xinfang_desktop.presenters.duty_lines import PAGE_OF
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.rounds import OpenRound, open_round
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.pages import PAGES
from xinfang_desktop.ui.return_page import ReturnPage
from xinfang_desktop.ui.screening_page import ScreeningPage
from xinfang_desktop.ui.search_page import SearchPage
from xinfang_desktop.ui.today import TodayPage
from xinfang_desktop.ui.widgets.buttons import Button


def today(window: MainWindow, calm: Calm) -> TodayPage:
    window.go("today")
    calm()
    page = window.page("today")
    assert isinstance(page, TodayPage)
    return page


def test_a_page_that_is_led_to_exists() -> None:
    assert set(PAGE_OF.values()) <= set(PAGES)


def test_the_round_opens_the_grid_on_who_is_missing(
    window: MainWindow, desk: Desk, clock: MovableClock, calm: Calm
) -> None:
    a_quarter(desk, clock)
    page = today(window, calm)
    line = page.list.current()
    assert line is not None and line.verb == "看谁没报"
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    grid = window.current_page()
    assert isinstance(grid, ScreeningPage) and grid.grid.current() == ("枫树坳村", "2026-09")


def test_a_dispute_s_duty_opens_its_page(window: MainWindow, desk: Desk, calm: Calm) -> None:
    bring(desk, find(desk).number, "assigned")
    page = today(window, calm)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    assert isinstance(window.current_page(), DisputePage)
    assert QApplication.activeModalWidget() is None, "打开纠纷 opens it and no form"


def test_a_liaison_reports_from_its_own_row(
    desk: Desk, desk_of: DeskOf, clock: MovableClock, window_of: WindowOf, calm: Calm
) -> None:
    a_quarter(desk, clock)
    open_round(desk, OpenRound("special", "2026-09", theme="flood"))
    window = window_of(desk_of("liaison"))
    page = today(window, calm)
    assert not page.scope.isVisible() and not page.sheet.isEnabled()
    assert "信访专干" in page.sheet.toolTip()
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    filing = window.current_page()
    assert isinstance(filing, ReturnPage)
    assert filing.info.title.text() == "2026年9月专项排查（汛期）"
    filing.form.say_yes()
    filing.form.cards.cards[0].form.set_values({"summary": "路灯不亮"})
    filing.form.changed.emit("")
    page = today(window, calm)
    (go,) = [w for w in shown(page) if isinstance(w, Button) and w.text() == "继续"]
    go.click()
    calm()
    assert window.current_page() is filing
    assert filing.form.cards.cards[0].value()["summary"] == "路灯不亮"


def test_search_finds_disputes_and_opens_them(
    window: MainWindow, desk: Desk, calm: Calm, typing: Type, qtbot: QtBot
) -> None:
    find(desk)
    register(desk, title="排水管漏水", claims=["修好排水管"], parties=None)
    window.search.setFocus()
    typing("排水\n")
    calm()
    page = window.current_page()
    assert isinstance(page, SearchPage)
    kinds = [page.table.rows.column("kind").text(row) for row in page.table.rows.shown_rows()]
    assert sorted(kinds) == ["信访事项", "纠纷"]
    page.table.selectRow(kinds.index("纠纷"))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    calm()
    opened = window.current_page()
    assert isinstance(opened, DisputePage) and opened.title.text() == "村道排水沟堵塞，涉 2 户"
    window.go("search", text="排水")
    calm()
    page.table.selectRow(kinds.index("信访事项"))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    calm()
    assert isinstance(window.current_page(), MatterPage)
