"""Words, names and files that nobody should write: one sentence, the right status, nothing kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Command

Write = Callable[..., Path]

BIDI = "\u202e反"
NOT_TEXT = "\udcff"
"""What Linux makes of a byte among the words that is no UTF-8."""


@pytest.mark.parametrize(
    "words",
    [
        ("matter", "show", NOT_TEXT),
        ("matter", "list", "--owner", NOT_TEXT),
        ("log", "show", NOT_TEXT),
        ("search", NOT_TEXT),
        ("account", "add", NOT_TEXT, "--role", "officer"),
    ],
)
def test_words_that_are_no_text_are_wrong_usage(desk: Command, words: tuple[str, ...]) -> None:
    refused = desk(*words, status=2)
    assert "UTF-8" in refused.error["mend"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("account", "add", BIDI, "--role", "officer"), "control_character"),
        (("village", "add", "330100101001", BIDI), "control_character"),
        (("staff", "add", BIDI), "control_character"),
        (("staff", "add", "何建平", "--title", "\x1b[31m"), "control_character"),
        (("staff", "add", "何建平", "--phone", "1" * 61), "too_long"),
        (("matter", "list", "--village", "没有村"), "no_village"),
        (("matter", "list", "--channel", "飞鸽"), "unknown_code"),
        (("calendar", "show", "9999"), "date_out_of_range"),
        (("deadline", "--rule", "answer", "--start", "9999-12-31"), "date_out_of_range"),
        (("deadline", "--rule", "answer", "--start", "0001-01-01"), "date_out_of_range"),
        (("deadline", "--rule", "answer", "--start", "2099-12-31"), "date_out_of_range"),
    ],
)
def test_what_no_office_has_is_refused_by_name(
    desk: Command, words: tuple[str, ...], code: str
) -> None:
    refused = desk(*words, status=1)
    assert refused.error["code"] == code and refused.error["mend"]


def test_a_list_is_narrowed_by_code_or_chinese_name(desk: Command, write: Write) -> None:
    desk("village", "add", "330100101001", "柳溪村")
    visit = {"channel": "来访", "received_on": "2026-03-10", "claims": ["修路"]}
    made = desk("intake", "add", "--file", write({**visit, "village": "柳溪村"})).json
    for words in (
        ("--village", "柳溪村"), ("--village", "330100101001"), ("--channel", "来访"),
        ("--channel", "visit"),
    ):  # fmt: skip
        found = desk("matter", "list", *words).json["matters"]
        assert [matter["number"] for matter in found] == [made["number"]], words
    assert desk("matter", "list", "--channel", "来信").json["matters"] == []


def test_a_number_in_full_width_is_the_same_number(desk: Command, write: Write) -> None:
    visit = {"channel": "来访", "received_on": "2026-03-10", "claims": ["修路"]}
    number: str = desk("intake", "add", "--file", write(visit)).json["number"]
    typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in number)
    assert desk("matter", "show", typed).json["number"] == number


def test_an_unknown_name_among_choices_is_quoted_once(desk: Command) -> None:
    refused = desk("haves", "set", "1", "甲", "--file", "x", status=2)
    assert "“甲”" in refused.error["sentence"]
    assert "…" not in desk("matter", status=2).error["sentence"]


LEDGER = "来访日期,姓名,反映问题\n"


def put(folder: Path, name: str, rows: str) -> Path:
    path = folder / name
    path.write_text(LEDGER + rows, encoding="utf-8")
    return path


def test_an_error_workbook_never_takes_the_place_of_the_ledger_or_the_keys(
    desk: Command, office: Path, tmp_path: Path
) -> None:
    ledger = put(tmp_path, "来访.csv", "2026-02-31,王桂芳,修路\n")
    link = tmp_path / "link"
    link.symlink_to(office)
    for out, code in (
        (ledger, "same_file"),
        (office / "keys.json", "inside_data"),
        (link / "new.xlsx", "inside_data"),
        (Path(), "not_a_file"),
    ):
        status = 3 if code == "not_a_file" else 1
        refused = desk("ledger", "import", ledger, "--dry-run", "--errors", out, status=status)
        assert refused.error["code"] == code
    assert ledger.read_text(encoding="utf-8").startswith(LEDGER)
    assert sorted(p.name for p in office.iterdir()) == ["keys.json", "xinfang.db"]
    desk("matter", "list")


def test_a_name_of_any_bytes_is_kept_as_it_can_be_shown(desk: Command, tmp_path: Path) -> None:
    named = put(tmp_path, "来访\x1b\u202e.csv", "2026-03-10,王桂芳,修路\n")
    desk("ledger", "import", named)
    assert desk("ledger", "batches").json["batches"][0]["file"] == "来访��.csv"


def test_invisible_characters_of_a_ledger_are_left_behind(desk: Command, tmp_path: Path) -> None:
    ledger = put(tmp_path, "来访.csv", "2026-03-10,\u202e王\u2066桂芳,修\u202e路\u2069好\n")
    desk("ledger", "import", ledger)
    (matter,) = desk("matter", "list").json["matters"]
    assert matter["title"] == "修路好"


def test_a_ledger_of_which_no_row_can_be_used_is_not_called_known(
    desk: Command, tmp_path: Path
) -> None:
    ledger = put(tmp_path, "来访.csv", "2026-02-31,王桂芳,修路\n")
    said = desk("ledger", "import", ledger)
    assert said.json["imported"] == 0 and "没有一行能导入" in said.err
    assert desk("ledger", "import", put(tmp_path, "空.csv", ""), status=6).json["rows"] == 0


def test_papers_are_never_put_among_the_data(
    desk: Command, office: Path, write: Write, tmp_path: Path
) -> None:
    visit = {"channel": "来访", "received_on": "2026-03-10", "claims": ["修路"]}
    number = desk("intake", "add", "--file", write(visit)).json["number"]
    before = {path: path.read_bytes() for path in office.glob("*.json")}
    for words in (
        ("print", "F01", number, "--out", office / "keys.json"),
        ("print", "F01", number, "--out", office / "papers" / "F01.pdf"),
        ("batch", "F01", "--state", "S10", "--out", office),
    ):
        assert desk("form", *words, status=1).error["code"] == "inside_data"
    assert desk("form", "print", "F01", number, "--out", tmp_path, status=3).error["mend"]
    if hasattr(os, "mkfifo"):  # a device would be pushed aside by the finished file
        os.mkfifo(tmp_path / "pipe")
        refused = desk("form", "print", "F01", number, "--out", tmp_path / "pipe", status=3)
        assert refused.error["code"] == "not_a_file" and (tmp_path / "pipe").is_fifo()
    for wrong, code in (
        (tmp_path / "in.json" / "x.pdf", "not_a_folder"),
        ("长" * 99, "name_too_long"),
    ):
        refused = desk("form", "print", "F01", number, "--out", tmp_path / wrong, status=3)
        assert refused.error["code"] == code
    assert {path: path.read_bytes() for path in office.glob("*.json")} == before
    assert desk("matter", "show", number).json["documents"] == []


def test_help_is_one_object_too_where_json_is_asked_for(run: Command) -> None:
    for words in (("--help",), ("--version",), ("matter", "--help")):
        said = run("--json", *words)
        assert said.status == 0 and list(said.json) == ["help"]


def test_a_name_too_long_for_the_system_is_a_chinese_sentence(run: Command) -> None:
    said = run("--json", "--data", "长" * 5000, "--user", "周敏", "matter", "list")
    assert said.status == 3 and "文件名太长" in said.error["sentence"]


def test_a_million_strange_keys_are_answered_soon(desk: Command, write: Write) -> None:
    strange = write({f"k{n}": n for n in range(400_000)})
    assert desk("intake", "add", "--file", strange, status=1).error["code"] == "unknown_field"
