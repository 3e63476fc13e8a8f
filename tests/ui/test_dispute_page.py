"""一件纠纷 in the real window, by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.screening import EVIDENCE, bring, find
from tests.ui.conftest import Type, shown, windows
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import take_dispute_step
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.widgets.text import Link


def open_dispute(window: MainWindow, qtbot: QtBot, number: str, **more: str) -> DisputePage:
    window.go("dispute", number=number, **more)
    page = window.page("dispute")
    assert isinstance(page, DisputePage)
    qtbot.waitUntil(lambda: page.dispute.view is not None and page.dispute.number == number)
    qtbot.waitUntil(lambda: not window.place.runner.busy())  # also with what others just wrote
    return page


def dialog() -> FieldsDialog:
    found = [w for w in windows() if isinstance(w, FieldsDialog)]
    return next(each for each in found if each.isVisible())


def words(page: DisputePage) -> str:
    return "\n".join(w.text() for w in shown(page) if isinstance(w, QLabel | Link))


def told_of(page: DisputePage, qtbot: QtBot, word: str) -> list[QWidget]:
    """What is written of another record, once it is on the screen."""

    def found() -> list[QWidget]:
        return [w for w in shown(page) if isinstance(w, QLabel | Link) and word in w.text()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()


def test_a_dispute_is_shown_with_its_people_masked(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = open_dispute(window, qtbot, find(desk).number)
    told = words(page)
    assert page.title.text() == "村道排水沟堵塞，涉 2 户" and "柳溪村 · 20260921-A0001" in told
    assert "何** 139****2046" in told and "何冬生" not in told
    assert page.facts.grade.accessibleName() == "级别：一般，第 2 级，共 4 级"
    assert "涉及 4 人，达到 3 人以上：一般" in told
    assert page.stages.accessibleName().startswith("进展：现在 已发现")


def test_a_step_is_taken_by_keyboard_and_problems_stand_under_their_fields(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    page = open_dispute(window, qtbot, find(desk).number)
    qtbot.waitUntil(lambda: page.steps.buttons["verify"].isVisible())
    page.steps.buttons["verify"].setFocus()
    typing("\n")
    form = dialog()
    form.send()
    qtbot.waitUntil(lambda: bool(form.form.box("facts").problem()))
    assert QApplication.focusWidget() is form.editor("facts")
    typing("沟堵了约 12 米")
    qtbot.keyClick(form.done_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.dispute.seen.row.state == "verified")
    qtbot.waitUntil(lambda: "已核实" in window.status.message())
    assert "沟堵了约 12 米" in page.dispute.seen.timeline[0].text


def test_the_three_are_confirmed_with_a_button_each(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    number = find(desk).number
    bring(desk, number, "open")
    page = open_dispute(window, qtbot, number)
    qtbot.waitUntil(lambda: "facts" in page.three.buttons)
    hazard = page.three.buttons["hazard"]
    assert not hazard.isEnabled() and "还没有化解" in hazard.toolTip()
    qtbot.mouseClick(page.three.buttons["facts"], Qt.MouseButton.LeftButton)
    form = dialog()
    assert form.windowTitle() == "确认问题查清" and form.form.names() == (
        "on", "evidence", "confirmed_by",
    )  # fmt: skip
    form.editor("evidence").set_value(EVIDENCE)
    form.send()
    qtbot.waitUntil(lambda: "facts" not in page.three.buttons)
    assert page.three.marks.accessibleName() == "三不放过：责任还没落实，问题已查清，隐患还没排除"
    qtbot.waitUntil(lambda: EVIDENCE in words(page))


def test_names_are_shown_for_a_reason_and_masked_when_leaving(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = open_dispute(window, qtbot, find(desk).number)
    form = page.ask_reveal()
    form.editor("reason").set_value("打电话约时间")
    form.send()
    qtbot.waitUntil(lambda: "何冬生 13907392046" in page.facts.people.text())
    assert page.facts.reveal.isHidden()
    window.go("today")
    assert "何冬生" not in page.facts.people.text()


def test_a_matter_that_it_was_handed_to_is_opened_from_its_link(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    number = find(desk).number
    take_dispute_step(desk, number, "to_matter", {})
    page = open_dispute(window, qtbot, number)
    (link,) = told_of(page, qtbot, "信访事项：")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    matter = window.current_page()
    assert isinstance(matter, MatterPage)
    qtbot.waitUntil(lambda: matter.title.text() == "村道排水沟堵塞，涉 2 户")


def test_the_time_limit_explains_its_day(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    number = find(desk).number
    bring(desk, number, "assigned")
    page = open_dispute(window, qtbot, number)
    qtbot.mouseClick(page.facts.why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    why = QApplication.activeModalWidget()
    assert isinstance(why, QDialog) and why.windowTitle() == "为什么是这一天"
    assert any("10月15日" in told.text() for told in why.findChildren(QLabel))
    why.accept()
    qtbot.mouseClick(page.duties.rows[0].verb, Qt.MouseButton.LeftButton)
    assert dialog().windowTitle() == "登记化解"
    dialog().reject()


def test_a_note_is_written_with_enter_and_what_was_long_is_not_cut(
    window: MainWindow, desk: Desk, qtbot: QtBot, typing: Type
) -> None:
    page = open_dispute(window, qtbot, find(desk).number)
    page.side.line.setFocus()
    typing("两户都在场，商量清沟和加盖板的钱怎么出，约好二十五日再到场看一次，村里先垫水泥管\n")
    qtbot.waitUntil(lambda: len(page.dispute.seen.timeline) == 2)
    qtbot.waitUntil(lambda: page.side.line.text() == "")
    for told in (w for w in shown(page.side.timeline) if isinstance(w, QLabel) and w.wordWrap()):
        assert told.height() >= told.heightForWidth(told.width()), told.text()


def test_a_duty_on_today_opens_the_form_it_is_fulfilled_with(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    open_dispute(window, qtbot, find(desk).number, step="verify")
    qtbot.waitUntil(lambda: dialog().windowTitle() == "核实")
    dialog().reject()


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_at_any_scale(
    window: MainWindow, desk: Desk, qtbot: QtBot, look: QApplication, percent: int
) -> None:
    number = find(desk).number
    bring(desk, number, "settled")
    theme.apply(look, theme.Look("light", percent))
    page = open_dispute(window, qtbot, number)
    qtbot.waitUntil(lambda: bool(page.steps.buttons))
    for button in page.steps.buttons.values():
        assert button.width() >= button.sizeHint().width()
    assert page.minimumSizeHint().width() <= window.width()
