"""One font file (字体文件) as a face that can draw: what it holds, how wide, where it came from."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

_LOADED: dict[str, TTFont] = {}
"""Fonts read from disk once. z3c.rml empties ReportLab's registry at each call; see below."""

REGISTRY: Final = threading.Lock()
"""Held while a document is drawn: ReportLab's registry is global to the process."""


def _set_up() -> None:
    """At the start and after each reset: our fonts, and streams as bytes, not as ASCII, which
    takes a quarter more room and, with long ledgers, half of the time."""
    rl_config.useA85 = 0
    for font in _LOADED.values():
        pdfmetrics.registerFont(font)


_set_up()
rl_config.register_reset(_set_up)


def to_unicode_map(name: str, subset: Sequence[int], digits: int = 2) -> str:
    """The PDF's table from code to text, with characters beyond U+FFFF as surrogate pairs.

    ReportLab writes those as five hex digits, so 𬭊 could be seen but not searched or copied.
    ``digits``: hex digits of a code, 2 or 4.
    """
    rows = [f"<{i:0{digits}X}> <{chr(v).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
            for i, v in enumerate(subset)]  # fmt: skip
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]  # PDF 9.7.5.4
    body = "\n".join(
        line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({name})\n/Ordering ({name})\n/Supplement 0\n>> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<{0:0{digits}X}> <{16**digits - 1:X}>\nendcodespacerange\n{body}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = to_unicode_map


class Unusable(Exception):
    """The file is no TrueType font that may be embedded."""


@dataclass(frozen=True, eq=False)
class Face:
    """``title`` is the name people know (仿宋). The file is read when first asked for."""

    title: str
    path: Path
    subfont: int = 0
    shipped: bool = False

    @cached_property
    def key(self) -> str:
        """Name in ReportLab's registry; unique per file and subfont."""
        stem = "".join(c for c in self.path.stem if c.isascii() and c.isalnum()) or "font"
        mark = zlib.crc32(f"{self.path}|{self.subfont}".encode())
        return f"{stem}-{mark:08x}"

    @cached_property
    def font(self) -> TTFont:
        """The loaded font, about 0.1 s the first time. Raises Unusable."""
        if self.key not in _LOADED:
            try:
                font = TTFont(self.key, str(self.path), subfontIndex=self.subfont)
            except (TTFError, OSError, struct.error, ValueError, IndexError, KeyError) as error:
                raise Unusable(str(self.path)) from error
            _LOADED[self.key] = font
            pdfmetrics.registerFont(font)
        return _LOADED[self.key]

    def has(self, char: str) -> bool:
        """Whether the face draws this character (glyph 0 is the empty box)."""
        return bool(self.font.face.charToGlyph.get(ord(char), 0))

    def width(self, text: str, size: float) -> float:
        """Width in points at ``size`` points."""
        return float(self.font.stringWidth(text, size))


@dataclass(frozen=True)
class Found:
    """What the head of a font file says about itself, without reading its glyphs."""

    path: Path
    subfont: int
    postscript: str


def look_into(path: Path) -> Iterator[Found]:
    """The TrueType faces of a file, by PostScript name; nothing for other kinds or damage."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            starts: tuple[int, ...] = (0,)
            if head[:4] == b"ttcf":
                count = struct.unpack(">L", head[8:12])[0]
                starts = struct.unpack(f">{min(count, 32)}L", file.read(4 * min(count, 32)))
            for index, start in enumerate(starts):
                tables = _tables(file, start)
                if b"glyf" in tables and b"name" in tables:
                    offset, length = tables[b"name"]
                    file.seek(offset)
                    yield Found(path, index, _postscript(file.read(length)))
    except (OSError, struct.error):
        return


def _tables(file: object, start: int) -> dict[bytes, tuple[int, int]]:
    seek, read = file.seek, file.read  # type: ignore[attr-defined]
    seek(start + 4)
    count = struct.unpack(">H", read(2))[0]
    seek(start + 12)
    rows = (struct.unpack(">4s3L", read(16)) for _ in range(min(count, 64)))
    return {tag: (offset, length) for tag, _, offset, length in rows}


def _postscript(name_table: bytes) -> str:
    """Name record 6; platform 3 is UTF-16, platform 1 one byte a character."""
    _, count, strings = struct.unpack(">3H", name_table[:6])
    for row in range(count):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", name_table, 6 + 12 * row)
        if name == 6:
            raw = name_table[strings + offset : strings + offset + length]
            return raw.decode("utf-16-be" if platform in (0, 3) else "latin-1", "replace")
    return ""
