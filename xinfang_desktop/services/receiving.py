"""Taking bundles in (导入数据包): proved whole, then applied in one transaction, or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from ..exchange.checking import Checked, Checker
from ..exchange.container import read_bundle, read_outer
from ..exchange.layout import Outer
from ..exchange.refusals import refuse
from ..journal.entry import Actor
from ..store import peers
from ..store.atomic import disk_problems_in_words
from ..store.changelog import Transaction
from ..store.peers import BundleRow
from . import sealing
from .bundle_report import KNOWN, NEW, WAITING, BundleReport, Counts
from .desk import Desk, use_case
from .directory import Directory
from .receipt import Cancelled, Keys, Receipt, sender_name

__all__ = [
    "KNOWN", "NEW", "WAITING", "BundleReport", "Counts", "OuterReport", "import_bundle", "outer_of",
    "preview_bundle",
]  # fmt: skip

MAX_FILE: Final = 64 * 1024**3
"""Bytes of the largest file that is looked at."""


Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OuterReport:
    """What anybody may know of a bundle file without a key."""

    file: str
    sender: str
    bundle: str
    kind: str
    part: int
    parts: int
    created_at: str
    size: int
    sha256: str


def outer_of(path: Path) -> OuterReport:
    """The outer header of a file. Raises DamagedInput for what is no bundle."""
    with disk_problems_in_words(path.name), path.open("rb") as file:
        outer = read_outer(file)
        size, digest = _digest(file)
    return OuterReport(
        path.name, outer.sender, outer.bundle, outer.kind, outer.part, outer.parts, outer.created,
        size, digest,
    )  # fmt: skip


def _digest(file: BinaryIO) -> tuple[int, str]:
    size = file.seek(0, io.SEEK_END)
    if size > MAX_FILE:
        raise refuse("not_a_bundle")
    file.seek(0)
    hasher = sha256()
    while data := file.read(1024 * 1024):
        hasher.update(data)
    file.seek(0)
    return size, hasher.hexdigest()


class _Undone(Exception):
    """Carries a preview out of a transaction that is rolled back."""

    def __init__(self, report: BundleReport) -> None:
        super().__init__("preview")
        self.report = report


@use_case("exchange_bundles")
def preview_bundle(
    desk: Desk,
    path: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> BundleReport:
    """What taking this file in would do, writing nothing. Raises as ``import_bundle``."""
    return _receive(desk, path, progress, cancelled, keep=False)


@use_case("exchange_bundles")
def import_bundle(
    desk: Desk,
    path: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> BundleReport:
    """Take a bundle in. Raises DamagedInput with a reason for what is damaged, forged or not for us,
    EnvironmentProblem of the disk, ``Cancelled``; then nothing was written.
    """
    return _receive(desk, path, progress, cancelled, keep=True)


def _receive(
    desk: Desk, path: Path, progress: Progress, cancelled: Cancelled, *, keep: bool
) -> BundleReport:
    with disk_problems_in_words(path.name), path.open("rb") as raw:
        outer = read_outer(raw)
        size, digest = _digest(raw)
        with desk.reading() as conn:
            known = Directory.read(conn)
            before = peers.came_in(conn, outer.bundle, outer.part)
        if before is not None and before.sha256 == digest:
            return _seen_before(path, outer, before, known)
        file = _Counted(raw, size, progress)
        checked = _check(file, known, cancelled)
        if before is not None:
            return _seen_before(path, outer, before, known)
        receipt = Receipt(desk, path.name, digest, outer, checked)
        file.again()
        if keep:
            with desk.writing() as tx:
                report = receipt.apply(tx, file, cancelled)
                moved = sealing.sweep(desk, tx)
            if moved and desk.vault is not None:
                sealing.take_in(desk)
            desk.look("bundle_in", site=outer.sender, bundle=outer.bundle, part=outer.part)
        else:
            report = _tried(desk, receipt, file, cancelled)
    progress(size, size)
    return report


def _tried(desk: Desk, receipt: Receipt, file: _Counted, cancelled: Cancelled) -> BundleReport:
    author = Actor(desk.account.id, desk.account.name)
    receipt.keep_pieces = False
    try:
        with desk.database.write() as conn:
            tx = Transaction(conn, author, desk.now(), desk.site, desk.setting)
            raise _Undone(receipt.apply(tx, file, cancelled))
    except _Undone as told:
        return told.report


def _seen_before(path: Path, outer: Outer, before: BundleRow, known: Directory) -> BundleReport:
    name = sender_name(known, outer.sender)
    return BundleReport(
        file=path.name, result=KNOWN, sender=outer.sender, sender_name=name, bundle=outer.bundle,
        serial=int(before.report.get("serial", 0)), part=outer.part, parts=outer.parts,
        created_at=outer.created,
        entries=Counts(known=int(before.report.get("arrived", 0))),
        sentence=f"这个数据包 {before.at[:16].replace('T', ' ')} 已经导入过，没有新内容。",
    )  # fmt: skip


class _Counted:
    """A file that says how much of it was read, over two readings."""

    def __init__(self, file: BinaryIO, size: int, progress: Progress) -> None:
        self._file, self._size, self._progress = file, size, progress
        self._base = self._done = 0

    def again(self) -> None:
        """The second reading begins."""
        self._base = self._size

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self._done += len(data)
        self._progress((self._base + min(self._done, self._size)) // 2, self._size)
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._done = 0
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _check(file: Any, known: Directory, cancelled: Cancelled) -> Checked:
    """Prove all of the file; nothing is kept."""
    keys = Keys(known)
    checker = Checker(keys.of, keys.learn)
    read_bundle(file, known.site.box, known.site.id, keys.of_sender, checker, cancelled)
    return checker.result()
