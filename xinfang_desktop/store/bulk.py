"""Many rows at once, by the driver itself (成批写入): values that are already as columns hold them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Table

KEEP: Final = "ON CONFLICT DO NOTHING"
"""What to do where a row of this key stands already."""


def insert_rows(
    conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]], then: str = ""
) -> None:
    """Insert whole rows, each with a value for every column. ``then`` is KEEP or ``replace``."""
    if rows:
        names = table.c.keys()
        values = [tuple([row[name] for name in names]) for row in rows]
        conn.exec_driver_sql(_statement(table, then), values)


def replace(*columns: str) -> str:
    """Take the new values of these columns where a row of this key stands already."""
    return "ON CONFLICT DO UPDATE SET " + ", ".join(f'"{c}" = excluded."{c}"' for c in columns)


@cache
def _statement(table: Table, then: str) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    places = ", ".join("?" * len(table.c))
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({places}) {then}'


@contextmanager
def fewer_collections() -> Iterator[None]:
    """While thousands of records are made that all live on, looking for garbage finds none."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
