"""The child process that opens foreign spreadsheets (隔离读取), so that a hostile one kills only it.

Run as ``python worker.py FILE`` from the checkout and as ``PROGRAM --ledger-worker FILE`` once
built (``__main__`` hands over before anything else is imported). It imports nothing of ours,
limits its memory where the system lets it, looks at the real extent of every sheet before the
table reader allocates it, and answers on standard output with one JSON object:
``{"sheets": [...]}`` or ``{"refused": CODE, "detail": TEXT}``.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers import expat

FLAG = "--ledger-worker"
MAX_CELLS = 3_000_000  # of the rectangle that the cells with content span, all sheets together
MAX_UNPACKED = 600 * 2**20  # bytes, all parts of the file together
MAX_MEMORY = 3 * 2**30  # bytes of address space

_CHUNK = 2**20
_CELL = re.compile(
    rb"<(?:\w{1,9}:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^<>]*?(/>|></|>)"
)
_LONGEST_TAG = 4096
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


class Refused(Exception):
    """Not to be read: ``code`` is one of the refusals that ``reading`` has a sentence for."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Extent:
    """The rectangle that the cells with content of one sheet span, rows and columns from 0."""

    def __init__(self) -> None:
        self.top = self.left = sys.maxsize
        self.bottom = self.right = -1
        self.elements = 0  # cells the file writes down, empty styled ones too
        self.merges: list[tuple[int, int, int, int]] = []

    def add(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom = max(self.bottom, row + rows - 1)
        self.right = max(self.right, column + columns - 1)

    @property
    def area(self) -> int:
        if self.bottom < 0:
            return 0
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    @property
    def corner(self) -> str:
        return f"{column_letters(self.right)}{self.bottom + 1}"


def column_letters(index: int) -> str:
    """0 → ``A``, 16383 → ``XFD``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def xlsx_extent(package: zipfile.ZipFile, name: str) -> Extent:
    """Extent of one worksheet part by a plain scan of its tags, whatever ``dimension`` claims."""
    extent = Extent()
    rest = b""
    for chunk in _chunks(package, name):
        text = rest + chunk
        end = 0
        for found in _CELL.finditer(text):
            end = found.end()
            extent.elements += 1
            if found[3] == b">":
                extent.add(int(found[2]) - 1, _column_index(found[1]))
        rest = text[max(end, len(text) - _LONGEST_TAG) :]
    return extent


class _OdsScan:
    """Extents and merged areas of the tables in an OpenDocument ``content.xml``."""

    def __init__(self) -> None:
        self.extents: list[Extent] = []
        self._row = self._column = self._row_repeat = self._repeat = 0
        self._filled = False

    def parse(self, chunks: Iterator[bytes]) -> list[Extent]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return self.extents

    def _doctype(self, *_: object) -> None:
        raise Refused("damaged", "DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE} table":
            self.extents.append(Extent())
            self._row = 0
        elif not self.extents:
            return
        elif name == f"{_TABLE} table-row":
            self._column = 0
            self._row_repeat = int(attributes.get(f"{_TABLE} number-rows-repeated", "1"))
        elif name in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"):
            self._repeat = int(attributes.get(f"{_TABLE} number-columns-repeated", "1"))
            self._filled = f"{_OFFICE} value-type" in attributes
            self._merge(attributes)
        elif name == f"{_TEXT} p":
            self._filled = True

    def _merge(self, attributes: dict[str, str]) -> None:
        rows = int(attributes.get(f"{_TABLE} number-rows-spanned", "1"))
        columns = int(attributes.get(f"{_TABLE} number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            top, left = self._row, self._column
            self.extents[-1].merges.append((top, left, top + rows - 1, left + columns - 1))

    def _end(self, name: str) -> None:
        if name in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell") and self.extents:
            self.extents[-1].elements += 1
            if self._filled:
                self.extents[-1].add(self._row, self._column, self._row_repeat, self._repeat)
            self._column += self._repeat
            self._filled = False
        elif name == f"{_TABLE} table-row":
            self._row += self._row_repeat


def survey(data: bytes) -> list[Extent]:
    """Extents of the sheets of a zipped workbook; refuses what is too large to open.

    For xlsx the order is that of the parts, not of the sheets; for ods it is the sheets'.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused("unpacks_too_large")
        names = [part.filename for part in parts]
        if "content.xml" in names:
            extents = _OdsScan().parse(_chunks(package, "content.xml"))
        else:
            sheets = [n for n in names if re.match(r"xl/worksheets/[^/]+\.xml$", n)]
            extents = [xlsx_extent(package, name) for name in sheets]
    widest = max(extents, key=lambda e: e.area, default=None)
    if widest is not None and sum(e.area for e in extents) > MAX_CELLS:
        raise Refused("sheet_too_large", widest.corner)
    return extents


def _plain(cell: Any) -> Any:
    """A cell as JSON: numbers, texts and booleans as they are, the rest tagged."""
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def _rows(raw: list[list[Any]]) -> list[list[Any]]:
    rows = []
    for cells in raw:
        row = [_plain(c) for c in cells]
        while row and row[-1] in ("", None):
            row.pop()
        rows.append(row)
    return rows


def read(data: bytes) -> list[dict[str, Any]]:
    """All sheets of a workbook as plain values. ``data`` is an xlsx, xlsb, xls or ods file."""
    import python_calamine  # here, so that the limits stand before foreign code is loaded

    zipped = data.startswith(b"PK")
    extents = survey(data) if zipped else []
    elements = sum(e.elements for e in extents)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets: list[dict[str, Any]] = []
        cells = 0
        for i, about in enumerate(book.sheets_metadata):
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(i)
            top, left = sheet.start or (0, 0)
            cells += sheet.height * sheet.width
            if cells > MAX_CELLS:
                bottom, right = sheet.end or (0, 0)
                raise Refused("sheet_too_large", f"{column_letters(right)}{bottom + 1}")
            merges = [(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
            if not merges and i < len(extents):
                merges = extents[i].merges
            sheets.append(
                {
                    "name": about.name,
                    "visible": about.visible == python_calamine.SheetVisibleEnum.Visible,
                    "top": top,
                    "left": left,
                    "rows": _rows(sheet.to_python(skip_empty_area=True)),
                    "merges": merges,
                    "elements": elements,
                }
            )
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except python_calamine.CalamineError as error:
        raise Refused("damaged", str(error)) from error
    return sheets


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # Unix only

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(path: Path) -> dict[str, Any]:
    try:
        return {"sheets": read(path.read_bytes())}
    except Refused as refusal:
        return {"refused": refusal.code, "detail": refusal.detail}
    except MemoryError:
        return {"refused": "sheet_too_large", "detail": ""}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, expat.ExpatError) as error:
        return {"refused": "damaged", "detail": str(error)}
    except (ValueError, NotImplementedError, RuntimeError) as error:  # zlib, zip encryption, XML
        return {"refused": "damaged", "detail": str(error)}
    except OSError as error:
        return {"refused": "unreadable", "detail": str(error)}


def main(words: Sequence[str]) -> int:
    """Read the file named by the first word and write the answer to file descriptor 1."""
    _limit_memory()
    answer = json.dumps(_answer(Path(words[0])), ensure_ascii=True).encode("ascii")
    with os.fdopen(1, "wb", closefd=False) as out:
        out.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
