"""Many papers as one file (装订成卷): cover and contents, the parts in order, 页号 on each page.

Offices number what lies between the contents and the back cover, from 1 through the whole file,
in the outer upper corner; cover, contents, back cover and empty pages bear no number. The pages
are those of the stored papers with their embedded fonts and their text; only the number is
added. PDFium is not made for several threads: call ``bind`` in the lane of files.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from ..domain.errors import DamagedInput
from . import layout as layouts
from .contents import ContentsRow, numbered
from .faces import REGISTRY
from .fonts import Fonts
from .layout import MM
from .outline import Bookmark, with_bookmarks

Front = Callable[[tuple[ContentsRow, ...]], bytes]
"""Makes cover and contents (or the back), once the page numbers of all parts are known."""


@dataclass(frozen=True, slots=True)
class BoundPart:
    """One paper of the file, as it is called in the contents."""

    title: str
    pdf: bytes = field(repr=False)
    number: str = ""  # 文号
    author: str = ""  # 责任者
    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The whole file. ``pages`` counts all pages of the PDF; the last row of ``contents`` ends
    with the last page that bears a number."""

    pdf: bytes = field(repr=False)
    pages: int
    contents: tuple[ContentsRow, ...]


def contents_of(parts: Sequence[BoundPart]) -> tuple[ContentsRow, ...]:
    """On which pages the parts will lie. Raises DamagedInput."""
    rows = numbered((part.title, _count(part)) for part in parts)
    return tuple(
        replace(row, number=part.number, author=part.author, on=part.on, note=part.note)
        for part, row in zip(parts, rows, strict=True)
    )


def bind(
    parts: Sequence[BoundPart],
    *,
    front: Front | None = None,
    back: Front | bytes | None = None,
    two_sided: bool = False,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Bound | None:
    """One PDF: what ``front`` makes, the parts in their order, ``back``. None where cancelled.

    Its bookmarks lead to the front, to each part by its title, and to the back.

    ``two_sided``: each page of the front, every part and the back begin a new sheet, and the
    numbers on the back of a sheet stand at its left. Progress counts the pages of the parts.
    Raises DamagedInput for a part that cannot be read as PDF.
    """
    rows = contents_of(parts)
    total = rows[-1].last if rows else 0
    pen = _Pen(fonts or Fonts.shipped())
    marks: list[Bookmark] = []
    with pypdfium2.PdfDocument.new() as out:
        if front:
            marks.append(Bookmark(_FRONT, 0))
            with _opened(BoundPart(_FRONT, front(rows))) as document:
                for index in range(len(document)):
                    _turn(out, two_sided)
                    out.import_pages(document, [index])
        for part, row in zip(parts, rows, strict=True):
            with _opened(part) as document, pen.on(document) as write:
                pages = range(row.last - row.first + 1)
                for index in pages:
                    if cancelled():
                        return None
                    write(index, row.first + index, two_sided and index % 2 == 1)
                    progress(row.first + index, total)
                _turn(out, two_sided)
                marks.append(Bookmark(row.title, len(out)))
                out.import_pages(document, list(pages))  # at once: they share their fonts
        if back:
            made = back if isinstance(back, bytes) else back(rows)
            with _opened(BoundPart(_BACK, made)) as document:
                _turn(out, two_sided)
                marks.append(Bookmark(_BACK, len(out)))
                out.import_pages(document)
        output = io.BytesIO()
        out.save(output)
        return Bound(with_bookmarks(output.getvalue(), marks), len(out), rows)


_FRONT: Final = "封面和卷内目录"
_BACK: Final = "备考表"


def _turn(out: Any, two_sided: bool) -> None:
    """Where both sides are printed, leave the back of the sheet empty."""
    if two_sided and len(out) % 2:
        out.new_page(*out.get_page_size(len(out) - 1))


@contextmanager
def _opened(part: BoundPart) -> Iterator[Any]:
    with ExitStack() as stack:
        try:
            document = stack.enter_context(pypdfium2.PdfDocument(part.pdf))
            pages = len(document)
        except pypdfium2.PdfiumError as problem:
            raise _damaged(part) from problem
        if not pages:
            raise _damaged(part)
        yield document


def _damaged(part: BoundPart) -> DamagedInput:
    return DamagedInput(
        "damaged_pdf", f"“{part.title}”打不开，不是完好的 PDF，没有装订。",
        mend="请重新打印或者重新放入这一份，再装订。",
    )  # fmt: skip


def _count(part: BoundPart) -> int:
    with _opened(part) as document:
        return len(document)


_ROLE: Final = "song"


class _Pen:
    """Writes page numbers into a document, in a font that goes with it.

    Into the part and not into the whole file: PDFium looks through all objects of a document
    for each page that is written on (65 ms a page in a file of 350).
    """

    def __init__(self, fonts: Fonts) -> None:
        self._face = fonts.chain(_ROLE)[0]
        self._numbers = layouts.load()["binding"]
        self._digits = self._sheet()

    def _sheet(self) -> bytes:
        """One page with the ten digits, from which a document borrows the font."""
        output = io.BytesIO()
        with REGISTRY:
            canvas = Canvas(output, pagesize=(200, 40), invariant=1)
            canvas.setFont(self._face.font.fontName, 14)
            canvas.drawString(10, 10, "0123456789")
            canvas.save()
        return output.getvalue()

    @contextmanager
    def on(self, document: Any) -> Iterator[Callable[[int, int, bool], None]]:
        """A function that writes on the page at an index the number, at the left or right. The
        sheet of digits is the last page of the document from now on."""
        with pypdfium2.PdfDocument(self._digits) as digits:
            document.import_pages(digits)
        with closing(document[len(document) - 1]) as sheet:  # open as long as its font is used
            (written,) = sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
            font = raw.FPDFTextObj_GetFont(written)
            yield lambda index, number, left: self._write(document, index, font, str(number), left)

    def _write(self, document: Any, index: int, font: Any, words: str, left: bool) -> None:
        page = document[index]
        width, height = page.get_size()
        size = self._numbers["size"]
        x = self._numbers["side"] * MM
        if not left:
            x = width - x - self._face.width(words, size)
        item = raw.FPDFPageObj_CreateTextObj(document, font, size)
        text = ctypes.create_string_buffer((words + "\0").encode("utf-16-le"))
        raw.FPDFText_SetText(item, ctypes.cast(text, raw.FPDF_WIDESTRING))
        raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, height - self._numbers["top"] * MM)
        raw.FPDFPageObj_Transform(item, *_turned(page, width, height))
        raw.FPDFPage_InsertObject(page, item)
        page.gen_content()
        page.close()


def _turned(page: Any, width: float, height: float) -> tuple[float, ...]:
    """From the page as it is looked at to its own coordinates: scans lie turned, and their origin
    may be anywhere."""
    left, bottom, _, _ = page.get_cropbox()
    return {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, left + height, bottom),
        180: (-1, 0, 0, -1, left + width, bottom + height),
        270: (0, -1, 1, 0, left, bottom + width),
    }[page.get_rotation()]
