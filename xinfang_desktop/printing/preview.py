"""A page as a picture (预览), drawn from the very PDF that is printed."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pypdfium2  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as PNG; sizes in pixels."""

    png: bytes = field(repr=False)
    width: int
    height: int


def page_count(pdf: bytes) -> int:
    """Number of pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def picture(pdf: bytes, page: int = 1, dpi: float = 96) -> Picture:
    """The page (from 1) at ``dpi``, about 30 ms. Raises IndexError beyond the last page."""
    with pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        image = document[page - 1].render(scale=dpi / 72).to_pil()
    output = io.BytesIO()
    image.save(output, "PNG", compress_level=1)
    return Picture(output.getvalue(), image.width, image.height)


def text(pdf: bytes) -> str:
    """All text of the document, page by page, for reading a paper back."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
