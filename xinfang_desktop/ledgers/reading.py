"""Opens a spreadsheet of somebody else (xlsx, xls, ods, csv) and gives its plain values.

What the file *is* decides, not what it is called. Workbooks are opened in a child process of
this program (``worker``) with a limit of memory and time; what is refused gets a sentence.
"""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import statistics
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..domain.errors import DamagedInput, EnvironmentProblem, RuleViolation, XinfangError
from . import worker
from .sheets import Cell, Sheet, Workbook

MAX_FILE = 64 * 2**20  # bytes
TIME_LIMIT = 90.0  # seconds for the child

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "Word 文档"),
    (b"MZ", "程序"),
    (b"SQLite format", "数据库文件"),
)
_SAVE_AS = "请用 Excel 或 WPS 表格打开，另存为 .xlsx 后再导入"
_TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv", ".prn"})


def _damaged(_: str = "") -> XinfangError:
    return DamagedInput(
        "file_damaged",
        "这个表格文件不完整或已损坏，读不出来",
        mend=f"请向提供文件的人重新要一份；能打开的话，{_SAVE_AS}",
    )


def _too_large_sheet(corner: str) -> XinfangError:
    where = f"（最远的一格在 {corner}）" if corner else ""
    return DamagedInput(
        "sheet_too_large",
        f"表格铺得太大{where}，不像一本台账，没有打开",
        mend="请把有内容的行列复制到一张新表，保存后再导入",
    )


def _encrypted(_: str = "") -> XinfangError:
    return RuleViolation(
        "file_encrypted",
        "这个表格设了打开密码",
        mend="请先用密码打开，去掉密码后另存为 .xlsx，再导入",
    )


def _unpacks_too_large(_: str = "") -> XinfangError:
    return DamagedInput(
        "file_bomb",
        "这个文件解压后大得异常，没有打开",
        mend="请确认文件来源；若确是台账，请把有内容的行列复制到新表再导入",
    )


def _unreadable(_: str = "") -> XinfangError:
    return EnvironmentProblem(
        "file_unreadable",
        "读不到这个文件",
        mend="请确认文件还在、没有被别的程序占用、本人有权限打开",
    )


def _slow(_: str = "") -> XinfangError:
    return EnvironmentProblem(
        "reading_too_slow",
        f"读这个表格超过了 {TIME_LIMIT:.0f} 秒，已停止，什么也没有写入",
        mend="请关掉占用电脑的程序再试；或把表格按年份拆成几个文件",
    )


_REFUSALS: dict[str, Callable[[str], XinfangError]] = {
    "damaged": _damaged,
    "sheet_too_large": _too_large_sheet,
    "encrypted": _encrypted,
    "unpacks_too_large": _unpacks_too_large,
    "unreadable": _unreadable,
}


def read_workbook(path: Path, *, time_limit: float = TIME_LIMIT) -> Workbook:
    """All sheets of a file. Raises a :class:`XinfangError` with a sentence when it cannot.

    RuleViolation: not a spreadsheet, protected by a password, too large. DamagedInput: empty,
    truncated, or hostile. EnvironmentProblem: missing, locked, or too slow to read.
    """
    head, size = _look(path)
    if size > MAX_FILE:
        raise RuleViolation(
            "file_too_large",
            f"文件有 {size / 2**20:.0f} MB，超过一次可导入的 {MAX_FILE // 2**20} MB",
            mend="请删去图片和用不着的工作表，或按年份拆成几个文件",
        )
    if not size or not head.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise DamagedInput("file_empty", "这个文件是空的", mend="请确认选对了文件")
    for start, kind in _OTHER_KINDS:
        if head.startswith(start):
            raise _not_a_spreadsheet(kind)
    if head.startswith(b"PK"):
        return _in_child(path, _zip_kind(path), time_limit)
    if head.startswith(_OLE):
        return _in_child(path, _ole_kind(path), time_limit)
    return _text(path, head)


def _look(path: Path) -> tuple[bytes, int]:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable()  # a folder, a pipe, a device: nothing with an end
        with path.open("rb") as file:
            return file.read(4096), about.st_size
    except (OSError, ValueError) as error:
        raise _unreadable() from error


