"""Projections that follow from the records: duties and the search index.

They are recomputed for every matter that an entry touches, in the same transaction, by whoever
applies the entry: a save, an import, a rebuild. So nobody can forget them and they cannot be stale.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from .. import __version__
from ..domain.codes import CodeTable
from ..domain.duties import Duty, Rulebook, duties_of
from ..domain.matter import MatterFile
from ..domain.records import CalendarYear, Office, Village
from ..domain.schedule_csv import schedule_of
from . import meta, search
from .database import Database, gate_of
from .files import chunks, fetch, load_files, office_of
from .reference import Reference, with_local
from .tables import DUTY, TABLES

_OWNERS = {
    kind: table.c.matter
    for kind, table in TABLES.items()
    if "matter" in table.c and kind != "matter"
}
_COUNTING = frozenset({"acceptance_from", "local_rules"})
"""Settings of the office whose change may move every due date."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What projections are computed with: rules and calendar in force, the office, the villages."""

    book: Rulebook
    office: Office
    codes: dict[str, CodeTable]
    villages: dict[str, str]


def setting(conn: Connection, shipped: Reference) -> Setting:
    """The setting as the store says just now (imported calendars, local rules, office)."""
    office = office_of(conn)
    years = fetch(conn, CalendarYear, order=(TABLES["calendar_year"].c.year,))
    local = with_local(
        shipped,
        (schedule_of(y.year, y.document, y.days) for y in years),
        office.local_rules,
    )
    return Setting(
        book=Rulebook(local.rules, local.calendar),
        office=office,
        codes=dict(local.codes),
        villages={v.id: v.name for v in fetch(conn, Village, with_voided=True)},
    )


def _moves_all(kind: str, values: Mapping[str, Any]) -> bool:
    return kind == "calendar_year" or (kind == "office" and not _COUNTING.isdisjoint(values))


def moved_matters(
    conn: Connection, changed: Iterable[tuple[str, str, dict[str, Any]]], told: set[str]
) -> set[str]:
    """Ids of the matters whose projections these writes may change: ``told``, or every one."""
    if any(_moves_all(kind, values) for kind, _, values in changed):
        return set(conn.scalars(select(TABLES["matter"].c.id)))
    return told


REVISION = 1
"""Raised whenever the same records would give other duties or search rows than before."""


def bring_up(database: Database, shipped: Reference) -> None:
    """Compute all projections anew where another program version made those in the store."""
    now = f"{__version__} {REVISION}".encode()
    with database.read() as conn:
        made = meta.get(conn, "derived")
    if made == now:
        return
    with database.write() as conn, gate_of(conn):
        if made is not None:
            refresh(conn, list(conn.scalars(select(TABLES["matter"].c.id))), setting(conn, shipped))
        meta.put(conn, "derived", now)


def touched_matters(
    conn: Connection, changed: Iterable[tuple[str, str, dict[str, Any]]]
) -> set[str]:
    """Ids of the matters that these writes (kind, id, values) speak of."""
    matters: set[str] = set()
    unknown: dict[str, list[str]] = {}
    for kind, id, values in changed:
        if kind == "matter":
            matters.add(id)
        elif kind in _OWNERS:
            if values.get("matter"):
                matters.add(values["matter"])
            else:
                unknown.setdefault(kind, []).append(id)
    for kind, ids in unknown.items():
        for part in chunks(ids):
            query = select(_OWNERS[kind]).where(TABLES[kind].c.id.in_(part))
            matters.update(conn.scalars(query))
    return matters


def refresh(conn: Connection, matters: Iterable[str], now: Setting) -> None:
    """Compute duties and search rows of these matters anew."""
    for part in chunks(matters):
        conn.execute(delete(DUTY).where(DUTY.c.matter.in_(part)))
        rows: list[dict[str, Any]] = []
        docs: list[search.SearchDoc] = []
        for file in load_files(conn, part):
            rows += (duty_row(file.matter.id, d) for d in duties_of(file, now.book, now.office))
            doc = _search_doc(file, now)
            if doc is None:
                search.remove(conn, "matter", file.matter.id)
            else:
                docs.append(doc)
        search.index_many(conn, docs)
        if rows:
            conn.execute(insert(DUTY), rows)


def _search_doc(file: MatterFile, now: Setting) -> search.SearchDoc | None:
    """What the index holds of a matter; nothing of a voided or a sealed one."""
    matter = file.matter
    if matter.voided or matter.sealed:
        return None
    # 要求保密: nobody but the handler may know who it is, so nobody finds it by the person
    shown = () if matter.confidential else file.parties
    words = [matter.title, matter.place, matter.category_text]
    words += [claim.text for claim in file.claims]
    words += [claim.facts for claim in file.claims]
    words += [intake.summary for intake in file.intakes]
    words += [now.villages.get(matter.village, "")]
    return search.SearchDoc(
        kind="matter",
        id=matter.id,
        number=matter.number,
        title=matter.title,
        body="\n".join(filter(None, words)),
        names=tuple(p.name for p in shown if p.name),
        phones=tuple(p.phone for p in shown if p.phone),
        places=tuple(filter(None, (now.villages.get(matter.village, ""), matter.place))),
        query_code=matter.query_code,
    )


def duty_row(matter: str, duty: Duty) -> dict[str, Any]:
    """A duty as a row of its table."""
    row = {f.name: getattr(duty, f.name) for f in dataclasses.fields(duty)}
    for name in ("started_on", "due_raw", "due", "done_on"):
        row[name] = row[name] and row[name].isoformat()
    row["provisional"] = int(duty.provisional)
    row["given"] = int(duty.given)
    return {"matter": matter, **row}
