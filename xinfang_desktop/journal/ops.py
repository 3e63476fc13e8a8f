"""Operations of a log entry: what can be done to a record, and their JSON (EXCHANGE, "Log entry").

Operations, or keys of operations, that a newer program added are kept raw, so that a relay can
pass them on and an upgrade can apply them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, NamedTuple, TypeVar

from ..domain.records import Json, Stamp
from .canonical import check


class FieldWrite(NamedTuple):
    """A new value of one field and the writes it replaces: what the person had on the screen."""

    value: Json
    bases: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class SetOp:
    """Fields of one record written (also its first writing, with no bases)."""

    k: ClassVar[str] = "set"
    t: str
    id: str
    f: Mapping[str, FieldWrite]


@dataclass(frozen=True, slots=True)
class ResolveOp:
    """A person settled a conflict: a write whose bases are all the heads that were shown."""

    k: ClassVar[str] = "resolve"
    t: str
    id: str
    f: Mapping[str, FieldWrite]


@dataclass(frozen=True, slots=True)
class EventOp:
    """A record that is never changed after it was written."""

    k: ClassVar[str] = "event"
    t: str
    id: str
    d: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class AddOp:
    """A member joins a set-valued field."""

    k: ClassVar[str] = "add"
    t: str
    id: str
    field: str
    member: Json


@dataclass(frozen=True, slots=True)
class RmOp:
    """A member leaves a set-valued field; an addition not named in ``b`` stays."""

    k: ClassVar[str] = "rm"
    t: str
    id: str
    field: str
    member: Json
    b: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class VoidOp:
    """A record is voided (作废) with a reason; ``b`` names every write the person had seen of it."""

    k: ClassVar[str] = "void"
    t: str
    id: str
    reason: str
    b: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class RawOp:
    """An operation of a newer program, kept as it came and applied after an upgrade."""

    raw: Mapping[str, Json]


Op = SetOp | ResolveOp | EventOp | AddOp | RmOp | VoidOp | RawOp


# --- one write per field and entry -------------------------------------------------------------


def coalesce(ops: Iterable[Op]) -> tuple[Op, ...]:
    """Join several ``SetOp`` on one record: the last value stands, on the bases of all of them.

    An entry has one stamp, so inside it a field is written once; services may write it in steps.
    """
    joined: list[Op] = []
    place: dict[tuple[str, str], int] = {}
    for op in ops:
        if not isinstance(op, SetOp):
            joined.append(op)
            continue
        at = place.setdefault((op.t, op.id), len(joined))
        if at == len(joined):
            joined.append(op)
            continue
        first = joined[at]
        assert isinstance(first, SetOp)
        fields = dict(first.f)
        for name, write in op.f.items():
            before = fields.get(name)
            bases = (*before.bases, *write.bases) if before else write.bases
            fields[name] = FieldWrite(write.value, tuple(dict.fromkeys(bases)))
        joined[at] = replace(first, f=fields)
    return tuple(joined)


def written_twice(ops: Sequence[Op]) -> bool:
    """Whether some field of some record is written by two of ``ops``."""
    seen: dict[tuple[str, str], set[str]] = {}
    for op in ops:
        if isinstance(op, SetOp | ResolveOp):
            names = seen.get((op.t, op.id))
            if names is None:
                seen[op.t, op.id] = set(op.f)
            elif names.isdisjoint(op.f):
                names.update(op.f)
            else:
                return True
    return False


# --- writing -----------------------------------------------------------------------------------


def _fields_json(op: SetOp | ResolveOp) -> dict[str, Any]:
    fields = {}
    for name, (value, bases) in op.f.items():
        check(value)
        fields[name] = {"v": value, "b": bases}
    return {"k": op.k, "t": op.t, "id": op.id, "f": fields}


def _event_json(op: EventOp) -> dict[str, Any]:
    data = op.d if isinstance(op.d, dict) else dict(op.d)
    check(data)
    return {"k": op.k, "t": op.t, "id": op.id, "d": data}


def _member_json(op: AddOp | RmOp) -> dict[str, Any]:
    check(op.member)
    json = {"k": op.k, "t": op.t, "id": op.id, "field": op.field, "member": op.member}
    return json if isinstance(op, AddOp) else {**json, "b": op.b}


def _void_json(op: VoidOp) -> dict[str, Any]:
    return {"k": op.k, "t": op.t, "id": op.id, "reason": op.reason, "b": op.b}


def _raw_json(op: RawOp) -> dict[str, Any]:
    check(op.raw)
    return dict(op.raw)


_WRITERS: Final[Mapping[type, Any]] = {
    SetOp: _fields_json,
    ResolveOp: _fields_json,
    EventOp: _event_json,
    AddOp: _member_json,
    RmOp: _member_json,
    VoidOp: _void_json,
    RawOp: _raw_json,
}


def to_json(op: Op) -> dict[str, Any]:
    """The JSON of one operation. Raises TypeError or ValueError for what is not plain JSON."""
    json: dict[str, Any] = _WRITERS[type(op)](op)
    return json


# --- reading -----------------------------------------------------------------------------------

T = TypeVar("T")


def exactly(value: Any, kind: type[T]) -> T:
    """``value`` if it is of this very type (no bool for an int), else ValueError."""
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} expected in a log entry")
    return value


def count(value: Any, least: int) -> int:
    """An integer of at least ``least``, else ValueError."""
    if exactly(value, int) < least:
        raise ValueError("a number of a log entry is too small")
    return int(value)


def text(value: Any) -> str:
    """A text that is not empty, else ValueError."""
    if not exactly(value, str):
        raise ValueError("an empty text in a log entry")
    return str(value)


def _stamps(value: Any) -> tuple[Stamp, ...]:
    if not value and type(value) is list:
        return ()
    stamps = []
    for item in exactly(value, list):
        site, epoch, seq = exactly(item, list)
        stamps.append(Stamp(text(site), count(epoch, 1), count(seq, 1)))
    return tuple(stamps)


def _keyed(value: Mapping[str, Json]) -> Mapping[str, Json]:
    check(value)
    return value


def _fields(value: Any) -> Mapping[str, FieldWrite] | None:
    """The field writes of one operation; None when a newer program added something to them."""
    fields = {}
    for name, write in exactly(value, dict).items():
        if type(write) is not dict:
            raise ValueError("dict expected in a log entry")
        if len(write) != 2:
            return None
        item, bases = write["v"], write["b"]
        if type(item) is not str:
            check(item)
        stamps = _stamps(bases) if bases or type(bases) is not list else ()
        fields[name] = FieldWrite(item, stamps)
    return fields


def _read_set(raw: dict[str, Any], kind: type[SetOp] | type[ResolveOp]) -> Op:
    fields = _fields(raw["f"])
    return _raw(raw) if fields is None else kind(text(raw["t"]), text(raw["id"]), fields)


def _raw(raw: dict[str, Any]) -> RawOp:
    check(raw)
    return RawOp(raw)


# kind → how many keys this program knows of it, and how it is read; other counts stay raw
_READERS: Final[Mapping[str, tuple[int, Any]]] = {
    "set": (4, lambda raw: _read_set(raw, SetOp)),
    "resolve": (4, lambda raw: _read_set(raw, ResolveOp)),
    "event": (
        4,
        lambda raw: EventOp(text(raw["t"]), text(raw["id"]), _keyed(exactly(raw["d"], dict))),
    ),
    "add": (
        5,
        lambda raw: AddOp(
            text(raw["t"]), text(raw["id"]), text(raw["field"]), _keyed(raw["member"])
        ),
    ),
    "rm": (
        6,
        lambda raw: RmOp(
            text(raw["t"]),
            text(raw["id"]),
            text(raw["field"]),
            _keyed(raw["member"]),
            _stamps(raw["b"]),
        ),
    ),
    "void": (
        5,
        lambda raw: VoidOp(
            text(raw["t"]), text(raw["id"]), exactly(raw["reason"], str), _stamps(raw["b"])
        ),
    ),
}


def from_json(raw: Any) -> Op:
    """Read one operation. Raises KeyError, TypeError or ValueError where its shape is wrong."""
    known, read = _READERS.get(text(exactly(raw, dict)["k"]), (-1, None))
    if len(raw) > known:
        return _raw(raw)
    op: Op = read(raw)
    return op
