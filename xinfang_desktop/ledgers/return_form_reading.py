"""Reads a filled reporting form (报送表) back: whose it is, the answers, the tables, every doubt.

The file comes from outside and may be anything. It is opened as every foreign workbook is; the
form is known by the mark that nobody sees, its tables by their heads wherever they stand now.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..domain.date_column import AFTER_TODAY
from ..domain.dates import parse_date, read_date
from ..domain.errors import RuleViolation
from .lines import one_line, several_lines
from .mapping import Column
from .reading import read_workbook
from .return_form import LABELS, MARK, MARKED, VERSION
from .return_form_tables import FilledDispute, Progress, Tables, read_tables
from .rows import Problem
from .sheets import Cell, Sheet, Workbook, written
from .words import normalise_header
from .worker import column_letters

MOST_ROWS, MOST_COLUMNS = 5_000, 200
"""Of a sheet; a form has forty rows. More is a mistake or worse."""

_ANSWERS = {True: re.compile("没有|无|零报告"), False: re.compile("有")}


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledReturn:
    """A filled form. Village, series, theme and period are those that the form was made for.

    ``zero`` is the answer as given, ``None`` where the question stands open. ``dropped`` are
    columns that somebody added, each with the reason why nothing of it was read.
    """

    village_code: str
    village: str
    series: str
    theme: str
    period: str
    zero: bool | None
    disputes: tuple[FilledDispute, ...]
    progress: tuple[Progress, ...]
    reporter: str
    filled_on: date | None
    note: str
    problems: tuple[Problem, ...]
    dropped: tuple[Column, ...]


def may_be_return_form(path: Path) -> bool:
    """A quick look whether the mark of the form stands in a file; nothing else is read of it."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = [n for n in book.namelist() if n.startswith("xl/") and n.endswith(".xml")]
            return any(_holds_mark(book, name) for name in parts[:_MOST_PARTS])
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False  # whatever it is, it is read, and refused in words, as a ledger


_MOST_PARTS, _LOOKED_AT = 20, 1_000_000  # parts of a file, bytes of each


def _holds_mark(book: zipfile.ZipFile, name: str) -> bool:
    with book.open(name) as part:
        return MARK.encode() in part.read(_LOOKED_AT)


def read_return_form(path: Path, *, today: date) -> FilledReturn | None:
    """The return in a file; ``None`` where the file is a workbook, but not this form.

    ``today`` completes days without a year, and nothing may have been found after it. Raises
    what :func:`read_workbook` raises, and RuleViolation for a form of another version, one
    without its head, or one that is far too large.
    """
    workbook = read_workbook(path)
    told = _marked(workbook)
    if told is None:
        return None
    sheets = [sheet for sheet in workbook.sheets if sheet.visible]
    if any(len(s.rows) > MOST_ROWS or s.width - s.left > MOST_COLUMNS for s in sheets):
        raise RuleViolation(
            "return_form_too_long",
            f"这份报送表有的工作表超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，没有读",
            mend="请核对是不是选错了文件；确是报送表的，请用重新导出的空表填写",
        )
    tables = read_tables(sheets, period=told["period"], today=today)
    if not tables.heads:
        raise RuleViolation(
            "return_form_broken",
            "这份报送表的表头不见了，认不出哪一格是什么",
            mend="请用重新导出的空表填写，不要改动灰色的格子",
        )
    answers = _Answers(sheets, tables)
    answers.check_given(told)
    zero = answers.zero(tables)
    reporter = answers.text("reporter", "没有写填报人")
    filled_on = answers.filled_on(today)
    order = {sheet.name: place for place, sheet in enumerate(sheets)}
    problems = answers.problems + tables.problems
    return FilledReturn(
        village_code=told["village_code"],
        village=told["village"],
        series=told["series"],
        theme=told["theme"],
        period=told["period"],
        zero=zero,
        disputes=tuple(tables.disputes),
        progress=tuple(tables.progress),
        reporter=reporter,
        filled_on=filled_on,
        note=answers.lines("note"),
        problems=tuple(sorted(problems, key=lambda p: (order.get(p.sheet, 0), p.row))),
        dropped=tuple(tables.dropped),
    )


