"""What lies in a bound file and on which page (卷内目录). Known before the contents page is
rendered: cover and contents carry no page number, as offices count."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .facts import day, fact


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentsRow:
    """One document of the file; pages count from 1 over the whole file, 0 where not yet known."""

    title: str = fact("文书名称", "must")
    number: str = fact("文号")
    author: str = fact("责任者")
    on: date | None = day("日期")
    first: int = fact("起始页号", kind="int", default=0)
    last: int = fact("终止页号", kind="int", default=0)
    note: str = fact("备注")

    @property
    def pages(self) -> str:
        """页号 as written in a contents table: ``3`` or ``3—5``."""
        if not self.first:
            return ""
        return f"{self.first}" if self.last <= self.first else f"{self.first}—{self.last}"


def numbered(parts: Iterable[tuple[str, int]]) -> tuple[ContentsRow, ...]:
    """The rows for (title, number of pages) in order."""
    rows: list[ContentsRow] = []
    last = 0
    for title, pages in parts:
        rows.append(ContentsRow(title=title, first=last + 1, last=last + pages))
        last += pages
    return tuple(rows)
