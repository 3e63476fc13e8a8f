"""What duties and search rows are computed for (事项、纠纷、调解、民情): one table, kind → how.

A new kind of case gets its line here and nowhere else in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ..domain.case_duties import duties_of_dispute, duties_of_note
from ..domain.cases import DisputeFile, MediationFile
from ..domain.codes import CodeTable
from ..domain.duties import duties_of
from ..domain.duty import Duty, Rulebook
from ..domain.grades import GradeTable
from ..domain.matter import MatterFile
from ..domain.mediation_duties import duties_of_mediation
from ..domain.records import Office
from ..domain.register_duties import duties_of_work
from ..domain.register_kit import field_words
from ..domain.registers import REGISTERS
from ..domain.work_file import WorkFile
from .case_files import load_disputes, load_mediations, load_notes, load_work
from .files import load_files
from .search import SearchDoc


@dataclass(frozen=True, slots=True)
class Setting:
    """What projections are computed with: rules and calendar in force, the office, the villages."""

    book: Rulebook
    office: Office
    codes: dict[str, CodeTable]
    villages: dict[str, str]
    grades: GradeTable


@dataclass(frozen=True, slots=True)
class Subject:
    """How one kind of file is loaded, what is owed for it, and what it is found by (None: not)."""

    load: Callable[[Connection, Iterable[str]], Iterator[Any]]
    id_of: Callable[[Any], str]
    duties: Callable[[Any, Setting], Iterable[Duty]]
    doc: Callable[[Any, Setting], SearchDoc | None]


def _matter_doc(file: MatterFile, now: Setting) -> SearchDoc | None:
    """Nothing of a voided or a sealed one."""
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
    return SearchDoc(
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


def _dispute_doc(file: DisputeFile, now: Setting) -> SearchDoc | None:
    dispute = file.dispute
    if dispute.voided:
        return None
    village = now.villages.get(dispute.village, "")
    words = [dispute.detail, dispute.category_text, dispute.result, dispute.measures]
    words += [str((step.data or {}).get("text", "")) for step in file.all("note")]
    return SearchDoc(
        kind="dispute",
        id=dispute.id,
        number=dispute.number,
        title=dispute.summary,
        body="\n".join(filter(None, (dispute.summary, dispute.place, village, *words))),
        names=tuple(filter(None, dispute.parties)),
        phones=tuple(filter(None, dispute.phones)),
        places=tuple(filter(None, (village, dispute.place))),
        village=dispute.village,
    )


def _mediation_doc(file: MediationFile, now: Setting) -> SearchDoc | None:
    """By its numbers, its title and the sides: what is said in it stays in it (《人民调解法》 art. 15)."""
    mediation = file.mediation
    if mediation.voided:
        return None
    return SearchDoc(
        kind="mediation",
        id=mediation.id,
        number=mediation.number,
        title=mediation.title,
        body=mediation.file_no,
        names=tuple(p.name for p in file.parties if p.name),
        places=tuple(filter(None, (now.villages.get(mediation.village, ""),))),
        village=mediation.village,
    )


def _work_doc(file: WorkFile, now: Setting) -> SearchDoc | None:
    """By its number, title and columns, and what was noted; nothing of who booked, nothing of a
    voided line or of a register that is not searched."""
    item = file.item
    register = REGISTERS.get(item.sort)
    if item.voided or item.state == "void" or register is None or not register.searched:
        return None
    words = [field_words(each, file.values.get(each.name)) for each in register.fields]
    words += [str(said.get("text", "")) for said in file.said("note")]
    return SearchDoc(
        kind="work_item", id=item.id, number=item.number, title=item.title,
        body="\n".join(filter(None, (register.name, *words))),
    )  # fmt: skip


SUBJECTS: Mapping[str, Subject] = {
    "matter": Subject(
        load_files,
        lambda file: str(file.matter.id),
        lambda file, now: duties_of(file, now.book, now.office),
        _matter_doc,
    ),
    "dispute": Subject(
        load_disputes,
        lambda file: str(file.id),
        lambda file, now: duties_of_dispute(file, now.book),
        _dispute_doc,
    ),
    "mediation": Subject(
        load_mediations,
        lambda file: str(file.id),
        lambda file, now: duties_of_mediation(file, now.book),
        _mediation_doc,
    ),
    "village_note": Subject(
        load_notes,
        lambda file: str(file.id),
        lambda file, now: duties_of_note(file, now.book),
        lambda file, now: None,
    ),
    "work_item": Subject(
        load_work,
        lambda file: str(file.id),
        lambda file, now: duties_of_work(file, now.book),
        _work_doc,
    ),
}
