"""The plug is pulled between two keystrokes: what was saved is there, the draft is offered again."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.clerk import Clerk, words, write
from tests.e2e.conftest import Hire
from tests.e2e.typist import KEYS, SAVE, VISITS
from xinfang_desktop.services import drafts, handling, safekeeping
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.ui.register import RegisterPage
from xinfang_desktop.ui.today import TodayPage
from xinfang_desktop.ui.widgets.buttons import Button

LOST_AT_MOST_S = 2.0
"""What was typed longer ago than this is never lost."""

Values = Mapping[str, Any]


@dataclass
class Typed:
    """What the killed program told: the form after each keystroke, and what was saved."""

    keys: list[tuple[float, Values]] = field(default_factory=list)
    saved: bool = False
    saving: bool = False
    killed_at: float = 0.0

    def hear(self, line: str) -> None:
        """One line of the typist."""
        told = json.loads(line)
        if told.get("saved"):
            self.saved = True
            self.keys = []  # the form is empty again
        else:
            self.keys.append((told["at"], told["values"]))

    def may_be_kept(self) -> list[Values]:
        """The forms that a draft may hold: the last one old enough, or any after it."""
        old = [n for n, (at, _) in enumerate(self.keys) if at <= self.killed_at - LOST_AT_MOST_S]
        return [values for _, values in self.keys[old[-1] if old else 0 :]]

    def must_be_kept(self) -> bool:
        """Whether something worth a draft was there for more than two seconds."""
        old = [v for at, v in self.keys if at <= self.killed_at - LOST_AT_MOST_S]
        return any(set(values) - {"channel", "received_on", "headcount", "flags"} for values in old)


def type_until(home: Path, last: int) -> Typed:
    """Let the typist type; kill it as soon as it tells keystroke number ``last`` (from 1)."""
    typed = Typed()
    root = Path(__file__).parents[2]
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.typist", str(home)],
        stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    try:
        assert typist.stdout is not None
        told = 0
        for line in typist.stdout:
            typed.hear(line)
            told += '"at"' in line
            if told >= last:
                break
        assert told == last, "the typist ended by itself"
        typist.kill()
        typed.killed_at = time.monotonic()
        for line in typist.stdout:  # told before it died
            if line.endswith("\n"):
                typed.hear(line)
    finally:
        typist.kill()
        typist.wait()
        typist.stdout.close()
    typed.saving = not typed.saved and last >= len(VISITS[0].partition(SAVE)[0]) + 1
    return typed


def check(clerk: Clerk, typed: Typed) -> None:
    """Open the office again and look."""
    desk = clerk.desk
    matters = handling.matter_list(desk, MatterQuery()).total
    kept = drafts.drafts(desk, "register")
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).ok
    if typed.saved:
        assert matters == 1
    elif typed.saving:
        assert (matters, len(kept)) in ((1, 0), (0, 1)), "neither lost nor kept twice"
    else:
        assert matters == 0
    assert isinstance(clerk.page, TodayPage)
    if not kept:
        assert typed.saving or not typed.must_be_kept()
        return
    (draft,) = kept
    clerk.wait(lambda: "继续" in words(clerk.page))
    go = next(b for b in clerk.page.findChildren(Button) if b.accessibleName().startswith("继续写"))
    go.setFocus()
    write("\n")
    clerk.wait(lambda: isinstance(clerk.page, RegisterPage))
    clerk.wait(lambda: "name" in clerk.register.form.values())
    assert clerk.register.form.values() in typed.may_be_kept(), draft.saved_at


def kill_once(hire: Hire, home: Path) -> None:
    """One kill after a keystroke that chance chooses (`pytest -p randomly` repeats it by seed)."""
    typed = type_until(home, random.randint(2, KEYS))
    check(hire(home).enter(), typed)


@pytest.mark.parametrize("time_of", ["once", "again"])
def test_a_kill_loses_at_most_two_seconds(hire: Hire, office_home: Path, time_of: str) -> None:
    kill_once(hire, office_home)


@pytest.mark.deep
@pytest.mark.parametrize("number", range(30))
def test_thirty_kills_lose_at_most_two_seconds(hire: Hire, office_home: Path, number: int) -> None:
    kill_once(hire, office_home)


def test_a_kill_while_saving_neither_loses_nor_doubles(hire: Hire, office_home: Path) -> None:
    typed = type_until(office_home, len(VISITS[0]))
    assert typed.saving or typed.saved
    check(hire(office_home).enter(), typed)
