"""The log is the truth: what was tampered with, in the log or in a table, is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select, update

from tests.factories import OFFICE, PASSWORD, MovableClock, bring_to, register
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.journal.chain import Head
from xinfang_desktop.journal.entry import decode, digest, encode
from xinfang_desktop.services import accounts, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.store import changelog
from xinfang_desktop.store.database import Database
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.store.tables import CHECKPOINT, DUTY, HEAD, LOG, TABLES

Tamper = Callable[[Callable[[Connection], None]], None]


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """An office with two matters, one of them closed."""
    bring_to(desk, register(desk).number, "S75")
    register(desk, parties=[{"name": "何小梅"}])
    desk.flush_looks()
    return desk


@pytest.fixture
def tamper(worked: Desk, office_home: Path) -> Tamper:
    """Somebody who knows the key writes into the file past the program."""

    def write(change: Callable[[Connection], None]) -> None:
        intruder = Database(office_home / "xinfang.db", worked.database.key, guard=False)
        with intruder.write() as conn:
            change(conn)
        intruder.close()

    return write


def last_seq(desk: Desk) -> int:
    """The number of the newest entry of the office's feed."""
    with desk.reading() as conn:
        return int(conn.scalar(select(func.max(LOG.c.seq)).where(LOG.c.feed == desk.feed)) or 0)


def test_untouched_all_is_well(worked: Desk) -> None:
    log, tables = safekeeping.verify_log(worked), safekeeping.rebuild_check(worked)
    assert (log.ok, log.first_bad) == (True, "")
    assert (tables.ok, tables.differences) == (True, ())
    assert log.entries == tables.entries > 10
    assert len(log.heads) == 4  # the office's feed, two villages' and the local one


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(data=st.data())
def test_any_changed_byte_of_any_entry_is_named(
    worked: Desk, tamper: Tamper, data: st.DataObject
) -> None:
    seq = data.draw(st.integers(1, last_seq(worked)))
    here = (LOG.c.feed == worked.feed) & (LOG.c.seq == seq)
    with worked.reading() as conn:
        body: bytes = conn.execute(select(LOG.c.body).where(here)).scalar_one()
    place = data.draw(st.integers(0, len(body) - 1))
    wrong = bytearray(body)
    wrong[place] ^= data.draw(st.integers(1, 255))
    tamper(lambda conn: conn.execute(update(LOG).where(here).values(body=bytes(wrong))) and None)
    try:
        report = safekeeping.verify_log(worked)
        assert not report.ok
        assert f"第 {seq} 条" in report.first_bad
        assert worked.feed in report.first_bad
    finally:
        tamper(lambda conn: conn.execute(update(LOG).where(here).values(body=body)) and None)


def test_a_changed_entry_with_its_fingerprint_made_to_fit_breaks_the_chain(
    worked: Desk, tamper: Tamper
) -> None:
    def change(conn: Connection) -> None:
        here = (LOG.c.feed == worked.feed) & (LOG.c.seq == 3)
        body = conn.execute(select(LOG.c.body).where(here)).scalar_one()
        other = encode(replace(decode(body), actor=replace(decode(body).actor, name="别人")))
        conn.execute(update(LOG).where(here).values(body=other, hash=digest(other)))

    tamper(change)
    report = safekeeping.verify_log(worked)
    assert not report.ok
    assert "第 4 条" in report.first_bad


def test_an_entry_taken_out_of_the_middle_is_named(worked: Desk, tamper: Tamper) -> None:
    tamper(
        lambda conn: (
            conn.execute(delete(LOG).where(LOG.c.feed == worked.feed, LOG.c.seq == 5)) and None
        )
    )
    assert "第 6 条" in safekeeping.verify_log(worked).first_bad
    assert not safekeeping.rebuild_check(worked).ok


def test_the_newest_entry_taken_away_shows_in_the_tables(worked: Desk, tamper: Tamper) -> None:
    last = last_seq(worked)
    tamper(
        lambda conn: (
            conn.execute(delete(LOG).where(LOG.c.feed == worked.feed, LOG.c.seq == last)) and None
        )
    )
    assert not safekeeping.rebuild_check(worked).ok


def signed(desk: Desk) -> int:
    """Sign the head as an export would; its number."""
    with desk.writing() as tx:
        body = tx.conn.execute(
            select(LOG.c.body).where(LOG.c.feed == desk.feed).order_by(LOG.c.seq.desc()).limit(1)
        ).scalar_one()
        entry = decode(body)
        with changelog.gate_of(tx.conn):
            changelog.sign_head(tx.conn, desk.site, desk.feed, Head(entry.seq, digest(body)))
        return entry.seq


def test_the_last_entry_taken_away_after_a_signature_is_named(worked: Desk, tamper: Tamper) -> None:
    seq = signed(worked)
    assert safekeeping.verify_log(worked).ok
    tamper(
        lambda conn: (
            conn.execute(delete(LOG).where(LOG.c.feed == worked.feed, LOG.c.seq == seq)) and None
        )
    )
    report = safekeeping.verify_log(worked)
    assert f"第 {seq} 条" in report.first_bad
    assert "不见了" in report.first_bad


