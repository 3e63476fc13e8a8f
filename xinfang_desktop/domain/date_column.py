"""The year of dates written without one (``1月10日``): from the title, the row, the neighbours.

The order of evidence: the one year that the title or sheet name states, unless the same row or a
near neighbour contradicts it; then the written dates above and below (ledgers are kept in order
of time, also across a year's end); then a later date in the same row. Where nothing speaks, the
reading becomes a problem; nothing is guessed and nothing lies after ``today``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .dates import FIRST_YEAR, DateReading, complete

NEAR_DAYS = 62  # so near must a written neighbour be to outweigh the year of the title
FAR_DAYS = 183
_AGAINST_ORDER = 3  # a day that breaks the order of rows counts as so many

UNKNOWN_YEAR = "没有写年份，标题、工作表名和上下行里也看不出是哪一年"
UNKNOWN_MONTH = "只写了日，标题和上下行里也看不出是哪年哪月"
AFTER_TODAY = "日期在今天之后"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks about one cell: written dates above, below, and the next later in its row."""

    above: date | None = None
    below: date | None = None
    not_after: date | None = None

    @property
    def neighbours(self) -> tuple[date, ...]:
        """Those of above and below that exist."""
        return tuple(d for d in (self.above, self.below) if d)


def complete_column(
    readings: Sequence[DateReading],
    *,
    today: date,
    years: Sequence[int] = (),
    month: int = 0,
    not_after: Sequence[date | None] = (),
) -> list[DateReading]:
    """Complete the partial readings of one column, top to bottom.

    ``years`` and ``month`` are those of title and sheet name (month 0: none); ``not_after[i]`` is
    the earliest later date in row ``i`` (告知, 答复, 时限). Whole readings come back unchanged.
    """
    done = list(readings)
    ordered = _direction([r.value for r in readings if r.value])
    below = _below(readings)
    above: date | None = None
    for i, reading in enumerate(readings):
        if reading.partial:
            limit = not_after[i] if i < len(not_after) else None
            evidence = Evidence(above, below[i], limit)
            done[i] = _complete_one(reading, evidence, tuple(years), month, today, ordered)
        above = done[i].value or above
    return done


def _below(readings: Sequence[DateReading]) -> list[date | None]:
    found: list[date | None] = []
    following: date | None = None
    for reading in reversed(readings):
        found.append(following)
        following = reading.value or following
    return found[::-1]


def _direction(written: Sequence[date]) -> int:
    """1 for rising, -1 for falling, 0 for mixed; mostly counts, a single slip does not."""
    rises = sum(a < b for a, b in pairwise(written))
    falls = sum(a > b for a, b in pairwise(written))
    if rises >= 3 * falls:
        return 1
    return -1 if falls >= 3 * rises else 0


def _complete_one(
    reading: DateReading,
    evidence: Evidence,
    years: tuple[int, ...],
    month: int,
    today: date,
    ordered: int,
) -> DateReading:
    months = _months(reading, evidence, month)
    if not months:
        return DateReading(why=UNKNOWN_MONTH)
    if len(years) == 1:
        stated = complete(reading, years[0], months[0])
        if stated.value and not _contradicted(stated.value, reading, evidence, months, today):
            return stated
        if not evidence.neighbours and not evidence.not_after:
            return stated if stated.why else DateReading(why=AFTER_TODAY)
    candidates = _candidates(reading, evidence, years if len(years) > 1 else (), months, today)
    if not candidates:
        return DateReading(why=UNKNOWN_YEAR)
    if evidence.neighbours:
        return DateReading(min(candidates, key=lambda c: _cost(c, evidence, ordered)))
    if evidence.not_after or len(candidates) == 1:
        return DateReading(max(candidates))
    return DateReading(why=UNKNOWN_YEAR)


def _months(reading: DateReading, evidence: Evidence, month: int) -> tuple[int, ...]:
    if reading.month or month:
        return (reading.month or month,)
    return tuple(dict.fromkeys(d.month for d in evidence.neighbours))


def _contradicted(
    stated: date, reading: DateReading, evidence: Evidence, months: tuple[int, ...], today: date
) -> bool:
    if stated > today or (evidence.not_after and stated > evidence.not_after):
        return True
    gaps = [abs((stated - n).days) for n in evidence.neighbours]
    if not gaps or min(gaps) <= FAR_DAYS:
        return False
    others = (
        (reading.in_year(n.year + step, months[0]), n)
        for n in evidence.neighbours
        for step in (-1, 0, 1)
    )
    return any(o and abs((o - n).days) <= NEAR_DAYS for o, n in others)


def _candidates(
    reading: DateReading,
    evidence: Evidence,
    years: tuple[int, ...],
    months: tuple[int, ...],
    today: date,
) -> list[date]:
    known = [*evidence.neighbours, *([evidence.not_after] if evidence.not_after else [])]
    around = years or sorted({d.year + step for d in known for step in (-1, 0, 1)})
    latest = min(today, evidence.not_after or today)
    found = (reading.in_year(y, m) for y in around if y >= FIRST_YEAR for m in months)
    return [c for c in found if c and c <= latest]


def _cost(candidate: date, evidence: Evidence, ordered: int) -> int:
    """Days away from the neighbours; a day against the order of the rows counts threefold."""
    total = 0
    for neighbour, sign in ((evidence.above, 1), (evidence.below, -1)):
        if neighbour:
            gap = (candidate - neighbour).days * sign * (ordered or 1)
            total += gap if gap >= 0 else -gap * (_AGAINST_ORDER if ordered else 1)
    return total
