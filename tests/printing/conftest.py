"""One printer with the shipped fonts for all tests of printing: the same pages everywhere."""

from __future__ import annotations

import pytest

from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.render import Printer


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts.shipped()


@pytest.fixture(scope="session")
def printer(fonts: Fonts) -> Printer:
    return Printer(fonts)
