"""The two tables of a filled reporting form (报送表): new disputes, and progress of the open ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ..domain.date_column import AFTER_TODAY, complete_column
from ..domain.dates import DateReading, first_from, read_date
from ..domain.money import read_amount
from .lines import Line, one_line, read_lines, several_lines
from .mapping import Column
from .return_form import CARRIED, NEW, FormColumn
from .rows import Problem, SkippedRow
from .sheets import Sheet, blank, written
from .tables import Head, Table, Title
from .values import Notes, people, phones, running_number, too_long, yes_or_no
from .words import header_forms, matches, value_patterns, why_dropped
from .worker import column_letters

_LEAST = ((CARRIED, 6), (NEW, 8))  # so many of its heads make a row the head of a table
_LONGEST_HEADER = 60
_LONGEST_ZERO = 14  # characters: 本月无新增矛盾纠纷（零报告）
_ZERO = re.compile(
    "零报告|零上报|无新增|^(无|没有|零|0)$"
    "|(无|没有|未)(新增|新发现|新|发现|发生|排查出|排查到)?(的|任何)?(矛盾|纠纷)"
)
_PERIOD = re.compile(r"(20\d{2})(?:-(0[1-9]|1[0-2]))?(?!\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledDispute:
    """One new dispute as written; ``row`` counts from 1, ``amount`` is in 分.

    ``None`` and empty text mean that the form does not say it (or a problem tells why).
    """

    sheet: str
    row: int
    found_on: date | None
    place: str
    summary: str
    category: str
    people: int
    parties: tuple[str, ...]
    phones: tuple[str, ...]
    amount: int | None
    urgent: bool | None
    danger: bool | None
    source: str
    settled: bool | None
    method: str
    unit: str
    person: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the form says of one dispute that was open before."""

    sheet: str
    row: int
    number: str
    text: str
    settled: bool | None
    method: str


@dataclass
class Tables:
    """What the tables of all sheets say. ``heads``: the first head row (from 0) of each sheet.

    ``said_nothing``: somebody wrote 本月无新增纠纷 into the table instead of choosing the answer.
    """

    disputes: list[FilledDispute] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dropped: list[Column] = field(default_factory=list)
    heads: dict[str, int] = field(default_factory=dict)
    said_nothing: bool = False


def read_tables(sheets: Sequence[Sheet], *, period: str, today: date) -> Tables:
    """Read every table of the form in these sheets. ``period`` (``2026-09``) helps bare days."""
    found = Tables()
    for sheet in sheets:
        heads = list(_heads(sheet))
        ends = [row for row, _ in heads[1:]] + [sheet.bottom]
        for (row, known), end in zip(heads, ends, strict=False):
            found.heads.setdefault(sheet.name, row)
            columns = _columns(sheet, row, end, known)
            found.dropped += [column for column in columns if column.dropped]
            lines = _lines(sheet, row, end, columns, found)
            if known is NEW:
                _read_disputes(sheet, lines, period, today, found)
            else:
                _read_progress(sheet, lines, found)
    return found


def _heads(sheet: Sheet) -> Iterator[tuple[int, tuple[FormColumn, ...]]]:
    """Rows that hold the head of one of the two tables, and which."""
    for row in range(sheet.top, sheet.bottom):
        texts = [text for _, text in sheet.texts(row) if len(text) <= _LONGEST_HEADER]
        if len(texts) < min(least for _, least in _LEAST):
            continue
        forms = {form for text in texts for form in header_forms(text)}
        for known, least in _LEAST:
            if sum(not forms.isdisjoint(header_forms(c.header)) for c in known) >= least:
                yield row, known
                break


def _columns(sheet: Sheet, row: int, end: int, known: Sequence[FormColumn]) -> tuple[Column, ...]:
    """The columns of a table; what is not the form's own is dropped, and named."""
    columns: list[Column] = []
    for index in range(sheet.left, sheet.width):
        header = one_line(written(sheet.value(row, index)))[:_LONGEST_HEADER]
        forms = set(header_forms(header)) - {""}
        name = next((c.name for c in known if not forms.isdisjoint(header_forms(c.header))), "")
        if name and name not in {column.field for column in columns}:
            columns.append(Column(index, header, name))
        elif header or any(not blank(sheet.value(r, index)) for r in range(row + 1, end)):
            header = header or f"{column_letters(index)} 列（没有栏名）"
            why = why_dropped((header,), "disputes") or "报送表里没有这一栏"
            columns.append(Column(index, header, dropped=why))
    return tuple(columns)


