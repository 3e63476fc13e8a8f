"""Reading the whole files of disputes, mediations and village notes back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import Connection, select

from ..domain.case_records import CaseStep, Dispute, Mediation, MediationParty, VillageNote
from ..domain.cases import DisputeFile, MediationFile, NoteFile
from ..domain.office_records import WorkItem
from ..domain.records import Attachment, Document, Record
from ..domain.work_file import WorkFile
from .files import chunks, fetch, get, in_order, open_conflicts, parts_of
from .tables import TABLES

R = TypeVar("R", bound=Record)

_PARTS: tuple[type[Record], ...] = (CaseStep, Document, Attachment)


def by_number(
    conn: Connection, cls: type[R], number: str, *, prefix: str = "", column: str = "number"
) -> R | None:
    """A record by its number in full or without the office's code; full-width digits are digits."""
    wanted = unicodedata.normalize("NFKC", number).strip().upper()
    if not wanted.isprintable():
        return None
    table = TABLES[cls.kind]
    query = select(table.c.id).where(table.c[column].in_({wanted, f"{prefix}{wanted}"}))
    found = conn.scalar(query)
    return get(conn, cls, found) if found else None


def load_disputes(conn: Connection, ids: Iterable[str]) -> Iterator[DisputeFile]:
    """The files of these disputes, in no particular order; other ids are passed over."""
    for part in chunks(ids):
        disputes = fetch(conn, Dispute, TABLES["dispute"].c.id.in_(part), with_voided=True)
        found = parts_of(conn, "case", [d.id for d in disputes], _PARTS) if disputes else {}
        undecided = open_conflicts(conn, part)
        for dispute in disputes:
            yield DisputeFile(
                dispute=dispute,
                steps=in_order(found[CaseStep].get(dispute.id, ())),
                documents=in_order(found[Document].get(dispute.id, ())),
                attachments=in_order(found[Attachment].get(dispute.id, ())),
                conflicts=undecided.get(dispute.id, ()),
            )


def load_mediations(conn: Connection, ids: Iterable[str]) -> Iterator[MediationFile]:
    """The files of these mediations, in no particular order; other ids are passed over."""
    for part in chunks(ids):
        table = TABLES["mediation"]
        mediations = fetch(conn, Mediation, table.c.id.in_(part), with_voided=True)
        known = [m.id for m in mediations]
        found = parts_of(conn, "case", known, _PARTS) if known else {}
        parties = parts_of(conn, "mediation", known, (MediationParty,)) if known else {}
        undecided = open_conflicts(conn, part)
        for mediation in mediations:
            sides = parties[MediationParty].get(mediation.id, ())
            yield MediationFile(
                mediation=mediation,
                parties=tuple(sorted(sides, key=lambda p: (p.no, p.id))),
                steps=in_order(found[CaseStep].get(mediation.id, ())),
                documents=in_order(found[Document].get(mediation.id, ())),
                attachments=in_order(found[Attachment].get(mediation.id, ())),
                conflicts=undecided.get(mediation.id, ()),
            )


def load_notes(conn: Connection, ids: Iterable[str]) -> Iterator[NoteFile]:
    """These pages of village diaries, in no particular order; other ids are passed over."""
    for part in chunks(ids):
        table = TABLES["village_note"]
        notes = fetch(conn, VillageNote, table.c.id.in_(part), with_voided=True)
        found = parts_of(conn, "case", [n.id for n in notes], (CaseStep,)) if notes else {}
        for note in notes:
            yield NoteFile(note=note, steps=in_order(found[CaseStep].get(note.id, ())))


def load_work(conn: Connection, ids: Iterable[str]) -> Iterator[WorkFile]:
    """These lines of the office's registers, in no particular order; other ids are passed over."""
    for part in chunks(ids):
        items = fetch(conn, WorkItem, TABLES["work_item"].c.id.in_(part), with_voided=True)
        found = parts_of(conn, "case", [item.id for item in items], _PARTS) if items else {}
        undecided = open_conflicts(conn, part)
        for item in items:
            yield WorkFile(
                item=item,
                steps=in_order(found[CaseStep].get(item.id, ())),
                documents=in_order(found[Document].get(item.id, ())),
                attachments=in_order(found[Attachment].get(item.id, ())),
                conflicts=undecided.get(item.id, ()),
            )
