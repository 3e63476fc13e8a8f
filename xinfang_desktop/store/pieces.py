"""Attachments that arrive in pieces (附件分片): kept sealed until all are here, then one content.

A piece is sealed under a key derived from the store's, bound to its content and its number; nothing
readable lies on the disk, whatever happens to the program.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .atomic import disk_problems_in_words, replacing
from .blobs import BlobStore

_NONCE: Final = 12


class Pieces:
    """The pieces of one data folder; ``size`` is that of a whole piece, the last may be shorter."""

    def __init__(self, home: Path, key: bytes, blobs: BlobStore, size: int) -> None:
        self._folder = home / "pieces"
        self._blobs = blobs
        self._size = size
        self._name_key = _derive(key, b"xinfang piece names")
        self._cipher = AESGCM(_derive(key, b"xinfang pieces"))

    def put(self, sha256: str, total: int, number: int, data: bytes) -> bool:
        """Keep a piece; says whether the content is here whole now.

        ``total`` is the content's size in bytes. A content that does not hash to its name is
        dropped with its pieces, to be asked for again.
        """
        count = -(-total // self._size)
        if self._blobs.has(sha256):
            if self._folder.is_dir():  # of a program that was killed once the content was whole
                self.drop(sha256, count)
            return True
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, data, _context(sha256, number))
        path = self._path(sha256, number)
        with disk_problems_in_words("附件"):
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as file:
                file.write(sealed)
        if not all(self._path(sha256, each).is_file() for each in range(count)):
            return False
        whole = self._blobs.put_stream(sha256, self._stream(sha256, count), total)
        self.drop(sha256, count)
        return whole

    def drop(self, sha256: str, count: int) -> None:
        """Forget the pieces of a content."""
        with disk_problems_in_words("附件"):
            for number in range(count):
                self._path(sha256, number).unlink(missing_ok=True)
            for left in self._folder.glob("*.tmp"):  # nobody else writes here: one lane of writing
                left.unlink(missing_ok=True)
            with suppress(OSError):
                self._folder.rmdir()  # where it is empty

    def _stream(self, sha256: str, count: int) -> Iterator[bytes]:
        for number in range(count):
            sealed = self._path(sha256, number).read_bytes()
            try:
                yield self._cipher.decrypt(
                    sealed[:_NONCE], sealed[_NONCE:], _context(sha256, number)
                )
            except InvalidTag:
                return  # the content will not hash to its name

    def _path(self, sha256: str, number: int) -> Path:
        name = hmac.new(self._name_key, f"{sha256} {number}".encode(), "sha256").hexdigest()
        return self._folder / name


def _derive(key: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, b"", use).derive(key)


def _context(sha256: str, number: int) -> bytes:
    return bytes.fromhex(sha256) + number.to_bytes(8, "big")
