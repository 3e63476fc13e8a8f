"""One line of a register with everything written down about it (工作台账的一条), as the domain reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .case_records import CaseStep
from .cases import CaseSteps
from .office_records import WorkItem
from .records import Attachment, Document


@dataclass(frozen=True)
class WorkFile(CaseSteps):
    """An item, its steps in the order they were written down, its papers and files."""

    item: WorkItem
    steps: tuple[CaseStep, ...] = ()
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conflicts: tuple[str, ...] = ()  # what a person has still to decide, in words

    @property
    def id(self) -> str:
        """Of the item."""
        return self.item.id

    @property
    def state(self) -> str:
        """Code of the present state."""
        return self.item.state

    @property
    def began(self) -> date:
        """The day it was written down, or its own day where that is earlier: a day may be planned."""
        written = self.last("register")
        return min(written.on, self.item.on) if written else self.item.on

    @property
    def voided(self) -> bool:
        """作废."""
        return self.item.voided

    @property
    def values(self) -> Mapping[str, Any]:
        """What the register's own fields say."""
        return self.item.data or {}

    def said(self, action: str) -> Iterator[Mapping[str, Any]]:
        """What the steps of an action say, oldest first."""
        return (step.data or {} for step in self.all(action))
