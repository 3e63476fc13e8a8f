"""What scripts rely on: statuses, one JSON object, sentences on standard error, help for all."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from xinfang_desktop.cli import buglog, commands, deadline
from xinfang_desktop.cli.commands import NOUNS

from .conftest import Command

PROMISED = {
    "office": {"create"},
    "demo": {"create"},
    "account": {"add", "set", "list", "disable"},
    "village": {"add", "list"},
    "intake": {"add"},
    "matter": {"list", "show", "do", "can"},
    "haves": {"show", "set"},
    "duties": {""},
    "deadline": {""},
    "calendar": {"import", "show"},
    "ledger": {"import"},
    "mediation": {
        "start", "consent", "accept", "inquiry", "evidence", "agent", "session", "draft",
        "agreement",
        "performance", "court", "follow-up", "fail", "end", "archive", "void", "do", "list",
        "show", "can", "fields",
    },
    "committee": {"add", "list", "member"},
    "form": {"list", "print", "batch"},
    "search": {""},
    "log": {"verify", "rebuild", "show", "proof", "check-paper"},
    "bundle": {"receipt"},
    "selftest": {""},
}  # fmt: skip


@pytest.mark.parametrize("noun", sorted(PROMISED))
def test_the_promised_verbs_are_there(noun: str) -> None:
    module = importlib.import_module(f"xinfang_desktop.cli.{NOUNS[noun].module}")
    assert {verb.name for verb in module.VERBS} >= PROMISED[noun]


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_every_verb_explains_itself(noun: str, run: Command) -> None:
    module = importlib.import_module(f"xinfang_desktop.cli.{NOUNS[noun].module}")
    for verb in module.VERBS:
        words = [noun, verb.name] if verb.name else [noun]
        helped = run(*words, "--help")
        assert helped.status == 0
        assert verb.help in helped.out and "用法：" in helped.out


def test_wrong_usage_is_two_and_chinese(run: Command) -> None:
    for words in (
        ("nonsense",),
        ("matter",),
        ("matter", "nonsense"),
        ("deadline",),
        ("deadline", "--rule", "answer", "--start", "2026-02-30"),
        ("deadline", "--rule", "answer", "--start", "2026-03-10", "--extended", "-1"),
        ("search",),
        ("--nonsense", "search", "x"),
    ):
        said = run(*words)
        assert said.status == 2, words
        assert said.out == ""
        assert any("\u4e00" <= c <= "\u9fff" for c in said.err.splitlines()[0]), words


def test_json_is_understood_wherever_it_stands(run: Command) -> None:
    first = run("--json", "deadline", "--rule", "answer", "--start", "2026-03-10")
    last = run("deadline", "--rule", "answer", "--start", "2026-03-10", "--json")
    assert first.json == last.json


def test_wrong_usage_with_json_is_one_object(run: Command) -> None:
    said = run("--json", "deadline", "--rule", "answer")
    assert said.status == 2
    assert list(said.json) == ["error"]
    assert set(said.error) >= {"code", "sentence", "mend", "article"}
    assert "--start" in said.error["sentence"]


def test_json_is_taken_wherever_it_stands(run: Command) -> None:
    words = ("deadline", "--rule", "notice", "--start", "2026-09-20")
    assert run(*words, "--json").json == run("--json", *words).json


def test_a_deadline_needs_no_store(run: Command, empty_home: Path) -> None:
    said = run("--json", "deadline", "--rule", "notice", "--start", "2026-09-20")
    assert said.status == 0 and said.err == ""
    assert said.json["due_raw"] == "2026-10-05" and said.json["due"] == "2026-10-08"
    assert said.json["steps"][0] == {"date": "2026-09-20", "counted": None, "why": "收到当日不计入"}
    assert said.json["steps"][-1]["date"] == "2026-10-08"
    assert not empty_home.exists()


def test_a_deadline_in_working_days_has_no_raw_date(run: Command) -> None:
    said = run("--json", "deadline", "--rule", "object", "--start", "2026-09-20")
    assert said.json["due_raw"] is None and said.json["due"] == "2026-09-28"


def test_a_refusal_names_its_article(run: Command) -> None:
    words = ("deadline", "--rule", "answer", "--start", "2026-03-10", "--extended", "31")
    said = run("--json", *words)
    assert said.status == 1
    assert "第三十四条" in said.error["article"]
    assert "第三十四条" in run(*words).err


def test_people_get_a_table_on_standard_output(run: Command) -> None:
    said = run("deadline", "--rule", "notice", "--start", "2026-09-20")
    assert said.out.splitlines()[1] == "期限：2026-10-08"


def test_without_an_office_nothing_is_made(run: Command, empty_home: Path) -> None:
    said = run("--json", "--data", empty_home / "data", "matter", "list")
    assert said.status == 3 and said.error["code"] == "no_office"
    assert not empty_home.exists()


def test_our_bug_is_seventy_and_its_log_holds_no_values(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_call: object) -> None:
        name = "王桂芳"
        raise ZeroDivisionError(name)

    verb = deadline.VERBS[0]
    monkeypatch.setattr(deadline, "VERBS", (type(verb)("", verb.help, broken, verb.arguments),))  # type: ignore[arg-type]
    said = run("--json", "deadline", "--rule", "answer", "--start", "2026-03-10")
    assert said.status == 70 and said.error["code"] == "bug"
    assert "Traceback" not in said.out + said.err
    log = (buglog.folder() / buglog.FILE_NAME).read_text("utf-8")
    assert "ZeroDivisionError" in log and "broken" in log and "王桂芳" not in log
    assert str(buglog.folder()) in said.error["mend"]


def test_the_command_speaks_utf8_whatever_the_locale(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "xinfang_desktop", "--json"]
    words += ["deadline", "--rule", "answer", "--start", "2026-03-10"]
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "HOME": str(tmp_path)}
    said = subprocess.run(
        words, capture_output=True, check=False, env=env, cwd=Path(commands.__file__).parents[2]
    )
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout.decode("utf-8"))["article"].startswith("《信访工作条例》")


def test_help_starts_without_database_and_window(tmp_path: Path) -> None:
    code = (
        "import sys; from xinfang_desktop.__main__ import main; main(['--help']);"
        "sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'PySide6', 'reportlab')))"
    )
    root = Path(commands.__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=root)
    assert said.returncode == 0, said.stderr


def test_what_the_system_refuses_is_the_machines_fault(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    words = (
        "--name",
        "青石镇信访办",
        "--code",
        "330100101",
        "--kind",
        "township",
        "--admin",
        "周敏",
    )
    said = run("--data", file / "below", "--json", "office", "create", *words)
    assert said.status == 3
    assert said.error["sentence"] and said.error["mend"]


def test_a_changed_byte_is_named(run: Command, office: Path) -> None:
    database = office / "xinfang.db"
    data = bytearray(database.read_bytes())
    for at in range(4096 * 4, len(data), 4096):
        data[at + 100] ^= 1
    database.write_bytes(data)
    said = run("--data", office, "--user", "周敏", "--json", "log", "verify")
    assert said.status == 4
    assert said.json["ok"] is False and said.json["first_bad"]
    assert said.error["mend"]
