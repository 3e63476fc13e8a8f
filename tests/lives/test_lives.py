"""Twelve matters from the first visit to the file on the shelf, as a real office lives them.

Every paper that the course offers is printed on its day and read back; what the law refuses on the
way is refused with its article; at the end the log holds and the tables are what it says. With
``XINFANG_LIVES`` the papers are kept in that folder, to be read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.factories import CHEAP, PASSWORD, MovableClock
from tests.lives.living import CLERK, STORIES, Town, told
from xinfang_desktop.services.demo import create_demo
from xinfang_desktop.services.safekeeping import rebuild_check
from xinfang_desktop.store.reference import Reference

BEFORE = date(2026, 1, 12)
FOR_THE_PEN = frozenset({"F17", "F26", "F36"})
"""Blanks that are given to whoever wants to write on them: the record of a talk, the request; and
the cover of the file, which the binder holds."""


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Path:
    """The practice office, as the window makes it, before the stories begin."""
    home = tmp_path_factory.mktemp("practice") / "office"
    create_demo(
        home, matters=2, today=BEFORE, clock=MovableClock(BEFORE), shipped=reference,
        password=PASSWORD, cost=CHEAP,
    )  # fmt: skip
    return home


@pytest.fixture
def town(
    practice: Path,
    tmp_path: Path,
    reference: Reference,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Town]:
    """That office for one story, with an empty tray for its papers."""
    monkeypatch.setenv("XINFANG_PASSWORD", PASSWORD)
    home = Path(shutil.copytree(practice, tmp_path / "office"))
    out = tmp_path / "papers"
    out.mkdir()
    yield Town(home, MovableClock(BEFORE), reference, out)
    if kept := os.environ.get("XINFANG_LIVES"):
        shutil.copytree(out, Path(kept) / request.node.callspec.id, dirs_exist_ok=True)


def test_there_are_twelve_lives() -> None:
    assert len(STORIES) == 12
    assert len({told(path)["title"] for path in STORIES}) == 12


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_life(path: Path, town: Town) -> None:
    story = told(path)
    town.live(story)
    for name, ending in story["ends"].items():
        number = town.numbers[name]
        by = ending.get("by", CLERK)
        owed = town.owed(by, number)
        for kind, state in ending["owed"].items():
            assert owed.get(kind) == state, f"{name} {kind}: {owed}"
        assert not [kind for kind, state in owed.items() if state == "overdue"], owed
        left = [code for code in town.left(by, number) if code not in FOR_THE_PEN]
        assert left == ending.get("left", []), "papers never handed out"
        titles = town.bound(by, number)
        assert len(titles) == len(set(titles)), "every paper once"
        papers = set(town.printed[number]) - {"F36"}
        assert len(titles) >= len(papers), f"{titles} does not hold {papers}"
    status, answer = town.command(CLERK, "log", "verify")
    assert status == 0 and answer["ok"] is True
    with town.desk(CLERK) as desk:
        assert rebuild_check(desk).ok
