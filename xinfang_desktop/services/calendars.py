"""Rest days and make-up days: showing a year, taking in a new notice, what moves by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..domain.calendar import Calendar, CalendarDay, check_year
from ..domain.clocks import Arithmetic, deadline
from ..domain.permissions import may
from ..domain.records import CalendarYear
from ..domain.schedule_csv import stored_form
from ..store import queries
from ..store.changelog import change, new, new_id
from ..store.database import Connection
from ..store.files import fetch, with_bases
from ..store.reference import Reference, read_schedule
from ..store.tables import TABLES
from .desk import Changes, Desk, use_case


@dataclass(frozen=True, slots=True)
class YearView:
    """One year's schedule; ``published`` is False where only the statutory days are known."""

    year: int
    published: bool
    document: str
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class DueChange:
    """A date that moved because the calendar changed."""

    number: str
    kind: str
    old: date
    new: date


@dataclass(frozen=True, slots=True)
class CalendarImported:
    """What a new notice changed."""

    year: int
    document: str
    changed: tuple[DueChange, ...]
    changes: Changes


def show_year(reference: Reference, year: int) -> YearView:
    """The schedule of a year as far as it is known. Raises RuleViolation for no year of ours."""
    return _view(reference.calendar, year)


@use_case("read_settings")
def office_year(desk: Desk, year: int) -> YearView:
    """The same with what this office imported."""
    with desk.reading() as conn:
        return _view(desk.setting(conn).book.calendar, year)


def _view(calendar: Calendar, year: int) -> YearView:
    check_year(year)
    schedule = calendar.schedule(year)
    return YearView(
        year, calendar.published(year), schedule.document if schedule else "",
        calendar.year_days(year),
    )  # fmt: skip


def reckon(reference: Reference, rule: str, start: date, extended: int = 0) -> Arithmetic:
    """The arithmetic alone, with the shipped calendars. Raises RuleViolation for a bad rule."""
    return deadline(reference.rules[rule], start, reference.calendar, extended=extended)


@use_case("import_calendar")
def import_calendar(desk: Desk, path: Path, document: str = "") -> CalendarImported:
    """Take in a year's notice; every due date is computed anew in the same transaction.

    Numbers of matters are named only to those who may read matters, and who is bound to a village
    is not told how many moved.
    """
    schedule = read_schedule(path, document=document)
    days = stored_form(schedule)
    with desk.writing() as tx:
        before = _dues(tx.conn)
        table = TABLES["calendar_year"]
        known = fetch(tx.conn, CalendarYear, table.c.year == schedule.year)
        if known:
            tx.append(
                [change(with_bases(tx.conn, known[0]), document=schedule.document, days=days)]
            )
        else:
            record = CalendarYear(
                id=new_id(), feed=desk.feed, year=schedule.year, document=schedule.document,
                days=days,
            )  # fmt: skip
            tx.append([new(record)])
        after = _dues(tx.conn)
        rows, _ = queries.matters(tx.conn, queries.MatterFilter())
    numbers = {row["id"]: row["number"] for row in rows}
    named = may(desk.roles, "read_matters")
    moved = tuple(
        DueChange(numbers[matter] if named else "", kind, before[matter, key, kind], due)
        for (matter, key, kind), due in after.items()
        if desk.village is None
        and matter in numbers
        and before.get((matter, key, kind), due) != due
    )
    return CalendarImported(
        schedule.year, schedule.document, moved, Changes(frozenset({"calendar_year", "duty"}))
    )


def _dues(conn: Connection) -> dict[tuple[str, str, str], date]:
    return {
        (owed.about, owed.duty.key, owed.duty.kind): owed.duty.due
        for owed in queries.duties(conn, subjects=("matter",), unsettled=True)
    }
