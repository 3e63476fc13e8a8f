"""The lock, and one window per office."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.e2e.clerk import CTRL, Clerk, Key, has_focus, words, write
from tests.e2e.conftest import Hire
from tests.factories import PASSWORD, MovableClock
from tests.neighbours import Neighbours
from xinfang_desktop.services import drafts, handling
from xinfang_desktop.services.conflicts import conflict_list
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.ui import main_window
from xinfang_desktop.ui.exchange_in_dialog import ImportBundlesDialog
from xinfang_desktop.ui.import_dialog import ImportDialog
from xinfang_desktop.ui.single_instance import hand_over

WRONG = "不对的-Desk-2026"


def unlock(clerk: Clerk, password: str) -> None:
    """Type the password where the lock asks for it."""
    clerk.wait(lambda: has_focus(clerk.window.lock_screen))
    write(password + "\n")
    clerk.settle()


def test_ctrl_l_locks_and_the_draft_is_kept_over_it(clerk: Clerk) -> None:
    page = clerk.new_visit()
    write("王桂芳\n")
    page.form.focus("claims")
    write("修路")
    QTest.keyClick(clerk.window, Key.Key_L, CTRL)
    assert clerk.window.is_locked()
    clerk.settle()
    (draft,) = drafts.drafts(clerk.desk, "register")
    assert draft.values["claims"] == ["修路"]
    assert not any("王桂芳" in text or "修路" in text for text in words(clerk.window))
    QTest.keyClick(clerk.window, Key.Key_N, CTRL)
    QTest.keyClick(clerk.window, Key.Key_2, CTRL)
    assert clerk.window.is_locked(), "no shortcut leads past the lock"

    unlock(clerk, WRONG)
    assert clerk.window.is_locked() and "密码" in clerk.window.lock_screen.problem()
    assert has_focus(clerk.window.lock_screen)
    write(PASSWORD + "\n")  # the wrong one was selected: typing replaced it
    clerk.settle()
    assert not clerk.window.is_locked()
    assert page.form.values()["claims"] == ["修路"] and page.form.values()["name"] == "王桂芳"
    assert has_focus(page), "one goes on writing"
    page.form.focus("claims")
    write("，通车")
    page.save()
    clerk.settle()
    assert drafts.drafts(clerk.desk, "register") == ()


def test_who_is_away_is_locked_out_and_keeps_what_was_typed(
    hire: Hire, office_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "LOCK_AFTER", timedelta(seconds=3))
    clerk = hire(office_home).enter()
    page = clerk.new_visit()
    write("王桂芳\n")
    page.form.focus("claims")
    write("修路")
    last = time.monotonic()
    clerk.wait(clerk.window.is_locked)
    assert time.monotonic() - last > 2.9, "whoever types is not away"
    monkeypatch.setattr(main_window, "LOCK_AFTER", timedelta(minutes=15))
    unlock(clerk, PASSWORD)
    assert not clerk.window.is_locked()
    assert page.form.values()["claims"] == ["修路"]
    (draft,) = drafts.drafts(clerk.desk, "register")
    assert draft.values["name"] == "王桂芳"


def start_again(home: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A second start of the program, as a double click does."""
    return subprocess.run(
        [sys.executable, "-m", "xinfang_desktop", "--data", str(home), *words],
        cwd=Path(__file__).parents[2], timeout=60, check=False, capture_output=True,
    )  # fmt: skip


def test_a_second_start_raises_the_first_window_and_hands_its_file_over(
    clerk: Clerk, office_home: Path, tmp_path: Path
) -> None:
    first = clerk.window
    page = clerk.new_visit()
    write("王桂芳")
    first.showMinimized()
    ledger = tmp_path / "台账.csv"
    ledger.write_text("日期,姓名,诉求\n2026-09-01,李明华,修路\n", encoding="utf-8")
    with ThreadPoolExecutor(1) as other:
        second = other.submit(start_again, office_home, str(ledger))
        clerk.wait(second.done)
    assert second.result().returncode == 0, "the second start opened no window and ended"
    clerk.wait(lambda: not first.isMinimized())
    dialog = clerk.dialog()
    assert isinstance(dialog, ImportDialog)
    clerk.wait(lambda: any("台账.csv" in text for text in words(dialog)))
    clerk.settle()
    assert handling.matter_list(clerk.desk, MatterQuery()).total == 0, "looked at, not imported"
    dialog.close()
    assert page.form.values()["name"] == "王桂芳"


def test_a_file_waits_behind_the_lock(clerk: Clerk, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("日期,姓名,诉求\n2026-09-01,李明华,修路\n", encoding="utf-8")
    clerk.window.lock()
    clerk.window.take_file(str(ledger))
    clerk.calm()
    assert clerk.window.is_locked() and clerk.app.activeModalWidget() is None
    unlock(clerk, PASSWORD)
    assert isinstance(clerk.dialog(), ImportDialog)
    clerk.dialog().close()


def test_another_office_is_another_window(hire: Hire, clerk: Clerk, tmp_path: Path) -> None:
    assert clerk.window.isVisible()
    assert not hand_over(tmp_path / "another")


def test_a_wrong_password_at_the_door_says_so(hire: Hire, office_home: Path) -> None:
    before = {p: p.read_bytes() for p in office_home.rglob("*") if p.is_file()}
    clerk = hire(office_home)
    clerk.flow.begin(user="周敏")
    window = clerk.flow.window
    assert window is not None
    window.activateWindow()
    clerk.wait(lambda: has_focus(window))
    write(WRONG + "\n")
    clerk.wait(lambda: any("密码" in t and "不" in t for t in words(window)))
    clerk.settle()
    assert clerk.flow.window is window and has_focus(window)
    assert {p: p.read_bytes() for p in office_home.rglob("*") if p.is_file()} == before
    clerk.sign_in()
    assert clerk.window.isVisible()


def test_a_bundle_that_is_opened_again_goes_to_the_window_that_is_there(
    hire: Hire, three: Neighbours, clock: MovableClock
) -> None:
    clock.later(hours=5)
    clerk = hire(three.town).enter()
    with ThreadPoolExecutor(1) as other:
        second = other.submit(start_again, three.town, str(three.second))
        clerk.wait(second.done)
    assert second.result().returncode == 0
    dialog = clerk.dialog()
    assert isinstance(dialog, ImportBundlesDialog)
    clerk.settle()
    assert dialog.bundles.wanted() == 1 and conflict_list(clerk.desk) == ()
    dialog.reject()
