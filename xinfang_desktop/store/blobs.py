"""Attachments and printed papers (附件, 文书): encrypted files found by the hash of their content.

``blobs/ab/<name>`` where the name is a keyed hash, so that a folder listing tells nothing, not even
whether a known paper is among them. Layout: magic, 32 bytes of salt, then AES-256-GCM chunks of
4 MiB under a key of the file's own; each chunk is bound to the content's hash, its place and
whether it is the last, so a cut, longer, exchanged or altered file is noticed.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..domain.errors import EnvironmentProblem, RuleViolation
from .atomic import disk_problems_in_words, replacing

LIMIT: Final = 200 * 1024 * 1024
"""Bytes of the largest attachment."""

CHUNK: Final = 4 * 1024 * 1024
_MAGIC: Final = b"XFO1"
_SALT: Final = 32
_TAG: Final = 16

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Blob:
    """What was stored: SHA-256 of the content in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


def _silent(_done: int, _total: int) -> None:
    return


def _never() -> bool:
    return False


class BlobStore:
    """The blobs of one data folder."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._folder = home / "blobs"
        self._key = key
        self._name_key = self._derive(b"", b"xinfang blob names")

    # --- putting in ---

    def put_bytes(self, data: bytes) -> Blob:
        """Store a content made here. Raises RuleViolation over ``LIMIT``, EnvironmentProblem."""
        _check_size(len(data))
        sha256 = hashlib.sha256(data).hexdigest()
        self._store(sha256, io.BytesIO(data), len(data), _silent, _never)
        return Blob(sha256, len(data))

    def put_file(
        self, path: Path, progress: Progress = _silent, cancelled: Cancelled = _never
    ) -> Blob | None:
        """Store a file; ``progress`` gets bytes done and in all; None where it was cancelled.

        Read twice: to know its hash, then to encrypt. Raises RuleViolation over ``LIMIT``,
        EnvironmentProblem where it cannot be read, changed meanwhile, or the disk is full. Nothing
        is kept unless all of it is.
        """
        with disk_problems_in_words(path.name), path.open("rb") as source:
            size = source.seek(0, io.SEEK_END)
            _check_size(size)
            source.seek(0)
            hasher = hashlib.sha256()
            done = 0
            while part := source.read(CHUNK):
                hasher.update(part)
                done += len(part)
                progress(done // 2, size)
                if cancelled():
                    return None
            source.seek(0)
            sha256 = hasher.hexdigest()
            kept = self._store(sha256, source, size, progress, cancelled)
        return Blob(sha256, size) if kept else None

    def put_stream(self, sha256: str, parts: Iterator[bytes], size: int) -> bool:
        """Store a content that comes in parts; False, and nothing kept, where it is another one.

        ``size`` is the bytes it should have, for the limit. Raises as ``put_bytes``.
        """
        _check_size(size)
        try:
            return self._store(sha256, Parts(parts), size, _silent, _never)
        except EnvironmentProblem as problem:
            if problem.code != "file_changed":
                raise
            return False

    def _store(
        self, sha256: str, source: Source, size: int, progress: Progress, cancelled: Cancelled
    ) -> bool:
        if self.verify(sha256):
            progress(size, size)
            return True
        path = self._path(sha256)
        with disk_problems_in_words("附件"):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with replacing(path) as target:
                    self._seal(sha256, source, target, size, progress, cancelled)
            except _Stop:
                return False
        return True

    def _seal(
        self,
        sha256: str,
        source: Source,
        target: BinaryIO,
        size: int,
        progress: Progress,
        cancelled: Cancelled,
    ) -> None:
        salt = secrets.token_bytes(_SALT)
        cipher = AESGCM(self._derive(salt, b"xinfang blob"))
        target.write(_MAGIC + salt)
        hasher = hashlib.sha256()
        done = 0
        for number, last, part in _numbered(source, CHUNK):
            hasher.update(part)
            target.write(cipher.encrypt(_nonce(number), part, _context(sha256, number, last)))
            done += len(part)
            progress((size + done) // 2, size)
            if cancelled():
                raise _Stop
        if hasher.hexdigest() != sha256:
            raise EnvironmentProblem(
                "file_changed",
                "文件在读取过程中被改动了，没有保存。",
                mend="请关闭正在编辑它的程序后再试。",
            )

    # --- taking out ---

    def has(self, sha256: str) -> bool:
        """Whether the content lies here, whole or not."""
        return self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Bytes of the content, by the length of its file; -1 where it does not lie here."""
        path = self._path(sha256)
        if not path.is_file():
            return -1
        sealed = path.stat().st_size - len(_MAGIC) - _SALT
        return max(0, sealed - -(-sealed // (CHUNK + _TAG)) * _TAG)

    def stream(self, sha256: str) -> Iterator[bytes]:
        """The content in parts of at most 4 MiB, each checked before it is given out.

        Raises EnvironmentProblem ``blob_missing`` (缺附件) or ``blob_damaged``; a cut end is only
        noticed at the end, so keep nothing before the last part came.
        """
        path = self._path(sha256)
        if not path.is_file():
            raise EnvironmentProblem(
                "blob_missing", "这个附件不在本机。", mend="请从备份恢复，或请对方在数据包里补发。"
            )
        with disk_problems_in_words("附件"), path.open("rb") as file:
            head = file.read(len(_MAGIC) + _SALT)
            cipher = AESGCM(self._derive(head[len(_MAGIC) :], b"xinfang blob"))
            if len(head) != len(_MAGIC) + _SALT or not head.startswith(_MAGIC):
                raise _damaged()
            for number, last, part in _numbered(file, CHUNK + _TAG):
                try:
                    yield cipher.decrypt(_nonce(number), part, _context(sha256, number, last))
                except InvalidTag as problem:
                    raise _damaged() from problem

    def read(self, sha256: str) -> bytes:
        """The whole content. Raises as ``stream``."""
        return b"".join(self.stream(sha256))

    def verify(self, sha256: str) -> bool:
        """Whether the content lies here whole: every chunk, and the hash over all of them."""
        hasher = hashlib.sha256()
        try:
            for part in self.stream(sha256):
                hasher.update(part)
        except EnvironmentProblem:
            return False
        return hasher.hexdigest() == sha256

    # --- names and keys ---

    def _path(self, sha256: str) -> Path:
        name = hmac.new(self._name_key, bytes.fromhex(sha256), "sha256").hexdigest()
        return self._folder / name[:2] / name

    def _derive(self, salt: bytes, use: bytes) -> bytes:
        return HKDF(SHA256(), 32, salt, use).derive(self._key)


class _Stop(Exception):
    """Leaves the half-written file to be removed."""


class Source(Protocol):
    """Where bytes come from; fewer than asked for only at the end."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        ...


class Parts:
    """A stream of parts as a ``Source``."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = bytearray()

    def read(self, size: int, /) -> bytes:
        """``size`` bytes, fewer only at the end."""
        while len(self._rest) < size:
            part = next(self._parts, b"")
            if not part:
                break
            self._rest += part
        data = bytes(self._rest[:size])
        del self._rest[:size]
        return data


def _numbered(source: Source, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """Parts with their number and whether they are the last; an empty source has one part."""
    number, part = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, not following, part
        if not following:
            return
        number, part = number + 1, following


def _nonce(number: int) -> bytes:
    """The chunk's number: the key is the file's own, so no nonce comes twice under it."""
    return number.to_bytes(12, "big")


def _context(sha256: str, number: int, last: bool) -> bytes:
    return _MAGIC + bytes.fromhex(sha256) + number.to_bytes(8, "big") + bytes([last])


def _check_size(size: int) -> None:
    if size > LIMIT:
        raise RuleViolation(
            "attachment_too_large",
            f"这个文件有 {-(-size // 1024**2)} MB，超过单个附件 {LIMIT // 1024**2} MB 的上限，没有保存。",
            mend="请压缩后再加，或拆成几个文件；录音录像可只留要紧的一段，原件另存光盘并在材料栏注明。",
            field="file",
        )


def _damaged() -> EnvironmentProblem:
    return EnvironmentProblem(
        "blob_damaged",
        "这个附件在磁盘上已损坏，不能打开。",
        mend="请从备份恢复，或重新添加原件；并检查磁盘。",
    )
