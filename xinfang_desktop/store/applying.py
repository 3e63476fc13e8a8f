"""Applying log entries to the tables: one function for a save, a bundle and a rebuild.

What the tables hold follows from the set of entries, never from the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update

from ..domain.kinds import KINDS
from ..domain.records import Stamp
from ..journal.entry import Entry
from ..journal.feeds import name_in, named_in, reach, renamed
from ..journal.merge import RecordHeads
from ..journal.ops import EventOp, FieldWrite, Op, ResolveOp, RmOp, SetOp, VoidOp
from . import conflicts, meta, villages
from .bulk import KEEP, insert_rows, replace
from .derived import moved, refresh, touched
from .files import chunks, record_ids
from .forks import Branches
from .subjects import Setting
from .tables import FIELDS, HEAD, LOG_RECORD, TABLES, default_values, to_columns, to_values
from .vector import Vector

Place = tuple[str, str]  # kind and id of a record
Written = tuple[str, str, dict[str, Any]]  # kind, id and the values as they were written


class Item(NamedTuple):
    """An entry and the name of its chain here: its site, or its branch after a fork."""

    entry: Entry
    site: str
    hash: str


@dataclass(slots=True)
class _Batch:
    """Rows of several entries on their way into the tables, so that equal statements go together."""

    conn: Connection
    vector: Vector
    branches: Branches
    aliases: dict[str, str]
    heads: dict[Place, RecordHeads]
    homes: dict[Place, str]
    inserts: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    written: set[Place] = field(default_factory=set)
    changed: list[Written] = field(default_factory=list)
    disputed: set[Place] = field(default_factory=set)  # had several heads before
    early: dict[Place, RecordHeads] = field(default_factory=dict)  # voided before they came
    came: dict[Place, RecordHeads] = field(default_factory=dict)  # … and those that came now

    def flush(self) -> None:
        for kind, rows in self.inserts.items():
            insert_rows(self.conn, TABLES[kind], rows, KEEP)
        for kind, rows in self.events.items():
            insert_rows(self.conn, TABLES[kind], rows, KEEP)
            self._keep_widest(kind, rows)
        self.inserts.clear()
        self.events.clear()

    def _keep_widest(self, kind: str, rows: list[dict[str, Any]]) -> None:
        """An event that stands in two feeds keeps the one that carries further."""
        table = TABLES[kind]
        for row in rows:
            if reach(row["feed"]) > 1:
                moved_here = table.update().where(
                    table.c.id == row["id"], table.c.feed != row["feed"]
                )
                self.conn.execute(moved_here.values(feed=row["feed"]))


def apply(
    conn: Connection,
    items: Sequence[Item],
    setting: Callable[[Connection], Setting] | None,
    vector: Vector | None = None,
) -> set[Place]:
    """Apply entries, which stand in an order that keeps causes before effects.

    Returns the records they touched. ``setting`` None leaves the projections alone (a rebuild
    computes them once at the end). Operations on tables that this program does not know stay in
    the log only.
    """
    known = {n: [op for op in item.entry.ops if _known(op)] for n, item in enumerate(items)}
    batch = _load(conn, [op for ops in known.values() for op in ops], vector or Vector(conn))
    said: list[list[Written]] = []
    for number, item in enumerate(items):
        begun = len(batch.changed)
        for op in known[number]:
            _APPLY[type(op)](batch, item, op)
        batch.vector.advance(
            item.entry.feed, item.site, item.entry.epoch, item.entry.seq, item.hash
        )
        said.append(batch.changed[begun:])
    batch.flush()
    _keep_heads(conn, {place: batch.heads[place] for place in batch.written})
    batch.vector.save()
    joined = villages.join(conn, batch.changed)
    conflicts.keep(conn, batch.changed, batch.heads, batch.disputed | joined)
    subjects: set[str] = set()
    spoken: list[dict[str, Any]] = []
    for item, changed in zip(items, said, strict=True):
        about = touched(conn, changed)
        spoken += _spoken_of(item, about)
        subjects |= about
    for place, heads in batch.came.items():
        spoken += _spoken_by_voids(conn, place, heads)
    insert_rows(conn, LOG_RECORD, spoken, KEEP)
    if setting is not None and batch.changed:
        everything = [("office", "", {"local_rules": ""})] if joined else []
        refresh(conn, moved(conn, [*batch.changed, *everything], subjects), setting(conn))
    return {(kind, id) for kind, id, _ in batch.changed}


def _known(op: Op) -> bool:
    return getattr(op, "t", None) in KINDS


def missing_record(conn: Connection, entry: Entry, made: Collection[Place]) -> bool:
    """Whether the entry changes a record of which nothing is here; ``made`` are on their way in."""
    own = {(op.t, op.id) for op in entry.ops if isinstance(op, SetOp) and not _based(op)}
    wanted = {
        (op.t, op.id)
        for op in entry.ops
        if isinstance(op, SetOp | ResolveOp | VoidOp) and _known(op) and _based(op)
    } - own
    wanted.difference_update(made)
    return bool(wanted) and wanted != set(_heads(conn, list(wanted)))


def _based(op: Any) -> bool:
    """Whether an operation needs its record to be there (a whole record handed over does not)."""
    if isinstance(op, SetOp | ResolveOp):
        return (
            any(write.bases for write in op.f.values()) and not FIELDS[op.t].keys() <= op.f.keys()
        )
    return isinstance(op, VoidOp) and not KINDS[op.t].event


def bases_of(entry: Entry) -> set[Stamp]:
    """Every write that this entry says it replaces or had seen."""
    found: set[Stamp] = set()
    for op in entry.ops:
        if type(op) is SetOp or type(op) is ResolveOp:
            for write in op.f.values():
                if write.bases:
                    found.update(write.bases)
        elif isinstance(op, VoidOp | RmOp):
            found.update(op.b)
    return found


def _load(conn: Connection, ops: list[Any], vector: Vector) -> _Batch:
    places = list({(op.t, op.id) for op in ops if isinstance(op, SetOp | ResolveOp | VoidOp)})
    heads = _heads(conn, places)
    homes: dict[Place, str] = {}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, id in heads:
        by_kind[kind].append(id)
    for kind, ids in by_kind.items():
        table = TABLES[kind]
        for part in chunks(ids):
            query = select(table.c.id, table.c.feed).where(table.c.id.in_(part))
            homes.update({(kind, id): feed for id, feed in conn.execute(query)})
    disputed = {place for place, each in heads.items() if each.unsettled}
    return _Batch(
        conn, vector, Branches(conn), villages.aliases(conn), heads, homes, disputed=disputed,
        early=_voided_early(conn),
    )  # fmt: skip


def _voided_early(conn: Connection) -> dict[Place, RecordHeads]:
    """Events whose voiding came before they did; nothing else of an event has heads."""
    query = select(HEAD.c.kind, HEAD.c.id, HEAD.c.heads).where(HEAD.c.kind.in_(_EVENTS))
    return {(kind, id): RecordHeads.load(heads) for kind, id, heads in conn.execute(query)}


_EVENTS = tuple(kind for kind, cls in KINDS.items() if cls.event)


def _heads(conn: Connection, places: Sequence[Place]) -> dict[Place, RecordHeads]:
    found: dict[Place, RecordHeads] = {}
    for start in range(0, len(places), 500):
        query = select(HEAD.c.kind, HEAD.c.id, HEAD.c.heads).where(
            record_ids(places[start : start + 500])
        )
        for kind, id, heads in conn.execute(query):
            found[kind, id] = RecordHeads.load(heads)
    return found


# --- one operation -----------------------------------------------------------------------------


def _apply_set(batch: _Batch, item: Item, op: SetOp | ResolveOp) -> None:
    place, entry = (op.t, op.id), item.entry
    writes = {name: write for name, write in op.f.items() if name in FIELDS[op.t]}
    if "village" in writes and writes["village"].value in batch.aliases:
        village = batch.aliases[writes["village"].value]
        writes["village"] = writes["village"]._replace(value=village)
    if place not in batch.homes and not _found(batch, op, place):
        return
    created = not any(write.bases for write in op.f.values())
    if created and len(writes) < len(FIELDS[op.t]):
        writes = {**_first(op.t), **writes}
    if not writes:
        return  # a newer program wrote fields that only it knows
    before = batch.heads.get(place)
    home = _home(batch, place, entry.feed)
    stamp = name_in(entry.feed, Stamp(item.site, entry.epoch, entry.seq), home)
    if not created:
        meant = _meaning(batch, item, home)
        writes = {n: FieldWrite(w.value, tuple(map(meant, w.bases))) for n, w in writes.items()}
    seen = _seen(batch, home)
    if before is None:
        heads, shown = RecordHeads().write(writes, stamp, entry.hlc, {}, seen)
        row = {"id": op.id, "feed": home, "voided": 0, **to_columns(op.t, shown)}
        batch.inserts[op.t].append(row)
    else:
        batch.flush()
        table = TABLES[op.t]
        now = batch.conn.execute(select(table).where(table.c.id == op.id)).mappings().one()
        old = batch.heads[place]
        heads, shown = old.write(writes, stamp, entry.hlc, to_values(op.t, now), seen)
        columns = to_columns(op.t, shown)
        if home != now["feed"]:
            columns["feed"] = home
        batch.conn.execute(update(table).where(table.c.id == op.id).values(**columns))
    batch.heads[place] = heads
    batch.written.add(place)
    batch.changed.append((op.t, op.id, {name: write.value for name, write in writes.items()}))


def _found(batch: _Batch, op: SetOp | ResolveOp, place: Place) -> bool:
    """Whether this operation brings a record of which there is no row yet.

    A change to a record that was quarantined has nothing to change. That it came is noted by empty
    heads: should the record come after all, the log is replayed.
    """
    if _based(op):
        batch.heads[place] = RecordHeads()
        batch.written.add(place)
        return False
    if batch.heads.pop(place, None) is not None:
        meta.owe_replay(batch.conn)
    return True


@cache
def _first(kind: str) -> dict[str, FieldWrite]:
    """What a first writing of an older program did not say: a first writing speaks of every field."""
    return {name: FieldWrite(value) for name, value in default_values(kind).items()}


def _home(batch: _Batch, place: Place, feed: str) -> str:
    """Where the record lives once a write of ``feed`` is in; its stamps are renamed on a move."""
    home = batch.homes.setdefault(place, feed)
    if feed != home and reach(feed) > reach(home):
        batch.heads[place] = batch.heads[place].renamed(renamed(home, feed))
        batch.homes[place] = home = feed
    return home


def _meaning(batch: _Batch, item: Item, home: str) -> Callable[[Stamp], Stamp]:
    """What a base written in this entry is called inside ``home``, after any fork."""
    feed = item.entry.feed

    def meant(base: Stamp) -> Stamp:
        of, plain = named_in(base, feed)
        return name_in(of, batch.branches.meant(of, plain, item.entry, item.site), home)

    return meant


def _seen(batch: _Batch, home: str) -> Callable[[Stamp], bool]:
    def seen(stamp: Stamp) -> bool:
        feed, plain = named_in(stamp, home)
        return batch.vector.holds(feed, plain)

    return seen


def _apply_event(batch: _Batch, item: Item, op: EventOp) -> None:
    place = (op.t, op.id)
    row = {"id": op.id, "feed": item.entry.feed, "voided": int(place in batch.early)}
    if place in batch.early:
        batch.came[place] = batch.early.pop(place)
        batch.conn.execute(delete(HEAD).where(HEAD.c.kind == op.t, HEAD.c.id == op.id))
    values = {**default_values(op.t), **op.d}
    batch.events[op.t].append({**row, **to_columns(op.t, values)})
    batch.changed.append((op.t, op.id, dict(op.d)))


def _apply_void(batch: _Batch, item: Item, op: VoidOp) -> None:
    batch.flush()
    table = TABLES[op.t]
    done = batch.conn.execute(update(table).where(table.c.id == op.id).values(voided=1))
    place, entry = (op.t, op.id), item.entry
    if KINDS[op.t].event:
        if not done.rowcount:
            stamp = name_in(entry.feed, Stamp(item.site, entry.epoch, entry.seq), "")
            early = batch.early.get(place, RecordHeads()).void(stamp, op.b)
            batch.early[place] = early
            _keep_heads(batch.conn, {place: early})
    elif place in batch.homes:
        home = _home(batch, place, entry.feed)
        meant = _meaning(batch, item, home)
        stamp = name_in(entry.feed, Stamp(item.site, entry.epoch, entry.seq), home)
        batch.heads[place] = batch.heads[place].void(stamp, map(meant, op.b))
        batch.written.add(place)
    batch.changed.append((op.t, op.id, {}))


def _apply_nothing(batch: _Batch, item: Item, op: Op) -> None:
    """Sets are not used by a table of this schema; the entry keeps the operation."""


_APPLY: Mapping[type, Callable[[_Batch, Item, Any], None]] = defaultdict(
    lambda: _apply_nothing,
    {SetOp: _apply_set, ResolveOp: _apply_set, EventOp: _apply_event, VoidOp: _apply_void},
)


def _keep_heads(conn: Connection, heads: Mapping[Place, RecordHeads]) -> None:
    rows = [{"kind": kind, "id": id, "heads": each.dump()} for (kind, id), each in heads.items()]
    insert_rows(conn, HEAD, rows, replace("heads"))


def _spoken_of(item: Item, subjects: set[str]) -> list[dict[str, Any]]:
    """Which subjects the entry speaks of; looks and prints name theirs in their data."""
    entry = item.entry
    events = [op.d for op in entry.ops if isinstance(op, EventOp)]
    named = {data[key] for data in events for key in ("matter", "case") if data.get(key)}
    return _speaks_of(subjects | named, entry.feed, Stamp(item.site, entry.epoch, entry.seq))


def _spoken_by_voids(conn: Connection, place: Place, heads: RecordHeads) -> list[dict[str, Any]]:
    """Whom a voiding spoke of is known once the voided event is here."""
    about = touched(conn, [(*place, {})])
    return [row for void in heads.voids for row in _speaks_of(about, *named_in(void.stamp, ""))]


def _speaks_of(subjects: set[str], feed: str, stamp: Stamp) -> list[dict[str, Any]]:
    return [{"about": about, "feed": feed, **stamp._asdict()} for about in sorted(subjects)]
