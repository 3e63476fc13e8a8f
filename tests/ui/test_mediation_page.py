"""人民调解 in the real window: the list, and one mediation from its start to its agreement."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import register
from tests.mediating import TO_AGREEMENT, start, take
from tests.screening import find
from tests.ui.conftest import Type, shown, windows
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.mediation_page import MediationPage
from xinfang_desktop.ui.mediations_page import MediationsPage
from xinfang_desktop.ui.search_page import SearchPage
from xinfang_desktop.ui.widgets.text import Link


def open_mediation(window: MainWindow, qtbot: QtBot, number: str, **more: str) -> MediationPage:
    window.go("mediation", number=number, **more)
    page = window.page("mediation")
    assert isinstance(page, MediationPage)
    qtbot.waitUntil(lambda: page.case.view is not None and page.case.number == number)
    qtbot.waitUntil(lambda: not window.place.runner.busy())
    return page


def listing(window: MainWindow, qtbot: QtBot) -> MediationsPage:
    window.go("mediations")
    page = window.page("mediations")
    assert isinstance(page, MediationsPage)
    qtbot.waitUntil(lambda: not window.place.runner.busy())
    return page


def dialog(title: str) -> FieldsDialog:
    found = [w for w in windows() if isinstance(w, FieldsDialog)]
    return next(each for each in found if each.isVisible() and each.windowTitle() == title)


def is_open(title: str) -> Callable[[], bool]:
    return lambda: any(
        isinstance(w, FieldsDialog) and w.isVisible() and w.windowTitle() == title
        for w in windows()
    )


def words(page: MediationPage) -> str:
    return "\n".join(w.text() for w in shown(page) if isinstance(w, QLabel | Link))


def only_link(widget: QWidget, qtbot: QtBot) -> Link:
    """The one link in there, once it is on the screen."""

    def found() -> list[Link]:
        return [w for w in shown(widget) if isinstance(w, Link)]

    qtbot.waitUntil(lambda: len(found()) == 1)
    return found()[0]


def press(page: MediationPage, qtbot: QtBot, key: str, typing: Type) -> FieldsDialog:
    """A button of 下一步, by keyboard."""
    qtbot.waitUntil(lambda: key in page.steps.buttons and page.steps.buttons[key].isEnabled())
    page.window().activateWindow()  # as a desktop does when a dialog has closed
    qtbot.waitUntil(lambda: page.isActiveWindow() and not page.place.runner.busy())
    button = page.steps.buttons[key]
    button.setFocus()
    typing("\n")
    form = dialog(button.text())
    qtbot.waitUntil(form.isActiveWindow)
    return form


def test_a_mediation_goes_from_its_start_to_its_agreement(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    number = find(desk).number
    listed = listing(window, qtbot)
    listed.new.setFocus()
    typing("\n")
    qtbot.waitUntil(is_open("新的调解"))
    form = dialog("新的调解")
    qtbot.waitUntil(form.editor("dispute").hasFocus)
    typing(number)
    qtbot.mouseClick(form.done_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.current_page(), MediationPage))
    page = window.current_page()
    assert isinstance(page, MediationPage)
    qtbot.waitUntil(lambda: page.title.text() == "村道排水沟堵塞，涉 2 户")
    qtbot.waitUntil(lambda: "何**" in words(page))
    assert "何冬生" not in words(page)
    assert not page.steps.buttons["accept"].isEnabled()

    for _ in range(2):  # each side is asked
        form = press(page, qtbot, "consent", typing)
        qtbot.waitUntil(form.editor("agrees").lineEdit().hasFocus)
        form.editor("agrees").set_value("true")
        seen = len(page.case.seen.timeline)
        qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda seen=seen: len(page.case.seen.timeline) > seen)
    qtbot.waitUntil(
        lambda: "accept" in page.steps.buttons and page.steps.buttons["accept"].isEnabled()
    )
    qtbot.waitUntil(lambda: "各方都愿意" in words(page))

    form = press(page, qtbot, "accept", typing)
    form.send()
    qtbot.waitUntil(lambda: bool(form.form.box("rights_told").problem()))
    for told in ("rights_told", "free_told"):
        qtbot.keyClick(form.editor(told), Qt.Key.Key_Space)
    qtbot.keyClick(form.done_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.number.text() == "（2026）青石人调字第1号")

    form = press(page, qtbot, "session", typing)
    qtbot.waitUntil(form.editor("place").hasFocus)
    typing("青石镇人民调解室")
    form.editor("course").setFocus()
    typing("双方各说了经过，看了现场照片。")
    form.editor("result").set_value("agreed")
    form.send()
    qtbot.waitUntil(lambda: page.case.seen.row.state == "session")

    form = press(page, qtbot, "draft", typing)
    form.editor("facts").setFocus()
    typing("两户争谁来清沟。")
    items = form.editor("items")
    items.cell(0, "what").setFocus()
    typing("清通排水沟，今后不再上访")
    items.cell(0, "due").set_value("2026-10-15")
    form.send()
    qtbot.waitUntil(lambda: "清通排水沟，今后不再上访" in form.form.box("items").problem())
    assert items.cell(0, "what").value() == "清通排水沟，今后不再上访", "nothing typed is lost"
    items.cell(0, "what").set_value("清通排水沟")
    form.send()
    qtbot.waitUntil(lambda: page.case.seen.timeline[0].action == "draft")

    form = press(page, qtbot, "agreement", typing)
    form.editor("signed_by").set_value(["何冬生", "欧阳秀兰"])
    qtbot.keyClick(form.editor("sealed"), Qt.Key.Key_Space)
    form.send()
    qtbot.waitUntil(lambda: page.case.seen.row.state == "agreed")
    qtbot.waitUntil(lambda: page.agreement.isVisible() and 1 in page.agreement.buttons)
    qtbot.waitUntil(lambda: "纠纷那边也记了一笔" in window.status.message())
    qtbot.waitUntil(lambda: "1. 清通排水沟" in words(page))
    assert "共同申请司法确认" in page.agreement.court()


def test_an_item_is_recorded_as_done_from_its_own_button(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    number = start(desk).number
    take(desk, number, *TO_AGREEMENT)
    page = open_mediation(window, qtbot, number)
    qtbot.waitUntil(lambda: 2 in page.agreement.buttons)
    qtbot.mouseClick(page.agreement.buttons[2], Qt.MouseButton.LeftButton)
    form = dialog("登记履行")
    assert form.editor("item").value() == "2"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.editor("proof"))
    typing("收条 1 张")
    form.send()
    qtbot.waitUntil(lambda: list(page.agreement.buttons) == [1])
    qtbot.waitUntil(lambda: "凭证：收条 1 张" in words(page))


def test_the_last_day_of_the_court_explains_itself(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    number = start(desk).number
    take(desk, number, *TO_AGREEMENT)
    page = open_mediation(window, qtbot, number)
    qtbot.mouseClick(page.agreement.why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    why = QApplication.activeModalWidget()
    assert isinstance(why, QDialog) and why.windowTitle() == "为什么是这一天"
    why.accept()


def test_names_are_shown_for_a_reason_and_masked_when_leaving(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = open_mediation(window, qtbot, start(desk).number)
    qtbot.mouseClick(page.sides.reveal, Qt.MouseButton.LeftButton)
    form = dialog("显示完整的姓名和号码")
    form.editor("reason").set_value("打电话约时间")
    form.send()
    qtbot.waitUntil(lambda: "王桂芳 13907391827" in words(page))
    window.go("today")
    assert all("王桂芳" not in told.text() for told in page.findChildren(QLabel))


def test_dispute_and_mediation_lead_to_each_other(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    dispute = find(desk).number
    page = open_mediation(window, qtbot, start(desk, dispute=dispute).number)
    qtbot.mouseClick(only_link(page.facts, qtbot), Qt.MouseButton.LeftButton)
    there = window.current_page()
    assert isinstance(there, DisputePage)
    qtbot.waitUntil(lambda: there.dispute.view is not None and there.dispute.number == dispute)
    qtbot.mouseClick(only_link(there.facts.known, qtbot), Qt.MouseButton.LeftButton)
    assert window.current_page() is page


def test_the_matter_it_is_about_is_opened_from_its_link(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = open_mediation(window, qtbot, start(desk, matter=register(desk).number).number)
    qtbot.mouseClick(only_link(page.facts, qtbot), Qt.MouseButton.LeftButton)
    assert isinstance(window.current_page(), MatterPage)


def test_a_row_opens_with_enter_and_a_view_narrows_the_list(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    start(desk, title="宅基地边界纠纷")
    take(desk, start(desk).number, *TO_AGREEMENT)
    page = listing(window, qtbot)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    page.views.setFocus()
    qtbot.keyClick(page.views, Qt.Key.Key_Left)  # 待立卷
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)
    qtbot.keyClick(page.views, Qt.Key.Key_Left)
    qtbot.keyClick(page.views, Qt.Key.Key_Left)  # 待履行
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    page.table.setFocus()
    page.table.selectRow(0)
    typing("\n")
    assert isinstance(window.current_page(), MediationPage)


def test_a_hit_of_the_search_opens_its_own_page(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    start(desk, title="宅基地边界纠纷")
    window.go("search", text="宅基地边界")
    page = window.page("search")
    assert isinstance(page, SearchPage)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    page.table.selectRow(0)
    page.table.setFocus()
    typing("\n")
    assert isinstance(window.current_page(), MediationPage)


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_at_any_scale(
    window: MainWindow, desk: Desk, qtbot: QtBot, look: QApplication, percent: int
) -> None:
    number = start(desk).number
    take(desk, number, *TO_AGREEMENT)
    theme.apply(look, theme.Look("light", percent))
    page = open_mediation(window, qtbot, number)
    qtbot.waitUntil(lambda: bool(page.steps.buttons))
    for button in (*page.steps.buttons.values(), *page.agreement.buttons.values()):
        assert button.width() >= button.sizeHint().width()
    assert page.minimumSizeHint().width() <= window.width()
