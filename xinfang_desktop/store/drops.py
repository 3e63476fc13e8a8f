"""The slot of the sealed store (密件投递): what waits there is ciphertext that only its key opens.

Two small facts stand in ``meta`` of the open store: for which public key is sealed, and, as long as
nobody holds the grant yet, the secret half of an interim key. Local, outside the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from . import meta
from .tables import SEALED_DROP

_BOX: Final = "sealed.box"
_INTERIM: Final = "sealed.interim"


@dataclass(frozen=True, slots=True)
class Drop:
    """One thing dropped. ``sort``: ``records`` of a registration or matter, or a ``file``."""

    id: str
    matter: str
    sort: str
    at: str
    body: bytes


def put(conn: Connection, drop: Drop) -> None:
    """Leave something in the slot."""
    conn.execute(
        insert(SEALED_DROP).values(
            id=drop.id, matter=drop.matter, sort=drop.sort, at=drop.at, body=drop.body
        )
    )


def waiting(conn: Connection) -> list[str]:
    """Ids of what waits, in the order it was dropped."""
    return list(conn.scalars(select(SEALED_DROP.c.id).order_by(SEALED_DROP.c.id)))


def get(conn: Connection, id: str) -> Drop | None:
    """One drop; None where somebody took it in meanwhile."""
    row = conn.execute(select(SEALED_DROP).where(SEALED_DROP.c.id == id)).mappings().first()
    return Drop(**row) if row else None


def forget(conn: Connection, id: str) -> None:
    """Take away what the sealed store holds now."""
    conn.execute(delete(SEALED_DROP).where(SEALED_DROP.c.id == id))


def box(conn: Connection) -> str:
    """The public key that is sealed for; "" where none was chosen yet."""
    return (meta.get(conn, _BOX) or b"").decode()


def set_box(conn: Connection, public: str, interim: str = "") -> None:
    """Seal for this key from now on. ``interim``: its secret half, while nobody holds the grant."""
    meta.put(conn, _BOX, public.encode())
    if interim:
        meta.put(conn, _INTERIM, interim.encode())


def interim(conn: Connection) -> str:
    """The secret of the interim key; "" where there is none any more."""
    return (meta.get(conn, _INTERIM) or b"").decode()


def forget_interim(conn: Connection) -> None:
    """The interim key opens nothing any more."""
    meta.drop(conn, _INTERIM)
