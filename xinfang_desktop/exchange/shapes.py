"""Reading JSON that another site wrote: every value has a shape and a cap, unknown keys are left.

A reader takes the raw value and gives the value, or raises ValueError, TypeError or KeyError; the
module that reads a whole turns these into its own refusal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

T = TypeVar("T")
Read = Callable[[Any], Any]
Columns = Mapping[str, Read]

WHOLE: Final = 2**53
"""The largest number that is taken from outside; far beyond every count of entries."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})  # not Co or Cn: rare characters of names are there
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_BRANCH: Final = re.compile("[0-9a-f]{16}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")


def exactly(value: Any, kind: type[T]) -> T:
    """``value`` if it is of this very type (no bool for an int)."""
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} expected")
    return value


def number(least: int = 0, most: int = WHOLE) -> Callable[[Any], int]:
    """A whole number within both bounds."""

    def read(value: Any) -> int:
        if not least <= exactly(value, int) <= most:
            raise ValueError("a number out of bounds")
        return int(value)

    return read


def text(most: int = 200, *, least: int = 1) -> Callable[[Any], str]:
    """A text of so many characters, on one line, without control or invisible characters."""

    def read(value: Any) -> str:
        if not least <= len(exactly(value, str)) <= most:
            raise ValueError("a text is empty or too long")
        if any(unicodedata.category(each) in _UNSEEN for each in value):
            raise ValueError("a control character in a text")
        return str(value)

    return read


def one_of(*words: str) -> Callable[[Any], str]:
    """One of these words."""

    def read(value: Any) -> str:
        if exactly(value, str) not in words:
            raise ValueError("a word that is not known")
        return str(value)

    return read


def ident(value: Any) -> str:
    """A UUID in its usual spelling: 36 characters, lower case."""
    if str(UUID(exactly(value, str))) != value:
        raise ValueError("a UUID in another spelling")
    return str(value)


def chain_name(value: Any) -> str:
    """The name of a chain: its site, or after a fork its site and the branch (``site~16 hex``)."""
    site, at, branch = exactly(value, str).partition("~")
    ident(site)
    if at and not _BRANCH.fullmatch(branch):
        raise ValueError("no name of a branch")
    return str(value)


def digest(value: Any) -> str:
    """32 bytes in hexadecimal, lower case: a SHA-256 or an Ed25519 public key."""
    if not _DIGEST.fullmatch(exactly(value, str)):
        raise ValueError("64 hexadecimal digits expected")
    return str(value)


def digest_or_none(value: Any) -> str:
    """The same, or "" for what has no predecessor."""
    return "" if value == "" and type(value) is str else digest(value)


def signature(value: Any) -> bytes:
    """The 64 bytes of a signature from their hexadecimal, lower case."""
    if not _SIGNATURE.fullmatch(exactly(value, str)):
        raise ValueError("128 hexadecimal digits expected")
    return bytes.fromhex(value)


def moment(value: Any) -> str:
    """A moment in ISO 8601 with its offset from UTC."""
    if datetime.fromisoformat(text(40)(value)).tzinfo is None:
        raise ValueError("a moment without its offset")
    return str(value)


def many(read: Callable[[Any], T], most: int, *, least: int = 0) -> Callable[[Any], tuple[T, ...]]:
    """A list of so many values of one shape."""

    def read_all(value: Any) -> tuple[T, ...]:
        if not least <= len(exactly(value, list)) <= most:
            raise ValueError("a list is too short or too long")
        return tuple(read(each) for each in value)

    return read_all


def row(kind: type[T], columns: Columns) -> Callable[[Any], T]:
    """An object read into ``kind(**columns)``; keys that are not in ``columns`` are left."""

    def read(value: Any) -> T:
        raw = exactly(value, dict)
        return kind(**{name: column(raw[name]) for name, column in columns.items()})

    return read
