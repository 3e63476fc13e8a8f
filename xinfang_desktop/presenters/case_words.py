"""What the pages of a matter, a dispute and a mediation say alike: duties, stages, days, sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from xinfang_desktop.domain.clocks import spoken
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services.duty_rows import DutyRow
from xinfang_desktop.services.views import AttachmentRow, DocumentRow, SeenRow, TimelineRow

from .duty_lines import day_words

REVEAL_FIELDS = (
    Field(
        "reason", "为什么要看", required=True, sample="核对电话，通知到现场查看",
        help="写一句原因。谁、什么时候、为什么看了完整的姓名和号码，都会留下记录。",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One duty of a case as its page shows it. ``target`` is where its verb leads."""

    id: str
    urgency: str
    words: str
    title: str
    owner: str
    when: str
    verb: str
    target: str
    note: str
    waiting: bool
    why: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a case. ``long`` ones take a line of their own."""

    name: str
    words: str
    long: bool = False


class Stage(Protocol):
    """One field of a stage bar."""

    @property
    def stage(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def on(self) -> date | None: ...


class Course(Protocol):
    """What lies in the tabs at the right of a case: its course, papers, files, who looked."""

    @property
    def timeline(self) -> tuple[TimelineRow, ...]: ...
    @property
    def documents(self) -> tuple[DocumentRow, ...]: ...
    @property
    def attachments(self) -> tuple[AttachmentRow, ...]: ...
    @property
    def seen(self) -> tuple[SeenRow, ...]: ...


def stage_words(
    stages: Iterable[Stage], state_name: str, *, short: bool = False
) -> tuple[tuple[str, str, str], ...]:
    """Name, state and day (7/24) of each stage; the present one says the case's state.

    ``short``: where there is little room, two characters each and no days.
    """
    if short:
        return tuple((each.stage[-2:], each.state, "") for each in stages)
    return tuple(
        (
            state_name if each.state == "now" else each.stage,
            each.state,
            f"{each.on.month}/{each.on.day}" if each.on and each.state == "done" else "",
        )
        for each in stages
    )


def duty_items(rows: Iterable[DutyRow], today: date, *, leads: bool) -> tuple[DutyItem, ...]:
    """The duties of a case, open ones first in due order; what is not owed is left out.

    ``leads``: whether their verbs may be followed at all.
    """
    owed = [row for row in rows if row.state != "not_owed"]
    owed.sort(key=lambda row: (not waits(row), row.due))
    return tuple(_item(row, today, leads=leads) for row in owed)


def duty_note(rows: Sequence[DutyRow]) -> str:
    """未办 3，已办 1."""
    owed = [row for row in rows if row.state != "not_owed"]
    waiting = sum(map(waits, owed))
    return f"未办 {waiting}，已办 {len(owed) - waiting}"


def _item(row: DutyRow, today: date, *, leads: bool) -> DutyItem:
    follows = leads and waits(row) and row.target != "matter"
    return DutyItem(
        id=row.id, urgency=row.urgency,
        words=row.words if waits(row) else row.words.split(" ")[0], title=row.title,
        owner=row.owner, when=due_words(row, today), verb=row.verb if follows else "",
        target=row.target if follows else "", note=row.note, waiting=waits(row),
        why=row.state != "unknown",
    )  # fmt: skip


def waits(row: DutyRow) -> bool:
    """Whether a duty is still to be done."""
    return row.state in ("open", "overdue")


def due_words(row: DutyRow, today: date) -> str:
    """When a duty is due, the unrolled target first: 10月2日，最迟 10月8日."""
    if row.state == "unknown":
        return "记录里没有日期"
    if row.done_on:
        return f"{plain_day(row.done_on, today)}，期限 {spoken(row.due)}"
    if row.due_raw and row.due_raw != row.due:
        return f"{plain_day(row.due_raw, today)}，最迟 {spoken(row.due)}"
    return day_words(row.due, today)


def when_words(row: TimelineRow, today: date) -> str:
    """When and who: 9月18日 15:20 · 周敏; the day it counts for where it was written later."""
    at: datetime = row.at
    day = plain_day(row.on, today)
    if at.date() == row.on:
        return f"{day} {at.hour}:{at.minute:02d} · {row.who}"
    return f"{day}（{spoken(at.date())}记） · {row.who}"


def moment_words(at: datetime, today: date) -> str:
    """9月18日 15:20."""
    return f"{plain_day(at.date(), today)} {at.hour}:{at.minute:02d}"


def size_words(row: AttachmentRow) -> str:
    """1.2 MB."""
    if row.size >= 1_000_000:
        return f"{row.size / 1_000_000:.1f} MB"
    return f"{max(1, round(row.size / 1000))} KB"


def plain_day(day: date, today: date) -> str:
    """9月18日; the year only where it is another one."""
    return day_words(day, today, weekday=False)
