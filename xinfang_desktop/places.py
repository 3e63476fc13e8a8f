"""Where the shipped data lies: beside the package in the checkout, in the bundle once built."""

from __future__ import annotations

import sys
from pathlib import Path

_BASE = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))

RESOURCES = _BASE / "resources"
FORMS = _BASE / "forms"
