"""A visit is registered by keyboard alone, as a clerk types it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.clerk import ALT, CTRL, SHIFT, Clerk, Key, focused, press, words, write
from tests.factories import register
from xinfang_desktop.domain.records import Document, Intake, Party
from xinfang_desktop.services import handling, haves, paperwork, safekeeping
from xinfang_desktop.services.duties import DutyQuery, duties
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store.files import fetch
from xinfang_desktop.ui.today import TodayPage
from xinfang_desktop.ui.widgets.text import Link


def test_a_visit_is_registered_by_keyboard_alone(clerk: Clerk) -> None:
    assert isinstance(clerk.page, TodayPage)
    page = clerk.new_visit()
    assert clerk.at() == "姓名"  # 来访 and today stand there already
    press(Key.Key_Backtab, SHIFT)
    press(Key.Key_Backtab, SHIFT)
    assert clerk.at() == "信访形式"
    write("laifang\n0921\n王桂芳\n13800004412\nlxc\n五组 · 后山路\n2\n")
    assert clerk.at() == "称呼与保密：匿名"
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    press(Key.Key_Space)  # 需要大字文书
    write("\n")
    assert clerk.at() == "诉求 1"
    write("尽快清理后山路塌方，恢复通车")
    press(Key.Key_A, ALT)
    assert clerk.at() == "诉求 2"
    write("补偿塌方压坏的菜地\n9月19日夜里下雨塌方。\n路至今没有清。")
    press(Key.Key_Tab)
    write("jcss\nqj\n照片4张（复印件）\n")
    assert clerk.at() == "答：当场答复"
    press(Key.Key_Space)
    write("\n已告知镇村建办今天到现场查看\n")
    assert clerk.at() == "释：讲了办理程序"
    press(Key.Key_Space)
    write("\n\n")
    assert clerk.at() == "困：问过，没有困难"
    press(Key.Key_Space)
    write("\n")
    assert focused() is page.save_button
    press(Key.Key_Return, CTRL)
    clerk.settle()

    desk = clerk.desk
    (row,) = handling.matter_list(desk, MatterQuery()).matters
    view = handling.matter_view(desk, row.number)
    assert view.title == "尽快清理后山路塌方，恢复通车"
    assert [claim.text for claim in view.claims] == [
        "尽快清理后山路塌方，恢复通车", "补偿塌方压坏的菜地",
    ]  # fmt: skip
    with desk.reading() as conn:
        (intake,) = fetch(conn, Intake)
        (party,) = fetch(conn, Party)
        papers = fetch(conn, Document)
    assert (intake.channel, intake.received_on, intake.headcount) == ("visit", date(2026, 9, 21), 2)
    assert intake.place == "五组 · 后山路" and intake.materials == "照片4张（复印件）"
    assert intake.summary == "9月19日夜里下雨塌方。\n路至今没有清。"
    assert intake.large_print and not intake.late_entry
    assert (party.name, party.phone) == ("王桂芳", "13800004412")
    assert row.village == "柳溪村" and row.category_name.endswith("基础设施")

    owed = {duty.kind: duty for duty in duties(desk, DutyQuery(number=row.number))}
    notice = next(d for kind, d in owed.items() if "notice" in kind or "decide" in kind)
    assert notice.due_raw == date(2026, 10, 6) and notice.due == date(2026, 10, 8)
    four = haves.haves_of(desk, row.number)
    assert four.complete
    assert {item.kind: item.state for item in four.items} == dict.fromkeys("接答释困", "done")
    receipt = next(paper for paper in papers if paper.form == "F02")
    assert paperwork.document_pdf(desk, receipt.id).startswith(b"%PDF")
    assert safekeeping.verify_log(desk).ok

    # the next visitor sits down: an empty form, the number told in place, no draft left
    assert clerk.at() == "姓名" and page.form.values()["headcount"] == 1
    assert "claims" not in page.form.values()
    assert any(view.query_code in text for text in words(page))
    QTest.keyClick(clerk.window, Key.Key_1, CTRL)
    clerk.settle()
    assert isinstance(clerk.page, TodayPage) and "继续" not in words(clerk.page)


def test_enter_alone_leads_through_the_form_and_saves(clerk: Clerk) -> None:
    page = clerk.new_visit()
    write("\n\n\n\n\n\n修路\n\n")
    assert focused() is page.form.editor("summary")
    press(Key.Key_Tab)
    write("\n\n\n\n\n\n\n")
    assert focused() is page.save_button
    write("\n")
    clerk.settle()
    (row,) = handling.matter_list(clerk.desk, MatterQuery()).matters
    assert row.title == "修路"
    assert [i.kind for i in haves.haves_of(clerk.desk, row.number).items if i.done_on] == ["接"]


def test_wrong_input_is_told_under_its_field_and_nothing_is_written(clerk: Clerk) -> None:
    page = clerk.new_visit()
    write("王桂芳\n")
    press(Key.Key_Backtab, SHIFT)
    press(Key.Key_Backtab, SHIFT)
    write("明天\n")
    press(Key.Key_Return, CTRL)
    clerk.settle()
    form = page.form
    assert form.box("received_on").problem() == (
        "收到日期 2026-09-22 还没有到。请填今天或以前的日期。"
    )
    assert form.box("claims").problem() != "" and form.box("name").problem() == ""
    assert clerk.at() == "收到日期"
    assert form.values()["name"] == "王桂芳", "validation never clears what was typed"
    assert handling.matter_list(clerk.desk, MatterQuery()).total == 0

    write("昨天\n")  # the wrong day was selected: typing replaced it
    assert form.box("received_on").problem() == ""
    assert form.box("claims").problem() != "", "what is still wrong stays told"
    press(Key.Key_Return, CTRL)
    clerk.settle()
    assert clerk.at() == "诉求 1"
    write("修路")
    press(Key.Key_Return, CTRL)
    clerk.settle()
    assert handling.matter_list(clerk.desk, MatterQuery()).total == 1


def test_an_unknown_word_in_a_list_is_told_and_kept(clerk: Clerk) -> None:
    page = clerk.new_visit()
    page.form.focus("channel")
    write("飞鸽传书\n")
    page.form.focus("claims")
    write("修路")
    press(Key.Key_Return, CTRL)
    clerk.settle()
    assert "飞鸽传书" in page.form.box("channel").problem()
    assert clerk.at() == "信访形式"
    assert page.form.values()["channel"] == "飞鸽传书"


def test_a_matter_that_may_be_the_same_is_offered_and_taken_with_alt_1(clerk: Clerk) -> None:
    earlier = register(clerk.desk)
    page = clerk.new_visit()
    write("王桂芳\n139 0739 1827\n柳溪村\n五组 · 后山路\n")
    clerk.wait(lambda: page.similar.first() == earlier.number)
    where = focused()
    press(Key.Key_1, ALT)
    assert focused() is where, "judging does not take the cursor away"
    clerk.settle()
    page.form.focus("claims")
    write("菜地的补偿还没有给")
    press(Key.Key_Return, CTRL)
    clerk.settle()
    assert handling.matter_list(clerk.desk, MatterQuery()).total == 1
    view = handling.matter_view(clerk.desk, earlier.number)
    assert len(view.intakes) == 2
    assert "菜地的补偿还没有给" in [claim.text for claim in view.claims]


def test_a_judgement_of_different_is_remembered_and_can_be_taken_back(clerk: Clerk) -> None:
    earlier = register(clerk.desk)
    page = clerk.new_visit()
    write("王桂芳\n13907391827\n")
    clerk.wait(lambda: page.similar.first() == earlier.number)
    press(Key.Key_3, ALT)
    clerk.settle()
    assert page.similar.first() == ""
    back = next(
        link for link in page.findChildren(Link) if link.accessibleName() == "撤销判为不同的"
    )
    back.setFocus()
    write("\n")
    clerk.wait(lambda: page.similar.first() == earlier.number)


def test_the_window_keeps_the_cursor_in_sight(clerk: Clerk) -> None:
    page = clerk.new_visit()
    for _ in range(40):
        press(Key.Key_Tab)
        widget = focused()
        if not page.isAncestorOf(widget):
            continue
        shown = widget.visibleRegion().boundingRect()
        assert shown.height() >= min(widget.height(), 20), clerk.at()
    assert QApplication.focusWidget() is not None
    assert page.form.editor("name").inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
