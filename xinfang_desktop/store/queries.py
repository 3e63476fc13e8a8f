"""Lists as the screens ask for them: a page of matters, duties, drafts, numbers in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Select, cast, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ..domain.duty import Duty
from ..domain.states import STATES
from .files import chunks
from .tables import DRAFT, DUTY, PROFILE, TABLES

MATTER, INTAKE, PARTY, CLAIM = (TABLES[k] for k in ("matter", "intake", "party", "claim"))

CLOSED = tuple(state.code for state in STATES.values() if not state.open)


@dataclass(frozen=True, slots=True)
class MatterFilter:
    """What a list of matters is narrowed to; empty means all. Dates are ISO text, inclusive."""

    state: str = ""
    village: str = ""
    channel: str = ""
    owner: str = ""
    open_only: bool = False
    first_day: str = ""
    last_day: str = ""
    ids: tuple[str, ...] | None = None


def _narrow(query: Select[Any], asked: MatterFilter) -> Select[Any]:
    query = query.where(MATTER.c.voided == 0)
    for column in ("state", "village", "channel", "owner"):
        value = getattr(asked, column)
        if value:
            query = query.where(MATTER.c[column] == value)
    if asked.open_only:
        query = query.where(MATTER.c.state.not_in(CLOSED))
    if asked.first_day:
        query = query.where(MATTER.c.received_on >= asked.first_day)
    if asked.last_day:
        query = query.where(MATTER.c.received_on <= asked.last_day)
    if asked.ids is not None:
        query = query.where(MATTER.c.id.in_(asked.ids))
    return query


def matters(
    conn: Connection, asked: MatterFilter, limit: int | None = None, offset: int = 0
) -> tuple[list[Mapping[str, Any]], int]:
    """Rows of matters, newest first, and how many there are in all."""
    total = conn.scalar(_narrow(select(func.count()).select_from(MATTER), asked)) or 0
    query = _narrow(select(MATTER), asked).order_by(
        MATTER.c.received_on.desc(), MATTER.c.number.desc()
    )
    rows = conn.execute(query.limit(limit).offset(offset)).mappings().all()
    return [dict(row) for row in rows], int(total)


def matters_by_id(conn: Connection, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Rows of these matters by id, however many; voided ones are left out."""
    found: dict[str, Mapping[str, Any]] = {}
    for part in chunks(ids):
        query = select(MATTER).where(MATTER.c.id.in_(part), MATTER.c.voided == 0)
        found.update((row["id"], dict(row)) for row in conn.execute(query).mappings())
    return found


def by_matter(
    conn: Connection, kind: str, ids: Iterable[str], columns: tuple[str, ...]
) -> dict[str, list[Mapping[str, Any]]]:
    """Columns of the rows of ``kind`` that belong to these matters, by matter."""
    table = TABLES[kind]
    found: dict[str, list[Mapping[str, Any]]] = {}
    for part in chunks(ids):
        query = select(*(table.c[name] for name in ("matter", *columns))).where(
            table.c.matter.in_(part), table.c.voided == 0
        )
        for row in conn.execute(query).mappings():
            found.setdefault(row["matter"], []).append(dict(row))
    return found


class Owed(NamedTuple):
    """A duty and what it is owed for: kind of subject (matter, dispute …) and its id."""

    subject: str
    about: str
    duty: Duty


def duties(
    conn: Connection,
    *,
    subjects: Iterable[str],
    unsettled: bool = False,
    done_on: str = "",
    owner: str = "",
    about: str = "",
    kinds: tuple[str, ...] = (),
) -> list[Owed]:
    """Duties of these kinds of subject, in due order.

    ``unsettled``: neither done, nor unknown, nor not owed; ``done_on`` adds those done that day.
    """
    query = select(DUTY).where(DUTY.c.subject.in_(tuple(subjects)))
    if unsettled:
        waits = DUTY.c.done_on.is_(None) & (DUTY.c.settled == "")
        query = query.where(or_(waits, DUTY.c.done_on == done_on) if done_on else waits)
    if owner:
        query = query.where(DUTY.c.owner == owner)
    if about:
        query = query.where(DUTY.c.about == about)
    if kinds:
        query = query.where(DUTY.c.kind.in_(kinds))
    rows = conn.execute(query.order_by(DUTY.c.due, DUTY.c.about, DUTY.c.key)).mappings()
    return [Owed(row["subject"], row["about"], _duty(row)) for row in rows]


