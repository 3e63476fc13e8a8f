"""The program proves that it works, and says so when it does not."""

from __future__ import annotations

import pytest

from xinfang_desktop.cli import selftest

from .conftest import Command


def test_everything_works_here(run: Command) -> None:
    said = run("--json", "selftest")
    assert said.status == 0, said.out
    assert said.json["ok"] is True
    assert [check["name"] for check in said.json["checks"]] == [c[0] for c in selftest.CHECKS]
    assert {"xinfang", "python", "sqlcipher3", "PySide6_Essentials"} <= set(said.json["versions"])
    assert set(said.json["fonts"]) == {"仿宋", "小标宋", "黑体", "楷体", "宋体"}


def test_a_failed_check_is_the_machines_fault(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_trial: selftest.Trial) -> str:
        raise selftest.NotAsExpected("磁盘满了")

    first, second = selftest.CHECKS[0], selftest.CHECKS[1]
    monkeypatch.setattr(selftest, "CHECKS", (first, ("store", "数据库", broken), second))
    said = run("--json", "selftest")
    assert said.status == 3 and said.error["code"] == "selftest"
    assert [check["ok"] for check in said.json["checks"]] == [True, False]
    assert "磁盘满了" in said.json["checks"][1]["said"]
