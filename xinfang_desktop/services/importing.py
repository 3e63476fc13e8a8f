"""台账导入: an office's own spreadsheet becomes items and matters, or disputes and returns.

A row is history: no guard is asked about what happened before, no receipt and no four 有 are
owed for it. File, sheet, row and cells as written are kept. One import is one undoable step.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from ..domain.case_records import Dispute, ScreeningReturn
from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name
from ..domain.intake import title_of
from ..domain.records import (
    Claim,
    ImportBatch,
    ImportRow,
    Intake,
    Matter,
    Party,
    Step,
    Village,
)
from ..ledgers.preview import LedgerReading, TableMapping, read_ledger
from ..ledgers.return_form_reading import may_be_return_form
from ..ledgers.rows import LedgerRow, Problem, ZeroReport
from ..ledgers.writing import write_error_workbook
from ..store import queries
from ..store.changelog import Change, Transaction, change, new, new_id, void
from ..store.database import Connection
from ..store.files import fetch, get
from ..store.subjects import Setting
from ..store.tables import TABLES
from ..store.villages import known_villages
from . import importing_disputes as screened
from .desk import Changes, Desk, use_case
from .ledger_mapping import MappingChoice
from .numbers import Numbers
from .outputs import check_output
from .return_forms import file_form, read_form

CHUNK = 200
"""Rows between two looks at progress and cancel."""


@dataclass(frozen=True, slots=True)
class ImportLedger:
    """What to import. ``kind`` empty: guessed; ``profile`` names a remembered mapping;
    ``channel`` is the 信访形式 (code or name) of rows that do not say it.

    ``columns`` are choices of a person (key of the column → field, ``keep`` or ``drop``);
    ``fresh`` forgets what is remembered for such a head; ``by_hand`` takes a head in words that
    nobody knows; ``remember`` keeps the mapping, once imported, for the next such ledger.
    """

    path: Path
    kind: str = ""
    profile: str = ""
    channel: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    by_hand: bool = False
    remember: bool = False
    dry_run: bool = False
    errors: Path | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of it, or would. ``imported`` counts items (or disputes).

    ``remembered``: the columns were read as somebody said before for a ledger with this head;
    ``channel`` is then the 信访形式 said with it.
    """

    kind: str
    rows: int
    imported: int
    skipped_known: int
    problems: tuple[Problem, ...]
    zero_reports: tuple[ZeroReport, ...]
    dropped_columns: tuple[str, ...]
    created_villages: tuple[str, ...]
    mapping: Mapping[str, Any]
    tables: tuple[TableMapping, ...] = ()
    remembered: bool = False
    channel: str = ""
    batch: str = ""
    cancelled: bool = False
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import as the settings list it."""

    id: str
    file: str
    imported: int
    at: str
    by: str
    undone: bool


_CHANGED = Changes(
    frozenset({"matter", "intake", "dispute", "screening_return", "round", "import_batch"})
)


class _CancelledError(Exception):
    """Leaves the transaction without a commit."""


Progress = Callable[[int, int], None]


@use_case("import_ledger")
def import_ledger(
    desk: Desk,
    asked: ImportLedger,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Read a ledger and write what is new in it, all or nothing. Dry run: report only."""
    if asked.errors is not None:
        check_output(desk.home, asked.errors, asked.path)
    if not asked.kind and may_be_return_form(asked.path):
        filled = _return_form(desk, asked)
        if filled is not None:
            return filled
    reading, choice = _read(desk, asked)
    if asked.errors is not None and reading.problems:
        write_error_workbook(reading, asked.errors)
    with desk.reading() as conn:
        fresh = _fresh(conn, reading.rows)
        unknown = _unknown_villages(conn, reading.villages)
    report = ImportReport(
        kind=reading.kind, rows=reading.data_rows, imported=len(fresh),
        skipped_known=len(reading.rows) - len(fresh), problems=reading.problems,
        zero_reports=reading.zero_reports,
        dropped_columns=tuple(column.header for column in reading.dropped_columns),
        created_villages=unknown, mapping=reading.mapping(), tables=reading.tables,
        remembered=choice.remembered, channel=reading.profile.channel if reading.profile else "",
    )  # fmt: skip
    if asked.dry_run:
        return report
    try:
        report = _write(desk, reading, report, progress, cancelled)
    except _CancelledError:
        return replace(report, imported=0, cancelled=True)
    if asked.remember:
        choice.remember(reading)
    return report


