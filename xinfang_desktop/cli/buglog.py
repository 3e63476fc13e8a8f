"""Where the details of a bug of ours go: places in the code, never the values (they are names)."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

import platformdirs

from .. import __version__

FILE_NAME = "xinfang.log"
MOST_BYTES = 1_000_000


def folder() -> Path:
    """The per-user folder of log files."""
    return platformdirs.user_log_path("xinfang", appauthor=False)


def record(problem: BaseException, verb: str, now: datetime) -> Path | None:
    """Append what failed and where; ``None`` where even that cannot be written.

    Messages of exceptions and local values are left out: they may hold a petitioner's data.
    """
    lines = [f"{now.isoformat(timespec='seconds')} {__version__} {verb} {type(problem).__name__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(problem.__traceback__)
    ]
    place = folder() / FILE_NAME
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists() and place.stat().st_size > MOST_BYTES:
            place.replace(place.with_suffix(".old.log"))
        with place.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return place
