"""``xinfang screening``: rounds opened, returns filed, and who has not reported, by the contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.screening import dispute

from .conftest import Command

Write = Callable[..., Path]
TODAY = date.today()  # noqa: DTZ011 - the command counts by this PC's clock
MONTH = f"{TODAY:%Y-%m}"
BEFORE = f"{TODAY.replace(day=1) - timedelta(days=1):%Y-%m}"
FOUND = dispute(village=None, found_on=TODAY.isoformat())


@pytest.fixture(autouse=True)
def villages(desk: Command) -> None:
    for code, name in (("330100101201", "柳溪村"), ("330100101202", "双井村")):
        desk("village", "add", code, name)


@pytest.fixture
def file_(desk: Command, write: Write) -> Callable[..., Any]:
    """File a return of a village."""

    def take(village: str, *words: str, status: int = 0, **data: Any) -> Any:
        return desk("screening", "return", "--village", village, "--file", write(data), *words,
                    status=status).json  # fmt: skip

    return take


def test_status_assumes_the_standing_round(desk: Command) -> None:
    told = desk("screening", "status", "2026-05").json
    assert set(told) >= {"due", "returned", "zero", "late", "missing"}
    assert (told["due"], told["opened"]) == ("2026-05-29", False)
    assert told["missing"] == ["柳溪村", "双井村"] and told["returned"] == []


def test_returns_zero_returns_and_late_ones(desk: Command, file_: Callable[..., Any]) -> None:
    filed = file_("330100101201", disputes=[FOUND, {**FOUND, "summary": "机井轮灌"}], note="查了")
    assert filed["period"] == MONTH and filed["zero"] is False and len(filed["disputes"]) == 2
    zero = file_("双井", zero=True, period=BEFORE, filed_on=TODAY.isoformat())
    assert zero["zero"] is True and zero["disputes"] == []
    assert zero["late"] is True and zero["late_days"] > 0
    told = desk("screening", "status", BEFORE).json
    assert (told["returned"], told["zero"], told["late"]) == (["双井村"], ["双井村"], ["双井村"])
    assert told["missing"] == ["柳溪村"]
    now = desk("screening", "status", MONTH).json
    assert (now["returned"], now["zero"], now["missing"]) == (["柳溪村"], [], ["双井村"])
    assert desk("dispute", "list").json["total"] == 2


def test_a_return_may_name_its_period_beside_the_file(
    desk: Command, file_: Callable[..., Any]
) -> None:
    filed = file_("柳溪村", "--period", "2026-Q1", zero=True)
    assert (filed["kind"], filed["period"]) == ("quarterly", "2026-Q1")


def test_opening_rounds(desk: Command) -> None:
    made = desk("screening", "open", "--kind", "monthly", "--period", "2026-10").json
    assert (made["due"], made["villages"]) == ("2026-10-30", ["柳溪村", "双井村"])
    special = desk(
        "screening", "open", "--kind", "special", "--period", "2026-06", "--theme", "汛期",
        "--due", "2026-06-15", "--village", "双井村", "--note", "查排洪沟",
    ).json  # fmt: skip
    assert (special["theme"], special["due"], special["villages"]) == (
        "flood", "2026-06-15", ["双井村"],
    )  # fmt: skip
    status = desk("screening", "status", "2026-06", "--kind", "special", "--theme", "汛期").json
    assert (status["opened"], status["missing"]) == (True, ["双井村"])
    again = desk("screening", "open", "--kind", "monthly", "--period", "2026-10", status=1)
    assert again.error["code"] == "round_exists"
    owed = desk("duties").json["duties"]
    assert {d["kind"] for d in owed} == {"screening_return"}
    desk("screening", "open", "--kind", "daily", "--period", "2026-10", status=2)


def test_the_grid_and_reminders(desk: Command, file_: Callable[..., Any]) -> None:
    file_("柳溪村", zero=True)
    desk("screening", "remind", MONTH, "--village", "双井村", "--how", "电话", "--note", "明天报")
    grid = desk("screening", "grid").json
    assert grid["year"] == TODAY.year and len(grid["columns"]) == 12
    cells = {v["name"]: v["cells"][TODAY.month - 1] for v in grid["villages"]}
    assert cells["柳溪村"]["state"] == "zero" and cells["双井村"]["state"] in ("waiting", "missing")
    column = grid["columns"][TODAY.month - 1]
    assert (column["filed"], column["asked"]) == (1, 2)
    refused = desk("screening", "remind", MONTH, "--village", "双井村", "--how", "写信", status=1)
    assert refused.error["code"] == "unknown_choice"


def test_the_sheet_says_what_a_village_has_to_answer(
    desk: Command, write: Write, file_: Callable[..., Any]
) -> None:
    earlier = {**FOUND, "village": "柳溪村"}
    number = desk("dispute", "add", "--file", write(earlier, name="d.json")).json["number"]
    sheet = desk("screening", "sheet", "--village", "柳溪村").json
    assert (sheet["village"], sheet["period"], sheet["state"]) in {
        ("柳溪村", MONTH, "later"), ("柳溪村", MONTH, "waiting"), ("柳溪村", MONTH, "missing"),
    }  # fmt: skip
    assert [row["number"] for row in sheet["carried"]] == [number]
    file_("柳溪村", progress=[{"number": number, "text": "清了一半"}])
    assert desk("dispute", "show", number).json["timeline"][0]["text"] == "清了一半"
    assert desk("screening", "sheet", status=1).error["code"] == "village_missing"


def test_refusals(desk: Command, file_: Callable[..., Any]) -> None:
    error = file_("柳溪村", status=1)["error"]
    assert error["code"] == "empty_return" and "零报告" in error["sentence"]
    both = file_("柳溪村", status=1, zero=True, disputes=[FOUND])["error"]
    assert both["code"] == "zero_with_disputes"
    assert file_("火星村", status=1, zero=True)["error"]["code"] == "no_village"
    assert desk("screening", "status", "九月", status=1).error["code"] == "bad_period"
    assert desk("screening", "status", "2026", status=1).error["code"] == "period_of_series"
    bad = file_("柳溪村", status=1, disputes=[{"category": "邻里"}])["error"]
    assert bad["code"] == "field_missing"


def test_a_clerk_reads_who_is_missing(run: Command, office: Path) -> None:
    said = run("--data", office, "--user", "周敏", "screening", "status", "2026-05")
    assert "没有报的：柳溪村、双井村" in said.out
    grid = run("--data", office, "--user", "周敏", "screening", "grid", "--year", "2026")
    assert "村（社区）" in grid.out and "双井村" in grid.out
