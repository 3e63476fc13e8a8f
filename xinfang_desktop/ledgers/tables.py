"""Finds the ledgers in a sheet (表头在哪一行): title lines, heads of one to three rows, their data.

A sheet may hold several heads one below the other; one that repeats the words of the head above
only ends a page. The head is where the words of ``headers.toml`` stand closest together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ..domain.dates import FIRST_YEAR, LAST_YEAR, read_date
from .sheets import Sheet, written
from .words import (
    TICKED,
    exact_names,
    field_scores,
    first_match,
    normalise_header,
    ticked_field,
    why_dropped,
)

_LOOK_AT = 60  # rows from the first with content, where the first head is sought
_DEEPEST_HEAD = 3
_LONGEST_HEADER = 60
_FEWEST_COLUMNS = 3
_CONTENT = frozenset({"detail", "title", "claims", "parties", "name", "sender"})
_HAN_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_HAN_YEAR_WRITTEN = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])\s*月")
_QUARTER = re.compile("(?:第)?([一二三四1-4])\\s*季度")
_FULL_DATE = re.compile(r"20\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?")
_SAYING = re.compile(r"[:：]\s*\S")  # 填报单位：…, 填报时间：…
_FILLED_BY = re.compile(
    r"(?:填报|上报|报送|制表|填表|编制)?(?:单位|部门)[^:：]{0,6}[:：]\s*([^\s:：]{2,30})"
)
_FILLED_ON = re.compile(
    r"(?:填报|上报|报送|制表|填表|统计|截止|截至)(?:时间|日期)?\s*[:：]\s*(20\d{2}[\d年月日./\- ]{4,12})"
)
_HAN_MONTH = (
    {"元": 1} | {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
)


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above a head: the title lines, and the times they name."""

    texts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    month: int = 0
    quarter: int = 0
    day: date | None = None  # a table of one day: 2026年1月7日接访登记表
    filled_by: str = ""
    filled_on: date | None = None

    @property
    def text(self) -> str:
        """The title proper."""
        return self.texts[0] if self.texts else ""


@dataclass(frozen=True)
class Head:
    """The head of a table: its rows (from 0) and, for each column, the cells from top to bottom."""

    top: int
    bottom: int
    paths: tuple[tuple[int, tuple[str, ...]], ...]  # (column, cells)
    worth: int

    @cached_property
    def words(self) -> frozenset[tuple[int, str]]:
        """The lowest cell of each column: what makes it another head than one before."""
        return frozenset((column, normalise_header(path[-1])) for column, path in self.paths)

    @cached_property
    def all_words(self) -> frozenset[tuple[int, str]]:
        """Every cell of the head with its column."""
        return frozenset((c, normalise_header(p)) for c, path in self.paths for p in path)


@dataclass(frozen=True, slots=True)
class Table:
    """One head with the rows below it, ``first`` to ``last`` from 0, ``last`` excluded."""

    sheet: Sheet
    head: Head
    title: Title
    first: int
    last: int


def find_tables(sheet: Sheet, *, file_title: str = "", any_words: bool = False) -> list[Table]:
    """The ledgers of one sheet, top to bottom; empty when nothing in it looks like one.

    ``any_words``: a head in words that nobody knows will do, for a person to say what they mean.
    """
    head = _first_head(sheet) or (_head_in_any_words(sheet) if any_words else None)
    if head is None:
        return []
    tables: list[Table] = []
    title = _title(sheet, sheet.top, head.top, file_title)
    first = head.bottom + 1
    for row in range(first, sheet.bottom):
        if row < first or not _may_be_head(sheet, row) or repeats_head(sheet, row, head):
            continue
        again = _best_head_at(sheet, row)
        if again is None or again.words == head.words:
            continue
        above = _lines_above(sheet, row)
        tables.append(Table(sheet, head, title, first, above))
        title = _inherit(_title(sheet, above, row, file_title), title)
        head, first = again, again.bottom + 1
    tables.append(Table(sheet, head, title, first, sheet.bottom))
    return tables


