"""Facts as plain values (要素的存取): JSON for the store, fields for the screen, overrides of
what the officer changed on the paper."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import Field as DataField
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from ..domain.fields import Field, FieldKind
from .facts import Facts

_F = TypeVar("_F")

_SUBJECTS = ("matter", "dispute", "mediation")
"""What a paper is about: its fields are named with a dot and edited on the paper too."""

_EDITED = ("text", "long", "date", "int", "bool", "many", "rows")


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def to_json(facts: object) -> dict[str, Any]:
    """A JSON object: dates as ISO text, tuples as lists, nested facts as objects."""
    return {item.name: _plain(getattr(facts, item.name)) for item in fields(cast(Any, facts))}


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return to_json(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[_F], data: Mapping[str, Any]) -> _F:
    """Facts of ``kind`` from what ``to_json`` wrote. Unknown keys are left out, so that papers
    of an older version can still be read; raises ValueError for a damaged date."""
    hints = _types(cast(type, kind))
    known = {item.name for item in fields(cast(Any, kind))}
    return kind(**{k: _typed(hints[k], v) for k, v in data.items() if k in known})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        hint = next(part for part in hint.__args__ if part is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_typed(hint.__args__[0], item) for item in value)
    if is_dataclass(hint):
        return value if is_dataclass(value) else from_json(cast(type, hint), value)
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value


def with_values(facts: _F, changes: Mapping[str, Any]) -> _F:
    """The facts with some changed: keys are names, dotted inside office and matter
    (``{"handler": "周敏", "matter.title": "…"}``), values as in JSON. Raises KeyError."""
    hints = _types(cast(type, type(facts)))
    inner: dict[str, dict[str, Any]] = {}
    flat: dict[str, Any] = {}
    for key, value in changes.items():
        head, _, tail = key.partition(".")
        if head not in hints:
            raise KeyError(key)
        if tail:
            inner.setdefault(head, {})[tail] = value
        else:
            flat[head] = _typed(hints[head], value)
    for head, changed in inner.items():
        flat[head] = with_values(getattr(facts, head), changed)
    return cast(_F, replace(cast(Any, facts), **flat))


def fields_of(kind: type[Facts]) -> tuple[Field, ...]:
    """What a screen lets the officer change on this paper, with dotted names for its subject."""
    return tuple(_fields(kind, ""))


def _fields(kind: type, prefix: str) -> Iterator[Field]:
    hints = _types(kind)
    for item in fields(cast(Any, kind)):
        if is_dataclass(hints[item.name]):
            if item.name in _SUBJECTS:
                yield from _fields(hints[item.name], f"{item.name}.")
        elif item.metadata["kind"] in _EDITED:
            yield _field(item, hints[item.name], prefix)


def _field(item: DataField[Any], hint: Any, prefix: str) -> Field:
    columns: tuple[Field, ...] = ()
    if item.metadata["kind"] == "rows":
        columns = tuple(_fields(hint.__args__[0], ""))
    return Field(
        name=prefix + item.name,
        label=item.metadata["label"],
        kind=cast(FieldKind, item.metadata["kind"]),
        required=item.metadata["need"] == "must",
        help=item.metadata["help"],
        columns=columns,
    )
