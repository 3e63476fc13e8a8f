"""Bringing a store to the schema this program knows: migrations run in code, by Alembic.

Alembic costs most of a second to import, so it is imported only where something must migrate. An
older store is copied before anything in it is changed.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Text, cast, func, inspect, select

from ..domain.errors import EnvironmentProblem
from . import meta, search
from .copies import copy_store
from .database import Database
from .tables import LOG, META

HEAD = 4
"""Number of the newest migration; also the ``schema`` that log entries carry."""

_SCRIPTS = Path(__file__).parent / "migrations"


def create(database: Database) -> None:
    """Lay out an empty store."""
    _upgrade(database)


def check(database: Database) -> None:
    """Refuse a store newer than the program; migrate an older one, of which a copy stays.

    Raises EnvironmentProblem ``store_too_new``, or what went wrong with the disk.
    """
    with database.read() as conn:
        found = version(conn)
    if found > HEAD:
        raise EnvironmentProblem(
            "store_too_new",
            f"这份数据是更新版本的信访台写的（数据版本 {found}，本程序只认到 {HEAD}）。",
            mend="请先升级本机的信访台，再打开。数据没有被改动。",
        )
    if found < HEAD:
        _upgrade(database)


def version(conn: Connection) -> int:
    """The schema number of this store; 0 where nothing was laid out yet."""
    laid_out = inspect(conn).has_table(META.name)
    return int((meta.get(conn, "schema") or b"0").decode()) if laid_out else 0


def copy_before(path: Path, head: int = HEAD) -> Path:
    """Where the copy of an older store stands, made before it was brought to schema ``head``."""
    return path.with_name(f"{path.stem}-before-{head:04d}{path.suffix}")


def _upgrade(database: Database) -> None:
    from alembic import command  # imported here: 0.8 s that an ordinary start does not need
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    with database.exclusive() as conn:
        found = version(conn)
        if 0 < found < HEAD:  # another program may have been quicker
            _keep_copy(database)
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
        search.create_tables(conn)
        if found and _newest_entry(conn) > found:
            meta.owe_replay(conn)
        meta.put(conn, "schema", str(HEAD).encode())


def _newest_entry(conn: Connection) -> int:
    """The newest schema that an entry of the log was written by: other sites may be ahead."""
    schema = func.json_extract(cast(LOG.c.body, Text), "$.schema")
    return int(conn.scalar(select(func.max(schema))) or 0)


def _keep_copy(database: Database) -> None:
    """Copy the store as it is, while this transaction keeps others from writing to it."""
    try:
        copy_store(database, copy_before(database.path))
    except EnvironmentProblem as problem:
        raise EnvironmentProblem(
            problem.code,
            f"升级数据前要先留一份副本，这一步没有做成：{problem.sentence}",
            mend="请清理磁盘空间或检查磁盘后再打开。数据没有改动，也没有升级。",
        ) from problem