def duties_of(conn: Connection, subjects: Iterable[str], *, unsettled: bool = True) -> list[Owed]:
    """What is (still) owed for these subjects, the first due of each first."""
    found: list[Owed] = []
    for part in chunks(subjects):
        query = select(DUTY).where(DUTY.c.about.in_(part))
        if unsettled:
            query = query.where(DUTY.c.done_on.is_(None), DUTY.c.settled == "")
        rows = conn.execute(query.order_by(DUTY.c.due, DUTY.c.key)).mappings()
        found += (Owed(row["subject"], row["about"], _duty(row)) for row in rows)
    return found


def _duty(row: Mapping[Any, Any]) -> Duty:
    def day(name: str) -> date | None:
        return date.fromisoformat(row[name]) if row[name] else None

    return Duty(
        key=row["key"], kind=row["kind"], title=row["title"], owner=row["owner"],
        started_on=date.fromisoformat(row["started_on"]), due_raw=day("due_raw"),
        due=date.fromisoformat(row["due"]), article=row["article"],
        provisional=bool(row["provisional"]), done_on=day("done_on"), settled=row["settled"],
        rule=row["rule"], extended=row["extended"], intake=row["intake"],
        given=bool(row["given"]), note=row["note"],
    )  # fmt: skip


def states_of(conn: Connection, kind: str, ids: Iterable[str]) -> dict[str, str]:
    """The state of each of these records, by id."""
    table = TABLES[kind]
    query = select(table.c.id, table.c.state).where(table.c.id.in_(tuple(ids)))
    return {row.id: row.state for row in conn.execute(query)}


def work_counts(conn: Connection) -> list[tuple[str, str, str, int]]:
    """Lines of the office's registers: register, state, who wrote them, how many. No voided one."""
    table = TABLES["work_item"]
    columns = (table.c.sort, table.c.state, table.c.by)
    query = select(*columns, func.count()).where(table.c.voided == 0).group_by(*columns)
    return [(sort, state, by, count) for sort, state, by, count in conn.execute(query)]


def last_activity(conn: Connection, before: str) -> list[str]:
    """Ids of open matters whose last record is older than ``before`` (ISO date)."""
    step = TABLES["step"]
    query = (
        select(MATTER.c.id)
        .join(step, step.c.matter == MATTER.c.id)
        .where(MATTER.c.voided == 0, MATTER.c.history == 0, MATTER.c.state.not_in(CLOSED))
        .group_by(MATTER.c.id)
        .having(func.max(step.c.at) < before)
    )
    return list(conn.scalars(query))


def last_written(conn: Connection, case: str) -> str | None:
    """When the newest step of this matter or case was written down (ISO text)."""
    for kind, owner in (("step", "matter"), ("case_step", "case")):
        table = TABLES[kind]
        newest: str | None = conn.scalar(select(func.max(table.c.at)).where(table.c[owner] == case))
        if newest:
            return newest
    return None


# --- looking for the same matter ---------------------------------------------------------------


def matters_of_person(conn: Connection, name: str, phone: str) -> dict[str, set[str]]:
    """Matters in which this name or phone occurs, with which of the two."""
    found: dict[str, set[str]] = {}
    for column, value in (("name", name), ("phone", phone)):
        if value:
            query = select(PARTY.c.matter).where(PARTY.c[column] == value, PARTY.c.voided == 0)
            for matter in conn.scalars(query.limit(200)):
                found.setdefault(matter, set()).add(column)
    return found


