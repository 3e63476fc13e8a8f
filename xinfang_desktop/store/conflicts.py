"""What a person has to decide (冲突), as rows that lists, pages and the status bar can count.

A field with several writes of different values; a record changed after it was voided; a number
that two records carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from ..domain.field_words import AFTER_VOID, SAME_NUMBER
from ..journal.merge import RecordHeads
from .derived import touched
from .files import chunks
from .tables import CONFLICT, TABLES

NUMBERED: Final[Mapping[str, tuple[str, ...]]] = {
    "matter": ("number",),
    "intake": ("number",),
    "dispute": ("number",),
    "mediation": ("number", "file_no"),
    "work_item": ("number",),
}


def keep(
    conn: Connection,
    changed: Iterable[tuple[str, str, dict[str, Any]]],
    heads: Mapping[tuple[str, str], RecordHeads],
    before: set[tuple[str, str]],
) -> None:
    """Bring the rows of changed records up to date; ``before`` had several heads until now."""
    changed = list(changed)
    places = {(kind, id) for kind, id, _ in changed if (kind, id) in heads}
    for kind, id in sorted(places):
        each = heads[kind, id]
        if not each.unsettled and (kind, id) not in before:
            continue
        fields = [*each.conflicts(), *([AFTER_VOID] if each.written_after_void() else [])]
        conn.execute(
            delete(CONFLICT).where(
                CONFLICT.c.kind == kind, CONFLICT.c.id == id,
                CONFLICT.c.field.not_like(f"{SAME_NUMBER}%"),
            )
        )  # fmt: skip
        _add(conn, kind, id, fields)
    for kind, names in NUMBERED.items():
        for name in names:
            _same_numbers(conn, kind, name, changed)


def _add(conn: Connection, kind: str, id: str, fields: Iterable[str]) -> None:
    about = next(iter(sorted(touched(conn, [(kind, id, {})]))), "")
    rows = [{"kind": kind, "id": id, "field": field, "about": about} for field in fields]
    if rows:
        conn.execute(insert(CONFLICT), rows)


def _same_numbers(
    conn: Connection, kind: str, name: str, changed: Iterable[tuple[str, str, dict[str, Any]]]
) -> None:
    table, field = TABLES[kind], f"{SAME_NUMBER}{name}"
    marked = set(
        conn.scalars(
            select(CONFLICT.c.id).where(CONFLICT.c.kind == kind, CONFLICT.c.field == field)
        )
    )
    mine = {id for of, id, values in changed if of == kind and (name in values or not values)}
    if not mine:
        return
    numbers: set[str] = set()
    for part in chunks(mine | marked):
        query = select(table.c[name]).where(table.c.id.in_(part), table.c.voided == 0)
        numbers.update(filter(None, conn.scalars(query)))
    clash: set[str] = set()
    for part in chunks(numbers):
        twice = (
            select(table.c[name])
            .where(table.c[name].in_(part), table.c.voided == 0)
            .group_by(table.c[name])
            .having(func.count() > 1)
        )
        clash.update(
            conn.scalars(select(table.c.id).where(table.c[name].in_(twice), table.c.voided == 0))
        )
    for id in sorted(marked - clash):
        conn.execute(
            delete(CONFLICT).where(
                CONFLICT.c.kind == kind, CONFLICT.c.id == id, CONFLICT.c.field == field
            )
        )
    for id in sorted(clash - marked):
        _add(conn, kind, id, [field])


def all_open(conn: Connection) -> set[tuple[str, str, str]]:
    """Kind, id and field of everything that is open."""
    query = select(CONFLICT.c.kind, CONFLICT.c.id, CONFLICT.c.field)
    return {(kind, id, field) for kind, id, field in conn.execute(query)}


def about(conn: Connection, subjects: Iterable[str]) -> dict[str, int]:
    """How many conflicts are open about each of these matters, disputes and mediations."""
    found: dict[str, int] = {}
    for part in chunks(subjects):
        query = (
            select(CONFLICT.c.about, func.count())
            .where(CONFLICT.c.about.in_(part))
            .group_by(CONFLICT.c.about)
        )
        found.update((id, number) for id, number in conn.execute(query))
    return found


def count(conn: Connection) -> int:
    """How many are open in all."""
    return int(conn.scalar(select(func.count()).select_from(CONFLICT)) or 0)
