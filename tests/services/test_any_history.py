"""Whatever is done in whatever order: every column that changed has its entry in the log."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.workflow_cases import LAWFUL
from tests.factories import OFFICE, PASSWORD, TODAY, MovableClock, visit
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import accounts, drafts, handling, haves, registration, safekeeping
from xinfang_desktop.services.accounts import NewPerson, OfficeCreated
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store.reference import Reference

Move = tuple[str, int, int]


def numbers(desk: Desk) -> list[str]:
    """Every matter there is."""
    return [row.number for row in handling.matter_list(desk, MatterQuery()).matters]


def _pick(desk: Desk, which: int) -> str:
    found = numbers(desk)
    return found[which % len(found)] if found else "没有"


def step(desk: Desk, which: int, how: int) -> None:
    """Some step that is lawful now."""
    number = _pick(desk, which)
    offered = [o.action for o in handling.offers(desk, number) if o.allowed and o.lawful_here]
    if offered:
        action = offered[how % len(offered)]
        handling.take_step(desk, number, action, LAWFUL[action])


def repeat(desk: Desk, which: int, how: int) -> None:
    """A further contact, with a wish or a new request."""
    more: Mapping[str, Any] = {"confidential": how % 3 == 0, "claims": [f"再加一项 {how % 5}"]}
    registration.register_intake(desk, visit(matter=_pick(desk, which), **more))


def first(desk: Desk, which: int, how: int) -> None:
    """A new matter, of one kind or another."""
    origin = ("self", "forwarded", "assigned")[how % 3]
    registration.register_intake(
        desk,
        visit(
            origin=origin, sealed=how % 7 == 0, received_on=(TODAY - timedelta(days=how % 50)).isoformat(),
            parties=[] if how % 4 == 0 else None, village=("柳溪村", "新村" + str(how % 3))[how % 2],
            report_due="2026-12-01" if origin == "assigned" else None,
        ),
    )  # fmt: skip


def have(desk: Desk, which: int, how: int) -> None:
    """Evidence for one of the four."""
    said = {
        "答": {"promised_on": "2026-10-10"}, "释": {"content": "讲了", "article": "第三十四条"},
        "困": {"hardship": True, "referral": "镇民政办"}, "接": {"content": "在接访室"},
    }  # fmt: skip
    kind = list(said)[how % 4]
    haves.set_have(desk, _pick(desk, which), kind, said[kind])


def judge(desk: Desk, which: int, how: int) -> None:
    """A judgement of two matters."""
    judged = ("same", "related", "different", "undone")[how % 4]
    registration.judge_similar(desk, _pick(desk, which), _pick(desk, how), judged)


def office(desk: Desk, which: int, how: int) -> None:
    """Another way of counting, another person."""
    accounts.save_office(
        desk, {"acceptance_from": ("notice", "receipt")[how % 2], "simple_procedure": how % 3 > 0}
    )
    accounts.add_person(desk, NewPerson(f"某{which}{how}"))


def look(desk: Desk, which: int, how: int) -> None:
    """A look, a reveal, a draft: nothing that is registered."""
    number = _pick(desk, which)
    handling.matter_view(desk, number)
    handling.reveal_names(desk, number, "核对")
    drafts.save_draft(desk, Draft(str(how % 2), "register", "", "", desk.now(), {}))


MOVES: dict[str, Callable[[Desk, int, int], None]] = {
    move.__name__: move for move in (step, repeat, first, have, judge, office, look)
}


def prove(desk: Desk) -> None:
    """The log is whole, and the tables are what it says."""
    assert safekeeping.verify_log(desk).ok
    report = safekeeping.rebuild_check(desk)
    assert report.differences == ()
    shown = [row.number for row in handling.matter_list(desk, MatterQuery()).matters]
    assert len(set(shown)) == len(shown)


HISTORY = st.lists(
    st.tuples(st.sampled_from(["step"] * 8 + list(MOVES)), st.integers(0, 50), st.integers(0, 50)),
    min_size=1, max_size=25,
)  # fmt: skip


def live(home: Path, reference: Reference, moves: list[Move]) -> None:
    clock = MovableClock()
    desk = accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    try:
        registration.register_intake(desk, visit())
        for move, which, how in moves:
            clock.later(minutes=7)
            try:
                MOVES[move](desk, which, how)
            except RuleViolation as refused:
                assert refused.sentence
        prove(desk)
    finally:
        desk.close()


QUICK = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(moves=HISTORY)
def test_every_history_is_what_its_log_says(
    made_office: tuple[Path, OfficeCreated], reference: Reference, tmp_path_factory: pytest.TempPathFactory,
    moves: list[Move],
) -> None:  # fmt: skip
    home = Path(shutil.copytree(made_office[0], tmp_path_factory.mktemp("life") / "home"))
    live(home, reference, moves)


@pytest.mark.deep
@pytest.mark.timeout(1800)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=st.lists(HISTORY, min_size=4, max_size=4))
def test_every_long_history_is_what_its_log_says(
    made_office: tuple[Path, OfficeCreated], reference: Reference, tmp_path_factory: pytest.TempPathFactory,
    moves: list[list[Move]],
) -> None:  # fmt: skip
    home = Path(shutil.copytree(made_office[0], tmp_path_factory.mktemp("life") / "home"))
    for part in moves:
        live(home, reference, part)
