"""The practice office, made by the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Command


def test_one_account_per_role_and_matters_to_practise_on(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "demo"
    made = run("--data", home, "--json", "demo", "create", "--matters", 6, "--today", "2026-11-20")
    assert made.status == 0, made.err
    users = made.json["users"]
    assert sorted(u["role"] for u in users) == [
        *("admin", "leader", "liaison", "officer", "sealed", "supervisor")
    ]
    assert len({u["password"] for u in users}) == len(users)
    officer = next(u for u in users if u["role"] == "officer")
    monkeypatch.setenv("XINFANG_PASSWORD", officer["password"])
    signed_in = ("--data", home, "--user", officer["name"], "--json")
    assert run(*signed_in, "matter", "list").json["total"] == 6, "two of them sealed"
    assert run(*signed_in, "office", "show").json["practice"] is True
    assert run(*signed_in, "log", "verify").json["ok"] is True
    again = run("--data", home, "--json", "demo", "create")
    assert again.status == 1 and again.error["code"] == "not_empty"


def test_the_benchmarks_answer_every_row(run: Command) -> None:
    said = run("--json", "bench", "search", "--size", 3)
    assert said.status == 0
    names = [row["name"] for row in said.json["results"]]
    assert names == ["search.han", "search.one", "search.pinyin"]
    assert all(row["ok"] == (row["ratio"] <= row["target"]) for row in said.json["results"])
    assert run("--json", "bench", "nonsense").status == 2
