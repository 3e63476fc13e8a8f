"""``xinfang note``: the village diary by the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Command

Write = Callable[..., Path]

NOTE: dict[str, Any] = {
    "village": "柳溪村", "sort": "恳谈日", "topic": "饮水", "headcount": 9, "on": "2026-05-12",
    "text": "四组每周停水两次，要求提前一天通知。",
    "promises": [{"what": "换加压泵", "due": "2026-05-30", "by": "何建平"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def village(desk: Command) -> None:
    desk("village", "add", "330100101201", "柳溪村")


def test_a_note_is_written_kept_and_handed_on(desk: Command, write: Write) -> None:
    made = desk("note", "add", "--file", write(NOTE)).json
    assert made["village"] == "柳溪村"
    assert [(d["kind"], d["due"], d["owner"]) for d in made["duties"]] == [
        ("promise", "2026-05-30", "何建平")
    ]
    listed = desk("note", "list", "--open", "--sort", "talk", "--period", "2026-05").json
    assert listed["total"] == 1
    row = listed["notes"][0]
    assert (row["id"], row["topic"], row["headcount"]) == (made["note"], "饮水", 9)
    assert row["promises"][0]["kept_on"] is None
    kept = desk(
        "note", "keep", made["note"], 1, "--content", "换好了", "--on", "2026-05-29"
    ).json  # fmt: skip
    assert kept["duties"][0]["state"] == "done"
    assert desk("note", "list", "--open").json == {"notes": [], "total": 0}
    dispute = write({"category": "其他", "summary": "停水不通知"}, name="d.json")
    number = desk("note", "to-dispute", made["note"], "--file", dispute).json["number"]
    shown = desk("note", "show", made["note"]).json
    assert (shown["dispute"], shown["open_promises"]) == (number, 0)
    assert [step["action"] for step in shown["timeline"]] == ["to_dispute", "fulfil", "register"]
    links = desk("dispute", "show", number).json["links"]
    assert [(link["case"], link["number"]) for link in links] == [("village_note", made["note"])]


def test_a_wrong_page_is_written_anew(desk: Command, write: Write) -> None:
    made = desk("note", "add", "--file", write(NOTE)).json["note"]
    again = write({**NOTE, "headcount": 11}, name="again.json")
    right = desk("note", "correct", made, "--file", again, "--reason", "人数记错").json["note"]
    assert [n["id"] for n in desk("note", "list").json["notes"]] == [right]
    old = desk("note", "show", made).json
    assert (old["voided"], old["corrected_by"]) == (True, right)


def test_a_note_about_a_person_is_refused_with_what_to_write(desk: Command, write: Write) -> None:
    said = desk("note", "add", "--file", write({**NOTE, "text": "该户情绪不稳定"}), status=1)
    assert said.error["code"] == "about_persons"
    assert "该户情绪" in said.error["sentence"] and "例如" in said.error["mend"]
    assert "个人信息保护法" in said.error["article"]


def test_a_note_that_is_not_there(desk: Command) -> None:
    assert desk("note", "show", "nothing", status=1).error["code"] == "no_note"


def test_a_clerk_reads_the_note(run: Command, office: Path, desk: Command, write: Write) -> None:
    made = desk("note", "add", "--file", write(NOTE)).json["note"]
    said = run("--data", office, "--user", "周敏", "note", "show", made)
    assert "恳谈日　饮水　到会 9 人" in said.out
    assert "承诺 1：换加压泵，何建平，2026-05-30 前（未办）" in said.out
