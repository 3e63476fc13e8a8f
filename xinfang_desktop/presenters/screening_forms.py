"""The forms of 排查台账: a round to open, a reminder, a zero return for a village, a new dispute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang_desktop.domain.dispute_steps import REGISTER
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.periods import Period, month_of, quarter_of, week_of
from xinfang_desktop.domain.screening import REMIND, SERIES
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.returns import RETURN
from xinfang_desktop.services.rounds import OpenRound

REMINDER = REMIND
DISPUTE: tuple[Field, ...] = tuple(
    replace(each, kind="choice", choices="village") if each.name == "village" else each
    for each in REGISTER
)
"""A dispute as it is registered; the village is chosen from the office's list."""

ZERO: tuple[Field, ...] = tuple(
    each for each in RETURN if each.name in ("filed_on", "reporter", "note")
)

ROUND: tuple[Field, ...] = (
    Field("series", "排查种类", "choice", required=True, choices=SERIES,
          help="每月小排查平时不用开：开过一次以后，每个月都自己有。"),
    Field("period", "期间", "choice", required=True, help="排查哪一段时间。"),
    Field("theme", "专项主题", "choice", choices="screening_theme",
          help="专项排查才有：查一类问题，不查人。"),
    Field("due", "哪一天前报", "date", help="不填就是期末最后一个工作日。"),
    Field("villages", "只要这些村报", "many", help="一个也不选，就是全部的村（社区）。"),
    Field("note", "说明", "long", max_length=200, help="要各村留意什么。写事，不写人。"),
)  # fmt: skip

_SPANS: Mapping[str, Callable[[date], Period]] = {
    "monthly": month_of, "quarterly": quarter_of, "weekly": week_of,
}  # fmt: skip


def round_fields(villages: tuple[str, ...], today: date) -> tuple[Field, ...]:
    """The form of a round: the villages to tick, every period that any series may take."""
    known = {
        "villages": tuple((name, name) for name in villages),
        "period": tuple(dict.fromkeys(p for code, _ in SERIES for p in periods(code, today))),
    }
    return tuple(replace(each, choices=known.get(each.name, each.choices)) for each in ROUND)


def periods(series: str, today: date) -> tuple[tuple[str, str], ...]:
    """The periods for which a round of a series may be opened, the present one first."""
    spans = [_SPANS[series]] if series in _SPANS else [month_of, quarter_of]
    found = [span(today).shift(count) for span in spans for count in (0, 1, 2, -1)]
    return tuple((period.text, period.words) for period in found)


def as_round(values: Mapping[str, Any]) -> OpenRound:
    """The round that was read from the form."""
    due = values.get("due")
    return OpenRound(
        series=values["series"], period=values["period"], theme=values.get("theme", ""),
        due=date.fromisoformat(due) if due else None,
        villages=tuple(values.get("villages", ())), note=values.get("note", ""),
    )  # fmt: skip


def dispute_fields(desk: Desk) -> tuple[Field, ...]:
    """The form of a new dispute; grades are chosen by their word."""
    words = tuple((grade.word, grade.word) for grade in desk.shipped.grades.grades)
    return tuple(
        replace(each, kind="choice", choices=words) if each.name == "grade" else each
        for each in DISPUTE
    )
