"""Measured on the rendered page: margins, the room for the seal, black on white, speed."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageChops

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import layout
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.preview import picture
from xinfang_desktop.printing.render import Printer

from .papers import FULL
from .screening_papers import P01, P03, P05, P06

DPI = 127  # five pixels a millimetre
DOT = DPI / 25.4
LETTERS = [code for code, form in FORMS.items() if form.skin == "letter"]


def page(pdf: bytes, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    return document[number - 1].render(scale=DPI / 72).to_pil().convert("L")


def ink(
    image: Image.Image, left: float, top: float, right: float, bottom: float
) -> tuple[float, ...] | None:
    """Bounding box of what is dark inside a box, in millimetres of the page."""
    box = tuple(round(value * DOT) for value in (left, top, right, bottom))
    found = image.crop(box).point(lambda value: 255 if value < 128 else 0).getbbox()
    if found is None:
        return None
    return tuple(round((v + o) / DOT, 2) for v, o in zip(found, (box[0], box[1]) * 2, strict=True))


def test_margins_of_a_full_page(printer: Printer) -> None:
    second = page(printer.render("F19", FULL["F19"]).pdf, 2)
    left, top, right, bottom = ink(second, 0, 0, 210, 262.5) or ()
    assert 28 <= left <= 29
    assert 37 <= top <= 41
    assert 182 <= right <= 185.5
    assert bottom <= 262
    number = ink(second, 0, 262.5, 210, 297)
    assert number is not None
    assert 32 <= number[0] <= 36  # even page: left, one character in
    assert 268 <= number[1] <= 274


def test_the_letterhead_stands_where_the_standard_wants_it(printer: Printer) -> None:
    first = page(printer.render("F07", FULL["F07"]).pdf, 1)
    mark = ink(first, 0, 0, 210, 42)
    assert mark is not None
    assert 29.5 <= mark[1] <= 32
    rule = ink(first, 0, 42, 210, 45.5)
    assert rule is not None
    assert rule[0] == pytest.approx(20, abs=0.4)
    assert rule[2] == pytest.approx(190, abs=0.4)
    lower = ink(first, 0, 272, 210, 297)
    assert lower is not None
    assert lower[3] == pytest.approx(277, abs=0.6)


@pytest.mark.parametrize("code", [code for code in LETTERS if FORMS[code].sealed_by_hand])
def test_a_real_seal_has_room_and_none_is_drawn(printer: Printer, code: str) -> None:
    """Above the organ the 42 mm ring is free but for the two signature lines."""
    done = printer.render(code, FULL[code])
    shown = printer.render(code, FULL[code], preview=True)
    sealed = done.pages - (code == "F22")  # the label for the envelope follows the letter
    last, ringed = page(done.pdf, sealed), page(shown.pdf, sealed)
    ring = ink(ImageChops.invert(ImageChops.difference(last, ringed)), 0, 0, 210, 290)
    assert ring is not None
    left, top, right, bottom = ring
    assert right - left == pytest.approx(42, abs=1)
    assert bottom - top == pytest.approx(42, abs=1)
    assert right <= 184.5
    assert bottom <= 272
    middle = (top + bottom) / 2
    above = ink(last, left + 6, top + 2, right - 6, middle - 1)
    assert above is None, "the upper half of the seal covers words"
    text_above = ink(last, 28, top - 11, 184, top)
    assert text_above is not None, "more than one line between the text and the seal"


def test_the_seal_of_the_receipt_stays_off_the_stub(printer: Printer) -> None:
    plain = page(printer.render("F02", FULL["F02"]).pdf, 1)
    ringed = page(printer.render("F02", FULL["F02"], preview=True).pdf, 1)
    ring = ink(ImageChops.invert(ImageChops.difference(plain, ringed)), 0, 0, 210, 297)
    assert ring is not None
    left, top, right, bottom = ring
    assert bottom - top == pytest.approx(42, abs=1)
    assert ink(plain, left + 15, bottom - 4, right - 15, bottom + 1) is None
    assert ink(plain, left + 6, top, right - 6, top + 18) is None


def test_everything_is_black(printer: Printer) -> None:
    for code in ("F07", "F02", "V01"):
        image = pypdfium2.PdfDocument(printer.render(code, FULL[code]).pdf)[0].render().to_pil()
        assert all(r == g == b for r, g, b in image.convert("RGB").get_flattened_data())


def test_large_print_is_eighteen_points(printer: Printer) -> None:
    assert layout.load(large=True).styles["body"].size == 18
    assert layout.load().styles["body"].size == 16
    assert layout.load().styles["title"].size == 22
    usual = printer.render("F07", FULL["F07"])
    large = printer.render("F07", FULL["F07"], large_print=True)
    assert large.pdf != usual.pdf


def test_a_few_lines_too_many_are_drawn_closer_rather_than_onto_another_page(
    printer: Printer,
) -> None:
    paper = FULL["F08"]
    assert isinstance(paper, F.Refusal)
    assert printer.render("F08", paper).pages == 1
    assert printer.render("F08", replace(paper, reason=paper.reason * 4)).pages == 2


def test_the_same_facts_give_the_same_bytes(printer: Printer) -> None:
    assert printer.render("F02", FULL["F02"]).pdf == printer.render("F02", FULL["F02"]).pdf


def test_one_notice_takes_sixty_milliseconds_after_the_first(printer: Printer) -> None:
    printer.render("F07", FULL["F07"])
    taken = []
    for _ in range(12):
        start = time.process_time()
        printer.render("F07", FULL["F07"])
        taken.append(time.process_time() - start)
    assert min(taken) <= 0.060


def test_a_page_becomes_a_picture(printer: Printer) -> None:
    done = printer.render("F19", FULL["F19"])
    shown = picture(done.pdf, 2, dpi=96)
    assert shown.png.startswith(b"\x89PNG")
    assert abs(shown.width - 794) <= 1
    assert abs(shown.height - 1123) <= 1
    with pytest.raises(IndexError):
        picture(done.pdf, 99)


def _ring(printer: Printer, code: str, paper: F.Facts) -> tuple[Image.Image, tuple[float, ...]]:
    """The plain first page, and where the preview shows the seal."""
    plain = page(printer.render(code, paper).pdf, 1)
    ringed = page(printer.render(code, paper, preview=True).pdf, 1)
    ring = ink(ImageChops.invert(ImageChops.difference(plain, ringed)), 0, 0, 210, 297)
    assert ring is not None
    return plain, ring


@pytest.mark.parametrize(
    "organ", ["云岭县青石镇人民政府", "云岭县青石镇人民政府信访工作联席会议办公室"]
)
def test_a_seal_in_a_cell_has_room_and_a_long_name_stays_inside(
    printer: Printer, organ: str
) -> None:
    paper = replace(P03, office=replace(P03.office, organ=organ))
    plain, (left, top, right, bottom) = _ring(printer, "P03", paper)
    assert right - left == pytest.approx(42, abs=1)
    assert bottom - top == pytest.approx(42, abs=1)
    assert left >= 44  # the cell begins 24 mm from the form's edge
    assert right <= 116
    assert ink(plain, left + 6, top + 2, right - 6, (top + bottom) / 2 - 1) is None


def test_what_a_unit_and_an_office_stamp_has_forty_millimetres(printer: Printer) -> None:
    """A seal of 40 mm stands on the signature and its date (10 mm) and on nothing else."""
    opinions = replace(P05, unit_opinion="", office_opinion="")
    for code, paper, columns in (
        ("P03", P03, [(60, 180)]),
        ("P05", opinions, [(21, 76), (78, 132)]),
    ):
        image = page(printer.render(code, paper).pdf, 1)
        for left, right in columns:
            free = max(lower - upper for upper, lower in _gaps(image, left, right))
            assert free + 10 >= 40, code


def _gaps(image: Image.Image, left: float, right: float) -> list[tuple[float, float]]:
    """Stretches from top to bottom of the form without ink, in millimetres."""
    strip = image.crop((round(left * DOT), 0, round(right * DOT), image.height))
    dark = [
        strip.crop((0, y, strip.width, y + 1)).getextrema()[0] < 128 for y in range(strip.height)
    ]
    inked = [y / DOT for y, found in enumerate(dark) if found]
    return list(itertools.pairwise(inked))


def test_rows_beside_one_label_fill_their_cell(printer: Printer) -> None:
    """The rule under the last of the parties is that of the whole row: no gap, no second rule."""
    image = page(printer.render("P01", P01).pdf, 1)
    rules = [y for y in range(image.height) if _dark_share(image, y, 50, 189) > 0.97]
    apart = [b - a for a, b in itertools.pairwise(rules) if b - a > 1]
    assert min(apart) / DOT > 6
    assert ink(image, 190.5, 20, 205, 280) is None


def _dark_share(image: Image.Image, y: int, left: float, right: float) -> float:
    line = image.crop((round(left * DOT), y, round(right * DOT), y + 1))
    return sum(value < 128 for value in line.get_flattened_data()) / line.width


def test_a_page_on_its_side_keeps_the_margins_of_a_form(printer: Printer) -> None:
    lying = page(printer.render("P06", P06).pdf, 1)
    assert (lying.width, lying.height) == pytest.approx((297 * DOT, 210 * DOT), abs=2)
    left, top, right, bottom = ink(lying, 0, 0, 297, 210) or ()
    assert left == pytest.approx(20, abs=0.6)
    assert right == pytest.approx(277, abs=0.6)
    assert 13 <= top <= 18
    assert bottom <= 196
    upright = layout.load()
    assert upright["page"]["width"] == 210
    assert upright.turned().turned()["page"]["width"] == 210
