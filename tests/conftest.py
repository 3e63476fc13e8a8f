"""What every test may use: real stores, real files, a fixed clock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def shared_data() -> Path:
    """The folder of real input, where the workplace has one."""
    place = Path(os.environ.get("XINFANG_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    if not place.is_dir():
        pytest.skip("the real input files are not part of the project; this place has none")
    return place
