"""Hybrid logical clock: wall time that never runs backwards and follows what was received.

It only picks which of two unreconciled values is shown meanwhile; what replaced what is said by
the bases of each write, never by a clock (EXCHANGE, "Bases"). Pure: wall time is passed in.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Hlc(NamedTuple):
    """Milliseconds since 1970 and a counter for what happens within one of them."""

    ms: int
    counter: int


START: Final = Hlc(0, 0)

MAX_AHEAD_MS: Final = 24 * 60 * 60 * 1000
"""A PC whose clock runs further ahead than this does not drag the others along."""


def tick(last: Hlc, wall_ms: int) -> Hlc:
    """The stamp of the next local entry: later than ``last`` even if the wall clock went back."""
    if wall_ms > last.ms:
        return Hlc(wall_ms, 0)
    return Hlc(last.ms, last.counter + 1)


def follow(last: Hlc, received: Hlc, wall_ms: int) -> Hlc:
    """The clock after an entry stamped ``received`` was taken in.

    What we write next is stamped later than what we have seen, unless the sender's clock is more
    than ``MAX_AHEAD_MS`` ahead of ``wall_ms``; then ours stays with the wall clock.
    """
    if received.ms - wall_ms > MAX_AHEAD_MS:
        return last
    return max(last, received)
