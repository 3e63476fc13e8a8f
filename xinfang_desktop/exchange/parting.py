"""Cutting a shipment into parts of a size (分包), each of which can be taken in by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from ..domain.errors import RuleViolation

T = TypeVar("T")

LEAST: Final = 1024 * 1024
"""Bytes of the smallest budget: a part carries rosters, vectors and at least one entry."""

OVERHEAD: Final = 128 * 1024
"""Bytes that every part takes besides what is shipped in it."""

_UNITS: Final = {"": 1, "K": 1000, "M": 1000**2, "G": 1000**3}


@dataclass(slots=True)
class Part(Generic[T]):
    """What goes into one file, and about how many bytes it will take."""

    items: list[T] = field(default_factory=list)
    size: int = OVERHEAD


def parts(items: Iterable[tuple[T, int]], budget: int | None) -> Iterator[Part[T]]:
    """The items in their order, in parts of at most ``budget`` bytes each; at least one part.

    An item larger than the budget has a part for itself.
    """
    part: Part[T] = Part()
    for item, size in items:
        if budget is not None and part.items and part.size + size > budget:
            yield part
            part = Part()
        part.items.append(item)
        part.size += size
    yield part


def budget(text: str) -> int:
    """Bytes of a budget as people write it: 95M, 20MB, 3.9G. Raises RuleViolation."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", text.strip().upper())
    size = int(float(found[1]) * _UNITS[found[2]]) if found else 0
    if size < LEAST:
        raise RuleViolation(
            "budget", f"“{text}”不是可用的分包大小。",
            mend="写成 20M、95M 这样，最小 1.1M；政务微信常用 20M，FAT32 的 U 盘用 3.9G。", field="budget",
        )  # fmt: skip
    return size
