"""The algorithms behind one small interface: age with X25519 to seal, Ed25519 to sign, SHA-256.

Another suite (SM2, SM3, SM4 in a certified module) takes the place of this module's functions;
its name goes into every bundle and roster, so that nothing is opened with the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyrage import x25519

from .refusals import refuse

SUITE: Final = "age-x25519+ed25519+sha256"
RANKED: Final = (SUITE,)
"""Every suite this program has, the weakest first."""

PUBLIC_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

MAX_RECIPIENTS: Final = 1_000
"""Sites one bundle is sealed for; each takes some 97 bytes of the seal's head."""

_MAX_HEAD: Final = 128 * 1024
"""Bytes of the seal's head. The library takes time by the square of it: 0.15 s here, 30 s at 1.6 MB."""

_AHEAD: Final = 128 * 1024
"""What is read beyond the head before the first plain byte: one sealed block and the read buffer."""


class Readable(Protocol):
    """Where bytes come from; fewer than asked for only at the end."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        ...


class Writable(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take all of ``data``."""
        ...


def strong_enough(suite: str, least: str) -> bool:
    """Whether ``suite`` is known here and not weaker than ``least``, the roster's minimum."""
    return suite in RANKED and least in RANKED and RANKED.index(suite) >= RANKED.index(least)


def new_box() -> str:
    """A new secret key to receive with (收件密钥), as text for the encrypted store."""
    return str(x25519.Identity.generate())


def box_public(secret: str) -> str:
    """The public half of a receiving key, ``age1…``: others seal for it."""
    return str(x25519.Identity.from_str(secret).to_public())


def is_box(public: str) -> bool:
    """Whether a text that came from outside is the public half of a receiving key."""
    try:
        return str(x25519.Recipient.from_str(public)) == public
    except pyrage.RecipientError:
        return False


def sign(private: Ed25519PrivateKey, data: bytes) -> bytes:
    """The 64 bytes of a signature over ``data``."""
    return private.sign(data)


def valid(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the owner of ``public`` (32 bytes) signed ``data``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def check(public: bytes, signature: bytes, data: bytes) -> None:
    """Raise DamagedInput ``signature_wrong`` unless the owner of ``public`` signed ``data``."""
    if not valid(public, signature, data):
        raise refuse("signature_wrong")


def seal(source: Readable, target: Writable, recipients: Sequence[str]) -> None:
    """Encrypt all of ``source`` into ``target`` for these receiving keys, as a stream.

    What ``source`` and ``target`` raise comes through as it is. Raises ValueError (a fault of ours)
    for no recipient or more than ``MAX_RECIPIENTS``.
    """
    if not 0 < len(recipients) <= MAX_RECIPIENTS:
        raise ValueError(f"a bundle is sealed for 1 to {MAX_RECIPIENTS} sites")
    keys = [x25519.Recipient.from_str(each) for each in recipients]
    pipe = _Pipe(source.read, target.write)
    try:
        pyrage.encrypt_io(pipe, pipe, keys)
    except (pyrage.EncryptError, OSError):
        pipe.raise_fault()
        raise


def open_sealed(source: Readable, sink: Writable, secret: str) -> None:
    """Decrypt the rest of ``source`` into ``sink``, as a stream.

    ``sink`` is given plain bytes BEFORE it is known whether the stream is whole: nothing may be
    kept of them until this returned. Raises DamagedInput ``not_for_us`` or ``bundle_damaged``;
    what ``source`` and ``sink`` raise comes through as it is, an OSError of the disk included.
    """
    pipe = _Pipe(source.read, sink.write, most_ahead=_MAX_HEAD + _AHEAD)
    try:
        pyrage.decrypt_io(pipe, pipe, [x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, OSError) as problem:
        pipe.raise_fault()
        foreign = str(problem) == "No matching keys found"
        raise refuse("not_for_us" if foreign else "bundle_damaged") from problem


class _Pipe:
    """Both ends of the library's work.

    While it reads or writes the head of a stream, the library turns an exception of ours into the
    text of one of its own; so the first one is remembered and raised again.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        write: Callable[[bytes], object],
        most_ahead: int | None = None,
    ) -> None:
        self._read = read
        self._write = write
        self._most_ahead = most_ahead
        self._taken = 0
        self._fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            data = self._read(size)
            self._taken += len(data)
            if self._most_ahead is not None and self._taken > self._most_ahead:
                raise refuse("bundle_damaged")
        except BaseException as fault:
            self._fault = self._fault or fault
            raise
        return data

    def write(self, data: bytes) -> int:
        try:
            self._write(data)
        except BaseException as fault:
            self._fault = self._fault or fault
            raise
        self._most_ahead = None
        return len(data)

    def flush(self) -> None:
        """The library asks for it; whoever gave the target flushes it."""

    def raise_fault(self) -> None:
        if self._fault is not None:
            raise self._fault from None
