"""Bringing a store to the schema this program knows: migrations run in code, by Alembic.

Alembic costs most of a second to import, so it is imported only where something must migrate.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from ..domain.errors import EnvironmentProblem
from . import meta, search
from .database import Database
from .tables import META

HEAD = 2
"""Number of the newest migration; also the ``schema`` that log entries carry."""

_SCRIPTS = Path(__file__).parent / "migrations"


def create(database: Database) -> None:
    """Lay out an empty store."""
    _upgrade(database)


def check(database: Database) -> None:
    """Refuse a store newer than the program; migrate an older one.

    Raises EnvironmentProblem ``store_too_new``.
    """
    with database.read() as conn:
        found = version(conn) if inspect(conn).has_table(META.name) else 0
    if found > HEAD:
        raise EnvironmentProblem(
            "store_too_new",
            f"这份数据是更新版本的信访台写的（数据版本 {found}，本程序只认到 {HEAD}）。",
            mend="请先升级本机的信访台，再打开。数据没有被改动。",
        )
    if found < HEAD:
        _upgrade(database)


def version(conn: Connection) -> int:
    """The schema number of this store."""
    return int((meta.get(conn, "schema") or b"0").decode())


def _upgrade(database: Database) -> None:
    from alembic import command  # imported here: 0.8 s that an ordinary start does not need
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    with database.exclusive() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
        search.create_tables(conn)
        meta.put(conn, "schema", str(HEAD).encode())
