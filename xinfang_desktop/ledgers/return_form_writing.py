"""Writes the empty reporting form (报送表): drop-downs, checked cells, two tables, one unseen mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import BinaryIO

from openpyxl import Workbook as Book
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .cells import AS_TEXT, AUTHOR, CENTRE, DAY, FRAME, HEAD, LEFT, face, fit_to_paper, put
from .return_form import (
    CARRIED,
    DANGER,
    LABELS,
    MARK,
    MARKED,
    NEW,
    NOTHING,
    PREPARED_ROWS,
    SOMETHING,
    VERSION,
    YES_NO,
    FormColumn,
    ReturnForm,
)
from .sheets import Cell
from .worker import column_letters

_FREE = Protection(locked=False)
_FORMATS = {"day": DAY, "id": AS_TEXT, "text": AS_TEXT, "money": "#,##0.00", "count": "0"}
_LISTS, _MARKS = "选项", "报送表信息"
_MOST = 999_999_999_999
_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(2000, 1, 1)
_WRITTEN_PT = 32  # height of a row that somebody may fill in by hand

# row: words (cells), then what is given or filled in (cells); at the names of LABELS
_BLOCK = (
    (2, "village", "A2:B2", "C2:D2"),
    (2, "village_code", "E2", "F2:G2"),
    (2, "words", "H2", "I2:M2"),
    (2, "due", "N2", "O2:Q2"),
    (3, "answer", "A3:C3", "D3"),
    (3, "reporter", "E3", "F3:G3"),
    (3, "filled_on", "H3", "I3:K3"),
    (4, "note", "A4:B4", "C4:Q4"),
)
_HEAD_ROW = 6
_HELP = (
    "只填白色的格子。有新发现的，选“有”，一起纠纷写一行；没有的，选“没有（零报告）”，写上填报人和日期"
    "就可以报送。带下拉箭头的格子请从单子里选；不够写时在表中间插入行。"
)
_HELP_CARRIED = "上期没有了结的，每一起都写上这一期的最新进展；已经化解的，选“是”和化解方式。"


def write_return_form(out: BinaryIO, form: ReturnForm) -> None:
    """Write the form as xlsx; nothing is sent to ``out`` before the whole of it is made.

    Without macros and without passwords: cells to fill in are free, the rest is locked against
    slips of the hand only.
    """
    book = Book()
    book.properties.creator = AUTHOR
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "排查报送表"
    lists = _write_lists(book.create_sheet(_LISTS), form)
    _write_new(sheet, form, lists)
    if form.carried:
        _write_carried(book.create_sheet("上期未了的纠纷", 1), form, lists)
    _write_marks(book.create_sheet(_MARKS), form)
    made = BytesIO()
    book.save(made)
    out.write(made.getbuffer())


@dataclass(frozen=True, slots=True)
class _DropDown:
    """Where the words of a list stand, and what is said about a word that is not among them."""

    place: str
    sentence: str


_Lists = Mapping[str, _DropDown]


def _write_lists(sheet: Worksheet, form: ReturnForm) -> _Lists:
    """The words of the drop-downs, in a hidden sheet; a list without words is no drop-down."""
    lists: Mapping[str, Sequence[str]] = {
        "answer": (SOMETHING, NOTHING), "yes_no": YES_NO, "danger": DANGER,
        "types": form.types, "sources": form.sources, "methods": form.methods,
    }  # fmt: skip
    found: dict[str, _DropDown] = {}
    for index, (name, words) in enumerate(lists.items(), 1):
        for row, word in enumerate(words, 1):
            put(sheet.cell(row, index), word)
        letters = column_letters(index - 1)
        place = f"'{_LISTS}'!${letters}$1:${letters}${len(words)}"
        few = len(words) < 4
        sentence = (
            f"请选“{'”或“'.join(words)}”。" if few else "请从下拉的单子里选；都不合适的选“其他”。"
        )
        if words:
            found[name] = _DropDown(place, sentence)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    return found


def _write_marks(sheet: Worksheet, form: ReturnForm) -> None:
    put(sheet["A1"], f"{MARK} {VERSION}")
    told = {name: getattr(form, name) for name in MARKED} | {"words": form.shown_period}
    for row, name in enumerate(MARKED, 2):
        put(sheet.cell(row, 1), name)
        put(sheet.cell(row, 2), told[name])
        sheet.cell(row, 2).number_format = AS_TEXT
    sheet.sheet_state = "veryHidden"


def _write_new(sheet: Worksheet, form: ReturnForm, lists: _Lists) -> None:
    width = len(NEW)
    _across(sheet, 1, width, f"{form.office}　矛盾纠纷排查报送表", height=28)
    sheet["A1"].font, sheet["A1"].alignment = face(16, bold=True), CENTRE
    given = {
        "village": form.village, "village_code": form.village_code, "words": form.shown_period,
        "due": f"{form.due.year}年{form.due.month}月{form.due.day}日",
    }  # fmt: skip
    for row, name, words, value in _BLOCK:
        _framed(sheet, words, LABELS[name], head=True)
        _framed(sheet, value, given.get(name, ""), free=name not in given)
        sheet.row_dimensions[row].height = 24
    _framed(sheet, "L3:Q3", LABELS["hint"], head=True)
    sheet["D3"].font, sheet["D3"].alignment = face(bold=True), CENTRE
    sheet["I3"].number_format = DAY
    _across(sheet, 5, width, _HELP, height=32)
    _list(sheet, lists["answer"], "D3")
    _day(sheet, form, "I3")
    rows: list[tuple[Cell, ...]] = [(n, *[None] * (width - 1)) for n in range(1, PREPARED_ROWS + 1)]
    last = _table(sheet, _HEAD_ROW, NEW, rows, form, lists)
    for title, entries in (
        ("类别", form.types),
        ("来源", form.sources),
        ("化解方式", form.methods),
    ):
        last += 1
        _across(sheet, last, width, f"{title}：{'、'.join(entries)}", height=18)
    _finish(sheet, _HEAD_ROW, width, last)


def _write_carried(sheet: Worksheet, form: ReturnForm, lists: _Lists) -> None:
    width = len(CARRIED)
    _across(sheet, 1, width, f"{form.village}　上期未了的纠纷", height=28)
    sheet["A1"].font, sheet["A1"].alignment = face(16, bold=True), CENTRE
    _across(sheet, 2, width, f"{form.shown_period}。{_HELP_CARRIED}", height=20)
    rows = [
        (d.number, d.found_on, d.summary, d.category, d.state, None, None, None)
        for d in form.carried
    ]
    last = _table(sheet, 3, CARRIED, rows, form, lists)
    _finish(sheet, 3, width, last)


def _table(
    sheet: Worksheet, head: int, columns: Sequence[FormColumn], rows: Sequence[Sequence[Cell]],
    form: ReturnForm, lists: _Lists,
) -> int:  # fmt: skip
    """A head and its prepared rows with their checks; returns the last row."""
    last = head + len(rows)
    for index, column in enumerate(columns, 1):
        letters = column_letters(index - 1)
        _framed(sheet, f"{letters}{head}", column.header, head=True)
        sheet.column_dimensions[letters].width = column.width
        for row, values in enumerate(rows, head + 1):
            _framed(sheet, f"{letters}{row}", values[index - 1], free=not column.given)
            cell = sheet.cell(row, index)
            cell.number_format = _FORMATS.get(column.kind, cell.number_format)
            cell.alignment = LEFT if column.kind in ("text", "long", "id") else CENTRE
        if not column.given:
            _check(sheet, column, f"{letters}{head + 1}:{letters}{last}", form, lists)
    sheet.row_dimensions[head].height = 48
    for row in range(head + 1, last + 1):
        sheet.row_dimensions[row].height = _WRITTEN_PT
    return last


def _check(
    sheet: Worksheet, column: FormColumn, cells: str, form: ReturnForm, lists: _Lists
) -> None:
    match column.kind:
        case "list" if column.choices in lists:
            _list(sheet, lists[column.choices], cells)
        case "day":
            _day(sheet, form, cells)
        case "count":
            _between(
                sheet, "whole", 1, _MOST, cells, "请写数字", "请写整数，例如 3；不用写“人”字。"
            )
        case "money":
            _between(
                sheet, "decimal", 0, _MOST, cells, "请写数字", "请只写数字，单位是元，例如 15000。"
            )


def _list(sheet: Worksheet, words: _DropDown, cells: str) -> None:
    check = DataValidation(type="list", formula1=words.place)
    _refuse(sheet, check, cells, "请从单子里选", words.sentence)


def _refuse(sheet: Worksheet, check: DataValidation, cells: str, title: str, sentence: str) -> None:
    """Put a check on cells: what does not pass it is refused with this sentence."""
    check.allow_blank = check.showErrorMessage = True
    check.errorTitle, check.error = title, sentence
    check.add(cells)
    sheet.add_data_validation(check)


def _day(sheet: Worksheet, form: ReturnForm, cells: str) -> None:
    latest = date(form.due.year + 5, 12, 31)  # not today: the clock of an old PC may be wrong
    example = f"请写年月日，例如 {form.due.year}-{form.due.month}-{form.due.day}。"
    _between(sheet, "date", (_FIRST_DAY - _EPOCH).days, (latest - _EPOCH).days, cells, "请写日期", example)  # fmt: skip


def _between(
    sheet: Worksheet, kind: str, least: int, most: int, cells: str, title: str, sentence: str
) -> None:
    check = DataValidation(type=kind, operator="between", formula1=str(least), formula2=str(most))
    _refuse(sheet, check, cells, title, sentence)


def _framed(
    sheet: Worksheet, cells: str, value: Cell, *, head: bool = False, free: bool = False
) -> None:
    """One cell or merged area with its frame: ``head`` in bold, what is not ``free`` on grey."""
    first = cells.partition(":")[0]
    for row in sheet[cells] if ":" in cells else ((sheet[cells],),):
        for cell in row:
            cell.border, cell.font = FRAME, face(bold=head)
            cell.alignment = CENTRE if head else LEFT
            if free:
                cell.protection = _FREE
            else:
                cell.fill = HEAD
    put(sheet[first], value)
    if ":" in cells:
        sheet.merge_cells(cells)


def _across(sheet: Worksheet, row: int, width: int, text: str, *, height: float) -> None:
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.font, cell.alignment = face(10), LEFT
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet.row_dimensions[row].height = height


def _finish(sheet: Worksheet, head: int, width: int, last: int) -> None:
    """Frozen head, paper, and the lock that needs no password; rows may be inserted."""
    sheet.freeze_panes = f"A{head + 1}"
    sheet.sheet_view.zoomScale = 90
    fit_to_paper(sheet, area=f"A1:{column_letters(width - 1)}{last}", head_rows=f"{head}:{head}")
    sheet.protection.sheet = True
    for allowed in ("insertRows", "formatRows", "formatColumns"):
        setattr(sheet.protection, allowed, False)  # in the file's terms: not forbidden