def test_a_past_rewritten_whole_does_not_fit_the_signature(worked: Desk, tamper: Tamper) -> None:
    seq = signed(worked)

    def rewrite(conn: Connection) -> None:
        prev = ""
        for number in range(1, seq + 1):
            here = (LOG.c.feed == worked.feed) & (LOG.c.seq == number)
            entry = decode(conn.execute(select(LOG.c.body).where(here)).scalar_one())
            body = encode(replace(entry, prev=prev, wall="2020-01-01T00:00:00+08:00"))
            prev = digest(body)
            conn.execute(update(LOG).where(here).values(body=body, hash=prev))

    tamper(rewrite)
    report = safekeeping.verify_log(worked)
    assert f"第 {seq} 条" in report.first_bad
    assert "签名" in report.first_bad


def test_an_entry_that_was_made_text_is_named(worked: Desk, tamper: Tamper) -> None:
    here = (LOG.c.feed == worked.feed) & (LOG.c.seq == 2)
    text = (
        f"UPDATE log_entry SET body = CAST(body AS TEXT) WHERE feed = '{worked.feed}' AND seq = 2"
    )
    tamper(lambda conn: conn.exec_driver_sql(text) and None)
    report = safekeeping.verify_log(worked)
    assert not report.ok and "第 2 条" in report.first_bad
    with worked.reading() as conn:
        assert conn.execute(select(LOG.c.hash).where(here)).one()


def test_a_forged_signature_is_named(worked: Desk, tamper: Tamper) -> None:
    signed(worked)
    tamper(lambda conn: conn.execute(update(CHECKPOINT).values(signature=bytes(64))) and None)
    assert "签名不符" in safekeeping.verify_log(worked).first_bad


def test_every_two_hundred_and_fifty_sixth_entry_is_signed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changelog, "CHECKPOINT_EVERY", 3)
    register(desk)
    register(desk)
    register(desk)
    with desk.reading() as conn:
        seqs = list(conn.scalars(select(CHECKPOINT.c.seq).where(CHECKPOINT.c.feed == desk.feed)))
    assert seqs
    assert all(seq % 3 == 0 for seq in seqs)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("matter", "title", "别的事"), ("matter", "state", "T3"), ("matter", "received_on", "2026-01-01"),
        ("party", "name", "李四"), ("step", "on", "2026-01-01"), ("claim", "text", ""),
        ("account", "roles", '["admin"]'), ("office", "late_after", "raw"), ("intake", "voided", 1),
    ],
)  # fmt: skip
def test_a_changed_value_in_a_table_is_named(
    worked: Desk, tamper: Tamper, table: str, column: str, value: object
) -> None:
    where = TABLES[table]
    with worked.reading() as conn:
        id = conn.scalars(select(where.c.id).limit(1)).one()
    tamper(
        lambda conn: (
            conn.execute(update(where).where(where.c.id == id).values({column: value})) and None
        )
    )
    report = safekeeping.rebuild_check(worked)
    assert not report.ok
    assert any(d.startswith(f"{table} {id}") and column in d for d in report.differences)


def test_a_row_that_the_log_does_not_know_and_one_that_is_gone_are_named(
    worked: Desk, tamper: Tamper
) -> None:
    claim = TABLES["claim"]

    def change(conn: Connection) -> None:
        row = conn.execute(select(claim).limit(1)).mappings().one()
        conn.execute(claim.insert().values(**{**row, "id": "forged"}))
        conn.execute(delete(claim).where(claim.c.id == row["id"]))

    tamper(change)
    differences = safekeeping.rebuild_check(worked).differences
    assert any("claim forged" in d and "表里有" in d for d in differences)
    assert any("claim" in d and "表里没有" in d for d in differences)


@pytest.mark.parametrize("table", [DUTY, HEAD])
def test_what_follows_from_the_records_is_compared_too(
    worked: Desk, tamper: Tamper, table: object
) -> None:
    tamper(lambda conn: conn.execute(delete(table)) and None)  # type: ignore[arg-type]
    assert not safekeeping.rebuild_check(worked).ok


def test_a_log_that_cannot_be_read_is_said_in_words(worked: Desk, tamper: Tamper) -> None:
    here = (LOG.c.feed == worked.feed) & (LOG.c.seq == 2)
    tamper(lambda conn: conn.execute(update(LOG).where(here).values(body=b"{}")) and None)
    report = safekeeping.rebuild_check(worked)
    assert not report.ok
    assert "第 2 条" in report.differences[0]


def test_a_changed_byte_of_the_file_is_found_wherever_it_lies(
    worked: Desk, office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    worked.close()
    store = office_home / "xinfang.db"
    whole = store.read_bytes()
    found = []
    for page in range(1, len(whole) // 4096, 3):
        wrong = bytearray(whole)
        wrong[page * 4096 + page % 4000] ^= 1
        store.write_bytes(wrong)
        try:
            desk = accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
        except EnvironmentProblem as problem:
            found.append(problem.code)
            continue
        try:
            found.append(safekeeping.verify_log(desk).first_bad)
            desk.close()
        except EnvironmentProblem as problem:
            assert problem.code == "damaged_store"
            desk.database.close()
    assert "damaged_store" in found
    assert any("已损坏，读不出来" in said and "第" in said for said in found)
