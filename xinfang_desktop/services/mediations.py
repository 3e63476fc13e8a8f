"""人民调解: lists of mediations, the page of one, and who its sides are, for a reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..domain.case_records import Committee, Dispute, Mediation
from ..domain.cases import MediationFile
from ..domain.course import Offer
from ..domain.dispute_states import state_name as dispute_state
from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name
from ..domain.matter import Surroundings
from ..domain.mediation_course import MEDIATIONS
from ..domain.mediation_duties import confirmation_due
from ..domain.mediation_reading import agents, file_papers, lacking, masked, said
from ..domain.mediation_states import ENDED, MEDIATING
from ..domain.periods import parse_period
from ..domain.permissions import may
from ..domain.records import Matter
from ..domain.states import state_name as matter_state
from ..store import conflicts, queries
from ..store.case_files import by_number, load_mediations
from ..store.database import Connection
from ..store.files import fetch, get
from ..store.subjects import Setting
from ..store.tables import TABLES
from .case_rows import Link, attachment_rows, document_rows, seen_rows
from .case_steps import check_reason, ids_with_text
from .desk import Desk, use_case
from .duty_rows import DutyRow, rows_for
from .mediation_views import (
    SEX_WORDS,
    MediationRow,
    MediationView,
    SideView,
    agreement_of,
    court_of,
    row_of,
    sides_of,
    stages_of,
    timeline_of,
)
from .round_duties import village_in_sight

ASKING, OPEN, PERFORM, FOLLOW, FILE, ALL = "asked", "open", "perform", "follow", "file", "all"


@dataclass(frozen=True, slots=True)
class MediationQuery:
    """What the list is narrowed to. ``view`` is one of ``VIEWS``; ``village`` a name or code;
    ``period`` bounds the day of the application."""

    view: str = ALL
    village: str = ""
    text: str = ""
    period: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class MediationPage:
    """The rows of one view, newest first, and how many every view has."""

    rows: tuple[MediationRow, ...]
    counts: Mapping[str, int]


VIEWS: Mapping[str, Callable[[MediationRow], bool]] = {
    ASKING: lambda row: row.state == "asked",
    OPEN: lambda row: row.state in MEDIATING,
    PERFORM: lambda row: row.state == "agreed",
    FOLLOW: lambda row: "follow_up" in row.waits,
    FILE: lambda row: row.state in ENDED or _done(row),
    ALL: lambda row: True,
}
"""Saved views: 征求意愿, 调解中, 待履行, 待回访, 待立卷, 全部."""


def _done(row: MediationRow) -> bool:
    return row.state == "performed" and "follow_up" not in row.waits


@use_case("read_mediations")
def mediation_page(desk: Desk, asked: MediationQuery) -> MediationPage:
    """Mediations within the account's sight, newest first, with counts of the saved views."""
    if asked.view not in VIEWS:
        raise RuleViolation(
            "unknown_view", "没有这个视图。", mend="可用的有：" + "、".join(VIEWS), field="view"
        )
    with desk.reading() as conn:
        rows = _rows(desk, conn, asked)
    counts = {view: sum(map(seen, rows)) for view, seen in VIEWS.items()}
    return MediationPage(tuple(filter(VIEWS[asked.view], rows)), counts)


def _rows(desk: Desk, conn: Connection, asked: MediationQuery) -> tuple[MediationRow, ...]:
    table = TABLES["mediation"]
    within = [] if desk.village is None else [table.c.village == desk.village]
    if asked.village:
        within.append(table.c.village == village_in_sight(desk, conn, asked.village).id)
    if asked.period:
        period = parse_period(asked.period)
        days = (period.first.isoformat(), period.last.isoformat())
        within.append(table.c.applied_on.between(*days))
    if asked.state:
        within.append(table.c.state == asked.state)
    order = (table.c.applied_on.desc(), table.c.number.desc())
    ids = [mediation.id for mediation in fetch(conn, Mediation, *within, order=order)]
    if asked.text.strip():
        wanted = ids_with_text(desk, conn, "mediation", asked.text)
        ids = [id for id in ids if id in wanted]
    now, committees = desk.setting(conn), committee_names(conn)
    files = {file.id: file for file in load_mediations(conn, ids)}
    waiting = _waiting(desk, conn, ids)
    open_ones = conflicts.about(conn, ids)
    rows = (row_of(files[id], waiting.get(id, ()), now, committees) for id in ids)
    return tuple(replace(row, conflicts=open_ones.get(row.id, 0)) for row in rows)


def _waiting(desk: Desk, conn: Connection, ids: list[str]) -> dict[str, list[DutyRow]]:
    found: dict[str, list[DutyRow]] = {}
    for row in rows_for(desk, conn, queries.duties_of(conn, ids), desk.today):
        if row.state in ("open", "overdue"):
            found.setdefault(row.about, []).append(row)
    return found


def committee_names(conn: Connection) -> dict[str, str]:
    """The name of every committee, by id."""
    return {each.id: each.name for each in fetch(conn, Committee, with_voided=True)}


