"""Several hands at once: threads of one window, and the command beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import SignIn
from tests.factories import OFFICE, PASSWORD, register
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.services import accounts, handling, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store.database import Database

ROOT = Path(__file__).parents[2]


def command(home: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The real command, in a process of its own."""
    env = {
        **os.environ, "XINFANG_PASSWORD": PASSWORD, "XINFANG_USER": OFFICE.admin,
        "XINFANG_DATA": str(home), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    words = (sys.executable, "-m", "xinfang_desktop", "--json", *words)
    return subprocess.run(words, env=env, capture_output=True, check=False, timeout=120)


def test_four_threads_register_at_once_and_all_succeed(desk: Desk) -> None:
    together = threading.Barrier(4)

    def work(_: int) -> list[str]:
        together.wait()
        return [register(desk).number for _ in range(6)]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for part in pool.map(work, range(4)) for number in part]
    assert len(set(numbers)) == 24
    assert handling.matter_list(desk, MatterQuery()).total == 24
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).ok


def test_readers_see_whole_matters_while_others_write(desk: Desk) -> None:
    done = threading.Event()

    def read() -> int:
        seen = 0
        while not done.is_set():
            for row in handling.matter_list(desk, MatterQuery()).matters:
                assert (row.claims, row.contacts) == (2, 1), "a half written matter"
                seen += 1
        return seen

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for _ in range(10):
                register(desk)
        finally:
            done.set()
        assert sum(reader.result() for reader in readers)


def test_two_desks_on_one_store_and_two_write_in_turn(desk: Desk, sign_in: SignIn) -> None:
    other = sign_in()
    numbers = {register(d).number for _ in range(3) for d in (desk, other)}
    assert len(numbers) == 6
    assert safekeeping.verify_log(desk).ok


def test_only_what_others_wrote_moves_the_data_version(desk: Desk, sign_in: SignIn) -> None:
    other = sign_in()
    before = desk.data_version()
    register(desk)
    assert desk.data_version() == before, "our own writing is known already"
    register(other)
    after = desk.data_version()
    assert after != before
    assert desk.data_version() == after


def test_asking_for_the_data_version_never_waits_for_a_long_write(desk: Desk) -> None:
    before = desk.data_version()
    with desk.writing(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(desk.data_version).result(timeout=5) == before


def test_a_write_inside_a_write_is_our_bug_and_noticed_at_once(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="inside"), desk.writing(), desk.writing():
        pass
    register(desk)


def test_the_command_beside_the_window_is_seen_by_it(desk: Desk, office_home: Path) -> None:
    before = desk.data_version()
    ran = command(office_home, "village", "add", "430522101209", "石桥村")
    assert ran.returncode == 0, ran.stderr.decode()
    assert desk.data_version() != before
    assert "石桥村" in {village.name for village in accounts.villages(desk)}


def test_a_role_taken_away_beside_us_holds_from_the_next_step(desk: Desk, sign_in: SignIn) -> None:
    accounts.add_account(desk, accounts.NewAccount("何小梅", ("officer",), PASSWORD))
    hers = sign_in("何小梅")
    register(hers)
    accounts.set_account(desk, "何小梅", roles=("supervisor",))
    with pytest.raises(Exception, match="没有这项权限"):
        register(hers)
    accounts.disable_account(desk, "何小梅")
    with pytest.raises(EnvironmentProblem) as caught:
        handling.matter_list(hers, MatterQuery())
    assert caught.value.code == "account_disabled"


def test_a_store_held_by_somebody_else_is_said_in_words(desk: Desk, office_home: Path) -> None:
    other = Database(office_home / "xinfang.db", desk.database.key)
    with other.write(), desk.database.engine.connect():
        with desk.database._writer.connect() as conn:
            conn.exec_driver_sql("PRAGMA busy_timeout=50")
        with pytest.raises(EnvironmentProblem) as caught:
            register(desk)
    other.close()
    assert caught.value.code == "busy"
    assert caught.value.mend