def _return_form(desk: Desk, asked: ImportLedger) -> ImportReport | None:
    """A form that a village filled in is filed as its return; None where it is none."""
    read = read_form(desk, asked.path)
    if read is None:
        return None
    form, zero = read.form, bool(read.data.get("zero"))
    filed = None if asked.dry_run else file_form(desk, asked.path)
    return ImportReport(
        kind="return", rows=len(form.disputes), imported=len(form.disputes), skipped_known=0,
        problems=read.problems,
        zero_reports=(ZeroReport("", 0, form.village, form.period),) if zero else (),
        dropped_columns=tuple(column.header for column in form.dropped), created_villages=(),
        mapping={"kind": "return", "village": form.village, "period": form.period, "sheets": []},
        batch=filed.sentence if filed else "", changes=filed.changes if filed else None,
    )  # fmt: skip


def _read(desk: Desk, asked: ImportLedger) -> tuple[LedgerReading, MappingChoice]:
    if asked.kind not in ("", "matters", "disputes"):
        raise RuleViolation(
            "unknown_kind",
            "台账种类只能是信访（matters）或矛盾纠纷（disputes）。",
            mend="请写 matters 或 disputes，或不写由程序判断。",
            field="kind",
        )
    with desk.reading() as conn:
        now = desk.setting(conn)
        known = [village.name for village in known_villages(conn)]
    codes = {"matters": now.codes["category"], "disputes": now.codes["dispute_type"]}

    def known_category(text: str) -> str | None:
        for table in codes.values():
            entry = table.find(text)
            if entry:
                return entry.code
        return None

    channel = asked.channel
    if channel:
        channel = now.codes["channel"].require(channel, label="信访形式", field="channel").name
    choice = MappingChoice(
        desk, name=asked.profile, kind=asked.kind, fresh=asked.fresh, columns=asked.columns,
        channel=channel,
    )  # fmt: skip
    reading = read_ledger(
        asked.path,
        kind=asked.kind or None,  # type: ignore[arg-type]
        profile_for=choice,
        known_category=known_category,
        today=desk.today,
        villages=known,
        by_hand=asked.by_hand,
    )
    choice.check(reading)
    return reading, choice


