"""The exchange folder (交换文件夹): a shared folder that stands in for the stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ..domain.errors import DamagedInput, EnvironmentProblem
from ..exchange.layout import Cancelled as Stopped
from ..exchange.layout import Outer, take_outer
from ..exchange.suite import open_sealed
from ..store import peers
from ..store.atomic import disk_problems_in_words
from ..store.database import Connection
from .desk import Desk, use_case
from .directory import Directory

SUFFIX: Final = ".xfb"
MOST: Final = 2_000
"""Files of a folder that are looked at; what was made last comes first."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class OfferedBundle:
    """A file in the folder that is addressed to us and was not taken in yet."""

    path: Path
    sender: str
    sender_name: str
    created_at: str
    part: int
    parts: int


@use_case("exchange_bundles")
def offered_bundles(
    desk: Desk, folder: Path, cancelled: Cancelled = lambda: False
) -> tuple[OfferedBundle, ...]:
    """New bundles for this site, in the order in which each sender made them.

    Only the beginning of a file is read; whether it is whole is found out when it is taken in.
    Raises EnvironmentProblem where the folder cannot be read.
    """
    with disk_problems_in_words(folder.name or str(folder)):
        files = sorted(_files(folder), key=_changed_at, reverse=True)[:MOST]
    with desk.reading() as conn:
        known = Directory.read(conn)
        found = [each for path in files for each in _offered(conn, known, path, cancelled)]
    return tuple(sorted(found, key=lambda each: (each.sender, each.created_at, each.part)))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.suffix.lower() == SUFFIX and path.is_file():
            yield path


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # taken away meanwhile
        return 0.0


def _offered(
    conn: Connection, known: Directory, path: Path, cancelled: Cancelled
) -> Iterator[OfferedBundle]:
    if cancelled():
        raise Stopped
    try:
        with disk_problems_in_words(path.name), path.open("rb") as file:
            outer, _ = take_outer(file)
            if not _wanted(conn, known, outer) or not _sealed_for(file, known.site.box):
                return
    except (DamagedInput, EnvironmentProblem):  # no bundle, or still being copied
        return
    name = known.peers[outer.sender].name
    yield OfferedBundle(path, outer.sender, name, outer.created, outer.part, outer.parts)


def _wanted(conn: Connection, known: Directory, outer: Outer) -> bool:
    peer = known.peers.get(outer.sender)
    trusted = peer is not None and peer.status == "active"
    return trusted and peers.came_in(conn, outer.bundle, outer.part) is None


class _Opened(Exception):
    """The first plain byte came: the seal is for this key."""


class _Peep:
    def write(self, data: bytes, /) -> object:
        """Nothing of what is inside is kept."""
        raise _Opened


def _sealed_for(file: BinaryIO, secret: str) -> bool:
    """Whether the rest of a bundle, after its outer header, opens with this receiving key."""
    try:
        open_sealed(file, _Peep(), secret)
    except _Opened:
        return True
    except DamagedInput:
        return False
    return False
