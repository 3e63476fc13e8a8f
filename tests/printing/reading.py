"""How the tests of papers read them back."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.check import shown_in
from xinfang_desktop.printing.facts import Facts
from xinfang_desktop.printing.preview import text


def read(pdf: bytes) -> str:
    """The words without spaces and line ends; PDFium marks a hyphen that ends a line."""
    return re.sub(r"\s", "", text(pdf).replace("\ufffe", "-"))


def assert_every_mark_is_a_fact(code: str, paper: Facts) -> None:
    """Every place that the template marks is a field of the form's facts."""
    for path in shown_in(FORMS[code].template):
        here: object = paper
        for name in path.split("."):
            assert is_dataclass(here)
            assert name in {item.name for item in fields(here)}, path
            here = getattr(here, name)
