"""The error workbook (错误标注表): the ledger's own layout with the doubtful cells marked."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from ..domain.errors import EnvironmentProblem
from .cells import AUTHOR, put, put_text, sheet_name, wide
from .preview import LedgerReading
from .rows import Problem
from .sheets import Cell, Sheet

LIST_SHEET = "问题清单"
MOST_STYLED = 400_000  # cells of an original that is copied with its looks; above, values only

_MARK = PatternFill("solid", fgColor="FFF2CC")
_WIDEST = 60


def write_error_workbook(reading: LedgerReading, out: Path) -> int:
    """Write the ledger to ``out`` (xlsx) with every problem's cell filled and commented.

    An xlsx keeps its looks; xls, ods and csv keep cells, merges and sheets. Formulas become
    their values and texts that start like one stay texts, so nothing is run on opening. A last
    sheet lists all problems. Returns the number of marked cells. The file is written beside
    its place and renamed, so there is never half of one. Raises EnvironmentProblem.
    """
    book = _copy(reading)
    marked = _mark(_by_name(reading, book), reading.problems)
    _list_problems(book, reading.problems)
    partial = out.with_name(out.name + ".tmp")
    try:
        book.save(partial)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EnvironmentProblem(
            "file_unwritable",
            f"写不了“{out.name}”",
            mend="请确认磁盘有空间、文件没有在表格软件里打开，或换一个文件夹保存",
        ) from error
    return marked


def _copy(reading: LedgerReading) -> Book:
    if reading.workbook.kind == "xlsx" and reading.workbook.elements <= MOST_STYLED:
        book = _original(reading.path)
        if book is not None:
            _disarm(book)
            return book
    return _rebuild(reading)


def _original(path: Path) -> Book | None:
    """The workbook with its looks; ``None`` for one that Excel opens and this library does not."""
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions that it leaves out
            return load_workbook(file, data_only=True, keep_links=False)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError):
        return None


def _disarm(book: Book) -> None:
    """Take out what would run or fetch something when the file is opened."""
    book.defined_names.clear()
    for sheet in book.worksheets:
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        sheet.data_validations.dataValidation = []
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, BookCell) and cell.value is not None:
                    cell.hyperlink = None
                    if isinstance(cell.value, str):
                        put_text(cell, cell.value)


def _rebuild(reading: LedgerReading) -> Book:
    """The sheets by their plain values, merges too."""
    book = Book()
    if book.active is not None:
        book.remove(book.active)
    for i, sheet in enumerate(reading.workbook.sheets):
        target = book.create_sheet(sheet_name(sheet.name, f"表{i + 1}"))
        _fill(target, sheet)
    return book


def _fill(target: Worksheet, sheet: Sheet) -> None:
    widths: dict[int, int] = defaultdict(int)
    for r, row in enumerate(sheet.rows, sheet.top + 1):
        for c, value in enumerate(row, sheet.left + 1):
            if value is not None:
                put(target.cell(r, c), value)
                widths[c] = max(widths[c], wide(str(value)))
    for c, width in widths.items():
        letters = target.cell(1, c).column_letter
        target.column_dimensions[letters].width = min(max(width + 2, 8), _WIDEST)
    for top, left, bottom, right in sheet.merges:
        target.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )


def _by_name(reading: LedgerReading, book: Book) -> dict[str, Worksheet]:
    """The sheets of the copy by the names they had; a rebuilt one may have had to change them."""
    names = [sheet.name for sheet in reading.workbook.sheets]
    titles = {sheet.title: sheet for sheet in book.worksheets}
    return dict(zip(names, book.worksheets, strict=False)) | titles


def _mark(sheets: dict[str, Worksheet], problems: Iterable[Problem]) -> int:
    """Fill and comment; a problem without a column stands at the first cell of its row."""
    by_cell: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for p in problems:
        column = column_index_from_string(p.column) if p.column else 1
        by_cell[(p.sheet, p.row, column)].append(p.why)
    for (name, row, column), whys in by_cell.items():
        cell = _first_of_merge(sheets[name], row, column)
        note = "\n".join(([cell.comment.text] if cell.comment else []) + whys)
        cell.fill = _MARK
        cell.comment = Comment(note, AUTHOR, height=90, width=280)
    return len(by_cell)


def _first_of_merge(sheet: Worksheet, row: int, column: int) -> BookCell:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                cell = sheet.cell(area.min_row, area.min_col)
                break
    assert isinstance(cell, BookCell)
    return cell


def _list_problems(book: Book, problems: Iterable[Problem]) -> None:
    sheet = book.create_sheet(LIST_SHEET)
    sheet.append(["工作表", "行", "列", "栏目", "写的是", "问题"])
    for row, p in enumerate(problems, 2):
        values: tuple[Cell, ...] = (p.sheet, p.row, p.column, p.header, p.value, p.why)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            assert isinstance(cell, BookCell)
            put(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letters, width in zip("ABCDEF", (16, 6, 6, 20, 28, 60), strict=True):
        sheet.column_dimensions[letters].width = width
    for head in sheet[1]:
        head.font = Font(bold=True)
    sheet.freeze_panes = "A2"
