"""Asking Qt for lists of widgets while nothing may vanish."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_still() -> Iterator[None]:
    """Let Python's collector wait. A window that it freed while Qt's list of widgets is turned into
    Python's would still stand in that list, and the program would crash.
    """
    waits = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waits:
            gc.enable()
