"""A matter with everything registered about it, as the domain reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from .grades import GradeTable
from .records import Attachment, Claim, Document, Intake, Matter, Office, Party, Person, Step


@dataclass(frozen=True, slots=True)
class MatterFile:
    """The whole file (卷) of one matter. ``steps`` stand in the order they were written down."""

    matter: Matter
    claims: tuple[Claim, ...] = ()
    intakes: tuple[Intake, ...] = ()
    parties: tuple[Party, ...] = ()
    steps: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conflicts: tuple[str, ...] = ()  # what a person has still to decide, in words

    @property
    def state(self) -> str:
        """Code of the present state."""
        return self.matter.state

    @property
    def began(self) -> date:
        """The day it was received."""
        return self.matter.received_on

    @property
    def voided(self) -> bool:
        """作废."""
        return self.matter.voided

    def all(self, *actions: str) -> Iterator[Step]:
        """Steps of these actions, oldest first."""
        return (step for step in self.steps if step.action in actions and not step.voided)

    def last(self, *actions: str) -> Step | None:
        """The newest step of these actions, if any."""
        found = None
        for found in self.all(*actions):  # noqa: B007 - the last one is wanted
            pass
        return found

    @property
    def first_intake(self) -> Intake | None:
        """The item that opened the matter."""
        return min(self.intakes, key=lambda i: (i.received_on, i.registered_at), default=None)

    @property
    def petitioner(self) -> Party | None:
        """The first petitioner named, if anybody was."""
        people = [p for p in self.parties if p.role == "petitioner" and not p.voided]
        return min(people, key=lambda p: p.no, default=None)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a decision about a case may look at besides its file. Dates are passed in."""

    today: date
    office: Office
    people: tuple[Person, ...]
    actor: str  # name of who asks
    roles: frozenset[str]
    notice_due: date | None = None  # 书面告知期限, rolled; None where it is not owed or unknown
    object_due: date | None = None  # 异议期限
    answer_due: date | None = None  # 办理期限 now running, approved extensions included
    review_due: date | None = None  # 信访人申请复查、复核的期限, the later of raw and rolled
    court_due: date | None = None  # 共同申请司法确认的最后一天 of a mediation's agreement
    grades: GradeTable | None = None  # thresholds of a dispute's grade, where a step asks for them
    forms: frozenset[str] = frozenset()  # codes of the papers that this office can print
    others: Mapping[str, str] = field(default_factory=dict)
    """Matters that a command names: number as written and in full → state, if they exist (并案)."""
