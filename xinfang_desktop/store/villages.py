"""One village, one record (村的同一): the record whose id follows from the village's code.

A ledger may name a village before anybody gave its code, and an older store gave coded villages
ids of their own. Once the record of the code exists, every other record with this code stands for
it, and what named the other one names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ..domain.offices import id_of_code
from ..domain.records import Village
from ..journal.feeds import WIDEST, reach
from ..journal.merge import RecordHeads
from .files import fetch
from .tables import CONFLICT, HEAD, TABLES, VILLAGE_ALIAS

_NAMING = tuple(table for kind, table in TABLES.items() if "village" in table.c)


def known_villages(conn: Connection) -> list[Village]:
    """The villages and communities, each once: another office's word for one is not a second one."""
    table = TABLES["village"]
    found = fetch(conn, Village, table.c.id.not_in(select(VILLAGE_ALIAS.c.id)))
    ours = {v.name for v in found if v.code or reach(v.feed) < WIDEST}
    return [v for v in found if v.code or reach(v.feed) < WIDEST or v.name not in ours]


def aliases(conn: Connection) -> dict[str, str]:
    """Id of a village record that stands for another → the one it stands for."""
    return {row.id: row.canonical for row in conn.execute(select(VILLAGE_ALIAS))}


def join(
    conn: Connection, changed: Iterable[tuple[str, str, dict[str, Any]]]
) -> set[tuple[str, str]]:
    """Join village records of one code after a change to them; returns those newly joined."""
    if not any(kind == "village" for kind, _, _ in changed):
        return set()
    table = TABLES["village"]
    coded = {row.id: row.code for row in conn.execute(select(table.c.id, table.c.code)) if row.code}
    known = aliases(conn)
    new = {
        id: id_of_code(code)
        for id, code in coded.items()
        if id != id_of_code(code) and id_of_code(code) in coded and id not in known
    }
    for old, canonical in new.items():
        conn.execute(upsert(VILLAGE_ALIAS).values(id=old, canonical=canonical))
        for naming in _NAMING:
            conn.execute(update(naming).where(naming.c.village == old).values(village=canonical))
        _rename_in_heads(conn, old, canonical)
    return {("village", id) for id in new}


def _rename_in_heads(conn: Connection, old: str, canonical: str) -> None:
    """Values that stand in a conflict about the village itself."""
    open_ones = select(CONFLICT.c.kind, CONFLICT.c.id).where(CONFLICT.c.field == "village")
    for kind, id in conn.execute(open_ones).all():
        place = (HEAD.c.kind == kind) & (HEAD.c.id == id)
        heads = RecordHeads.load(conn.scalars(select(HEAD.c.heads).where(place)).one())
        after = heads.with_value("village", old, canonical)
        conn.execute(update(HEAD).where(place).values(heads=after.dump()))
