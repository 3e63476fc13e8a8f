"""The desk: looks are kept in time, drafts come back, and everything is let go of at the end."""

from __future__ import annotations

import threading

import pytest

from tests.conftest import SignIn
from tests.factories import MovableClock, bring_to, register, visit
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.services import desk as desks
from xinfang_desktop.services import drafts, handling, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.store import changelog


def entries(desk: Desk) -> int:
    """How many entries the log holds, looks written or not."""
    with desk.reading() as conn:
        return changelog.count(conn)


def test_looks_are_written_together_within_two_seconds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register(desk).number
    desk.flush_looks()
    monkeypatch.setattr(desks, "LOOKS_KEPT_FOR", 0.05)
    written = threading.Event()
    desk.subscribe(lambda _: written.set())
    before = entries(desk)
    for _ in range(20):
        handling.matter_view(desk, number)
        handling.matter_list(desk, handling.MatterQuery())
    assert written.wait(10)
    desk.flush_looks()
    assert before < entries(desk) <= before + 20
    assert len(handling.matter_view(desk, number).seen) == 20
    assert desks.LOOKS_KEPT_FOR < 2


def test_looks_are_local_and_never_travel(desk: Desk) -> None:
    register(desk)
    desk.flush_looks()
    heads = safekeeping.verify_log(desk).heads
    assert {head.split(":")[0] for head in heads} == {"local", "township", "village"}


def test_closing_writes_the_last_looks(desk: Desk, sign_in: SignIn) -> None:
    number = register(desk).number
    other = sign_in()
    handling.matter_view(other, number)
    other.close()
    assert [row.what for row in handling.matter_view(desk, number).seen] == ["打开"]


def test_closing_lets_go_of_the_files_whatever_happens(desk: Desk) -> None:
    with desk.database.write() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    for _ in range(2000):
        desk.look("read", "x", note="字" * 200)
    with pytest.raises(EnvironmentProblem):
        desk.close()
    assert desk.database.engine.pool.checkedin() == 0  # type: ignore[attr-defined]
    desk._looks.clear()


def test_drafts_are_of_one_account_and_the_newest_comes_first(
    desk: Desk, sign_in: SignIn, clock: MovableClock
) -> None:
    drafts.save_draft(desk, Draft("a", "register", "王桂芳", "claims", desk.now(), visit()))
    clock.later(minutes=1)
    drafts.save_draft(
        desk, Draft("b", "register", "何小梅", "parties", desk.now(), {"x": [1, None]})
    )
    again = sign_in()
    assert [draft.key for draft in drafts.drafts(again)] == ["b", "a"]
    assert drafts.drafts(again)[1].values == visit()
    assert drafts.drafts(again, "settings") == ()
    clock.later(minutes=1)
    drafts.save_draft(desk, Draft("a", "register", "王桂芳", "summary", desk.now(), {}))
    assert [draft.key for draft in drafts.drafts(again)] == ["a", "b"]


def test_a_clock_that_is_set_back_breaks_nothing(desk: Desk, clock: MovableClock) -> None:
    register(desk)
    clock.go("2026-09-20", 8)
    number = register(desk, received_on="2026-09-20").number
    handling.take_step(desk, number, "claim", {"no_interest": True})
    taken = register(desk, received_on="2026-09-20").number
    clock.go("2026-09-20", 7)
    bring_to(desk, taken, "S40")
    actions = [row.action for row in handling.matter_view(desk, taken).timeline]
    assert actions == ["note", "note", "start", "accept", "claim", "register"]
    clock.go("2026-09-21", 12)
    register(desk)
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).ok
