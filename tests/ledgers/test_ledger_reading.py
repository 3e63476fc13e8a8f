"""Opening foreign files: what is read, what is refused with which sentence, at what price."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from xinfang_desktop.domain.errors import (
    DamagedInput,
    EnvironmentProblem,
    RuleViolation,
    XinfangError,
)
from xinfang_desktop.ledgers import worker
from xinfang_desktop.ledgers.reading import read_workbook
from xinfang_desktop.ledgers.sheets import Sheet, place

from .maker import write_csv, write_ods, write_xlsx

GRID = [["姓名", "日期", "反映问题"], ["周敏", "2025-01-02", "路灯不亮"]]


def refusal(path: Path) -> XinfangError:
    with pytest.raises(XinfangError) as caught:
        read_workbook(path)
    assert caught.value.sentence
    assert caught.value.mend
    return caught.value


def corner_xlsx(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["XFD1048576"] = "y"
    book.save(path)
    return path


def test_one_cell_in_the_last_corner_is_refused_quickly(tmp_path: Path) -> None:
    path = corner_xlsx(tmp_path / "角.xlsx")
    assert path.stat().st_size < 10_000
    began = time.monotonic()
    error = refusal(path)
    assert time.monotonic() - began < 10
    assert isinstance(error, DamagedInput)
    assert error.code == "sheet_too_large"
    assert "XFD1048576" in error.sentence


def test_a_corner_that_hides_from_the_scan_kills_only_the_child(tmp_path: Path) -> None:
    source = corner_xlsx(tmp_path / "角.xlsx")
    hidden = tmp_path / "藏.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(hidden, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b'r="XFD1048576"', b'r = "XFD1048576"'))
    assert refusal(hidden).code == "sheet_too_large"


def test_an_ods_that_repeats_a_cell_a_billion_times_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "重复.ods"
    write_ods(path, {"表": ([["x"]], [])})
    with zipfile.ZipFile(path) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    many = b'table:number-columns-repeated="16384" office:value-type='
    parts["content.xml"] = parts["content.xml"].replace(b"office:value-type=", many, 1)
    parts["content.xml"] = parts["content.xml"].replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">', 1
    )
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    assert refusal(path).code == "sheet_too_large"


def test_empty_rows_by_the_ten_thousand_cost_little(tmp_path: Path) -> None:
    path = tmp_path / "空行.xlsx"
    write_xlsx(path, {"表": (GRID, [])}, empty_below=30_000)
    began = time.monotonic()
    workbook = read_workbook(path)
    assert time.monotonic() - began < 20
    assert workbook.elements > 30_000
    assert len(workbook.sheets[0].rows) == 2


def test_a_single_cell_far_down_keeps_its_place(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["D9000"] = "孤零零"
    book.save(tmp_path / "远.xlsx")
    sheet = read_workbook(tmp_path / "远.xlsx").sheets[0]
    assert list(sheet.texts(8999)) == [(3, "孤零零")]
    assert place(8999, 3) == "D9000"
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    ("name", "content", "family", "code"),
    [
        ("空.xlsx", b"", DamagedInput, "file_empty"),
        ("空.csv", b"\xef\xbb\xbf\r\n", DamagedInput, "file_empty"),
        ("半截.xlsx", b"PK\x03\x04" + b"\x00" * 200, DamagedInput, "file_damaged"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 3000, DamagedInput, "file_damaged"),
        ("扫描.xlsx", b"%PDF-1.7 ...", RuleViolation, "not_a_spreadsheet"),
        ("照片.xlsx", b"\xff\xd8\xff\xe0....", RuleViolation, "not_a_spreadsheet"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", RuleViolation, "fake_spreadsheet"),
        ("文本.xlsx", "姓名,日期\n周敏,2025-1-2\n".encode(), RuleViolation, "wrong_extension"),
        ("引号.csv", ('姓名,日期\n"周敏,' + "长" * 200_000).encode(), DamagedInput, "file_damaged"),
        ("乱码.csv", bytes(range(256)) * 40, DamagedInput, "file_unrecognised"),
    ],
)  # fmt: skip
def test_each_wrong_file_gets_its_own_sentence(
    tmp_path: Path, name: str, content: bytes, family: type[XinfangError], code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refusal(path)
    assert isinstance(error, family)
    assert error.code == code


def test_a_password_is_named(tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    stream = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 700 + stream + b"\x00" * 900)
    error = refusal(path)
    assert error.code == "file_encrypted"
    assert "密码" in error.mend


def test_a_truncated_workbook_is_damaged_wherever_it_ends(tmp_path: Path) -> None:
    whole = tmp_path / "整.xlsx"
    write_xlsx(whole, {"表": (GRID, [])})
    content = whole.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        cut = tmp_path / "截.xlsx"
        cut.write_bytes(content[: int(len(content) * share)])
        assert refusal(cut).code == "file_damaged"


def test_a_changed_byte_inside_never_crashes(tmp_path: Path) -> None:
    whole = tmp_path / "整.xlsx"
    write_xlsx(whole, {"表": (GRID, [])})
    content = bytearray(whole.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 20] = b"\xff" * 20
    (tmp_path / "改.xlsx").write_bytes(content)
    assert isinstance(refusal(tmp_path / "改.xlsx"), DamagedInput)


def test_300_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(300 * 2**20)
    error = refusal(path)
    assert error.code == "file_too_large"
    assert "300 MB" in error.sentence


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "弹.xlsx"
    write_xlsx(path, {"表": (GRID, [])})
    content = bytearray(path.read_bytes())
    sizes = content.index(b"PK\x01\x02") + 24  # of the first part in the central directory
    content[sizes : sizes + 4] = (700 * 2**20).to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal(path).code == "file_bomb"


@pytest.mark.skipif(not Path("/dev/urandom").exists(), reason="no such device here")
def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    for path in (Path("/dev/urandom"), Path("/dev/zero"), tmp_path):
        assert refusal(path).code == "file_unreadable"


def test_a_missing_file_is_the_machines_fault(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path / "没有.xlsx"), EnvironmentProblem)


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "慢.xlsx"
    write_xlsx(path, {"表": (GRID, [])})
    with pytest.raises(EnvironmentProblem) as caught:
        read_workbook(path, time_limit=0.001)
    assert caught.value.code == "reading_too_slow"


def test_what_the_file_is_counts_not_what_it_is_called(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", {"表": (GRID, [])})
    (tmp_path / "a.xlsx").rename(tmp_path / "台账.xls")
    assert read_workbook(tmp_path / "台账.xls").sheets[0].value(1, 0) == "周敏"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_usual_dress(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rare = [["姓名", "日期", "反映问题"], ["𬭊䶮", "2025-01-02", '第一行\n第二行，"引号"']]
    write_csv(tmp_path / "表.csv", rare, encoding, delimiter)
    workbook = read_workbook(tmp_path / "表.csv")
    assert [list(r) for r in workbook.sheets[0].rows] == rare
    assert workbook.delimiter == delimiter


def test_ods_keeps_merged_areas(tmp_path: Path) -> None:
    path = tmp_path / "表.ods"
    write_ods(path, {"表": ([["村", "人"], ["柳溪村", "周敏"], ["", "何建平"]], [(1, 0, 2, 0)])})
    sheet = read_workbook(path).sheets[0]
    assert sheet.merges == ((1, 0, 2, 0),)
    assert sheet.carried(2, 0) == "柳溪村"


def test_only_merged_columns_are_carried_down_not_merged_rows() -> None:
    sheet = Sheet("表", (("甲", None), (None, None)), merges=((0, 0, 0, 1),))
    assert sheet.filled(0, 1) == "甲"
    assert sheet.carried(0, 1) is None


def test_the_built_program_is_its_own_child(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    write_xlsx(path, {"表": (GRID, [])})
    command = [sys.executable, "-m", "xinfang_desktop", worker.FLAG, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout)["sheets"][0]["rows"] == GRID
