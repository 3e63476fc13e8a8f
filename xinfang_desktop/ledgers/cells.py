"""Cells and pages of the workbooks we write (写出的单元格): texts stay texts, sheets fit the paper."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from .sheets import Cell

DAY = "yyyy-mm-dd"
AS_TEXT = "@"
AUTHOR = "信访台"

HEAD = PatternFill("solid", fgColor="E9ECEA")
FRAME = Border(*(Side("thin", color="78837F"),) * 4)
LEFT = Alignment(vertical="center", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)

_FACE = "宋体"  # what WPS and Excel write Chinese in
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG_NUMBER = re.compile(r"\d{11,}[Xx]?")
_LONGEST = 32_767  # characters that a cell can hold
_MARGIN = 0.4  # inches


def face(size: float = 11, *, bold: bool = False) -> Font:
    """The font of our own sheets, in points."""
    return Font(name=_FACE, size=size, bold=bold, charset=134)


def put(cell: BookCell, value: Cell | Decimal) -> None:
    """Write a value as what it is: text, whole or exact number, day, or yes and no."""
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    elif isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        cell.value = int(value)
        cell.number_format = "0" if abs(value) >= 10**10 else cell.number_format
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY


def put_text(cell: BookCell, text: str) -> None:
    """A text that is never read as a formula, and a long number that stays one digit by digit."""
    text = _UNWRITABLE.sub("", text)[:_LONGEST]
    cell.value = text
    if text.startswith(_LIKE_A_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
    elif _LONG_NUMBER.fullmatch(text):
        cell.number_format = AS_TEXT


def wide(text: str) -> int:
    """How many characters wide a text is, a Chinese one counting two."""
    return len(text.encode("gbk", "replace"))


def sheet_name(name: str, fallback: str) -> str:
    """A name that a sheet may have: 31 characters, none that stand in references."""
    return re.sub(r"[\\/*?:\[\]\x00-\x1f]", "_", name).strip("'")[:31] or fallback


def fit_to_paper(sheet: Worksheet, *, area: str, head_rows: str) -> None:
    """A4 landscape, one page wide; ``head_rows`` (``"1:3"``) stand again on every page.

    ``area`` is what is printed (``"A1:H20"``); page numbers stand below.
    """
    sheet.print_area = area
    sheet.print_title_rows = head_rows
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom, margins.header, margins.footer = 0.6, 0.2, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
