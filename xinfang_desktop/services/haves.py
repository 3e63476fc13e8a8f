"""四有台账: the four "有" of each first visit, with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain import four_haves
from ..domain.clocks import spoken
from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.matter import MatterFile
from ..domain.records import Intake
from ..store import queries
from ..store.changelog import new
from ..store.database import Connection
from ..store.files import load_file, load_files
from .desk import Desk, use_case
from .duty_rows import DutyRow, rows_for, short_number
from .finding import check_unsealed, find_matter
from .registration import have_step
from .subject_cards import masked_names


@dataclass(frozen=True, slots=True)
class HaveItem:
    """One of the four. ``mark``: done, none (asked, nobody in need), work, today, late, blank."""

    kind: str
    name: str
    state: str
    due: date
    due_raw: date | None
    done_on: date | None
    by: str
    content: str
    article: str
    word: str
    mark: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class HavesView:
    """The four of one visit; ``complete`` only when all four are evidenced."""

    number: str
    title: str
    masked_name: str
    received_on: date
    channel_name: str
    village: str
    items: tuple[HaveItem, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class HavesRow:
    """One visit in the ledger: four marks and what comes next."""

    number: str
    short_number: str
    received_on: date
    title: str
    masked_name: str
    village: str
    marks: tuple[str, str, str, str]
    next_word: str
    due: date | None
    urgency: str
    words: str
    complete: bool


@dataclass(frozen=True, slots=True)
class HavesLedger:
    """A month of first visits; ``done`` counts the evidenced ones of each kind."""

    month: date
    rows: tuple[HavesRow, ...]
    done: Mapping[str, int]
    referred: int


@use_case("read_haves")
def haves_of(desk: Desk, number: str) -> HavesView:
    """The four of the visit that opened this matter (or of the item of that number)."""
    with desk.reading() as conn:
        file, intake = _visit(desk, conn, number)
        return _view(desk, conn, file, intake)


@use_case("set_have")
def set_have(desk: Desk, number: str, kind: str, data: Mapping[str, Any]) -> HavesView:
    """Write down evidence for one of the four."""
    with desk.writing() as tx:
        file, intake = _visit(desk, tx.conn, number)
        reading = four_haves.read_evidence(
            kind, data, today=desk.today, received_on=intake.received_on
        )
        if reading.problems:
            raise reading.problems[0]
        tx.append([new(have_step(desk, tx.conn, intake, kind, reading.values))])
        after = load_file(tx.conn, file.matter.id)
        assert after is not None
        return _view(desk, tx.conn, after, intake)


def _visit(desk: Desk, conn: Connection, number: str) -> tuple[MatterFile, Intake]:
    matter = find_matter(desk, conn, number)
    check_unsealed(desk, matter)
    file = load_file(conn, matter.id)
    assert file is not None
    if matter.voided or matter.state == "T12":
        raise RuleViolation(
            "matter_voided", "这件事已经作废，不再登记“四有”。", mend="请核对编号。", field="number"
        )
    wanted = number.strip().upper()
    visits = [intake for intake in file.intakes if four_haves.owed_for(intake)]
    named = [i for i in visits if wanted in (i.number, short_number(i.number))]
    if not visits:
        raise RuleViolation(
            "no_first_visit", "这件事不是首次来访，不用登记“四有”。",
            mend="“四有”只对首次来访登记；其他情况请在事项页上“记一笔”。", field="number",
        )  # fmt: skip
    return file, (named or visits)[0]


def _view(desk: Desk, conn: Connection, file: MatterFile, intake: Intake) -> HavesView:
    now = desk.setting(conn)
    rows = _rows(desk, conn, [file.matter.id])
    haves = four_haves.read(file, intake)
    items = tuple(_item(have, rows[f"haves.{have.kind}:{intake.id}"]) for have in haves)
    row, _ = queries.matters(conn, queries.MatterFilter(ids=(file.matter.id,)))
    names = masked_names(conn, {r["id"]: r for r in row})
    return HavesView(
        number=file.matter.number, title=file.matter.title,
        masked_name=names.get(file.matter.id, ""), received_on=intake.received_on,
        channel_name=now.codes["channel"].name_of(intake.channel),
        village=now.villages.get(intake.village, ""), items=items,
        complete=four_haves.complete(haves),
    )  # fmt: skip


def _rows(desk: Desk, conn: Connection, matters: Iterable[str]) -> dict[str, DutyRow]:
    """The duties of the four, by their keys, which name the visit."""
    found = queries.duties_of(conn, matters, unsettled=False)
    pairs = [owed for owed in found if owed.duty.kind.startswith("haves.")]
    return {row.id.partition("/")[2]: row for row in rows_for(desk, conn, pairs, desk.today)}


def _item(have: four_haves.Have, row: DutyRow) -> HaveItem:
    return HaveItem(
        kind=have.kind, name=four_haves.NAMES[have.kind], state=row.state, due=row.due,
        due_raw=row.due_raw, done_on=have.done_on, by=have.by, content=have.content,
        article=have.article, word=have.word, mark=_mark(have, row),
        fields=four_haves.FIELDS[have.kind],
    )  # fmt: skip


def _mark(have: four_haves.Have, row: DutyRow) -> str:
    if have.done_on:
        return "none" if have.asked_none else "done"
    if row.urgency in ("late", "today"):
        return row.urgency
    return "work" if have.in_progress else "blank"


@use_case("read_haves")
def haves_ledger(desk: Desk, month: date) -> HavesLedger:
    """The first visits received in that month, newest first."""
    first = month.replace(day=1)
    last = f"{first:%Y-%m}-31"
    with desk.reading() as conn:
        now = desk.setting(conn)
        ids = queries.first_visits(conn, first.isoformat(), last)
        names = masked_names(conn, queries.matters_by_id(conn, ids))
        duty_rows = _rows(desk, conn, ids)
        rows: list[HavesRow] = []
        done = dict.fromkeys(four_haves.KINDS, 0)
        referred = 0
        for file in load_files(conn, ids):
            if file.matter.sealed or file.matter.voided or file.matter.state == "T12":
                continue
            for intake in file.intakes:
                if not four_haves.owed_for(intake) or not _within(intake, first):
                    continue
                haves = four_haves.read(file, intake)
                for have in haves:
                    done[have.kind] += bool(have.done_on)
                    referred += have.kind == "困" and have.in_progress
                village = now.villages.get(intake.village, "")
                name = names.get(file.matter.id, "")
                rows.append(_ledger_row(file, intake, haves, duty_rows, name, village))
    rows.sort(key=lambda row: (row.received_on, row.number), reverse=True)
    return HavesLedger(first, tuple(rows), done, referred)


def _within(intake: Intake, first: date) -> bool:
    return (intake.received_on.year, intake.received_on.month) == (first.year, first.month)


def _ledger_row(
    file: MatterFile,
    intake: Intake,
    haves: tuple[four_haves.Have, ...],
    duty_rows: Mapping[str, DutyRow],
    name: str,
    village: str,
) -> HavesRow:
    rows = [duty_rows[f"haves.{have.kind}:{intake.id}"] for have in haves]
    marks = tuple(_mark(have, row) for have, row in zip(haves, rows, strict=True))
    waiting = [(h, r) for h, r in zip(haves, rows, strict=True) if not h.done_on]
    following = min(waiting, key=lambda pair: pair[1].due, default=None)
    if following:
        have, row = following
        promised = f"约定 {spoken(have.promised_on)}答复" if have.promised_on else row.title
        next_word = f"{have.kind}：{promised.split('：')[-1]}"
    return HavesRow(
        number=file.matter.number, short_number=short_number(file.matter.number),
        received_on=intake.received_on, title=file.matter.title, masked_name=name,
        village=village, marks=marks,  # type: ignore[arg-type]
        next_word=next_word if following else "四项都有着落",
        due=following[1].due if following else None,
        urgency=following[1].urgency if following else "done",
        words=following[1].words if following else "已办完",
        complete=four_haves.complete(haves),
    )  # fmt: skip
