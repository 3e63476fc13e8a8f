"""Registering a dispute and taking its lawful steps (登记纠纷、化解、销号)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain.case_records import Dispute
from ..domain.cases import DisputeFile
from ..domain.course import Decision
from ..domain.dispute_course import DISPUTES
from ..domain.dispute_states import state_name
from ..domain.dispute_steps import REGISTER
from ..domain.errors import RuleViolation
from ..domain.identity import normalise_phone
from ..domain.inputs import read_fields
from ..domain.names import normalise_name
from ..domain.records import Village
from ..store import queries
from ..store.case_files import load_disputes
from ..store.changelog import Change, Transaction, new_id
from ..store.database import Connection
from ..store.files import get, with_bases
from ..store.subjects import Setting
from .case_steps import first_step, step_taken
from .desk import Changes, Desk, use_case
from .disputes import dispute_file
from .duty_rows import DutyRow, rows_for
from .handing_over import to_matter, to_mediation
from .numbers import Numbers
from .round_duties import village_in_sight

KINDS = frozenset({"dispute", "case_step"})


@dataclass(frozen=True, slots=True)
class DisputeStood:
    """Where a dispute stands after it was registered or a step was taken."""

    dispute: str
    number: str
    state: str
    state_name: str
    duties: tuple[DutyRow, ...]
    changes: Changes
    made: tuple[str, ...] = ()  # numbers of the matter or mediation it was handed over to


@dataclass(frozen=True, slots=True)
class Checked:
    """What was understood of a dispute as typed, and everything that must be mended."""

    values: Mapping[str, Any]
    problems: tuple[RuleViolation, ...]
    warnings: tuple[str, ...] = ()


def check_dispute(
    data: Mapping[str, Any], now: Setting, today: date, *, where: str = ""
) -> Checked:
    """Read a dispute as typed. An unknown type is kept as written and told, never refused.

    ``where`` is the path of an enclosing row (``disputes.1``).
    """
    reading = read_fields(REGISTER, data, where)
    values, problems, warnings = dict(reading.values), list(reading.problems), []

    def at(name: str) -> str:
        return f"{where}.{name}" if where else name

    for name in ("found_on", "occurred_on"):
        if values.get(name, "") > today.isoformat():
            problems.append(
                RuleViolation(
                    "date_in_future", "日期不能晚于今天。", mend="请核对日期。", field=at(name)
                )
            )
    if values.get("due") and values["due"] < values.get("found_on", ""):
        problems.append(
            RuleViolation(
                "due_before_start", "化解时限不能早于发现日期。", mend="请核对两个日期。",
                field=at("due"),
            )
        )  # fmt: skip
    if "category" in values:
        written = values["category"]
        found = now.codes["dispute_type"].find(written)
        values |= {"category": found.code if found else "", "category_text": written}
        if not found:
            warnings.append(f"类别未识别：“{written}”，原样留着，以后再选。")
    if "source" in values:
        source = now.codes["dispute_source"].find(values["source"])
        values["source"] = source.code if source else ""
        if not source:
            problems.append(
                RuleViolation(
                    "unknown_code", f"来源里没有“{reading.values['source']}”。",
                    mend="可用的有：" + "、".join(c.name for c in now.codes["dispute_source"]),
                    field=at("source"),
                )
            )  # fmt: skip
    if values.get("grade") and not now.grades.level_of(values["grade"]):
        problems.append(
            RuleViolation(
                "unknown_grade", f"没有“{values['grade']}”这个级别。",
                mend="可以写：简单、一般、复杂、疑难；不填就按人数、金额等算出来。", field=at("grade"),
            )
        )  # fmt: skip
    return Checked(values, tuple(problems), tuple(warnings))


@use_case("register_dispute")
def registration_problems(desk: Desk, data: Mapping[str, Any]) -> tuple[RuleViolation, ...]:
    """Everything wrong with a dispute as filled in, each with its field."""
    with desk.reading() as conn:
        return check_dispute(data, desk.setting(conn), desk.today).problems


@use_case("register_dispute")
def register_dispute(desk: Desk, data: Mapping[str, Any]) -> DisputeStood:
    """Register one dispute of a village. A liaison registers its own village's only."""
    with desk.writing() as tx:
        now = desk.setting(tx.conn)
        checked = check_dispute(data, now, desk.today)
        if checked.problems:
            raise checked.problems[0]
        village = village_in_sight(desk, tx.conn, checked.values["village"])
        numbers = Numbers(desk, tx.conn)
        dispute = dispute_of(desk, now, numbers, village, checked.values)
        write_dispute(desk, tx, dispute, checked.values)
        return stood(desk, tx.conn, dispute, KINDS)


def feed_of(desk: Desk, village: Village) -> str:
    """The audience of what a village files or is handed: itself and the office above."""
    return f"village:{village.code}" if village.code else desk.feed


