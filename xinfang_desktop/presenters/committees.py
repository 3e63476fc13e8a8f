"""设置 · 调解组织: committees, their people, and what the law would have otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from xinfang_desktop.domain.articles import mediation_law
from xinfang_desktop.domain.committees import COMMITTEE, MEDIATOR
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services import committees
from xinfang_desktop.services.committees import CommitteePage, CommitteeRow, MediatorRow
from xinfang_desktop.services.desk import Desk

from . import choices
from .running import Run

Failed = Callable[[XinfangError], None]
Done = Callable[[], None]

MEDIATOR_FIELDS = MEDIATOR
CHANGE_MEDIATOR_FIELDS = tuple(field for field in MEDIATOR if field.name != "name")
"""Who somebody is stays; everything else may change."""


class CommitteesPresenter:
    """The committees within sight, and which of them is chosen."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.page = CommitteePage((), ())
        self.chosen = ""  # id of a committee
        self._villages: tuple[tuple[str, str], ...] = ()

    def load(self, done: Done) -> None:
        """Ask anew; what was chosen stays so while it is there, else the first is."""

        def work() -> tuple[CommitteePage, tuple[tuple[str, str], ...]]:
            villages = tuple((each.value, each.label) for each in choices.villages(self.desk))
            return committees.committee_page(self.desk), villages

        def came(found: tuple[CommitteePage, tuple[tuple[str, str], ...]]) -> None:
            self.page, self._villages = found
            if self.committee() is None:
                self.chosen = next((row.id for row in self.page.committees), "")
            done()

        self._run(work, came)

    def committee(self) -> CommitteeRow | None:
        """The committee that is chosen."""
        return next((row for row in self.page.committees if row.id == self.chosen), None)

    def hints(self) -> tuple[str, ...]:
        """What is to be put right about the chosen committee, each with its article."""
        row = self.committee()
        found = row.findings if row else ()
        return tuple(f"{each.sentence}（{each.article}）" for each in found)

    def without(self) -> str:
        """Villages that have no committee, in one sentence; empty where each has one."""
        if not self.page.without:
            return ""
        names = "、".join(self.page.without)
        return (
            f"还没有登记调委会的村（社区）：{names}。村（居）委会设立调委会（{mediation_law(8)}）。"
        )

    # --- forms ---

    def add_fields(self) -> tuple[Field, ...]:
        """A new committee; the village is one of those there are."""
        return tuple(
            replace(field, kind="choice", choices=self._villages)
            if field.name == "village"
            else field
            for field in COMMITTEE
        )

    def change_fields(self) -> tuple[Field, ...]:
        """What may change of a committee: all but whose it is."""
        return tuple(field for field in COMMITTEE if field.name != "village")

    def change_values(self) -> dict[str, Any]:
        """The chosen committee as it is."""
        row = self.committee()
        return {f.name: getattr(row, f.name) for f in self.change_fields()} if row else {}

    def mediator_values(self, mediator: MediatorRow) -> dict[str, Any]:
        """A mediator as he is registered."""
        return {field.name: getattr(mediator, field.name) for field in CHANGE_MEDIATOR_FIELDS}

    # --- writing ---

    def add(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Register a committee; it is the chosen one then."""
        self._write(lambda: committees.add_committee(self.desk, values), done, failed)

    def change(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Change what is registered of the chosen committee."""
        name = self._name()
        self._write(lambda: committees.change_committee(self.desk, name, values), done, failed)

    def set_mediator(
        self, name: str, values: Mapping[str, Any], done: Done, failed: Failed
    ) -> None:
        """Add somebody to the chosen committee (``name`` empty), or change what is registered."""
        data = {**values, "name": name} if name else dict(values)
        committee = self._name()
        self._write(
            lambda: committees.set_mediator(self.desk, committee, data), done, failed
        )  # fmt: skip

    def _name(self) -> str:
        row = self.committee()
        return row.name if row else ""

    def _write(self, work: Callable[[], CommitteeRow], done: Done, failed: Failed) -> None:
        def came(row: CommitteeRow) -> None:
            self.chosen = row.id
            done()

        self._run(work, came, failed, label="正在保存")


def term_words(row: CommitteeRow) -> str:
    """2024-03-01 至 2027-03-01, empty where no day was written."""
    if row.formed_on is None or row.ends_on is None:
        return ""
    return f"{row.formed_on.isoformat()} 至 {row.ends_on.isoformat()}"


def people_words(row: CommitteeRow) -> str:
    """3 人: who has not left."""
    return f"{sum(not each.left for each in row.mediators)} 人"


def hint_words(row: CommitteeRow) -> str:
    """2 条: how many things are to be put right; empty where all is well."""
    return f"{len(row.findings)} 条" if row.findings else ""
