"""The whole file of a matter (信访卷宗) as one PDF: what is missing, cover, contents, papers, back.

The papers are those that were printed and kept, never made anew: what was given out is what is
filed. Attachments that are pages are bound behind them, others are listed with their hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from ..domain.errors import DamagedInput
from ..domain.file_rules import lacking, papers_in_order
from ..domain.matter import MatterFile
from ..domain.records import Attachment
from ..printing.binder import BoundPart
from ..printing.catalogue import FORMS
from ..printing.pictures import page_of
from ..printing.volume_facts import BACK, FRONT, KeptApart, MissingRow
from ..printing.volume_facts import Volume as Cover
from .binding import Cancelled, FileBound, Progress, Rows, Volume, bind_volume
from .desk import Desk, use_case
from .finding import check_handler
from .outputs import check_output
from .paper_cases import matter_file, source_of
from .volume_papers import author_of, note_of, title_of, volume

FORM = "F36"
TITLE = "信访事项卷宗"


@use_case("print_matter_form")
def bind_matter(
    desk: Desk,
    number: str,
    out: Path,
    *,
    two_sided: bool = False,
    large_print: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FileBound | None:
    """Bind the file and keep it by its hash. What is missing stands first, with the reason.

    None where it was cancelled: then no file was left. PDFium allows one caller at a time.
    """
    check_output(desk.home, out)
    with desk.reading() as conn:
        file = matter_file(desk, conn, number)
        check_handler(desk, file.matter)
        source = source_of(desk, conn, file)
    made = _volume(desk, volume(source), file, large_print, progress, cancelled)
    if made is None:
        return None
    return bind_volume(desk, made, out, two_sided=two_sided, progress=progress, cancelled=cancelled)


def _volume(
    desk: Desk,
    facts: Cover,
    file: MatterFile,
    large_print: bool,
    progress: Progress,
    cancelled: Cancelled,
) -> Volume | None:
    parts = list(_papers(desk, facts, file))
    apart: list[KeptApart] = []
    warnings: list[str] = []
    held = sorted((a for a in file.attachments if not a.voided), key=lambda a: a.at)
    for done, attachment in enumerate(held):
        progress(done, len(held))
        if cancelled():
            return None
        part, problem = _attached(desk, attachment)
        if part is not None:
            parts.append(part)
            continue
        apart.append(KeptApart(
            name=attachment.name, size=f"{attachment.size:,} 字节", sha256=attachment.sha256,
        ))  # fmt: skip
        warnings += (problem,) if problem else ()
    lacks = lacking(file, FORMS)
    missing = tuple(MissingRow(what=each.what, why=each.why) for each in lacks)

    def cover(rows: Rows) -> Cover:
        return replace(
            facts, part=FRONT, contents=rows, count=len(rows), missing=missing,
            pages=rows[-1].last if rows else 0,
        )  # fmt: skip

    def back(rows: Rows) -> Cover:
        return replace(cover(rows), part=BACK, apart=tuple(apart))

    return Volume(
        number=file.matter.number, title=TITLE, cover_form=FORM, back_form=FORM,
        parts=tuple(parts), cover=cover, back=back, feed=file.matter.feed,
        missing=tuple(each.what for each in lacks), why=tuple(each.why for each in lacks),
        warnings=tuple(warnings), matter=file.matter.id, large_print=large_print,
    )  # fmt: skip


def _papers(desk: Desk, facts: Cover, file: MatterFile) -> Iterator[BoundPart]:
    for paper in papers_in_order(file):
        kept = paper.newest
        yield BoundPart(
            title_of(kept), desk.blobs.read(kept.sha256), kept.number,
            author_of(kept, facts.office), kept.at.date(), note_of(paper),
        )  # fmt: skip


def _attached(desk: Desk, attachment: Attachment) -> tuple[BoundPart | None, str]:
    """The attachment as pages; none where it is not made of pages, and what is wrong with it."""
    if attachment.media not in _AS_PAGES:
        return None, ""
    try:
        pdf = _AS_PAGES[attachment.media](attachment.name, desk.blobs.read(attachment.sha256))
    except DamagedInput as problem:
        return None, problem.sentence
    return BoundPart(attachment.name, pdf, on=attachment.at.date(), note="附件"), ""


def _whole_pdf(name: str, data: bytes) -> bytes:
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document):
                return data
    except pypdfium2.PdfiumError as problem:
        raise _damaged(name) from problem
    raise _damaged(name)


def _damaged(name: str) -> DamagedInput:
    return DamagedInput(
        "damaged_pdf", f"“{name}”打不开或者加了密码，没有装订，列在备考表里。",
        mend="请重新放入没有密码的文件，再装订。",
    )  # fmt: skip


_AS_PAGES: dict[str, Callable[[str, bytes], bytes]] = {
    "application/pdf": _whole_pdf,
    "image/jpeg": page_of,
    "image/png": page_of,
}
"""What an attachment's pages are made of, by its media."""