def find_mediation(desk: Desk, conn: Connection, number: str) -> Mediation:
    """The mediation of that number or file number; one beyond the account's sight is not there."""
    prefix = f"{desk.office.code}-TJ-"
    found = by_number(conn, Mediation, number, prefix=prefix) or _by_file_no(conn, number)
    if found is None or desk.village not in (None, found.village):
        raise RuleViolation(
            "no_mediation", f"没有编号为“{shown_name(number)}”的调解。", mend="请核对编号。",
            field="number",
        )  # fmt: skip
    return found


def _by_file_no(conn: Connection, number: str) -> Mediation | None:
    """（2026）青石人调字第3号, however its brackets and digits were typed."""
    wanted = unicodedata.normalize("NFKC", number).replace("(", "（").replace(")", "）")
    wanted = "".join(wanted.split())
    table = TABLES["mediation"]
    found = fetch(conn, Mediation, table.c.file_no == wanted) if wanted else []
    return get(conn, Mediation, found[0].id) if found else None


def mediation_file(desk: Desk, conn: Connection, number: str) -> MediationFile:
    """The whole file of that mediation, its record ready to be changed."""
    mediation = find_mediation(desk, conn, number)
    return replace(next(load_mediations(conn, [mediation.id])), mediation=mediation)


def around_mediation(
    desk: Desk, conn: Connection, file: MediationFile, now: Setting
) -> Surroundings:
    """What a step of this mediation may look at besides its file."""
    return replace(desk.surroundings(conn), court_due=confirmation_due(file, now.book))


@use_case("read_mediations")
def mediation_view(desk: Desk, number: str) -> MediationView:
    """The page of one mediation; the look is logged."""
    with desk.reading() as conn:
        now = desk.setting(conn)
        file = mediation_file(desk, conn, number)
        mediation = file.mediation
        owed = queries.duties_of(conn, [mediation.id], unsettled=False)
        duties = rows_for(desk, conn, owed, desk.today)
        waiting = [row for row in duties if row.state in ("open", "overdue")]
        right = next((o.duty for o in owed if o.duty.kind == "judicial_confirmation"), None)
        view = MediationView(
            row=row_of(file, waiting, now, committee_names(conn)),
            facts=masked(file, mediation.facts),
            claims=tuple(masked(file, claim) for claim in mediation.claims),
            recorder=mediation.recorder, closed=bool(said(file.last("accept")).get("closed")),
            stages=stages_of(file), sides=sides_of(file), agreement=agreement_of(file),
            court=court_of(file, right, desk.today), papers=file_papers(file),
            lacking=lacking(file), links=_links(desk, conn, mediation), duties=duties,
            timeline=tuple(timeline_of(file)), documents=tuple(document_rows(file.documents)),
            attachments=tuple(attachment_rows(file.attachments)),
            seen=tuple(seen_rows(conn, mediation.id)),
            offers=MEDIATIONS.offers(file, around_mediation(desk, conn, file, now)),
            conflicts=file.conflicts,
        )  # fmt: skip
    desk.look("read", case=mediation.id)
    return view


def _links(desk: Desk, conn: Connection, mediation: Mediation) -> tuple[Link, ...]:
    """The dispute it came from, and the matter it is about where the account may read it."""
    made = []
    dispute = get(conn, Dispute, mediation.dispute) if mediation.dispute else None
    if dispute and desk.village in (None, dispute.village):
        made.append(Link("dispute", dispute.number, dispute.summary, dispute_state(dispute.state)))
    matter = get(conn, Matter, mediation.matter) if mediation.matter else None
    if matter and not matter.sealed and may(desk.roles, "read_matters"):
        made.append(Link("matter", matter.number, matter.title, matter_state(matter.state)))
    return tuple(made)


@use_case("read_mediations")
def mediation_offers(desk: Desk, number: str) -> tuple[Offer, ...]:
    """Which steps are lawful now, and why the others are not."""
    with desk.reading() as conn:
        file = mediation_file(desk, conn, number)
        return MEDIATIONS.offers(file, around_mediation(desk, conn, file, desk.setting(conn)))


@use_case("reveal_parties")
def reveal_sides(desk: Desk, number: str, reason: str) -> tuple[SideView, ...]:
    """The sides and their agents in full, for a reason that is logged."""
    reason = check_reason(reason)
    with desk.reading() as conn:
        file = mediation_file(desk, conn, number)
    desk.look("reveal", case=file.id, reason=reason)
    return (*sides_of(file, full=True), *_agents(file))


def _agents(file: MediationFile) -> tuple[SideView, ...]:
    return tuple(
        SideView(
            no=0, side="agent", side_name="受托人", name=agent["name"],
            phone=agent.get("phone", ""), agrees=None, answered_on=None,
            answer_words=agent.get("relation", ""), sex=SEX_WORDS.get(agent.get("sex", ""), ""),
            age=agent.get("age", 0), occupation=agent.get("occupation", ""),
            address=agent.get("address", ""),
        )
        for agent in agents(file)
    )  # fmt: skip
