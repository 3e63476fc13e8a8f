"""What a screening came to (排查情况统计): counts by village and by type, and rates as offices print them.

Found are the disputes whose day of finding lies in the period; settled are those of them that are
settled now (化解率 = 已化解 ÷ 排查总数). Nothing here counts people who petition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .case_records import Dispute
from .dispute_states import SETTLED
from .screening import Answered

NO_RATE = "—"
_ENDED = frozenset({*SETTLED, "closed"})


@dataclass(frozen=True, slots=True)
class Counts:
    """Disputes of one village or type."""

    found: int = 0
    settled: int = 0

    @property
    def open(self) -> int:
        """Not settled yet."""
        return self.found - self.settled

    @property
    def rate(self) -> str:
        """化解率 in per cent, one decimal, rounded half up; — where nothing was found."""
        return percent(self.settled, self.found)


@dataclass(frozen=True, slots=True)
class ReturnCounts:
    """Returns of one village: asked, and how many of these were filed, zero, late, not filed."""

    asked: int = 0
    returned: int = 0
    zero: int = 0
    late: int = 0

    @property
    def missing(self) -> int:
        """Asked and not filed."""
        return self.asked - self.returned


def percent(part: int, whole: int) -> str:
    """A share in per cent: 66.7%; — where there is no whole (half up, never a float)."""
    if not whole:
        return NO_RATE
    exact = Decimal(part) * 100 / Decimal(whole)
    return f"{exact.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def shares(parts: Sequence[int]) -> tuple[str, ...]:
    """Shares of a whole that add up to 100.0%: what rounding leaves over goes to the largest."""
    whole = sum(parts)
    if not whole:
        return tuple(NO_RATE for _ in parts)
    tenth = Decimal("0.1")
    rounded = [
        (Decimal(part) * 100 / whole).quantize(tenth, rounding=ROUND_HALF_UP) for part in parts
    ]
    largest = max(range(len(parts)), key=lambda n: (parts[n], -n))
    rounded[largest] += Decimal(100) - sum(rounded)
    return tuple(f"{share}%" for share in rounded)


def ended(dispute: Dispute) -> bool:
    """Whether it is settled, followed up or struck off."""
    return dispute.state in _ENDED


def counts(disputes: Iterable[Dispute]) -> Counts:
    """How many, and how many of them are settled."""
    found = tuple(disputes)
    return Counts(len(found), sum(map(ended, found)))


def return_counts(answers: Iterable[Answered]) -> ReturnCounts:
    """How a village, or all of them, answered what was asked."""
    found = tuple(answers)
    return ReturnCounts(
        asked=len(found),
        returned=sum(each.filed for each in found),
        zero=sum(each.zero for each in found),
        late=sum(bool(each.late_days) for each in found),
    )
