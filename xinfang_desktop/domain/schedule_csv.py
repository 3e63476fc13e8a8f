"""A year's holiday notice as a table of text (``date,type,name``), read with good manners.

The caller decodes the bytes (UTF-8 with or without BOM, or GB18030) and reads the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date

from .calendar import FIRST, LAST, CalendarDay, DayType, YearSchedule
from .errors import RuleViolation
from .inputs import clean_text

TYPES: dict[str, DayType] = {
    "rest": "rest", "休": "rest", "放假": "rest", "休息": "rest", "节假日": "rest", "假": "rest",
    "work": "work", "班": "work", "上班": "work", "调休上班": "work", "补班": "work",
}  # fmt: skip

_HEADS = {
    "date": "date", "日期": "date", "type": "type", "类型": "type", "name": "name",
    "名称": "name", "节日": "name", "document": "document", "文号": "document",
}  # fmt: skip
_DATE = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$")
_WEEKDAYS = "一二三四五六日"
_SHOWN = 5
MOST_REST = 100
"""Days off that one notice may name; the longest so far names fewer than 40."""
MOST_CHARACTERS = 200
_MEND = "请按“日期,类型,名称”三列写，类型写 rest（放假）或 work（上班），改好后再导入。"


def parse_schedule(text: str, *, document: str = "") -> YearSchedule:
    """The notice written in ``text``, a row a day; ``document`` is its number if no column says.

    The year is the one most rows lie in; days of the December before may be among them. Raises
    ``RuleViolation`` that names row and value of the first problems.
    """
    columns, body = _columns(_rows(text))
    problems: list[str] = []
    days: dict[date, tuple[int, CalendarDay]] = {}
    documents: dict[str, None] = {}
    for number, cells in body:
        row = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        day = _day(number, row, problems)
        if day is None:
            continue
        before = days.get(day.date)
        if before and before[1].type != day.type:
            problems.append(f"第 {number} 行：{day.date} 与第 {before[0]} 行说的不一样")
        days.setdefault(day.date, (number, day))
        if row.get("document"):
            documents.setdefault(row["document"])
    if not days and not problems:
        problems.append("表里没有一行日期")
    year = Counter(day.year for day in days).most_common(1)[0][0] if days else 0
    problems += [
        f"第 {number} 行：{day.date} 不是 {year} 年的日期，一个文件只放一年"
        for number, day in days.values()
        if day.date.year != year and (day.date.year, day.date.month) != (year - 1, 12)
    ]
    if days and not FIRST.year <= year <= LAST.year:
        problems.append(f"{year} 年不在日历范围（{FIRST.year} 年到 {LAST.year} 年）内")
    rest = sum(day.type == "rest" for _, day in days.values())
    if rest > MOST_REST:
        problems.append(f"表里有 {rest} 天放假，不像一年的节假日安排")
    if problems:
        more = f"；另有 {len(problems) - _SHOWN} 处" if len(problems) > _SHOWN else ""
        raise RuleViolation(
            "calendar_row", "；".join(problems[:_SHOWN]) + more + "。", mend=_MEND, field="file"
        )
    return YearSchedule(
        year=year,
        document=_clean(document or "；".join(documents), "文号"),
        days=tuple(days[day][1] for day in sorted(days)),
    )


def schedule_of(year: int, document: str, days: list[list[str]]) -> YearSchedule:
    """A schedule from its stored form ``[["2027-01-01", "rest", "元旦"], …]``."""
    return YearSchedule(
        year,
        document,
        tuple(CalendarDay(date.fromisoformat(day), TYPES[kind], name) for day, kind, name in days),
    )


def stored_form(schedule: YearSchedule) -> list[list[str]]:
    """What ``schedule_of`` reads back."""
    return [[day.date.isoformat(), day.type, day.name] for day in schedule.days]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their number in the file from 1."""
    try:
        return [
            (number, [cell.strip() for cell in cells])
            for number, cells in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"))), start=1)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as problem:
        raise RuleViolation(
            "calendar_row", "这个文件不是“日期,类型,名称”的表格。", mend=_MEND, field="file"
        ) from problem


def _columns(
    rows: list[tuple[int, list[str]]],
) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """Which column holds what; without a head it is date, type, name."""
    if rows:
        heads = {
            _HEADS[cell.lower()]: at for at, cell in enumerate(rows[0][1]) if cell.lower() in _HEADS
        }
        if "date" in heads and "type" in heads:
            return heads, rows[1:]
    return {"date": 0, "type": 1, "name": 2, "document": 3}, rows


def _day(number: int, row: dict[str, str], problems: list[str]) -> CalendarDay | None:
    written, kind = row.get("date", ""), TYPES.get(row.get("type", "").lower())
    day = _date(written)
    if day is None:
        problems.append(f"第 {number} 行：日期“{written}”看不懂，应写成 2027-01-01")
    elif kind is None:
        problems.append(f"第 {number} 行：类型“{row.get('type', '')}”看不懂，应写 rest 或 work")
    elif kind == "work" and day.weekday() < 5:
        weekday = _WEEKDAYS[day.weekday()]
        problems.append(f"第 {number} 行：{day} 是周{weekday}，本来就上班，不用写 work")
    else:
        return CalendarDay(day, kind, _clean(row.get("name", ""), f"第 {number} 行的名称"))
    return None


def _clean(text: str, label: str) -> str:
    return clean_text(text, label, MOST_CHARACTERS, lines=False, field="file")


def _date(written: str) -> date | None:
    match = _DATE.match(written)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
