"""Reading records back: one kind, one record, or the whole file of a matter."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from ..domain.field_words import conflict_words
from ..domain.matter import MatterFile
from ..domain.records import (
    Attachment,
    Bases,
    Claim,
    Document,
    Intake,
    Matter,
    Office,
    Party,
    Record,
    Step,
)
from ..journal.merge import RecordHeads
from . import meta
from .tables import CONFLICT, FIELDS, HEAD, TABLES, from_row

R = TypeVar("R", bound=Record)

CHUNK = 500
"""How many ids one query names; SQLite takes 32,766 variables, short lists are faster."""


def chunks(ids: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """The ids in lists of at most ``size``."""
    stream = iter(ids)
    while part := list(islice(stream, size)):
        yield part


def fetch(
    conn: Connection,
    cls: type[R],
    *where: ColumnElement[bool],
    order: Sequence[Any] = (),
    limit: int | None = None,
    with_voided: bool = False,
    for_change: bool = False,
) -> list[R]:
    """Records of a kind: for lists and for looking up, or with their bases ``for_change``."""
    table = TABLES[cls.kind]
    conditions = where if with_voided else (*where, table.c.voided == 0)
    query = select(table).where(*conditions).order_by(*order).limit(limit)
    rows = conn.execute(query).mappings().all()
    bases: dict[str, Bases] = {}
    for part in chunks(row["id"] for row in rows) if for_change else ():
        bases.update(_bases(conn, cls.kind, part))
    return [from_row(cls, row, bases.get(row["id"])) for row in rows]


def get(conn: Connection, cls: type[R], id: str) -> R | None:
    """One record with its bases, voided or not; this is what a change starts from."""
    table = TABLES[cls.kind]
    row = conn.execute(select(table).where(table.c.id == id)).mappings().first()
    return None if row is None else from_row(cls, row, _bases(conn, cls.kind, [id]).get(id))


def with_bases(conn: Connection, record: R) -> R:
    """The same record as it stands now, carrying its bases."""
    found = get(conn, type(record), record.id)
    assert found is not None
    return found


def _bases(conn: Connection, kind: str, ids: Sequence[str]) -> dict[str, Bases]:
    query = select(HEAD.c.id, HEAD.c.heads).where(HEAD.c.kind == kind, HEAD.c.id.in_(ids))
    names = FIELDS[kind]
    return {id: RecordHeads.load(heads).bases(names) for id, heads in conn.execute(query)}


def office_of(conn: Connection) -> Office:
    """The office whose store this is; where its PCs set it up twice, the older record."""
    return fetch_own(conn, Office, order=(TABLES["office"].c.id,), limit=1)[0]


def fetch_own(conn: Connection, cls: type[R], *where: ColumnElement[bool], **how: Any) -> list[R]:
    """As ``fetch``, of the office's own PCs alone: other offices' settings and people pass by."""
    return fetch(conn, cls, TABLES[cls.kind].c.feed == own_feed(conn), *where, **how)


def own_feed(conn: Connection) -> str:
    """The feed of the office's own PCs."""
    return (meta.get(conn, "site.feed") or b"").decode()


def matter_by_number(conn: Connection, number: str, *, prefix: str = "") -> Matter | None:
    """A matter by its number, by its short number (without the office code), or by an item's.

    A number typed with full-width digits is the same number.
    """
    wanted = unicodedata.normalize("NFKC", number).strip().upper()
    if not wanted.isprintable():
        return None
    names = {wanted, f"{prefix}{wanted}"} if prefix else {wanted}
    table = TABLES["matter"]
    row = conn.execute(select(table.c.id).where(table.c.number.in_(names))).first()
    if row is None:
        items = TABLES["intake"]
        row = conn.execute(select(items.c.matter).where(items.c.number.in_(names))).first()
    return get(conn, Matter, row[0]) if row else None


_PARTS: tuple[type[Record], ...] = (Claim, Intake, Party, Step, Document, Attachment)


def parts_of(
    conn: Connection, owner: str, ids: Sequence[str], kinds: Iterable[type[Record]]
) -> dict[type[Record], dict[str, list[Any]]]:
    """The records of these kinds whose field ``owner`` names one of the ids, by kind and id."""
    found: dict[type[Record], dict[str, list[Any]]] = {}
    for cls in kinds:
        by_owner: dict[str, list[Any]] = defaultdict(list)
        for record in fetch(conn, cls, TABLES[cls.kind].c[owner].in_(ids)):
            by_owner[getattr(record, owner)].append(record)
        found[cls] = by_owner
    return found


def open_conflicts(conn: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is still to be decided about these matters and cases, in words."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in conn.execute(select(CONFLICT).where(CONFLICT.c.about.in_(ids))):
        said = conflict_words(row.kind, row.field)
        if said not in found[row.about]:
            found[row.about].append(said)
    return {about: tuple(sorted(said)) for about, said in found.items()}


def load_files(conn: Connection, ids: Iterable[str]) -> Iterator[MatterFile]:
    """The files of many matters, a few queries a chunk; in no particular order."""
    for part in chunks(ids):
        matters = fetch(conn, Matter, TABLES["matter"].c.id.in_(part), with_voided=True)
        found = parts_of(conn, "matter", part, _PARTS) if matters else {}
        undecided = open_conflicts(conn, part)
        for matter in matters:
            parts = {cls: found[cls].get(matter.id, []) for cls in _PARTS}
            yield _file(matter, parts, undecided.get(matter.id, ()))


def load_file(conn: Connection, id: str) -> MatterFile | None:
    """The file of one matter."""
    return next(load_files(conn, [id]), None)


def in_order(records: Iterable[R]) -> tuple[R, ...]:
    """Records that say when they were written down (``at``), in that order."""
    return tuple(sorted(records, key=lambda r: (r.at, r.id)))  # type: ignore[attr-defined]


def _file(
    matter: Matter, parts: dict[type[Record], list[Any]], conflicts: tuple[str, ...]
) -> MatterFile:
    return MatterFile(
        matter=matter,
        claims=tuple(sorted(parts[Claim], key=lambda c: (c.no, c.id))),
        intakes=tuple(sorted(parts[Intake], key=lambda i: (i.received_on, i.registered_at, i.id))),
        parties=tuple(sorted(parts[Party], key=lambda p: (p.no, p.id))),
        steps=in_order(parts[Step]),
        documents=in_order(parts[Document]),
        attachments=in_order(parts[Attachment]),
        conflicts=conflicts,
    )


def record_ids(kind_ids: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    """Condition on ``head`` for pairs of kind and id."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, id in kind_ids:
        by_kind[kind].append(id)
    return or_(*(and_(HEAD.c.kind == kind, HEAD.c.id.in_(ids)) for kind, ids in by_kind.items()))
