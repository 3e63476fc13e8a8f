"""Ledgers through the command: dry run, import, again, undo, and what is no ledger."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from xinfang_desktop.__main__ import LEDGER_WORKER
from xinfang_desktop.ledgers import worker

from .conftest import Command

LEDGER = """\
青石镇2026年来电登记台账,,,,
序号,来电时间,来电人,来电号码,反映内容
1,2026-03-02,王桂芳,13900001111,后山路塌方要求清理
2,2026年3月5日,何建平,13900002222,自来水经常停水
3,去年某天,刘志远,13900003333,低保申请没有答复
,,,,
合计,3件,,,
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "来电.csv"
    path.write_bytes(LEDGER.encode("gb18030"))
    return path


def test_a_dry_run_reports_and_writes_nothing(desk: Command, ledger: Path, tmp_path: Path) -> None:
    errors = tmp_path / "问题.xlsx"
    report = desk("ledger", "import", ledger, "--dry-run", "--errors", errors).json
    assert set(report) >= {
        *("rows", "imported", "skipped_known", "problems", "zero_reports", "dropped_columns"),
        *("created_villages", "mapping"),
    }
    problem = next(p for p in report["problems"] if p["code"].startswith("date"))
    assert (problem["row"], problem["no"], problem["value"]) == (5, 3, "去年某天")
    assert problem["column"] and problem["why"]
    assert zipfile.is_zipfile(errors)
    assert desk("matter", "list").json["total"] == 0


def test_importing_again_adds_nothing_and_undo_takes_it_back(desk: Command, ledger: Path) -> None:
    first = desk("ledger", "import", ledger).json
    assert first["rows"] == 3 and first["imported"] >= 2
    listed = desk("matter", "list").json
    assert listed["total"] == first["imported"]
    again = desk("ledger", "import", ledger, status=6).json
    assert again["imported"] == 0 and again["skipped_known"] == first["imported"]
    batches = desk("ledger", "batches").json["batches"]
    assert [b["batch"] for b in batches] == [first["batch"]]
    desk("ledger", "undo", first["batch"])
    assert desk("matter", "list").json["total"] == 0
    assert desk("ledger", "undo", first["batch"], status=1).error["code"] == "no_batch"
    assert desk("log", "verify").json["ok"] and desk("log", "rebuild", "--check").json["ok"]


def test_history_owes_no_four_haves(desk: Command, ledger: Path) -> None:
    desk("ledger", "import", ledger)
    assert not [d for d in desk("duties").json["duties"] if d["kind"].startswith("haves")]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("空.csv", b"", 4),
        ("截断.xlsx", b"PK\x03\x04" + b"\x00" * 40, 4),
        ("不是表.xlsx", "这不是表格".encode(), 1),
        ("图片.csv", bytes(range(256)) * 20, 4),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(
    desk: Command,
    run: Command,
    office: Path,
    tmp_path: Path,
    name: str,
    data: bytes,
    status: int,
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    said = run("--data", office, "--user", "周敏", "--json", "ledger", "import", path)
    assert said.status == status, said.out
    assert said.error["sentence"] and said.error["mend"]
    assert desk("ledger", "batches").json["batches"] == []


def test_a_missing_file_is_the_machines_fault(desk: Command, tmp_path: Path) -> None:
    assert desk("ledger", "import", tmp_path / "没有.xlsx", status=3).error["mend"]


def test_the_built_program_can_read_in_a_child_process(tmp_path: Path) -> None:
    assert LEDGER_WORKER == worker.FLAG
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"PK\x03\x04")
    root = Path(worker.__file__).parents[2]
    command = [sys.executable, "-m", "xinfang_desktop", LEDGER_WORKER, str(path)]
    answer = subprocess.run(command, capture_output=True, check=False, cwd=root)
    assert json.loads(answer.stdout)["refused"] == "damaged"


@pytest.mark.parametrize(
    "name", ["来信来访登记台账.xlsx", "来电一览表.csv", "矛盾纠纷排查台账.xlsx"]
)
def test_ledgers_as_townships_keep_them(desk: Command, shared_data: Path, name: str) -> None:
    path = shared_data / "ledgers" / name
    expected = json.loads(path.with_name(name + ".expected.json").read_text("utf-8"))
    report = desk("ledger", "import", path).json
    assert report["kind"] == expected["kind"]
    assert report["imported"] == len(expected["rows"])
    wanted = {(p["no"], p["field"], p["why"]) for p in expected["problems"]}
    assert {(p["no"], p["field"], p["code"]) for p in report["problems"]} == wanted
    zeros = [(z["village"], z["period"]) for z in expected.get("zero_reports", [])]
    assert [(z["village"], z["period"]) for z in report["zero_reports"]] == zeros
    assert desk("ledger", "import", path, status=6).json["imported"] == 0
    if expected["kind"] == "disputes":
        disputes = desk("dispute", "list").json["disputes"]
        assert len(disputes) == len(expected["rows"])
        assert desk("dispute", "show", disputes[0]["number"]).json["village"]


def test_columns_are_told_once_in_a_file_and_then_known(desk: Command, tmp_path: Path) -> None:
    def ledger(name: str, row: str) -> Path:
        path = tmp_path / name
        path.write_text(f"哪天,谁来的,啥事,稳控责任人\n{row},张某\n", "utf-8")
        return path

    march = ledger("三月.csv", "2026-03-02,王桂芳,路灯不亮")
    april = ledger("四月.csv", "2026-04-03,何小梅,水渠堵塞")
    assert desk("ledger", "import", march, status=1).error["code"] == "no_header"
    told = tmp_path / "对应.json"
    told.write_text('{"哪天": "登记日期", "谁来的": "name", "啥事": "detail"}', "utf-8")
    first = desk("ledger", "import", march, "--map", told, "--channel", "来访").json
    assert (first["imported"], first["dropped_columns"]) == (1, ["稳控责任人"])
    second = desk("ledger", "import", april).json
    assert second["imported"] == 1 and second["mapping"]["remembered"]
    assert desk("matter", "list").json["total"] == 2
    desk("ledger", "import", march, "--map", told, "--profile", "我镇", status=6)
    named = desk("ledger", "import", april, "--profile", "我镇", "--dry-run").json
    assert named["mapping"]["profile"] == "我镇" and not named["mapping"]["remembered"]


def test_a_mapping_that_does_not_fit_is_refused_in_words(
    desk: Command, ledger: Path, tmp_path: Path
) -> None:
    told = tmp_path / "对应.json"
    for body, code in (
        ('{"没有": "姓名"}', "unknown_column"),
        ('{"来电人": ["姓名"]}', "profile_unknown_field"),
        ('["来电人"]', "not_object"),
    ):
        told.write_text(body, "utf-8")
        error = desk("ledger", "import", ledger, "--map", told, status=1).error
        assert error["code"] == code and error["mend"]
    assert desk("matter", "list").json["total"] == 0
