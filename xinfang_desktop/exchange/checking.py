"""The first reading of a bundle (核对): every link of every chain, every signature, nothing kept.

The container proves each frame; this proves what the frames say: that each range is an unbroken run
of entries with the numbers and hashes the manifest names, and which of them a signature of the site
that wrote them covers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ..domain.errors import DamagedInput
from ..journal.canonical import check, parse
from ..journal.chain import Chain, Head, origin
from ..journal.entry import Entry, decode, digest
from ..journal.signing import checkpoint_text
from . import layout
from .manifest import Manifest, Range
from .packing import Unpacker, unpack_piece
from .refusals import refuse
from .shapes import chain_name, exactly, number, signature, text
from .shapes import digest as hex_digest
from .suite import valid

MAX_CHECKPOINTS: Final = 200_000


class Signed(NamedTuple):
    """A checkpoint whose signature was checked."""

    chain: Chain
    head: Head
    signature: bytes


class Arrived(NamedTuple):
    """One entry out of a bundle, read and proved."""

    entry: Entry
    hash: str
    body: bytes
    covered: bool


@dataclass(slots=True)
class Checked:
    """What the first reading found."""

    manifest: Manifest
    signed: list[Signed]
    rosters: list[bytes]
    covered: list[int]  # for each range, the last number that a signature covers


class Checker:
    """A sink for the first reading; ``result`` afterwards.

    ``key_of`` gives the public key of a site, or None where nobody here knows it: its entries will
    wait, whatever covers them. ``learn`` is told each roster, which may name more sites; rosters
    come first, then signatures, then the log.
    """

    def __init__(
        self, key_of: Callable[[str], bytes | None], learn: Callable[[bytes], None]
    ) -> None:
        self._key_of = key_of
        self._learn = learn
        self._walk: _Walk | None = None
        self.signed: list[Signed] = []
        self.rosters: list[bytes] = []
        self._manifest: Manifest | None = None

    def manifest(self, manifest: Manifest) -> None:
        """The signed list of what will come."""
        self._manifest = manifest
        self._walk = _Walk(manifest.ranges)

    def frame(self, type: int, flags: int, payload: bytes) -> None:
        """One frame, whose hash the manifest names."""
        assert self._manifest is not None and self._walk is not None
        if type == layout.CHECKPOINTS:
            self.signed += _signatures(payload, self._key_of)
            if len(self.signed) > MAX_CHECKPOINTS:
                raise refuse("frame_damaged")
        elif type == layout.ROSTER:
            self._learn(payload)
            self.rosters.append(payload)
        elif type == layout.LOG:
            self._walk.expect(self.signed)
            self._walk.take(payload)
        elif type == layout.BLOB:
            check_piece(self._manifest, payload)

    def result(self) -> Checked:
        """After the end frame. Raises DamagedInput where a range is not complete."""
        assert self._manifest is not None and self._walk is not None
        self._walk.finish()
        return Checked(self._manifest, self.signed, self.rosters, self._walk.covered)


class Entries:
    """The entries of a bundle's log chunks on the second reading, proved once more as they come."""

    def __init__(self, checked: Checked) -> None:
        self._walk = _Walk(checked.manifest.ranges)
        self._covered = checked.covered

    def take(self, payload: bytes) -> list[Arrived]:
        """What one chunk completes."""
        return [
            Arrived(entry, hash, body, entry.seq <= self._covered[index])
            for index, entry, hash, body in self._walk.take(payload)
        ]

    def finish(self) -> None:
        """Raises DamagedInput where something is missing."""
        self._walk.finish()


class _Walk:
    """Follows the ranges of a manifest entry by entry."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = ranges
        self._unpacker = Unpacker([each.count for each in ranges])
        self._heads = [Head(each.first - 1, each.prev) for each in ranges]
        self._expected: dict[Chain, set[Head]] | None = None
        self.covered = [0 for _ in ranges]  # the last number that a signature over the chain names

    def expect(self, signed: Sequence[Signed]) -> None:
        """The signatures that came before the first entry."""
        if self._expected is None:
            self._expected = defaultdict(set)
            for each in signed:
                self._expected[each.chain._replace(site=origin(each.chain.site))].add(each.head)

    def take(self, payload: bytes) -> list[tuple[int, Entry, str, bytes]]:
        found = []
        for index, body in self._unpacker.take(payload):
            entry = _read(body)
            each, head = self._ranges[index], self._heads[index]
            place = (entry.feed, entry.site, entry.epoch, entry.seq, entry.prev)
            if place != (each.feed, origin(each.site), each.epoch, head.seq + 1, head.digest):
                raise refuse("chain_broken")
            hash = digest(body)
            self._heads[index] = Head(entry.seq, hash)
            chain = Chain(entry.feed, entry.site, entry.epoch)
            if self._expected and Head(entry.seq, hash) in self._expected.get(chain, ()):
                self.covered[index] = entry.seq
            found.append((index, entry, hash, body))
        return found

    def finish(self) -> None:
        self._unpacker.finish()
        for each, head in zip(self._ranges, self._heads, strict=True):
            if head != Head(each.last, each.hash):
                raise refuse("chain_broken")


def _read(body: bytes) -> Entry:
    try:
        return decode(body)
    except DamagedInput as problem:
        if problem.code == "entry_too_new":
            raise refuse("bundle_too_new") from problem
        raise refuse("entry_damaged") from problem


def _signatures(payload: bytes, key_of: Callable[[str], bytes | None]) -> list[Signed]:
    try:
        rows = exactly(parse(payload), list)
        check(rows)
        return [signed for row in rows if (signed := _signature(row, key_of)) is not None]
    except DamagedInput as problem:
        if problem.code == "not_canonical":
            raise refuse("frame_damaged") from problem
        raise
    except (TypeError, ValueError) as problem:
        raise refuse("frame_damaged") from problem


def _signature(row: Any, key_of: Callable[[str], bytes | None]) -> Signed | None:
    feed, site, epoch, seq, hash, signed = exactly(row, list)
    chain = Chain(text(100)(feed), chain_name(site), number(1)(epoch))
    head, proof = Head(number(1)(seq), hex_digest(hash)), signature(signed)
    key = key_of(origin(chain.site))
    if key is None:
        return None
    if not valid(key, proof, checkpoint_text(chain.feed, chain.epoch, head.seq, head.digest)):
        raise refuse("checkpoint_forged")
    return Signed(chain, head, proof)


def check_piece(manifest: Manifest, payload: bytes) -> None:
    """That a piece belongs to an attachment of the manifest. Raises DamagedInput."""
    piece = unpack_piece(payload)
    if piece.blob >= len(manifest.blobs):
        raise refuse("piece_damaged")
