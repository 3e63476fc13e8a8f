"""本期填报 in the real window: keys lead on, problems stand in their places, drafts come back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import a_quarter, bring, find
from tests.ui.conftest import Calm, Type, WindowOf
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.presenters.return_forms import NO, YES
from xinfang_desktop.services import accounts
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import dispute_list
from xinfang_desktop.services.drafts import drafts
from xinfang_desktop.services.rounds import OpenRound, open_round, screening_status
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.help import field_of
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.return_page import ReturnPage
from xinfang_desktop.ui.screening_page import ScreeningPage
from xinfang_desktop.ui.tab_order import in_reading_order

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def office(desk: Desk, clock: MovableClock) -> Desk:
    """双井村 owes September, and has two open disputes of before."""
    a_quarter(desk, clock)
    clock.go("2026-08-11")
    bring(
        desk, find(desk, village="双井村", found_on="2026-08-11", summary="机井轮灌").number, "open"
    )
    clock.go("2026-09-05")
    find(desk, village="双井村", found_on="2026-09-05", summary="山林界址不清")
    clock.go("2026-09-21")
    return desk


@pytest.fixture
def page(office: Desk, desk_of: DeskOf, window_of: WindowOf, calm: Calm) -> ReturnPage:
    """双井村's liaison on the page."""
    theirs = desk_of("liaison", name="李秀英")
    accounts.set_account(office, "李秀英", village="双井村")
    window = window_of(theirs)
    window.go("return")
    calm()
    made = window.page("return")
    assert isinstance(made, ReturnPage)
    return made


