"""A photograph or scan as a page (图片附件): as large as A4 lets it be, never larger than it is at
100 dots an inch, turned as its camera says."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ..domain.errors import DamagedInput
from .layout import MM

_MARGIN: Final = 25 * MM
"""Room for the page number and for the string that holds a file together."""

_COARSEST: Final = 100  # dots an inch
_MOST: Final = 60_000_000
"""Pixels: more is no photograph but a trap for the memory."""


def page_of(name: str, data: bytes) -> bytes:
    """A PDF of one page. Raises DamagedInput for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST:
                raise _damaged(name)
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as problem:
        raise _damaged(name) from problem
    width, height = A4
    scale = min(
        (width - 2 * _MARGIN) / picture.width, (height - 2 * _MARGIN) / picture.height,
        72 / _COARSEST,
    )  # fmt: skip
    drawn = picture.width * scale, picture.height * scale
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    canvas.drawImage(
        ImageReader(picture), (width - drawn[0]) / 2, height - _MARGIN - drawn[1], *drawn
    )
    canvas.save()
    return output.getvalue()


def _damaged(name: str) -> DamagedInput:
    return DamagedInput(
        "damaged_picture", f"“{name}”打不开，不是完好的图片，没有装订。",
        mend="请重新拍照或者扫描，再放入。",
    )  # fmt: skip
