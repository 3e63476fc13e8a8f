"""Sticks that are plugged in, as Linux tells them."""

from __future__ import annotations

from pathlib import Path

from xinfang_desktop.services.drives import mounted, removable

TABLE = r"""/dev/sda2 / ext4 rw 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/zhou/U\040PAN vfat rw 0 0
/dev/sdb1 /media/zhou/U\040PAN vfat rw 0 0
/dev/sdc1 /run/media/zhou/资料 exfat rw 0 0
tmpfs /run/media tmpfs rw 0 0
broken
"""


def test_disks_below_the_folders_of_sticks_are_found(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(TABLE, "utf-8")
    assert mounted(table) == (Path("/media/zhou/U PAN"), Path("/run/media/zhou/资料"))
    assert mounted(tmp_path / "none") == ()


def test_what_this_pc_tells_can_be_written_to() -> None:
    assert all(path.is_dir() for path in removable())
