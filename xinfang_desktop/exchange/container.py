"""Writing and reading a bundle (数据包) as a file, both as a stream: memory is the same for any size.

A bundle never stands under its own name before it was read back from the disk and found whole.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from ..domain.errors import EnvironmentProblem
from . import manifest as manifests
from .layout import (
    END,
    FRAME_HEAD,
    MANIFEST,
    MAX_PAYLOAD,
    MUST,
    SIGNATURE,
    Cancelled,
    Frame,
    Outer,
    Progress,
    take_outer,
)
from .manifest import Listed, Manifest
from .parser import FRAMING, Parser, Sink, end_payload
from .suite import open_sealed, seal

__all__ = [
    "Cancelled",
    "Frame",
    "Outer",
    "Progress",
    "Sink",
    "Written",
    "read_bundle",
    "read_outer",
    "write_bundle",
]

_READ_BACK: Final = 1024 * 1024

Frames = Callable[[], Iterable[Frame]]


class Written(NamedTuple):
    """A bundle that stands on the disk: SHA-256 of the file in hexadecimal, and its bytes."""

    sha256: str
    size: int


def write_bundle(
    path: Path,
    outer: Outer,
    manifest: Manifest,
    frames: Frames,
    sign: Callable[[bytes], bytes],
    recipients: Sequence[str],
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Written:
    """Write a bundle to ``path``, replacing what is there only by a whole one.

    ``manifest.outer`` and ``manifest.frames`` are filled in here. ``frames`` is run twice and must
    give the same bytes: first to list them, then to write them. ``progress`` counts the bytes
    written and those read back. Raises OSError of the disk, ``Cancelled``, EnvironmentProblem
    ``disk_differs`` where the disk gives back something else, ValueError for faults of ours; then
    nothing of it is left and what stood at ``path`` still stands.
    """
    head = outer.encoded()
    _same_bundle(outer, manifest)
    listed = tuple(_listed(frames(), cancelled))
    filled = replace(manifest, outer=sha256(head).hexdigest(), frames=listed)
    told = manifests.encode(filled)
    first = [Frame(MANIFEST, MUST, told), Frame(SIGNATURE, MUST, sign(told))]
    total = len(told) + sum(FRAME_HEAD.size + each.length for each in listed)
    beside = path.with_name(f"{path.name}.tmp")
    try:
        beside.unlink(missing_ok=True)  # of a program that was killed; never through a link
        with beside.open("xb") as file:
            target = _Target(file, total, progress)
            target.write(head)
            seal(_Stream(_plain(first, frames, listed, cancelled)), target, recipients)
            file.flush()
            os.fsync(file.fileno())
            written = target.written()
        _read_back(beside, written, progress, cancelled)
        _settle(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()
    return written


def read_outer(file: BinaryIO) -> Outer:
    """The outer header of a bundle, which needs no key. See ``layout.take_outer`` for its errors."""
    file.seek(0)
    return take_outer(file)[0]


def read_bundle(
    file: BinaryIO,
    secret: str,
    me: str,
    key_of: Callable[[str], bytes],
    sink: Sink,
    cancelled: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Read a bundle from its beginning to its end and prove all of it; keeps nothing on the disk.

    ``secret`` is the receiving key and ``me`` the id of this site; ``key_of`` gives the 32 bytes a
    sender signs with, or raises. The sink is given frames before the end was seen: it must drop
    them if this raises. Raises DamagedInput with a code of ``refusals``, ``Cancelled``, OSError of
    the disk, and what ``key_of`` or the sink raise.
    """
    file.seek(0)
    outer, head = take_outer(file)
    parser = Parser(outer, head, me, key_of, sink, cancelled)
    open_sealed(file, parser, secret)
    return parser.finish()


# --- writing -----------------------------------------------------------------------------------


def _same_bundle(outer: Outer, manifest: Manifest) -> None:
    for name in ("bundle", "kind", "sender", "part", "parts", "created"):
        if getattr(outer, name) != getattr(manifest, name):
            raise ValueError(f"outer header and manifest differ in {name}")


def _listed(frames: Iterable[Frame], cancelled: Callable[[], bool]) -> Iterator[Listed]:
    for frame in frames:
        if cancelled():
            raise Cancelled
        yield _entry(frame)


def _entry(frame: Frame) -> Listed:
    size = len(frame.payload)
    if frame.type in FRAMING or size > MAX_PAYLOAD:
        raise ValueError(f"a frame of type {frame.type} and {size} bytes cannot be written")
    digest = sha256(frame.payload).hexdigest()
    return Listed(type=frame.type, flags=frame.flags, length=size, sha256=digest)


def _plain(
    first: Iterable[Frame],
    frames: Frames,
    listed: Sequence[Listed],
    cancelled: Callable[[], bool],
) -> Iterator[bytes]:
    """The frames in their order as bytes, the end frame last."""
    running, count = sha256(), 0
    for frame in _in_order(first, frames(), listed):
        if cancelled():
            raise Cancelled
        data = frame.encoded()
        running.update(data)
        count += 1
        yield data
    yield Frame(END, MUST, end_payload(count, running.hexdigest())).encoded()


def _in_order(
    first: Iterable[Frame], again: Iterable[Frame], listed: Sequence[Listed]
) -> Iterator[Frame]:
    yield from first
    for frame, promised in zip(again, listed, strict=True):
        if _entry(frame) != promised:
            raise ValueError("the frames of a bundle changed while it was written")
        yield frame


class _Stream:
    """Pieces of any size, read in pieces of the reader's size."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def read(self, size: int) -> bytes:
        while not self._piece:
            following = next(self._pieces, None)
            if following is None:
                return b""
            self._piece = memoryview(following)
        data, self._piece = self._piece[:size], self._piece[size:]
        return bytes(data)


class _Target:
    """The file being written: hashed, counted, and how far it is is said."""

    def __init__(self, file: BinaryIO, total: int, progress: Progress) -> None:
        self._file = file
        self._total = total
        self._progress = progress
        self._hash = sha256()
        self._size = 0

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)
        self._progress(min(self._size, self._total), 2 * self._total)

    def written(self) -> Written:
        return Written(self._hash.hexdigest(), self._size)


def _read_back(
    beside: Path, written: Written, progress: Progress, cancelled: Callable[[], bool]
) -> None:
    """Compare what the disk gives back, not what the system remembers where it can be told to."""
    found, size = sha256(), 0
    with beside.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while data := file.read(_READ_BACK):
            if cancelled():
                raise Cancelled
            found.update(data)
            size += len(data)
            progress(written.size + size, 2 * written.size)
    if Written(found.hexdigest(), size) != written:
        raise EnvironmentProblem(
            "disk_differs",
            "写好的数据包从盘上读回来与写入的内容不同，这个文件没有留下。",
            mend="U盘或磁盘可能已经损坏，请换一个再导出一次。",
        )


_NO_SUCH_CALL: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})


def _settle(beside: Path, path: Path) -> None:
    """Give the finished file its name and make that last; if it does not last, it is taken back."""
    beside.replace(path)
    if os.name == "nt":
        return
    try:
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno in _NO_SUCH_CALL:  # some network and FUSE folders
            return
        with suppress(OSError):
            path.unlink()
        raise
