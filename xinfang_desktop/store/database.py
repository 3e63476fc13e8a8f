"""One encrypted SQLite file: opening it, reading from it, and the one lane of writing.

``BEGIN IMMEDIATE`` for each write, on one connection of its own, WAL, full sync. Temporary triggers on every connection refuse
any write to synced tables that does not come through ``changelog.append``, whoever tries: ORM,
bulk update, Core or raw SQL.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from ..domain.errors import EnvironmentProblem, XinfangError
from .tables import (
    CHECKPOINT,
    CONFLICT,
    DUTY,
    FORK,
    HEAD,
    LOG,
    LOG_RECORD,
    TABLES,
    VECTOR,
    VILLAGE_ALIAS,
    WAITING,
)

__all__ = ["BYPASS", "FILE_NAME", "Connection", "Database", "gate_of", "problems_in_words"]

FILE_NAME = "xinfang.db"

_PRAGMAS = (
    "PRAGMA busy_timeout=15000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)

_GUARDED = frozenset(
    table.name
    for table in (
        *TABLES.values(),
        LOG,
        LOG_RECORD,
        CHECKPOINT,
        HEAD,
        DUTY,
        VECTOR,
        FORK,
        WAITING,
        CONFLICT,
        VILLAGE_ALIAS,
    )
)

BYPASS = "write outside changelog.append"
"""What SQLite says when a synced table is written past the change log."""


class Gate:
    """Whether this connection is inside ``changelog.append`` just now."""

    def __init__(self) -> None:
        self.open = False

    def state(self) -> int:
        return 1 if self.open else 0


def _guard(connection: Any) -> None:
    gate = connection.xf_gate
    connection.create_function("xf_appending", 0, gate.state)
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for name in there.intersection(_GUARDED):
        for verb in ("INSERT", "UPDATE", "DELETE"):
            connection.execute(
                f'CREATE TEMP TRIGGER "guard_{name}_{verb}" BEFORE {verb} ON main."{name}" '
                f"WHEN xf_appending() = 0 BEGIN SELECT RAISE(ABORT, '{BYPASS}'); END"
            )


class _Connection(sqlcipher.Connection):  # type: ignore[misc]
    """A DBAPI connection that carries its gate."""

    xf_gate: Gate


def _connect(path: Path, key: bytes, *, guard: bool) -> _Connection:
    connection: _Connection = sqlcipher.connect(
        str(path), factory=_Connection, isolation_level=None, check_same_thread=False
    )
    connection.xf_gate = Gate()
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlcipher.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF == _NOT_A_DATABASE:
            raise EnvironmentProblem(*_WRONG_KEY, mend="请检查数据文件夹。") from error
        raise
    if guard:
        _guard(connection)
    return connection


class Database:
    """The open store. ``close`` it; it holds file handles.

    ``path`` may be ``:memory:`` for a scratch copy (rebuilding from the log).
    """

    def __init__(self, path: Path, key: bytes, *, guard: bool = True) -> None:
        self.path = path
        self.key = key
        memory = str(path) == ":memory:"

        def connect() -> _Connection:
            return _connect(path, key, guard=guard)

        self._writer = _engine(connect, pool_size=1, max_overflow=0)
        self.engine: Engine = (
            self._writer if memory else _engine(connect, pool_size=5, max_overflow=5)
        )
        self._lane = threading.RLock()
        self._writing = False
        self._version = 0

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for as long as the block lasts."""
        with problems_in_words(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The lane of writing: committed at the end of the block, rolled back on any error."""
        with problems_in_words(), self._in_lane() as connection, connection.begin():
            yield connection

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """A connection whose gate is open: schema work and scratch copies only.

        Connections opened before know the old tables, so they are given up afterwards.
        """
        with (
            problems_in_words(),
            self._in_lane() as connection,
            connection.begin(),
            gate_of(connection),
        ):
            yield connection
        self.close()

    @contextmanager
    def _in_lane(self) -> Iterator[Connection]:
        with self._lane:
            assert not self._writing, "a write inside a write"
            with self._writer.connect() as connection:
                self._writing = True
                try:
                    yield connection.execution_options(xf_write=True)
                finally:
                    self._writing = False

    def data_version(self) -> int:
        """A number that changes when another process has written; our own writes leave it.

        SQLite counts per connection what others committed, so the writer's own is asked. While
        this process is writing nobody waits: the last number stands.
        """
        if self._lane.acquire(blocking=False):
            try:
                if not self._writing:
                    with problems_in_words(), self._writer.connect() as connection:
                        asked = connection.exec_driver_sql("PRAGMA data_version")
                        self._version = int(asked.scalar_one())
            finally:
                self._lane.release()
        return self._version

    def close(self) -> None:
        """Give back every connection; SQLite folds the WAL into the file."""
        self.engine.dispose()
        self._writer.dispose()


def _engine(connect: Callable[[], _Connection], *, pool_size: int, max_overflow: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=max_overflow,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("xf_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def gate_of(connection: Connection) -> Iterator[None]:
    """Open the gate of this connection for the block. ``changelog.append`` is who calls it."""
    driver: Any = connection.connection.driver_connection
    before = driver.xf_gate.open
    driver.xf_gate.open = True
    try:
        yield
    finally:
        driver.xf_gate.open = before


_BY_CODE: dict[int, tuple[str, str, str]] = {
    5: ("busy", "数据正被另一个程序占用。", "请稍等几秒再试；如果一直这样，重启电脑后再试。"),
    6: ("busy", "数据正被另一个程序占用。", "请稍等几秒再试；如果一直这样，重启电脑后再试。"),
    8: ("read_only", "数据所在的磁盘或文件夹不能写入。", "请检查磁盘写保护和文件夹权限。"),
    10: (
        "disk_error",
        "读写磁盘出错。",
        "请检查磁盘；退出程序后，把整个数据文件夹复制一份到别的磁盘。",
    ),
    11: (
        "damaged_store",
        "数据文件已损坏。",
        "请不要继续登记；保留数据文件夹原样，用最近复制的那一份打开。",
    ),
    13: ("disk_full", "磁盘已满，这次没有写入。", "请清理磁盘空间后再试，已登记的内容没有丢失。"),
    14: ("cannot_open", "打不开数据文件。", "请检查数据文件夹是否还在、是否有权限。"),
}
_NOT_A_DATABASE = 26  # while it is opened: the first page does not fit the key; later: another page
_BY_CODE[_NOT_A_DATABASE] = _BY_CODE[11]
_WRONG_KEY = ("wrong_key", "数据文件打不开：钥匙不对，或者它不是本程序的数据。")


def is_damage(error: DatabaseError) -> bool:
    """Whether a page of the file could not be read as what was written."""
    return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in (11, 26)


@contextmanager
def problems_in_words() -> Iterator[None]:
    """SQLite's errors as sentences, told apart by their code, never by their text."""
    try:
        yield
    except XinfangError:
        raise
    except (OperationalError, DatabaseError) as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        words = _BY_CODE.get(code & 0xFF) if code is not None else None
        if words is None:
            raise
        raise EnvironmentProblem(words[0], words[1], mend=words[2]) from error
    except sqlcipher.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        words = _BY_CODE.get(code & 0xFF) if code is not None else None
        if words is None:
            raise
        raise EnvironmentProblem(words[0], words[1], mend=words[2]) from error
