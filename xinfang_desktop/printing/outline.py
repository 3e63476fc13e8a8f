"""Bookmarks (书签) of a bound file, added behind its end: PDFium writes pages, not outlines.

An incremental update (ISO 32000-1, 7.5.6): the catalog again with its outline, one flat item a
bookmark, a table of their places. Nothing that was written before is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
_SIZE: Final = re.compile(rb"/Size (\d+)")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """``page`` counts from 0 over the whole PDF."""

    title: str
    page: int


def with_bookmarks(pdf: bytes, marks: Sequence[Bookmark]) -> bytes:
    """The same file with these bookmarks, shown when it is opened.

    ``pdf`` is one that PDFium wrote anew: a plain table of places and one flat list of pages.
    Raises ValueError for another, IndexError for a page that it has not.
    """
    start, trailer = _START.search(pdf), pdf.rfind(b"trailer")
    root, size = _ROOT.search(pdf, trailer), _SIZE.search(pdf, trailer)
    if not marks or trailer < 0 or start is None or root is None or size is None:
        if marks:
            raise ValueError("not a file with a plain table of places")
        return pdf
    catalog = _object(pdf, int(root[1]))
    (tree,) = re.findall(rb"/Pages (\d+) 0 R", catalog)
    pages = _REFERENCE.findall(_kids(_object(pdf, int(tree))))
    first = int(size[1])
    top, items = first, range(first + 1, first + 1 + len(marks))
    objects = {
        int(root[1]): catalog.rstrip()[:-2]
        + b"/PageMode/UseOutlines/Outlines %d 0 R>>" % top,
        top: b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        % (items[0], items[-1], len(items)),
    }  # fmt: skip
    for place, (number, mark) in enumerate(zip(items, marks, strict=True)):
        around = b"/Prev %d 0 R" % (number - 1) if place else b""
        around += b"/Next %d 0 R" % (number + 1) if number < items[-1] else b""
        title = ("\ufeff" + mark.title).encode("utf-16-be").hex().encode()
        objects[number] = b"<</Title<%s>/Parent %d 0 R%s/Dest[%s 0 R/Fit]>>" % (
            title, top, around, pages[mark.page],
        )  # fmt: skip
    return _appended(pdf, objects, int(root[1]), int(start[1]))


def _object(pdf: bytes, number: int) -> bytes:
    found = re.search(rb"(?:^|\n)%d 0 obj\s+(.*?)\s*endobj" % number, pdf, re.DOTALL)
    if found is None:
        raise ValueError(f"object {number} is not where it should be")
    return found[1]


def _kids(tree: bytes) -> bytes:
    found = re.search(rb"/Kids\[(.*?)\]", tree, re.DOTALL)
    if found is None:
        raise ValueError("no list of pages")
    return found[1]


def _appended(pdf: bytes, objects: dict[int, bytes], root: int, before: int) -> bytes:
    out, places = bytearray(pdf), {}
    if not out.endswith(b"\n"):
        out += b"\n"
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n\r\n" % (number, place)
    size = max(objects) + 1
    out += b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, before)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
