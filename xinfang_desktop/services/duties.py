"""What the office owes: lists of duties, the Today board, and the arithmetic behind a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..domain.clocks import Arithmetic
from ..domain.errors import RuleViolation
from ..domain.permissions import may, require
from ..domain.sealing import shut
from ..store import queries
from ..store.database import Connection
from ..store.queries import Owed
from .desk import Desk, use_case
from .drafts import Draft, drafts
from .duty_rows import DutyRow, arithmetic, duty_row, rows_for
from .finding import find_matter
from .reported_people import hidden_from
from .round_duties import calls_owed
from .subject_cards import readable

SILENT_AFTER = timedelta(days=10)
"""An open matter without a new record for so long is named: 件件有着落，事事有回音."""


@dataclass(frozen=True, slots=True)
class DutyQuery:
    """Which duties. ``today`` is a what-if for reading."""

    today: date | None = None
    open_only: bool = False
    owner: str = ""
    number: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the Today board and its rows."""

    key: str
    title: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of the fortnight: how many duties fall due, and 休 or 班."""

    day: date
    count: int
    tag: str


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """The first thing seen in the morning."""

    today: date
    groups: tuple[Group, ...]
    total: int
    mine: int
    fortnight: tuple[DayCount, ...]
    drafts: tuple[Draft, ...]
    silent: tuple[DutySubject, ...]
    banner: str = ""


@dataclass(frozen=True, slots=True)
class DutySubject:
    """A matter named without its people: number and title."""

    number: str
    title: str


@use_case("read_duties")
def duties(desk: Desk, asked: DutyQuery) -> tuple[DutyRow, ...]:
    """Duties in due order; everything when nothing is asked for in particular.

    A liaison sees those of its village, none of a matter, and may not ask for one by number.
    """
    today = asked.today or desk.today
    if asked.number:
        require(desk.roles, "read_matters")
    with desk.reading() as conn:
        about = find_matter(desk, conn, asked.number).id if asked.number else ""
        rows = _everywhere(
            desk, conn, today, unsettled=asked.open_only, owner=asked.owner, about=about,
            kinds=asked.kinds,
        )  # fmt: skip
    if asked.open_only:
        rows = tuple(row for row in rows if row.state in ("open", "overdue"))
    return rows


def _everywhere(desk: Desk, conn: Connection, today: date, **asked: Any) -> tuple[DutyRow, ...]:
    """As ``_rows``, with those of sealed matters for who may open them."""
    rows = _rows(desk, conn, today, **asked)
    if desk.vault is None or asked.get("about"):
        return rows
    with desk.vault.reading() as inner:
        hidden = hidden_from(desk.vault, inner)
        kept = _rows(desk.vault, inner, today, **asked)
        sealed = [row for row in kept if row.about not in hidden]
    return tuple(sorted((*rows, *sealed), key=lambda row: (row.due, row.id)))


def _rows(desk: Desk, conn: Connection, today: date, **asked: Any) -> tuple[DutyRow, ...]:
    """Duties that are kept with their subjects, and those of screening rounds, in due order."""
    kept = rows_for(desk, conn, queries.duties(conn, subjects=readable(desk), **asked), today)
    calls = [] if asked.get("about") else calls_owed(desk, conn, today)
    now = desk.setting(conn)
    owed = [duty_row(each, card, now, today) for each, card in calls if _wanted(each, **asked)]
    return tuple(sorted((*kept, *owed), key=lambda row: (row.due, row.id)))


def _wanted(
    owed: Owed,
    *,
    unsettled: bool = False,
    done_on: str = "",
    owner: str = "",
    about: str = "",
    kinds: tuple[str, ...] = (),
) -> bool:
    """What ``queries.duties`` asks of its rows, asked of one that is not kept in a table."""
    done = owed.duty.done_on
    return (
        (not unsettled or done is None or done.isoformat() == done_on)
        and (not owner or owed.duty.owner == owner)
        and (not kinds or owed.duty.kind in kinds)
    )


@use_case("read_duties")
def explain_duty(desk: Desk, duty_id: str) -> Arithmetic:
    """为什么是这一天: the arithmetic of one duty, day by day."""
    about = duty_id.partition("/")[0]
    with desk.reading() as conn:
        now = desk.setting(conn)
        kept = queries.duties(conn, subjects=readable(desk), about=about)
        if about in hidden_from(desk, conn):
            raise shut()
        seen = {row.id for row in rows_for(desk, conn, kept, desk.today)}
        for each in (*kept, *(call for call, _ in calls_owed(desk, conn, desk.today))):
            id = f"{each.about}/{each.duty.key}"
            if id == duty_id and (id in seen or each.subject == "round"):
                return arithmetic(each.duty, now)
    raise RuleViolation("no_duty", "没有这项责任事项。", mend="请刷新后再试。")


_GROUPS = (
    ("late", "已逾期"), ("today", "今天到期"), ("near", "3 天内"), ("later", "以后"),
    ("done", "今天已办"),
)  # fmt: skip


@use_case("read_duties")
def today_board(desk: Desk) -> TodayBoard:
    """What is due, by urgency, and what else waits this morning."""
    today = desk.today
    with desk.reading() as conn:
        rows = _everywhere(desk, conn, today, unsettled=True, done_on=today.isoformat())
        calendar = desk.setting(conn).book.calendar
        silent = _silent(desk, conn)
    rows = tuple(row for row in rows if row.state != "not_owed")
    groups = tuple(
        Group(key, title, tuple(row for row in rows if _group(row, today) == key))
        for key, title in _GROUPS
    )
    waiting = [row for row in rows if row.state in ("open", "overdue")]
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(14)]
    return TodayBoard(
        today=today,
        groups=groups,
        total=len(waiting),
        mine=sum(1 for row in waiting if row.owner == desk.account.name),
        fortnight=tuple(
            DayCount(day, sum(1 for row in waiting if row.due == day), calendar.tag(day))
            for day in days
        ),
        drafts=drafts(desk),
        silent=silent,
        banner="" if calendar.published(today.year) else f"{today.year} 年调休安排未导入",
    )


def _silent(desk: Desk, conn: Connection) -> tuple[DutySubject, ...]:
    if not may(desk.roles, "read_matters"):
        return ()
    ids = queries.last_activity(conn, (desk.today - SILENT_AFTER).isoformat())
    rows = list(queries.matters_by_id(conn, ids).values())
    if desk.vault is not None:
        with desk.vault.reading() as inner:
            ids = queries.last_activity(inner, (desk.today - SILENT_AFTER).isoformat())
            hidden = hidden_from(desk.vault, inner)
            rows += queries.matters_by_id(inner, [i for i in ids if i not in hidden]).values()
    return tuple(
        DutySubject(row["number"], row["title"])
        for row in sorted(rows, key=lambda row: row["number"])
    )


def _group(row: DutyRow, today: date) -> str:
    if row.done_on:
        return "done" if row.done_on == today else ""
    if row.state == "overdue":
        return "late"
    if row.due <= today:
        return "today"
    return "near" if row.due <= today + timedelta(days=3) else "later"
