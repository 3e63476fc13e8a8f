"""``bundle receipt``, ``log proof``, ``log check-paper``: papers for those who script the exchange."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import OFFICE
from tests.factories import PASSWORD as TOWN_PASSWORD
from tests.neighbours import Neighbours
from tests.printing.reading import read

from .conftest import Command, Ran


@pytest.fixture
def town(run: Command, three: Neighbours, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command as 周敏 of the township."""
    monkeypatch.setenv("XINFANG_PASSWORD", TOWN_PASSWORD)
    return lambda *words: run("--data", three.town, "--user", OFFICE.admin, "--json", *words)


def test_a_receipt_is_written(town: Callable[..., Ran], three: Neighbours, tmp_path: Path) -> None:
    out = tmp_path / "交接单.pdf"
    done = town("bundle", "receipt", three.first.name, "--out", out)
    assert done.status == 0 and done.json == {"form": "X02", "out": str(out), "pages": 1}
    assert three.first.name in read(out.read_bytes())
    refused = town("bundle", "receipt", "别的.xfb", "--out", out)
    assert refused.status == 1 and refused.error["code"] == "no_bundle"


def test_a_proof_is_written_and_found_again(town: Callable[..., Ran], tmp_path: Path) -> None:
    out = tmp_path / "存证.pdf"
    assert town("log", "proof", "--out", out).status == 0
    digest = "".join(re.findall(r"[0-9a-f]{8}", read(out.read_bytes()))[:8])
    found = town("log", "check-paper", digest)
    assert found.status == 0 and found.json["found"] and found.json["lines"]
    missing = town("log", "check-paper", "ab" * 32)
    assert missing.status == 4 and missing.error["code"] == "not_in_log"
    assert not missing.json["found"] and missing.error["mend"]
    wrong = town("log", "check-paper", "不是")
    assert wrong.status == 1 and wrong.error["code"] == "not_a_digest"
