"""The printed recovery code (恢复码): 155 random bits in 8 groups of 4 characters.

32 characters nobody mistakes for another (no I, L, O, U). The last one checks the others: one
wrong character, or two neighbours exchanged, is always noticed.
"""

from __future__ import annotations

import secrets
from typing import Final
from unicodedata import normalize

from ..domain.errors import RuleViolation

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 32
_GROUP: Final = 4
_MEANT: Final = str.maketrans("OIL", "011", " -‐‑–—−_　·.\t\r\n")


def new_code() -> str:
    """A fresh code as it is printed: ``XXXX-XXXX-…``."""
    data = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH - 1))
    code = data + _ALPHABET[_shift(_fold(data))]
    return "-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def secret_of(typed: str) -> bytes:
    """The secret in a code as somebody typed it: case, spaces, dashes, O/0 and I/L/1 do not matter.

    Raises RuleViolation ``recovery_code_typo`` with what is wrong.
    """
    code = normalize("NFKC", typed[:1000]).upper().translate(_MEANT)
    wrong = sorted(set(code) - set(_ALPHABET))
    if wrong:
        raise _typo(f"恢复码里没有“{wrong[0]}”这个字符。")
    if len(code) != _LENGTH:
        raise _typo(f"恢复码应有 {_LENGTH} 个字符（8 组，每组 4 个），现在是 {len(code)} 个。")
    if _fold(code):
        raise _typo("恢复码有字符抄错或顺序颠倒。")
    return code.encode()


def _shift(value: int) -> int:
    """Multiply by x in GF(32), modulo x⁵ + x² + 1."""
    return value << 1 ^ (0x25 if value & 16 else 0)


def _fold(code: str) -> int:
    """The code as a polynomial over GF(32), at x; zero for a code with its check character."""
    total = 0
    for character in code:
        total = _shift(total) ^ _ALPHABET.index(character)
    return total


def _typo(sentence: str) -> RuleViolation:
    return RuleViolation(
        "recovery_code_typo", sentence, mend="请对照打印的恢复码逐组核对。", field="recovery_code"
    )
