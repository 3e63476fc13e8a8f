"""The tables. Those of synced records follow from ``domain.kinds``; the others are local.

Values are stored as they stand in the log: dates and times as ISO text, truth as 0 or 1, lists and
JSON as JSON text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_type_hints

import orjson
from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

from ..domain.kinds import KINDS
from ..domain.records import NO_BASES, Bases, Record
from ..journal.canonical import canonical_of_checked
from ..journal.plain import ENVELOPE, converters, to_plain

metadata = MetaData()

R = TypeVar("R", bound=Record)


def _json_text(value: Any) -> str | None:
    if value is None:
        return None
    return canonical_of_checked(value).decode()


def _json_value(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


def _same(value: Any) -> Any:
    return value


@dataclasses.dataclass(frozen=True, slots=True)
class _Conversion:
    """How one Python type lies in a column and in a log entry."""

    column: type[Text] | type[Integer]
    to_column: Callable[[Any], Any]  # from the plain JSON value of the log
    from_column: Callable[[Any], Any]  # to the Python value


_ISO_DATE = _Conversion(Text, _same, lambda v: v and date.fromisoformat(v))
_CONVERSIONS: dict[Any, _Conversion] = {
    str: _Conversion(Text, _same, _same),
    int: _Conversion(Integer, _same, _same),
    bool: _Conversion(Integer, lambda v: (v and 1) or 0, bool),
    date: _ISO_DATE,
    date | None: _ISO_DATE,
    datetime: _Conversion(Text, _same, datetime.fromisoformat),
    tuple[str, ...]: _Conversion(Text, _json_text, lambda v: tuple(_json_value(v) or ())),
    Any: _Conversion(Text, _json_text, _json_value),
}


def _fields(cls: type[Record]) -> dict[str, _Conversion]:
    hints = get_type_hints(cls)
    return {
        f.name: _CONVERSIONS[hints[f.name]]
        for f in dataclasses.fields(cls)
        if f.name not in ENVELOPE
    }


FIELDS: dict[str, dict[str, _Conversion]] = {kind: _fields(cls) for kind, cls in KINDS.items()}

_OPTIONAL = frozenset({Any, date | None})


def _synced(cls: type[Record]) -> Table:
    hints = get_type_hints(cls)
    columns = [
        Column(name, conversion.column, nullable=hints[name] in _OPTIONAL)
        for name, conversion in FIELDS[cls.kind].items()
    ]
    return Table(
        cls.kind,
        metadata,
        Column("id", Text, primary_key=True),
        Column("feed", Text, nullable=False),
        Column("voided", Integer, nullable=False),
        *columns,
    )


TABLES: dict[str, Table] = {kind: _synced(cls) for kind, cls in KINDS.items()}

for _kind, *_names in (
    ("account", "name"),
    ("village", "name"),
    ("intake", "matter"),
    ("intake", "number"),
    ("matter", "number"),
    ("matter", "query_code"),
    ("matter", "state", "received_on"),
    ("matter", "received_on", "number"),
    ("claim", "matter"),
    ("party", "matter"),
    ("party", "name"),
    ("step", "matter"),
    ("document", "matter"),
    ("document", "number"),
    ("attachment", "matter"),
    ("verdict", "left"),
    ("verdict", "right"),
    ("import_row", "key"),
    ("import_row", "batch"),
    ("dispute", "number"),
    ("dispute", "village", "found_on"),
    ("screening_return", "period", "village"),
    ("dispute", "state", "found_on"),
    ("round", "period"),
    ("round_call", "period", "village"),
    ("case_step", "case"),
    ("document", "case"),
    ("attachment", "case"),
    ("mediator", "committee"),
    ("mediation", "number"),
    ("mediation", "file_no"),
    ("mediation", "dispute"),
    ("mediation_party", "mediation"),
    ("village_note", "village", "on"),
    ("former_number", "number"),
    ("work_item", "sort", "on"),
    ("work_item", "number"),
):
    Index(f"ix_{_kind}_{'_'.join(_names)}", *(TABLES[_kind].c[name] for name in _names))

LOG = Table(
    "log_entry",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

LOG_RECORD = Table(  # which entries speak of which case, for 谁看过 and log show
    "log_record",
    metadata,
    Column("about", Text, primary_key=True),
    Column("feed", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

CHECKPOINT = Table(
    "checkpoint",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)

VECTOR = Table(  # how far each chain was applied: the version vector
    "vector",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_with_rowid=False,
)

FORK = Table(  # where one site wrote two entries of one number: from ``seq`` on each has its name
    "fork",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("branch", Text, primary_key=True),
    Column("parent", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("prev", Text, nullable=False),
    Column("found_at", Text, nullable=False),
)

WAITING = Table(  # the shelf: entries that arrived and cannot be applied yet, each with its reason
    "waiting",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("prev", Text, nullable=False),
    Column("hlc", Text, nullable=False),  # sortable
    Column("reason", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("arrived_at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

CONFLICT = Table(  # what a person has to decide, by record and field
    "conflict",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("about", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_conflict_about", CONFLICT.c.about)

VILLAGE_ALIAS = Table(  # a village that was written down twice: which record stands for both
    "village_alias",
    metadata,
    Column("id", Text, primary_key=True),
    Column("canonical", Text, nullable=False),
    sqlite_with_rowid=False,
)

HEAD = Table(  # the writes that nobody replaced yet, per record
    "head",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("heads", Text, nullable=False),
    sqlite_with_rowid=False,
)

DUTY = Table(
    "duty",
    metadata,
    Column("about", Text, primary_key=True),  # id of the matter, dispute, mediation or note
    Column("subject", Text, nullable=False),  # which of these it is
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("started_on", Text, nullable=False),
    Column("due_raw", Text),
    Column("due", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("provisional", Integer, nullable=False),
    Column("done_on", Text),
    Column("settled", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("extended", Integer, nullable=False),
    Column("intake", Text, nullable=False),
    Column("given", Integer, nullable=False),
    Column("note", Text, nullable=False),
)
Index("ix_duty_open", DUTY.c.done_on, DUTY.c.settled, DUTY.c.due)

PEER = Table(  # the other sites we exchange with, and what we know of what they have
    "peer",
    metadata,
    Column("site", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("office_code", Text, nullable=False),
    Column("office_name", Text, nullable=False),
    Column("office_level", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("feeds", Text, nullable=False),
    Column("sign", Text, nullable=False),
    Column("box", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("known_by", Text, nullable=False),
    Column("cut", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("ack", Text, nullable=False),
    Column("ack_epoch", Integer, nullable=False),
    Column("ack_serial", Integer, nullable=False),
    Column("want", Text, nullable=False),
    Column("last_in", Text, nullable=False),
    Column("last_out", Text, nullable=False),
)

ROSTER = Table(  # the newest signed roster of each feed, byte for byte
    "roster",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

BUNDLE = Table(  # files that went out or came in
    "bundle",
    metadata,
    Column("bundle", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("peer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("report", Text, nullable=False),
)
Index("ix_bundle_peer", BUNDLE.c.peer, BUNDLE.c.at)

MISSING = Table(  # 缺附件: contents that records name and that have not arrived
    "missing_blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("feed", Text, primary_key=True),
)

SETTLED = Table(  # conflicts that were decided here, with what stood to choose from
    "settled",
    metadata,
    Column("token", Text, primary_key=True),
    Column("at", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("picked", Text, nullable=False),
    Column("body", Text, nullable=False),
)

DRAFT = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("screen", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("place_in_form", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("body", Text, nullable=False),
)

SEALED_DROP = Table(  # what was put into the sealed store's slot and not yet taken in: ciphertext
    "sealed_drop",
    metadata,
    Column("id", Text, primary_key=True),
    Column("matter", Text, nullable=False),
    Column("sort", Text, nullable=False),  # records | file
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

PROFILE = Table(  # how a ledger's columns were understood, by name
    "profile",
    metadata,
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

META = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


def to_columns(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON values of a log entry as column values; unknown fields are left out."""
    known = FIELDS[kind]
    return {name: known[name].to_column(v) for name, v in values.items() if name in known}


def to_values(kind: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row's columns as the plain JSON values of the log."""
    return to_plain(from_row(KINDS[kind], row))


@cache
def default_values(kind: str) -> Mapping[str, Any]:
    """Plain values of the fields that a program of an older schema did not write."""
    ways = converters(KINDS[kind])
    return {
        f.name: ways[f.name].to_plain(f.default)
        for f in dataclasses.fields(KINDS[kind])
        if f.name not in ENVELOPE and f.default is not dataclasses.MISSING
    }


def from_row(cls: type[R], row: Mapping[Any, Any], bases: Bases | None = None) -> R:
    """A record from a row of its table."""
    values = {
        name: conversion.from_column(row[name]) for name, conversion in FIELDS[cls.kind].items()
    }
    return cls(
        id=row["id"],
        feed=row["feed"],
        voided=bool(row["voided"]),
        bases=bases or NO_BASES,
        **values,
    )
