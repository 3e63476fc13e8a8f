"""A whole copy of the store beside it: complete and checked, or not there at all.

Copying the file of a store that is open gives a broken copy (the newest pages lie in the WAL), so
SQLite writes it itself. The copy opens with the same key.
"""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, func, select

from ..domain.errors import EnvironmentProblem
from .atomic import disk_problems_in_words, settle
from .database import Database, problems_in_words
from .tables import LOG


def copy_store(database: Database, target: Path) -> None:
    """Write all that is committed to ``target``, in place of what stood there.

    Raises EnvironmentProblem where the disk is full or unwell, or ``copy_damaged`` where the copy
    does not read back; then ``target`` is as it was.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        with disk_problems_in_words(target.name):
            partial.unlink(missing_ok=True)  # left by a program that was killed
            _vacuum_into(database, partial)
            _check(database, partial)
            settle(partial, target)
    finally:
        for left in target.parent.glob(f"{partial.name}*"):
            left.unlink(missing_ok=True)


def _vacuum_into(database: Database, path: Path) -> None:
    """On a connection outside any transaction; SQLite refuses VACUUM inside one."""
    with problems_in_words():
        connection = database.engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(path),))
        except sqlcipher.DatabaseError:
            connection.invalidate()
            raise
        finally:
            connection.close()


def _check(database: Database, path: Path) -> None:
    """That the copy opens with the key, is sound, and holds every entry of the log."""
    copy = Database(path, database.key, guard=False)
    try:
        with copy.read() as there, database.read() as here:
            sound = there.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
            if not sound or _entries(there) != _entries(here):
                raise EnvironmentProblem(
                    "copy_damaged", "复制出来的数据读不回来，没有留下这份副本。",
                    mend="请检查磁盘后再试；原来的数据没有动过。",
                )  # fmt: skip
    finally:
        copy.close()


def _entries(conn: Connection) -> int:
    return int(conn.scalar(select(func.count()).select_from(LOG)) or 0)
