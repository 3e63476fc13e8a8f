"""Sorts the rows below a head: data, or totals, signatures, page heads, zero reports, blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .mapping import Column
from .rows import SkippedRow
from .sheets import Cell, blank, written
from .tables import Table, repeats_head
from .words import Kind, matches, value_patterns

_DITTO = frozenset({"同上", "同前", "〃", "″", '"', "“", "”", "''", "同上行"})
_COUNTERS = frozenset({"no", "source_number"})
_SAYS_NOTHING = frozenset(
    {"", "/", "-", "—", "--", "——", "无", "不详", "未提供", "未知", "暂无", "\\"}
)
_NO_TICK = frozenset({"0", "×", "否", "无", "/", "-", "—"})
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")  # what turns the direction of a text
_WORTH_READING = frozenset({"detail", "title", "claims", "name", "parties"})


@dataclass(frozen=True)
class Line:
    """One row of data: its cells by field, merged cells and 同上 already carried down.

    ``columns`` tells where a field stands; a field with several columns has their texts joined.
    """

    row: int  # from 0
    values: Mapping[str, Cell]
    columns: Mapping[str, Column]
    cells: tuple[tuple[str, str], ...]
    zero: bool = False

    def text(self, field: str) -> str:
        """The cell's text on one line; empty where nothing is said (``/``, 无, 不详)."""
        text = self.written(field)
        return "" if text in _SAYS_NOTHING else text

    def written(self, field: str) -> str:
        """The cell's text on one line, as it is."""
        return one_line(written(self.values.get(field)))


def one_line(text: str) -> str:
    """Without control characters and line breaks; inner spaces stay where there are only those."""
    text = _OVERRIDES.sub("", text)
    if re.search(r"[\x00-\x1f\x7f-\x9f]", text):
        text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text).split())
    return text.strip()


def several_lines(text: str) -> str:
    """Lines without outer spaces and without empty ones; other control characters go."""
    text = _OVERRIDES.sub("", text)
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+ *", " ", text.replace("\r\n", "\n"))
    return "\n".join(line for part in text.split("\n") if (line := part.strip(" \u3000\xa0")))


def read_lines(table: Table, columns: Sequence[Column], kind: Kind) -> Iterator[Line | SkippedRow]:
    """The rows of a table in order; blank ones are left out without a word."""
    above: dict[int, Cell] = {}
    for row in range(table.first, table.last):
        texts = list(table.sheet.texts(row))
        if not _says_something(texts, columns):
            continue
        line = _line(table, columns, row, above)
        if kind == "disputes" and _is_zero(texts, line):
            yield Line(line.row, line.values, line.columns, line.cells, zero=True)
            continue
        why = _why_no_data(table, columns, row, texts)
        if why:
            text = " ".join(one_line(t) for _, t in texts)
            yield SkippedRow(table.sheet.name, row + 1, why, text[:80])
        else:
            yield line


def _says_something(texts: Sequence[tuple[int, str]], columns: Sequence[Column]) -> bool:
    """Not blank, and more than a number prepared for a row that nobody filled in."""
    counters = {c.index for c in columns if c.field in _COUNTERS}
    return any(index not in counters for index, _ in texts)


def _line(table: Table, columns: Sequence[Column], row: int, above: dict[int, Cell]) -> Line:
    values: dict[str, Cell] = {}
    where: dict[str, Column] = {}
    cells: list[tuple[str, str]] = []
    for column in columns:
        if column.dropped:
            continue
        cell = table.sheet.carried(row, column.index)
        if isinstance(cell, str) and cell.strip() in _DITTO:
            cell = above.get(column.index)
        above[column.index] = cell
        if blank(cell):
            cell = None
        else:
            cells.append((column.header, written(cell)))
        if column.tick:
            cell = column.tick if cell is not None and written(cell) not in _NO_TICK else None
        if column.field:
            where.setdefault(column.field, column)
            before = values.get(column.field)
            if before is not None and cell is not None:
                cell = f"{written(before)}、{written(cell)}"
            values[column.field] = before if cell is None else cell
    return Line(row, values, where, tuple(cells))


def _is_zero(texts: Sequence[tuple[int, str]], line: Line) -> bool:
    if line.text("parties") or line.text("category"):
        return False
    patterns = value_patterns("zero")["patterns"]
    return any(matches(patterns, re.sub(r"\s", "", t)) for _, t in texts)


def _why_no_data(
    table: Table, columns: Sequence[Column], row: int, texts: Sequence[tuple[int, str]]
) -> str:
    words = value_patterns("rows")
    fold = unicodedata.normalize("NFKC", re.sub(r"\s", "", texts[0][1]))
    if matches(words["total"], fold):
        return "合计行"
    if len(texts) <= 6 and any(
        matches(words["signature"], unicodedata.normalize("NFKC", re.sub(r"\s", "", t)))
        for _, t in texts[:2]
    ):
        return "填表、签字或说明行"
    if repeats_head(table.sheet, row, table.head):
        return "重复的表头"
    if [t for _, t in texts] == [str(i) for i in range(1, len(texts) + 1)] and len(texts) > 3:
        return "栏号行"
    if len(texts) == 1 and len(columns) > 3:
        field = next((c.field for c in columns if c.index == texts[0][0]), "")
        if field not in _WORTH_READING:
            return "只有一格有字的行"
    return ""
