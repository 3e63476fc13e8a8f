"""Where a result may be written (输出位置): never over what it was made from, never among the data."""

from __future__ import annotations

import os
from pathlib import Path

from ..domain.errors import EnvironmentProblem, RuleViolation
from ..domain.inputs import shown_name
from ..store.atomic import disk_problems_in_words


def check_output(home: Path, out: Path, *sources: Path, folder: bool = False) -> None:
    """Refuse a place to write to that is a source itself or lies in the data folder.

    Raises RuleViolation ``same_file`` or ``inside_data``, EnvironmentProblem ``not_a_file`` where
    a file shall be written and a folder or a device is named, and what the disk says otherwise;
    then nothing was written.
    """
    place = _real(out)
    with disk_problems_in_words(shown_name(out.name)):
        no_file = place.exists() and not place.is_file()
    if no_file and not folder:
        what = "文件夹" if place.is_dir() else "设备"  # which a finished file would push aside
        raise EnvironmentProblem(
            "not_a_file",
            f"“{shown_name(str(out))}”是{what}，不是文件。",
            mend="请写出要保存的文件名。",
            field="out",
        )
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
