"""The manifest (清单) of a bundle: what is in it, from whom, for whom, and what it rests on.

Its bytes are what the sender signs. Reading is strict and capped; keys of a newer program are left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from ..domain.errors import DamagedInput
from ..journal.canonical import canonical, check, parse
from .refusals import refuse
from .shapes import (
    Columns,
    Read,
    chain_name,
    digest,
    digest_or_none,
    exactly,
    ident,
    many,
    moment,
    number,
    one_of,
    row,
    text,
)
from .suite import MAX_RECIPIENTS

VERSION: Final = 1
KINDS: Final = ("changes", "recovery")
"""What a bundle is for: passing on what was written, or giving a lost disk its own past back."""

MAX_PARTS: Final = 10_000
MAX_RANGES: Final = 65_536
"""As many as a chunk's u16 can name."""
MAX_ROWS: Final = 100_000
MAX_SIZE: Final = 2**40
"""Bytes of one attachment; far beyond what an office has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A run of entries of one chain: numbers ``first`` to ``last``, both included.

    ``prev`` is the digest of the entry before ``first`` ("" for none), ``hash`` that of ``last``.
    """

    feed: str
    site: str
    epoch: int
    first: int
    last: int
    prev: str
    hash: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One entry of a chain by number and digest: what is held up to there, or required."""

    feed: str
    site: str
    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """An attachment: the SHA-256 of its plain bytes and how many they are."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A frame as the manifest promises it: ``length`` and ``sha256`` are of its payload."""

    type: int
    flags: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """See the module. ``outer`` and ``frames`` are filled in by ``container.write_bundle``."""

    bundle: str
    kind: str
    serial: int  # from 1, rising per sender and epoch
    epoch: int  # the sender's
    part: int = 1
    parts: int = 1
    sender: str  # "from" in the JSON
    to: tuple[str, ...]  # site ids
    app: str
    schema: int
    created: str  # ISO 8601 with offset
    outer: str = ""  # SHA-256 of magic, length and outer header
    ranges: tuple[Range, ...] = ()
    requires: tuple[Point, ...] = ()  # what must be held before this can be applied
    vector: tuple[Point, ...] = ()  # all the sender holds of the feeds it shares: its ack
    want: tuple[str, ...] = ()  # SHA-256 of attachments the sender lacks
    blobs: tuple[Blob, ...] = ()
    frames: tuple[Listed, ...] = ()  # every frame between the signature and the end
    counts: Mapping[str, int] = field(default_factory=dict)  # for the person who imports
    v: int = VERSION


_FEED: Final = text(100)
_POINT: Final[Columns] = {
    "feed": _FEED, "site": chain_name, "epoch": number(1), "seq": number(1), "hash": digest,
}  # fmt: skip
_RANGE: Final[Columns] = {
    "feed": _FEED, "site": chain_name, "epoch": number(1), "first": number(1), "last": number(1),
    "prev": digest_or_none, "hash": digest, "count": number(1),
}  # fmt: skip
_BLOB: Final[Columns] = {"sha256": digest, "size": number(0, MAX_SIZE)}
_LISTED: Final[Columns] = {
    "type": number(0, 255), "flags": number(0, 255), "length": number(0, 4 * 1024 * 1024),
    "sha256": digest,
}  # fmt: skip


def _run(value: Any) -> Range:
    found = row(Range, _RANGE)(value)
    if found.count != found.last - found.first + 1 or (found.first == 1) != (found.prev == ""):
        raise ValueError("a range that does not add up")
    return found


def _counts(value: Any) -> Mapping[str, int]:
    raw = exactly(value, dict)
    if len(raw) > 100:
        raise ValueError("too many counts")
    return {text(100)(key): number()(each) for key, each in raw.items()}


def _different(read: Callable[[Any], tuple[Any, ...]]) -> Read:
    def read_all(value: Any) -> tuple[Any, ...]:
        found = read(value)
        if len(set(found)) != len(found):
            raise ValueError("something is named twice")
        return found

    return read_all


_COLUMNS: Final[Columns] = {
    "v": number(VERSION, VERSION),
    "bundle": ident,
    "kind": one_of(*KINDS),
    "serial": number(1),
    "epoch": number(1),
    "part": number(1, MAX_PARTS),
    "parts": number(1, MAX_PARTS),
    "sender": ident,
    "to": _different(many(ident, MAX_RECIPIENTS, least=1)),
    "app": text(50),
    "schema": number(0),
    "created": moment,
    "outer": digest,
    "ranges": many(_run, MAX_RANGES),
    "requires": many(row(Point, _POINT), MAX_ROWS),
    "vector": many(row(Point, _POINT), MAX_ROWS),
    "want": _different(many(digest, MAX_ROWS)),
    "blobs": _different(many(row(Blob, _BLOB), MAX_ROWS)),
    "frames": many(row(Listed, _LISTED), MAX_ROWS),
    "counts": _counts,
}


def encode(manifest: Manifest) -> bytes:
    """The canonical bytes of a manifest. Raises ValueError (a fault of ours) for what no reader takes."""
    raw = asdict(manifest)
    raw["from"] = raw.pop("sender")
    data = canonical(raw)
    try:
        decode(data)
    except DamagedInput as problem:
        raise ValueError("a manifest that nobody would accept") from problem
    return data


def decode(data: bytes) -> Manifest:
    """Read a manifest. Raises DamagedInput ``manifest_damaged``, or ``bundle_too_new`` for its v."""
    try:
        raw = exactly(parse(data), dict)
        check(raw)
        if exactly(raw["v"], int) > VERSION:
            raise refuse("bundle_too_new")
        raw["sender"] = raw["from"]
        found = row(Manifest, _COLUMNS)(raw)
        if found.part > found.parts:
            raise ValueError("a part beyond the last")
    except DamagedInput as problem:
        if problem.code != "not_canonical":
            raise
        raise refuse("manifest_damaged") from problem
    except (KeyError, TypeError, ValueError) as problem:
        raise refuse("manifest_damaged") from problem
    return found
