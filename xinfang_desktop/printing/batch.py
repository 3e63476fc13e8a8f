"""Many papers into a folder (批量制作): progress, cancel, and never half a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..domain.errors import EnvironmentProblem
from .catalogue import FORMS
from .facts import Facts, MatterPaper
from .render import Printer

_UNSAFE: Final = re.compile(r"[^0-9A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to make. ``large_print`` is the reader's wish."""

    facts: Facts
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """One paper written: its file and what it is of."""

    path: Path
    facts: Facts
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What was written; ``cancelled`` where the officer stopped it."""

    made: tuple[Made, ...]
    cancelled: bool


def file_name(code: str, facts: Facts, number: int) -> str:
    """``0001-F07-20260906-A0002.pdf``: no person's name in a file name."""
    matter = facts.matter.number if isinstance(facts, MatterPaper) else ""
    parts = (f"{number:04d}", code, _UNSAFE.sub("-", matter).strip("-"))
    return "-".join(part for part in parts if part) + ".pdf"


def print_all(
    printer: Printer,
    code: str,
    jobs: Iterable[Job],
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BatchDone:
    """Write one PDF a job into ``folder`` (made if absent). ``progress(done, total)`` after each.

    A file appears whole or not at all. Raises EnvironmentProblem where the folder takes no
    files; what was already written stays.
    """
    todo = tuple(jobs)
    made: list[Made] = []
    FORMS[code]  # an unknown form fails before anything is written
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, job in enumerate(todo, 1):
            if cancelled():
                return BatchDone(tuple(made), True)
            rendered = printer.render(code, job.facts, large_print=job.large_print)
            path = folder / file_name(code, job.facts, number)
            _write(path, rendered.pdf)
            made.append(Made(path, job.facts, rendered.pages, rendered.warnings))
            progress(number, len(todo))
    except OSError as error:
        raise EnvironmentProblem(
            "folder_unwritable",
            f"不能写入文件夹“{folder.name}”。",
            mend="请检查磁盘空间和权限，或换一个文件夹再试。",
        ) from error
    return BatchDone(tuple(made), False)


def _write(path: Path, content: bytes) -> None:
    partial = path.with_suffix(".tmp")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
