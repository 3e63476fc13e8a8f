"""Duties as rows of the screen, and where their verbs lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services.duty_rows import DutyRow

from .lines import DutyLine

WEEKDAYS = "一二三四五六日"


def day_words(day: date, today: date, *, weekday: bool = True) -> str:
    """9月21日 周一; the year only where it is another one."""
    year = f"{day.year}年" if day.year != today.year else ""
    tail = f" 周{WEEKDAYS[day.weekday()]}" if weekday else ""
    return f"{year}{day.month}月{day.day}日{tail}"


def line_of(row: DutyRow, today: date) -> DutyLine:
    """One duty as a row. The unrolled day comes first: 10月2日, then 遇国庆节，最迟10月8日."""
    rolled = row.due_raw is not None and row.due_raw != row.due
    shown = row.due_raw if rolled and row.due_raw is not None else row.due
    reason = row.reason
    if rolled and "遇" in reason:
        reason = "遇" + reason.split("遇", 1)[1]
    if row.provisional:
        reason = "期限可能变动"
    done = row.done_on is not None
    detail = (
        "" if row.subject in row.title else row.subject,
        f"{row.channel_name} {day_words(row.received_on, today, weekday=False)}",
        row.masked_name,
    )
    return DutyLine(
        key=row.id,
        urgency=row.urgency,
        words=row.words,
        what=row.title,
        detail=" · ".join(part for part in detail if part),
        who=row.owner or "还没指定",
        when=day_words(shown, today),
        reason=reason,
        verb="" if not leads_to(row)[0] else "看记录" if done else _VERBS.get(row.case, row.verb),
    )


PAGE_OF: Mapping[str, str] = {
    "matter": "matter", "dispute": "dispute", "mediation": "mediation", "village_note": "notes",
    "work_item": "work_item",
}  # fmt: skip
"""Kind of case → the page that shows one; a kind without a page leads nowhere."""

_ONLY_OPENED = frozenset({"settle", "mediation"})
"""Duties that take more than one step: their verb opens the case, not a form."""

GATHERED = "rounds"
"""What stands before the key of a row in which a whole round is gathered."""


def round_of(row: DutyRow) -> RoundKey:
    """The round that a duty to report answers: ``return:special:2026-09:flood``."""
    _, series, period, theme = (*row.id.partition("/")[2].split(":"), "")[:4]
    return RoundKey(period, series, theme)


_VERBS: Mapping[str, str] = {"village_note": "兑现了"}
"""Kind of case → what its duties are called to be done by, where the kind of duty says otherwise."""


def opens(row: DutyRow) -> tuple[str, Mapping[str, Any]]:
    """Which page shows what the duty is about; an empty key where there is none."""
    if row.case == "round":
        if row.id.startswith(f"{GATHERED}/"):
            return "screening", {"round": round_of(row)}
        return "return", {"village": row.village, "round": round_of(row)}
    page = PAGE_OF.get(row.case, "")
    return (page, {"number": row.number or row.about}) if page else ("", {})


def leads_to(row: DutyRow) -> tuple[str, Mapping[str, Any]]:
    """Which page fulfils the duty, and what to show there."""
    page, what = opens(row)
    kind, _, name = row.target.partition(":")
    if not page or row.done_on is not None or not name or row.kind in _ONLY_OPENED:
        return page, what
    if row.case == "village_note":
        return page, {**what, "promise": row.id.rpartition(":")[2]}
    if kind == "form":
        return "papers", {**what, "form": name}
    return page, {**what, kind: name}
