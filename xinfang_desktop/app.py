"""Composition root: the one place that builds everything a desk or a window needs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from .places import RESOURCES
from .services.accounts import sign_in
from .services.desk import Clock, Desk
from .store.reference import Reference, load_reference


def system_clock() -> datetime:
    """Now, by this PC's clock, with its offset."""
    return datetime.now().astimezone()


def shipped() -> Reference:
    """Calendars, rules and code tables as they came with the program."""
    return load_reference(RESOURCES)


def open_desk(home: Path, name: str, password: str, clock: Clock = system_clock) -> Desk:
    """Sign in. Raises EnvironmentProblem where that fails; then nothing was written."""
    return sign_in(home, name, password, clock, shipped())