def _not_a_spreadsheet(kind: str) -> XinfangError:
    return RuleViolation(
        "not_a_spreadsheet",
        f"这是{kind}，不是电子表格",
        mend="请选 .xlsx、.xls、.ods 或 .csv 文件；扫描件和文档要先录成表格",
    )


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, EOFError) as error:
        raise _damaged() from error
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(n.startswith(("word/", "ppt/")) for n in names):
        raise _not_a_spreadsheet("Word 文档或演示文稿")
    raise _not_a_spreadsheet("压缩包")


def _ole_kind(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable() from error
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    if "WordDocument".encode("utf-16-le") in data:
        raise _not_a_spreadsheet("Word 文档")
    return "xls"


def _in_child(path: Path, kind: str, time_limit: float) -> Workbook:
    """Read in a child process; its death by the memory limit is an answer too."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, worker.FLAG]
    else:
        command = [sys.executable, "-P", str(Path(worker.__file__))]
    try:
        done = subprocess.run(
            [*command, str(path.resolve())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=time_limit,
            check=False,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise _slow() from error
    except OSError as error:
        raise _unreadable() from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise (_too_large_sheet("") if done.returncode else _damaged()) from error
    if "refused" in answer:
        raise _REFUSALS[answer["refused"]](str(answer.get("detail", "")))
    sheets = answer["sheets"]
    return Workbook(
        kind=kind,
        sheets=tuple(_sheet(s) for s in sheets),
        elements=max((s["elements"] for s in sheets), default=0),
    )


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(
        name=told["name"],
        rows=tuple(tuple(_cell(c) for c in row) for row in told["rows"]),
        top=told["top"],
        left=told["left"],
        merges=tuple((a, b, c, d) for a, b, c, d in told["merges"]),
        visible=told["visible"],
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "d" in value:
            return date.fromisoformat(value["d"])
        return datetime.fromisoformat(value["t"])
    return None if value == "" else value


def _text(path: Path, head: bytes) -> Workbook:
    lead = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lead.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        raise RuleViolation(
            "fake_spreadsheet", "这是网页格式的表格，只是名字像 Excel 文件", mend=_SAVE_AS
        )
    try:
        text, encoding = _decoded(path.read_bytes())
    except OSError as error:
        raise _unreadable() from error
    if path.suffix.lower() not in _TEXT_ENDINGS:
        raise RuleViolation(
            "wrong_extension",
            f"文件名的结尾是“{path.suffix or '（没有）'}”，内容却不是这种表格",
            mend=f"若是文本表格，请把结尾改成 .csv；否则{_SAVE_AS}",
        )
    try:
        delimiter = _delimiter(text)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:  # a cell without end, most often a quotation mark too many
        raise _damaged() from error
    if sum(map(len, rows)) > worker.MAX_CELLS:
        raise _too_large_sheet("")
    cells = tuple(tuple(c if c.strip() else None for c in row) for row in rows)
    sheet = Sheet(name=path.stem, rows=cells)
    return Workbook("csv", (sheet,), sum(map(len, rows)), encoding, delimiter)


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 with or without BOM, UTF-16 with BOM, else GB18030 (gbk loses rare names)."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        control = sum(c < " " and c not in "\t\r\n\f" for c in text[:100_000])
        if control * 50 < min(len(text), 100_000):
            return text, encoding
    raise DamagedInput(
        "file_unrecognised",
        "认不出这个文件：不是表格，也不是可读的文本",
        mend=f"请确认选对了文件；若是表格，{_SAVE_AS}",
    )


def _delimiter(text: str) -> str:
    """The one of ``, ; tab |`` that cuts the first lines into most columns, evenly."""
    lines = text[:200_000].splitlines()[:40]
    best, best_width = ",", 1.0
    for delimiter in ",;\t|":
        widths = [len(r) for r in csv.reader(lines, delimiter=delimiter) if r]
        width = statistics.median(widths) if widths else 1
        if width > best_width:
            best, best_width = delimiter, width
    return best
