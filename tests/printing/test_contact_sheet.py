"""Every form of the catalogue has its sample, and the sheet of all of them can be made."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from tests.printing import contact_sheet
from xinfang_desktop.domain.file_rules import ONE_OF_SEVERAL
from xinfang_desktop.printing.catalogue import FORMS

WANTED = (
    *(f"F{no:02d}" for no in range(1, 39)), *(f"M{no:02d}" for no in range(1, 14)),
    "P01", "P03", "P04", "P05", "V01", "V02",
)  # fmt: skip


def test_the_catalogue_holds_every_form_of_the_trade_and_a_sample_of_each() -> None:
    assert set(WANTED) <= set(FORMS)
    assert set(contact_sheet.FULL) == set(FORMS)


def test_the_sheet_shows_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {code: FORMS[code] for code in ("F07", "P05", "V02")}
    monkeypatch.setattr(contact_sheet, "FORMS", few)
    assert contact_sheet.made(tmp_path) == 3
    names = {path.name for path in tmp_path.iterdir()}
    assert {"contact.png", "F07_full_1.png", "F07_least_1.png", "V02_least_1.png"} <= names


@pytest.mark.parametrize("code", ONE_OF_SEVERAL)
def test_what_tells_papers_apart_is_a_fact_of_the_form(code: str) -> None:
    assert set(ONE_OF_SEVERAL[code]) <= {item.name for item in fields(FORMS[code].facts)}
