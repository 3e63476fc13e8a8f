"""The schema: migrations make what the models say, and a newer store is left alone."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, select, update

from tests.conftest import SignIn
from tests.factories import OFFICE, PASSWORD, MovableClock, register
from tests.store import first_release
from tests.store.limited import run_limited
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.services import (
    accounts,
    attachments,
    dispute_work,
    disputes,
    drafts,
    duties,
    handling,
    importing,
    paperwork,
    rounds,
    safekeeping,
    searching,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.store import changelog, meta, schema
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


# --- a store of the first release ----------------------------------------------------------


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The data folder of an office that has worked with the first release."""
    first_release.make(tmp_path / "older")
    return tmp_path / "older"


def opened(home: Path, clock: MovableClock, reference: Reference) -> Desk:
    return accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)


@pytest.fixture
def upgraded(older: Path, clock: MovableClock, reference: Reference) -> Iterator[Desk]:
    """The desk at that store, opened by today's program."""
    desk = opened(older, clock, reference)
    yield desk
    desk.close()


def test_a_store_of_the_first_release_keeps_everything(upgraded: Desk, tmp_path: Path) -> None:
    matter = handling.matter_view(upgraded, first_release.MATTER_NUMBER)
    assert (matter.title, matter.state) == ("后山路塌方", "S10")
    assert [claim.text for claim in matter.claims] == ["尽快清理塌方"]
    assert paperwork.document_pdf(upgraded, "document-1") == first_release.PAPER
    copied = attachments.copy_attachment(upgraded, "attachment-1", tmp_path / "out" / "照片.jpg")
    assert copied.read_bytes() == first_release.PAPER
    found = {row.number: row for row in disputes.dispute_list(upgraded)}
    waiting = found[first_release.OPEN_DISPUTE]
    assert (waiting.state, waiting.person, waiting.people) == ("open", "何建平", 4)
    assert str(waiting.due) == "2026-09-30", "the later of two writes"
    assert found[first_release.SETTLED_DISPUTE].state == "settled"
    assert found[first_release.SETTLED_DISPUTE].result == "修剪了树枝"
    assert [row.id for row in importing.batches(upgraded)] == ["batch-1"]
    assert rounds.screening_status(upgraded, "2026-05").zero == ("柳溪村",)
    assert [draft.values for draft in drafts.drafts(upgraded)] == [{"claims": ["修路"]}]
    with upgraded.reading() as conn:
        assert schema.version(conn) == schema.HEAD


def test_what_follows_from_the_records_is_made_anew_after_the_upgrade(upgraded: Desk) -> None:
    assert searching.search_matters(upgraded, "塌方").total == 1
    assert searching.search_matters(upgraded, "luochunsheng").hits[0].kind == "dispute"
    kinds = {row.kind for row in duties.duties(upgraded, DutyQuery())}
    assert {"notice", "settle"} <= kinds
    proof, tables = safekeeping.verify_log(upgraded), safekeeping.rebuild_check(upgraded)
    assert proof.ok, proof.first_bad
    assert tables.ok, tables.differences


def test_work_goes_on_where_the_first_release_stopped(upgraded: Desk) -> None:
    told = {"method": "协商和解", "result": "两户一起清了沟。"}
    stood = dispute_work.take_dispute_step(upgraded, first_release.OPEN_DISPUTE, "settle", told)
    assert stood.state == "settled"
    handling.take_step(upgraded, first_release.MATTER_NUMBER, "claim", {"no_interest": True})
    assert register(upgraded).number.endswith("-20260921-A0001")
    assert safekeeping.verify_log(upgraded).ok
    assert safekeeping.rebuild_check(upgraded).ok


def entries_in(path: Path, key: bytes) -> tuple[int, int]:
    """Schema number and number of log entries of a store."""
    database = Database(path, key)
    try:
        with database.read() as conn:
            return schema.version(conn), changelog.count(conn)
    finally:
        database.close()


def test_the_older_store_stays_beside_the_new_one(
    tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    home = tmp_path / "older"
    key = first_release.make(home)
    before = entries_in(home / "xinfang.db", key)
    opened(home, clock, reference).close()
    copy = home / "xinfang-before-0004.db"
    assert copy == schema.copy_before(home / "xinfang.db")
    assert sorted(p.name for p in home.iterdir() if p.is_file()) == [
        "keys.json", "xinfang-before-0004.db", "xinfang.db",
    ]  # fmt: skip
    assert before[0] == 1
    assert "王桂芳".encode() not in copy.read_bytes()
    copied = tmp_path / "copied" / "xinfang.db"
    copied.parent.mkdir()
    shutil.copy(copy, copied)
    assert entries_in(copied, key) == before
    made = copy.stat().st_mtime_ns
    opened(home, clock, reference).close()
    assert copy.stat().st_mtime_ns == made, "the next start has nothing to upgrade"
    shutil.copy(home / "keys.json", copied.parent)
    shutil.copytree(home / "blobs", copied.parent / "blobs")
    desk = opened(copied.parent, clock, reference)
    try:
        assert len(disputes.dispute_list(desk)) == 2
    finally:
        desk.close()


def test_a_new_office_leaves_no_copy(made_office: tuple[Path, object]) -> None:
    assert not list(made_office[0].glob("*before*"))


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is not of Windows")
def test_without_room_for_the_copy_nothing_is_upgraded(
    tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    home = tmp_path / "older"
    key = first_release.make(home)
    before = entries_in(home / "xinfang.db", key)
    limit = (home / "xinfang.db").stat().st_size // 2
    program = """
limit()
try:
    enter()
except EnvironmentProblem as problem:
    say(problem.code, problem.sentence, problem.mend)
"""
    code, sentence, mend = run_limited(program, home, limit)
    assert code in ("disk_full", "disk_error"), code
    assert sentence.startswith("升级数据前要先留一份副本")
    assert "没有升级" in mend
    assert sorted(p.name for p in home.iterdir() if p.is_file()) == ["keys.json", "xinfang.db"]
    assert entries_in(home / "xinfang.db", key) == before
    desk = opened(home, clock, reference)
    try:
        assert len(disputes.dispute_list(desk)) == 2, "with room again, it is upgraded"
    finally:
        desk.close()


def test_a_copy_that_was_cut_off_is_made_anew(
    older: Path, clock: MovableClock, reference: Reference
) -> None:
    (older / "xinfang-before-0004.db.partial").write_bytes(b"half of a store")
    opened(older, clock, reference).close()
    assert [p.name for p in older.glob("*before*")] == ["xinfang-before-0004.db"]
