"""Reporting periods (期间): 2026, 2026-H1, 2026-Q2, 2026-05, 2026-W20, their days and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .dates import FIRST_YEAR, LAST_YEAR
from .errors import RuleViolation
from .inputs import shown_name

Span = Literal["year", "half", "quarter", "month", "week"]

_MONTHS: dict[Span, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d{2})|(?P<month>\d{2})))?"
)
_NUMBERS = "一二三四"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period, both days inside. ``number`` counts it within its year, 1 for a whole year."""

    first: date
    last: date
    span: Span
    year: int
    number: int

    @property
    def text(self) -> str:
        """As a command writes it: 2026-Q2."""
        form = {"half": "H{}", "quarter": "Q{}", "month": "{:02d}", "week": "W{:02d}"}
        return f"{self.year:04d}" + (
            "" if self.span == "year" else "-" + form[self.span].format(self.number)
        )

    @property
    def words(self) -> str:
        """As one says it: 2026年第二季度."""
        said = {
            "year": "{0}年",
            "half": "{0}年{2}半年",
            "quarter": "{0}年第{3}季度",
            "month": "{0}年{1}月",
            "week": "{0}年第{1}周",
        }
        half, quarter = "上下"[(self.number - 1) % 2], _NUMBERS[(self.number - 1) % 4]
        return said[self.span].format(self.year, self.number, half, quarter)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def shift(self, count: int) -> Period:
        """The period of the same length ``count`` later (or earlier)."""
        if self.span == "week":
            return week_of(self.first + timedelta(weeks=count))
        length = _MONTHS[self.span]
        months = self.year * 12 + (self.number - 1) * length + count * length
        return _months(self.span, *divmod(months, 12))


def _months(span: Span, year: int, before: int) -> Period:
    """The span of months that begins after ``before`` months of ``year``."""
    length = _MONTHS[span]
    ends = year * 12 + before + length
    return Period(
        first=date(year, before + 1, 1),
        last=date(ends // 12, ends % 12 + 1, 1) - timedelta(days=1),
        span=span, year=year, number=before // length + 1,
    )  # fmt: skip


def month_of(day: date) -> Period:
    """The month of a day."""
    return _months("month", day.year, day.month - 1)


def quarter_of(day: date) -> Period:
    """The quarter of a day."""
    return _months("quarter", day.year, (day.month - 1) // 3 * 3)


def week_of(day: date) -> Period:
    """The ISO week of a day, Monday to Sunday."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(monday, monday + timedelta(days=6), "week", year, week)


def year_of(day: date) -> Period:
    """The year of a day."""
    return _months("year", day.year, 0)


def parse_period(text: str, *, field: str = "period") -> Period:
    """A period as written. Raises RuleViolation ``bad_period``."""
    found = _SHAPE.fullmatch(text.strip().upper())
    period = _read(found) if found else None
    if period is None:
        raise RuleViolation(
            "bad_period",
            f"“{shown_name(text, 20)}”不是一个期间。",
            mend="写成 2026（年）、2026-H1（半年）、2026-Q2（季度）、2026-05（月）或 2026-W20（周）。",
            field=field,
        )
    return period


def _read(found: re.Match[str]) -> Period | None:
    year = int(found["year"])
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    if found["week"]:
        try:
            return week_of(date.fromisocalendar(year, int(found["week"]), 1))
        except ValueError:
            return None
    for span in ("half", "quarter", "month"):
        if found[span]:
            before = (int(found[span]) - 1) * _MONTHS[span]
            return _months(span, year, before) if 0 <= before < 12 else None
    return _months("year", year, 0)
