"""Many papers bound into one file: order, numbers, text, fonts, both sides, turned scans."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.printing import mediation_facts as M
from xinfang_desktop.printing.binder import Bound, BoundPart, bind, contents_of
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.contents import ContentsRow
from xinfang_desktop.printing.preview import text
from xinfang_desktop.printing.render import Printer

from .mediation_papers import FULL, longest
from .test_layout import ink, page

MADE = tuple(f"M{number:02d}" for number in range(1, 13))


@pytest.fixture(scope="module")
def parts(printer: Printer) -> tuple[BoundPart, ...]:
    """The whole file of one mediation; the session record goes over several pages."""
    papers = {**FULL, "M07": longest("M07")}
    return tuple(
        BoundPart(FORMS[code].title_of(papers[code]), printer.render(code, papers[code]).pdf)
        for code in MADE
    )


def front_of(printer: Printer, rows: tuple[ContentsRow, ...]) -> bytes:
    cover = FULL["M00"]
    assert isinstance(cover, M.FileCover)
    return printer.render("M00", replace(cover, contents=rows, missing=())).pdf


def whole(printer: Printer, parts: tuple[BoundPart, ...], **options: Any) -> Bound:
    bound = bind(
        parts,
        front=lambda rows: front_of(printer, rows),
        back=printer.render("M13", FULL["M13"]).pdf,
        fonts=printer.fonts,
        **options,
    )
    assert bound is not None
    return bound


def leaves(pdf: bytes) -> list[str]:
    """The text of each page without spaces and line ends."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(leaf.get_textpage().get_text_range().split()) for leaf in document]


def test_every_page_stands_in_order_with_the_number_of_the_contents(
    printer: Printer, parts: tuple[BoundPart, ...]
) -> None:
    bound = whole(printer, parts)
    read = leaves(bound.pdf)
    assert len(read) == bound.pages
    assert [row.title for row in bound.contents] == [part.title for part in parts]
    contents = read[1]
    for number, (row, part) in enumerate(zip(bound.contents, parts, strict=True), 1):
        assert f"{number}{row.title}{row.pages}" in contents
        for place, own in zip(range(row.first, row.last + 1), leaves(part.pdf), strict=True):
            assert read[place + 1] == own + str(place)  # behind cover and contents
    assert [row for row in bound.contents if row.last > row.first]


def test_cover_contents_and_back_bear_no_number(
    printer: Printer, parts: tuple[BoundPart, ...]
) -> None:
    bound = whole(printer, parts)
    read = leaves(bound.pdf)
    assert read[:2] == leaves(front_of(printer, bound.contents))
    assert read[-1:] == leaves(printer.render("M13", FULL["M13"]).pdf)
    assert bound.pages == bound.contents[-1].last + 3


def test_the_numbers_are_known_before_anything_is_bound(parts: tuple[BoundPart, ...]) -> None:
    rows = contents_of(parts)
    assert rows[0].first == 1
    assert all(after.first == row.last + 1 for row, after in itertools.pairwise(rows))
    bare = bind(parts)
    assert bare is not None
    assert bare.contents == rows
    assert bare.pages == rows[-1].last


