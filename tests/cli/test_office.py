"""Setting up an office and its people from the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Command

CREATE = ("office", "create", "--name", "青石镇信访办", "--kind", "township", "--admin", "周敏")


def test_an_office_is_created_and_signed_in_to(run: Command, tmp_path: Path) -> None:
    home = tmp_path / "data"
    made = run("--data", home, "--json", *CREATE, "--code", "330100101")
    assert made.status == 0
    assert set(made.json) >= {"office", "site", "fingerprint", "recovery_code"}
    assert made.json["office"] == "青石镇信访办"
    listed = run("--data", home, "--user", "周敏", "--json", "account", "list")
    assert listed.json["accounts"][0]["roles"] == ["admin", "officer"]
    again = run("--data", home, "--json", *CREATE, "--code", "330100101")
    assert again.status == 1 and again.error["code"] == "not_empty"


def test_a_refused_office_leaves_nothing_behind(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "data"
    short = run("--data", home, "--json", *CREATE, "--code", "3301")
    assert short.status == 1 and short.error["code"] == "office_code"
    monkeypatch.setenv("XINFANG_PASSWORD", "1234")
    weak = run("--data", home, "--json", *CREATE, "--code", "330100101")
    assert weak.status == 1 and "密码" in weak.error["sentence"]
    assert not home.exists()


def test_a_wrong_password_says_so_and_writes_nothing(
    run: Command, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _contents(office)
    monkeypatch.setenv("XINFANG_PASSWORD", "not-this-one-7")
    said = run("--data", office, "--json", "village", "list")
    assert said.status == 3 and said.error["code"] == "wrong_password"
    assert _contents(office) == before


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_no_password_and_no_terminal(
    run: Command, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XINFANG_PASSWORD")
    said = run("--data", office, "--json", "village", "list")
    assert said.status == 3 and said.error["code"] == "no_password"


def test_accounts(
    desk: Command, run: Command, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("village", "add", "330100101001", "柳溪村")
    made = desk("account", "add", "刘志远", "--role", "leader,supervisor").json
    assert made["roles"] == ["leader", "supervisor"] and len(made["password"]) >= 16
    desk("account", "add", "何建平", "--role", "liaison", "--village", "柳溪村")
    refused = desk("account", "add", "王桂芳", "--role", "liaison", status=1)
    assert refused.error["code"] == "liaison_without_village"
    assert (
        desk("account", "add", "王桂芳", "--role", "king", status=1).error["code"] == "unknown_role"
    )

    monkeypatch.setenv("XINFANG_PASSWORD", made["password"])
    forbidden = run("--data", office, "--user", "刘志远", "--json", "account", "list")
    assert forbidden.status == 1 and forbidden.error["code"] == "not_permitted"
    unnamed = run("--data", office, "--json", "account", "list")
    assert unnamed.status == 3 and unnamed.error["code"] == "no_user"


def test_the_first_password_of_another_may_be_given(
    desk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINFANG_NEW_PASSWORD", "liuxi-2026-Tea")
    assert "password" not in desk("account", "add", "刘志远", "--role", "leader").json


def test_a_disabled_account_is_shut_out(
    desk: Command, run: Command, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = desk("account", "add", "刘志远", "--role", "leader").json["password"]
    assert desk("account", "set", "刘志远", "--role", "officer").json["roles"] == ["officer"]
    assert desk("account", "disable", "刘志远").json["disabled"]
    monkeypatch.setenv("XINFANG_PASSWORD", password)
    assert run("--data", office, "--user", "刘志远", "--json", "village", "list").status == 3


def test_villages_and_staff(desk: Command) -> None:
    desk("village", "add", "330100101002", "大塘村")
    desk("village", "add", "330100101001", "柳溪村")
    assert desk("village", "list").json["villages"] == [
        {"code": "330100101001", "name": "柳溪村"},
        {"code": "330100101002", "name": "大塘村"},
    ]
    assert desk("village", "add", "33", "石桥村", status=1).error["code"] == "village_code"
    desk("staff", "add", "刘志远", "--title", "副镇长", "--may-sign")
    names = {p["name"]: p["may_sign"] for p in desk("staff", "list").json["staff"]}
    assert names["刘志远"] is True


def test_the_offices_own_data(desk: Command, write: object) -> None:
    path = write({"doc_prefix": "青信", "late_after": "raw"})  # type: ignore[operator]
    assert desk("office", "set", "--file", path).json == {"changed": ["doc_prefix", "late_after"]}
    assert desk("office", "show").json["doc_prefix"] == "青信"
    wrong = write({"docprefix": "青信"})  # type: ignore[operator]
    assert desk("office", "set", "--file", wrong, status=1).error["code"] == "unknown_field"


def test_passwords_are_changed_and_recovered(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "data"
    code = run("--data", home, "--json", *CREATE, "--code", "330100101").json["recovery_code"]
    monkeypatch.setenv("XINFANG_NEW_PASSWORD", "qingshan-Tea-88")
    assert run("--data", home, "account", "password").status == 0
    assert run("--data", home, "--json", "village", "list").error["code"] == "wrong_password"
    monkeypatch.setenv("XINFANG_RECOVERY_CODE", code)
    monkeypatch.setenv("XINFANG_NEW_PASSWORD", "dahe-Bridge-77")
    assert run("--data", home, "account", "recover", "周敏").status == 0
    monkeypatch.setenv("XINFANG_PASSWORD", "dahe-Bridge-77")
    assert run("--data", home, "village", "list").status == 0
    monkeypatch.setenv("XINFANG_RECOVERY_CODE", "AAAA" + code[4:])
    assert run("--data", home, "--json", "account", "recover", "周敏").status in (1, 3)
