"""Every window of data exchange at 100 %, 150 % and 200 %, with three offices and a conflict."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.e2e.clerk import Clerk
from tests.e2e.conftest import Hire
from tests.e2e.test_every_window import wrong_in
from tests.factories import PASSWORD, MovableClock
from tests.neighbours import VILLAGE, Neighbours
from xinfang_desktop.services import accounts, exchange_papers, sites
from xinfang_desktop.services.conflicts import OTHER, conflict_list
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.exchange_page import ExchangePage
from xinfang_desktop.ui.settings_page import SettingsPage
from xinfang_desktop.ui.settings_page_proof import ProofTab


@pytest.fixture
def town_clerk(hire: Hire, three: Neighbours, clock: MovableClock) -> Clerk:
    """周敏 at the township that knows a village and a county."""
    clock.later(hours=5)
    return hire(three.town).enter()


@pytest.fixture
def card(three: Neighbours, clock: MovableClock, reference: Reference, tmp_path: Path) -> Path:
    desk = accounts.sign_in(three.village, VILLAGE.admin, PASSWORD, clock, reference)
    path = tmp_path / "柳溪村.card"
    path.write_bytes(sites.own_card(desk).data)
    desk.close()
    return path


def close() -> None:
    while (dialog := QApplication.activeModalWidget()) is not None:
        assert isinstance(dialog, QDialog)
        dialog.reject()


def windows(
    clerk: Clerk, three: Neighbours, card: Path, folder: Path
) -> Iterator[tuple[str, QWidget]]:
    """The page in all its parts, and every dialog it leads to."""
    clerk.window.go("exchange")
    clerk.calm()
    page = clerk.page
    assert isinstance(page, ExchangePage)
    yield "exchange, before", clerk.window
    yield from _importing(clerk, page, three, folder)
    for part in ("peers", "report", "conflicts"):
        page.show_part(part)
        clerk.calm()
        yield f"exchange, {part}", clerk.window
    yield from _judging(clerk, page)
    yield from _sending(clerk, page, folder)
    yield from _knowing(clerk, page, three, card, folder)
    page.show_history()
    yield "exchange, every file", clerk.dialog()
    close()
    yield from _proving(clerk)


def _importing(
    clerk: Clerk, page: ExchangePage, three: Neighbours, folder: Path
) -> Iterator[tuple[str, QWidget]]:
    page.show_import()
    yield "import, nothing chosen", clerk.dialog()
    close()
    cut = folder / "一个名字很长很长、断了的、从别处拷贝来的数据包文件（共3个之2）.xfb"
    cut.write_bytes(three.second.read_bytes()[:-50])
    dialog = page.show_import([cut, three.first, three.second])
    assert dialog is not None
    clerk.calm()
    yield "import, three files", dialog
    dialog.take_in()
    clerk.calm()
    yield "import, one was refused", dialog
    close()


def _judging(clerk: Clerk, page: ExchangePage) -> Iterator[tuple[str, QWidget]]:
    group = page.conflicts.group()
    assert group is not None and page.judge.comparison is not None
    for question in group.questions:
        page.judge.comparison.radios[question.id, OTHER].click()
    clerk.calm()
    yield "conflict, another value", clerk.window
    page.judge.keep()
    clerk.calm()
    assert page.judge.problem.text()
    yield "conflict, nothing written", clerk.window
    clerk.window.go("dispute", number=group.number)
    clerk.calm()
    yield "a dispute with a conflict", clerk.window
    home = "screening"
    clerk.window.go(home)
    clerk.calm()
    yield "a list with a conflict", clerk.window
    clerk.window.go("exchange", conflict=group.number)
    clerk.calm()
    for question in group.questions:
        page.conflicts.pick(question.id, "1")
    page.judge._show_choice()
    page.judge.keep()
    clerk.calm()
    assert conflict_list(clerk.desk) == ()
    yield "no conflict", clerk.window
    page.judge._toggle_settled()
    clerk.calm()
    yield "what was decided", clerk.window


def _sending(clerk: Clerk, page: ExchangePage, folder: Path) -> Iterator[tuple[str, QWidget]]:
    dialog = page.ask_send_all()
    assert dialog is not None
    clerk.calm()
    yield "send, nowhere yet", dialog
    dialog.choose_folder(folder / "一个名字很长的文件夹" / "再深一层的文件夹" / "U 盘")
    dialog.write()
    clerk.calm()
    assert dialog.told.text()
    yield "send, written", dialog
    close()


def _knowing(
    clerk: Clerk, page: ExchangePage, three: Neighbours, card: Path, folder: Path
) -> Iterator[tuple[str, QWidget]]:
    dialog = page.show_sites()
    assert dialog is not None
    clerk.calm()
    for number in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(number)
        clerk.calm()
        yield f"sites, tab {number}", dialog
    shared = folder / "共享"
    shared.mkdir()
    shutil.copy(three.second, shared / "又一个.xfb")
    dialog.folder.choose(shared)
    clerk.calm()
    yield "sites, folder", dialog
    adding = dialog.list.ask_card()
    assert adding is not None
    yield "add a site", adding
    adding.read_file(card)
    clerk.calm()
    yield "add a site, compare", adding
    adding.reject()
    for ask in (dialog.list.ask_revoke, dialog.own.ask_renew):
        ask()
        clerk.calm()
        asked = clerk.dialog()
        yield "sites, a question", asked
        asked.close()
    close()


def _proving(clerk: Clerk) -> Iterator[tuple[str, QWidget]]:
    exchange_papers.proof_paper(clerk.desk)
    clerk.window.go("settings", tab="proof")
    clerk.calm()
    page = clerk.page
    assert isinstance(page, SettingsPage)
    part = page.parts["proof"]
    assert isinstance(part, ProofTab)
    part.digest.set_value("ab" * 16)
    part.check_paper()
    clerk.calm()
    assert part.paper_words.text()
    yield "proof, not in the log", clerk.window


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_window_of_exchange_can_be_read_and_used(
    town_clerk: Clerk, three: Neighbours, card: Path, tmp_path: Path, percent: int
) -> None:
    town_clerk.flow.change_look(theme.Look("light", percent))
    town_clerk.calm()
    wrong: dict[str, str] = {}
    walked = 0
    for where, window in windows(town_clerk, three, card, tmp_path):
        walked += 1
        wrong.update(dict.fromkeys(wrong_in(window), where))
    assert walked > 20
    assert not wrong, "\n" + "\n".join(f"[{where}] {told}" for told, where in wrong.items())
