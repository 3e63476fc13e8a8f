"""kill -9 in the middle of saving: what was acknowledged is there, and the log is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.conftest import SignIn
from xinfang_desktop.domain.states import STATES
from xinfang_desktop.services import handling, safekeeping
from xinfang_desktop.services.handling import MatterQuery

ROOT = Path(__file__).parents[2]
ORDER = list(STATES)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of Windows")


def kill_while_working(home: Path, saves: int, after: float) -> dict[str, str]:
    """Let it save so often and kill it ``after`` seconds more; what it had acknowledged."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.store.registering", str(home)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert worker.stdout is not None
    said = [worker.stdout.readline() for _ in range(saves + 1)]
    plug = threading.Timer(after, worker.send_signal, [signal.SIGKILL])
    plug.start()
    said += worker.stdout.readlines()
    assert worker.wait() == -signal.SIGKILL
    plug.join()
    worker.stdout.close()
    assert said.pop(0) == "ready\n"
    return dict(line.split() for line in said if line.endswith(("S10\n", "S40\n")))


def check_after(home: Path, sign_in: SignIn, moments: list[tuple[int, float]]) -> None:
    acknowledged: dict[str, str] = {}
    for saves, after in moments:
        acknowledged |= kill_while_working(home, saves, after)
        desk = sign_in()
        for number, state in acknowledged.items():
            found = handling.matter_view(desk, number)
            assert ORDER.index(found.state) >= ORDER.index(state)
            assert len(found.claims) == 2
            assert len(found.parties) == 1
        everything = handling.matter_list(desk, MatterQuery()).matters
        assert {(row.claims, row.contacts) for row in everything} == {(2, 1)}
        assert safekeeping.verify_log(desk).ok
        tables = safekeeping.rebuild_check(desk)
        assert tables.ok, tables.differences
        desk.close()
    assert acknowledged


def test_what_was_acknowledged_survives(office_home: Path, sign_in: SignIn) -> None:
    check_after(office_home, sign_in, [(3, 0.0), (4, 0.05)])


@pytest.mark.deep
@pytest.mark.timeout(900)
def test_it_survives_at_any_moment(office_home: Path, sign_in: SignIn) -> None:
    dice = random.Random(20260921)
    moments = [(dice.randint(1, 5), dice.uniform(0.0, 0.2)) for _ in range(30)]
    check_after(office_home, sign_in, moments)
