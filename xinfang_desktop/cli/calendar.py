"""``xinfang calendar``: rest days and make-up days as data (节假日安排)."""

from __future__ import annotations

from ..domain.calendar import banner
from ..places import RESOURCES
from ..store.reference import load_reference
from .answers import table
from .words import Answer, Call

_TYPES = {"rest": "放假", "work": "上班"}


def show(call: Call) -> Answer:
    """A year's special days as shipped; needs no store."""
    calendar = load_reference(RESOURCES).calendar
    year = call.options.year
    schedule = calendar.schedule(year)
    days = calendar.year_days(year)
    published = calendar.published(year)
    data = {
        "year": year,
        "published": published,
        "document": schedule.document if schedule else "",
        "days": [{"date": each.date, "type": each.type, "name": each.name} for each in days],
    }
    lines = table(
        ("日期", "安排", "节日"),
        [(each.date.isoformat(), _TYPES[each.type], each.name) for each in days],
    )
    return Answer(data, lines, () if published else (banner(year),))
