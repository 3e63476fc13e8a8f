"""The complete file of one mediation (调解卷宗) as one PDF: cover, contents, papers in order, back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..printing import check
from ..printing import mediation_facts as papers
from ..printing.binder import BoundPart
from ..printing.catalogue import FORMS
from ..printing.facts import Facts
from ..printing.render import Printer
from .binding import Cancelled, FileBound, Progress, Rows, Volume, bind_volume
from .desk import Desk, use_case
from .mediation_papers import BUILDERS
from .mediation_sheets import MediationSource, mediation_source, sheets_of
from .outputs import check_output
from .paperwork import printer_of

COVER, BACK = "M00", "M13"
TITLE = "人民调解卷宗"


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
    volume = _volume(source, printer_of(desk), large_print, progress, cancelled)
    if volume is None:
        return None
    return bind_volume(
        desk, volume, out, two_sided=two_sided, progress=progress, cancelled=cancelled
    )


def _volume(
    source: MediationSource,
    printer: Printer,
    large_print: bool,
    progress: Progress,
    cancelled: Cancelled,
) -> Volume | None:
    """Every paper rendered from what the file says now."""
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
    file = source.file

    def back(rows: Rows) -> Facts:
        return replace(BUILDERS[BACK](source), pages=rows[-1].last if rows else 0)  # type: ignore[call-arg]

    return Volume(
        number=file.mediation.number, title=TITLE, cover_form=COVER, back_form=BACK,
        parts=tuple(parts), cover=lambda rows: replace(cover, contents=rows), back=back,
        feed=file.mediation.feed, missing=cover.missing, warnings=tuple(warnings), case=file.id,
        large_print=large_print,
    )  # fmt: skip
