"""信访事项: list and page in the real window, by keyboard and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.factories import bring_to, register
from tests.ui.conftest import windows
from xinfang_desktop.services import handling
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.import_dialog import ImportDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.matters_page import MattersPage
from xinfang_desktop.ui.tasks import Runner


def open_list(window: MainWindow, qtbot: QtBot, count: int) -> MattersPage:
    window.go("matters")
    page = window.page("matters")
    assert isinstance(page, MattersPage)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == count)
    return page


def open_matter(window: MainWindow, qtbot: QtBot, number: str, **more: str) -> MatterPage:
    window.go("matter", number=number, **more)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    qtbot.waitUntil(lambda: page.matter.view is not None and page.matter.number == number)
    qtbot.waitUntil(lambda: not window.place.runner.busy())  # also with what was just registered
    return page


def dialog() -> FieldsDialog:
    found = [w for w in windows() if isinstance(w, FieldsDialog)]
    return next(each for each in found if each.isVisible())


def test_enter_opens_the_matter_and_back_leads_to_the_list(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    number = register(desk, title="后山路塌方").number
    page = open_list(window, qtbot, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    matter = window.page("matter")
    assert isinstance(matter, MatterPage) and window.current_page() is matter
    qtbot.waitUntil(lambda: matter.title.text() == "后山路塌方")
    assert matter.number.text() == number.rpartition("-XF-")[2]
    qtbot.mouseClick(matter.back, Qt.MouseButton.LeftButton)
    assert window.current_page() is page


def test_the_list_copies_what_it_shows_and_searches(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    register(desk, title="后山路塌方")
    register(desk, title="自来水经常停水", parties=None)
    page = open_list(window, qtbot, 2)
    window.book.action("copy_table").trigger()
    copied = QApplication.clipboard().text()
    assert "王**" in copied and "王桂芳" not in copied and copied.startswith("编号\t事项")
    page.search.setFocus()
    qtbot.keyClicks(page.search, "hsltf")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    page.views.setFocus()
    page.views.chosen.emit("all")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    assert page.search.text() == ""


def test_columns_stay_chosen_after_filtering_and_reopening(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    register(desk)
    page = open_list(window, qtbot, 1)
    keys = [column.key for column in page.table.rows.columns]
    page.table._show_column(keys.index("owner"), False)
    page.table.rows.set_filter("state", frozenset({"已登记"}))
    page.look_changed()
    assert page.table.isColumnHidden(keys.index("owner"))
    again = MattersPage(window.place)
    qtbot.addWidget(again)
    assert again.table.isColumnHidden(keys.index("owner"))


def test_a_step_is_taken_by_keyboard_and_problems_stand_under_their_fields(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    number = register(desk).number
    page = open_matter(window, qtbot, number)
    first = page.steps.buttons["claim"]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    form = dialog()
    qtbot.keyClick(form.done_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(form.form.box("no_interest").problem()))
    assert form.isVisible() and page.matter.seen.state == "S10"
    tick = form.editor("no_interest")
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    qtbot.keyClick(form.done_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.matter.seen.state == "S20")
    qtbot.waitUntil(lambda: "accept" in page.steps.buttons)
    assert "甄别拟办" in window.status.message()


def test_a_locked_step_shows_what_is_missing(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    number = register(desk).number
    for action, data in (
        ("claim", {"no_interest": True}), ("accept", {}), ("start", {"how": "电话", "content": "约好"}),
    ):  # fmt: skip
        handling.take_step(desk, number, action, data)
    page = open_matter(window, qtbot, number)
    qtbot.waitUntil(lambda: "draft" in page.steps.buttons)
    locked = page.steps.buttons["draft"]
    assert not locked.isEnabled() and "还缺：调查核实记录 1 份。" in locked.toolTip()
    assert not page.steps.buttons.get("close")
    assert page.ask_step("close") is None
    told = [w for w in windows() if isinstance(w, QDialog) and w.isVisible()]
    assert told and "办结" in told[0].accessibleDescription()
    told[0].reject()


def test_drafting_has_one_row_for_each_claim(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    number = register(desk).number
    bring_to(desk, number, "S40")
    for record in ("statement", "inquiry"):
        handling.take_step(desk, number, "note", {"record": record, "content": "记录"})
    page = open_matter(window, qtbot, number)
    form = page.ask_step("draft")
    assert form is not None
    rows = form.editor("answers")
    assert [row["no"] for row in rows.value()] == [1, 2]
    for at in (0, 1):
        rows.cell(at, "outcome").set_value("supported")
        rows.cell(at, "facts").set_value("查明塌方约 40 立方米")
        rows.cell(at, "basis").set_value("《公路法》第三十五条")
        rows.cell(at, "opinion").set_value("由镇村建办清理")
    form.send()
    qtbot.waitUntil(lambda: page.matter.seen.state == "S50")


def test_a_note_is_written_with_enter(window: MainWindow, desk: Desk, qtbot: QtBot, typing) -> None:  # type: ignore[no-untyped-def]
    page = open_matter(window, qtbot, register(desk).number)
    before = len(page.matter.seen.timeline)
    page.side.line.setFocus()
    typing("\n")
    assert "还没有写" in page.side.problem.text()
    typing("电话约好上门\n")
    qtbot.waitUntil(lambda: len(page.matter.seen.timeline) == before + 1)
    assert page.side.line.text() == ""
    assert "电话约好上门" in page.matter.seen.timeline[0].text


def test_why_unfolds_the_days_and_folds_again(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = open_matter(window, qtbot, register(desk).number)
    row = next(r for r in page.duties.rows if r.item.id.endswith("/notice"))
    qtbot.mouseClick(row.why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.unfolded)
    assert row.why.text() == "收起"
    qtbot.mouseClick(row.why, Qt.MouseButton.LeftButton)
    assert not row.unfolded()


def test_names_are_shown_for_a_reason_and_masked_when_leaving(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = open_matter(window, qtbot, register(desk).number)
    assert "王桂芳" not in page.person.text()
    form = page.ask_reveal()
    form.send()
    qtbot.waitUntil(lambda: bool(form.form.box("reason").problem()))
    form.editor("reason").set_value("核对电话")
    form.send()
    qtbot.waitUntil(lambda: "王桂芳" in page.person.text())
    for told in windows():
        if isinstance(told, QDialog) and told.isVisible():
            told.accept()
    window.go("matters")
    assert "王桂芳" not in page.person.text()


def test_a_duty_on_today_opens_the_form_it_is_fulfilled_with(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    number = register(desk).number
    page = open_matter(window, qtbot, number, have="答")
    qtbot.waitUntil(lambda: any(isinstance(w, FieldsDialog) for w in windows()))
    form = dialog()
    form.editor("content").set_value("三天内上门查看")
    form.send()
    qtbot.waitUntil(lambda: "三天内上门查看" in page.matter.seen.timeline[0].text)


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_at_any_scale(
    window: MainWindow, desk: Desk, qtbot: QtBot, look: QApplication, percent: int
) -> None:
    number = register(desk).number
    theme.apply(look, theme.Look("light", percent))
    page = open_matter(window, qtbot, number)
    qtbot.waitUntil(lambda: bool(page.steps.buttons))
    for button in page.steps.buttons.values():
        assert button.width() >= button.sizeHint().width()
    assert page.minimumSizeHint().width() <= window.width()


LEDGER = "序号,来访日期,姓名,联系电话,反映问题\n1,2026-09-03,王桂芳,13907391827,后山路塌方\n"


def test_a_ledger_is_imported_and_undone_in_the_dialog(
    window: MainWindow, desk: Desk, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "来访登记.csv"
    file.write_text(LEDGER, encoding="utf-8-sig")
    page = open_list(window, qtbot, 0)
    made = page.show_import()
    assert isinstance(made, ImportDialog) and not made.go.isEnabled()
    made.look(file)
    qtbot.waitUntil(made.go.isEnabled, timeout=20_000)
    assert made.go.text() == "导入 1 件" and page.table.rows.rowCount() == 0
    qtbot.mouseClick(made.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1, timeout=20_000)
    qtbot.waitUntil(made.undo.isEnabled)
    made._import.undo(made._undoable(), made._undone, made._failed)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)
    made.accept()
