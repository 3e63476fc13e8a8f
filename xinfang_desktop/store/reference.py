"""Reads the shipped reference data (resources/): calendars, rule packs, code tables.

The domain works on the plain objects made here; only this module knows files and encodings.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..domain.calendar import Calendar, CalendarDay, YearSchedule
from ..domain.codes import CodeTable, parse_table
from ..domain.errors import DamagedInput, EnvironmentProblem, RuleViolation
from ..domain.grades import GradeTable, read_grades
from ..domain.person_words import PersonWords, read_person_words
from ..domain.rules import Overlay, RulePack, parse_overlay, parse_pack
from ..domain.schedule_csv import TYPES, parse_schedule

NATIONAL = "national-2022"
_LARGEST = 1_000_000  # bytes; a year's notice has about a thousand


@dataclass(frozen=True, slots=True)
class Reference:
    """What rules and names mean here: calendar, periods, code tables, local packs to choose,
    the grades of disputes, what a village note does not say of people."""

    calendar: Calendar
    rules: RulePack
    codes: Mapping[str, CodeTable]
    overlays: Mapping[str, Overlay]
    grades: GradeTable
    person_words: PersonWords


def load_reference(resources: Path) -> Reference:
    """The shipped data below ``resources``. Damaged shipped data is our bug, not an error; only
    the grades are an office's own to change there: ``RuleViolation`` names what it wrote wrong."""
    packs = resources / "rules"
    return Reference(
        calendar=_calendar(resources / "calendars"),
        rules=parse_pack(_text(packs / f"{NATIONAL}.toml"), NATIONAL),
        codes={
            file.stem: parse_table(file.stem, _text(file))
            for file in sorted((resources / "codes").glob("*.csv"))
        },
        overlays={
            file.stem: parse_overlay(_text(file), file.stem)
            for file in sorted(packs.glob("local-*.toml"))
        },
        grades=read_grades(_office_text(packs / "dispute_grades.toml")),
        person_words=read_person_words(_text(packs / "note_words.toml")),
    )


def with_local(
    reference: Reference,
    years: Iterable[YearSchedule] = (),
    overlay: str = "",
    local_rest: Mapping[date, str] | None = None,
) -> Reference:
    """The reference as this office set it up: imported notices, its local pack and rest days.

    An unknown pack, or one that lengthens a period, raises ``RuleViolation``.
    """
    calendar = reference.calendar
    imported = tuple(years)
    if imported:
        calendar = calendar.with_years(imported)
    if local_rest:
        calendar = calendar.with_local_rest(local_rest)
    rules = reference.rules
    if overlay:
        if overlay not in reference.overlays:
            raise RuleViolation(
                "unknown_overlay",
                f"没有名为“{overlay}”的地方规则包。",
                mend="可用的有：" + "、".join(reference.overlays),
                field="local_rules",
            )
        rules = rules.with_overlay(reference.overlays[overlay])
    return replace(reference, calendar=calendar, rules=rules)


def read_schedule(file: Path, *, document: str = "") -> YearSchedule:
    """A holiday notice that an office imports (CSV, UTF-8 with or without BOM, or GB18030).

    ``EnvironmentProblem`` if the file cannot be read, ``DamagedInput`` if it is no text,
    ``RuleViolation`` with row and value for what is written wrong.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(_LARGEST + 1)
    except (OSError, ValueError) as problem:
        raise EnvironmentProblem(
            "file_unreadable",
            f"读不了文件“{file.name}”。",
            mend="请检查文件是否还在、是否被别的程序占用。",
        ) from problem
    if len(raw) > _LARGEST:
        raise DamagedInput(
            "calendar_file",
            f"“{file.name}”太大，不像一年的节假日安排。",
            mend="请选“日期,类型,名称”三列的 CSV 文件。",
        )
    return parse_schedule(_decoded(raw, file.name), document=document)


def _decoded(raw: bytes, name: str) -> str:
    text = _as_text(raw)
    if text is None:
        raise DamagedInput(
            "calendar_file",
            f"“{name}”不是文字表格。",
            mend="请在表格软件里另存为 CSV 文件再导入。",
        )
    return text


def _as_text(raw: bytes) -> str | None:
    """As UTF-8 or as the encoding of an older editor; None for what is no text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _calendar(folder: Path) -> Calendar:
    days: dict[int, list[CalendarDay]] = {}
    documents: dict[int, dict[str, None]] = {}
    for row in csv.DictReader(_text(folder / "national.csv").splitlines()):
        year = int(row["year"])
        days.setdefault(year, []).append(_day(row))
        documents.setdefault(year, {}).setdefault(row["document"])
    schedules = [YearSchedule(year, "；".join(documents[year]), tuple(days[year])) for year in days]
    rows = csv.DictReader(_text(folder / "statutory.csv").splitlines())
    return Calendar(schedules, [_day(row) for row in rows])


def _day(row: Mapping[str, str]) -> CalendarDay:
    return CalendarDay(date.fromisoformat(row["date"]), TYPES[row["type"]], row["name"])


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _office_text(file: Path) -> str:
    """A shipped file that an office changes with whatever editor it has."""
    return _as_text(file.read_bytes()) or ""
