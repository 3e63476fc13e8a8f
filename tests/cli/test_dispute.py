"""``xinfang dispute``: the words of the contract, from the registration to the striking off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.screening import ASSIGNED, EVIDENCE, SETTLED, VERIFIED, dispute

from .conftest import Command

Write = Callable[..., Path]
TODAY = date.today()  # noqa: DTZ011 - the command counts by this PC's clock
DITCH = dispute(found_on=(TODAY - timedelta(days=5)).isoformat())
LATER = (TODAY + timedelta(days=20)).isoformat()


@pytest.fixture
def number(desk: Command, write: Write) -> str:
    """The number of a registered dispute of 柳溪村."""
    desk("village", "add", "330100101201", "柳溪村")
    told = desk("dispute", "add", "--file", write(DITCH, bom=True)).json
    return str(told["number"])


@pytest.fixture
def step(desk: Command, write: Write, number: str) -> Callable[..., Any]:
    """Take a step; the whole answer."""

    def take(action: str, status: int = 0, **data: Any) -> Any:
        words = ["dispute", "do", number, action]
        return desk(*words, "--file", write(data), status=status).json

    return take


def test_adding_answers_what_was_written(desk: Command, write: Write, number: str) -> None:
    told = desk("dispute", "add", "--file", write({**DITCH, "due": LATER})).json
    assert set(told) >= {"dispute", "number", "state"}
    assert (told["state"], told["state_name"]) == ("found", "已发现")
    assert told["number"].endswith("-A0002") and number.endswith("-A0001")
    assert [(d["kind"], d["due"], d["state"]) for d in told["duties"]] == [
        ("settle", LATER, "open")
    ]


def test_the_list_and_its_narrowing(
    desk: Command, write: Write, number: str, step: Callable[..., Any]
) -> None:
    listed = desk("dispute", "list").json
    (row,) = listed["disputes"]
    assert set(row) >= {"number", "village", "category", "state", "found_on"}
    assert (row["number"], row["village"], row["category"]) == (number, "柳溪村", "邻里")
    assert row["found_on"] == DITCH["found_on"] and row["parties"] == ["何**", "欧阳**"]
    assert listed["total"] == 1 and listed["counts"]["open"] == 1
    assert desk("dispute", "list", "--village", "330100101201").json["total"] == 1
    assert desk("dispute", "list", "--text", "排水沟").json["total"] == 1
    assert desk("dispute", "list", "--period", f"{TODAY.year - 2}").json["total"] == 0
    step("settle", **SETTLED)
    assert desk("dispute", "list", "--state", "settled").json["total"] == 1
    assert desk("dispute", "list", "--view", "follow").json["total"] == 1
    assert desk("dispute", "list", "--view", "nonsense", status=2).error["code"]


def test_the_page_masks_people(desk: Command, number: str) -> None:
    said = desk("dispute", "show", number.split("-JF-")[1])
    page = said.json
    assert page["number"] == number and page["grade"] == "一般"
    assert [c["name"] for c in page["confirmations"]] == ["责任落实", "问题查清", "隐患排除"]
    assert page["stages"][0]["stage"] == "发现"
    assert "何冬生" not in said.out and "13907392046" not in said.out
    assert page["timeline"][0]["action"] == "register"


def test_nothing_is_closed_without_each_of_the_three(
    desk: Command, step: Callable[..., Any], number: str
) -> None:
    step("verify", **VERIFIED)
    step("grade")
    step("assign", **{**ASSIGNED, "leader": None, "due": LATER})
    assert step("settle", **SETTLED)["state"] == "settled"
    step("follow", how="visit", situation="沟是通的")
    sentences = {
        "responsibility": "责任不落实不放过：还没有确认责任已经落实。",
        "facts": "问题不查清不放过：还没有确认问题已经查清。",
        "hazard": "隐患不排除不放过：还没有确认隐患已经排除。",
    }
    missing = list(sentences)
    while missing:
        error = step("close", status=1)["error"]
        assert error["code"] == "three_not_confirmed" and "三不放过" in error["article"]
        assert error["sentence"] == "".join(sentences[what] for what in missing)
        assert error["mend"]
        can = {a["action"]: a for a in desk("dispute", "can", number).json["actions"]}
        assert can["close"]["allowed"] is False and can["close"]["missing"] == [error["sentence"]]
        step("confirm", what=missing.pop(0), evidence=EVIDENCE)
    assert step("close")["state"] == "closed"
    assert step("note", status=1, text="x")["error"]["code"] == "wrong_state"
    assert step("reopen", reason="雨后又堵了")["state"] == "open"
    assert desk("log", "verify").json["ok"] and desk("log", "rebuild", "--check").json["ok"]


def test_handing_over_answers_what_was_made(desk: Command, step: Callable[..., Any]) -> None:
    told = step("to_matter", claims=["清沟"])
    (matter,) = told["made"]
    assert desk("matter", "show", matter).json["claims"][0]["text"] == "清沟"
    step("take_back", reason="本人愿意在村里说")
    (mediation,) = step("to_mediation")["made"]
    assert "-TJ-" in mediation


def test_what_a_step_asks_for(desk: Command, number: str) -> None:
    asked = desk("dispute", "fields", number, "confirm").json
    assert [field["name"] for field in asked["fields"]] == [
        "on", "what", "evidence", "confirmed_by",
    ]  # fmt: skip
    assert desk("dispute", "fields", number, "fly", status=1).error["code"] == "unknown_action"


def test_refusals(desk: Command, step: Callable[..., Any], write: Write) -> None:
    assert step("verify", status=1)["error"]["code"] == "field_missing"
    assert step("fly", status=1)["error"]["code"] == "unknown_action"
    assert desk("dispute", "show", "nothing", status=1).error["code"] == "no_dispute"
    wrong = write({**DITCH, "mood": "激动"}, name="wrong.json")
    error = desk("dispute", "add", "--file", wrong, status=1).error
    assert error["code"] == "unknown_field" and "mood" in error["sentence"]


def test_a_clerk_reads_the_page(run: Command, office: Path, number: str) -> None:
    said = run("--data", office, "--user", "周敏", "dispute", "show", number)
    assert said.status == 0
    assert "三不放过：责任落实（未确认）　问题查清（未确认）　隐患排除（未确认）" in said.out
    listed = run("--data", office, "--user", "周敏", "dispute", "list")
    assert "村道排水沟堵塞" in listed.out
