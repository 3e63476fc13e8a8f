"""A ledger's rows become history: all or nothing, once, and one step that can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.factories import MovableClock, register
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import duties, handling, haves, importing, safekeeping, searching
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.importing import ImportLedger
from xinfang_desktop.store.tables import metadata

HEAD = "序号,来访日期,姓名,联系电话,村（社区）,反映问题,告知日期,答复日期,办理结果\n"
ROWS = (
    "1,2026-03-02,王桂芳,13907391827,柳溪村,要求修好水渠,2026-03-10,2026-04-20,已修好\n"
    "2,2026-03-03,何小梅,13655556666,双井村,要求补发粮补,,2026-06-30,已补发\n"
    "3,2026-08-20,赵秀兰,,柳溪村,要求恢复路灯,,,\n"
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three visits: answered in time, answered late, not answered."""
    path = tmp_path / "来访登记.csv"
    path.write_text(HEAD + ROWS, "utf-8-sig")
    return path


def counts(desk: Desk) -> dict[str, int]:
    desk.flush_looks()
    with desk.reading() as conn:
        return {
            name: int(conn.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in metadata.tables.items()
        }


def test_rows_become_matters_with_their_duties(desk: Desk, ledger: Path) -> None:
    report = importing.import_ledger(desk, ImportLedger(ledger))
    assert (report.rows, report.imported, report.skipped_known) == (3, 3, 0)
    rows = {row.title: row for row in handling.matter_list(desk, MatterQuery()).matters}
    states = {
        title: {d.kind: d.state for d in duties.duties(desk, DutyQuery(number=row.number))}
        for title, row in rows.items()
    }
    assert states == {
        "要求修好水渠": {"notice": "done", "answer": "done"},
        "要求补发粮补": {"notice": "unknown", "answer": "done_late"},
        "要求恢复路灯": {"notice": "overdue", "answer": "open"},
    }
    assert {row.state for row in rows.values()} == {"S75", "S20"}
    assert all(row.late_entry for row in rows.values())
    assert haves.haves_ledger(desk, date(2026, 3, 1)).rows == ()
    assert searching.search_matters(desk, "何小梅").total == 1
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).ok


def test_importing_again_adds_nothing(desk: Desk, ledger: Path) -> None:
    importing.import_ledger(desk, ImportLedger(ledger))
    before = counts(desk)
    again = importing.import_ledger(desk, ImportLedger(ledger))
    assert (again.imported, again.skipped_known) == (0, 3)
    assert counts(desk) == before
    ledger.write_text(HEAD + ROWS + "4,2026-08-21,李四,,柳溪村,要求修桥,,,\n", "utf-8")
    more = importing.import_ledger(desk, ImportLedger(ledger))
    assert (more.imported, more.skipped_known) == (1, 3)


def test_a_dry_run_and_a_cancelled_one_write_nothing(desk: Desk, ledger: Path) -> None:
    before = counts(desk)
    dry = importing.import_ledger(desk, ImportLedger(ledger, dry_run=True))
    assert dry.imported == 3
    stopped = importing.import_ledger(desk, ImportLedger(ledger), cancelled=lambda: True)
    assert (stopped.imported, stopped.cancelled) == (0, True)
    assert counts(desk) == before


def test_one_import_is_taken_back_in_one_step_and_may_come_again(desk: Desk, ledger: Path) -> None:
    number = register(desk).number
    report = importing.import_ledger(desk, ImportLedger(ledger))
    importing.undo_import(desk, report.batch)
    assert [row.number for row in handling.matter_list(desk, MatterQuery()).matters] == [number]
    assert {d.number for d in duties.duties(desk, DutyQuery())} == {number}
    assert searching.search_matters(desk, "粮补").total == 0
    assert [row.undone for row in importing.batches(desk)] == [True]
    with pytest.raises(RuleViolation):
        importing.undo_import(desk, report.batch)
    assert safekeeping.rebuild_check(desk).ok
    again = importing.import_ledger(desk, ImportLedger(ledger))
    assert again.imported == 3
    numbers = [row.number for row in handling.matter_list(desk, MatterQuery()).matters]
    assert len(set(numbers)) == 4
    assert not any(n.endswith("20260302-A0001") for n in numbers), "a number is never used again"
    assert safekeeping.rebuild_check(desk).ok


def test_what_was_worked_on_since_is_not_taken_back(
    desk: Desk, ledger: Path, clock: MovableClock
) -> None:
    report = importing.import_ledger(desk, ImportLedger(ledger))
    open_one = handling.matter_list(desk, MatterQuery(state="S20")).matters[0].number
    clock.later(hours=1)
    handling.take_step(desk, open_one, "accept", {"reason_late": "补录"})
    before = counts(desk)
    with pytest.raises(RuleViolation) as caught:
        importing.undo_import(desk, report.batch)
    assert open_one in caught.value.sentence
    assert counts(desk) == before


def test_an_open_row_goes_on_as_any_matter(desk: Desk, ledger: Path, clock: MovableClock) -> None:
    importing.import_ledger(desk, ImportLedger(ledger))
    open_one = handling.matter_list(desk, MatterQuery(state="S20")).matters[0].number
    handling.take_step(desk, open_one, "accept", {"reason_late": "补录"})
    handling.take_step(desk, open_one, "start", {"how": "电话", "content": "约好上门"})
    owed = {d.kind: d for d in duties.duties(desk, DutyQuery(number=open_one))}
    assert owed["notice"].state == "done_late"
    assert handling.matter_view(desk, open_one).state == "S40"


def test_what_was_taken_back_is_not_worked_on(desk: Desk, ledger: Path) -> None:
    report = importing.import_ledger(desk, ImportLedger(ledger))
    gone = [row.number for row in handling.matter_list(desk, MatterQuery()).matters]
    importing.undo_import(desk, report.batch)
    for number in gone:
        assert not [offer for offer in handling.offers(desk, number) if offer.allowed]
        with pytest.raises(RuleViolation, match="已作废"):
            handling.take_step(desk, number, "note", {"record": "other", "content": "x"})
        with pytest.raises(RuleViolation, match="作废"):
            register(desk, matter=number)