def _fresh(conn: Connection, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    wanted = list(rows)
    known = queries.known_keys(conn, [row.key for row in wanted])
    return [row for row in wanted if row.key not in known]


def _unknown_villages(conn: Connection, named: Iterable[str]) -> tuple[str, ...]:
    known = {village.name for village in known_villages(conn)}
    return tuple(name for name in named if name not in known)


# --- writing -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """What one import needs while it writes its rows."""

    desk: Desk
    tx: Transaction
    batch: str
    file: str
    villages: dict[str, str]
    numbers: Numbers
    channels: Mapping[str, str]
    now: Setting
    found: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Ids of the disputes of each village and period."""


def _write(
    desk: Desk,
    reading: LedgerReading,
    report: ImportReport,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> ImportReport:
    with desk.writing() as tx:
        rows = _fresh(tx.conn, reading.rows)
        zeros = screened.fresh_zeros(tx.conn, reading.zero_reports)
        if not rows and not zeros:
            return replace(report, imported=0, skipped_known=len(reading.rows))
        batch = ImportBatch(
            id=new_id(), feed=desk.feed, file=shown_name(reading.path.name, 200),
            sheet="、".join(reading.sheets), profile=reading.profile.name if reading.profile else "",
            sha256=hashlib.sha256(reading.path.read_bytes()).hexdigest(), rows=reading.data_rows,
            imported=len(rows), at=desk.now(), by=desk.account.name,
        )  # fmt: skip
        tx.append([new(batch)])
        run = _Run(
            desk, tx, batch.id, batch.file, _villages(desk, tx, reading.villages),
            Numbers(desk, tx.conn), _channels(desk, tx.conn), desk.setting(tx.conn),
        )  # fmt: skip
        record = _RECORDERS[reading.kind]
        stream: Iterator[LedgerRow] = iter(rows)
        done = 0
        while part := list(islice(stream, CHUNK)):
            progress(done, len(rows))
            if cancelled():
                raise _CancelledError
            tx.append([made for row in part for made in record(run, row)])
            done += len(part)
        tx.append(screened.returns_of(desk, tx.conn, run.found, zeros, run.villages, run.batch))
        progress(done, len(rows))
    return replace(
        report, imported=len(rows), skipped_known=len(reading.rows) - len(rows), batch=batch.id,
        changes=_CHANGED,
    )  # fmt: skip


def _villages(desk: Desk, tx: Transaction, named: Iterable[str]) -> dict[str, str]:
    """Village ids by name; a name that the office does not have yet becomes one without code."""
    ids = {village.name: village.id for village in known_villages(tx.conn)}
    made = [Village(id=new_id(), feed=desk.feed, name=name) for name in named if name not in ids]
    tx.append([new(village) for village in made])
    return {**ids, **{village.name: village.id for village in made}}


def _channels(desk: Desk, conn: Connection) -> Mapping[str, str]:
    table = desk.setting(conn).codes["channel"]
    return {entry.name: entry.code for entry in table}


def _matter_records(run: _Run, row: LedgerRow) -> list[Change]:
    """One row of a registration ledger: an item, its matter, its claims, what was done."""
    desk, feed = run.desk, run.desk.feed
    number = run.numbers.next(row.received_on)
    matter_id, intake_id = new_id(), new_id()
    channel = run.channels.get(row.channel, "other")
    village = run.villages.get(row.village, "")
    claims = row.claims or (row.title or row.detail,)
    matter = Matter(
        id=matter_id, feed=feed, number=number, query_code=run.numbers.query_code(),
        title=row.title or title_of({"claims": [{"text": claims[0]}]}),
        state="S75" if row.answered_on else "S20", received_on=row.received_on, channel=channel,
        category=row.category, category_text=row.category_text, village=village, place=row.place,
        owner=desk.account.name, unit=row.unit, unreachable=row.anonymous,
        anonymous=row.anonymous, late_entry=True, history=True, batch=run.batch,
    )  # fmt: skip
    intake = Intake(
        id=intake_id, feed=feed, number=number, matter=matter_id, channel=channel,
        received_on=row.received_on, registered_at=desk.now(), registered_by=desk.account.name,
        headcount=row.headcount, village=village, place=row.place, summary=row.detail,
        anonymous=row.anonymous, first=row.first is not False, late_entry=True, history=True,
        batch=run.batch,
    )  # fmt: skip
    made = [new(matter), new(intake)]
    made += (
        new(Claim(id=new_id(), feed=feed, matter=matter_id, no=no, text=text))
        for no, text in enumerate(claims, 1)
    )
    if row.name or row.phone:
        party = Party(
            id=new_id(), feed=feed, intake=intake_id, matter=matter_id, no=1, name=row.name,
            phone=row.phone, id_number=row.id_number, address=row.address,
        )  # fmt: skip
        made.append(new(party))
    made.append(new(_history(run, row, matter_id, intake_id)))
    made.append(new(_source(run, row, matter=matter_id, intake=intake_id)))
    return made


def _history(run: _Run, row: LedgerRow, matter: str, intake: str) -> Step:
    told: dict[str, Any] = {"file": run.file, "sheet": row.sheet, "row": row.row}
    for name in ("notice_on", "answered_on"):
        day = getattr(row, name)
        if day:
            told[name] = day.isoformat()
    for name in ("answer_text", "result", "remark"):
        if getattr(row, name):
            told[name] = getattr(row, name)
    state = "S75" if row.answered_on else "S20"
    return Step(
        id=new_id(), feed=run.desk.feed, matter=matter, intake=intake, action="import",
        on=row.received_on, at=run.desk.now(), by=run.desk.account.name, from_state=state,
        to_state=state, data=told,
    )  # fmt: skip


def _source(
    run: _Run, row: LedgerRow, *, matter: str = "", intake: str = "", dispute: str = ""
) -> ImportRow:
    return ImportRow(
        id=new_id(), feed=run.desk.feed, batch=run.batch, row=row.row, key=row.key,
        cells=[row.sheet, *(list(cell) for cell in row.cells)],
        problems=[[p.column, p.field, p.value, p.code, p.why] for p in row.problems],
        matter=matter, intake=intake, dispute=dispute,
    )  # fmt: skip


def _dispute_records(run: _Run, row: LedgerRow) -> list[Change]:
    """One row of a screening ledger."""
    village = run.villages.get(row.village, "")
    number = run.numbers.next(row.received_on, "JF")
    dispute, made = screened.records_of(run.desk, run.now, row, number, village, run.batch)
    run.found[row.village, row.period].append(dispute.id)
    return [*made, new(_source(run, row, dispute=dispute.id))]


_RECORDERS: Mapping[str, Callable[[_Run, LedgerRow], list[Change]]] = {
    "matters": _matter_records,
    "disputes": _dispute_records,
}


# --- undoing -----------------------------------------------------------------------------------


@use_case("import_ledger")
def batches(desk: Desk) -> tuple[BatchRow, ...]:
    """Every import, newest first."""
    with desk.reading() as conn:
        found = fetch(conn, ImportBatch, order=(TABLES["import_batch"].c.at.desc(),))
    return tuple(
        BatchRow(b.id, b.file, b.imported, b.at.isoformat(), b.by, b.undone) for b in found
    )


_UNDONE = (Matter, Intake, Claim, Party, Dispute, ScreeningReturn)


@use_case("undo_import")
def undo_import(desk: Desk, batch_id: str) -> Changes:
    """Void everything one import brought. Refused where somebody has worked on it since."""
    with desk.writing() as tx:
        batch = get(tx.conn, ImportBatch, batch_id)
        if batch is None or batch.undone:
            raise RuleViolation("no_batch", "没有这次导入，或它已经撤销。", mend="请刷新后再试。")
        matters = fetch(tx.conn, Matter, TABLES["matter"].c.batch == batch_id)
        disputes = fetch(tx.conn, Dispute, TABLES["dispute"].c.batch == batch_id)
        brought: list[Matter | Dispute] = [*matters, *disputes]
        worked = queries.worked_on(tx.conn, [each.id for each in brought])
        if worked:
            numbers = "、".join(each.number for each in brought if each.id in worked)
            raise RuleViolation(
                "worked_on", f"这批导入里有 {len(worked)} 件后来办理过：{numbers[:200]}。",
                mend="请先处理这几件；办理过的不能随导入一起撤销，可以单独作废。",
            )  # fmt: skip
        ids = [matter.id for matter in matters]
        gone: list[Change] = []
        for cls in _UNDONE:
            table = TABLES[cls.kind]
            if "batch" in table.c:
                found = fetch(tx.conn, cls, table.c.batch == batch_id, for_change=True)
            else:
                found = [
                    record
                    for start in range(0, len(ids), CHUNK)
                    for record in fetch(
                        tx.conn, cls, table.c.matter.in_(ids[start : start + CHUNK]),
                        for_change=True,
                    )
                ]  # fmt: skip
            gone += (void(record, "撤销导入") for record in found)
        tx.append([change(batch, undone=True), *gone])
    return _CHANGED
