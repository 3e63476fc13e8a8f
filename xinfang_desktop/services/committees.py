"""调解组织: mediation committees and their mediators, and what the law would have otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.case_records import Committee, Mediator
from ..domain.committees import COMMITTEE, MEDIATOR, POSTS, CommitteeFinding, findings, term_ends
from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.inputs import read_fields
from ..domain.names import normalise_name
from ..store.changelog import change, new, new_id
from ..store.database import Connection
from ..store.files import fetch, get, with_bases
from ..store.tables import TABLES
from .desk import Desk, use_case
from .dispute_work import feed_of
from .mediation_opening import committees_in_sight, find_committee
from .round_duties import village_in_sight, villages_in_sight


@dataclass(frozen=True, slots=True)
class MediatorRow:
    """A member of a committee, or somebody it hired."""

    name: str
    post: str
    post_name: str
    woman: bool
    phone: str
    left: bool


@dataclass(frozen=True, slots=True)
class CommitteeRow:
    """A committee with its people and what is to be put right; ``ends_on``: the end of its term."""

    id: str
    name: str
    village: str
    formed_on: date | None
    ends_on: date | None
    mark: str
    address: str
    phone: str
    mediators: tuple[MediatorRow, ...]
    findings: tuple[CommitteeFinding, ...]


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """Our own committee first, then the villages'; ``without``: villages that have none (art. 8)."""

    committees: tuple[CommitteeRow, ...]
    without: tuple[str, ...]


@use_case("read_committees")
def committee_page(desk: Desk) -> CommitteePage:
    """The committees within the account's sight."""
    with desk.reading() as conn:
        found = committees_in_sight(desk, conn)
        villages = villages_in_sight(desk, conn)
        rows = _rows(desk, conn, found)
    having = {committee.village for committee in found}
    return CommitteePage(rows, tuple(v.name for v in villages if v.id not in having))


def _rows(desk: Desk, conn: Connection, found: Iterable[Committee]) -> tuple[CommitteeRow, ...]:
    villages = desk.setting(conn).villages
    people: dict[str, list[Mediator]] = {}
    for mediator in fetch(conn, Mediator, order=(TABLES["mediator"].c.id,)):
        people.setdefault(mediator.committee, []).append(mediator)
    return tuple(
        _row(committee, people.get(committee.id, []), villages, desk.today) for committee in found
    )


_RANK = {post: rank for rank, (post, _) in enumerate(POSTS)}


def _row(
    committee: Committee, people: list[Mediator], villages: Mapping[str, str], today: date
) -> CommitteeRow:
    shown = sorted(people, key=lambda m: (m.left, _RANK.get(m.post, len(_RANK)), m.id))
    words = dict(POSTS)
    return CommitteeRow(
        id=committee.id, name=committee.name, village=villages.get(committee.village, ""),
        formed_on=committee.formed_on,
        ends_on=term_ends(committee.formed_on) if committee.formed_on else None,
        mark=committee.mark, address=committee.address, phone=committee.phone,
        mediators=tuple(
            MediatorRow(m.name, m.post, words.get(m.post, m.post), m.woman, m.phone, m.left)
            for m in shown
        ),
        findings=findings(committee, people, today),
    )  # fmt: skip


@use_case("manage_committees")
def add_committee(desk: Desk, data: Mapping[str, Any]) -> CommitteeRow:
    """Register a committee: a village's, or our own where no village is named."""
    values = _read(COMMITTEE, data)
    with desk.writing() as tx:
        village = (
            village_in_sight(desk, tx.conn, values["village"]) if values.get("village") else None
        )
        _check_free(tx.conn, values["name"])
        committee = Committee(
            id=new_id(), feed=feed_of(desk, village) if village else desk.feed,
            village=village.id if village else "",
            **{key: value for key, value in values.items() if key != "village"},
        )  # fmt: skip
        tx.append([new(committee)])
        return _rows(desk, tx.conn, [committee])[0]


@use_case("manage_committees")
def change_committee(desk: Desk, name: str, data: Mapping[str, Any]) -> CommitteeRow:
    """Change what is registered of a committee; whose it is stays."""
    fields = tuple(field for field in COMMITTEE if field.name != "village")
    values = _read(fields, {"name": name, **data})
    with desk.writing() as tx:
        committee = with_bases(tx.conn, find_committee(desk, tx.conn, name))
        if values["name"] != committee.name:
            _check_free(tx.conn, values["name"])
        changed = {key: value for key, value in values.items() if value != getattr(committee, key)}
        if changed:
            tx.append([change(committee, **changed)])
        return _rows(desk, tx.conn, [get(tx.conn, Committee, committee.id) or committee])[0]


def _check_free(conn: Connection, name: str) -> None:
    if any(each.name == name for each in fetch(conn, Committee)):
        raise RuleViolation(
            "committee_exists", f"已经有叫“{name}”的调解委员会。", mend="请核对名称。", field="name"
        )


@use_case("manage_committees")
def set_mediator(desk: Desk, committee: str, data: Mapping[str, Any]) -> CommitteeRow:
    """Add somebody to a committee, or change what is registered of him; ``left`` retires him.

    Who has left stays on the list: what he mediated is still his.
    """
    values = _read(MEDIATOR, data)
    values["name"] = normalise_name(values["name"])
    with desk.writing() as tx:
        found = find_committee(desk, tx.conn, committee)
        table = TABLES["mediator"]
        same = fetch(
            tx.conn, Mediator, table.c.committee == found.id, table.c.name == values["name"],
            for_change=True,
        )  # fmt: skip
        if same:
            changed = {k: v for k, v in values.items() if v != getattr(same[0], k)}
            tx.append([change(same[0], **changed)] if changed else [])
        else:
            tx.append([new(Mediator(id=new_id(), feed=found.feed, committee=found.id, **values))])
        return _rows(desk, tx.conn, [found])[0]


def _read(fields: tuple[Field, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, dates as dates. Raises the first RuleViolation."""
    reading = read_fields(fields, data)
    if reading.problems:
        raise reading.problems[0]
    values = dict(reading.values)
    for field in fields:
        if field.kind == "date" and field.name in values:
            values[field.name] = date.fromisoformat(values[field.name])
    return values
