"""A face as one PDF font of two-byte codes (双字节字体), for long texts drawn directly.

ReportLab's own fonts hold 256 characters each, so Chinese text changes the font every other
character; here a line is one string.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final, TypeVar

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from .faces import Face, to_unicode_map

T = TypeVar("T")

_TAG: Final = "LEDGER"
"""Six capitals before the name of a subset (PDF 9.6.4), never those of ReportLab's subsets."""


class Remembered(dict[str, T]):
    """What is known of each character; asks once for one it does not know."""

    def __init__(self, ask: Callable[[str], T]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, char: str) -> T:
        answer = self[char] = self._ask(char)
        return answer


class TwoByteFont:
    """One face in one document; knows what was written with it and embeds just that."""

    def __init__(self, face: Face, name: str) -> None:
        """``name`` in the page's resources; unique in the document."""
        self.face, self.name = face, name
        self._codes = Remembered(lambda _: f"{len(self._codes) + 1:04X}")

    def shown(self, text: str) -> str:
        """The PDF string of ``text``, all of which the face must have."""
        return f"<{''.join(map(self._codes.__getitem__, text))}>"

    def embed_in(self, canvas: Canvas) -> None:
        """Have the font written when the document is saved."""
        canvas._doc.delayedFonts.append(self)

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        """Called by ReportLab when the document is written: the composite font of PDF 9.7."""
        face = self.face.font.face
        named = f"{_TAG}+{(face.name + face.subfontNameX).decode('latin-1')}"
        subset = [0, *map(ord, self._codes)]  # code 0 is the empty box
        descendant = pdfdoc.PDFDictionary({
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": pdfdoc.PDFName(named),
            "CIDSystemInfo": pdfdoc.PDFDictionary({
                "Registry": pdfdoc.PDFString("Adobe"),
                "Ordering": pdfdoc.PDFString("Identity"),
                "Supplement": 0,
            }),
            "FontDescriptor": face.addSubsetObjects(doc, named, subset),
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(list(map(face.getCharWidth, subset)))]),
            "CIDToGIDMap": self._stream(doc, "glyphs", self._glyphs(subset)),
        })  # fmt: skip
        cmap = to_unicode_map(named, subset, digits=4)
        font = pdfdoc.PDFDictionary({
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": pdfdoc.PDFName(named),
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
            "ToUnicode": self._stream(doc, "text", cmap),
        })  # fmt: skip
        doc.idToObject[pdfdoc.BasicFonts].dict[self.name] = doc.Reference(font)

    def _glyphs(self, subset: list[int]) -> bytes:
        """Code → glyph, numbered as ``makeSubset`` of ReportLab does: in order, each once."""
        of, numbers = self.face.font.face.charToGlyph, {0: 0}
        glyphs = [numbers.setdefault(of.get(code, 0), len(numbers)) for code in subset]
        return struct.pack(f">{len(glyphs)}H", *glyphs)

    def _stream(self, doc: pdfdoc.PDFDocument, what: str, content: str | bytes) -> object:
        stream = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
        return doc.Reference(stream, f"{self.name}:{what}")
