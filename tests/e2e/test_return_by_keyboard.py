"""A village's liaison signs in and reports two rounds by keyboard alone, as somebody types it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.e2e.clerk import ALT, CTRL, Clerk, Key, focused, press, write
from tests.e2e.conftest import Hire
from tests.factories import OFFICE, PASSWORD, MovableClock
from tests.screening import bring, find, zero
from xinfang_desktop.services import accounts
from xinfang_desktop.services.accounts import NewAccount
from xinfang_desktop.services.disputes import DisputeQuery, dispute_page, dispute_view
from xinfang_desktop.services.drafts import drafts
from xinfang_desktop.services.returns import file_return
from xinfang_desktop.services.rounds import OpenRound, open_round, screening_status
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.return_page import ReturnPage

LIAISON = "李秀英"


@pytest.fixture
def village_home(office_home: Path, clock: MovableClock, reference: Reference) -> Path:
    """An office that asks 柳溪村 for September and for the flood season; one dispute is open."""
    desk = accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
    accounts.add_account(desk, NewAccount(LIAISON, ("liaison",), PASSWORD, "柳溪村"))
    clock.go("2026-08-03")
    open_round(desk, OpenRound("monthly", "2026-08"))
    bring(desk, find(desk, found_on="2026-08-03", summary="机井轮灌次序").number, "open")
    file_return(desk, "柳溪村", zero("2026-08"))
    clock.go("2026-09-01")
    open_round(desk, OpenRound("special", "2026-09", theme="flood", due=date(2026, 9, 14)))
    clock.go("2026-09-21")
    desk.close()
    return office_home


@pytest.fixture
def liaison(hire: Hire, village_home: Path) -> Clerk:
    """李秀英, signed in, on 今日."""
    clerk = hire(village_home)
    clerk.flow.begin(user=LIAISON)
    return clerk.sign_in()


def report(clerk: Clerk) -> ReturnPage:
    """Ctrl+2: 本期填报."""
    QTest.keyClick(clerk.window, Key.Key_2, CTRL)
    clerk.calm()
    page = clerk.page
    assert isinstance(page, ReturnPage)
    return page


def test_two_rounds_are_reported_by_keyboard_alone(liaison: Clerk) -> None:
    page = report(liaison)
    assert page.info.title.text() == "2026年9月专项排查（汛期）"
    assert liaison.at() == "本期有没有新发现的纠纷：没有"
    press(Key.Key_Space)
    assert page.send.text() == "报零报告"
    write("\n")
    assert liaison.at() == "最新进展：机井轮灌次序"
    press(Key.Key_Return, CTRL)
    liaison.calm()
    assert "零报告" in page.receipt.words() and "迟报 7 天" in page.receipt.words()
    assert liaison.at() == "接着报2026年9月每月小排查"
    write("\n")
    liaison.calm()

    assert page.info.title.text() == "2026年9月每月小排查"
    press(Key.Key_Right)
    write("\n按户排了班，抽水机由村里出油\n")
    assert liaison.at() == "已化解：机井轮灌次序"
    press(Key.Key_Space)
    write("\nxshj\n")
    assert liaison.at() == "第 1 件：纠纷类别"
    press(Key.Key_Backtab)
    write("912\nll\n4\n3200\n村道排水沟堵塞，涉 2 户\n三组 · 老祠堂前\n\n\n何冬生\n13907392046\n")
    assert focused() is page.send
    press(Key.Key_A, ALT)
    assert liaison.at() == "第 2 件：纠纷类别"
    write("tqnm\n")  # 拖欠农民工工资
    write("１２\n5.8万\n修渠工钱没有结清\n\n")
    assert liaison.at() == "第 2 件：紧急"
    press(Key.Key_Space)
    press(Key.Key_Return, CTRL)
    liaison.calm()

    words = page.receipt.words()
    assert words.startswith(
        "柳溪村2026年9月每月小排查：新增 2 件、进展 1 件，9月21日由李秀英报送，按时。"
    )
    assert drafts(liaison.desk, "return") == ()
    rows = {row.summary: row for row in dispute_page(liaison.desk, DisputeQuery()).rows}
    ditch, wages = rows["村道排水沟堵塞，涉 2 户"], rows["修渠工钱没有结清"]
    assert (ditch.found_on, ditch.category_name, ditch.people) == (date(2026, 9, 12), "邻里", 4)
    assert ditch.parties == ("何**",) and ditch.place == "三组 · 老祠堂前"
    assert (wages.category_name, wages.people) == ("拖欠农民工工资", 12)
    view = dispute_view(liaison.desk, wages.number)
    assert view.amount == 5_800_000 and view.urgent
    settled = rows["机井轮灌次序"]
    assert settled.state == "settled" and settled.result.startswith("按户排了班")
    for period, series, theme in (("2026-09", "", ""), ("2026-09", "special", "flood")):
        assert screening_status(liaison.desk, period, series, theme).missing == ()


def test_what_is_wrong_is_mended_where_the_cursor_goes(liaison: Clerk) -> None:
    page = report(liaison)
    press(Key.Key_Right)
    write("\n\n\n")
    assert liaison.at() == "第 1 件：纠纷类别"
    press(Key.Key_Backtab)
    write("明天\n")
    press(Key.Key_Return, CTRL)
    liaison.calm()
    card = page.form.cards.cards[0]
    assert liaison.at() == "第 1 件：发现日期"
    assert "不能晚于今天" in card.form.box("found_on").problem()
    assert card.form.box("category").problem() and card.form.box("summary").problem()
    write("昨天\nll\n\n\n路灯不亮\n")
    assert card.form.box("found_on").problem() == "" and card.form.box("summary").problem() == ""
    press(Key.Key_Return, CTRL)
    liaison.calm()
    assert "新增 1 件" in page.receipt.words()


def test_the_own_disputes_are_looked_after_from_the_list(liaison: Clerk) -> None:
    QTest.keyClick(liaison.window, Key.Key_3, CTRL)
    liaison.calm()
    write("\n")
    liaison.calm()
    page = liaison.page
    assert isinstance(page, DisputePage) and page.title.text() == "机井轮灌次序"
    page.side.line.setFocus()
    write("去井边看过，水够用\n")
    liaison.calm()
    assert page.dispute.seen.timeline[0].text.startswith("去井边看过，水够用")
