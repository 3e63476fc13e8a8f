"""What comes out of the seal, byte by byte: a state machine that hands on only what was proved.

The manifest is tied to the outer header, its signer to a key, the signature to its bytes, each
later frame to the manifest's list, and the end to everything before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Final, NamedTuple, Protocol

from ..journal.canonical import canonical
from . import manifest as manifests
from .layout import (
    BLOB,
    CHECKPOINTS,
    END,
    FRAME_HEAD,
    LOG,
    MANIFEST,
    MAX_PAYLOAD,
    MUST,
    ROSTER,
    SIGNATURE,
    Cancelled,
    Outer,
)
from .manifest import Listed, Manifest
from .refusals import refuse
from .suite import SIGNATURE_BYTES, valid

KNOWN: Final = frozenset({LOG, BLOB, CHECKPOINTS, ROSTER})
"""Types that may be listed in a manifest and that this program understands."""

FRAMING: Final = frozenset({MANIFEST, SIGNATURE, END})
"""Types that hold the bundle together and are never listed."""

_MAX_END: Final = 4 * 1024


class Sink(Protocol):
    """Who takes what was proved. What it raises stops the reading and comes through."""

    def manifest(self, manifest: Manifest) -> None:
        """The signed manifest, before any frame."""

    def frame(self, type: int, flags: int, payload: bytes) -> None:
        """One frame of a known type whose hash is the one in the manifest, in their order."""


class _Head(NamedTuple):
    type: int
    flags: int
    length: int


def _expect(type: int, most: int, least: int = 1) -> Callable[[_Head], None]:
    """What the head of a frame must be whose place is fixed."""

    def announced(head: _Head) -> None:
        if head.type != type or head.flags != MUST:
            raise refuse("frame_order")
        if not least <= head.length <= most:
            raise refuse("frame_damaged")

    return announced


def _expect_listed(listed: Listed) -> Callable[[_Head], None]:
    """What the head of a frame must be that the manifest lists."""

    def announced(head: _Head) -> None:
        if head != (listed.type, listed.flags, listed.length):
            raise refuse("frame_differs")

    return announced


class Parser:
    """Takes the plain stream in pieces of any size by ``write``; ``finish`` after the last."""

    def __init__(
        self,
        outer: Outer,
        outer_bytes: bytes,
        me: str,
        key_of: Callable[[str], bytes],
        sink: Sink,
        cancelled: Callable[[], bool],
    ) -> None:
        self._outer = outer
        self._outer_hash = sha256(outer_bytes).hexdigest()
        self._me = me
        self._key_of = key_of
        self._sink = sink
        self._cancelled = cancelled
        self._buffer = bytearray()
        self._head: _Head | None = None
        self._step = self._take_manifest
        self._announced = _expect(MANIFEST, MAX_PAYLOAD)
        self._running = sha256()
        self._count = 0
        self._manifest: Manifest | None = None
        self._manifest_bytes = b""
        self._key = b""
        self._listed: Iterator[Listed] = iter(())
        self._promised: Listed | None = None
        self._ended = False

    def write(self, data: bytes) -> None:
        """Take the next plain bytes. Raises DamagedInput, ``Cancelled``, or what the sink raises."""
        self._buffer += data
        while self._buffer:
            if self._ended:
                raise refuse("bundle_trailing")
            if self._head is None:
                if len(self._buffer) < FRAME_HEAD.size:
                    return
                self._head = _Head(*FRAME_HEAD.unpack_from(self._buffer))
                self._announced(self._head)
            size = FRAME_HEAD.size + self._head.length
            if len(self._buffer) < size:
                return
            whole = bytes(self._buffer[:size])
            del self._buffer[:size]
            head, self._head = self._head, None
            if self._cancelled():
                raise Cancelled
            self._step(head, whole[FRAME_HEAD.size :])
            self._running.update(whole)
            self._count += 1

    def finish(self) -> Manifest:
        """The manifest, if everything it promised has come. Raises DamagedInput ``end_missing``."""
        if not self._ended or self._manifest is None:
            raise refuse("end_missing")
        return self._manifest

    # --- the steps ------------------------------------------------------------------------------

    def _take_manifest(self, head: _Head, payload: bytes) -> None:
        found = manifests.decode(payload)
        if found.outer != self._outer_hash:
            raise refuse("header_changed")
        if _identity(found) != _identity(self._outer):
            raise refuse("manifest_differs")
        self._key = self._key_of(found.sender)
        self._manifest, self._manifest_bytes = found, payload
        self._announced = _expect(SIGNATURE, SIGNATURE_BYTES, SIGNATURE_BYTES)
        self._step = self._take_signature

    def _take_signature(self, head: _Head, payload: bytes) -> None:
        assert self._manifest is not None
        if not valid(self._key, payload, self._manifest_bytes):
            raise refuse("bundle_forged")
        if self._me not in self._manifest.to:
            raise refuse("not_addressed")
        for listed in self._manifest.frames:
            if listed.type in FRAMING:
                raise refuse("manifest_damaged")
            if listed.type not in KNOWN and listed.flags & MUST:
                raise refuse("bundle_too_new")
        self._manifest_bytes = b""
        self._sink.manifest(self._manifest)
        self._listed = iter(self._manifest.frames)
        self._next()

    def _next(self) -> None:
        self._promised = next(self._listed, None)
        if self._promised is None:
            self._announced = _expect(END, _MAX_END)
            self._step = self._take_end
        else:
            self._announced = _expect_listed(self._promised)
            self._step = self._take_frame

    def _take_frame(self, head: _Head, payload: bytes) -> None:
        assert self._promised is not None
        if sha256(payload).hexdigest() != self._promised.sha256:
            raise refuse("frame_differs")
        if head.type in KNOWN:
            self._sink.frame(head.type, head.flags, payload)
        self._next()

    def _take_end(self, head: _Head, payload: bytes) -> None:
        if payload != end_payload(self._count, self._running.hexdigest()):
            raise refuse("end_damaged")
        self._ended = True


def end_payload(count: int, running: str) -> bytes:
    """What the end frame says: how many frames came before it, and the SHA-256 of them all."""
    return canonical({"count": count, "sha256": running})


def _identity(of: Manifest | Outer) -> tuple[object, ...]:
    return of.bundle, of.kind, of.sender, of.part, of.parts, of.created
