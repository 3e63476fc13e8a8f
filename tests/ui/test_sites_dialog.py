"""站点名片 in the real window: fingerprints compared before anybody is trusted; the watched folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, MovableClock
from tests.neighbours import COUNTY, VILLAGE, Neighbours
from tests.ui.conftest import Calm, WindowOf
from xinfang_desktop.services import accounts, sites
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.exchange_folder import offered_bundles
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui.exchange_in_dialog import ImportBundlesDialog
from xinfang_desktop.ui.exchange_out_dialog import ExportDialog
from xinfang_desktop.ui.exchange_page import ExchangePage
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.messages import MessageDialog
from xinfang_desktop.ui.paper import PaperDialog
from xinfang_desktop.ui.sites_dialog import SitesDialog

DeskAt = Callable[..., Desk]


@pytest.fixture
def town(three: Neighbours, desk_at: DeskAt) -> Desk:
    return desk_at(three.town)


@pytest.fixture
def window(town: Desk, window_of: WindowOf) -> MainWindow:
    return window_of(town)


@pytest.fixture
def page(window: MainWindow, calm: Calm) -> ExchangePage:
    window.go("exchange")
    calm()
    found = window.page("exchange")
    assert isinstance(found, ExchangePage)
    return found


@pytest.fixture
def dialog(page: ExchangePage, calm: Calm) -> SitesDialog:
    made = page.show_sites()
    assert made is not None
    calm()
    return made


@pytest.fixture
def card(reference: Reference, tmp_path: Path) -> Path:
    """The card of 双井村, which nobody has added yet."""
    home = tmp_path / "second"
    office = CreateOffice(
        code="430522101205", name="双井村村委会", kind="village", admin="屈二全", password=PASSWORD
    )
    accounts.create_office(home, office, MovableClock(), reference, cost=CHEAP)
    desk = accounts.sign_in(home, "屈二全", PASSWORD, MovableClock(), reference)
    path = tmp_path / "双井村.card"
    path.write_bytes(sites.own_card(desk).data)
    desk.close()
    return path


def front(kind: type, calm: Calm) -> object:
    calm()
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind), found
    return found


def said(widget: object) -> str:
    return " ".join(each.text() for each in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_our_fingerprint_is_read_out_group_by_group(dialog: SitesDialog, town: Desk) -> None:
    own = sites.own_card(town)
    shown = [each.text() for each in dialog.own.fingerprint.findChildren(QLabel)]
    assert shown == own.fingerprint.split() and len(shown) == 8
    dialog.own.copy.click()
    assert QApplication.clipboard().text() == own.fingerprint


def test_the_card_is_saved_and_printed(
    dialog: SitesDialog, town: Desk, tmp_path: Path, calm: Calm
) -> None:
    out = tmp_path / "交给对方.card"
    told: list[str] = []
    dialog.sites.save_card(out, lambda: told.append("saved"), lambda e: told.append(e.code))
    calm()
    assert told == ["saved"] and sites.read_card(town, out.read_bytes()).name == town.office.name
    dialog.sites.save_card(town.home / "x.card", lambda: None, lambda e: told.append(e.code))
    calm()
    assert told[-1] == "inside_data"
    dialog.own.print.click()
    paper = front(PaperDialog, calm)
    assert isinstance(paper, PaperDialog)
    paper.reject()


def test_nobody_is_trusted_before_the_fingerprint_was_compared(
    dialog: SitesDialog, town: Desk, card: Path, calm: Calm
) -> None:
    adding = dialog.list.ask_card()
    assert adding is not None and adding.go.toolTip() == "先选择名片文件"
    adding.read_file(card)
    calm()
    shown = [each.text() for each in adding.fingerprint.findChildren(QLabel)]
    assert adding.question.isVisible() and "电话里念的指纹" in adding.question.text()
    assert "双井村村委会" in adding.name.text() and "下级" in adding.told.text()
    assert QApplication.focusWidget() is adding.leave, (
        "the answer that trusts nobody is the default"
    )
    assert len(sites.site_list(town)) == 2
    QTest.mouseClick(adding.go, Qt.MouseButton.LeftButton)
    calm()
    added = next(row for row in sites.site_list(town) if row.name == "双井村村委会")
    assert added.fingerprint.split() == shown
    assert [row.name for row in dialog.sites.rows] == [COUNTY.name, VILLAGE.name, added.name]


def test_a_card_that_was_meddled_with_is_refused_with_what_to_do(
    dialog: SitesDialog, card: Path, town: Desk, calm: Calm
) -> None:
    adding = dialog.list.ask_card()
    assert adding is not None
    card.write_text(card.read_text("utf-8").replace("双井村", "石桥村"), "utf-8")
    adding.read_file(card)
    calm()
    assert adding.problem.text() and not adding.fingerprint.isVisible()
    assert not adding.go.isEnabled()
    QApplication.clipboard().setText(sites.own_card(town).data.decode())
    adding.paste.click()
    calm()
    assert adding.go.isEnabled()
    adding.add()
    calm()
    assert "本站点自己的名片" in adding.problem.text() and adding.fingerprint.isVisible()
    adding.reject()


def test_a_site_is_shut_out_only_after_what_it_means_was_said(
    dialog: SitesDialog, town: Desk, calm: Calm
) -> None:
    dialog.list.table.selectRow(1)
    dialog.list.ask_revoke()
    asked = front(MessageDialog, calm)
    assert "不能撤销" in said(asked) and VILLAGE.name in said(asked)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    calm()
    assert {row.status for row in sites.site_list(town)} == {"active"}, "Enter keeps everything"
    dialog.sites.revoke(dialog.sites.rows[1], dialog.list.changed.emit, lambda e: None)
    calm()
    assert {row.name: row.status for row in sites.site_list(town)}[VILLAGE.name] == "revoked"
    assert dialog.list.revoke.toolTip() == "已经停用了。"


def test_this_pc_becomes_a_new_site_only_behind_a_question(
    dialog: SitesDialog, town: Desk, calm: Calm
) -> None:
    before = dialog.sites.groups()
    dialog.own.ask_renew()
    asked = front(MessageDialog, calm)
    assert "重新交给每个单位" in said(asked)
    asked.reject()  # type: ignore[attr-defined]
    assert sites.own_card(town).fingerprint.split() == list(before)
    dialog.sites.renew(dialog.own._renewed, lambda e: None)
    calm()
    assert dialog.sites.groups() != before
    assert sites.own_card(town).fingerprint.split() == list(dialog.sites.groups())


# --- the folder ------------------------------------------------------------------------------------


def test_a_bundle_that_appears_in_the_folder_is_offered_and_read(
    window: MainWindow,
    page: ExchangePage,
    three: Neighbours,
    tmp_path: Path,
    qtbot: QtBot,
    calm: Calm,
) -> None:
    folder = tmp_path / "共享"
    folder.mkdir()
    window.news.choose(folder)
    calm()
    assert page.notice.text() == ""
    (folder / "说明.txt").write_text("不是数据包")
    (folder / "坏的.xfb").write_bytes(b"XFB1")
    shutil.copy(three.first, folder)
    shutil.copy(three.second, folder / "放进来.xfb")
    told = "交换文件夹里有 1 个新数据包（柳溪村村委会）。"
    qtbot.waitUntil(lambda: page.notice.text() == told, timeout=20_000)
    assert window.status.waiting.text() == "待导入 1 包"
    page.notice.link.clicked.emit()
    reading = front(ImportBundlesDialog, calm)
    assert isinstance(reading, ImportBundlesDialog)
    assert [line.path.name for line in reading.bundles.lines] == ["放进来.xfb"]
    reading.go.click()
    calm()
    assert page.notice.text() == "" and not window.status.waiting.isVisible()
    shutil.rmtree(folder)
    qtbot.waitUntil(lambda: "现在看不了" in page.notice.text(), timeout=20_000)


def test_what_is_for_somebody_else_is_not_offered(
    page: ExchangePage, three: Neighbours, desk_at: DeskAt, tmp_path: Path, calm: Calm
) -> None:
    county = desk_at(three.county, COUNTY.admin)
    folder = tmp_path / "共享"
    folder.mkdir()
    shutil.copy(three.second, folder)
    assert offered_bundles(county, folder) == ()
    page.place.exchange.choose(folder)
    calm()
    (offered,) = page.place.exchange.watched.offered
    assert offered.sender_name == VILLAGE.name and offered.path.parent == folder


def test_all_outgoing_bundles_are_written_there_at_once(
    dialog: SitesDialog, page: ExchangePage, tmp_path: Path, calm: Calm
) -> None:
    folder = tmp_path / "共享"
    folder.mkdir()
    dialog.tabs.setCurrentWidget(dialog.folder)
    assert dialog.folder.send.toolTip() == "先选择文件夹"
    dialog.folder.choose(page.place.desk.home)
    assert "不能写进数据文件夹" in dialog.folder.problem.text()
    dialog.folder.choose(folder)
    calm()
    dialog.folder.send.click()
    writing = front(ExportDialog, calm)
    assert isinstance(writing, ExportDialog)
    assert writing.told.text().endswith("可以拔出 U 盘了。")
    assert len(list(folder.iterdir())) == 2
    writing.accept()
    calm()
    assert page.notice.text() == "", "our own bundles are not offered to us"


def test_the_folder_is_remembered_for_the_next_start(
    page: ExchangePage,
    three: Neighbours,
    town: Desk,
    window_of: WindowOf,
    tmp_path: Path,
    calm: Calm,
) -> None:
    folder = tmp_path / "共享"
    folder.mkdir()
    page.place.exchange.choose(folder)
    shutil.copy(three.second, folder)
    calm()
    again = window_of(town)
    calm()
    assert again.news.watched.folder == folder
    assert again.status.waiting.text() == "待导入 1 包"
