"""Projections that follow from the records: duties and the search index.

They are recomputed for every subject that an entry touches, in the same transaction, by whoever
applies the entry: a save, an import, a rebuild. So nobody can forget them and they cannot be stale.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from .. import __version__
from ..domain.duty import Duty, Rulebook
from ..domain.offices import id_of_code
from ..domain.records import CalendarYear, Village
from ..domain.schedule_csv import schedule_of
from . import meta, search
from .bulk import insert_rows
from .database import Database, gate_of
from .files import chunks, fetch, office_of
from .reference import Reference, with_local
from .subjects import SUBJECTS, Setting
from .tables import DUTY, TABLES

_OWNERS = {
    kind: tuple(table.c[name] for name in ("matter", "case", "mediation") if name in table.c)
    for kind, table in TABLES.items()
    if kind not in SUBJECTS and not {"matter", "case", "mediation"}.isdisjoint(table.c.keys())
}
"""Kinds of record that belong to a subject, and the columns that may name it."""

_COUNTING = frozenset({"acceptance_from", "local_rules"})
"""Settings of the office whose change may move every due date."""


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
        villages=village_names(fetch(conn, Village, with_voided=True)),
        grades=shipped.grades,
    )


def village_names(villages: Iterable[Village]) -> dict[str, str]:
    """Id → name; a village of which only the code and the name came is known by its code, too."""
    known = list(villages)
    by_code = {id_of_code(v.code): v.name for v in known if v.code}
    return {**by_code, **{v.id: v.name for v in known}}


def _moves_all(kind: str, values: Mapping[str, Any]) -> bool:
    return kind == "calendar_year" or (kind == "office" and not _COUNTING.isdisjoint(values))


def moved(
    conn: Connection, changed: Iterable[tuple[str, str, dict[str, Any]]], told: set[str]
) -> set[str]:
    """Ids of the subjects whose projections these writes may change: ``told``, or every one."""
    if any(_moves_all(kind, values) for kind, _, values in changed):
        return set(every_subject(conn))
    return told


def every_subject(conn: Connection) -> list[str]:
    """Ids of everything that duties and search rows are computed for."""
    return [id for kind in SUBJECTS for id in conn.scalars(select(TABLES[kind].c.id))]


REVISION = 3
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
            refresh(conn, every_subject(conn), setting(conn, shipped))
        meta.put(conn, "derived", now)


def touched(conn: Connection, changed: Iterable[tuple[str, str, dict[str, Any]]]) -> set[str]:
    """Ids of the subjects that these writes (kind, id, values) speak of."""
    found: set[str] = set()
    unknown: dict[str, list[str]] = {}
    for kind, id, values in changed:
        if kind in SUBJECTS:
            found.add(id)
        elif kind in _OWNERS:
            named = {values[c.name] for c in _OWNERS[kind] if values.get(c.name)}
            if named:
                found |= named
            else:
                unknown.setdefault(kind, []).append(id)
    for kind, ids in unknown.items():
        for part in chunks(ids):
            query = select(*_OWNERS[kind]).where(TABLES[kind].c.id.in_(part))
            found.update(owner for row in conn.execute(query) for owner in row if owner)
    return found


def refresh(conn: Connection, subjects: Iterable[str], now: Setting) -> None:
    """Compute duties and search rows of these matters, disputes, mediations and notes anew."""
    for part in chunks(subjects):
        conn.execute(delete(DUTY).where(DUTY.c.about.in_(part)))
        rows: list[dict[str, Any]] = []
        docs: list[search.SearchDoc] = []
        for kind, subject in SUBJECTS.items():
            for file in subject.load(conn, part):
                id = subject.id_of(file)
                rows += (duty_row(kind, id, duty) for duty in subject.duties(file, now))
                doc = subject.doc(file, now)
                if doc is None:
                    search.remove(conn, kind, id)
                else:
                    docs.append(doc)
        search.index_many(conn, docs)
        insert_rows(conn, DUTY, rows)


_DUTY_FIELDS = tuple(field.name for field in dataclasses.fields(Duty))


def duty_row(subject: str, about: str, duty: Duty) -> dict[str, Any]:
    """A duty as a row of its table."""
    row = {name: getattr(duty, name) for name in _DUTY_FIELDS}
    for name in ("started_on", "due_raw", "due", "done_on"):
        row[name] = row[name] and row[name].isoformat()
    row["provisional"] = int(duty.provisional)
    row["given"] = int(duty.given)
    return {"about": about, "subject": subject, **row}
