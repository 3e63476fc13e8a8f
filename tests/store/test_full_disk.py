"""No room left: a sentence that says what to do, and nothing half written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.conftest import SignIn
from tests.factories import bring_to, register, visit
from tests.store.limited import run_limited
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.services import accounts, handling, registration, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store import keys
from xinfang_desktop.store.tables import metadata


def counts(desk: Desk) -> dict[str, int]:
    """How many rows every table holds."""
    with desk.reading() as conn:
        return {
            name: int(conn.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in metadata.tables.items()
        }


@contextmanager
def no_room(desk: Desk) -> Iterator[None]:
    """The store may not grow by one page."""
    with desk.database.write() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with desk.database.write() as conn:
            conn.exec_driver_sql("PRAGMA max_page_count = 1073741823")


def test_a_registration_that_does_not_fit_leaves_nothing(desk: Desk) -> None:
    number = register(desk).number
    desk.flush_looks()
    before = counts(desk)
    with no_room(desk):
        with pytest.raises(EnvironmentProblem) as caught:
            register(desk, summary="塌方经过。" * 3000)
        assert caught.value.code == "disk_full"
        assert "没有写入" in caught.value.sentence
        assert caught.value.mend
        assert counts(desk) == before
        assert handling.matter_view(desk, number).number == number, "reading goes on"
    again = register(desk, summary="塌方经过。" * 3000).number
    assert again.endswith("A0002"), "a number is used up only by what was written"
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).ok


def test_a_step_that_does_not_fit_leaves_the_matter_as_it_was(desk: Desk) -> None:
    number = register(desk).number
    bring_to(desk, number, "S40")
    before = counts(desk)
    with no_room(desk), pytest.raises(EnvironmentProblem):
        content = {"record": "inquiry", "content": "现场查看。" * 3900}
        for _ in range(5):
            handling.take_step(desk, number, "note", content)
    assert handling.matter_view(desk, number).state == "S40"
    after = counts(desk)
    assert after["step"] - before["step"] == after["log_entry"] - before["log_entry"]


def test_looks_that_could_not_be_written_are_written_later(desk: Desk) -> None:
    number = register(desk).number
    desk.flush_looks()
    matter = handling.matter_list(desk, MatterQuery()).matters[0].id
    for _ in range(200):
        desk.look("read", matter, note="x" * 200)
    with no_room(desk), pytest.raises(EnvironmentProblem):
        desk.flush_looks()
    desk.flush_looks()
    assert len(handling.matter_view(desk, number).seen) == 200


def test_an_account_that_does_not_fit_gets_no_key(desk: Desk, office_home: Path) -> None:
    before = keys.names(office_home)
    long = {"interests": "说明" * 900}
    with no_room(desk), pytest.raises(EnvironmentProblem):
        for no in range(50):
            accounts.add_account(
                desk, accounts.NewAccount(f"账号{no}", ("officer",), "青石-Desk-2026")
            )
            accounts.change_person(desk, accounts.people(desk)[-1].id, long)
    written = {row.name for row in accounts.accounts(desk)}
    assert set(keys.names(office_home)) == written
    assert before[0] in written


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is not of Windows")
def test_the_system_says_no_in_the_middle_of_writing(office_home: Path, sign_in: SignIn) -> None:
    limit = max(path.stat().st_size for path in office_home.glob("xinfang.db*")) + 200_000
    program = """
desk = enter()
limit()
done = 0
try:
    while True:
        register(desk, summary='塌方经过。' * 2000)
        done += 1
except EnvironmentProblem as problem:
    say(done, problem.code)
import os; os._exit(0)
"""
    done, code = run_limited(program, office_home, limit)
    assert code in ("disk_full", "disk_error")
    desk = sign_in()
    assert handling.matter_list(desk, MatterQuery()).total == int(done) > 0
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).ok


def test_a_refused_registration_uses_up_nothing(desk: Desk) -> None:
    before = counts(desk)
    with pytest.raises(Exception, match="还缺"):
        registration.register_intake(desk, visit(claims=None))
    assert counts(desk) == before
