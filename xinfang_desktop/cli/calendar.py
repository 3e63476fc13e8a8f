"""``xinfang calendar``: rest days and make-up days as data (节假日安排)."""

from __future__ import annotations

from pathlib import Path

from ..domain.calendar import banner
from ..services.calendars import import_calendar, office_year, show_year
from .answers import table
from .parsing import count
from .session import shipped
from .words import Answer, Call, Verb, argument

_TYPES = {"rest": "放假", "work": "上班"}


def show(call: Call) -> Answer:
    """A year's special days: as shipped, or with what the office imported where one signs in."""
    year = call.options.year
    if call.user:
        with call.desk() as desk:
            view = office_year(desk, year)
    else:
        view = show_year(shipped(), year)
    data = {
        "year": view.year,
        "published": view.published,
        "document": view.document,
        "days": [{"date": each.date, "type": each.type, "name": each.name} for each in view.days],
    }
    lines = table(
        ("日期", "安排", "节日"),
        [(each.date.isoformat(), _TYPES[each.type], each.name) for each in view.days],
    )
    return Answer(data, lines, () if view.published else (banner(year),))


def take_in(call: Call) -> Answer:
    """Import a year's notice; every due date is computed anew."""
    with call.desk() as desk:
        done = import_calendar(desk, call.options.file, call.options.document)
    changed = [
        {"number": each.number, "kind": each.kind, "old": each.old, "new": each.new}
        for each in done.changed
    ]
    lines = table(
        ("编号", "责任事项", "原期限", "新期限"),
        [(each.number, each.kind, each.old, each.new) for each in done.changed],
    )
    return Answer(
        {"year": done.year, "document": done.document, "changed": changed},
        lines,
        (f"已导入 {done.year} 年的节假日安排，{len(done.changed)} 个期限有变动。",),
    )


VERBS = (
    Verb(
        "import",
        "导入一年的节假日安排（CSV：日期,类型,名称）",
        take_in,
        (
            argument("file", type=Path, metavar="F.csv", help="放假是 rest，调休上班是 work"),
            argument("--document", default="", metavar="TEXT", help="通知的文号"),
        ),
    ),
    Verb(
        "show",
        "一年的节假日安排",
        show,
        (argument("year", type=count, metavar="YEAR", help="年份"),),
    ),
)
