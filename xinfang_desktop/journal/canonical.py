"""Canonical JSON: one byte string for one value, whichever PC wrote it.

Sorted keys, NFC, UTF-8, no white space, integers of at most 64 bits and no floats. What is hashed,
signed and passed on is these bytes, never a second serialisation of them (EXCHANGE, "Log entry").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from unicodedata import is_normalized, normalize

import orjson

from ..domain.errors import DamagedInput
from ..domain.records import Json

MAX_DEPTH: Final = 32
"""Levels of lists and objects inside one value; more is refused, whoever sent it."""

_INT_LIMIT: Final = 2**63
_BARE: Final = frozenset({str, bool, type(None)})


def check(value: Json, depth: int = MAX_DEPTH) -> None:
    """Raise TypeError or ValueError where ``value`` is not plain JSON without floats."""
    kind = type(value)
    if kind in _BARE:
        return
    if kind is int:
        if not -_INT_LIMIT <= value < _INT_LIMIT:
            raise ValueError("an integer beyond 64 bits in canonical JSON")
        return
    if depth <= 0:
        raise ValueError(f"JSON nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if type(key) is not str:
                raise TypeError(f"a key of type {type(key).__name__} in canonical JSON")
            check(item, depth - 1)
    elif isinstance(value, list | tuple):
        for item in value:
            check(item, depth - 1)
    else:
        raise TypeError(f"a value of type {kind.__name__} in canonical JSON")


def normalised(value: Json) -> Json:
    """``value`` with every text in NFC, tuples as lists and mappings as plain dicts."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, Mapping):
        return {normalize("NFC", key): normalised(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normalised(item) for item in value]
    return value


def plain(value: Json) -> Json:
    """A checked, normalised copy of ``value``: what a reader of its bytes will get back."""
    check(value)
    return normalised(value)


def canonical_of_checked(value: Json) -> bytes:
    """The bytes of a value whose foreign parts went through ``check`` before."""
    data = _encoded(value)
    # Nothing composes with the quotes around a text, so NFC of the whole implies NFC of each part;
    # the reverse fails only for "\n" before a combining mark, which the slow way settles.
    if not data.isascii() and not is_normalized("NFC", data.decode()):
        data = _encoded(normalised(value))
    return data


def _encoded(value: Json) -> bytes:
    return orjson.dumps(value, _plainer, orjson.OPT_SORT_KEYS)


def _plainer(value: Json) -> Json:
    """What the encoder does not take by itself: named tuples and mappings."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a value of type {type(value).__name__} in canonical JSON")


def canonical(value: Json) -> bytes:
    """The canonical bytes of a JSON value.

    Raises TypeError or ValueError for floats, foreign types, keys that are no text, integers
    beyond 64 bits, lone surrogates, or more than ``MAX_DEPTH`` levels.
    """
    check(value)
    return canonical_of_checked(value)


def parse(data: bytes) -> Any:
    """Read canonical bytes back; anything that is not exactly canonical raises DamagedInput."""
    value = parse_unchecked(data)
    try:
        check(value)
    except (TypeError, ValueError) as problem:
        raise _damaged() from problem
    return value


def parse_unchecked(data: bytes) -> Any:
    """As ``parse``, for a caller that passes the parts it keeps through ``check`` itself.

    The depth of what is returned is not bounded below the parser's own limit of some thousand
    levels, and numbers in it may be floats.
    """
    try:
        value = orjson.loads(data)
        if canonical_of_checked(value) == data:
            return value
    except (ValueError, TypeError, RecursionError) as problem:
        raise _damaged() from problem
    raise _damaged()


def _damaged() -> DamagedInput:
    return DamagedInput(
        "not_canonical",
        "这条记录的内容不是规范的数据，可能已经损坏或被改动。",
        mend="请让对方重新导出一次；如果来自本机，请从备份恢复后再试。",
    )
