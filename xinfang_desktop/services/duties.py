"""What the office owes: lists of duties, the Today board, and the arithmetic behind a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..domain.clocks import Arithmetic, agreed, deadline, left_words, spoken, urgency
from ..domain.duties import KINDS, Duty
from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name
from ..domain.names import mask_name
from ..domain.permissions import may, require, sees_sealed
from ..domain.records import Matter
from ..store import queries
from ..store.database import Connection
from ..store.derived import Setting
from ..store.files import matter_by_number
from .desk import Desk, use_case
from .drafts import Draft, drafts

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
class DutyRow:
    """One duty as a list shows it.

    ``urgency`` is rest, soon, near, today, late, done, provisional or stopped; ``words`` says it
    (还有 3 天); ``reason`` is why that date; ``target`` is where the verb leads
    (``form:F07``, ``step:serve``, ``have:答``, ``matter``).
    """

    id: str  # <matter id>/<key>
    kind: str
    title: str
    verb: str
    target: str
    subject: str
    number: str
    owner: str
    started_on: date
    due_raw: date | None
    due: date
    done_on: date | None
    provisional: bool
    state: str
    urgency: str
    words: str
    reason: str
    article: str
    matter_id: str
    have: str
    masked_name: str
    channel_name: str
    received_on: date
    note: str
    village: str = ""


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


def short_number(number: str) -> str:
    """The number without the office's code: 20260921-A0001."""
    return number.split("-XF-")[-1]


def rows_for(
    desk: Desk, conn: Connection, owed: Iterable[tuple[str, Duty]], today: date
) -> tuple[DutyRow, ...]:
    """Duties with what a person needs to recognise the matter, names masked."""
    pairs = list(owed)
    now = desk.setting(conn)
    ids = {matter for matter, _ in pairs}
    subjects = queries.matters_by_id(conn, ids)
    names = masked_names(conn, subjects)
    return tuple(
        _row(duty, subjects[matter], names.get(matter, ""), now, today, desk)
        for matter, duty in pairs
        if matter in subjects
    )


