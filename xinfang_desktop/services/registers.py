"""工作台账: the registers, their lines, the page of one, who booked on a reception day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..domain.course import Offer
from ..domain.errors import RuleViolation
from ..domain.office_records import WorkItem
from ..domain.periods import parse_period
from ..domain.register_kit import Register
from ..domain.register_states import STATES
from ..domain.register_tasks import tasks_of
from ..domain.registers import REGISTERS, open_to, register_named
from ..domain.registers_reception import bookings
from ..store import conflicts, queries
from ..store.files import fetch
from ..store.tables import TABLES
from .case_rows import attachment_rows, document_rows, seen_rows
from .case_steps import check_reason, ids_with_text
from .desk import Desk, use_case
from .duty_rows import DutyRow, rows_for
from .work_lines import (
    RegisterRow,
    WorkRow,
    WorkView,
    facts_of,
    given_of,
    links_of,
    row_of,
    stages_of,
    timeline_of,
    work_file,
)


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """Which lines of a register; ``period`` bounds their day, ``state`` is ``open`` or a code."""

    sort: str
    period: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """Who booked a place on a reception day, in full, after a logged reveal."""

    no: int
    subject: str
    visitor: str
    phone: str
    time: str


# --- looking -----------------------------------------------------------------------------------


@use_case("read_work")
def register_list(desk: Desk) -> tuple[RegisterRow, ...]:
    """All registers in their groups, with how many lines are open to work on."""
    total: Counter[str] = Counter()
    still: Counter[str] = Counter()
    with desk.reading() as conn:
        counted = queries.work_counts(conn)
    for sort, state, by, count in counted:
        register = REGISTERS.get(sort)
        if state != "void" and open_to(register, by, desk.account.name, desk.roles):
            total[sort] += count
            still[sort] += count if _is_open(state) else 0
    return tuple(
        RegisterRow(r.key, r.name, r.group, r.about, still[r.key], total[r.key])
        for r in REGISTERS.values()
    )


def _is_open(code: str) -> bool:
    state = STATES.get(code)
    return state is None or state.open


def _may_see(desk: Desk, item: WorkItem) -> bool:
    return open_to(REGISTERS.get(item.sort), item.by, desk.account.name, desk.roles)


@use_case("read_work")
def item_list(desk: Desk, asked: WorkQuery) -> tuple[WorkRow, ...]:
    """The lines of a register, newest first. What fades once it is over is shown on asking for
    its state alone."""
    register = register_named(asked.sort)
    if asked.state not in ("", "open") and asked.state not in STATES:
        raise RuleViolation(
            "unknown_state", "没有这个状态。",
            mend="可用的有：open 或 " + "、".join(STATES) + "。", field="state",
        )  # fmt: skip
    table = TABLES["work_item"]
    within = [table.c.sort == register.key]
    if asked.period:
        days = parse_period(asked.period)
        within.append(table.c.on.between(days.first.isoformat(), days.last.isoformat()))
    with desk.reading() as conn:
        order = (table.c.on.desc(), table.c.number.desc())
        items = [
            item for item in fetch(conn, WorkItem, *within, order=order) if _may_see(desk, item)
        ]
        items = [item for item in items if _wanted(register, item, asked.state)]
        if asked.text.strip():
            found = ids_with_text(desk, conn, "work_item", asked.text)
            items = [item for item in items if item.id in found]
        ids = [item.id for item in items]
        waiting: dict[str, DutyRow] = {}
        for row in rows_for(desk, conn, queries.duties_of(conn, ids), desk.today):
            if row.state in ("open", "overdue"):
                waiting.setdefault(row.about, row)
        undecided = conflicts.about(conn, ids)
    return tuple(row_of(i, waiting.get(i.id), undecided.get(i.id, 0)) for i in items)


def _wanted(register: Register, item: WorkItem, state: str) -> bool:
    if state and state != "open":
        return item.state == state
    if item.state == "void" or (state == "open" and not _is_open(item.state)):
        return False
    return not register.fades or _is_open(item.state)


@use_case("read_work")
def item_view(desk: Desk, number: str) -> WorkView:
    """The page of one line; the look is logged."""
    with desk.reading() as conn:
        register, file = work_file(desk, conn, number)
        owed = queries.duties_of(conn, [file.id], unsettled=False)
        duties = rows_for(desk, conn, owed, desk.today)
        waiting = [row for row in duties if row.state in ("open", "overdue")]
        view = WorkView(
            row=row_of(file.item, waiting[0] if waiting else None, len(file.conflicts)),
            noun=register.noun, facts=tuple(facts_of(register, file.item)), tasks=tasks_of(file),
            sample=tuple(file.values.get("sample", ())),
            links=tuple(links_of(desk, conn, file.item)), duties=duties,
            timeline=tuple(timeline_of(register, file.steps)),
            documents=tuple(document_rows(file.documents)),
            attachments=tuple(attachment_rows(file.attachments)),
            seen=tuple(seen_rows(conn, file.id)),
            offers=register.table.offers(file, desk.surroundings(conn)),
            stages=tuple(stages_of(register, file)), conflicts=file.conflicts,
            given=given_of(conn, register, file.item),
        )  # fmt: skip
    desk.look("read", case=file.id)
    return view


@use_case("read_work")
def item_offers(desk: Desk, number: str) -> tuple[Offer, ...]:
    """Which steps are lawful now, and why the others are not."""
    with desk.reading() as conn:
        register, file = work_file(desk, conn, number)
        return register.table.offers(file, desk.surroundings(conn))


@use_case("reveal_names")
def reveal_bookings(desk: Desk, number: str, reason: str) -> tuple[Booking, ...]:
    """Who booked, in full, for a reason that is logged."""
    reason = check_reason(reason)
    with desk.reading() as conn:
        _, file = work_file(desk, conn, number)
    desk.look("reveal", case=file.id, reason=reason)
    return tuple(
        Booking(
            no, str(said.get("subject", "")), str(said.get("visitor", "")),
            str(said.get("visitor_phone", "")), str(said.get("time", "")),
        )
        for no, said in bookings(file).items()
    )  # fmt: skip