def _first_head(sheet: Sheet) -> Head | None:
    rows = [r for r in range(sheet.top, sheet.bottom) if any(True for _ in sheet.texts(r))]
    found = (_best_head_at(sheet, r) for r in rows[:_LOOK_AT])
    heads = [h for h in found if h is not None]
    return max(heads, key=lambda h: (h.worth, h.top - h.bottom, -h.top), default=None)


def _head_in_any_words(sheet: Sheet) -> Head | None:
    """The first row with (nearly) the most short and different texts, and something below it."""
    rows = [r for r in range(sheet.top, sheet.bottom) if any(True for _ in sheet.texts(r))]
    counts = {row: _short_texts(sheet, row) for row in rows[:_LOOK_AT] if row < rows[-1]}
    most = max(counts.values(), default=0)
    row = next((r for r, count in counts.items() if count * 4 >= most * 3), None)
    if row is None or most < _FEWEST_COLUMNS:
        return None
    return Head(row, row, tuple(_paths(sheet, row, row)), 0)


def _short_texts(sheet: Sheet, row: int) -> int:
    texts = {text for _, text in sheet.texts(row) if len(text) <= _LONGEST_HEADER}
    return sum(not re.search(r"\d|[:：]", text) for text in texts)


def _best_head_at(sheet: Sheet, top: int) -> Head | None:
    texts = [text for _, text in sheet.texts(top)]
    if len(texts) < 2 or any(_SAYING.search(t) for t in texts):
        return None  # a title line
    if any(sheet.fell_down(top, column) for column in range(sheet.left, sheet.width)):
        return None  # the lower row of a head
    best: Head | None = None
    for depth in range(1, _DEEPEST_HEAD + 1):
        bottom = top + depth - 1
        if bottom >= sheet.bottom or (depth > 1 and not _continues_head(sheet, bottom)):
            break
        head = _head(sheet, top, bottom)
        if head and (best is None or _outweighs(sheet, head, best)):
            best = head
    return best


def _outweighs(sheet: Sheet, deeper: Head, best: Head) -> bool:
    """More known words; with as many, a lower row that says nothing but words of heads."""
    if deeper.worth != best.worth:
        return deeper.worth > best.worth
    lower = [text for _, text in sheet.texts(deeper.bottom)]
    return len(lower) > 1 and all(normalise_header(text) in exact_names() for text in lower)


def _continues_head(sheet: Sheet, row: int) -> bool:
    """Whether the row may be the lower row of a head: short words only, many of them known."""
    cells = [text for _, text in sheet.texts(row)]
    if any(len(c) > _LONGEST_HEADER or re.fullmatch(r"[\d\s./\-:]+", c) for c in cells):
        return False
    known = sum(
        bool(field_scores((c,), None) or why_dropped((c,), None) or _is_tick(c)) for c in cells
    )
    return bool(cells) and known * 5 >= len(cells) * 2


def _best(scores: Mapping[str, int]) -> str:
    return max(scores, key=lambda field: scores[field], default="")


def _is_tick(text: str) -> bool:
    return len(text) <= 4 and any(first_match(table, text) for table in TICKED.values())


def _head(sheet: Sheet, top: int, bottom: int) -> Head | None:
    """The rows as a head, or ``None`` when too few of their words are known."""
    paths = [(c, p) for c, p in _paths(sheet, top, bottom) if len(p[-1]) <= _LONGEST_HEADER]
    known: set[str] = set()
    worth = 0
    for i, (_, path) in enumerate(paths):
        scores = field_scores(path, None)
        field = ticked_field(path, None) or _best(scores)
        if field and field not in known:
            worth += 3
            known.add(field)
        elif why_dropped(path, None) or (field and path != paths[i - 1][1]):
            worth += 1  # not again for each column of one merged cell
    if len({path[-1] for _, path in paths}) < 2 or worth * 2 < len(paths):
        return None
    enough = len(known) >= 3 or (len(known) == 2 and "received_on" in known)
    if not enough or not known & _CONTENT:
        return None
    return Head(top, bottom, tuple(paths), worth)


