"""Disputes, mediations and notes with everything written down about them, as the domain reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .case_records import CaseStep, Dispute, Mediation, MediationParty, VillageNote
from .records import Attachment, Document


class CaseSteps:
    """Reading the recorded steps of a case; they stand in the order they were written down."""

    __slots__ = ()
    steps: tuple[CaseStep, ...]

    def all(self, *actions: str) -> Iterator[CaseStep]:
        """Steps of these actions, oldest first."""
        return (step for step in self.steps if step.action in actions and not step.voided)

    def last(self, *actions: str) -> CaseStep | None:
        """The newest step of these actions, if any."""
        found = None
        for found in self.all(*actions):  # noqa: B007 - the last one is wanted
            pass
        return found


@dataclass(frozen=True)
class DisputeFile(CaseSteps):
    """The whole file of one dispute (矛盾纠纷)."""

    dispute: Dispute
    steps: tuple[CaseStep, ...] = ()
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conflicts: tuple[str, ...] = ()  # what a person has still to decide, in words

    @property
    def id(self) -> str:
        """Of the dispute."""
        return self.dispute.id

    @property
    def state(self) -> str:
        """Code of the present state."""
        return self.dispute.state

    @property
    def began(self) -> date:
        """The day it was found."""
        return self.dispute.found_on

    @property
    def voided(self) -> bool:
        """作废."""
        return self.dispute.voided


@dataclass(frozen=True)
class MediationFile(CaseSteps):
    """The whole file of one mediation (人民调解)."""

    mediation: Mediation
    parties: tuple[MediationParty, ...] = ()
    steps: tuple[CaseStep, ...] = ()
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conflicts: tuple[str, ...] = ()  # what a person has still to decide, in words

    @property
    def id(self) -> str:
        """Of the mediation."""
        return self.mediation.id

    @property
    def state(self) -> str:
        """Code of the present state."""
        return self.mediation.state

    @property
    def began(self) -> date:
        """The day of the application, or of the offer to mediate."""
        return self.mediation.applied_on

    @property
    def voided(self) -> bool:
        """作废."""
        return self.mediation.voided


@dataclass(frozen=True)
class NoteFile(CaseSteps):
    """A page of the village diary (民情日记) or of a talk day (恳谈日), and what was kept of it."""

    note: VillageNote
    steps: tuple[CaseStep, ...] = ()

    @property
    def id(self) -> str:
        """Of the note."""
        return self.note.id
