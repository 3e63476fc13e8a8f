"""Payloads of log chunks and attachment pieces.

    log chunk        u16 range | u32 segment | zstd frame of at most SEGMENT raw bytes
    attachment piece u32 blob | u32 piece | at most PIECE bytes

The raw stream of a range is its entries, each behind its length (u32); segments cut it anywhere, so
an entry may be longer than a chunk. Numbers are big-endian and count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from struct import Struct
from typing import Final, NamedTuple

import zstandard

from ..journal.entry import MAX_ENTRY_BYTES
from .layout import LENGTH, MAX_PAYLOAD
from .refusals import refuse
from .suite import Readable

SEGMENT: Final = MAX_PAYLOAD - 64 * 1024
"""Raw bytes of a segment: what cannot be packed still fits into a frame."""

PIECE: Final = MAX_PAYLOAD - 64 * 1024
"""Bytes of an attachment in one frame."""

_LEVEL: Final = 3
_MAX_WINDOW: Final = 8 * 1024 * 1024
_CHUNK_HEAD: Final = Struct(">HI")
_PIECE_HEAD: Final = Struct(">II")


# --- the log -----------------------------------------------------------------------------------


def pack(index: int, entries: Iterable[bytes]) -> Iterator[bytes]:
    """The payloads of one range: ``index`` is its place in the manifest, ``entries`` its bytes.

    Raises ValueError (a fault of ours) for an entry that is empty or of more than 64 MiB.
    """
    packer = zstandard.ZstdCompressor(level=_LEVEL)
    for number, segment in enumerate(_segments(entries)):
        yield _CHUNK_HEAD.pack(index, number) + packer.compress(segment)


def _segments(entries: Iterable[bytes]) -> Iterator[bytes]:
    raw = bytearray()
    for entry in entries:
        if not 0 < len(entry) <= MAX_ENTRY_BYTES:
            raise ValueError("an entry of no bytes or too many")
        raw += LENGTH.pack(len(entry))
        for start in range(0, len(entry), SEGMENT):
            raw += entry[start : start + SEGMENT]
            while len(raw) >= SEGMENT:
                yield bytes(raw[:SEGMENT])
                del raw[:SEGMENT]
    if raw:
        yield bytes(raw)


class Segment(NamedTuple):
    """An unpacked chunk: which range, which segment of it, its raw bytes."""

    range: int
    number: int
    raw: bytes


def unpack(payload: bytes) -> Segment:
    """Unpack one chunk; never holds more than ``MAX_PAYLOAD`` bytes of what comes out.

    Raises DamagedInput ``bundle_bomb`` where more would come out, else ``chunk_damaged``.
    """
    if len(payload) <= _CHUNK_HEAD.size:
        raise refuse("chunk_damaged")
    index, number = _CHUNK_HEAD.unpack_from(payload)
    return Segment(index, number, _inflate(payload[_CHUNK_HEAD.size :]))


def _inflate(packed: bytes) -> bytes:
    try:
        # A bound for ``decompress`` is no bound: it believes the size that the frame states.
        promised = zstandard.frame_content_size(packed)
        reader = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(
            BytesIO(packed), read_size=16 * 1024, read_across_frames=True
        )
        raw = bytearray()
        while len(raw) <= MAX_PAYLOAD and (more := reader.read(64 * 1024)):
            raw += more
    except zstandard.ZstdError as problem:
        raise refuse("chunk_damaged") from problem
    if max(len(raw), promised) > MAX_PAYLOAD:
        raise refuse("bundle_bomb")
    if len(raw) != promised or not raw:
        raise refuse("chunk_damaged")
    return bytes(raw)


class Unpacker:
    """Puts the entries of a bundle's ranges together again, from chunks in the order of writing.

    ``counts`` are how many entries each range of the manifest has, in its order. Ranges do not mix,
    so at most one entry of at most 64 MiB is held.
    """

    def __init__(self, counts: Sequence[int]) -> None:
        self._counts = counts
        self._range = 0
        self._number = 0
        self._found = 0
        self._rest = bytearray()

    def take(self, payload: bytes) -> Iterator[tuple[int, bytes]]:
        """The entries that this chunk completes, each with its range; to be exhausted.

        Raises DamagedInput ``bundle_bomb`` or ``chunk_damaged``.
        """
        index, number, raw = unpack(payload)
        if self._range < len(self._counts) and self._found == self._counts[self._range]:
            self._range, self._number, self._found = self._range + 1, 0, 0
        if (index, number) != (self._range, self._number) or index >= len(self._counts):
            raise refuse("chunk_damaged")
        self._number += 1
        self._rest += raw
        at = 0
        while self._found < self._counts[index] and len(self._rest) - at >= LENGTH.size:
            (size,) = LENGTH.unpack_from(self._rest, at)
            if not 0 < size <= MAX_ENTRY_BYTES:
                raise refuse("chunk_damaged")
            end = at + LENGTH.size + size
            if len(self._rest) < end:
                break
            self._found += 1
            yield index, bytes(memoryview(self._rest)[at + LENGTH.size : end])
            at = end
        del self._rest[:at]
        if self._rest and self._found == self._counts[index]:
            raise refuse("chunk_damaged")

    def finish(self) -> None:
        """Raise DamagedInput ``chunk_damaged`` unless every range is complete."""
        last = len(self._counts) - 1
        if self._rest or (self._counts and (self._range, self._found) != (last, self._counts[-1])):
            raise refuse("chunk_damaged")


# --- attachments -------------------------------------------------------------------------------


class Piece(NamedTuple):
    """A piece of an attachment: which of the manifest's blobs, which piece of it, its bytes."""

    blob: int
    number: int
    data: bytes


def pieces(index: int, source: Readable) -> Iterator[bytes]:
    """The payloads of one attachment, read as a stream; one without bytes has no piece."""
    for number in range(2**32):
        data = _read_all(source)
        if not data:
            return
        yield _PIECE_HEAD.pack(index, number) + data


def _read_all(source: Readable) -> bytes:
    """``PIECE`` bytes, or what is left: pieces must not depend on how a file gives its bytes."""
    data = bytearray()
    while len(data) < PIECE and (more := source.read(PIECE - len(data))):
        data += more
    return bytes(data)


def unpack_piece(payload: bytes) -> Piece:
    """Read one piece. Raises DamagedInput ``piece_damaged``."""
    data = payload[_PIECE_HEAD.size :]
    if not 0 < len(data) <= PIECE:
        raise refuse("piece_damaged")
    blob, number = _PIECE_HEAD.unpack_from(payload)
    return Piece(blob, number, data)
