"""矛盾纠纷: lists of disputes, the page of one, and who its parties are, for a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..domain.case_records import CaseStep, Dispute, Mediation, VillageNote
from ..domain.cases import DisputeFile
from ..domain.course import Offer
from ..domain.dispute_course import DISPUTES, newest
from ..domain.dispute_states import NOT_CLOSED
from ..domain.errors import RuleViolation
from ..domain.identity import mask_phone
from ..domain.inputs import shown_name
from ..domain.mediation_states import state_name as mediation_state
from ..domain.periods import month_of, parse_period
from ..domain.records import Matter
from ..domain.states import state_name as matter_state
from ..domain.village_notes import SORT_WORDS
from ..store import conflicts, queries
from ..store.case_files import by_number, load_disputes
from ..store.database import Connection
from ..store.files import chunks, fetch, get, in_order
from ..store.subjects import Setting
from ..store.tables import TABLES
from .case_rows import Link, attachment_rows, document_rows, seen_rows
from .case_steps import check_reason, ids_with_text
from .desk import Desk, use_case
from .dispute_views import (
    DisputeRow,
    DisputeView,
    amount_words,
    confirmations_of,
    row_of,
    stages_of,
    timeline_of,
)
from .duty_rows import rows_for
from .round_duties import village_in_sight

OPEN, NEW, LATE, FOLLOW, STALLED, ALL = "open", "new", "late", "follow", "stalled", "all"


@dataclass(frozen=True, slots=True)
class DisputeQuery:
    """What the list is narrowed to. ``view`` is one of ``VIEWS``; ``village`` a name or code;
    ``period`` bounds the day of finding."""

    view: str = ALL
    village: str = ""
    text: str = ""
    period: str = ""
    state: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class DisputePage:
    """The rows of one view, newest first, and how many every view has."""

    rows: tuple[DisputeRow, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DisputeParty:
    """A party in full, after a logged reveal."""

    name: str
    phone: str


@use_case("read_disputes")
def dispute_page(desk: Desk, asked: DisputeQuery) -> DisputePage:
    """Disputes within the account's sight, newest first, with counts of the saved views."""
    with desk.reading() as conn:
        now = desk.setting(conn)
        rows = _rows(desk, conn, now, asked)
    today = desk.today
    if asked.view not in VIEWS:
        raise RuleViolation(
            "unknown_view", "没有这个视图。", mend="可用的有：" + "、".join(VIEWS), field="view"
        )
    counts = {view: sum(1 for row in rows if seen(row, today)) for view, seen in VIEWS.items()}
    wanted = VIEWS[asked.view]
    return DisputePage(tuple(row for row in rows if wanted(row, today)), counts)


@use_case("read_disputes")
def dispute_list(desk: Desk) -> tuple[DisputeRow, ...]:
    """All disputes within the account's sight, newest first."""
    with desk.reading() as conn:
        return _rows(desk, conn, desk.setting(conn), DisputeQuery())


VIEWS: Mapping[str, Callable[[DisputeRow, date], bool]] = {
    OPEN: lambda row, today: row.state in NOT_CLOSED,
    NEW: lambda row, today: row.found_on in month_of(today),
    LATE: lambda row, today: row.due_state == "late",
    FOLLOW: lambda row, today: row.state == "settled",
    STALLED: lambda row, today: row.stalled,
    ALL: lambda row, today: True,
}
"""Saved views: 未销号, 本月新增, 逾期, 待回访, 停滞, 全部."""


def _rows(
    desk: Desk, conn: Connection, now: Setting, asked: DisputeQuery
) -> tuple[DisputeRow, ...]:
    table = TABLES["dispute"]
    within = [] if desk.village is None else [table.c.village == desk.village]
    if asked.village:
        within.append(table.c.village == village_in_sight(desk, conn, asked.village).id)
    if asked.period:
        period = parse_period(asked.period)
        within.append(table.c.found_on.between(period.first.isoformat(), period.last.isoformat()))
    if asked.state:
        within.append(table.c.state == asked.state)
    if asked.batch:
        within.append(table.c.batch == asked.batch)
    order = (table.c.found_on.desc(), table.c.number.desc())
    found = fetch(conn, Dispute, *within, order=order)
    if asked.text.strip():
        wanted = ids_with_text(desk, conn, "dispute", asked.text)
        found = [dispute for dispute in found if dispute.id in wanted]
    steps = _steps(conn, [dispute.id for dispute in found])
    owed: dict[str, queries.Owed] = {}
    for each in queries.duties_of(conn, [dispute.id for dispute in found]):
        owed.setdefault(each.about, each)
    waiting = {row.about: row for row in rows_for(desk, conn, owed.values(), desk.today)}
    open_ones = conflicts.about(conn, (dispute.id for dispute in found))
    rows = (
        row_of(
            DisputeFile(dispute, steps.get(dispute.id, ())), owed.get(dispute.id),
            waiting[dispute.id].urgency if dispute.id in waiting else "",
            waiting[dispute.id].words if dispute.id in waiting else "", now, desk.today,
        )
        for dispute in found
    )  # fmt: skip
    return tuple(replace(row, conflicts=open_ones.get(row.id, 0)) for row in rows)


