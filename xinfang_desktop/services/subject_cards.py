"""What a list says of a matter, dispute, mediation or note: number, title, who, since when.

One table, kind of subject → how its cards are made. A card is made only for what the account may
see: a liaison's village bounds disputes, mediations and notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.case_records import Dispute, Mediation, MediationParty, VillageNote
from ..domain.names import mask_name
from ..domain.office_records import WorkItem
from ..domain.permissions import may, sees_sealed
from ..domain.records import Record
from ..domain.registers import REGISTERS, open_to
from ..domain.village_notes import SORT_WORDS
from ..store import queries
from ..store.database import Connection
from ..store.files import chunks, fetch, parts_of
from ..store.subjects import Setting
from ..store.tables import TABLES
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Card:
    """One subject in a list. ``hidden``: a sealed one, of which nothing else may be said."""

    number: str
    title: str
    who: str  # masked
    channel: str  # how it came to us, in a word
    began: date
    village: str = ""
    hidden: bool = False


Cards = Mapping[str, Card]


def masked_names(conn: Connection, subjects: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The first petitioner of each matter as lists may show it (张*, or 要求保密)."""
    parties = queries.by_matter(conn, "party", subjects, ("name", "no", "role"))
    shown: dict[str, str] = {}
    for id, subject in subjects.items():
        named = sorted(
            (p for p in parties.get(id, ()) if p["name"] and p["role"] == "petitioner"),
            key=lambda p: p["no"],
        )
        if subject["sealed"]:
            shown[id] = "密件"
        elif subject["confidential"]:
            shown[id] = "要求保密"
        elif named:
            shown[id] = mask_name(named[0]["name"])
        else:
            shown[id] = "匿名" if subject["anonymous"] else "未留姓名"
    return shown


def _matters(desk: Desk, conn: Connection, now: Setting, ids: Iterable[str]) -> Cards:
    subjects = queries.matters_by_id(conn, ids)
    names = masked_names(conn, subjects)
    shown = sees_sealed(desk.roles)
    channels = now.codes["channel"]
    return {
        id: Card(
            number=row["number"],
            title="密件" if hidden else row["title"],
            who=names.get(id, ""),
            channel=channels.name_of(row["channel"]),
            began=date.fromisoformat(row["received_on"]),
            village="" if hidden else now.villages.get(row["village"], ""),
            hidden=hidden,
        )
        for id, row in subjects.items()
        for hidden in (bool(row["sealed"]) and not shown,)
    }


def _seen(desk: Desk, conn: Connection, cls: type[Record], ids: Iterable[str]) -> list[Any]:
    """Those of these records that lie within the account's village, if it is bound to one.

    Voided ones too: what changed after the voiding has to be shown to somebody.
    """
    table, bound = TABLES[cls.kind], desk.village
    within = () if bound is None else (table.c.village == bound,)
    return [
        record
        for part in chunks(ids)
        for record in fetch(conn, cls, table.c.id.in_(part), *within, with_voided=True)
    ]


def masked_parties(names: Iterable[str]) -> str:
    """The people of a dispute as lists show them: 张*、王*."""
    return "、".join(mask_name(name) for name in names if name)


def _disputes(desk: Desk, conn: Connection, now: Setting, ids: Iterable[str]) -> Cards:
    return {
        d.id: Card(
            d.number, d.summary, masked_parties(d.parties), "排查发现", d.found_on,
            now.villages.get(d.village, ""),
        )
        for d in _seen(desk, conn, Dispute, ids)
    }  # fmt: skip


def _mediations(desk: Desk, conn: Connection, now: Setting, ids: Iterable[str]) -> Cards:
    found = _seen(desk, conn, Mediation, ids)
    sides = parts_of(conn, "mediation", [m.id for m in found], (MediationParty,))[MediationParty]
    return {
        m.id: Card(
            m.number, m.title, masked_parties(p.name for p in sides.get(m.id, ())), "人民调解",
            m.applied_on, now.villages.get(m.village, ""),
        )
        for m in found
    }  # fmt: skip


def _notes(desk: Desk, conn: Connection, now: Setting, ids: Iterable[str]) -> Cards:
    return {
        n.id: Card(
            "", n.text[:40], "", SORT_WORDS.get(n.sort, ""), n.on, now.villages.get(n.village, "")
        )
        for n in _seen(desk, conn, VillageNote, ids)
    }


def _work(desk: Desk, conn: Connection, now: Setting, ids: Iterable[str]) -> Cards:
    """None for a village's account, none of a private line but for its author and the leader."""
    if desk.village is not None:
        return {}
    return {
        item.id: Card(
            item.number, item.title, "", register.name if register else item.sort, item.on
        )
        for part in chunks(ids)
        for item in fetch(
            conn, WorkItem, TABLES["work_item"].c.id.in_(part), with_voided=True
        )
        for register in (REGISTERS.get(item.sort),)
        if open_to(register, item.by, desk.account.name, desk.roles)
    }  # fmt: skip


CARDS: Mapping[str, Callable[[Desk, Connection, Setting, Iterable[str]], Cards]] = {
    "matter": _matters,
    "dispute": _disputes,
    "mediation": _mediations,
    "village_note": _notes,
    "work_item": _work,
}

_READING = {
    "matter": "read_matters", "dispute": "read_disputes", "mediation": "read_mediations",
    "village_note": "read_notes", "work_item": "read_work",
}  # fmt: skip


def readable(desk: Desk) -> tuple[str, ...]:
    """The kinds of subject whose duties this account may read at all."""
    return tuple(subject for subject, verb in _READING.items() if may(desk.roles, verb))
