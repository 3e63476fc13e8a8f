"""A ledger of ours as a workbook: exact values, nothing that runs, a page that can be printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xinfang_desktop.ledgers.reading import read_workbook
from xinfang_desktop.ledgers.table_out import OutColumn, TableOut, Value, write_table

COLUMNS = (
    OutColumn("编号", "id", 20),
    OutColumn("发现日期", "date", 12),
    OutColumn("纠纷简述", width=30),
    OutColumn("涉及人数", "number", 8),
    OutColumn("涉及金额（元）", "number", 12),
    OutColumn("联系电话", "id", 14),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("20260921", date(2026, 9, 21), "水渠堵塞，两户争水", 3, Decimal("1234.50"), "013907391827"),
    ("002", None, "=HYPERLINK(1)", 0, None, ""),
)


def table(**over: object) -> TableOut:
    told = {
        "title": "青石镇2026年9月矛盾纠纷排查台账", "columns": COLUMNS, "rows": ROWS,
        "subtitle": ("填报单位：青石镇", "统计时间：2026年9月"), "footer": ("审核人：", "填表人："),
        "sheet": "9月/排查",
    }  # fmt: skip
    return TableOut(**{**told, **over})  # type: ignore[arg-type]


def written(asked: TableOut) -> Worksheet:
    out = BytesIO()
    write_table(out, asked)
    sheet = load_workbook(out).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_values_are_what_they_are() -> None:
    sheet = written(table())
    assert sheet.title == "9月_排查"
    assert [c.value for c in sheet[4]] == [column.title for column in COLUMNS]
    number, day, text, people, money, phone = sheet[5]
    assert (number.value, number.data_type, number.number_format) == ("20260921", "s", "@")
    assert day.is_date and day.value.date() == date(2026, 9, 21)
    assert (text.value, people.value) == ("水渠堵塞，两户争水", 3)
    assert (people.data_type, money.data_type, money.value) == ("n", "n", 1234.5)
    assert (phone.value, phone.data_type, phone.number_format) == ("013907391827", "s", "@")
    assert [c.value for c in sheet[6]][1:] == [None, "=HYPERLINK(1)", 0, None, None]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_in_it_runs(start: str) -> None:
    wicked = f"{start}cmd|' /C calc'!A0"
    every = table(
        title=wicked, subtitle=(wicked,), footer=(wicked,), sheet=wicked,
        columns=(OutColumn(wicked), OutColumn(wicked, "id"), OutColumn(wicked, "date")),
        rows=((wicked, wicked, wicked),),
    )  # fmt: skip
    cells = [cell for row in written(every).iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 9
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_it_prints_on_a4_landscape_with_its_head_on_every_page() -> None:
    sheet = written(table())
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == "'9月_排查'!$A$1:$F$8"
    assert sheet.freeze_panes == "A5"
    assert "A1:F1" in sheet.merged_cells and sheet["A7"].value == "审核人："
    assert sheet.column_dimensions["C"].width == 30
    assert "&P" in sheet.oddFooter.center.text


def test_a_long_line_gets_the_height_it_needs() -> None:
    short, long = "填报单位：青石镇", "说明：" + "村级排查、镇级汇总，" * 20
    sheet = written(table(subtitle=(short, long)))
    assert sheet.row_dimensions[3].height > 3 * sheet.row_dimensions[2].height


def test_a_table_without_rows_is_still_a_form(tmp_path: Path) -> None:
    sheet = written(table(rows=(), footer=()))
    assert sheet.print_area == "'9月_排查'!$A$1:$F$4"


def test_what_cannot_be_written_leaves_nothing() -> None:
    out = BytesIO()
    with pytest.raises(ValueError):
        write_table(out, table(rows=(("一格太少",),)))
    assert out.getvalue() == b""


def test_our_own_reader_reads_it_back(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with path.open("wb") as file:
        write_table(file, table())
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows[4][:2] == ("20260921", date(2026, 9, 21))
    assert sheet.rows[4][4] == 1234.5
