"""Writes a ledger of ours as a workbook (台账导出): one sheet that reads and prints like a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import BinaryIO, Literal

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from .cells import (
    AS_TEXT,
    AUTHOR,
    CENTRE,
    FRAME,
    HEAD,
    LEFT,
    face,
    fit_to_paper,
    put,
    sheet_name,
    wide,
)
from .worker import column_letters

Kind = Literal["text", "number", "date", "id"]
Value = str | int | Decimal | date | None

_ALIGNED = {"text": LEFT, "number": Alignment("right", "center"), "date": CENTRE, "id": LEFT}
_TITLE_PT, _HEAD_PT, _LINE_PT = 30, 32, 18  # row heights


@dataclass(frozen=True, slots=True)
class OutColumn:
    """One column. ``width`` in characters, a Chinese one counting two.

    ``id``: digits that are no number (编号, 证件号码, 电话) and are kept one by one.
    """

    title: str
    kind: Kind = "text"
    width: float = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class TableOut:
    """A table as it shall be read: lines above, columns, rows in their order, lines below."""

    title: str
    columns: tuple[OutColumn, ...]
    rows: Iterable[Sequence[Value]]
    subtitle: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    sheet: str = "台账"


def write_table(out: BinaryIO, table: TableOut) -> None:
    """Write the table as xlsx; nothing is sent to ``out`` before the whole of it is made.

    A text that begins like a formula stays a text, whatever it says.
    """
    book = Book()
    book.properties.creator = AUTHOR
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_name(table.sheet, "台账")
    head = 1 + len(table.subtitle) + 1
    width = len(table.columns)
    _head(sheet, head, table.columns)
    _across(sheet, 1, table.title, table.columns)
    sheet["A1"].font, sheet["A1"].alignment = face(16, bold=True), CENTRE
    sheet.row_dimensions[1].height = _TITLE_PT
    for row, text in enumerate(table.subtitle, 2):
        _across(sheet, row, text, table.columns)
    foot = _rows(sheet, head + 1, table) + 1
    for row, text in enumerate(table.footer, foot):
        _across(sheet, row, text, table.columns)
    last = foot + len(table.footer) - 1
    sheet.freeze_panes = f"A{head + 1}"
    fit_to_paper(sheet, area=f"A1:{column_letters(width - 1)}{last}", head_rows=f"{head}:{head}")
    made = BytesIO()
    book.save(made)
    out.write(made.getbuffer())


def _across(sheet: Worksheet, row: int, text: str, columns: Sequence[OutColumn]) -> None:
    """A line over the whole width, as high as its text needs (merged cells do not grow)."""
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.font, cell.alignment = face(), LEFT
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
    room = sum(column.width for column in columns)
    lines = sum(ceil(wide(part) / room) or 1 for part in text.split("\n"))
    sheet.row_dimensions[row].height = _LINE_PT * lines


def _head(sheet: Worksheet, row: int, columns: Sequence[OutColumn]) -> None:
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(row, index)
        put(cell, column.title)
        cell.font, cell.fill = face(bold=True), HEAD
        cell.border, cell.alignment = FRAME, CENTRE
        sheet.column_dimensions[column_letters(index - 1)].width = column.width
    sheet.row_dimensions[row].height = _HEAD_PT


def _rows(sheet: Worksheet, first: int, table: TableOut) -> int:
    """Write the rows from ``first`` on; returns the last row written."""
    font = face()
    row = first - 1
    for row, values in enumerate(table.rows, first):
        for index, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
            cell = sheet.cell(row, index)
            put(cell, str(value or "") if column.kind == "id" else value)
            if column.kind == "id":
                cell.number_format = AS_TEXT
            cell.font, cell.border, cell.alignment = font, FRAME, _ALIGNED[column.kind]
    return row
