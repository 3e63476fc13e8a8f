"""The first reading of a bundle (核对): every link of every chain, every signature, nothing kept.

The container proves each frame; this proves what the frames say: that each range holds the entries
whose hashes the manifest names, which of them a signature of the site that wrote them covers, and,
on the second reading, that each goes on from the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ..domain.errors import DamagedInput
from ..journal.canonical import check, parse
from ..journal.chain import Chain, Head, origin
from ..journal.entry import Entry, decode, digest
from ..journal.signing import checkpoint_text
from . import layout
from .manifest import Manifest
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
        self._manifest: Manifest | None = None
        self._unpacker = Unpacker(())
        self._seqs: list[int] = []
        self._last: list[str] = []
        self._covered: list[int] = []
        self._expected: dict[str, int] = {}  # hash that a signature names → its number
        self.signed: list[Signed] = []
        self.rosters: list[bytes] = []

    def manifest(self, manifest: Manifest) -> None:
        """The signed list of what will come."""
        self._manifest = manifest
        self._unpacker = Unpacker([each.count for each in manifest.ranges])
        self._seqs = [each.first for each in manifest.ranges]
        self._last = ["" for _ in manifest.ranges]
        self._covered = [0 for _ in manifest.ranges]

    def frame(self, type: int, flags: int, payload: bytes) -> None:
        """One frame, whose hash the manifest names."""
        assert self._manifest is not None
        if type == layout.CHECKPOINTS:
            found = _signatures(payload, self._key_of)
            self.signed += found
            if len(self.signed) > MAX_CHECKPOINTS:
                raise refuse("frame_damaged")
            self._expected |= {each.head.digest: each.head.seq for each in found}
        elif type == layout.ROSTER:
            self._learn(payload)
            self.rosters.append(payload)
        elif type == layout.LOG:
            self._hash(payload)
        elif type == layout.BLOB:
            check_piece(self._manifest, payload)

    def _hash(self, payload: bytes) -> None:
        """The hash of each entry; what it says is read the second time, where it is applied."""
        for index, body in self._unpacker.take(payload):
            hash, seq = digest(body), self._seqs[index]
            if self._expected.get(hash) == seq:
                self._covered[index] = seq
            self._seqs[index], self._last[index] = seq + 1, hash

    def result(self) -> Checked:
        """After the end frame. Raises DamagedInput where a range is not complete."""
        assert self._manifest is not None
        self._unpacker.finish()
        if self._last != [each.hash for each in self._manifest.ranges]:
            raise refuse("chain_broken")
        return Checked(self._manifest, self.signed, self.rosters, self._covered)


class Entries:
    """The entries of a bundle's log chunks on the second reading, each link proved as it comes."""

    def __init__(self, checked: Checked) -> None:
        self._ranges = checked.manifest.ranges
        self._covered = checked.covered
        self._unpacker = Unpacker([each.count for each in self._ranges])
        self._heads = [Head(each.first - 1, each.prev) for each in self._ranges]
        self._sites = [origin(each.site) for each in self._ranges]

    def take(self, payload: bytes) -> Iterator[Arrived]:
        """What one chunk completes; to be exhausted. Raises DamagedInput."""
        for index, body in self._unpacker.take(payload):
            entry = _read(body)
            each, head = self._ranges[index], self._heads[index]
            place = (entry.feed, entry.site, entry.epoch, entry.seq, entry.prev)
            if place != (each.feed, self._sites[index], each.epoch, head.seq + 1, head.digest):
                raise refuse("chain_broken")
            hash = digest(body)
            self._heads[index] = Head(entry.seq, hash)
            yield Arrived(entry, hash, body, entry.seq <= self._covered[index])

    def finish(self) -> None:
        """Raises DamagedInput where something is missing."""
        self._unpacker.finish()


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
