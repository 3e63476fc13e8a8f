"""打印文书 on the page of a case: the menu says why not, and what is made lies with the case."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests import mediating
from tests.conftest import DeskOf
from tests.screening import bring, find
from tests.ui.test_dispute_page import open_dispute
from xinfang_desktop.presenters.case_papers import CasePapers
from xinfang_desktop.presenters.jobs import job_now
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services import disputes
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.mediation_page import MediationPage
from xinfang_desktop.ui.paper import PaperDialog


def offered(page: DisputePage, qtbot: QtBot) -> dict[str, QAction]:
    """The lines of the menu once it is open."""
    page.print.ask()
    menu = page.print.menu_of_papers
    qtbot.waitUntil(menu.isVisible)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    return {action.text(): action for action in menu.actions()}


def test_the_menu_says_why_a_paper_cannot_be_printed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = open_dispute(window, qtbot, find(desk).number)
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    menu = page.print.menu_of_papers
    qtbot.waitUntil(menu.isVisible)
    able = [a.text() for a in menu.actions() if a.isEnabled()]
    unable = [a.text() for a in menu.actions() if not a.isEnabled()]
    menu.close()
    assert "矛盾纠纷排查登记表" in able
    assert [words for words in unable if "先“交办”" in words] == unable != []


@pytest.mark.parametrize("times", [1, 2])
def test_a_paper_is_made_shown_and_kept_with_the_dispute(
    window: MainWindow, desk: Desk, qtbot: QtBot, times: int
) -> None:
    number = find(desk).number
    bring(desk, number, "assigned")
    page = open_dispute(window, qtbot, number)
    for _ in range(times):
        menu = offered(page, qtbot)
        (name,) = [words for words in menu if "交办单" in words]
        menu[name].trigger()
        page.print.menu_of_papers.close()
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog))
        preview = QApplication.activeModalWidget()
        assert isinstance(preview, PaperDialog)
        with pypdfium2.PdfDocument(preview.papers[0].pdf) as pdf:
            told = pdf[0].get_textpage().get_text_bounded().replace("\r\n", "")
        assert "村道排水沟堵塞" in told
        preview.reject()
        qtbot.waitUntil(lambda: not window.place.runner.busy())
    documents = disputes.dispute_view(desk, number).documents
    assert [document.form for document in documents] == ["P03"] * times
    menu = offered(page, qtbot)
    page.print.menu_of_papers.close()
    assert f"已印 {times} 次" in next(words for words in menu if "交办单" in words)


def test_who_may_not_print_is_told(desk_of: DeskOf) -> None:
    papers = CasePapers(desk_of("supervisor"), run_now, job_now)
    assert "没有这项权限" in papers.why_not()


def test_a_mediation_is_bound_into_one_file(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    number = mediating.start(desk).number
    mediating.take(desk, number, *mediating.TO_AGREEMENT)
    window.go("mediation", number=number)
    page = window.page("mediation")
    assert isinstance(page, MediationPage)
    qtbot.waitUntil(lambda: page.print.number == number and not window.place.runner.busy())
    page.print.ask()
    qtbot.waitUntil(page.print.menu_of_papers.isVisible)
    menu = {action.text(): action for action in page.print.menu_of_papers.actions()}
    assert [words for words in menu if words.startswith("人民调解协议书")]
    menu["整卷装订…"].trigger()
    page.print.menu_of_papers.close()
    where = QApplication.activeModalWidget()
    assert isinstance(where, QFileDialog)
    where.selectFile(str(tmp_path / "卷.pdf"))
    where.accept()
    qtbot.waitUntil(lambda: window.status.message().startswith("已装订"), timeout=30_000)
    with pypdfium2.PdfDocument(tmp_path / "卷.pdf") as pdf:
        assert f"已装订 {len(pdf)} 页，存为 卷.pdf" in window.status.message()
    qtbot.waitUntil(lambda: not window.place.runner.busy())
