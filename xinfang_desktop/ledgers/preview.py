"""Reads a whole ledger without writing anything (试读): rows, problems, what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..domain.errors import RuleViolation
from .interpreting import Findings, KnownCategory, Setting, interpret
from .lines import Line, read_lines
from .mapping import (
    DROP,
    KEEP,
    LEFT_OUT,
    Column,
    MappingProfile,
    guess_kind,
    head_signature,
    kind_scores,
    map_columns,
    why_list,
)
from .reading import read_workbook
from .rows import LedgerRow, Problem, SkippedRow, ZeroReport, with_keys
from .sheets import Workbook
from .tables import Table, Title, find_tables
from .words import Kind

ProfileFor = Callable[[str], MappingProfile | None]
"""From the signature of the heads of a file to what was said about such a file, if anything."""

MAX_ROWS = 20_000  # that hold something, all sheets together; a township has some hundreds a year


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What was made of one table: its head rows (from 1, both inside) and its columns."""

    sheet: str
    head: tuple[int, int]
    title: str
    columns: tuple[Column, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sheet that was not read, and why."""

    sheet: str
    why: str


@dataclass(frozen=True)
class LedgerReading:
    """The dry run of one file. ``data_rows`` counts the rows that hold something, read or not."""

    path: Path
    kind: Kind
    workbook: Workbook
    tables: tuple[TableMapping, ...]
    rows: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...]
    zero_reports: tuple[ZeroReport, ...]
    skipped: tuple[SkippedRow, ...]
    left_out: tuple[LeftOut, ...]
    data_rows: int
    signature: str = ""
    profile: MappingProfile | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that were read."""
        return tuple(dict.fromkeys(t.sheet for t in self.tables))

    @property
    def dropped_columns(self) -> tuple[Column, ...]:
        """Columns of which nothing is kept, each header once."""
        found = {c.header: c for t in self.tables for c in t.columns if c.dropped}
        return tuple(found.values())

    @property
    def unknown_columns(self) -> tuple[Column, ...]:
        """Columns that mean no field of ours; they are kept as written."""
        found = {c.header: c for t in self.tables for c in t.columns if not c.field}
        return tuple(c for c in found.values() if not c.dropped)

    @property
    def villages(self) -> tuple[str, ...]:
        """Every village that a row or a zero report names, in order of appearance."""
        named = [r.village for r in self.rows] + [z.village for z in self.zero_reports]
        return tuple(dict.fromkeys(v for v in named if v))

    def mapping(self) -> dict[str, Any]:
        """What the automatic mapping did and what it did not know, as plain values."""
        return {
            "kind": self.kind,
            "profile": self.profile.name if self.profile else None,
            "sheets": [
                {
                    "sheet": t.sheet,
                    "title": t.title,
                    "head_rows": list(t.head),
                    "rows": t.rows,
                    "columns": {c.header: c.field for c in t.columns if c.field},
                    "unknown": [c.header for c in t.columns if not c.field and not c.dropped],
                }
                for t in self.tables
            ],
            "left_out": [{"sheet": o.sheet, "why": o.why} for o in self.left_out],
            "skipped_rows": [{"sheet": s.sheet, "row": s.row, "why": s.why} for s in self.skipped],
        }

    def as_profile(self, name: str) -> MappingProfile:
        """The mapping as it is now, to be kept and applied to the next ledger of this layout.

        Left to be guessed again: columns to tick, and headers that mean different things in
        different tables. What must not be kept is not said either, so it stays dropped.
        """
        said = {
            (c.key, DROP if c.dropped else c.field or KEEP)
            for t in self.tables
            for c in t.columns
            if c.dropped in ("", LEFT_OUT) and not c.tick
        }
        ways = Counter(key for key, _ in said)
        columns = {key: field for key, field in said if ways[key] == 1}
        told = self.profile or MappingProfile(name)
        return replace(told, name=name, kind=self.kind, columns=columns)


def read_ledger(
    path: Path,
    *,
    kind: Kind | None = None,
    profile_for: ProfileFor = lambda signature: None,
    known_category: KnownCategory,
    today: date,
    villages: Sequence[str] = (),
    by_hand: bool = False,
) -> LedgerReading:
    """Read a ledger file and report; nothing is written anywhere.

    ``profile_for`` gives what was said about ledgers with such heads; ``known_category`` the
    code of a class as written, or ``None``; ``villages`` are the names the office has.
    ``by_hand``: a head in words that nobody knows is taken, for a person to say what they mean
    (and so it is where ``profile_for`` knows it). Raises what :func:`read_workbook` raises, and
    RuleViolation when no sheet looks like a ledger or all of it is a list of people.
    """
    workbook = read_workbook(path)
    found, left_out = _tables(workbook, path.stem)
    refused = None if found else _nothing_to_read(left_out)
    if refused:
        found, left_out = _tables(workbook, path.stem, any_words=True)
    if not found:
        raise _nothing_to_read(left_out)
    signature = head_signature(found)
    profile = profile_for(signature)
    if refused and not (by_hand or (profile and profile.columns)):
        raise refused
    rows = sum(table.sheet.filled_rows(table.first, table.last) for table in found)
    if rows > MAX_ROWS:
        raise _too_many(rows)
    kind = kind or (profile.kind if profile else None) or guess_kind(found)
    tables, others = _of_kind(found, kind)
    left_out += others
    findings: list[tuple[TableMapping, Findings]] = []
    skipped: list[SkippedRow] = []
    data_rows = 0
    for table in tables:
        columns = map_columns(table.head, kind, profile)
        lines: list[Line] = []
        for line in read_lines(table, columns, kind):
            if isinstance(line, Line):
                lines.append(line)
            else:
                skipped.append(line)
        setting = Setting(table, columns, kind, today, known_category, profile, villages, path.stem)
        head = (table.head.top + 1, table.head.bottom + 1)
        mapping = TableMapping(table.sheet.name, head, table.title.text, columns, len(lines))
        read = interpret(lines, setting)
        read.rows = [
            replace(row, period=_period(table.title, row.received_on)) for row in read.rows
        ]
        findings.append((mapping, read))
        data_rows += len(lines)
    return LedgerReading(
        path=path,
        kind=kind,
        workbook=workbook,
        tables=tuple(mapping for mapping, _ in findings),
        rows=with_keys(row for _, f in findings for row in f.rows),
        problems=tuple(problem for _, f in findings for problem in f.problems),
        zero_reports=tuple(zero for _, f in findings for zero in f.zero_reports),
        skipped=tuple(skipped),
        left_out=tuple(left_out),
        data_rows=data_rows,
        signature=signature,
        profile=profile,
    )


def _period(title: Title, day: date) -> str:
    """The month or quarter that a title names (5月份排查台账); nothing for a whole year.

    Where the title leaves the year out, it is that of ``day``.
    """
    if len(title.years) > 1:
        return ""
    year = title.years[0] if title.years else day.year
    if title.month:
        return f"{year}-{title.month:02}"
    return f"{year}-Q{title.quarter}" if title.quarter else ""


def _tables(
    workbook: Workbook, file_title: str, *, any_words: bool = False
) -> tuple[list[Table], list[LeftOut]]:
    """The tables of all visible sheets, and what was left out."""
    tables: list[Table] = []
    left_out: list[LeftOut] = []
    for sheet in workbook.sheets:
        if sheet.empty:
            continue
        if not sheet.visible:
            left_out.append(LeftOut(sheet.name, "隐藏的工作表没有读；要导入请先取消隐藏"))
            continue
        found = find_tables(sheet, file_title=file_title, any_words=any_words)
        if not found:
            left_out.append(LeftOut(sheet.name, "没有找到台账的表头"))
        for table in found:
            why = why_list(table, file_title=file_title)
            if why:
                left_out.append(LeftOut(sheet.name, why))
            else:
                tables.append(table)
    return tables, left_out


def _nothing_to_read(left_out: Sequence[LeftOut]) -> RuleViolation:
    lists = [o.why for o in left_out if "名单" in o.why]
    if lists:
        return RuleViolation(
            "watch_list",
            lists[0],
            mend="请改用来信来访登记台账或矛盾纠纷排查台账",
            article="《信访工作条例》第四十六条",
        )
    if not left_out:
        return RuleViolation("ledger_empty", "表格里没有内容", mend="请确认选对了文件")
    return RuleViolation(
        "no_header",
        "没有找到台账的表头",
        mend="请在第一行写上栏目名，至少要有日期、姓名（当事人）和反映的问题，再导入",
    )


def _too_many(rows: int) -> RuleViolation:
    return RuleViolation(
        "ledger_too_long",
        f"表格有 {rows} 行，超过一次可导入的 {MAX_ROWS} 行",
        mend="请按年份拆成几个文件，分几次导入",
    )


def _of_kind(tables: Sequence[Table], kind: Kind) -> tuple[list[Table], list[LeftOut]]:
    """The tables of this kind; a file with one kind of tables is taken as the caller says."""
    if len({guess_kind([t]) for t in tables}) < 2:
        return list(tables), []
    chosen: list[Table] = []
    others: list[LeftOut] = []
    for table in tables:
        scores = kind_scores(table)
        if scores[kind] * 3 >= max(scores.values()) * 2:
            chosen.append(table)
        else:
            other = "矛盾纠纷" if kind == "matters" else "信访事项"
            others.append(LeftOut(table.sheet.name, f"这是{other}的表，请另外按{other}导入一次"))
    return chosen or list(tables), others if chosen else []