def _marked(workbook: Workbook) -> dict[str, str] | None:
    """What the unseen sheet says; ``None`` without one."""
    for sheet in workbook.sheets:
        mark, _, version = written(sheet.value(0, 0)).partition(" ")
        if mark != MARK:
            continue
        if version != str(VERSION):
            raise RuleViolation(
                "return_form_version",
                "这份报送表是别的版本的程序做的，读不了",
                mend="请把两边的程序升到同一版本，或重新导出一份空表来填",
            )
        told = dict.fromkeys(MARKED, "")
        for row in range(1, len(MARKED) + 1):
            name = written(sheet.value(row, 0))
            if name in told:
                told[name] = one_line(written(sheet.value(row, 1)))
        return told
    return None


@dataclass(frozen=True, slots=True)
class _Answer:
    """A cell beside its words: where it is (row and column from 0) and what it says."""

    sheet: str
    row: int
    column: int
    value: Cell


class _Answers:
    """The cells above the tables, each found by the words at its left."""

    def __init__(self, sheets: Sequence[Sheet], tables: Tables) -> None:
        self.problems: list[Problem] = []
        self._found: dict[str, _Answer] = {}
        names = {normalise_header(words): name for name, words in LABELS.items()}
        for sheet in sheets:
            for row in range(sheet.top, tables.heads.get(sheet.name, sheet.bottom)):
                self._look(sheet, row, names)

    def _look(self, sheet: Sheet, row: int, names: Mapping[str, str]) -> None:
        cells = [(c, names.get(normalise_header(text), "")) for c, text in sheet.texts(row)]
        for place, (column, name) in enumerate(cells):
            if not name or name in self._found:
                continue
            beside, words = cells[place + 1] if place + 1 < len(cells) else (column, name)
            value = "" if words else sheet.value(row, beside)
            self._found[name] = _Answer(sheet.name, row, column if words else beside, value)

    def lines(self, name: str) -> str:
        """What stands there, on several lines."""
        answer = self._found.get(name)
        return several_lines(written(answer.value)) if answer else ""

    def text(self, name: str, missing: str = "") -> str:
        """What stands there, on one line; ``missing`` is the problem where it is empty."""
        text = one_line(self.lines(name))
        if missing and not text:
            self._add(name, f"{name}_missing", missing)
        return text

    def check_given(self, told: Mapping[str, str]) -> None:
        """A form copied from another village or month shows it in what was retyped."""
        for name in ("village", "words"):
            shown = self.text(name)
            if shown and normalise_header(shown) != normalise_header(told[name]):
                why = f"这份表是给“{told[name]}”的，这里却改成了“{shown}”；请用本村本期的表"
                self._add(name, "given_changed", why)

    def filled_on(self, today: date) -> date | None:
        """The day of filling in."""
        if not self.text("filled_on", "没有写填报日期"):
            return None
        value = self._found["filled_on"].value
        reading = read_date(value)
        if reading.partial:
            reading = parse_date(value, today=today)
        if reading.value is None:
            self._add("filled_on", "date_unclear", reading.why)
        elif reading.value > today:
            self._add("filled_on", "date_future", AFTER_TODAY)
            return None
        return reading.value

    def zero(self, tables: Tables) -> bool | None:
        """Whether the form reports that there is nothing new (零报告); contradictions are told."""
        text, rows = self.text("answer"), len(tables.disputes)
        zero = next((said for said, pattern in _ANSWERS.items() if pattern.match(text)), None)
        if zero is None and not text and tables.said_nothing and not rows:
            return True
        if zero is None and text:
            self._add("answer", "answer_unclear", f"“{text}”不是“有”，也不是“没有（零报告）”")
        elif zero is None:
            self._add("answer", "answer_missing", "没有回答本期有没有新发现的纠纷")
        elif zero and rows:
            why = f"选了“没有（零报告）”，下面却填了 {rows} 起纠纷"
            self._add("answer", "zero_with_rows", why)
        elif not zero and not rows:
            self._add("answer", "rows_missing", "选了“有”，下面一起也没有填")
        return zero

    def _add(self, name: str, code: str, why: str) -> None:
        at = self._found.get(name)
        self.problems.append(
            Problem(
                sheet=at.sheet if at else "", row=at.row + 1 if at else 1, no=None,
                column=column_letters(at.column) if at else "", header=LABELS[name], field=name,
                value=self.text(name), code=code, why=why,
            )
        )  # fmt: skip