def window_about(page: ReturnPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def at() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def test_the_liaison_s_rail_has_its_own_places(page: ReturnPage) -> None:
    window = window_about(page)
    assert list(window.rail._items) == [
        "today",
        "return",
        "disputes",
        "mediations",
        "notes",
        "settings",
    ]
    assert page.info.title.text() == "2026年9月每月小排查"
    assert at() == "本期有没有新发现的纠纷：没有"
    assert not page.village.isVisible() and not page.info.top.isVisible()
    assert [row.number for row in page.form.progress.rows.values()] != []


def test_enter_leads_through_question_progress_and_card(page: ReturnPage, typing: Type) -> None:
    press(Qt.Key.Key_Right)
    assert page.form.question.radios.value() == YES and page.form.found.isVisible()
    typing("\n")
    assert at() == "最新进展：机井轮灌"
    typing("按户排了班\n")
    assert at() == "已化解：机井轮灌"
    press(Qt.Key.Key_Space)
    typing("\n")
    assert at() == "化解方式：机井轮灌"
    typing("xshj\n")
    assert at() == "最新进展：山林界址不清"
    typing("\n\n")
    assert at() == "第 1 件：纠纷类别", "the day is filled in already"
    typing("ll\n3\n\n村道排水沟堵塞\n三组\n\n\n何冬生\n13907392046\n")
    assert QApplication.focusWidget() is page.send
    values = page.returning.values
    assert values["disputes"][0] == {
        "found_on": "2026-09-21", "category": "02", "people": 3, "summary": "村道排水沟堵塞",
        "place": "三组", "urgent": False, "danger": False, "settled": False,
        "parties": [{"name": "何冬生", "phone": "13907392046"}],
    }  # fmt: skip
    (line,) = values["progress"].values()
    assert line == {"text": "按户排了班", "settled": True, "method": "settlement"}


def test_tab_goes_in_reading_order_also_through_what_came_later(
    page: ReturnPage, calm: Calm
) -> None:
    page.form.say_yes()
    page.form.cards.add()
    page.form.cards.cards[0].turn_more()
    calm()
    inside = [w for w in in_reading_order(page) if w.isVisible() and w.isEnabled()]
    inside[0].setFocus()
    walked: list[QWidget] = []
    for _ in inside:
        walked.append(QApplication.focusWidget() or page)
        press(Qt.Key.Key_Tab)
    stops = [w for w in walked if page.isAncestorOf(w)]
    assert len(stops) > 40
    inner = [w for w in stops if page.form.isAncestorOf(w)]
    tops = [w.mapTo(page.form, QPoint(0, w.height() // 2)).y() for w in inner]
    assert all(later > earlier - theme.em(1.2) for earlier, later in pairwise(tops))
    assert stops[-1] is page.send


def test_problems_stand_in_their_places_and_nothing_is_lost(
    page: ReturnPage, calm: Calm, desk: Desk
) -> None:
    page.form.say_yes()
    page.form.cards.add()
    first, second = page.form.cards.cards
    first.form.set_values({"category": "02", "summary": "村道排水沟堵塞"})
    second.form.set_values({"amount": "很多", "place": "五组"})
    second.more.set_values({"due": "2026-01-01"})
    row = next(iter(page.form.progress.rows.values()))
    row.line.set_value("水" * 2500)
    press(Qt.Key.Key_Return, CTRL)
    calm()
    assert "最多 2000 个字" in row.problem() and QApplication.focusWidget() is row.line
    assert second.form.box("category").problem() and second.form.box("summary").problem()
    assert "没有认出金额" in second.form.box("amount").problem()
    assert second.more.isVisible() and "早于发现日期" in second.more.box("due").problem()
    assert not first.form.box("summary").problem()
    assert second.value()["place"] == "五组" and dispute_list(desk)[0].summary != "村道排水沟堵塞"
    assert "处要改" in window_about(page).status.message()
    row.line.clear()
    row.line.changed.emit()
    assert row.problem() == ""


def test_without_an_answer_the_question_asks_again(page: ReturnPage, calm: Calm) -> None:
    press(Qt.Key.Key_Return, CTRL)
    calm()
    assert "还没有回答" in page.form.question.problem()
    press(Qt.Key.Key_Space)
    assert page.form.question.radios.value() == NO and page.form.question.problem() == ""
    assert page.send.text() == "报零报告"


def test_the_receipt_tells_and_leads_to_the_next_round(
    page: ReturnPage, calm: Calm, office: Desk, clock: MovableClock
) -> None:
    open_round(office, OpenRound("special", "2026-09", theme="flood"))
    calm()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    calm()
    assert page.receipt.words().startswith("双井村2026年9月每月小排查：零报告")
    assert page.filed.isVisible() and not page.form.isVisible() and not page.bar.isVisible()
    assert "双井村" in screening_status(office, "2026-09").zero
    assert at() == "接着报2026年9月专项排查（汛期）"
    press(Qt.Key.Key_Return)
    calm()
    assert page.info.title.text() == "2026年9月专项排查（汛期）" and page.form.isVisible()
    assert page.receipt.words() == ""


def test_what_was_filed_is_shown_and_added_to(page: ReturnPage, calm: Calm, typing: Type) -> None:
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    calm()
    assert at() == "收起回执"
    press(Qt.Key.Key_Return)
    calm()
    assert QApplication.focusWidget() is page.filed.more
    press(Qt.Key.Key_Return)
    calm()
    assert at() == "第 1 件：纠纷类别" and page.form.question.radios.value() == YES
    typing("ll\n\n\n路灯不亮\n")
    press(Qt.Key.Key_Return, CTRL)
    calm()
    assert "新增 1 件" in page.receipt.words()


def test_a_draft_is_kept_by_itself_and_comes_back(
    page: ReturnPage, calm: Calm, typing: Type, qtbot: QtBot, window_of: WindowOf
) -> None:
    press(Qt.Key.Key_Right)
    page.form.cards.cards[0].form.focus("summary")
    typing("村道排水沟")
    theirs = page.place.desk
    qtbot.waitUntil(lambda: bool(drafts(theirs, "return")), timeout=5000)
    again = window_of(theirs)
    again.go("return")
    calm()
    other = again.page("return")
    assert isinstance(other, ReturnPage) and other.info.anew.isVisible()
    assert other.form.cards.cards[0].value()["summary"] == "村道排水沟"
    qtbot.mouseClick(other.info.anew, Qt.MouseButton.LeftButton)
    calm()
    assert other.form.question.radios.value() == "" and not drafts(theirs, "return")


def test_news_of_others_leave_what_is_typed(
    page: ReturnPage, calm: Calm, typing: Type, office: Desk
) -> None:
    row = next(iter(page.form.progress.rows.values()))
    row.line.setFocus()
    typing("按户")
    find(office, village="双井村", found_on="2026-09-06", summary="鱼塘承包")
    page.refresh()
    calm()
    assert len(page.form.progress.rows) == 3
    assert page.form.progress.rows[row.number].line.text() == "按户"


def test_alt_a_adds_a_card_and_a_card_is_taken_away(page: ReturnPage, calm: Calm) -> None:
    window = window_about(page)
    assert window.book.reason("add_one")
    page.form.say_yes()
    calm()
    press(Qt.Key.Key_A, ALT)
    assert len(page.form.cards.cards) == 2 and at() == "第 2 件：纠纷类别"
    page.form.cards.cards[1].form.set_values({"summary": "路灯不亮"})
    page.form.cards.cards[0].remove.setFocus()
    press(Qt.Key.Key_Return)
    (left,) = page.form.cards.cards
    assert left.value()["summary"] == "路灯不亮"
    assert left.form.editor("summary").accessibleName() == "第 1 件：纠纷简述"
    parties = left.form.editor("parties")
    parties._more.clicked.emit()
    assert parties.cell(1, "name").accessibleName() == "第 1 件：当事人 第 2 行：姓名"


def test_f1_explains_the_field(page: ReturnPage) -> None:
    page.form.say_yes()
    named: list[str] = []
    for widget in (
        page.form.question.radios.button(NO),
        next(iter(page.form.progress.rows.values())).line,
        page.form.cards.cards[0].form.editor("category"),
    ):
        field = field_of(widget)
        assert isinstance(field, Field)
        named.append(field.label)
    assert named == ["本期有没有新发现的纠纷", "最新进展", "纠纷类别"]


def test_an_officer_chooses_the_village_and_writes_who_reported(
    office: Desk, window: MainWindow, calm: Calm, typing: Type
) -> None:
    window.go("return")
    calm()
    page = window.page("return")
    assert isinstance(page, ReturnPage) and page.none.isVisible() and not page.form.isVisible()
    typing("sjc\n")
    calm()
    assert page.info.title.text() == "2026年9月每月小排查" and page.info.top.isVisible()
    page.info.top.focus("reporter")
    typing("李秀英\n")
    assert at() == "本期有没有新发现的纠纷：没有"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    calm()
    assert "李秀英报，周敏代为填写：零报告" in page.returning.filed_words(page.returning.filed[0])


def test_filing_for_a_village_starts_in_the_grid(
    office: Desk, window: MainWindow, calm: Calm, qtbot: QtBot
) -> None:
    window.go("screening")
    calm()
    grid = window.page("screening")
    assert isinstance(grid, ScreeningPage)
    grid.grid.select("双井村", "2026-09")
    qtbot.mouseClick(grid.cell.file, Qt.MouseButton.LeftButton)
    calm()
    page = window.current_page()
    assert isinstance(page, ReturnPage) and page.head.note.text() == "双井村"
    window.go("screening")
    calm()
    grid.grid.select("柳溪村", "2026-09")
    calm()
    grid.grid.setFocus()
    press(Qt.Key.Key_Return)
    calm()
    assert window.current_page() is page and page.filed.isVisible()
    assert page.returning.seen.key == RoundKey("2026-09")
    link = next(
        w for w in in_reading_order(page.filed) if w.accessibleName().startswith("打开纠纷")
    )
    link.setFocus()
    press(Qt.Key.Key_Return)
    calm()
    assert isinstance(window.current_page(), DisputePage)
