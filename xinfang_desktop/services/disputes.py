"""矛盾纠纷: the disputes that imported screening ledgers brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name
from ..domain.names import mask_name
from ..domain.records import Dispute, Village
from ..store.files import fetch
from ..store.tables import TABLES
from .desk import Desk, use_case
from .importing import DISPUTE_STATES


@dataclass(frozen=True, slots=True)
class DisputeView:
    """One dispute, its people masked."""

    number: str
    village: str
    found_on: date
    summary: str
    category: str
    category_name: str
    state: str
    state_name: str
    parties: tuple[str, ...]
    people: int
    grade: str
    unit: str
    leader: str
    person: str
    due: date | None
    result: str


@use_case("read_disputes")
def dispute_list(desk: Desk) -> tuple[DisputeView, ...]:
    """All disputes, newest first."""
    table = TABLES["dispute"]
    with desk.reading() as conn:
        types = desk.setting(conn).codes["dispute_type"]
        names = {v.id: v.name for v in fetch(conn, Village, with_voided=True)}
        found = fetch(conn, Dispute, order=(table.c.found_on.desc(), table.c.number.desc()))
    return tuple(
        DisputeView(
            number=d.number, village=names.get(d.village, ""), found_on=d.found_on,
            summary=d.summary, category=d.category or d.category_text,
            category_name=types.name_of(d.category) if d.category else d.category_text,
            state=d.state, state_name=DISPUTE_STATES[d.state],
            parties=tuple(mask_name(name) for name in d.parties), people=d.people, grade=d.grade,
            unit=d.unit, leader=d.leader, person=d.person, due=d.due, result=d.result,
        )
        for d in found
    )  # fmt: skip


@use_case("read_disputes")
def dispute_view(desk: Desk, number: str) -> DisputeView:
    """One dispute by its number."""
    wanted = number.strip().upper()
    for dispute in dispute_list(desk):
        if wanted in (dispute.number, dispute.number.partition("-JF-")[2]):
            return dispute
    raise RuleViolation(
        "no_dispute",
        f"没有编号为“{shown_name(number)}”的纠纷。",
        mend="请核对编号。",
        field="number",
    )
