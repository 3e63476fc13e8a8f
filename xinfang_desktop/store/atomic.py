"""Files that are written whole or not at all, and what the disk says in words."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from ..domain.errors import EnvironmentProblem

_NO_ENTRY = (
    "cannot_open",
    "找不到文件“{name}”，或它所在的文件夹已不在。",
    "请检查文件和U盘是否还在。",
)
_NO_FOLDER = (
    "not_a_folder",
    "“{name}”所在的路径里有一段是文件，不是文件夹。",
    "请换一个文件夹。",
)
_NO_RIGHT = (
    "no_permission",
    "没有权限读写“{name}”。",
    "请检查文件夹权限和磁盘写保护，或请管理员处理。",
)
_FULL = (
    "disk_full",
    "磁盘已满，“{name}”没有写入。",
    "请清理磁盘空间后再试，已登记的内容没有丢失。",
)
_OTHER = ("disk_error", "读写“{name}”出错。", "请检查磁盘或U盘是否插好，再试一次。")
_SENTENCES: Final = {
    errno.ENOENT: _NO_ENTRY,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
    errno.EEXIST: _NO_FOLDER,
    errno.ENAMETOOLONG: ("name_too_long", "文件名“{name}”太长。", "请换一个短一些的文件名。"),
    errno.EISDIR: ("not_a_file", "“{name}”是文件夹，不是文件。", "请选择一个文件。"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


@contextmanager
def disk_problems_in_words(name: str) -> Iterator[None]:
    """An OSError inside the block becomes an EnvironmentProblem about the file called ``name``."""
    try:
        yield
    except OSError as error:
        code, sentence, mend = _SENTENCES.get(error.errno or 0, _OTHER)
        raise EnvironmentProblem(code, sentence.format(name=name), mend=mend) from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path``, readable by its owner only, once the block ends well.

    Written beside it, flushed to the disk, then renamed; on any error nothing of it stays. Raises
    OSError.
    """
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _rename(beside, path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def settle(finished: Path, path: Path) -> None:
    """Give a file that another wrote its name, once all of it is on the disk. Raises OSError."""
    with finished.open("r+b") as file:
        os.fsync(file.fileno())
    _rename(finished, path)


def _rename(beside: Path, path: Path) -> None:
    beside.replace(path)
    _flush_folder(path.parent)


_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows only


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
