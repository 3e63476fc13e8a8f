"""``xinfang mediation`` and ``xinfang committee``: their words, their answers, their refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.domain.mediation_cases import LAWFUL

from .conftest import ADMIN, Command

Write = Callable[..., Path]

OPENED = {
    "title": "排水沟相邻纠纷", "category": "邻里", "facts": "两户争谁来清沟", "applied_on": "2026-01-05",
    "parties": [{"side": "申请人", "name": "王桂芳", "phone": "13907391827"},
                {"side": "被申请人", "name": "赵大河"}],
}  # fmt: skip


@pytest.fixture
def number(desk: Command, write: Write) -> str:
    """A mediation that was just opened."""
    desk("village", "add", "330100101001", "柳溪村")
    return str(desk("mediation", "start", "--file", write(OPENED)).json["number"])


@pytest.fixture
def step(desk: Command, write: Write, number: str) -> Callable[..., Any]:
    """Take a step by its own verb; the answer."""

    def take(verb: str, status: int = 0, **over: Any) -> Any:
        action = {"follow-up": "follow"}.get(verb, verb)
        data = {**LAWFUL[action], **over}
        return desk("mediation", verb, number, "--file", write(data), status=status).json

    return take


def test_the_whole_file_by_the_verbs(desk: Command, number: str, step: Callable[..., Any]) -> None:
    told = step("consent", on="2026-01-06")
    assert set(told) >= {"mediation", "number", "file_no", "state", "state_name", "duties"}
    assert (told["number"], told["file_no"], told["state"]) == (number, "", "asked")
    told = step("accept", on="2026-01-07")
    assert told["file_no"] == "（2026）青石人调字第1号" and told["state_name"] == "已受理"
    (owed,) = told["duties"]
    assert (owed["kind"], owed["due_raw"], owed["due"]) == ("mediation", "2026-02-06", "2026-02-06")
    for verb in ("inquiry", "evidence", "agent", "session"):
        assert step(verb, on="2026-01-08")["state"] in ("accepted", "session")
    items = [{"what": "清沟", "due": "2026-02-01"}, {"what": "互相道歉"}]
    told = step("agreement", on="2026-01-12", items=items)
    assert told["state"] == "agreed"
    kinds = {duty["kind"] for duty in told["duties"]}
    assert kinds == {"mediation", "perform", "judicial_confirmation"}
    step("court", on="2026-01-13")
    step("performance", on="2026-01-14")
    assert step("performance", on="2026-01-15", item=2)["state"] == "performed"
    step("follow-up", on="2026-01-20")
    assert step("archive", on="2026-01-21")["state"] == "filed"

    page = desk("mediation", "show", "（2026）青石人调字第1号").json
    assert page["number"] == number and page["lacking"] == []
    assert page["applicants"] == ["王**"] and "王桂芳" not in desk("mediation", "show", number).out
    assert [stage["state"] for stage in page["stages"]][-1] == "now"
    assert desk("log", "verify").json["ok"] and desk("log", "rebuild", "--check").json["ok"]


def test_a_refusal_has_its_sentence_and_article(
    desk: Command, number: str, step: Callable[..., Any], write: Write
) -> None:
    error = step("accept", status=1)["error"]
    assert error["code"] == "not_all_agreed" and error["article"] == "《人民调解法》第十七条"
    assert "被申请人赵**" in error["sentence"] and error["mend"]
    step("consent", agrees=False)
    error = step("session", status=1)["error"]
    assert error["code"] == "wrong_state" and "一方不愿意" in error["sentence"]
    step("consent")
    step("accept")
    error = step("agreement", status=1, items=[{"what": "今后不再上访"}])["error"]
    assert error["code"] == "waiver" and "“今后不再上访”" in error["sentence"]
    assert desk("mediation", "do", number, "note", "--file", write({"text": "再约"})).json["number"]


def test_failing_ending_and_voiding(
    desk: Command, step: Callable[..., Any], number: str, write: Write
) -> None:
    step("consent")
    step("accept")
    assert step("fail")["state"] == "failed"
    for verb, state in (("end", "ended"), ("void", "void")):
        other = desk("mediation", "start", "--file", write(OPENED)).json["number"]
        for action in ("consent", "accept", verb):
            file = write(LAWFUL[action])
            told = desk("mediation", action, other, "--file", file).json
        assert told["state"] == state


def test_lists_and_what_can_be_done(desk: Command, number: str, step: Callable[..., Any]) -> None:
    found = desk("mediation", "list").json
    assert [row["number"] for row in found["mediations"]] == [number] and found["total"] == 1
    assert found["counts"] == {
        "asked": 1, "open": 0, "perform": 0, "follow": 0, "file": 0, "all": 1,
    }  # fmt: skip
    assert desk("mediation", "list", "--view", "open").json["mediations"] == []
    actions = {each["action"]: each for each in desk("mediation", "can", number).json["actions"]}
    assert actions["consent"]["allowed"] and not actions["accept"]["allowed"]
    assert "还没有同意的" in actions["accept"]["missing"][0]
    fields = desk("mediation", "fields", number, "agreement").json["fields"]
    assert {"form", "items", "signed_by", "not_a_waiver"} <= {field["name"] for field in fields}
    assert desk("mediation", "show", "没有", status=1).error["code"] == "no_mediation"


def test_a_mediation_from_a_dispute_tells_it(desk: Command, write: Write) -> None:
    desk("village", "add", "330100101001", "柳溪村")
    dispute = desk("dispute", "add", "--file", write({
        "village": "柳溪村", "found_on": "2026-01-05", "category": "邻里", "summary": "排水沟堵塞",
        "parties": [{"name": "王桂芳"}, {"name": "赵大河"}],
    })).json["number"]  # fmt: skip
    number = desk("mediation", "start", "--file", write({"dispute": dispute})).json["number"]
    refused = {"side": "被申请人", "agrees": False, "how": "电话"}
    told = desk("mediation", "consent", number, "--file", write(refused)).json
    assert told["dispute"] == dispute
    assert desk("dispute", "show", dispute).json["timeline"][0]["action"] == "note"


def test_for_people_it_speaks_in_lines(run: Command, office: Path, number: str) -> None:
    said = run("--data", office, "--user", ADMIN, "mediation", "show", number)
    assert said.status == 0
    assert "申请人 王**（愿意）" in said.out and "被申请人 赵**（还没问）" in said.out
    assert "卷里还缺：当事人权利义务告知书" in said.out
    listed = run("--data", office, "--user", ADMIN, "mediation", "list")
    assert "排水沟相邻纠纷" in listed.out


# --- committees --------------------------------------------------------------------------------


def test_committees_and_their_people(desk: Command, write: Write) -> None:
    desk("village", "add", "330100101001", "柳溪村")
    desk("village", "add", "330100101002", "双井村")
    name = "柳溪村人民调解委员会"
    made = desk("committee", "add", "--file", write({"name": name, "village": "柳溪村"}))
    assert {f["code"] for f in made.json["findings"]} == {"member_count", "one_chair", "no_date"}
    assert "委员应当是 3 至 9 人，现在是 0 人。（《人民调解法》第八条）" in made.err
    for person in (
        {"name": "何建平", "post": "主任"}, {"name": "李秀英", "woman": True}, {"name": "张三"},
    ):  # fmt: skip
        told = desk("committee", "member", name, "--file", write(person)).json
    assert [each["post"] for each in told["mediators"]] == ["chair", "member", "member"]
    told = desk("committee", "set", name, "--file", write({"formed_on": "2026-01-01"})).json
    assert told["findings"] == [] and told["ends_on"] == "2029-01-01"
    found = desk("committee", "list").json
    assert [each["name"] for each in found["committees"]] == [name]
    assert found["without"] == ["双井村"]
    error = desk("committee", "member", "没有", "--file", write({"name": "x"}), status=1).error
    assert error["code"] == "no_committee"
