"""Opening a mediation (人民调解): the record, its sides, and the first step of its course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..domain.case_records import Committee, Mediation, MediationParty
from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name
from ..store.changelog import Transaction, new, new_id
from ..store.database import Connection
from ..store.files import fetch
from .case_steps import first_step
from .desk import Desk
from .numbers import Numbers


@dataclass(frozen=True, slots=True)
class OpenMediation:
    """What a mediation begins with. ``committee`` is a name, empty: the village's or our own.

    ``parties`` are mappings with the fields of ``MediationParty``, ``side`` and ``name`` at least.
    """

    title: str
    applied_on: date
    village: str
    feed: str
    source: str  # application | proactive | referred
    committee: str = ""
    mediators: tuple[str, ...] = ()
    category: str = ""
    facts: str = ""
    claims: tuple[str, ...] = ()
    parties: tuple[Mapping[str, Any], ...] = ()
    dispute: str = ""
    matter: str = ""
    recorder: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)  # the rest of its first step


def open_mediation(desk: Desk, tx: Transaction, asked: OpenMediation) -> Mediation:
    """Write it; part of a use case, which opened the transaction."""
    committee = committee_for(desk, tx.conn, asked.committee, asked.village)
    mediation = Mediation(
        id=new_id(), feed=asked.feed, number=Numbers(desk, tx.conn).next(asked.applied_on, "TJ"),
        file_no="", title=asked.title, state="asked", source=asked.source,
        applied_on=asked.applied_on, committee=committee.id if committee else "",
        mediators=asked.mediators, recorder=asked.recorder, village=asked.village, category=asked.category,
        facts=asked.facts, claims=asked.claims, dispute=asked.dispute, matter=asked.matter,
    )  # fmt: skip
    said = {"source": asked.source, "number": mediation.number, **asked.said}
    parties = [
        MediationParty(id=new_id(), feed=asked.feed, mediation=mediation.id, no=no, **dict(party))
        for no, party in enumerate(asked.parties, 1)
    ]
    begun = first_step(desk, mediation, "start", asked.applied_on, said)
    tx.append([*begun, *(new(party) for party in parties)])
    return mediation


def committees_in_sight(desk: Desk, conn: Connection) -> list[Committee]:
    """Committees this account may see, our own first: one bound to a village sees no other's."""
    found = [
        c for c in fetch(conn, Committee) if desk.village is None or c.village in ("", desk.village)
    ]
    return sorted(found, key=lambda c: (c.village != "", c.name, c.id))


def find_committee(desk: Desk, conn: Connection, name: str) -> Committee:
    """The committee of that name; one beyond the account's sight is not there at all."""
    for committee in committees_in_sight(desk, conn):
        if committee.name == name.strip():
            return committee
    raise RuleViolation(
        "no_committee", f"没有叫“{shown_name(name)}”的调解委员会。",
        mend="请核对名称，或先在“设置—调解组织”里添加。", field="committee",
    )  # fmt: skip


def committee_for(desk: Desk, conn: Connection, name: str, village: str) -> Committee | None:
    """The committee of that name; else the village's, else our own, if there is one."""
    if name:
        return find_committee(desk, conn, name)
    known = committees_in_sight(desk, conn)
    of_village = [c for c in known if c.village and c.village == village]
    own = [c for c in known if not c.village]
    return next(iter((*of_village, *own)), None)
