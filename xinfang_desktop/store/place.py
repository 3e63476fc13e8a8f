"""Where a data folder may lie: on a disk of this PC, not on a share, not in a synced folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final

from ..domain.errors import EnvironmentProblem, RuleViolation
from .atomic import disk_problems_in_words

_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs", "fuse.davfs2", "afs"}
)
_SYNCED = (
    "onedrive", "dropbox", "icloud", "nutstore", "坚果云", "baidusyncdisk", "百度网盘同步空间",
    "wps云盘", "wpsdrive", "weiyun", "腾讯微云", "google drive",
)  # fmt: skip

_MEND = "请把数据放在本机硬盘上的文件夹里。"


def check_place(home: Path, *, mounts: str | None = None) -> None:
    """Raise EnvironmentProblem where ``home`` lies on a share or in a cloud-synced folder.

    Two PCs writing one SQLite file over a share, or a sync client copying half of it, loses data.
    ``mounts`` is the text of the system's table of mounts, read where it is not given.
    """
    for part in home.absolute().parts:
        if any(word in part.lower() for word in _SYNCED):
            raise EnvironmentProblem(
                "synced_folder", f"“{part}”是云同步文件夹，数据放在里面会损坏。", mend=_MEND
            )
    if _is_remote(home.absolute(), mounts):
        raise EnvironmentProblem(
            "network_share", "这个文件夹在网络共享上，数据放在里面会损坏。", mend=_MEND
        )


def _is_remote(home: Path, mounts: str | None) -> bool:
    if sys.platform == "win32":
        import ctypes

        if str(home).startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(home.anchor) == 4)
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    best: tuple[int, str] = (0, "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        place = PurePath(point.replace("\\040", " "))
        if home.is_relative_to(place):
            best = max(best, (len(place.parts), kind))
    return best[1] in _REMOTE


def is_empty(home: Path) -> bool:
    """True where the folder is not there yet or holds nothing."""
    return not home.exists() or (home.is_dir() and not any(home.iterdir()))


_CLAIM: Final = "creating.lock"


@contextmanager
def claimed(home: Path) -> Iterator[None]:
    """A new or empty folder, for this process alone while an office is made in it.

    Raises RuleViolation ``not_empty``, EnvironmentProblem where the folder cannot be made.
    """
    if not is_empty(home):
        raise _not_empty(home)
    with disk_problems_in_words(home.name):
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)  # nobody else on this PC needs to see even the names of the files
        try:
            os.close(os.open(home / _CLAIM, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            raise _not_empty(home) from None
    try:
        if any(path.name != _CLAIM for path in home.iterdir()):  # another was quicker, and is done
            raise _not_empty(home)
        yield
    finally:
        (home / _CLAIM).unlink(missing_ok=True)


def _not_empty(home: Path) -> RuleViolation:
    return RuleViolation(
        "not_empty",
        f"文件夹“{home.name}”里已经有东西。",
        mend="请另选一个新的或空的文件夹。",
        field="data",
    )
