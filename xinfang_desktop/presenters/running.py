"""How presenters run work: the window hands in its runner, a test or command runs at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from xinfang_desktop.domain.errors import RuleViolation, XinfangError

T = TypeVar("T")
Refused = Callable[[Sequence[XinfangError]], None]
"""Told everything that is wrong, each with its field."""


class Run(Protocol):
    """Run ``work`` off the screen's thread, then call ``done`` or ``failed`` on it."""

    def __call__(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[XinfangError], None] | None = None,
        *,
        label: str = "",
    ) -> object: ...


def run_now(
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[XinfangError], None] | None = None,
    *,
    label: str = "",
) -> object:
    """Run at once on this thread; without ``failed`` the error is raised."""
    try:
        result = work()
    except XinfangError as error:
        if failed is None:
            raise
        failed(error)
        return None
    done(result)
    return None


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What must be mended before anything is written."""

    problems: tuple[RuleViolation, ...]


def check_and_do(
    run: Run,
    check: Callable[[], tuple[RuleViolation, ...]],
    act: Callable[[], T],
    done: Callable[[T], None],
    refused: Refused,
    *,
    label: str = "",
) -> None:
    """Tell everything that is wrong at once; only where nothing is, ``act`` writes."""

    def work() -> T | _Wrong:
        found = check()
        return _Wrong(found) if found else act()

    def came(answer: T | _Wrong) -> None:
        if isinstance(answer, _Wrong):
            refused(answer.problems)
        else:
            done(answer)

    run(work, came, lambda error: refused([error]), label=label)
