"""Removable drives (U 盘) of this PC: where bundles are proposed to go."""

from __future__ import annotations

import ctypes
import os
import string
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mounts")
_WHERE: Final = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_DISKS: Final = "/dev/"
_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of GetDriveTypeW


def removable() -> tuple[Path, ...]:
    """Mounted sticks that can be written to, in the order of the system; none where it tells none."""
    found = _of_windows() if sys.platform == "win32" else mounted(MOUNTS)
    return tuple(path for path in found if os.access(path, os.W_OK))


def mounted(table: Path) -> tuple[Path, ...]:
    """Disks that a mount table of Linux names below the folders where desktops mount sticks."""
    try:
        lines = table.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(dict.fromkeys(_places(line.split() for line in lines)))


def _places(rows: Iterable[list[str]]) -> Iterable[Path]:
    for row in rows:
        if len(row) > 1 and row[0].startswith(_DISKS) and row[1].startswith(_WHERE):
            # the table writes a blank as \040 and a backslash as \134
            yield Path(row[1].replace("\\040", " ").replace("\\134", "\\"))


def _of_windows() -> tuple[Path, ...]:
    if sys.platform != "win32":
        return ()
    kernel = ctypes.windll.kernel32
    letters = kernel.GetLogicalDrives()
    roots = (f"{c}:\\" for n, c in enumerate(string.ascii_uppercase) if letters >> n & 1)
    return tuple(Path(root) for root in roots if kernel.GetDriveTypeW(root) == _REMOVABLE)
