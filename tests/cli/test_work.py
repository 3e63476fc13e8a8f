"""``xinfang work`` as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .conftest import ADMIN, Command

DAY = {"on": "2099-09-28", "leader": "刘志远", "place": "镇信访接待室", "slots": 1}


def test_a_day_is_written_booked_listed_and_shown(
    office: Path, run: Command, write: Callable[..., Path]
) -> None:
    at = ("--data", office, "--user", ADMIN, "--json", "work")
    made = run(*at, "add", "接访日程", "--file", write(DAY, name="day.json"))
    assert made.status == 0, made.err + made.out
    number = made.json["number"]
    assert made.json["duties"][0]["kind"] == "work"
    booked = write({"subject": "低保", "visitor": "王桂芳"}, name="book.json")
    assert run(*at, "do", number, "book", "--file", booked).status == 0
    full = run(*at, "do", number, "book", "--file", booked)
    assert (full.status, full.error["code"]) == (1, "slots_full")
    assert run(*at, "list", "reception_day").json["total"] == 1
    assert "王桂芳" not in run(*at, "show", number).out
    assert "王桂芳" in run(*at, "reveal", number, "--reason", "通知改期").out
    moved = run(
        *at, "amend", number, "--file", write({"slots": 2}, name="s.json"), "--reason", "加"
    )
    assert moved.status == 0
    offers = {o["action"]: o["allowed"] for o in run(*at, "can", number).json["actions"]}
    assert offers["book"] and not offers["held"]
    assert [f["name"] for f in run(*at, "fields", number, "unbook").json["fields"]][1] == "no"
    rows = run(*at, "registers").json["registers"]
    assert next(r for r in rows if r["key"] == "reception_day")["open"] == 1


def test_the_timetable_is_a_paper_and_a_review_needs_closed_files(
    office: Path, run: Command, tmp_path: Path
) -> None:
    at = ("--data", office, "--user", ADMIN, "--json")
    out = tmp_path / "F38.pdf"
    said = run(*at, "form", "print", "F38", "2026-W30", "--out", out)
    assert said.status == 0, said.out
    assert out.read_bytes().startswith(b"%PDF")
    drawn = run(*at, "work", "draw", "--period", "2026", "--count", "3", "--seed", "7")
    assert (drawn.status, drawn.error["code"]) == (1, "nothing_to_draw")
    none = run(*at, "work", "list", "第三方名册")
    assert none.json == {"items": [], "total": 0}


def test_the_columns_of_a_register_and_a_file_of_a_line(
    office: Path, run: Command, write: Callable[..., Path]
) -> None:
    at = ("--data", office, "--user", ADMIN, "--json", "work")
    asked = {field["name"]: field for field in run(*at, "columns", "training").json["fields"]}
    assert asked["what"]["required"] and "kind" in asked
    number = run(*at, "add", "training", "--file", write({"what": "受理程序"})).json["number"]
    said = run(*at, "attach", number, write({"x": 1}, name="minutes.json"))
    assert said.json["name"] == "minutes.json"
    assert [a["name"] for a in run(*at, "show", number).json["attachments"]] == ["minutes.json"]
