"""A visit from registration to the steps it allows, through the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from .conftest import Command

Write = Callable[..., Path]
TODAY = date.today()  # noqa: DTZ011 - the command counts by this PC's clock

VISIT: dict[str, Any] = {
    "channel": "来访",
    "received_on": TODAY.isoformat(),
    "claims": ["尽快清理后山路塌方，恢复通车", {"text": "赔偿被压坏的三轮车", "facts": "夜里塌方"}],
    "parties": [{"name": "王桂芳", "phone": "13900001234", "address": "柳溪村五组"}],
    "village": "柳溪村",
    "place": "五组",
}


@pytest.fixture
def visit(desk: Command, write: Write) -> str:
    """The number of a registered visit."""
    number: str = desk("intake", "add", "--file", write(VISIT, bom=True)).json["number"]
    return number


def test_a_registration_says_what_is_owed(desk: Command, write: Write) -> None:
    made = desk("intake", "add", "--file", write(VISIT)).json
    assert set(made) >= {"intake", "matter", "number", "query_code", "duties", "similar"}
    owed = {duty["kind"]: duty for duty in made["duties"]}
    assert {"notice", "answer", "haves.接", "haves.答", "haves.释", "haves.困"} <= set(owed)
    assert owed["notice"]["due_raw"] == (TODAY + timedelta(days=15)).isoformat()
    assert "第二十三条" in owed["notice"]["article"]


def test_the_same_trouble_again_is_suggested(desk: Command, write: Write, visit: str) -> None:
    again = desk("intake", "add", "--file", write(VISIT)).json
    assert [found["number"] for found in again["similar"]] == [visit]
    assert again["similar"][0]["reasons"]
    repeat = desk("intake", "add", "--file", write({**VISIT, "matter": visit})).json
    assert repeat["number"] == visit and repeat["similar"] == []


def test_the_page_masks_people(desk: Command, visit: str) -> None:
    page = desk("matter", "show", visit).json
    assert set(page) >= {
        *("number", "title", "state", "received_on", "channel", "claims", "parties"),
        *("duties", "documents", "timeline", "conflicts"),
    }
    assert [claim["no"] for claim in page["claims"]] == [1, 2]
    assert page["parties"][0]["name"].startswith("王") and "桂" not in page["parties"][0]["name"]
    assert "13900001234" not in json.dumps(page)


def test_lists_search_and_states(desk: Command, visit: str) -> None:
    listed = desk("matter", "list").json
    assert listed["total"] == 1
    assert set(listed["matters"][0]) >= {"number", "title", "state", "received_on", "due"}
    assert desk("matter", "list", "--state", "已登记").json["total"] == 1
    assert desk("matter", "list", "--state", "S75").json == {"matters": [], "total": 0}
    assert desk("matter", "list", "--state", "S99", status=1).error["code"] == "unknown_state"
    for text in ("塌方", "tafang", "1234", visit[-5:]):
        assert desk("search", text).json["total"] == 1, text
    assert desk("search", "没有这样的事").json == {"hits": [], "total": 0}


def test_lawful_steps_and_the_others(desk: Command, write: Write, visit: str) -> None:
    allowed = {a["action"]: a for a in desk("matter", "can", visit).json["actions"]}
    assert allowed["claim"]["allowed"] and not allowed["sign"]["allowed"]
    assert allowed["sign"]["missing"]
    refused = desk("matter", "do", visit, "sign", "--file", write({}), status=1)
    assert refused.error["article"] and refused.error["mend"]
    claimed = write({"handler": "周敏", "no_interest": True})
    assert desk("matter", "do", visit, "claim", "--file", claimed).json["state"] == "S20"
    taken = desk("matter", "do", visit, "accept", "--file", write({"handler": "周敏"})).json
    assert taken["state"] == "S30"
    assert {d["kind"]: d["state"] for d in taken["duties"]}["notice"] == "done"
    asked = {f["name"] for f in desk("matter", "fields", visit, "start").json["fields"]}
    assert {"person", "how", "content"} <= asked


def test_an_unknown_step_matter_or_key_is_named(desk: Command, write: Write, visit: str) -> None:
    assert "claim" in desk("matter", "do", visit, "fly", status=1).error["mend"]
    assert desk("matter", "show", "330100101-XF-1", status=1).error["code"] == "no_matter"
    wrong = desk("matter", "do", visit, "claim", "--file", write({"handlr": "周敏"}), status=1)
    assert wrong.error["code"] == "unknown_field" and "handler" in wrong.error["mend"]


def test_the_four_haves(desk: Command, write: Write, visit: str) -> None:
    four = desk("haves", "show", visit).json
    assert [item["kind"] for item in four["items"]] == ["接", "答", "释", "困"]
    assert four["complete"] is False
    told = write({"content": "养护站已派人，三天内清完，由何建平电话回复"})
    after = desk("haves", "set", visit, "答", "--file", told).json
    assert {item["kind"]: item["state"] for item in after["items"]}["答"] == "done"
    assert desk("haves", "set", visit, "答", "--file", write({}), status=1).error["sentence"]


def test_duties_and_a_what_if(desk: Command, visit: str) -> None:
    everything = desk("duties").json["duties"]
    waiting = desk("duties", "--open").json["duties"]
    assert len(waiting) == len(everything) - 1  # 接 was done by registering
    later = (TODAY + timedelta(days=40)).isoformat()
    late = desk("duties", "--today", later, "--open", "--owner", "周敏").json["duties"]
    assert {d["kind"]: d["state"] for d in late}["notice"] == "overdue"
    explained = desk("duties", "--explain", "--number", visit).json["duties"]
    assert all(duty["steps"] for duty in explained)
    assert desk("duties").json["duties"] == everything


def test_the_log_holds_and_tells(desk: Command, office: Path, visit: str) -> None:
    proof = desk("log", "verify").json
    assert proof["ok"] is True and proof["entries"] > 0 and proof["heads"]
    assert desk("log", "rebuild", "--check").json["ok"] is True
    desk("matter", "show", visit)
    told = desk("log", "show", visit).json["entries"]
    assert {entry["by"] for entry in told} == {"周敏"}
    files = [path.read_bytes() for path in office.rglob("*") if path.is_file()]
    assert not any("王桂芳".encode() in data or b"13900001234" in data for data in files)


def test_an_admin_alone_sees_no_matter(
    desk: Command, run: Command, office: Path, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = desk("account", "add", "刘志远", "--role", "admin").json["password"]
    monkeypatch.setenv("XINFANG_PASSWORD", password)
    for words in (("matter", "list"), ("matter", "show", visit), ("search", "塌方"), ("duties",)):
        said = run("--data", office, "--user", "刘志远", "--json", *words)
        assert (said.status, said.error["code"]) == (1, "not_permitted"), words


BAD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no claim": {**VISIT, "claims": []},
    "an empty claim": {**VISIT, "claims": [" "]},
    "a claim that is a number": {**VISIT, "claims": 7},
    "tomorrow": {**VISIT, "received_on": (TODAY + timedelta(days=1)).isoformat()},
    "no date": {**VISIT, "received_on": "昨天晚上"},
    "an unknown channel": {**VISIT, "channel": "心灵感应"},
    "control characters": {**VISIT, "claims": ["恢复\u0000通车"]},
    "a hidden reversal": {**VISIT, "place": "五组\u202e"},
    "10,000 parties": {**VISIT, "parties": [{"name": "何建平"}] * 10_000},
    "an enormous text": {**VISIT, "summary": "塌" * 300_000},
    "nobody came": {**VISIT, "headcount": 0},
    "half a person": {**VISIT, "headcount": 0.5},
    "a party that is text": {**VISIT, "parties": ["王桂芳"]},
    "an unknown key": {**VISIT, "riskscore": 5},
    "an unknown earlier matter": {**VISIT, "matter": "330100101-XF-20200101-A0001"},
}


@pytest.mark.parametrize("what", sorted(BAD))
def test_bad_input_is_refused_and_writes_nothing(desk: Command, write: Write, what: str) -> None:
    refused = desk("intake", "add", "--file", write(BAD[what]), status=1).error
    assert any("\u4e00" <= c <= "\u9fff" for c in refused["sentence"])
    assert refused["mend"], "says what to do"
    assert desk("matter", "list").json["total"] == 0


def test_markup_and_templates_are_only_text(desk: Command, write: Write) -> None:
    claim = "<script>alert(1)</script> {{7*7}} & </para>"
    number = desk("intake", "add", "--file", write({**VISIT, "claims": [claim]})).json["number"]
    assert desk("matter", "show", number).json["claims"][0]["text"] == claim


def test_doubts_are_said_and_do_not_stop(desk: Command, write: Write) -> None:
    person = {"name": "䶮㛃", "phone": "１３９００００１２３４", "id_number": "330101199001011234"}
    made = desk("intake", "add", "--file", write({**VISIT, "parties": [person]})).json
    assert any("证件" in w["sentence"] or "身份证" in w["sentence"] for w in made["warnings"])
    assert desk("search", "1234").json["total"] == 1


def test_a_calendar_moves_dates_and_says_which(desk: Command, visit: str, tmp_path: Path) -> None:
    due = next(d for d in desk("duties").json["duties"] if d["kind"] == "notice")["due"]
    day = date.fromisoformat(due)
    notice = tmp_path / "rest.csv"
    notice.write_text(f"date,type,name\n{due},rest,镇庆\n", encoding="utf-8-sig")
    if not desk("calendar", "show", day.year).json["published"]:
        pytest.skip("the year of the notice has no published schedule to change")
    done = desk("calendar", "import", notice, "--document", "试〔2026〕1号").json
    moved = [each for each in done["changed"] if each["kind"] == "notice"]
    assert [each["number"] for each in moved] == [visit]
    assert moved[0]["old"] == due and moved[0]["new"] != due
    assert desk("calendar", "show", day.year).json["document"] == "试〔2026〕1号"


def test_attachments_and_judgements(
    desk: Command, write: Write, visit: str, tmp_path: Path
) -> None:
    picture = tmp_path / "现场.png"
    picture.write_bytes(b"\x89PNG" + bytes(1000))
    kept = desk("matter", "attach", visit, picture).json
    assert (kept["name"], kept["size"]) == ("现场.png", 1004)
    assert [a["name"] for a in desk("matter", "show", visit).json["attachments"]] == ["现场.png"]
    assert desk("matter", "attach", visit, tmp_path / "无.png", status=3).error["mend"]
    other = desk("intake", "add", "--file", write(VISIT)).json["number"]
    assert desk("matter", "judge", visit, other, "different").json["judged"] == "different"
    assert desk("matter", "judge", visit, visit, "same", status=1).error["code"] == "same_matter"