def _lines(
    sheet: Sheet, row: int, end: int, columns: Sequence[Column], found: Tables
) -> list[Line]:
    """The rows that somebody filled in; those left out (合计, 签字) are told."""
    head = Head(row, row, tuple((c.index, (c.header,)) for c in columns), 0)
    lines: list[Line] = []
    for line in read_lines(Table(sheet, head, Title(), row + 1, end), columns, "matters"):
        if isinstance(line, Line) and not _filled(line):
            continue
        if isinstance(line, Line) and _is_total(line):
            line = SkippedRow(sheet.name, line.row + 1, "合计行", "合计")
        if isinstance(line, Line):
            lines.append(line)
            continue
        why = f"{line.why}，没有读入"
        found.problems.append(
            Problem(sheet.name, line.row, None, "", "", "", line.text, "row_skipped", why)
        )
    return lines


def _filled(line: Line) -> set[str]:
    return {name for name, value in line.values.items() if name != "no" and not blank(value)}


def _is_total(line: Line) -> bool:
    """合计 beside one of the prepared numbers."""
    first = next((line.written(name) for name in line.values if name in _filled(line)), "")
    return matches(value_patterns("rows")["total"], first)


def _says_zero(line: Line) -> bool:
    """A row that says nothing but that there is nothing (本月无新增纠纷)."""
    text = re.sub(r"\s", "", line.written("detail"))
    alone = _filled(line) <= {"received_on", "detail"}
    return alone and len(text) <= _LONGEST_ZERO and _ZERO.search(text) is not None


def _read_disputes(
    sheet: Sheet, lines: Sequence[Line], period: str, today: date, found: Tables
) -> None:
    told = [line for line in lines if not _says_zero(line)]
    found.said_nothing |= len(told) < len(lines)
    month = _PERIOD.match(period)
    days = complete_column(
        [read_date(line.values.get("received_on")) for line in told],
        today=today,
        years=(int(month[1]),) if month else (),
        month=int(month[2] or 0) if month else 0,
    )
    for line, day in zip(told, days, strict=True):
        notes = Notes(sheet.name, line, running_number(line))
        if not too_long(line, notes):
            found.disputes.append(_dispute(line, _found_on(day, today, notes), notes))
        found.problems += notes.found


def _dispute(line: Line, found_on: date | None, notes: Notes) -> FilledDispute:
    if not line.text("detail"):
        notes.add("detail", "content_missing", "没有写纠纷简述")
    _, parties, headcount, _ = people(line, "disputes", notes)
    amount = read_amount(line.values.get("amount"))
    if amount.why:
        notes.add("amount", "amount_unclear", amount.why)
    return FilledDispute(
        sheet=notes.sheet,
        row=line.row + 1,
        found_on=found_on,
        place=line.text("address"),
        summary=several_lines(written(line.values.get("detail"))),
        category=line.text("category"),
        people=headcount,
        parties=parties,
        phones=phones(line, notes),
        amount=amount.cents,
        urgent=_yes(line, "urgent", notes),
        danger=_yes(line, "danger", notes),
        source=line.text("source"),
        settled=_yes(line, "settled", notes),
        method=line.text("method"),
        unit=line.text("unit"),
        person=line.text("responsible"),
        due=_due(line, found_on, notes),
    )


def _found_on(day: DateReading, today: date, notes: Notes) -> date | None:
    if day.value is None:
        notes.add("received_on", "date_unclear", day.why or "没有写发现日期")
    elif day.value > today:
        notes.add("received_on", "date_future", AFTER_TODAY)
    else:
        return day.value
    return None


def _due(line: Line, found_on: date | None, notes: Notes) -> date | None:
    """The time limit; without a year the first such day after the dispute was found."""
    reading = read_date(line.values.get("due"))
    if reading.partial and found_on:
        reading = first_from(reading, found_on)
    elif reading.partial:
        reading = replace(reading, why="没有写年份")
    if reading.why:
        notes.add("due", "date_unclear", f"{reading.why}，按没有时限处理")
    elif reading.value and found_on and reading.value < found_on:
        notes.add("due", "date_order", "化解时限早于发现日期，按没有时限处理")
    else:
        return reading.value
    return None


def _yes(line: Line, name: str, notes: Notes) -> bool | None:
    text = line.written(name)
    said = yes_or_no(text)
    if text and said is None:
        notes.add(name, "answer_unclear", f"没有认出“{text}”，请从单子里选")
    return said


def _read_progress(sheet: Sheet, lines: Sequence[Line], found: Tables) -> None:
    for line in lines:
        notes = Notes(sheet.name, line, None)
        number = line.text("source_number")
        text = several_lines(written(line.values.get("result")))
        settled = _yes(line, "settled", notes)
        if not number:
            notes.add("source_number", "number_missing", "没有编号，不知道说的是哪一起纠纷")
        elif number in {told.number for told in found.progress}:
            notes.add("source_number", "number_twice", "这个编号写了两行，只读了第一行")
        elif not text and settled is None:
            notes.add("result", "progress_missing", "没有写这一期的进展")
        elif not too_long(line, notes):
            method = line.text("method")
            found.progress.append(Progress(sheet.name, line.row + 1, number, text, settled, method))
        found.problems += notes.found