def _steps(conn: Connection, ids: Iterable[str]) -> dict[str, tuple[CaseStep, ...]]:
    table = TABLES["case_step"]
    found: dict[str, list[CaseStep]] = {}
    for part in chunks(ids):
        for step in fetch(conn, CaseStep, table.c.case.in_(part)):
            found.setdefault(step.case, []).append(step)
    return {case: in_order(steps) for case, steps in found.items()}


def find_dispute(desk: Desk, conn: Connection, number: str) -> Dispute:
    """The dispute of that number; one beyond the account's sight is not there at all."""
    dispute = by_number(conn, Dispute, number, prefix=f"{desk.office.code}-JF-")
    if dispute is None or desk.village not in (None, dispute.village):
        raise RuleViolation(
            "no_dispute",
            f"没有编号为“{shown_name(number)}”的纠纷。",
            mend="请核对编号。",
            field="number",
        )
    return dispute


def dispute_file(desk: Desk, conn: Connection, number: str) -> DisputeFile:
    """The whole file of that dispute, its record ready to be changed."""
    dispute = find_dispute(desk, conn, number)
    file = next(load_disputes(conn, [dispute.id]))
    return replace(file, dispute=dispute)


@use_case("read_disputes")
def dispute_view(desk: Desk, number: str) -> DisputeView:
    """The page of one dispute; the look is logged."""
    with desk.reading() as conn:
        now = desk.setting(conn)
        file = dispute_file(desk, conn, number)
        dispute = file.dispute
        duties = queries.duties_of(conn, [dispute.id], unsettled=False)
        rows = rows_for(desk, conn, duties, desk.today)
        waiting = [row for row in rows if row.state in ("open", "overdue")]
        first = next((o for o in duties if not o.duty.done_on and not o.duty.settled), None)
        view = DisputeView(
            row=row_of(
                file, first, waiting[0].urgency if waiting else "",
                waiting[0].words if waiting else "", now, desk.today,
            ),
            detail=dispute.detail, occurred_on=dispute.occurred_on,
            source_name=now.codes["dispute_source"].name_of(dispute.source),
            found_by=dispute.found_by, amount=dispute.amount,
            amount_words=amount_words(dispute.amount),
            units=dispute.units,
            urgent=dispute.urgent, danger=dispute.danger, grade_reasons=_grade_reasons(file, now),
            measures=dispute.measures, settle_by=dispute.due,
            method_name=now.codes["resolution"].name_of(dispute.method),
            phones=tuple(mask_phone(phone) for phone in dispute.phones),
            stages=stages_of(file), confirmations=confirmations_of(file),
            links=_links(conn, desk, dispute), duties=rows, timeline=tuple(timeline_of(file)),
            documents=tuple(document_rows(file.documents)),
            attachments=tuple(attachment_rows(file.attachments)),
            seen=tuple(seen_rows(conn, dispute.id)),
            offers=DISPUTES.offers(file, desk.surroundings(conn)),
            conflicts=file.conflicts,
        )  # fmt: skip
    desk.look("read", case=dispute.id)
    return view


def _grade_reasons(file: DisputeFile, now: Setting) -> tuple[str, ...]:
    """Why it is of this grade: the thresholds reached, or who set another one and why."""
    dispute, step = file.dispute, newest(file, "grade")
    data = (step.data or {}) if step else {}
    if data.get("grade") and step:
        return (f"{step.by}定为“{dispute.grade}”：{data.get('reason', '')}",)
    return now.grades.propose(
        people=dispute.people, amount_cents=dispute.amount, urgent=dispute.urgent,
        danger=dispute.danger, crossing=bool(data.get("crossing")),
    ).reasons  # fmt: skip


def _links(conn: Connection, desk: Desk, dispute: Dispute) -> tuple[Link, ...]:
    made = []
    matter = get(conn, Matter, dispute.matter) if dispute.matter else None
    if matter and desk.village is None and not matter.sealed:
        made.append(Link("matter", matter.number, matter.title, matter_state(matter.state)))
    table = TABLES["mediation"]
    for each in fetch(conn, Mediation, table.c.dispute == dispute.id, order=(table.c.number,)):
        made.append(Link("mediation", each.number, each.title, mediation_state(each.state)))
    for note in fetch(conn, VillageNote, TABLES["village_note"].c.dispute == dispute.id):
        made.append(Link("village_note", note.id, note.text[:40], SORT_WORDS.get(note.sort, "")))
    return tuple(made)


@use_case("read_disputes")
def dispute_offers(desk: Desk, number: str) -> tuple[Offer, ...]:
    """Which steps are lawful now, and why the others are not."""
    with desk.reading() as conn:
        return DISPUTES.offers(dispute_file(desk, conn, number), desk.surroundings(conn))


@use_case("reveal_parties")
def reveal_parties(desk: Desk, number: str, reason: str) -> tuple[DisputeParty, ...]:
    """Names and telephones in full, for a reason that is logged."""
    reason = check_reason(reason)
    with desk.reading() as conn:
        dispute = find_dispute(desk, conn, number)
    desk.look("reveal", case=dispute.id, reason=reason)
    phones = (*dispute.phones, *("",) * len(dispute.parties))
    return tuple(
        DisputeParty(name, phone) for name, phone in zip(dispute.parties, phones, strict=False)
    )
