"""How presenters run work: the window hands in its runner, a test or command runs at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from xinfang_desktop.domain.errors import XinfangError

T = TypeVar("T")


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
