"""Numbers (编号) and query codes: from this PC's own block, each issued once."""

from __future__ import annotations

import secrets
from datetime import date

from ..store import queries
from ..store.database import Connection
from .desk import Desk

_TABLES = {"XF": ("intake", "matter"), "JF": ("dispute",), "TJ": ("mediation",),
           "GZ": ("work_item",)}  # fmt: skip
"""Where numbers of a series stand; a matter that was split off has one without an item."""


class Numbers:
    """Issues numbers inside one transaction. Numbers of voided records stay used."""

    def __init__(self, desk: Desk, conn: Connection) -> None:
        self._lead = desk.office.code
        self._block = desk.site.number_block
        self._conn = conn
        self._last: dict[str, int] = {}
        self._codes: set[str] = set()

    def next(self, day: date, series: str = "XF") -> str:
        """The next of that day: 机构代码-XF-YYYYMMDD-A0001 (JF disputes, TJ mediations, GZ registers)."""
        prefix = f"{self._lead}-{series}-{day:%Y%m%d}-{self._block}"
        if prefix not in self._last:
            self._last[prefix] = max(
                queries.highest(self._conn, table, "number", prefix) for table in _TABLES[series]
            )
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:04d}"

    def file_no(self, year: int, mark: str) -> str:
        """The next file number of a mediation (卷宗编号) with this mark: （2026）青石人调字第3号.

        A PC beside the first one puts its letter before the number, so that none is given twice.
        """
        block = "" if self._block == "A" else self._block
        prefix = f"（{year}）{mark}字第{block}"
        number = queries.highest(self._conn, "mediation", "file_no", prefix) + 1
        return f"{prefix}{number}号"

    def query_code(self) -> str:
        """Eight random digits that no other matter carries and that mean nothing."""
        while True:
            code = f"{secrets.randbelow(100_000_000):08d}"
            if code not in self._codes and not queries.taken(
                self._conn, "matter", "query_code", code
            ):
                self._codes.add(code)
                return code
