"""Where a result may be written (输出位置): never over what it was made from, never among the data."""

from __future__ import annotations

import os
from pathlib import Path

from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name


def check_output(home: Path, out: Path, *sources: Path) -> None:
    """Refuse a file or folder to write to that is a source itself or lies in the data folder.

    Raises RuleViolation ``no_file_name``, ``same_file`` or ``inside_data``; then nothing was written.
    """
    if not out.name:
        raise RuleViolation(
            "no_file_name", "没有写文件名。", mend="请写出要保存的文件名。", field="out"
        )
    place = _real(out)
    if any(place == _real(source) for source in sources):
        raise RuleViolation(
            "same_file",
            f"“{shown_name(out.name)}”就是原来的文件，写进去会把它盖掉。",
            mend="请换一个文件名。",
            field="out",
        )
    data = _real(home)
    if place == data or data in place.parents:
        raise RuleViolation(
            "inside_data",
            "不能写进数据文件夹，那里只放加密的数据。",
            mend="请换一个文件夹，比如桌面或“文档”。",
            field="out",
        )


def _real(path: Path) -> Path:
    """Links followed, letters in one case where the system makes no difference. Never raises."""
    return Path(os.path.normcase(os.path.realpath(path)))
