"""Longer work of presenters: which lane it takes, how far it is, whether somebody wants it to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeVar

from xinfang_desktop.domain.errors import XinfangError

T = TypeVar("T")
Lane = Literal["data", "files"]


class Talk(Protocol):
    """What running work may talk to."""

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is."""

    def cancelled(self) -> bool:
        """Whether somebody wants the work to stop."""
        ...


class RunJob(Protocol):
    """Run ``work(talk)`` off the screen's thread on a lane, then call ``done`` or ``failed`` on it."""

    def __call__(
        self,
        work: Callable[[Talk], T],
        done: Callable[[T], None],
        failed: Callable[[XinfangError], None] | None = None,
        *,
        lane: Lane = "data",
        label: str = "",
    ) -> object: ...


class Alone:
    """Nobody listens and nobody stops it: a test's or a command's talk."""

    def progress(self, done: int, total: int) -> None:
        """Nobody listens."""

    def cancelled(self) -> bool:
        """Nobody stops it."""
        return False


def job_now(
    work: Callable[[Talk], T],
    done: Callable[[T], None],
    failed: Callable[[XinfangError], None] | None = None,
    *,
    lane: Lane = "data",
    label: str = "",
) -> object:
    """Run at once on this thread; without ``failed`` the error is raised."""
    try:
        result = work(Alone())
    except XinfangError as error:
        if failed is None:
            raise
        failed(error)
        return None
    done(result)
    return None
