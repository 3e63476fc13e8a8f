"""Opening a mediation and taking its lawful steps (人民调解).

A mediation writes into its own file, and a word into the course of the dispute it came from; it
never writes into a petition matter, whose clocks run on whatever becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..domain.case_records import CaseStep, Committee, Dispute, Mediation, MediationParty
from ..domain.cases import MediationFile
from ..domain.committees import mark_of
from ..domain.course import Decision
from ..domain.dispute_course import DISPUTES
from ..domain.errors import RuleViolation
from ..domain.mediation_course import MEDIATIONS
from ..domain.mediation_reading import party_called
from ..domain.mediation_states import ENDED, state_name
from ..domain.mediation_steps import AGREEMENT_FORM
from ..store import changelog, queries
from ..store.changelog import Change, Transaction, change, new, new_id
from ..store.database import Connection
from ..store.files import get, with_bases
from .case_steps import step_taken
from .desk import Changes, Desk, use_case
from .dispute_work import taken
from .disputes import dispute_file
from .duty_rows import DutyRow, rows_for
from .finding import find_matter
from .handing_over import as_mediation, handed_to
from .mediation_asking import asked_by_itself, party_values, read_start
from .mediation_opening import committee_for, open_mediation
from .mediations import around_mediation, mediation_file
from .numbers import Numbers


@dataclass(frozen=True, slots=True)
class MediationStood:
    """Where a mediation stands after it was opened or a step was taken.

    ``told`` is the number of the dispute whose course was given a note.
    """

    mediation: str
    number: str
    file_no: str
    state: str
    state_name: str
    duties: tuple[DutyRow, ...]
    changes: Changes
    told: str = ""


@use_case("start_mediation")
def start_problems(desk: Desk, data: Mapping[str, Any]) -> tuple[RuleViolation, ...]:
    """Everything wrong with a mediation as it is asked for, each with its field."""
    with desk.reading() as conn:
        return read_start(desk, conn, data).problems


@use_case("start_mediation")
def start_mediation(desk: Desk, data: Mapping[str, Any]) -> MediationStood:
    """Open one: from a dispute, about a matter, or by itself (申请、主动调解、委托移送)."""
    with desk.writing() as tx:
        checked = read_start(desk, tx.conn, data)
        if checked.problems:
            raise checked.problems[0]
        if checked.values.get("dispute"):
            opened = _from_dispute(desk, tx, checked.values)
        else:
            opened = open_mediation(desk, tx, asked_by_itself(desk, tx.conn, checked.values))
        return _stood(desk, tx, opened)


def _from_dispute(desk: Desk, tx: Transaction, values: Mapping[str, Any]) -> Mediation:
    """As the dispute's own step 转人民调解, with what was typed instead of what the dispute says."""
    file = dispute_file(desk, tx.conn, values["dispute"])
    handing = {
        key: values[key] for key in ("committee", "mediators", "source") if values.get(key)
    }  # fmt: skip
    if values.get("applied_on"):
        handing["on"] = values["applied_on"]
    decision = DISPUTES.decide(file, "to_mediation", handing, desk.surroundings(tx.conn))
    asked = as_mediation(file.dispute, decision)
    typed = asked_by_itself(desk, tx.conn, {**values, "village": "", "matter": ""})
    own = ("title", "facts", "category", "claims", "parties", "recorder", "said")
    asked = replace(asked, **{name: getattr(typed, name) or getattr(asked, name) for name in own})
    if values.get("matter"):
        asked = replace(asked, matter=find_matter(desk, tx.conn, values["matter"]).id)
    opened = open_mediation(desk, tx, asked)
    tx.append(taken(desk, tx.conn, file, handed_to(decision, opened)))
    return opened


def _stood(desk: Desk, tx: Transaction, mediation: Mediation, told: str = "") -> MediationStood:
    now = get(tx.conn, Mediation, mediation.id) or mediation
    duties = queries.duties_of(tx.conn, [mediation.id], unsettled=False)
    changes = Changes(
        frozenset(kind for kind, _ in tx.touched), frozenset(id for _, id in tx.touched)
    )
    return MediationStood(
        now.id, now.number, now.file_no, now.state, state_name(now.state),
        rows_for(desk, tx.conn, duties, desk.today), changes, told,
    )  # fmt: skip


@use_case("take_mediation_step")
def mediation_problems(
    desk: Desk, number: str, action: str, data: Mapping[str, Any]
) -> tuple[RuleViolation, ...]:
    """Everything wrong with a step as filled in, each with its field."""
    with desk.reading() as conn:
        file = mediation_file(desk, conn, number)
        around = around_mediation(desk, conn, file, desk.setting(conn))
        return MEDIATIONS.problems(file, action, data, around)


