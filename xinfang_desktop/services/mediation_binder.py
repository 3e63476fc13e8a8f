"""The complete file of one mediation (调解卷宗) as one PDF: cover, contents, papers in order, back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from ..domain.records import Document
from ..printing import check
from ..printing import mediation_facts as papers
from ..printing.binder import Bound, BoundPart, Front, bind, contents_of
from ..printing.catalogue import FORMS
from ..printing.contents import ContentsRow
from ..printing.render import Printer
from ..printing.values import to_json
from ..store.changelog import new, new_id
from .desk import Changes, Desk, use_case
from .mediation_papers import BUILDERS
from .mediation_sheets import MediationSource, mediation_source, sheets_of
from .outputs import check_output
from .paperwork import printer_of, staged

COVER, BACK = "M00", "M13"
TITLE = "人民调解卷宗"


@dataclass(frozen=True, slots=True)
class FileBound:
    """The bound file: its pages, its papers with their pages, what it still lacks."""

    document: str
    number: str
    pages: int
    sha256: str
    contents: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    out: Path
    changes: Changes


@use_case("print_form")
def bind_mediation(
    desk: Desk,
    number: str,
    out: Path,
    *,
    two_sided: bool = False,
    large_print: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FileBound | None:
    """Bind the file and keep it by its hash. What is missing stands first, on the cover.

    None where it was cancelled: then no file was left. PDFium allows one caller at a time.
    """
    check_output(desk.home, out)
    with desk.reading() as conn:
        source = mediation_source(desk, conn, number)
    made = _bound(source, printer_of(desk), large_print, two_sided, progress, cancelled)
    if made is None:
        return None
    bound, cover, warnings = made
    file = source.file
    blob = desk.blobs.put_bytes(bound.pdf)
    record = Document(
        id=new_id(), feed=file.mediation.feed, matter="", case=file.id, form=COVER, number="",
        title=TITLE, sha256=blob.sha256, pages=bound.pages, at=desk.now(), by=desk.account.name,
        large_print=large_print, facts=to_json(cover), warnings=warnings,
    )  # fmt: skip
    with ExitStack() as after_commit, desk.writing() as tx:
        tx.append([new(record)])
        after_commit.enter_context(staged(out, bound.pdf))
    return FileBound(
        record.id, file.mediation.number, bound.pages, record.sha256,
        tuple((row.title, row.pages) for row in bound.contents), cover.missing, warnings,
        out, Changes(frozenset({"document"}), frozenset({file.id})),
    )  # fmt: skip


def _bound(
    source: MediationSource,
    printer: Printer,
    large_print: bool,
    two_sided: bool,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Bound, papers.FileCover, tuple[str, ...]] | None:
    """Render every paper, then bind them; the contents know each page before the cover is made."""
    warnings: dict[str, None] = {}
    parts: list[BoundPart] = []
    sheets = [sheet for sheet in sheets_of(source.file) if sheet.form not in (COVER, BACK)]
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets))
        if cancelled():
            return None
        facts = BUILDERS[sheet.form](replace(source, chosen=sheet.step))
        for finding in check.check(sheet.form, facts, printer.fonts):
            if finding.level == "must":
                warnings[f"{FORMS[sheet.form].title_of(facts)}：{finding.title}"] = None
        rendered = printer.render(sheet.form, facts, large_print=large_print)
        warnings.update(dict.fromkeys(rendered.warnings))
        parts.append(BoundPart(FORMS[sheet.form].title_of(facts), rendered.pdf))
    cover = BUILDERS[COVER](source)
    assert isinstance(cover, papers.FileCover)

    def front(rows: tuple[ContentsRow, ...]) -> bytes:
        filled = replace(cover, contents=rows)
        return printer.render(COVER, filled, large_print=large_print).pdf

    made_front: Front = front
    rows = contents_of(parts)
    back = replace(BUILDERS[BACK](source), pages=rows[-1].last if rows else 0)  # type: ignore[call-arg]
    bound = bind(
        parts, front=made_front,
        back=printer.render(BACK, back, large_print=large_print).pdf, two_sided=two_sided,
        fonts=printer.fonts, progress=progress, cancelled=cancelled,
    )  # fmt: skip
    return None if bound is None else (bound, replace(cover, contents=rows), tuple(warnings))
