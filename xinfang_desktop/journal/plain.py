"""Records as plain JSON values and back, by the annotations of ``domain.records``.

A record of an older program lacks fields: they take the default. One of a newer program has more:
they are left aside (``unknown_fields`` names them); the log keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from types import MappingProxyType, NoneType
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_type_hints
from unicodedata import normalize

from ..domain.errors import DamagedInput
from ..domain.records import Bases, Json, Record
from .canonical import plain as plain_json

R = TypeVar("R", bound=Record)
Convert = Callable[[Any], Any]

ENVELOPE: Final = frozenset({"id", "feed", "voided", "bases"})
"""Fields that the log carries outside the values of a record."""


class Converter(NamedTuple):
    """Both directions of one field."""

    to_plain: Convert
    from_plain: Convert


def _exactly(kind: type) -> Convert:
    def same(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
        return value

    return same


def _nfc(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"str expected, not {type(value).__name__}")
    return value if value.isascii() else normalize("NFC", value)


def _date_out(value: date) -> str:
    if isinstance(value, datetime):
        raise TypeError("a date expected, not a moment")
    return value.isoformat()


def _date_in(value: str) -> date:
    found = date.fromisoformat(value)
    if found.isoformat() != value:
        raise ValueError("a date is written YYYY-MM-DD")
    return found


def _moment_out(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without its offset from UTC")
    return value.isoformat()


def _moment_in(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError("a moment without its offset from UTC")
    return found


def _texts_out(value: tuple[str, ...]) -> list[str]:
    if isinstance(value, str):
        raise TypeError("a tuple of texts expected, not one text")
    return [_nfc(item) for item in value]


def _texts_in(value: list[str]) -> tuple[str, ...]:
    if type(value) is not list or not all(type(item) is str for item in value):
        raise TypeError("a list of texts expected")
    return tuple(value)


def _same(value: Any) -> Any:
    return value


_CONVERTERS: Final[Mapping[Any, Converter]] = {
    str: Converter(_nfc, _exactly(str)),
    int: Converter(_exactly(int), _exactly(int)),
    bool: Converter(_exactly(bool), _exactly(bool)),
    date: Converter(_date_out, _date_in),
    datetime: Converter(_moment_out, _moment_in),
    tuple[str, ...]: Converter(_texts_out, _texts_in),
    Any: Converter(plain_json, _same),  # Json
}


def _optional(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _converter(hint: Any) -> Converter:
    found = _CONVERTERS.get(hint)
    if found:
        return found
    parts = get_args(hint)
    if len(parts) == 2 and NoneType in parts:
        inner = _converter(parts[0] if parts[1] is NoneType else parts[1])
        return Converter(_optional(inner.to_plain), _optional(inner.from_plain))
    raise TypeError(f"no plain form for a field annotated {hint}")


class _Plan(NamedTuple):
    by_name: Mapping[str, Converter]
    outward: tuple[tuple[str, Convert], ...]
    inward: tuple[tuple[str, Convert, bool], ...]  # the flag: needed, it has no default


_plans: dict[type[Record], _Plan] = {}


def _plan(cls: type[Record]) -> _Plan:
    """Both directions for each field of a record class, built once."""
    found = _plans.get(cls)
    if found is None:
        hints = get_type_hints(cls)
        own = [f for f in fields(cls) if f.name not in ENVELOPE]
        pairs = [(f, _converter(hints[f.name])) for f in own]
        found = _plans[cls] = _Plan(
            MappingProxyType({f.name: each for f, each in pairs}),
            tuple((f.name, each.to_plain) for f, each in pairs),
            tuple(
                (f.name, each.from_plain, f.default is f.default_factory is MISSING)
                for f, each in pairs
            ),
        )
    return found


def converters(cls: type[Record]) -> Mapping[str, Converter]:
    """The fields of a record class that the log carries as values, in order, each with its way."""
    return _plan(cls).by_name


def to_plain(record: Record) -> dict[str, Json]:
    """Every field but ``id``, ``feed``, ``voided`` and ``bases``; texts in NFC.

    Raises TypeError or ValueError (a fault of ours) for a value that is not what the field says.
    """
    return {name: convert(getattr(record, name)) for name, convert in _plan(type(record)).outward}


def from_plain(
    cls: type[R],
    id: str,
    feed: str,
    values: Mapping[str, Json],
    voided: bool = False,
    bases: Bases | None = None,
) -> R:
    """The record that ``values`` describe. Raises DamagedInput naming the first wrong field."""
    found: dict[str, Any] = {}
    for name, convert, needed in _plan(cls).inward:
        if name in values:
            try:
                found[name] = convert(values[name])
            except (TypeError, ValueError) as problem:
                raise _damaged(cls, name) from problem
        elif needed:
            raise _damaged(cls, name)
    return cls(id=id, feed=feed, voided=voided, bases=bases or {}, **found)


def check_values(cls: type[Record], values: Mapping[str, Json]) -> None:
    """That the values this program knows are of their fields' types.

    Raises DamagedInput naming the first that is not; what another site wrote is checked so before
    it can stand in a table.
    """
    ways = converters(cls)
    for name, value in values.items():
        way = ways.get(name)
        if way is not None:
            try:
                way.from_plain(value)
            except (TypeError, ValueError) as problem:
                raise _damaged(cls, name) from problem


def unknown_fields(cls: type[Record], values: Mapping[str, Json]) -> tuple[str, ...]:
    """Names in ``values`` that this program's record class does not have."""
    return tuple(sorted(values.keys() - converters(cls).keys()))


def _damaged(cls: type[Record], name: str) -> DamagedInput:
    return DamagedInput(
        "field_damaged",
        f"一条登记内容（{cls.kind}）的栏目 {name} 缺失或格式不对，可能已经损坏。",
        mend="请让对方重新导出一次；如果来自本机，请从备份恢复。",
        field=name,
    )
