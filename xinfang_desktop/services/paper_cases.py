"""What a paper is printed about (文书的对象): one table, subject → its facts and its earlier prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..domain import permissions
from ..domain.errors import RuleViolation
from ..domain.matter import MatterFile
from ..domain.records import Document, Office, Person
from ..printing import facts as papers
from ..printing import mediation_facts
from ..printing.catalogue import Form
from ..store.database import Connection
from ..store.files import fetch, fetch_own, load_file
from ..store.tables import TABLES
from . import (
    dispute_papers,
    exchange_facts,
    mediation_papers,
    publication_papers,
    round_papers,
    work_papers,
)
from .desk import Desk
from .disputes import dispute_file
from .duties import today_board
from .exchange_door import check_offered
from .finding import check_handler, check_unsealed, find_matter
from .matter_papers import BUILDERS, STEP_BEFORE, WHY_NOT
from .mediation_sheets import mediation_source
from .paper_source import Source, office_facts


@dataclass(frozen=True, slots=True)
class PaperCase:
    """One paper before it is printed: its facts, where its record lies, what was printed before.

    ``matter`` or ``case`` is the id it belongs to; both empty for a blank and for the office.
    """

    facts: papers.Facts
    feed: str
    matter: str = ""
    case: str = ""
    documents: tuple[Document, ...] = field(default=())
    large_print: bool = False
    forwarded: bool = False
    personal: Callable[[papers.Facts], tuple[str, ...]] = lambda facts: ()
    """What on the paper, as edited, would show a citizen to everybody."""


CaseOf = Callable[[Desk, Connection, Form, str], PaperCase]


def not_yet(form: Form, why: str) -> RuleViolation:
    """The refusal of a paper whose decision was not taken."""
    return RuleViolation("not_yet", f"现在还不能打印{form.name}。", mend=why)


# --- matters -----------------------------------------------------------------------------------


def matter_file(desk: Desk, conn: Connection, number: str) -> MatterFile:
    """The file of a matter for its papers; refused where it is sealed."""
    matter = find_matter(desk, conn, number)
    check_unsealed(desk, matter)
    file = load_file(conn, matter.id)
    assert file is not None
    return file


def why_not_matter(code: str, file: MatterFile, office: Office) -> str:
    """Why a matter's paper may not be printed now; empty where it may."""
    needed, sentence = STEP_BEFORE.get(code, ((), ""))
    if needed and file.last(*needed) is None:
        return sentence
    if file.matter.voided or file.matter.state == "T12":
        return "事项已作废，不再出文书。"
    return WHY_NOT[code](file, office) if code in WHY_NOT else ""


def source_of(desk: Desk, conn: Connection, file: MatterFile) -> Source:
    """What the papers of a matter are made from."""
    return Source(
        file=file, now=desk.setting(conn), people=tuple(fetch_own(conn, Person)), today=desk.today,
        actor=desk.account.name,
    )  # fmt: skip


def _matter(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    file = matter_file(desk, conn, number)
    check_handler(desk, file.matter)
    why = why_not_matter(form.code, file, desk.office)
    if why:
        raise not_yet(form, why)
    return PaperCase(
        facts=BUILDERS[form.code](source_of(desk, conn, file)), feed=file.matter.feed, matter=file.matter.id,
        documents=file.documents, large_print=file.matter.large_print,
        forwarded=file.matter.origin != "self",
        personal=lambda facts: publication_papers.personal(facts, file),
    )  # fmt: skip


# --- disputes and rounds -----------------------------------------------------------------------


def _dispute(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    now, around = desk.setting(conn), desk.surroundings(conn)
    build = dispute_papers.BUILDERS[form.code]
    if not number.strip():
        return PaperCase(build(dispute_papers.DisputeSource(now, around)), desk.feed)
    file = dispute_file(desk, conn, number)
    why = dispute_papers.why_not(form.code, file)
    if why:
        raise not_yet(form, why)
    people = tuple(fetch_own(conn, Person))
    source = dispute_papers.DisputeSource(now, around, file, people)
    return PaperCase(build(source), file.dispute.feed, case=file.id, documents=file.documents)


def _round(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    now = desk.setting(conn)
    asked = round_papers.read_round(now, number)
    facts = round_papers.BUILDERS[form.code](desk, conn, now, asked)
    case = round_papers.round_id(conn, asked.key) if asked else ""
    table = TABLES["document"]
    printed = fetch(conn, Document, table.c.case == case) if case else []
    return PaperCase(facts, desk.feed, case=case, documents=tuple(printed))


# --- mediations ---------------------------------------------------------------------------------


def _mediation(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    if not number.strip():
        facts = form.facts(  # type: ignore[call-arg]
            office=office_facts(desk.office), mediation=mediation_facts.MediationFacts()
        )
        return PaperCase(facts, desk.feed)
    source = mediation_source(desk, conn, number)
    file = source.file
    return PaperCase(
        mediation_papers.BUILDERS[form.code](source), file.mediation.feed, case=file.id,
        documents=file.documents,
    )  # fmt: skip


# --- the office --------------------------------------------------------------------------------


def _office(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    build = exchange_facts.BUILDERS.get(form.code)
    if build is not None:
        check_offered(desk)
        return PaperCase(build(desk, conn, number), desk.feed)
    if form.code in work_papers.STANDING:
        return PaperCase(work_papers.STANDING[form.code](desk, conn, number), desk.feed)
    if form.code in work_papers.BUILDERS:
        return _line(desk, conn, form, number)
    return _day_sheet(desk)


def _line(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    permissions.require(desk.roles, "read_work")
    facts, file = work_papers.line_paper(desk, conn, form.code, number)
    if file is None:
        return PaperCase(facts, desk.feed)
    return PaperCase(facts, file.item.feed, case=file.id, documents=file.documents)


def _day_sheet(desk: Desk) -> PaperCase:
    board, now = today_board(desk), desk.now()
    sheet = papers.DaySheet(
        office=office_facts(desk.office), on=desk.today,
        groups=tuple(
            papers.DayGroup(
                title=group.title,
                rows=tuple(
                    papers.DayRow(
                        state=row.words, what=row.title, matter=row.subject, who=row.masked_name,
                        owner=row.owner, due=row.due, why=row.reason,
                    )
                    for row in group.rows
                ),
            )
            for group in board.groups
            if group.rows
        ),
        printed_at=f"{now.year}年{now.month}月{now.day}日 {now.hour}:{now.minute:02d}",
        printed_by=desk.account.name,
    )  # fmt: skip
    return PaperCase(sheet, desk.feed)


SUBJECTS: Mapping[str, CaseOf] = {
    "matter": _matter,
    "dispute": _dispute,
    "round": _round,
    "mediation": _mediation,
    "office": _office,
}

_VERBS = {"matter": "print_matter_form", "office": "print_matter_form"}


def case_of(desk: Desk, conn: Connection, form: Form, number: str) -> PaperCase:
    """What this paper is printed about, for those who may print it."""
    permissions.require(desk.roles, _VERBS.get(form.subject, "print_form"))
    return SUBJECTS[form.subject](desk, conn, form, number)
