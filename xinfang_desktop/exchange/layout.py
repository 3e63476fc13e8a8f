"""How a bundle (数据包) is laid out: the outer header anybody may read, and frames under the seal.

    "XFB1" | u32 length | outer header (canonical JSON, at most 64 KiB, no personal data)
    then an age stream of frames: u8 type | u8 flags | u32 length | payload of at most 4 MiB

Numbers are big-endian. ``fmt`` is the only number that breaks older programs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from struct import Struct
from typing import Final, NamedTuple

from ..domain.errors import DamagedInput
from ..journal.canonical import canonical, check, parse
from .manifest import KINDS, MAX_PARTS
from .refusals import refuse
from .shapes import Columns, exactly, ident, moment, number, one_of, row, text
from .suite import RANKED, SUITE, Readable

MAGIC: Final = b"XFB1"
FORMAT: Final = 1
MAX_OUTER: Final = 64 * 1024
MAX_PAYLOAD: Final = 4 * 1024 * 1024

MANIFEST: Final = 1
SIGNATURE: Final = 2  # Ed25519, by the sender, over the manifest's bytes
LOG: Final = 3  # a chunk of log entries, see packing
BLOB: Final = 4  # a piece of an attachment, see packing
CHECKPOINTS: Final = 5
ROSTER: Final = 6
END: Final = 7

MUST: Final = 1  # flag: refuse the bundle where this type is not understood
RELAY: Final = 2  # flag: to be passed on unchanged

LENGTH: Final = Struct(">I")
FRAME_HEAD: Final = Struct(">BBI")

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done."""


class Cancelled(Exception):
    """Somebody stopped the work; nothing of it stays. Not an error: nothing is said about it."""


class Frame(NamedTuple):
    """One frame: its type, its flags, at most ``MAX_PAYLOAD`` bytes."""

    type: int
    flags: int
    payload: bytes

    def encoded(self) -> bytes:
        """Head and payload as they stand in the stream."""
        if len(self.payload) > MAX_PAYLOAD:
            raise ValueError("a frame of more than 4 MiB")
        return FRAME_HEAD.pack(self.type, self.flags, len(self.payload)) + self.payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """The outer header: what a person may know of a bundle without any key. ``sender`` is a site."""

    fmt: int = FORMAT
    suite: str = SUITE
    bundle: str  # UUID
    kind: str  # of manifest.KINDS
    sender: str  # "from" in the JSON
    part: int = 1
    parts: int = 1
    created: str  # ISO 8601 with offset

    def encoded(self) -> bytes:
        """Magic, length and header: everything before the seal. Raises ValueError if unreadable."""
        raw = asdict(self)
        raw["from"] = raw.pop("sender")
        data = canonical(raw)
        try:
            _decode(data)
        except DamagedInput as problem:
            raise ValueError("an outer header that nobody would accept") from problem
        return MAGIC + LENGTH.pack(len(data)) + data


_OUTER: Final[Columns] = {
    "fmt": number(FORMAT, FORMAT),
    "suite": text(100),
    "bundle": ident,
    "kind": one_of(*KINDS),
    "sender": ident,
    "part": number(1, MAX_PARTS),
    "parts": number(1, MAX_PARTS),
    "created": moment,
}


def take_outer(file: Readable) -> tuple[Outer, bytes]:
    """Read everything before the seal; returns it also as bytes, which the manifest's hash covers.

    Raises DamagedInput ``not_a_bundle``, ``bundle_cut``, ``header_damaged``, ``bundle_too_new``
    or ``suite_unknown``.
    """
    magic = _read_all(file, len(MAGIC))
    if magic != MAGIC:
        raise refuse("not_a_bundle")
    length = _read_all(file, LENGTH.size)
    if len(length) < LENGTH.size:
        raise refuse("bundle_cut")
    (size,) = LENGTH.unpack(length)
    if size > MAX_OUTER:
        raise refuse("header_damaged")
    data = _read_all(file, size)
    if len(data) < size:
        raise refuse("bundle_cut")
    return _decode(data), magic + length + data


def _read_all(file: Readable, size: int) -> bytes:
    """``size`` bytes, or what there is: a raw file may give less at a time."""
    data = b""
    while len(data) < size and (more := file.read(size - len(data))):
        data += more
    return data


def _decode(data: bytes) -> Outer:
    try:
        raw = exactly(parse(data), dict)
        check(raw)
        if exactly(raw["fmt"], int) > FORMAT:
            raise refuse("bundle_too_new")
        raw["sender"] = raw["from"]
        found = row(Outer, _OUTER)(raw)
        if found.part > found.parts:
            raise ValueError("a part beyond the last")
    except DamagedInput as problem:
        if problem.code != "not_canonical":
            raise
        raise refuse("header_damaged") from problem
    except (KeyError, TypeError, ValueError) as problem:
        raise refuse("header_damaged") from problem
    if found.suite not in RANKED:
        raise refuse("suite_unknown")
    return found
