"""The schema: migrations make what the models say, and a newer store is left alone."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, select, update

from tests.conftest import SignIn
from tests.factories import OFFICE, PASSWORD, MovableClock, register
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.services import accounts, duties, handling, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.store import meta, schema
from xinfang_desktop.store.database import Database, gate_of
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.store.tables import DUTY, META, TABLES, metadata

SEARCH = ("search_",)


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    """A store with nothing in it, laid out."""
    database = Database(tmp_path / "xinfang.db", secrets.token_bytes(32))
    schema.create(database)
    return database


def test_the_newest_migration_is_what_the_models_say(empty: Database) -> None:
    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not str(name).startswith((*SEARCH, "alembic_"))

    with empty.read() as conn:
        context = MigrationContext.configure(
            conn, opts={"compare_type": True, "compare_server_default": True, "include_name": ours}
        )
        assert compare_metadata(context, metadata) == []
    empty.close()


def test_optional_columns_and_keys_are_as_in_the_models(empty: Database) -> None:
    with empty.read() as conn:
        found = inspect(conn)
        for table in metadata.tables.values():
            columns = {c["name"]: c for c in found.get_columns(table.name)}
            assert list(columns) == list(table.c.keys())
            for column in table.c:
                assert columns[column.name]["nullable"] == column.nullable, (
                    f"{table.name}.{column.name}"
                )
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]
    empty.close()


def test_migrations_are_numbered_one_after_the_other_up_to_the_head() -> None:
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{number:04d}" for number in range(1, schema.HEAD + 1)]


def test_laying_it_out_twice_changes_nothing(empty: Database) -> None:
    with empty.read() as conn:
        before = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name").all()
    schema.create(empty)
    schema.check(empty)
    with empty.read() as conn:
        assert (
            conn.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name").all()
            == before
        )
        assert schema.version(conn) == schema.HEAD
    empty.close()


def test_a_new_connection_is_guarded_after_the_first_layout(empty: Database) -> None:
    with pytest.raises(Exception, match="outside"), empty.write() as conn:
        conn.execute(
            TABLES["village"].insert().values(id="x", feed="x", voided=0, name="x", code="")
        )
    empty.close()


def test_a_store_of_a_newer_program_is_refused_in_words_and_left_as_it_is(
    desk: Desk, office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    with desk.database.write() as conn:
        newer = str(schema.HEAD + 1).encode()
        conn.execute(update(META).where(META.c.key == "schema").values(value=newer))
    desk.close()
    store = office_home / "xinfang.db"
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    with pytest.raises(EnvironmentProblem) as caught:
        accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
    assert caught.value.code == "store_too_new"
    assert str(schema.HEAD + 1) in caught.value.sentence
    assert "升级" in caught.value.mend
    assert hashlib.sha256(store.read_bytes()).hexdigest() == before


def test_opening_again_keeps_everything(
    desk: Desk, office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    number = register(desk).number
    desk.close()
    again = accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
    try:
        assert handling.matter_view(again, number).number == number
        with again.reading() as conn:
            assert conn.scalar(select(META.c.value).where(META.c.key == "schema"))
    finally:
        again.close()


def test_an_office_whose_making_was_cut_off_says_so(
    tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    from tests.factories import CHEAP
    from xinfang_desktop.store import keys

    home = tmp_path / "cut"
    home.mkdir()
    _, key, _ = keys.create(home, "id", OFFICE.admin, PASSWORD, cost=CHEAP)
    (home / "xinfang.db").touch()
    with pytest.raises(EnvironmentProblem) as caught:
        accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    assert caught.value.code == "office_unfinished"
    schema.create(database := Database(home / "xinfang.db", key))
    database.close()
    with pytest.raises(EnvironmentProblem) as caught:
        accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    assert caught.value.code == "office_unfinished"


def test_an_office_that_could_not_be_made_leaves_the_folder_empty(
    tmp_path: Path, clock: MovableClock, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Database) -> None:
        raise EnvironmentProblem("disk_full", "磁盘已满。", mend="请清理磁盘。")

    monkeypatch.setattr(schema, "create", full)
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        accounts.create_office(tmp_path / "home", OFFICE, clock, reference)
    assert list((tmp_path / "home").iterdir()) == []


def test_projections_of_another_version_are_made_anew_on_opening(
    desk: Desk, sign_in: SignIn
) -> None:
    made = register(desk)
    with desk.database.write() as conn, gate_of(conn):
        conn.execute(delete(DUTY))
        meta.put(conn, "derived", b"0.0.0 0")
    again = sign_in()
    assert {row.kind for row in duties.duties(again, DutyQuery(number=made.number))} >= {"notice"}
    assert safekeeping.rebuild_check(again).ok
