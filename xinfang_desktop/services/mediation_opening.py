"""Opening a mediation (人民调解): the record, its sides, and the first step of its course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep, Committee, Mediation, MediationParty
from ..domain.errors import RuleViolation
from ..store.changelog import Transaction, new, new_id
from ..store.database import Connection
from ..store.files import fetch
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


def open_mediation(desk: Desk, tx: Transaction, asked: OpenMediation) -> Mediation:
    """Write it; part of a use case, which opened the transaction."""
    committee = _committee(tx.conn, asked)
    mediation = Mediation(
        id=new_id(), feed=asked.feed, number=Numbers(desk, tx.conn).next(asked.applied_on, "TJ"),
        file_no="", title=asked.title, state="asked", source=asked.source,
        applied_on=asked.applied_on, committee=committee.id if committee else "",
        mediators=asked.mediators, village=asked.village, category=asked.category,
        facts=asked.facts, claims=asked.claims, dispute=asked.dispute, matter=asked.matter,
    )  # fmt: skip
    step = CaseStep(
        id=new_id(), feed=asked.feed, case=mediation.id, action="start", on=asked.applied_on,
        at=desk.now(), by=desk.account.name, to_state=mediation.state,
        data={"source": asked.source, "number": mediation.number},
    )  # fmt: skip
    parties = [
        MediationParty(id=new_id(), feed=asked.feed, mediation=mediation.id, no=no, **dict(party))
        for no, party in enumerate(asked.parties, 1)
    ]
    tx.append([new(record) for record in (mediation, *parties, step)])
    return mediation


def _committee(conn: Connection, asked: OpenMediation) -> Committee | None:
    """The committee of that name; else the village's, else our own, if there is one."""
    known = fetch(conn, Committee)
    if asked.committee:
        for committee in known:
            if committee.name == asked.committee.strip():
                return committee
        raise RuleViolation(
            "no_committee", f"没有叫“{asked.committee}”的调解委员会。",
            mend="请核对名称，或先在“设置—调解组织”里添加。", field="committee",
        )  # fmt: skip
    of_village = [c for c in known if c.village and c.village == asked.village]
    own = [c for c in known if not c.village]
    return next(iter((*of_village, *own)), None)
