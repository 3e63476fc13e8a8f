"""民情日记、恳谈日 in the real window, by keyboard and mouse."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Type, shown, windows
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.note_views import note_list
from xinfang_desktop.services.village_notes import write_note
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.notes_page import NotesPage
from xinfang_desktop.ui.register import RegisterPage

TEXT = "三组反映沟口淤堵，雨天漫水上路，要求在稻子收割前清完。"


def note(desk: Desk, **over: Any) -> str:
    """A page about a blocked ditch, with a promise."""
    plain = {
        "village": "柳溪村", "sort": "diary", "topic": "农田水利", "on": "2026-09-18", "text": TEXT,
        "promises": [{"what": "清三组沟口的淤泥", "due": "2026-09-25"}],
    }  # fmt: skip
    return write_note(desk, {**plain, **over}).note


def diary(window: MainWindow, qtbot: QtBot, **what: Any) -> NotesPage:
    window.go("notes", **what)
    page = window.page("notes")
    assert isinstance(page, NotesPage)
    qtbot.waitUntil(lambda: not window.place.runner.busy())
    return page


def dialog(title: str) -> FieldsDialog:
    found = [w for w in windows() if isinstance(w, FieldsDialog)]
    return next(each for each in found if each.isVisible() and each.windowTitle() == title)


def words(page: NotesPage) -> str:
    return "\n".join(w.text() for w in shown(page.panel) if isinstance(w, QLabel))


def test_a_page_with_a_promise_is_written_by_keyboard_and_kept(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    page = diary(window, qtbot)
    qtbot.waitUntil(page.new.hasFocus)
    qtbot.keyClick(page.new, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog("新的一页")
    qtbot.waitUntil(form.editor("village").lineEdit().hasFocus)
    typing("柳溪村\n\n\nntsl\n")  # village, sort and day as they are, the topic by its initials
    typing("\n三组\n他最近情绪不稳")
    promises = form.editor("promises")
    promises.cell(0, "what").setFocus()
    typing("清三组沟口的淤泥\n2026-09-25\n")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“他最近情绪”" in form.form.box("text").problem())
    assert form.editor("text").value() == "他最近情绪不稳" and note_list(desk) == ()
    form.editor("text").set_value(TEXT)
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1 and 1 in page.panel.keeping)
    (row,) = note_list(desk)
    assert (row.topic_name, row.place, row.text) == ("农田水利", "三组", TEXT)

    window.activateWindow()
    page.panel.keeping[1].setFocus()
    qtbot.keyClick(page.panel.keeping[1], Qt.Key.Key_Return)
    form = dialog("兑现了")
    qtbot.waitUntil(form.editor("content").hasFocus)
    typing("今天清完，六户都去看过。")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.keeping == {} and "都兑现了" in page_chip(page))
    qtbot.waitUntil(lambda: "今天清完，六户都去看过。" in words(page))


def page_chip(page: NotesPage) -> str:
    column = page.table.rows.column("promises")
    return column.text(page.table.rows.row(0))


def test_the_menu_says_what_ctrl_n_does_here_and_elsewhere(
    window: MainWindow, qtbot: QtBot
) -> None:
    action = window.book.action("new")
    diary(window, qtbot)
    assert action.text() == "新的一页民情日记"
    window.go("today")
    assert action.text() == "新登记"
    action.trigger()
    assert isinstance(window.current_page(), RegisterPage)


def test_a_row_opens_beside_the_list_and_a_promise_from_today_opens_its_form(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    id = note(desk)
    page = diary(window, qtbot)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    qtbot.waitUntil(page.table.hasFocus)
    page.table.selectRow(0)
    typing("\n")
    qtbot.waitUntil(lambda: TEXT in words(page))
    window.go("today")
    diary(window, qtbot, number=id, promise="1")
    assert "清三组沟口的淤泥" in dialog("兑现了").windowTitle() + "".join(
        w.text() for w in shown(dialog("兑现了")) if isinstance(w, QLabel)
    )
    dialog("兑现了").reject()


def test_the_filters_narrow_and_are_taken_off_again(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    note(desk)
    note(desk, sort="talk", village="双井村", promises=[])
    page = diary(window, qtbot)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    qtbot.keyClick(page.waiting, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    page.sort.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.sort, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)
    page.empty.acted.emit()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    assert not page.waiting.value() and page.sort.value() == ""


def test_a_page_becomes_a_dispute_that_leads_back(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    id = note(desk)
    page = diary(window, qtbot, number=id)
    qtbot.waitUntil(lambda: page.panel.to_dispute.isVisible())
    qtbot.mouseClick(page.panel.to_dispute, Qt.MouseButton.LeftButton)
    form = dialog("转为纠纷")
    assert form.editor("detail").value() == TEXT
    form.editor("category").set_value("02")
    form.editor("summary").set_value("沟口淤堵，涉 6 户")
    form.send()
    qtbot.waitUntil(lambda: isinstance(window.current_page(), DisputePage))
    there = window.current_page()
    assert isinstance(there, DisputePage)
    qtbot.waitUntil(lambda: there.dispute.view is not None)
    there.facts.link_wanted.emit("village_note", id)
    assert window.current_page() is page
    qtbot.waitUntil(lambda: not page.panel.to_dispute.isEnabled())


@pytest.mark.parametrize("percent", [100, 200])
def test_list_and_page_fit_at_any_scale(
    window: MainWindow, desk: Desk, qtbot: QtBot, look: QApplication, percent: int
) -> None:
    id = note(desk)
    theme.apply(look, theme.Look("light", percent))
    page = diary(window, qtbot, number=id)
    qtbot.waitUntil(lambda: page.panel.isVisible() and 1 in page.panel.keeping)
    assert page.table.isVisible() == (percent == 100)
    assert page.minimumSizeHint().width() <= window.width()
    if percent == 200:
        qtbot.keyClick(page.panel.back, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.table.isVisible() and not page.panel.isVisible())
