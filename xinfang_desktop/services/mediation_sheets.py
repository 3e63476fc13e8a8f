"""Which papers the file of a mediation consists of, and what each of them is filled from.

A file holds several records of one form (two sessions, two inquiries): ``sheets_of`` says which,
and a source is for one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..domain.case_records import CaseStep, Committee, Dispute
from ..domain.cases import MediationFile
from ..domain.mediation_reading import said
from ..domain.records import Matter
from ..store.database import Connection
from ..store.files import get
from ..store.subjects import Setting
from .desk import Desk
from .mediations import mediation_file


@dataclass(frozen=True, slots=True)
class MediationSource:
    """What a paper is filled from. ``chosen``: the very step it is about, where there are several."""

    file: MediationFile
    now: Setting
    committee: Committee | None
    came_from: str
    today: date
    chosen: CaseStep | None = None

    def step(self, *actions: str) -> CaseStep | None:
        """The chosen step if it is one of these, else the newest of them."""
        if self.chosen and self.chosen.action in actions:
            return self.chosen
        return self.file.last(*actions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of a file: its form, and the step it records (None: the file as a whole)."""

    form: str
    step: CaseStep | None = None


def mediation_source(desk: Desk, conn: Connection, number: str, step: str = "") -> MediationSource:
    """The source of a mediation's papers; ``step`` is the id of the step a paper is about."""
    file = mediation_file(desk, conn, number)
    mediation = file.mediation
    committee = get(conn, Committee, mediation.committee) if mediation.committee else None
    dispute = get(conn, Dispute, mediation.dispute) if mediation.dispute else None
    matter = get(conn, Matter, mediation.matter) if mediation.matter else None
    came_from = f"{dispute.number}号排查纠纷" if dispute else ""
    if matter and not dispute and desk.village is None:
        came_from = f"{matter.number}号信访事项"
    chosen = next((each for each in file.steps if each.id == step), None)
    return MediationSource(
        file, desk.setting(conn), committee, came_from, desk.today, chosen
    )  # fmt: skip


def sheets_of(file: MediationFile) -> tuple[Sheet, ...]:
    """The papers this file consists of, in the order of the statutory file, cover first."""
    return tuple(_sheets(file))


def _sheets(file: MediationFile) -> Iterator[Sheet]:
    accepted, agreement = file.last("accept"), file.last("agreement")
    yield Sheet("M00")
    yield Sheet("M01")
    if accepted:
        yield Sheet("M02")
        yield Sheet("M03")
    for form, action in (("M04", "agent"), ("M05", "inquiry")):
        yield from (Sheet(form, step) for step in file.all(action))
    if file.last("evidence"):
        yield Sheet("M06")
    yield from (Sheet("M07", step) for step in file.all("session"))
    if agreement:
        yield Sheet("M08")
        yield Sheet("M09")
    yield from (Sheet("M10", step) for step in file.all("follow"))
    if file.last("court"):
        yield Sheet("M11")
    if said(file.last("archive")).get("explained"):
        yield Sheet("M12")
    yield Sheet("M13")