def _paths(sheet: Sheet, top: int, bottom: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The cells of each column of a head, top to bottom, without repeats and blanks.

    Where areas are not merged (csv), a blank above a word belongs to the group at its left.
    """
    group = ""
    for column in range(sheet.left, sheet.width):
        cells = [written(sheet.filled(row, column)) for row in range(top, bottom + 1)]
        lower = any(cells[1:])
        if cells[0]:
            group = cells[0] if lower else ""
        elif lower:
            cells[0] = group
        path = tuple(text for i, text in enumerate(cells) if text and text not in cells[:i])
        if path:
            yield column, path


def _may_be_head(sheet: Sheet, row: int) -> bool:
    names = exact_names()
    short = [text for _, text in sheet.texts(row) if len(text) <= 12 and not text[0].isdigit()]
    return len(short) >= 3 and sum(normalise_header(text) in names for text in short) >= 3


def repeats_head(sheet: Sheet, row: int, head: Head) -> bool:
    """Whether a row below the head only says its words again (each printed page has a head)."""
    cells = [(column, text) for column, text in sheet.texts(row) if len(text) <= _LONGEST_HEADER]
    if len(cells) < 2:
        return False
    same = sum((column, normalise_header(text)) in head.all_words for column, text in cells)
    return same * 3 >= len(list(sheet.texts(row))) * 2


def _lines_above(sheet: Sheet, row: int) -> int:
    """First of the title lines right above a head: rows with at most two cells."""
    while row > sheet.top and len(list(sheet.texts(row - 1))) <= 2:
        row -= 1
    return row


def _inherit(title: Title, before: Title) -> Title:
    """A later block without a title of its own is still under the first one."""
    return title if title.texts else replace(before, texts=before.texts)


def _title(sheet: Sheet, first: int, last: int, file_title: str) -> Title:
    texts = tuple(text for row in range(first, last) for _, text in sheet.texts(row))[:20]
    proper = [t for t in texts if not _SAYING.search(t)]
    sources = [*proper[:2], sheet.name, file_title]
    filled_by = next((m[1] for t in texts if (m := _FILLED_BY.search(t))), "")
    filled = (read_date(m[1].strip()).value for t in texts if (m := _FILLED_ON.search(t)))
    return Title(
        texts=tuple(proper),
        years=next(filter(None, map(years_in, sources)), ()),
        month=next(filter(None, map(month_in, sources)), 0),
        quarter=next(filter(None, map(quarter_in, sources)), 0),
        day=next(filter(None, map(_day_in, sources)), None),
        filled_by=filled_by,
        filled_on=next((d for d in filled if d), None),
    )


def years_in(text: str) -> tuple[int, ...]:
    """The years a title names, in its order (``2025—2026年`` two of them)."""
    text = _HAN_YEAR_WRITTEN.sub(lambda m: m[0].replace("二", "2").translate(_HAN_YEAR), text)
    found = (int(y) for y in _YEAR.findall(text))
    return tuple(dict.fromkeys(y for y in found if FIRST_YEAR <= y <= LAST_YEAR))


def month_in(text: str) -> int:
    """The one month a title names; 0 when none or several (``1月至6月``)."""
    found = _MONTH.findall(text)
    if len(found) != 1 or re.search(r"\d\s*[-—~至到]\s*\d{1,2}\s*月", text):
        return 0
    return int(found[0]) if found[0].isdigit() else _HAN_MONTH[found[0]]


def quarter_in(text: str) -> int:
    """The quarter a title names; 0 when none."""
    found = _QUARTER.search(text)
    return int(found[1].translate(str.maketrans("一二三四", "1234"))) if found else 0


def _day_in(text: str) -> date | None:
    found: Sequence[str] = _FULL_DATE.findall(text)
    return read_date(found[0]).value if len(found) == 1 else None
