"""设置 in the real window."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.printing.reading import read
from xinfang_desktop.services import accounts, committees, exchange_papers
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.paper import PaperDialog
from xinfang_desktop.ui.settings_page import SettingsPage
from xinfang_desktop.ui.settings_page_calendar import CalendarTab
from xinfang_desktop.ui.settings_page_committees import CommitteesTab
from xinfang_desktop.ui.settings_page_lists import AccountsTab, PeopleTab
from xinfang_desktop.ui.settings_page_machine import LookTab, PrintersTab
from xinfang_desktop.ui.settings_page_office import OfficeTab
from xinfang_desktop.ui.settings_page_proof import ProofTab


def tab(window: MainWindow, key: str):  # type: ignore[no-untyped-def]
    window.go("settings", tab=key)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page.parts[key]


def test_every_tab_is_reached_with_the_arrow_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    bar = page.tabs.tabBar()
    bar.setFocus()
    seen = [page.tabs.tabText(0)]
    for _ in range(page.tabs.count() - 1):
        qtbot.keyClick(bar, Qt.Key.Key_Right)
        seen.append(page.tabs.tabText(page.tabs.currentIndex()))
    assert seen == [
        "账号",
        "单位",
        "人员",
        "村（社区）",
        "调解组织",
        "节假日",
        "打印",
        "显示",
        "存证",
        "密件库",
    ]


def test_an_account_is_added_and_problems_stand_under_their_fields(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    part = tab(window, "accounts")
    assert isinstance(part, AccountsTab)
    qtbot.waitUntil(lambda: part.table.rows.rowCount() == 1)
    form = part.ask_account()
    form.editor("name").set_value("何小梅")
    form.editor("roles").set_value(["officer"])
    form.editor("password").set_value("12345678")
    form.editor("password_again").set_value("12345678")
    form.send()
    qtbot.waitUntil(
        lambda: "常见" in form.form.box("password").problem() or bool(form.problem.text())
    )
    for name in ("password", "password_again"):
        form.editor(name).set_value("青石-Neu-2027")
    form.send()
    qtbot.waitUntil(lambda: part.table.rows.rowCount() == 2, timeout=20_000)
    assert "何小梅" in [row.name for row in accounts.accounts(desk)]


def test_the_office_is_saved_once_and_its_phone_keeps_the_hyphen(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    part = tab(window, "office")
    assert isinstance(part, OfficeTab)
    qtbot.waitUntil(lambda: part.form.values().get("organ") == desk.office.organ)
    phone = part.form.editor("phone")
    phone.setFocus()
    phone.selectAll()
    qtbot.keyClicks(phone, "0739-6209999")
    qtbot.mouseClick(part.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.office.phone == "0739-6209999")
    part.form.editor("organ").set_value("")
    qtbot.mouseClick(part.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(part.form.box("organ").problem()))


def test_people_are_changed_by_double_click(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    part = tab(window, "people")
    assert isinstance(part, PeopleTab)
    qtbot.waitUntil(lambda: part.table.rows.rowCount() > 2)
    person = next(p for p in part.settings.people if p.name == "何建平")
    form = part.ask_person(person)
    assert form is not None
    form.editor("may_sign").set_value(True)
    form.send()
    qtbot.waitUntil(lambda: next(p for p in accounts.people(desk) if p.name == "何建平").may_sign)


def test_a_year_of_holidays(window: MainWindow, qtbot: QtBot) -> None:
    part = tab(window, "calendar")
    assert isinstance(part, CalendarTab)
    qtbot.waitUntil(lambda: part.days.rows.rowCount() > 20)
    part.year.set_value("2027")
    part.year.changed.emit()
    qtbot.waitUntil(lambda: "还没有导入" in part.sentence.text())


def test_a_shift_is_kept_and_nonsense_refused(window: MainWindow, qtbot: QtBot) -> None:
    part = tab(window, "printers")
    assert isinstance(part, PrintersTab)
    part.show_printers(("HP LaserJet 1020",))
    part.form.set_values({"right": "一点", "down": "0"})
    assert not part.keep() and part.form.box("right").problem()
    part.form.set_values({"right": "1.5"})
    assert part.keep()
    assert part.memory.offset("HP LaserJet 1020") == (1.5, 0.0)


def test_look_tells_the_window_and_the_menu_follows(window: MainWindow, qtbot: QtBot) -> None:
    part = tab(window, "look")
    assert isinstance(part, LookTab)
    chosen: list[theme.Look] = []
    window.look_chosen.connect(chosen.append)
    part.scale.setFocus()
    qtbot.keyClick(part.scale, Qt.Key.Key_Right)
    assert chosen == [theme.Look("light", 125)] and window.scale_actions[125].isChecked()
    qtbot.mouseClick(part.contrast, Qt.MouseButton.LeftButton, pos=part.contrast.rect().center())
    part.contrast.setFocus()
    qtbot.keyClick(part.contrast, Qt.Key.Key_Space)
    assert chosen[-1].palette == ("contrast" if part.contrast.value() else "light")


def test_the_proofs_are_shown_in_words(window: MainWindow, qtbot: QtBot) -> None:
    part = tab(window, "proof")
    assert isinstance(part, ProofTab)
    qtbot.mouseClick(part.verify, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "日志完整" in part.log_words.text(), timeout=20_000)
    qtbot.mouseClick(part.rebuild, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "一致" in part.rebuild_words.text(), timeout=20_000)


def test_every_control_has_a_name(window: MainWindow, qtbot: QtBot, look: QApplication) -> None:
    for key in ("matters", "haves", "papers", "settings"):
        window.go(key)
        page = window.page(key)
        from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView

        for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView):
            for widget in page.findChildren(kind):
                if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_committee_is_registered_with_its_people_and_the_law_is_told_calmly(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    part = tab(window, "committees")
    assert isinstance(part, CommitteesTab)
    qtbot.waitUntil(lambda: not part.add_person.isEnabled() and part.add.isEnabled())
    form = part.ask_add()
    form.send()
    qtbot.waitUntil(lambda: bool(form.form.box("name").problem()))
    form.editor("name").set_value("柳溪村人民调解委员会")
    form.editor("village").set_value("柳溪村")
    form.send()
    qtbot.waitUntil(lambda: part.table.rows.rowCount() == 1 and part.add_person.isEnabled())
    told = [w.accessibleName() for w in part._hints.findChildren(QWidget) if w.accessibleName()]
    assert "委员应当是 3 至 9 人，现在是 0 人。（《人民调解法》第八条）" in told
    person = part.ask_person()
    assert person is not None
    person.editor("name").set_value("何建平")
    person.editor("post").set_value("chair")
    person.send()
    qtbot.waitUntil(lambda: part.people.rows.rowCount() == 1)
    part.people.selectRow(0)
    change = part.ask_change_person()
    assert change is not None and change.editor("post").value() == "chair"
    qtbot.keyClick(change.editor("left"), Qt.Key.Key_Space)
    change.send()
    qtbot.waitUntil(lambda: part.people.rows.shown_rows()[0].left)
    (row,) = committees.committee_page(desk).committees
    assert [(m.name, m.post, m.left) for m in row.mediators] == [("何建平", "chair", True)]


def test_a_proof_is_printed_and_compared_with_the_log(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    part = tab(window, "proof")
    assert isinstance(part, ProofTab)
    printed = exchange_papers.proof_paper(desk)
    digest = "".join(re.findall(r"[0-9a-f]{8}", read(printed.pdf))[:8])
    part.digest.setFocus()
    part.digest.set_value(digest[:20])
    QTest.keyClick(part.digest, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.proof.paper is not None, timeout=20_000)
    qtbot.waitUntil(part.compare.isEnabled, timeout=20_000)
    assert part.paper_words.text().startswith("在日志里") and "都一样" in part.paper_words.text()
    part.digest.set_value("ab" * 16)
    part.compare.click()
    qtbot.waitUntil(lambda: "不在日志里" in part.paper_words.text(), timeout=20_000)
    part.digest.set_value("不是")
    part.compare.click()
    qtbot.waitUntil(lambda: "不是存证纸上的摘要" in part.problem.text(), timeout=20_000)
    part.print.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=20_000)
    paper = QApplication.activeModalWidget()
    assert isinstance(paper, PaperDialog)
    paper.reject()


def test_only_who_holds_the_grant_works_on_the_sealed_store(window: MainWindow) -> None:
    part = tab(window, "sealed")
    assert "涉密举报件专办员" in part.reason.text()
    assert not part.admit.isEnabled() and not part.code.isEnabled() and not part.words.text()