def _embedded(pdf: bytes) -> list[bool]:
    """For each run of text whether its font is in the file."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            bool(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)))
            for leaf in document
            for item in leaf.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        ]


def test_every_font_stays_embedded_and_the_numbers_share_one(
    printer: Printer, parts: tuple[BoundPart, ...]
) -> None:
    bound = whole(printer, parts)
    embedded = _embedded(bound.pdf)
    assert len(embedded) > 500
    assert all(embedded)
    alone = sum(len(part.pdf) for part in parts) + len(front_of(printer, bound.contents))
    assert len(bound.pdf) < 1.25 * alone


def test_the_number_stands_in_the_outer_upper_corner(
    printer: Printer, parts: tuple[BoundPart, ...]
) -> None:
    bound = whole(printer, parts)
    for place in (3, 4, bound.pages - 1):
        number = ink(page(bound.pdf, place), 150, 0, 210, 18)
        assert number is not None
        assert number[2] == pytest.approx(198, abs=1)  # 12 mm from the edge
        assert number[3] == pytest.approx(17, abs=1)


def test_printed_on_both_sides_every_paper_begins_a_sheet_and_backs_are_numbered_left(
    printer: Printer, parts: tuple[BoundPart, ...]
) -> None:
    bound = whole(printer, parts, two_sided=True)
    read = leaves(bound.pdf)
    firsts = [leaves(part.pdf)[0] for part in parts]
    for row, first in zip(bound.contents, firsts, strict=True):
        assert read.index(f"{first}{row.first}") % 2 == 0
    assert read.count("") > 2  # backs left empty, without a number
    session = bound.contents[6]
    back = read.index(leaves(parts[6].pdf)[1] + str(session.first + 1))
    assert back % 2 == 1
    number = ink(page(bound.pdf, back + 1), 0, 0, 60, 18)
    assert number is not None
    assert number[0] == pytest.approx(12, abs=1)
    assert ink(page(bound.pdf, back + 1), 150, 0, 210, 18) is None


def _scan(turn: int) -> bytes:
    """A scanned page as machines leave it: turned, its origin not at 0."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(595, 842) if turn % 180 == 0 else (842, 595))
    canvas.drawString(200, 300, "scan")
    canvas.save()
    with pypdfium2.PdfDocument(output.getvalue()) as document:
        leaf = document[0]
        width, height = leaf.get_size()
        leaf.set_mediabox(30, -20, 30 + width, height - 20)
        leaf.set_cropbox(30, -20, 30 + width, height - 20)
        leaf.set_rotation(turn)
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_scan_is_numbered_where_one_looks(turn: int) -> None:
    bound = bind([BoundPart("现场照片", _scan(turn))])
    assert bound is not None
    number = ink(page(bound.pdf, 1), 170, 0, 210, 25)
    assert number is not None
    assert number[2] == pytest.approx(198, abs=1)
    assert number[3] == pytest.approx(17, abs=1)
    assert number[3] - number[1] == pytest.approx(3.4, abs=0.6)  # upright
    assert "scan" in text(bound.pdf)


def test_practice_and_reprint_marks_stay_clear_of_the_number(printer: Printer) -> None:
    marked = Printer(printer.fonts, practice=True).render("M12", FULL["M12"], reprint=True).pdf
    for two_sided in (False, True):
        before = page(marked, 1)
        bound = bind([BoundPart("说明", marked)], two_sided=two_sided)
        assert bound is not None
        number = ink(page(bound.pdf, 1), 190.5, 12, 210, 18)
        assert number is not None
        assert ink(before, number[0] - 1, number[1] - 1, number[2] + 1, number[3] + 1) is None
        assert "补打" in text(bound.pdf)


def test_progress_is_told_and_a_cancel_leaves_nothing(parts: tuple[BoundPart, ...]) -> None:
    told: list[tuple[int, int]] = []
    bound = bind(parts, progress=lambda done, total: told.append((done, total)))
    assert bound is not None
    assert told == [(n, bound.pages) for n in range(1, bound.pages + 1)]
    told.clear()
    stopped = bind(
        parts,
        progress=lambda done, total: told.append((done, total)),
        cancelled=lambda: len(told) == 5,
    )
    assert stopped is None
    assert len(told) == 5


def test_a_damaged_part_is_named(parts: tuple[BoundPart, ...]) -> None:
    for damaged in (b"", b"%PDF-1.4 cut off", parts[0].pdf[:100]):
        with pytest.raises(DamagedInput) as caught:
            bind([parts[0], BoundPart("履行凭证", damaged)])
        assert "“履行凭证”打不开" in caught.value.sentence


def test_a_file_without_papers_has_its_cover_only(printer: Printer) -> None:
    bound = bind([], front=lambda rows: front_of(printer, rows))
    assert bound is not None
    assert (bound.pages, bound.contents) == (2, ())


def test_three_hundred_papers_are_bound_in_seconds(parts: tuple[BoundPart, ...]) -> None:
    bound = bind(parts * 25)
    assert bound is not None
    assert bound.pages > 300
    assert leaves(bound.pdf)[-1].endswith(str(bound.pages))


def test_bookmarks_lead_to_each_paper(printer: Printer, parts: tuple[BoundPart, ...]) -> None:
    bound = whole(printer, parts)
    with pypdfium2.PdfDocument(bound.pdf) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        assert len(document) == bound.pages
    front = bound.pages - 1 - bound.contents[-1].last
    assert marks == [
        ("封面和卷内目录", 0),
        *((row.title, front + row.first - 1) for row in bound.contents),
        ("备考表", bound.pages - 1),
    ]


def test_a_file_without_pages_has_no_bookmarks(printer: Printer) -> None:
    bound = bind((), fonts=printer.fonts)
    assert bound is not None and bound.pages == 0
