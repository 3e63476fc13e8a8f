"""Fills the papers of responsibility (责任、督办): F29 督办函、催办单, F31 领导包案登记表."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ..domain.history import data_of
from ..domain.vocabulary import word
from ..printing import facts as papers
from ..printing import responsibility_facts as facts
from .paper_source import Source, common


def _supervision(source: Source) -> facts.Supervision:
    said = source.step("supervise")
    reply = next(
        (s for s in source.file.all("supervise_reply") if data_of(s).get("no") == said.get("no")),
        None,
    )
    owed = source.duty("answer", "simple_answer")
    kind = word("supervision_kind", said.get("kind", "letter"))
    return facts.Supervision(
        **common(source, names=False, said=said), title=f"信访事项{kind}",
        unit=said.get("unit", ""), no=said.get("no", 0),
        ground=word("supervision_ground", said.get("ground", "")),
        situation=said.get("situation", ""), requirement=said.get("requirement", ""),
        due=_day(said.get("due", "")), law_due=owed.due if owed and not owed.settled else None,
        reply=str(data_of(reply).get("content", "")), replied_on=reply.on if reply else None,
    )  # fmt: skip


def _leader(source: Source) -> facts.LeaderSheet:
    said = source.step("lead")
    name = said.get("leader", "")
    progress = tuple(source.file.all("lead_progress"))
    finished = [s for s in progress if data_of(s).get("finished")]
    return facts.LeaderSheet(
        **common(source, names=False, said=said), leader=name,
        leader_title=next((p.title for p in source.people if p.name == name), ""),
        unit=said.get("unit", ""), person=said.get("person", ""),
        measures=said.get("measures", ""), due=_day(said.get("due", "")),
        taken_on=said.get("_on"),
        progress=tuple(
            facts.ProgressFacts(
                part=word("lead_part", str(data_of(s).get("part", ""))), on=s.on,
                content=str(data_of(s).get("content", "")),
            )
            for s in progress
        ),
        result=str(data_of(finished[-1]).get("content", "")) if finished else "",
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    "F29": _supervision,
    "F31": _leader,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F29": (("supervise",), "先登记督办、催办，再打印督办函。"),
    "F31": (("lead",), "先确定包案领导，再打印登记表。"),
}
"""Papers that state a decision, and the step by which it is taken."""
