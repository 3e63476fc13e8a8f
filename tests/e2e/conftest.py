"""The whole program on a real office: windows without a screen, a real store, a clerk who types."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.clerk import PATIENCE_MS, Clerk, open_flow
from tests.factories import MovableClock
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui.flow import Flow

Hire = Callable[..., Clerk]


@pytest.fixture
def hire(
    qapp: QApplication,
    qtbot: QtBot,
    clock: MovableClock,
    reference: Reference,
    tmp_path: Path,
) -> Iterator[Hire]:
    """Start the program on a data folder, as often as wanted. Its bugs fail the test."""
    flows: list[Flow] = []
    bugs: list[BaseException] = []

    def start(home: Path) -> Clerk:
        hook = sys.excepthook
        flow = open_flow(home, clock, reference, tmp_path)
        sys.excepthook = hook  # pytest-qt reports what is raised inside Qt
        flow.runner.bug.connect(bugs.append)
        flows.append(flow)
        return Clerk(flow, lambda fact: qtbot.waitUntil(fact, timeout=PATIENCE_MS))

    yield start
    for flow in flows:
        leave(flow, qapp)
    assert not bugs, bugs


def leave(flow: Flow, app: QApplication) -> None:
    """Close the program as a person does; nothing of it is left for the next test."""
    window = flow.window
    if window is not None:
        window.close()
    flow.close()
    if window is not None:
        window.deleteLater()
    flow.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def clerk(hire: Hire, office_home: Path) -> Clerk:
    """周敏, signed in, on 今日."""
    return hire(office_home).enter()
