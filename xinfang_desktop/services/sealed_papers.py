"""The papers of a sealed matter: who fills them, and the step that must have come before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.reported import Reported, is_reprisal, reported_of
from ..printing import facts as papers
from ..printing.sealed_facts import SealedLetter
from .paper_source import Source, common


def _named(row: Reported) -> str:
    """徐大明（双井村村委会主任）; a unit alone by its name."""
    place = f"{row.unit}{row.post}"
    return f"{row.name}（{place}）" if row.name and place else row.name or place


def _letter(source: Source) -> SealedLetter:
    said, file = source.step("seal"), source.file
    person, first = file.petitioner, file.first_intake
    hidden = file.matter.confidential or file.matter.anonymous
    return SealedLetter(
        **common(source, names=False, said=said), unit=said.get("unit", ""),
        reported=tuple(_named(row) for row in reported_of(file.steps)),
        summary=first.summary if first else "",
        attachments=tuple(a.name for a in file.attachments),
        real_name=bool(person and person.name) and not hidden, reprisal=is_reprisal(file),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {"F22": _letter}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F22": (("seal",), "先登记移送检举控告，再打印移送函。"),
}
