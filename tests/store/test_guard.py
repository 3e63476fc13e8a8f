"""No write to a registered table goes past the change log, whoever tries and however."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, registry

from tests.factories import register
from xinfang_desktop.services import drafts
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.store import queries
from xinfang_desktop.store.database import BYPASS, gate_of
from xinfang_desktop.store.tables import (
    BUNDLE,
    CHECKPOINT,
    CONFLICT,
    DRAFT,
    DUTY,
    FORK,
    HEAD,
    LOG,
    LOG_RECORD,
    META,
    MISSING,
    PEER,
    PROFILE,
    ROSTER,
    SEALED_DROP,
    SETTLED,
    TABLES,
    VECTOR,
    VILLAGE_ALIAS,
    WAITING,
    metadata,
)

LOCAL = {DRAFT, META, PROFILE, SEALED_DROP, PEER, ROSTER, BUNDLE, MISSING, SETTLED}
GUARDED: list[Table] = [
    *TABLES.values(), LOG, LOG_RECORD, CHECKPOINT, HEAD, DUTY, VECTOR, FORK, WAITING, CONFLICT,
    VILLAGE_ALIAS,
]  # fmt: skip


def row_for(table: Table) -> dict[str, Any]:
    """Any row that would fit."""
    plain: dict[type, Any] = {str: "x", int: 1, bytes: b"x"}
    return {column.name: plain[column.type.python_type] for column in table.c}


def last_column(table: Table) -> str:
    """Some column to change."""
    return list(table.c.keys())[-1]


def by_core_insert(conn: Connection, table: Table) -> None:
    conn.execute(insert(table).values(**row_for(table)))


def by_many(conn: Connection, table: Table) -> None:
    conn.execute(insert(table), [row_for(table), row_for(table)])


def by_upsert(conn: Connection, table: Table) -> None:
    row = row_for(table)
    keys = [column.name for column in table.primary_key]
    conn.execute(upsert(table).values(**row).on_conflict_do_update(index_elements=keys, set_=row))


def by_replace(conn: Connection, table: Table) -> None:
    conn.execute(insert(table).prefix_with("OR REPLACE").values(**row_for(table)))


def by_text(conn: Connection, table: Table) -> None:
    row = row_for(table)
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(f":{name}" for name in row)
    conn.execute(text(f'REPLACE INTO "{table.name}" ({names}) VALUES ({places})'), row)


def by_cursor(conn: Connection, table: Table) -> None:
    row = row_for(table)
    driver: Any = conn.connection.driver_connection
    driver.cursor().execute(
        f'INSERT OR IGNORE INTO main."{table.name}" VALUES ({", ".join("?" * len(row))})',
        tuple(row.values()),
    )


def by_session(conn: Connection, table: Table) -> None:
    mapped = type("Mapped", (), {})
    registry().map_imperatively(mapped, table)
    with Session(conn) as session:
        thing = mapped()
        for name, value in row_for(table).items():
            setattr(thing, name, value)
        session.add(thing)
        session.flush()


INSERTS: list[Callable[[Connection, Table], None]] = [
    by_core_insert, by_many, by_upsert, by_replace, by_text, by_cursor, by_session,
]  # fmt: skip


def refused(error: BaseException) -> bool:
    """Whether it was the guard that refused, and nothing else that went wrong."""
    return BYPASS in str(error)


def test_every_table_is_either_guarded_or_local() -> None:
    assert set(metadata.tables.values()) == {*GUARDED, *LOCAL}


@pytest.mark.parametrize("way", INSERTS)
def test_no_row_is_added(desk: Desk, way: Callable[[Connection, Table], None]) -> None:
    for table in GUARDED:
        with desk.database.engine.connect() as conn:
            with pytest.raises(Exception) as caught:
                way(conn, table)
            assert refused(caught.value), f"{table.name}: {caught.value}"


def by_orm_update(conn: Connection, table: Table) -> None:
    mapped = type("Mapped", (), {})
    registry().map_imperatively(mapped, table)
    with Session(conn) as session:
        thing = session.scalars(select(mapped).limit(1)).one()
        setattr(thing, last_column(table), row_for(table)[last_column(table)])
        session.flush()


def by_bulk_update(conn: Connection, table: Table) -> None:
    column = last_column(table)
    conn.execute(update(table).values({column: row_for(table)[column]}))


def by_text_update(conn: Connection, table: Table) -> None:
    conn.execute(text(f'UPDATE OR IGNORE "{table.name}" SET "{last_column(table)}" = NULL'))


def by_core_delete(conn: Connection, table: Table) -> None:
    conn.execute(delete(table))


def by_cursor_delete(conn: Connection, table: Table) -> None:
    driver: Any = conn.connection.driver_connection
    driver.cursor().execute(f'DELETE FROM main."{table.name}"')


def by_script(conn: Connection, table: Table) -> None:
    driver: Any = conn.connection.driver_connection
    driver.cursor().executescript(f'DELETE FROM "{table.name}";')


CHANGES: list[Callable[[Connection, Table], None]] = [
    by_orm_update, by_bulk_update, by_text_update, by_core_delete, by_cursor_delete, by_script,
]  # fmt: skip


@pytest.mark.parametrize("way", CHANGES)
def test_no_row_is_changed_or_taken_away(
    desk: Desk, way: Callable[[Connection, Table], None]
) -> None:
    register(desk)
    for table in (TABLES["matter"], TABLES["step"], TABLES["party"], TABLES["account"],
                  LOG, LOG_RECORD, HEAD, DUTY):  # fmt: skip
        with desk.database.engine.connect() as conn:
            before = conn.execute(select(table)).all()
            assert before
            conn.rollback()
            with pytest.raises(Exception) as caught:
                way(conn, table)
            assert refused(caught.value), f"{table.name}: {caught.value}"
        with desk.reading() as conn:
            assert conn.execute(select(table)).all() == before


def test_the_lane_of_writing_is_guarded_too(desk: Desk) -> None:
    with pytest.raises(DBAPIError, match=BYPASS), desk.database.write() as conn:
        conn.execute(delete(TABLES["office"]))
    assert desk.office.name == "青石镇信访办"


def test_inside_a_use_case_only_append_writes(desk: Desk) -> None:
    with pytest.raises(DBAPIError, match=BYPASS), desk.writing() as tx:
        tx.append([])
        tx.conn.execute(update(TABLES["office"]).values(name="别的单位"))


def test_the_gate_is_shut_again_after_an_error(desk: Desk) -> None:
    with desk.database.write() as conn:
        with pytest.raises(ValueError, match="halt"), gate_of(conn):
            raise ValueError("halt")
        with pytest.raises(DBAPIError, match=BYPASS):
            conn.execute(delete(TABLES["office"]))


def test_reading_drafts_and_profiles_need_no_log(desk: Desk) -> None:
    register(desk)
    draft = Draft("k", "register", "王桂芳 · 来访", "claims", desk.now(), {"channel": "来访"})
    drafts.save_draft(desk, draft)
    drafts.save_draft(desk, draft)
    assert drafts.drafts(desk) == (draft,)
    drafts.drop_draft(desk, "k")
    assert drafts.drafts(desk) == ()
    with desk.database.write() as conn:
        queries.put_profile(conn, "台账", "{}")
        assert queries.profile(conn, "台账") == "{}"
