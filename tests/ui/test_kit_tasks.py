"""The runner: lanes are serial, results come on the GUI thread, errors are sorted once."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.ui.tasks import Cancelled, Job, Runner


def test_work_runs_elsewhere_and_answers_on_the_gui_thread(
    runner: Runner, look: QApplication, qtbot: QtBot
) -> None:
    seen: list[object] = []

    def done(name: str) -> None:
        seen.extend((name, QThread.currentThread() is look.thread()))

    runner.run(lambda: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert str(seen[0]).startswith("data") and seen[1] is True


def test_the_lane_of_the_database_is_serial(runner: Runner, qtbot: QtBot) -> None:
    order: list[int] = []
    gate = threading.Event()
    runner.run(lambda: gate.wait(10), lambda _open: order.append(1))
    runner.run(lambda: order.append(2), lambda _none: order.append(3))
    runner.run(lambda: None, lambda _none: gate.set(), lane="files")
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order in ([1, 2, 3], [2, 1, 3])  # 2 is work, so it may come before the answer to 1


def test_an_error_for_the_page_goes_to_the_page(runner: Runner, qtbot: QtBot) -> None:
    told: list[object] = []

    def refuse() -> None:
        raise RuleViolation("x", "还没有填。", field="name")

    runner.run(refuse, lambda _none: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], RuleViolation)


def test_an_error_nobody_took_is_shown_and_a_bug_is_a_bug(qtbot: QtBot, look: QApplication) -> None:
    runner = Runner()
    shown: list[object] = []
    runner.problem.connect(shown.append)
    runner.bug.connect(shown.append)

    def full() -> None:
        raise EnvironmentProblem("full", "磁盘满了。")

    def wrong() -> None:
        raise KeyError("our own mistake")

    runner.run(full, lambda _none: None)
    runner.run(wrong, lambda _none: None)
    qtbot.waitUntil(lambda: len(shown) == 2)
    runner.close()
    assert [type(error) for error in shown] == [EnvironmentProblem, KeyError]


def test_nobody_is_called_back_once_the_window_is_gone(runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()
    told: list[object] = []
    runner.run(lambda: gate.wait(10), told.append)
    runner.drop_answers()
    runner.run(lambda: "later", told.append)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy())
    assert told == ["later"]


def test_a_cancel_is_silent_and_progress_arrives(runner: Runner, qtbot: QtBot) -> None:
    moves: list[tuple[int, int]] = []
    told: list[object] = []
    runner.progressed.connect(lambda _job, done, total: moves.append((done, total)))
    started = threading.Event()

    def long(job: Job) -> None:
        job.progress(1, 3)
        started.set()
        for _ in range(10_000):
            if job.cancelled():
                raise Cancelled
            threading.Event().wait(0.001)

    job = runner.run_job(long, told.append, told.append)
    assert started.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: not runner.busy())
    assert told == [] and moves == [(1, 3)]