def dispute_of(
    desk: Desk, now: Setting, numbers: Numbers, village: Village, values: Mapping[str, Any]
) -> Dispute:
    """The record of a dispute that was read without problems."""
    found_on = date.fromisoformat(values["found_on"])
    parties = [party for party in values.get("parties", ()) if party.get("name")]
    amount, people = int(values.get("amount", 0)), int(values.get("people", 0))
    urgent, danger = bool(values.get("urgent")), bool(values.get("danger"))
    grade = values.get("grade", "")
    level = now.grades.level_of(grade) or now.grades.propose(
        people=people, amount_cents=amount, urgent=urgent, danger=danger, crossing=False
    ).level  # fmt: skip
    return Dispute(
        id=new_id(), feed=feed_of(desk, village), number=numbers.next(found_on, "JF"),
        village=village.id, found_on=found_on, summary=values["summary"], state="found",
        parties=tuple(normalise_name(party["name"]) for party in parties),
        phones=tuple(normalise_phone(party.get("phone", "")) for party in parties),
        category=values.get("category", ""), category_text=values.get("category_text", ""),
        detail=values.get("detail", ""), place=values.get("place", ""),
        occurred_on=_day(values.get("occurred_on")), source=values.get("source", ""),
        found_by=values.get("found_by", "") or desk.account.name, people=people, amount=amount,
        units=values.get("units", ""),
        urgent=urgent, danger=danger, grade=now.grades.word(level), unit=values.get("unit", ""),
        person=values.get("person", ""), due=_day(values.get("due")),
    )  # fmt: skip


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def write_dispute(
    desk: Desk, tx: Transaction, dispute: Dispute, values: Mapping[str, Any], **origin: str
) -> None:
    """The dispute and the first step of its course; settled on the spot, its settlement too.

    ``origin`` names what it came from (a note).
    """
    begun = {"number": dispute.number, **origin}
    tx.append(first_step(desk, dispute, "register", dispute.found_on, begun))
    if values.get("settled"):
        said = {
            "on": dispute.found_on.isoformat(),
            "method": values.get("method") or "其他",
            "result": values.get("result") or "当场化解。",
        }
        file = next(load_disputes(tx.conn, [dispute.id]))
        file = DisputeFile(with_bases(tx.conn, dispute), file.steps)
        decision = DISPUTES.decide(file, "settle", said, desk.surroundings(tx.conn))
        tx.append(taken(desk, tx.conn, file, decision))


def stood(
    desk: Desk,
    conn: Connection,
    dispute: Dispute,
    kinds: frozenset[str],
    made: tuple[str, ...] = (),
) -> DisputeStood:
    """The answer about a dispute as it stands in this transaction."""
    now = get(conn, Dispute, dispute.id) or dispute
    duties = queries.duties_of(conn, [dispute.id], unsettled=False)
    return DisputeStood(
        dispute.id, dispute.number, now.state, state_name(now.state),
        rows_for(desk, conn, duties, desk.today), Changes(kinds, frozenset({dispute.id})), made,
    )  # fmt: skip


@use_case("take_dispute_step")
def dispute_problems(
    desk: Desk, number: str, action: str, data: Mapping[str, Any]
) -> tuple[RuleViolation, ...]:
    """Everything wrong with a step as filled in, each with its field."""
    with desk.reading() as conn:
        file = dispute_file(desk, conn, number)
        return DISPUTES.problems(file, action, data, desk.surroundings(conn))


HandOver = Callable[[Desk, Transaction, DisputeFile, Decision], tuple[Decision, tuple[str, ...]]]

_HANDING_OVER: Mapping[str, HandOver] = {"to_matter": to_matter, "to_mediation": to_mediation}
"""Steps that make or name another record; each adds the link to what the dispute changes."""


@use_case("take_dispute_step")
def take_dispute_step(
    desk: Desk, number: str, action: str, data: Mapping[str, Any]
) -> DisputeStood:
    """One lawful step, written with its evidence; refused with its reason otherwise."""
    with desk.writing() as tx:
        file = dispute_file(desk, tx.conn, number)
        decision = DISPUTES.decide(file, action, data, desk.surroundings(tx.conn))
        made: tuple[str, ...] = ()
        if action in _HANDING_OVER:
            decision, made = _HANDING_OVER[action](desk, tx, file, decision)
        tx.append(taken(desk, tx.conn, file, decision))
        kinds = KINDS | {kind for kind, _ in tx.touched}
        return stood(desk, tx.conn, file.dispute, kinds, made)


def taken(desk: Desk, conn: Connection, file: DisputeFile, decision: Decision) -> list[Change]:
    """The step and what it changes of the dispute."""
    return step_taken(desk, conn, file.dispute, _coded(desk.setting(conn), decision))


def _coded(now: Setting, decision: Decision) -> Decision:
    """化解方式 by its code, where it was named in words."""
    if "method" not in decision.changes or not decision.changes["method"]:
        return decision
    code = now.codes["resolution"].require(
        decision.changes["method"], label="化解方式", field="method"
    ).code  # fmt: skip
    return replace(decision, changes={**decision.changes, "method": code})
