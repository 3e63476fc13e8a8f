"""Where things lie: shipped data beside the package or in the bundle, the office's data elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_BASE = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))

RESOURCES = _BASE / "resources"
FORMS = _BASE / "forms"


def default_home() -> Path:
    """The data folder: ``XINFANG_DATA``, else the per-user one of this system."""
    chosen = os.environ.get("XINFANG_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path("xinfang", appauthor=False)
