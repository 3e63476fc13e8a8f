"""The working calendar (工作日历): which day is rest, which weekend day is worked, and since when.

Built from the yearly notices of the State Council's office (国办关于部分节假日安排的通知). A year
without a notice is computed from the statutory days of the 2024 办法 and weekends, and whatever
depends on it is provisional (暂定).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .errors import RuleViolation

DayType = Literal["rest", "work"]

FIRST = date(1949, 1, 1)
LAST = date(2099, 12, 31)

_BASE = FIRST.toordinal()
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day a notice speaks of: ``rest`` (放假) or ``work`` (调休上班), and its holiday."""

    date: date
    type: DayType
    name: str


@dataclass(frozen=True, slots=True)
class YearSchedule:
    """The notice for one year (节假日安排). A few of its days may lie in December before."""

    year: int
    document: str  # 文号
    days: tuple[CalendarDay, ...]


class Calendar:
    """Rest days and working days from ``FIRST`` to ``LAST``. Immutable; ``with_*`` gives a new one.

    Dates outside raise ``RuleViolation`` (a mistyped year, not a working calendar's business).
    """

    __slots__ = ("_days", "_local", "_schedules", "_statutory", "_work", "years")

    def __init__(
        self,
        schedules: Iterable[YearSchedule],
        statutory: Iterable[CalendarDay] = (),
        local_rest: Mapping[date, str] | None = None,
    ) -> None:
        """``statutory`` are the 13 days of the 2024 办法 for years to come; ``local_rest`` the
        days off that an ethnic area sets itself (办法 art. 4), date → name.
        """
        self._schedules = {schedule.year: schedule for schedule in schedules}
        self._statutory = tuple(statutory)
        self._local = dict(local_rest or {})
        self.years = frozenset(self._schedules)
        self._days = self._compose()
        work = bytearray(_week_pattern())
        for day in self._days.values():
            work[day.date.toordinal() - _BASE] = day.type == "work"
        self._work = bytes(work)

    def _compose(self) -> dict[date, CalendarDay]:
        days: dict[date, CalendarDay] = {}
        for day in self._statutory:
            days[day.date] = day
        unpublished = [day for day in self._statutory if day.date.year not in self.years]
        for day in _made_up(unpublished):
            days[day.date] = day
        for year in sorted(self._schedules):
            for day in self._schedules[year].days:
                days[day.date] = day
        for local_day, name in self._local.items():
            days[local_day] = CalendarDay(local_day, "rest", name)
        return {day.date: day for day in days.values() if FIRST <= day.date <= LAST}

    def with_years(self, schedules: Iterable[YearSchedule]) -> Calendar:
        """The same calendar after these notices were imported; a known year is replaced."""
        merged = {**self._schedules, **{schedule.year: schedule for schedule in schedules}}
        return Calendar(merged.values(), self._statutory, self._local)

    def with_local_rest(self, local_rest: Mapping[date, str]) -> Calendar:
        """The same calendar with these local days off instead of those it had."""
        return Calendar(self._schedules.values(), self._statutory, local_rest)

    def is_workday(self, day: date) -> bool:
        """Monday to Friday without the rest days, and weekend days that are worked."""
        return bool(self._work[_index(day)])

    def is_rest(self, day: date) -> bool:
        return not self._work[_index(day)]

    def holiday(self, day: date) -> str:
        """Name of the holiday this day is off or worked for; empty for plain days."""
        known = self._days.get(day)
        return known.name if known else ""

    def tag(self, day: date) -> str:
        """The mark of a calendar cell: 休 for any rest day, 班 for a weekend day worked."""
        if self.is_rest(day):
            return "休"
        return "班" if day.weekday() >= 5 else ""

    def describe(self, day: date) -> str:
        """What the day is, in words: 周六 · 国庆节放假 · 周六，调休上班 · 周三."""
        name, weekday = self.holiday(day), "周" + _WEEKDAYS[day.weekday()]
        if self.is_rest(day):
            return f"{name}放假" if name else weekday
        return f"{weekday}，调休上班" if day.weekday() >= 5 else weekday

    def published(self, year: int) -> bool:
        """Whether the notice for ``year`` is loaded; without it dates there are provisional."""
        return year in self.years

    def provisional(self, first: date, last: date) -> bool:
        """Whether any day from ``first`` to ``last`` lies in a year without a notice."""
        if first.year == last.year:
            return first.year not in self.years
        return any(year not in self.years for year in range(first.year, last.year + 1))

    def schedule(self, year: int) -> YearSchedule | None:
        return self._schedules.get(year)

    def year_days(self, year: int) -> tuple[CalendarDay, ...]:
        """Every special day that falls into ``year``, in order, whichever notice says so."""
        return tuple(self._days[day] for day in sorted(self._days) if day.year == year)

    def missing(self, schedule: YearSchedule) -> tuple[CalendarDay, ...]:
        """Statutory days of the year that a notice does not mention; they stay rest days."""
        said = {day.date for day in schedule.days}
        return tuple(
            day
            for day in self._statutory
            if day.date.year == schedule.year and day.date not in said
        )

    def roll(self, day: date) -> date:
        """``day`` itself if it is worked, else the first working day after the rest period.

        By analogy with 民法典 art. 203; a weekend day that is worked does not roll.
        """
        return self._at(self._work.find(1, _index(day)))

    def add_workdays(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``, which is not counted itself.

        For 0 it is ``start`` rolled: something due the same day is due on a day that is worked.
        """
        index = _index(start)
        if count == 0:
            return self._at(self._work.find(1, index))
        for _ in range(count):
            index = self._work.find(1, index + 1)
            if index < 0:
                break
        return self._at(index)

    def last_workday(self, day: date) -> date:
        """``day`` itself if it is worked, else the working day before the rest period."""
        return self._at(self._work.rfind(1, 0, _index(day) + 1))

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and including ``last``; 0 if there are none."""
        return self._work.count(1, _index(first) + 1, _index(last) + 1)

    @staticmethod
    def _at(index: int) -> date:
        if index < 0:
            raise _outside(LAST)
        return date.fromordinal(index + _BASE)


def banner(year: int) -> str:
    """What stands above dates of a year whose notice is not loaded."""
    return f"{year}年度调休安排未导入，这一年的期限按法定节假日和周末推算，暂定。"


def check_day(day: date) -> None:
    """Raise RuleViolation ``date_out_of_range`` for a day that no calendar here knows."""
    if not FIRST <= day <= LAST:
        raise _outside(day)


def check_year(year: int) -> None:
    """Raise RuleViolation ``date_out_of_range`` for a year that no calendar here knows."""
    if not FIRST.year <= year <= LAST.year:
        raise _out_of_range(f"年份 {year}")


def _index(day: date) -> int:
    check_day(day)
    return day.toordinal() - _BASE


def _outside(day: date) -> RuleViolation:
    return _out_of_range(f"日期 {day.isoformat()}")


def _out_of_range(what: str) -> RuleViolation:
    return RuleViolation(
        "date_out_of_range",
        f"{what} 不在日历范围内。",
        mend=f"本程序的日历从 {FIRST.year} 年到 {LAST.year} 年，请核对年份。",
    )


def _week_pattern() -> bytes:
    week = bytes(1 if (FIRST.weekday() + offset) % 7 < 5 else 0 for offset in range(7))
    length = (LAST - FIRST).days + 1
    return (week * (length // 7 + 1))[:length]


def _made_up(statutory: list[CalendarDay]) -> list[CalendarDay]:
    """Days off on working days for statutory days that fall on a weekend (办法 art. 6)."""
    taken = {day.date for day in statutory}
    made_up = []
    for day in sorted(statutory, key=lambda each: each.date):
        if day.date.weekday() < 5:
            continue
        free = day.date + timedelta(days=1)
        while free.weekday() >= 5 or free in taken:
            free += timedelta(days=1)
        taken.add(free)
        made_up.append(CalendarDay(free, "rest", f"{day.name}补休"))
    return made_up
