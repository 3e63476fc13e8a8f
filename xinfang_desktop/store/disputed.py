"""The writes that stand against each other (并存的写入), each with who wrote it and what they saw."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from ..domain.records import Json, Stamp
from ..journal.chain import origin
from ..journal.entry import Entry, decode
from ..journal.feeds import named_in
from ..journal.merge import InRow, RecordHeads
from ..journal.ops import ResolveOp, SetOp, VoidOp
from .tables import CONFLICT, HEAD, LOG, SETTLED, TABLES, to_values


class Open(NamedTuple):
    """One row of what has to be decided."""

    kind: str
    id: str
    field: str
    about: str


@dataclass(frozen=True, slots=True)
class Written:
    """One write: its value, who made it where and when, and the values it replaced."""

    stamp: Stamp
    value: Json
    by: str
    site: str
    at: datetime
    saw: tuple[Json, ...]


def open_ones(conn: Connection) -> list[Open]:
    """Everything that is open, by record."""
    query = select(CONFLICT).order_by(CONFLICT.c.about, CONFLICT.c.kind, CONFLICT.c.id)
    return [Open(row.kind, row.id, row.field, row.about) for row in conn.execute(query)]


def heads_of(conn: Connection, kind: str, id: str) -> RecordHeads:
    """The standing writes of a record."""
    place = (HEAD.c.kind == kind) & (HEAD.c.id == id)
    return RecordHeads.load(conn.scalar(select(HEAD.c.heads).where(place)) or "")


def writes(conn: Connection, kind: str, id: str, field: str) -> list[Written]:
    """The writes of one field that nobody replaced, the earliest first."""
    table = TABLES[kind]
    row = conn.execute(select(table).where(table.c.id == id)).mappings().one()
    shown = to_values(kind, row)
    found = []
    for head in heads_of(conn, kind, id).of(field).heads:
        entry = _entry(conn, row["feed"], head.stamp)
        value = shown.get(field) if head.value is InRow.HERE else head.value
        if entry is not None:
            found.append(_written(conn, entry, head.stamp, kind, id, field, value))
    return sorted(found, key=lambda each: (each.at, each.stamp))


def voidings(conn: Connection, kind: str, id: str) -> list[Written]:
    """Who voided a record, and with what reason."""
    feed = feed_of(conn, kind, id)
    found = []
    for void in heads_of(conn, kind, id).voids:
        entry = _entry(conn, feed, void.stamp)
        if entry is None:
            continue
        reason = next((op.reason for op in entry.ops if isinstance(op, VoidOp) and op.id == id), "")
        found.append(Written(void.stamp, reason, entry.actor.name, entry.site, _wall(entry), ()))
    return found


def feed_of(conn: Connection, kind: str, id: str) -> str:
    """Where a record lives."""
    table = TABLES[kind]
    return str(conn.scalar(select(table.c.feed).where(table.c.id == id)) or "")


def sharing(conn: Connection, kind: str, name: str, number: str) -> list[str]:
    """The records that carry one number, the oldest first."""
    table = TABLES[kind]
    query = select(table.c.id).where(table.c[name] == number, table.c.voided == 0)
    return list(conn.scalars(query.order_by(table.c.id)))


def _entry(conn: Connection, home: str, stamp: Stamp) -> Entry | None:
    feed, plain = named_in(stamp, home)
    body = conn.scalar(
        select(LOG.c.body).where(
            LOG.c.feed == feed, LOG.c.site == plain.site, LOG.c.epoch == plain.epoch,
            LOG.c.seq == plain.seq,
        )
    )  # fmt: skip
    return decode(body) if body else None


def _wall(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.wall)


def _written(
    conn: Connection, entry: Entry, stamp: Stamp, kind: str, id: str, field: str, value: Json
) -> Written:
    saw: list[Json] = []
    for op in entry.ops:
        if isinstance(op, SetOp | ResolveOp) and (op.t, op.id) == (kind, id) and field in op.f:
            for base in op.f[field].bases:
                earlier = _entry(conn, entry.feed, base)
                saw += _values(earlier, kind, id, field) if earlier else []
    return Written(stamp, value, entry.actor.name, origin(entry.site), _wall(entry), tuple(saw))


def _values(entry: Entry, kind: str, id: str, field: str) -> list[Json]:
    return [
        op.f[field].value
        for op in entry.ops
        if isinstance(op, SetOp | ResolveOp) and (op.t, op.id) == (kind, id) and field in op.f
    ]


# --- what was decided --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision that was made here: what it was about, and what else there was to choose."""

    token: str
    at: str
    by: str
    picked: str
    body: Mapping[str, Any]


def note_settled(conn: Connection, settled: Settled) -> None:
    """Remember a decision, so that it can be taken back by a click."""
    body = json.dumps(settled.body, ensure_ascii=False)
    row = {"token": settled.token, "at": settled.at, "by": settled.by, "picked": settled.picked}
    conn.execute(insert(SETTLED).prefix_with("OR REPLACE").values(**row, body=body))


def settled(conn: Connection, limit: int) -> list[Settled]:
    """Decisions, the newest first."""
    query = select(SETTLED).order_by(SETTLED.c.at.desc()).limit(limit)
    return [
        Settled(row.token, row.at, row.by, row.picked, json.loads(row.body))
        for row in conn.execute(query)
    ]