@use_case("take_mediation_step")
def take_mediation_step(
    desk: Desk, number: str, action: str, data: Mapping[str, Any]
) -> MediationStood:
    """One lawful step, written with what it says; refused with its reason otherwise."""
    with desk.writing() as tx:
        file = mediation_file(desk, tx.conn, number)
        around = around_mediation(desk, tx.conn, file, desk.setting(tx.conn))
        decision = MEDIATIONS.decide(file, action, data, around)
        if action in _BESIDES:
            decision, more = _BESIDES[action](desk, tx.conn, file, decision)
            tx.append(more)
        tx.append(step_taken(desk, tx.conn, file.mediation, decision))
        told = _tell_dispute(desk, tx, file, decision)
        return _stood(desk, tx, file.mediation, told)


# --- what a step writes besides ----------------------------------------------------------------


def _numbered(
    desk: Desk, conn: Connection, file: MediationFile, decision: Decision
) -> tuple[Decision, list[Change]]:
    """The committee that mediates, and the file number: given once and kept ever after."""
    mediation, named = file.mediation, decision.data.get("committee", "")
    committee = get(conn, Committee, mediation.committee) if mediation.committee else None
    if named or committee is None:
        committee = committee_for(desk, conn, named, mediation.village)
    given = {"committee": committee.id} if committee else {}
    file_no = mediation.file_no
    if not file_no:
        mark = mark_of(committee, desk.office.name)
        file_no = Numbers(desk, conn).file_no(decision.on.year, mark)
    changes = {**decision.changes, **given, "file_no": file_no}
    return replace(decision, changes=changes, data={**decision.data, "file_no": file_no}), []


_IN_THE_STEP = ("side", "name", "added", "removed", "reason", "document", "copy_reason")
"""What the course says of a party; the rest stands in the party's own record."""


def _party(
    desk: Desk, conn: Connection, file: MediationFile, decision: Decision
) -> tuple[Decision, list[Change]]:
    """The party's record: added, completed, or voided where it was none."""
    said = decision.data
    told = replace(decision, data={key: said[key] for key in _IN_THE_STEP if key in said})
    known = party_called(file, said["name"])
    values = party_values(said)
    if known is None:
        no = max((party.no for party in file.parties), default=0) + 1
        record = MediationParty(
            id=new_id(), feed=file.mediation.feed, mediation=file.id, no=no, **values
        )
        return told, [new(record)]
    record = with_bases(conn, known)
    if said.get("removed"):
        return told, [changelog.void(record, said["reason"])]
    changed = {key: value for key, value in values.items() if value != getattr(record, key)}
    changed.pop("name", None)
    return told, [change(record, **changed)] if changed else []


Besides = Callable[[Desk, Connection, MediationFile, Decision], tuple[Decision, list[Change]]]
_BESIDES: Mapping[str, Besides] = {"accept": _numbered, "party": _party}
"""Steps that write more than the step and the mediation's own fields."""


# --- telling the dispute -----------------------------------------------------------------------

_TOLD = ("agreed", *ENDED, "void")
"""States whose coming the dispute's course is told of."""


def _tell_dispute(desk: Desk, tx: Transaction, file: MediationFile, decision: Decision) -> str:
    """A note in the course of the dispute this came from, when that agreed or ended; its number.

    What becomes of the dispute is decided there, not here; of what was said in the mediation
    nothing is told (《人民调解法》 art. 15).
    """
    if decision.to_state == decision.from_state or decision.to_state not in _TOLD:
        return ""
    dispute = get(tx.conn, Dispute, file.mediation.dispute) if file.mediation.dispute else None
    if dispute is None or dispute.voided:
        return ""
    mediation = get(tx.conn, Mediation, file.id) or file.mediation
    form = dict(AGREEMENT_FORM).get(str(decision.data.get("form", "")), "")
    outcome = f"达成{form}" if form else state_name(decision.to_state)
    named = mediation.file_no or mediation.number
    note = CaseStep(
        id=new_id(), feed=dispute.feed, case=dispute.id, action="note", on=decision.on,
        at=desk.moment_for(tx.conn, dispute.id), by=desk.account.name, from_state=dispute.state,
        to_state=dispute.state,
        data={
            "text": f"人民调解：{outcome}，见调解卷 {named}。", "sort": "progress",
            "by": desk.account.name, "mediation": mediation.number,
        },
    )  # fmt: skip
    tx.append([new(note)])
    return dispute.number
