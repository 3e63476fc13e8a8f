"""Amounts of money (金额): read as people write them, kept as whole 分, said in 元 or 万元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MOST = 100_000_000_000_00
"""分; a thousand times what a township's dispute has ever been about."""

_SHAPE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>亿|万|千)?元?(?:整|左右)?")
_UNITS = {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def read_yuan(raw: str | int | float | Decimal) -> int | None:
    """分 of an amount in 元: ``12000``, ``1.5万元``, ``3,200.50``; None where it is none.

    A fraction of a 分, a negative or an absurd amount is none.
    """
    text = unicodedata.normalize("NFKC", str(raw)).replace(",", "").replace(" ", "")
    found = _SHAPE.fullmatch(text.removeprefix("约").removeprefix("¥"))
    if found is None or len(found["number"]) > 20:
        return None
    cents = Decimal(found["number"]) * _UNITS[found["unit"] or ""] * 100
    return int(cents) if cents == int(cents) and cents <= MOST else None


def yuan(cents: int) -> str:
    """An amount in words: 12,000 元, 3,200.50 元."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "") + " 元"
