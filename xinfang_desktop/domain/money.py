"""Amounts of money as people write them (金额): ``5000``, ``1.5万元``, ``三千元``; exact in 分."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from .names import parse_number

MOST_YUAN = 10**11
"""More was never at stake in a township; it is a slip of the pen."""

_TAIL = re.compile("(?:元整|元正|块钱|元|块|圆)$")
_HEAD = re.compile("^(?:人民币|rmb|[¥约共计近])+", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([百千]?)")
_UNITS = {"": 1, "百": 100, "千": 1000}
_NOISE = Decimal("0.000001")  # yuan: what binary fractions of a spreadsheet add


@dataclass(frozen=True, slots=True)
class AmountReading:
    """What one cell says: an amount in 分, nothing, or a problem with its sentence."""

    cents: int | None = None
    why: str = ""


def read_amount(value: object) -> AmountReading:
    """Read a cell or a typed text whose unit is 元. Never raises; nothing is rounded in silence."""
    if isinstance(value, bool):
        return AmountReading(why="没有认出金额")
    if isinstance(value, int | float | Decimal):
        return _checked(Decimal(repr(value) if isinstance(value, float) else value))
    text = unicodedata.normalize("NFKC", str(value or ""))
    text = re.sub(r"[\s,，]", "", text)
    if text in ("", "无", "/", "-", "—"):
        return AmountReading()
    yuan = _yuan(_TAIL.sub("", _HEAD.sub("", text)))
    if yuan is None:
        return AmountReading(why="没有认出金额，请只写数字，单位是元")
    return _checked(yuan)


def _checked(yuan: Decimal) -> AmountReading:
    if not yuan.is_finite():
        return AmountReading(why="没有认出金额，请只写数字，单位是元")
    if yuan < 0:
        return AmountReading(why="金额不能小于 0")
    if yuan > MOST_YUAN:
        return AmountReading(why="金额太大，请看看单位是不是元")
    cents = round(yuan * 100)
    if abs(yuan * 100 - cents) > _NOISE * 100:
        return AmountReading(why="金额最多写到分")
    return AmountReading(cents)


def _yuan(text: str) -> Decimal | None:
    """``1.5万`` → 15000; what only speech tells apart (``1万5``) is refused."""
    for name, worth in (("亿", 10**8), ("万", 10**4)):
        before, found, after = text.partition(name)
        if not found:
            continue
        large, small = _yuan(before), _yuan(after) if after else Decimal(0)
        if large is None or small is None or (after and not worth // 10 <= small < worth):
            return None
        return large * worth + small
    if number := _NUMBER.fullmatch(text):
        return Decimal(number[1]) * _UNITS[number[2]]
    counted = parse_number(text)
    return None if counted is None else Decimal(counted)


def yuan(cents: int) -> str:
    """An amount in words: 12,000 元, 3,200.50 元."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "") + " 元"
