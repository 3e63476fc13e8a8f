"""A spreadsheet as plain values: what was written where (电子表格)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from .worker import column_letters

Cell = str | float | int | bool | date | datetime | None
Merge = tuple[int, int, int, int]
"""Top, left, bottom, right of a merged area, each from 0, both ends inside."""


MOST_MERGED = 500_000  # cells in merged areas that are looked at


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows[0]`` is the sheet's row ``top``, its first cell the column ``left``.

    ``row`` and ``column`` in the methods count from 0 over the whole sheet; what people read
    (``place``) counts rows from 1 and names columns by letters.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    top: int = 0
    left: int = 0
    merges: tuple[Merge, ...] = ()
    visible: bool = True

    @property
    def bottom(self) -> int:
        """One past the last row."""
        return self.top + len(self.rows)

    @cached_property
    def width(self) -> int:
        """One past the last column."""
        return self.left + max((len(r) for r in self.rows), default=0)

    @property
    def empty(self) -> bool:
        """No cell says anything."""
        return not any(blank(c) is False for row in self.rows for c in row)

    def filled_rows(self, first: int, last: int) -> int:
        """How many rows from ``first`` to ``last`` (excluded) hold something."""
        rows = self.rows[max(first - self.top, 0) : max(last - self.top, 0)]
        return sum(any(not blank(c) for c in row) for row in rows)

    def value(self, row: int, column: int) -> Cell:
        """What is written in the cell itself."""
        r, c = row - self.top, column - self.left
        if 0 <= r < len(self.rows) and 0 <= c < len(self.rows[r]):
            return self.rows[r][c]
        return None

    def filled(self, row: int, column: int) -> Cell:
        """What a reader sees there: inside a merged area the value of its first cell."""
        owner = self._owners.get((row, column))
        return self.value(*owner) if owner else self.value(row, column)

    def carried(self, row: int, column: int) -> Cell:
        """The cell's value, or the one merged down to it in the same column (合并的村、日期)."""
        owner = self._owners.get((row, column))
        if owner and owner[0] < row and owner[1] == column:
            return self.value(*owner)
        return self.value(row, column)

    def fell_down(self, row: int, column: int) -> bool:
        """Whether the cell lies in a merged area that began in a row above."""
        return self._owners.get((row, column), (row, column))[0] < row

    @cached_property
    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """First cell of the merged area for each cell inside one."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in self.merges:
            for row in range(max(top, self.top), min(bottom, self.bottom - 1) + 1):
                for column in range(left, min(right, self.width - 1) + 1):
                    owners[(row, column)] = (top, left)
            if len(owners) > MOST_MERGED:
                break
        return owners

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Column and text of the cells with content in a row."""
        r = row - self.top
        if 0 <= r < len(self.rows):
            for i, cell in enumerate(self.rows[r]):
                if not blank(cell):
                    yield self.left + i, written(cell)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file: ``kind`` is what it really is (xlsx, xls, ods, csv), whatever its extension says."""

    kind: str
    sheets: tuple[Sheet, ...]
    elements: int = 0  # cells written down in the file, empty styled ones too
    encoding: str = ""
    delimiter: str = ""


def blank(cell: Cell) -> bool:
    """Nothing to read: no value, only spaces, or an error value of the spreadsheet."""
    if cell is None:
        return True
    return isinstance(cell, str) and (not cell.strip() or cell.strip() in ERROR_VALUES)


ERROR_VALUES = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"])


def written(cell: Cell) -> str:
    """The cell as a person would copy it: ISO dates, whole numbers without ``.0``."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def place(row: int, column: int) -> str:
    """``(4, 2)`` → ``C5``."""
    return f"{column_letters(column)}{row + 1}"
