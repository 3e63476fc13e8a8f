"""Papers from the command: catalogue, one, many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from .conftest import Command

Write = Callable[..., Path]


@pytest.fixture
def accepted(desk: Command, write: Write) -> str:
    """An accepted visit of a person with a rare name."""
    visit = {
        "channel": "来访",
        "received_on": date.today().isoformat(),  # noqa: DTZ011 - the command's own clock
        "claims": ["尽快清理后山路塌方", "赔偿被压坏的三轮车 & 农具"],
        "parties": [{"name": "䶮㛃", "phone": "13900001234"}],
    }
    desk("office", "set", "--file", write({"doc_prefix": "青信", "organ": "青石镇人民政府"}))
    number: str = desk("intake", "add", "--file", write(visit)).json["number"]
    desk("matter", "do", number, "claim", "--file", write({"handler": "周敏", "no_interest": True}))
    desk("matter", "do", number, "accept", "--file", write({"handler": "周敏"}))
    return number


def test_the_catalogue_needs_no_store(run: Command, empty_home: Path) -> None:
    forms = {f["code"]: f for f in run("--json", "form", "list").json["forms"]}
    wanted = ("F01", "F02", "F03", "F05", "F06", "F07", "F08", "F11", "F13", "F16", "F19", "F25")
    assert {*wanted, "V01", "V02"} <= set(forms)
    assert forms["F07"] == {"code": "F07", "name": "信访事项受理告知书", "subject": "matter"}
    assert not empty_home.exists()


def test_a_paper_is_made_once_and_numbered(desk: Command, accepted: str, tmp_path: Path) -> None:
    out = tmp_path / "new" / "F07.pdf"
    made = desk("form", "print", "F07", accepted, "--out", out).json
    assert set(made) >= {"document", "number", "pages", "sha256", "warnings"}
    assert made["number"].startswith("青信") and made["pages"] == 1
    assert hashlib.sha256(out.read_bytes()).hexdigest() == made["sha256"]
    again = desk("form", "print", "F07", accepted, "--out", out).json
    assert again["number"] == made["number"], "a printed number never changes"
    assert [d["form"] for d in desk("matter", "show", accepted).json["documents"]] == ["F07", "F07"]


def test_refusals_leave_no_file(desk: Command, accepted: str, write: Write, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    early = desk("form", "print", "F19", accepted, "--out", out, status=1)
    assert early.error["mend"]
    assert (
        desk("form", "print", "F99", accepted, "--out", out, status=1).error["code"]
        == "unknown_form"
    )
    wrong = write({"petitoner": "x"})
    changed = desk("form", "print", "F07", accepted, "--out", out, "--file", wrong, status=1)
    assert changed.error["code"] == "unknown_field"
    assert not out.exists()
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    assert desk("form", "print", "F07", accepted, "--out", blocked / "x.pdf", status=3)
    assert desk("matter", "show", accepted).json["documents"] == []


def test_a_batch_prints_a_state(desk: Command, accepted: str, tmp_path: Path) -> None:
    done = desk("form", "batch", "F07", "--state", "已受理", "--out", tmp_path / "out").json
    assert done["cancelled"] is False and done["skipped"] == []
    assert [Path(name).read_bytes()[:5] for name in done["files"]] == [b"%PDF-"]
    assert {p.suffix for p in (tmp_path / "out").iterdir()} == {".pdf"}


def test_the_day_sheet_needs_no_matter(desk: Command, accepted: str, tmp_path: Path) -> None:
    made = desk("form", "print", "D01", "--out", tmp_path / "day.pdf").json
    assert made["pages"] == 1


def test_what_to_look_at_before_printing(desk: Command, accepted: str) -> None:
    offered = {f["code"]: f for f in desk("form", "offers", accepted).json["forms"]}
    assert offered["F07"]["allowed"] and not offered["F19"]["allowed"]
    assert offered["F19"]["why"]
    looked = desk("form", "check", "F07", accepted).json
    assert looked["blocked"] is False
    assert {"unit", "accepted_on"} <= {field["name"] for field in looked["fields"]}


def test_the_list_holds_every_form_of_the_trade(run: Command) -> None:
    listed = {form["code"]: form["subject"] for form in run("--json", "form", "list").json["forms"]}
    wanted = {
        *(f"F{no:02d}" for no in range(1, 39)), *(f"M{no:02d}" for no in range(1, 14)),
        *(f"P{no:02d}" for no in range(1, 6)), "V01", "V02",
    }  # fmt: skip
    assert wanted <= set(listed)
    assert set(listed.values()) == {"matter", "dispute", "mediation", "round", "office"}


def test_the_ledger_of_a_period_is_a_form_too(desk: Command, tmp_path: Path) -> None:
    out = tmp_path / "台账.pdf"
    made = desk("form", "print", "p02", "2026-05", "--out", out).json
    assert made["pages"] == 1 and out.read_bytes().startswith(b"%PDF")
    assert made["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert desk("form", "print", "P02", "--out", out, status=1).error["mend"]
