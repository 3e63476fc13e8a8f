"""Small local facts of this store: schema, site and its keys. They never travel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from ..journal.signing import fingerprint
from .tables import META


def get(conn: Connection, key: str) -> bytes | None:
    """The value of ``key``, if it was ever set."""
    return conn.scalar(select(META.c.value).where(META.c.key == key))


def put(conn: Connection, key: str, value: bytes) -> None:
    """Set ``key`` to ``value``."""
    statement = insert(META).values(key=key, value=value)
    conn.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def drop(conn: Connection, key: str) -> None:
    """Forget ``key``."""
    conn.execute(delete(META).where(META.c.key == key))


_REPLAY: Final = "replay"


def owe_replay(conn: Connection) -> None:
    """The log says more than the tables do, and only a replay brings it into them.

    A record came after changes to it, or a newer schema understands what older programs kept raw.
    """
    put(conn, _REPLAY, b"1")


def replay_owed(conn: Connection) -> bool:
    """Whether ``owe_replay`` was called since the last replay."""
    return get(conn, _REPLAY) is not None


def replayed(conn: Connection) -> None:
    """The tables say what the log says."""
    drop(conn, _REPLAY)


@dataclass(frozen=True, slots=True)
class Site:
    """This installation (站点): who signs its part of the log, and its block of numbers."""

    id: str
    epoch: int
    block: str  # letters of the number block, A for the first PC of an office
    signing: Ed25519PrivateKey
    feed: str  # of the office's own PCs
    box: str = ""  # secret key by which bundles are opened (age)
    root: str = ""  # public key whose rosters this site follows; empty: its own

    @property
    def public(self) -> bytes:
        """The 32 bytes by which others check what this site signed."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key as eight groups of five digits, to read out by telephone."""
        return fingerprint(self.public)

    @property
    def root_key(self) -> str:
        """The key (hexadecimal) of the first PC of this office: it signs the office's rosters."""
        return self.root or self.public.hex()

    @property
    def number_block(self) -> str:
        """Letters in the numbers this site issues; another epoch has others, so none comes twice."""
        return self.block if self.epoch == 1 else self.block + _letters(self.epoch - 1)


def write_site(conn: Connection, site: Site) -> None:
    """Keep the site's identity and its secret key inside the encrypted store."""
    put(conn, "site.id", site.id.encode())
    put(conn, "site.epoch", str(site.epoch).encode())
    put(conn, "site.block", site.block.encode())
    put(conn, "site.signing", site.signing.private_bytes_raw())
    put(conn, "site.feed", site.feed.encode())
    put(conn, "site.box", site.box.encode())
    put(conn, "site.root", site.root.encode())


def read_site(conn: Connection) -> Site:
    """The site of this store."""
    values = {key: get(conn, f"site.{key}") for key in ("id", "epoch", "block", "signing", "feed")}
    assert all(values.values()), "a store without a site"
    return Site(
        id=(values["id"] or b"").decode(),
        epoch=int(values["epoch"] or b"0"),
        block=(values["block"] or b"").decode(),
        signing=Ed25519PrivateKey.from_private_bytes(values["signing"] or b""),
        feed=(values["feed"] or b"").decode(),
        box=(get(conn, "site.box") or b"").decode(),
        root=(get(conn, "site.root") or b"").decode(),
    )


def _letters(number: int) -> str:
    """1 → B, 25 → Z, 26 → BA: as a spreadsheet counts its columns, from B on."""
    text = ""
    while number:
        number, digit = divmod(number, 26)
        text = chr(ord("A") + digit) + text
    return text


def check_signature(public: bytes, signature: bytes, data: bytes) -> None:
    """Raise ``cryptography.exceptions.InvalidSignature`` unless the site signed ``data``."""
    Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