def matters_of_village(conn: Connection, village: str, limit: int = 300) -> list[str]:
    """The newest matters of one village."""
    query = (
        select(MATTER.c.id)
        .where(MATTER.c.village == village, MATTER.c.voided == 0, MATTER.c.sealed == 0)
        .order_by(MATTER.c.received_on.desc())
        .limit(limit)
    )
    return list(conn.scalars(query))


# --- numbers -----------------------------------------------------------------------------------


def highest(conn: Connection, kind: str, column: str, prefix: str) -> int:
    """The highest running number behind ``prefix``; voided records count: numbers stay used.

    What stands behind the digits (``3号``) is passed over.
    """
    table = TABLES[kind]
    tail = cast(func.substr(table.c[column], len(prefix) + 1), Integer)
    # a range, not LIKE: the index serves it
    query = select(func.max(tail)).where(table.c[column].between(prefix, f"{prefix}:"))
    return int(conn.scalar(query) or 0)


def taken(conn: Connection, kind: str, column: str, value: str) -> bool:
    """True where some record already carries ``value``."""
    table = TABLES[kind]
    return conn.scalar(select(table.c.id).where(table.c[column] == value).limit(1)) is not None


def known_keys(conn: Connection, keys: Iterable[str]) -> set[str]:
    """Which of these ledger rows came before, in an import that was not undone."""
    row, batch = TABLES["import_row"], TABLES["import_batch"]
    found: set[str] = set()
    for part in chunks(keys):
        query = (
            select(row.c.key)
            .join(batch, batch.c.id == row.c.batch)
            .where(row.c.key.in_(part), batch.c.undone == 0)
        )
        found.update(conn.scalars(query))
    return found


# --- local things ------------------------------------------------------------------------------


def put_draft(conn: Connection, row: Mapping[str, Any]) -> None:
    """Keep a draft; the newest of one account and key stays."""
    conn.execute(
        upsert(DRAFT)
        .values(**row)
        .on_conflict_do_update(index_elements=["key", "account"], set_=dict(row))
    )


def drafts(conn: Connection, account: str, screen: str = "") -> list[Mapping[str, Any]]:
    """The drafts of an account, newest first."""
    query = select(DRAFT).where(DRAFT.c.account == account).order_by(DRAFT.c.saved_at.desc())
    if screen:
        query = query.where(DRAFT.c.screen == screen)
    return [dict(row) for row in conn.execute(query).mappings()]


def drop_draft(conn: Connection, account: str, key: str) -> None:
    """Forget a draft of an account."""
    conn.execute(delete(DRAFT).where(DRAFT.c.key == key, DRAFT.c.account == account))


def put_profile(conn: Connection, name: str, body: str) -> None:
    """Remember how a ledger's columns are understood."""
    conn.execute(
        upsert(PROFILE)
        .values(name=name, body=body)
        .on_conflict_do_update(index_elements=["name"], set_={"body": body})
    )


def profile(conn: Connection, name: str) -> str | None:
    """The remembered profile of that name."""
    return conn.scalar(select(PROFILE.c.body).where(PROFILE.c.name == name))


def first_visits(conn: Connection, first_day: str, last_day: str) -> list[str]:
    """Ids of the matters with a first visit received between these days."""
    query = select(INTAKE.c.matter).where(
        INTAKE.c.channel == "visit",
        INTAKE.c.first == 1,
        INTAKE.c.history == 0,
        INTAKE.c.voided == 0,
        INTAKE.c.received_on.between(first_day, last_day),
    )
    return list(dict.fromkeys(conn.scalars(query)))


def worked_on(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these matters or disputes have a step besides the import that brought them."""
    found: set[str] = set()
    for part in chunks(ids):
        for kind, owner in (("step", "matter"), ("case_step", "case")):
            table = TABLES[kind]
            query = select(table.c[owner]).where(
                table.c[owner].in_(part), table.c.action != "import"
            )
            found.update(conn.scalars(query))
    return found
