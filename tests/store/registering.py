"""A clerk who registers without a pause until somebody pulls the plug: run by test_crash."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.factories import OFFICE, PASSWORD, MovableClock, bring_to, register
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.services import accounts
from xinfang_desktop.store.reference import load_reference


def say(*words: str) -> None:
    """One line, at once."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def work(home: Path) -> None:
    """Say each number after its save came back, and no sooner."""
    desk = accounts.sign_in(home, OFFICE.admin, PASSWORD, MovableClock(), load_reference(RESOURCES))
    say("ready")
    while True:
        number = register(desk).number
        say(number, "S10")
        taken = bring_to(desk, number, "S40")
        say(number, taken.state)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