def masked_names(conn: Connection, subjects: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The first petitioner of each matter as lists may show it (张*, or 要求保密)."""
    parties = queries.by_matter(conn, "party", subjects, ("name", "no", "role"))
    shown: dict[str, str] = {}
    for id, subject in subjects.items():
        named = sorted(
            (p for p in parties.get(id, ()) if p["name"] and p["role"] == "petitioner"),
            key=lambda p: p["no"],
        )
        if subject["sealed"]:
            shown[id] = "密件"
        elif subject["confidential"]:
            shown[id] = "要求保密"
        elif named:
            shown[id] = mask_name(named[0]["name"])
        else:
            shown[id] = "匿名" if subject["anonymous"] else "未留姓名"
    return shown


def _row(
    duty: Duty, subject: Mapping[str, Any], name: str, now: Setting, today: date, desk: Desk
) -> DutyRow:
    kind = KINDS[duty.kind]
    state = duty.state_of(today, late_after=now.office.late_after)
    hidden = bool(subject["sealed"]) and not sees_sealed(desk.roles)
    level, words = _urgency(duty, state, today)
    return DutyRow(
        id=f"{subject['id']}/{duty.key}",
        kind=duty.kind,
        title=kind.title if hidden else duty.title,
        verb=kind.verb,
        target=kind.target,
        subject="密件" if hidden else subject["title"],
        number=subject["number"],
        owner=duty.owner,
        started_on=duty.started_on,
        due_raw=duty.due_raw,
        due=duty.due,
        done_on=duty.done_on,
        provisional=duty.provisional,
        state=state,
        urgency=level,
        words=words,
        reason=_reason(duty, now),
        article=duty.article,
        matter_id=subject["id"],
        have=duty.kind.partition(".")[2],
        masked_name=name,
        channel_name=now.codes["channel"].name_of(subject["channel"]),
        received_on=date.fromisoformat(subject["received_on"]),
        note="" if hidden else duty.note,
        village="" if hidden else now.villages.get(subject["village"], ""),
    )


_SETTLED = {
    "done": ("done", "已办"), "done_late": ("done", "逾期办结"),
    "not_owed": ("stopped", "不需办"), "unknown": ("stopped", "不详"),
}  # fmt: skip


def _urgency(duty: Duty, state: str, today: date) -> tuple[str, str]:
    if state in _SETTLED:
        level, word = _SETTLED[state]
        return level, f"{word} {spoken(duty.done_on)}" if duty.done_on else word
    level = urgency(duty.started_on, duty.due, today)
    if duty.provisional and level in ("rest", "soon"):
        return "provisional", "暂定"
    return level, left_words(duty.due, today)


def _reason(duty: Duty, now: Setting) -> str:
    if duty.given:
        return duty.note or now.book.rules[duty.rule].note or "约定的日子"
    return arithmetic(duty, now, explain=False).reason


def arithmetic(duty: Duty, now: Setting, *, explain: bool = True) -> Arithmetic:
    """The day-by-day explanation of a duty's date."""
    rule = now.book.rules[duty.rule]
    if duty.given:
        return agreed(rule, duty.started_on, duty.due, now.book.calendar)
    return deadline(
        rule, duty.started_on, now.book.calendar, extended=duty.extended, explain=explain
    )


@use_case("read_duties")
def duties(desk: Desk, asked: DutyQuery) -> tuple[DutyRow, ...]:
    """Duties in due order; everything when nothing is asked for in particular.

    A liaison sees no duty of a matter, and may not ask for one by number.
    """
    today = asked.today or desk.today
    if asked.number:
        require(desk.roles, "read_matters")
    with desk.reading() as conn:
        matter = find_matter(desk, conn, asked.number).id if asked.number else ""
        found = _owed(
            desk, conn, unsettled=asked.open_only, owner=asked.owner, matter=matter,
            kinds=asked.kinds,
        )  # fmt: skip
        rows = rows_for(desk, conn, found, today)
    if asked.open_only:
        rows = tuple(row for row in rows if row.state in ("open", "overdue"))
    return rows


def _owed(desk: Desk, conn: Connection, **asked: Any) -> list[tuple[str, Duty]]:
    """Duties of matters, for those who may read matters."""
    return queries.duties(conn, **asked) if may(desk.roles, "read_matters") else []


def find_matter(desk: Desk, conn: Connection, number: str) -> Matter:
    """The matter of that number. Raises RuleViolation ``no_matter``."""
    matter = matter_by_number(conn, number, prefix=f"{desk.office.code}-XF-")
    if matter is None:
        raise RuleViolation(
            "no_matter",
            f"没有编号为“{shown_name(number)}”的信访事项。",
            mend="请核对编号。",
            field="number",
        )
    return matter


def check_unsealed(desk: Desk, matter: Matter) -> None:
    """Refuse ``sealed`` to those who do not hold the grant (art. 30)."""
    if matter.sealed and not sees_sealed(desk.roles):
        raise RuleViolation(
            "sealed", "这是密件，只有涉密举报件专办员可以查看和办理。",
            mend="请转告专办员。", article="《信访工作条例》第三十条",
        )  # fmt: skip


def check_handler(desk: Desk, matter: Matter) -> None:
    """Refuse ``confidential``: who asked for it is known to the handler alone."""
    if matter.confidential and matter.owner != desk.account.name:
        raise RuleViolation(
            "confidential", "信访人要求保密，只有承办人可以看姓名。",
            mend=f"请找承办人{matter.owner}。", article="《信访工作条例》第十八条",
        )  # fmt: skip


@use_case("read_duties")
def explain_duty(desk: Desk, duty_id: str) -> Arithmetic:
    """为什么是这一天: the arithmetic of one duty, day by day."""
    require(desk.roles, "read_matters")
    matter, _, key = duty_id.partition("/")
    with desk.reading() as conn:
        for _, duty in queries.duties(conn, matter=matter):
            if duty.key == key:
                return arithmetic(duty, desk.setting(conn))
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
        found = _owed(desk, conn, unsettled=True, done_on=today.isoformat())
        rows = rows_for(desk, conn, found, today)
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
    shown = sees_sealed(desk.roles)
    rows = sorted(queries.matters_by_id(conn, ids).values(), key=lambda row: row["number"])
    return tuple(
        DutySubject(row["number"], row["title"] if shown or not row["sealed"] else "密件")
        for row in rows
    )


def _group(row: DutyRow, today: date) -> str:
    if row.done_on:
        return "done" if row.done_on == today else ""
    if row.state == "overdue":
        return "late"
    if row.due <= today:
        return "today"
    return "near" if row.due <= today + timedelta(days=3) else "later"
