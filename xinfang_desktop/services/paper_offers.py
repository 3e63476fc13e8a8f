"""Which papers there are for one case now (可打印的文书), and why not the others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..domain.records import Document
from ..printing.catalogue import FORMS
from . import dispute_papers, mediation_papers, work_papers
from .desk import Desk, use_case
from .disputes import dispute_file
from .matter_papers import BUILDERS
from .mediation_sheets import sheets_of
from .mediations import mediation_file
from .paper_cases import matter_file, why_not_matter
from .work_lines import work_file


@dataclass(frozen=True, slots=True)
class FormOffer:
    """One paper: may it be printed now, why not, and how often it was."""

    code: str
    name: str
    allowed: bool
    why: str
    times_printed: int


@use_case("read_matters")
def forms_for(desk: Desk, number: str) -> tuple[FormOffer, ...]:
    """The papers of a matter."""
    with desk.reading() as conn:
        file = matter_file(desk, conn, number)
    codes = [code for code in BUILDERS if code in FORMS]
    return _offers(codes, file.documents, lambda code: why_not_matter(code, file, desk.office))


@use_case("read_disputes")
def dispute_forms(desk: Desk, number: str) -> tuple[FormOffer, ...]:
    """The papers of a dispute."""
    with desk.reading() as conn:
        file = dispute_file(desk, conn, number)
    return _offers(
        dispute_papers.BUILDERS, file.documents, lambda code: dispute_papers.why_not(code, file)
    )


@use_case("read_mediations")
def mediation_forms(desk: Desk, number: str) -> tuple[FormOffer, ...]:
    """The papers of a mediation: those its file consists of so far."""
    with desk.reading() as conn:
        file = mediation_file(desk, conn, number)
    reached = {sheet.form for sheet in sheets_of(file)}
    return _offers(
        mediation_papers.BUILDERS, file.documents,
        lambda code: "" if code in reached else "卷里还没有这一份，记了那一步才有。",
    )  # fmt: skip


@use_case("read_work")
def work_forms(desk: Desk, number: str) -> tuple[FormOffer, ...]:
    """The papers of a line of the office's registers."""
    with desk.reading() as conn:
        register, file = work_file(desk, conn, number)
    void = "这一条已作废，不再出文书。" if file.state == "void" else ""
    return _offers(work_papers.papers_of(register), file.documents, lambda code: void)


def _offers(
    codes: Iterable[str], documents: Iterable[Document], why_not: Callable[[str], str]
) -> tuple[FormOffer, ...]:
    printed = [document.form for document in documents]
    return tuple(
        FormOffer(code, FORMS[code].name, not why, why, printed.count(code))
        for code in codes
        for why in (why_not(code),)
    )


_BY_MARK: Mapping[str, Callable[[Desk, str], tuple[FormOffer, ...]]] = {
    "-JF-": dispute_forms,
    "-TJ-": mediation_forms,
    "调字": mediation_forms,
    "-GZ-": work_forms,
}
"""Mark in a number → who says which papers there are; without one it is a matter's."""


@use_case("print_form")
def offers_for(desk: Desk, number: str) -> tuple[FormOffer, ...]:
    """The papers of whatever bears this number."""
    written = unicodedata.normalize("NFKC", number).upper()
    ask = next((ask for mark, ask in _BY_MARK.items() if mark in written), forms_for)
    return ask(desk, number)
