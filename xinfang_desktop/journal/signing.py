"""What signatures in the log are about, and how a key is read out by telephone."""

from __future__ import annotations

from hashlib import sha256


def fingerprint(public: bytes) -> str:
    """Eight groups of five decimal digits (指纹) from the SHA-256 of a public key."""
    digest = sha256(public).digest()
    groups = (int.from_bytes(digest[i * 4 : i * 4 + 4], "big") % 100_000 for i in range(8))
    return " ".join(f"{group:05d}" for group in groups)


def checkpoint_text(feed: str, epoch: int, seq: int, hash: str) -> bytes:
    """What a checkpoint's signature covers."""
    return f"{feed}\n{epoch}\n{seq}\n{hash}".encode()
