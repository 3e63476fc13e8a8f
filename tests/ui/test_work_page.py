"""工作台账 in the real window, by keyboard: a register is chosen, a line written, its step taken."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Calm, Type, shown, windows
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.register_work import take_item_step, write_item
from xinfang_desktop.services.registers import WorkQuery, item_list, item_view
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.work_item_page import WorkItemPage
from xinfang_desktop.ui.work_page import WorkPage

DAY: dict[str, Any] = {
    "on": "2026-09-28", "leader": "刘志远", "place": "镇信访接待室", "slots": 2,
}  # fmt: skip


def work(window: MainWindow, calm: Calm, **what: Any) -> WorkPage:
    window.go("work", **what)
    calm()
    page = window.page("work")
    assert isinstance(page, WorkPage)
    return page


def line(window: MainWindow, calm: Calm, number: str) -> WorkItemPage:
    window.go("work_item", number=number)
    calm()
    page = window.page("work_item")
    assert isinstance(page, WorkItemPage)
    return page


def dialog(title: str) -> FieldsDialog:
    found = [w for w in windows() if isinstance(w, FieldsDialog)]
    return next(each for each in found if each.isVisible() and each.windowTitle() == title)


def words(page: WorkItemPage) -> str:
    return "\n".join(w.text() for w in shown(page) if isinstance(w, QLabel))


def test_a_register_is_chosen_and_a_line_is_written_by_keyboard(
    window: MainWindow, desk: Desk, qtbot: QtBot, calm: Calm, typing: Type
) -> None:
    page = work(window, calm)
    assert page.head.title.text() == "接访日程"
    assert "登记一条" in page.list.empty()[1]
    item = page.registers.items["training"]
    item.setFocus()
    qtbot.keyClick(item, Qt.Key.Key_Return)
    calm()
    assert page.head.title.text() == "业务学习和宣传" and item.isChecked()
    qtbot.keyClick(page.new, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog("业务学习和宣传")
    form.editor("what").set_value("王某情绪激动")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.form.box("what").problem()))
    form.editor("what").set_value("《信访工作条例》受理程序")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    calm()
    (row,) = item_list(desk, WorkQuery("training"))
    assert row.title == "《信访工作条例》受理程序"
    assert isinstance(window.current_page(), WorkItemPage)
    assert "《信访工作条例》受理程序" in words(window.current_page())


def test_a_booking_is_masked_and_revealed_for_a_reason(
    window: MainWindow, desk: Desk, qtbot: QtBot, calm: Calm
) -> None:
    number = write_item(desk, "reception_day", DAY).number
    take_item_step(desk, number, "book", {"subject": "低保审批", "visitor": "李䶮生"})
    page = line(window, calm, number)
    assert page.reveal.isVisible() and "李䶮生" not in words(page)
    page.reveal.setFocus()
    qtbot.keyClick(page.reveal, Qt.Key.Key_Return)
    form = next(w for w in windows() if isinstance(w, FieldsDialog) and w.isVisible())
    form.editor("reason").set_value("改期要通知")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    calm()
    assert "李䶮生" in page.booked.text() and "低保审批" in page.booked.text()
    window.go("today")
    calm()
    assert not page.case.revealed


def test_a_line_is_amended_for_a_reason_and_only_what_changed_is_told(
    window: MainWindow, desk: Desk, qtbot: QtBot, calm: Calm
) -> None:
    number = write_item(desk, "reception_day", DAY).number
    page = line(window, calm, number)
    form = page.ask_amend()
    assert form is not None and form.editor("place").value() == "镇信访接待室"
    form.editor("place").set_value("镇政府大厅")
    form.editor("reason").set_value("接待室装修")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    calm()
    assert page.title.text() == "刘志远在镇政府大厅接访"
    said = item_view(desk, number).timeline[0]
    assert said.text == "改了哪些栏目：接访地点；接待室装修"


def test_a_task_from_today_opens_the_form_that_carries_it_out(
    window: MainWindow, desk: Desk, qtbot: QtBot, calm: Calm
) -> None:
    meeting = {"on": "2026-09-21", "kind": "联席会议", "subject": "突出问题"}
    number = write_item(desk, "office_meeting", meeting).number
    task = {"what": "重新公示", "by": "周敏", "due": "2026-09-22"}
    take_item_step(
        desk, number, "held", {"present": ["何建平"], "decisions": ["公示"], "tasks": [task]}
    )
    window.go("work_item", number=number, step="task_done")
    calm()
    form = dialog("登记任务落实")
    form.editor("no").set_value("1")
    form.editor("content").set_value("已公示。")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    calm()
    assert all(task.done_on for task in item_view(desk, number).tasks)


def test_where_there_is_little_room_the_registers_are_a_choice(
    window: MainWindow, desk: Desk, look: QApplication, calm: Calm
) -> None:
    write_item(desk, "reception_day", DAY)
    page = work(window, calm, sort="reception_day")
    assert page.registers.isVisible() and not page.few.isVisible()
    theme.apply(look, theme.Look(percent=200))
    try:
        calm()
        assert page.few.isVisible() and not page.registers.isVisible()
        page.few.set_value("topic")
        page.few.changed.emit()
        calm()
        assert page.list.key == "topic"
    finally:
        theme.apply(look, theme.Look())
