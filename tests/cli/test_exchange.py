"""``xinfang site`` and ``xinfang bundle``: three offices by the command alone, in several orders."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import CHEAP, visit
from tests.screening import ASSIGNED, VERIFIED, dispute
from xinfang_desktop.cli.session import shipped
from xinfang_desktop.services.accounts import CreateOffice, create_office
from xinfang_desktop.store import keys
from xinfang_desktop.store.database import FILE_NAME, Database
from xinfang_desktop.store.tables import metadata

from .conftest import PASSWORD, Command, Ran

TOWN, VILLAGE, COUNTY = "330100101", "330100101201", "330100"
OFFICES = {
    "V": (VILLAGE, "柳溪村民委员会", "village", "何春生"),
    "T": (TOWN, "青石镇信访办", "township", "周敏"),
    "C": (COUNTY, "云岭县信访局", "county", "谭玉珍"),
}
TODAY = date.today()  # noqa: DTZ011 - the command counts by this PC's clock
LATER = (TODAY + timedelta(days=20)).isoformat()
FOUND = (TODAY - timedelta(days=5)).isoformat()
NEIGHBOUR, OWN_MATTER = "双井村", "镇政府食堂采购不公开"


class Town:
    """Three data folders and the words by which each works."""

    def __init__(self, folder: Path, run: Command) -> None:
        self.folder = folder
        self.run = run
        self.files = 0

    def home(self, who: str) -> Path:
        return self.folder / who

    def ask(self, who: str, *words: object, status: int = 0) -> Any:
        """One verb at that office; the JSON it answered with this status."""
        said = self.try_(who, *words)
        assert said.status == status, said.out + said.err
        return said.json

    def try_(self, who: str, *words: object) -> Ran:
        account = OFFICES[who[0]][3]
        return self.run("--data", self.home(who), "--user", account, "--json", *words)

    def write(self, value: object) -> Path:
        self.files += 1
        path = self.folder / f"in-{self.files}.json"
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return path

    def befriend(self, one: str, other: str) -> None:
        for giver, taker in ((one, other), (other, one)):
            card = self.folder / f"{giver}.card"
            said = self.ask(giver, "site", "card", "--out", card)
            row = self.ask(taker, "site", "add", card)
            assert row["fingerprint"] == said["fingerprint"]

    def site(self, who: str) -> str:
        return str(self.ask(who, "site", "card")["site"])

    def export(self, sender: str, receiver: str) -> Path:
        self.files += 1
        out = self.folder / f"stick-{self.files}"
        made = self.ask(sender, "bundle", "export", "--to", self.site(receiver), "--out", out)
        (path,) = made["files"]
        return Path(path)

    def take(self, receiver: str, *paths: Path, status: int = 0) -> Any:
        return self.ask(receiver, "bundle", "import", *paths, status=status)

    def carry(self, sender: str, receiver: str) -> Ran:
        return self.try_(receiver, "bundle", "import", self.export(sender, receiver))

    def register(self, who: str, summary: str, village: str = "柳溪村") -> str:
        asked = dispute(found_on=FOUND, summary=summary, village=village)
        return str(self.ask(who, "dispute", "add", "--file", self.write(asked))["number"])

    def step(self, who: str, number: str, action: str, **data: Any) -> None:
        self.ask(who, "dispute", "do", number, action, "--file", self.write(data))

    def numbers(self, who: str) -> list[str]:
        return [row["number"] for row in self.ask(who, "dispute", "list")["disputes"]]


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three offices, each alone."""
    folder = tmp_path_factory.mktemp("town")
    for who, (code, name, kind, admin) in OFFICES.items():
        asked = CreateOffice(code=code, name=name, kind=kind, admin=admin, password=PASSWORD)
        now = datetime.now().astimezone()
        create_office(folder / who, asked, lambda now=now: now, shipped(), cost=CHEAP)
    return folder


@pytest.fixture
def town(made_town: Path, tmp_path: Path, run: Command, state_folder: Path) -> Town:
    """The three offices, which have each other's cards."""
    folder = Path(shutil.copytree(made_town, tmp_path / "town"))
    town = Town(folder, run)
    town.ask("T", "village", "add", VILLAGE, "柳溪村")
    town.ask("T", "village", "add", f"{TOWN}202", NEIGHBOUR)
    town.befriend("T", "V")
    town.befriend("T", "C")
    return town


@pytest.fixture
def worked(town: Town) -> dict[str, str]:
    """What each registered: the village two disputes, the township three and a matter of its own."""
    found = {
        "ditch": town.register("V", "排水沟堵塞"),
        "trees": town.register("V", "果树遮光"),
        "road": town.register("T", "后山路塌方"),
        "pond": town.register("T", "鱼塘堤埂渗漏", NEIGHBOUR),
    }
    asked = visit(
        received_on=TODAY.isoformat(), summary=OWN_MATTER, village=None, claims=[OWN_MATTER]
    )
    town.ask("T", "intake", "add", "--file", town.write(asked))
    return found


# --- three offices in several orders -----------------------------------------------------------

_MOVES: dict[str, Callable[[Town, dict[str, str]], object]] = {
    "V→T": lambda town, found: town.carry("V", "T"),
    "T→V": lambda town, found: town.carry("T", "V"),
    "T→C→T": lambda town, found: (town.carry("T", "C"), town.carry("C", "T")),
    "village verifies": lambda town, found: town.step("V", found["ditch"], "verify", **VERIFIED),
}


def pages(town: Town, who: str, numbers: list[str]) -> list[Any]:
    """What both sides must say alike of each; what one looked at or may do is its own."""
    found = []
    for number in sorted(numbers):
        page = town.ask(who, "dispute", "show", number)
        found.append({name: page[name] for name in page if name not in ("seen", "offers")})
    return found


@pytest.mark.parametrize("order", list(itertools.permutations(_MOVES))[::5])
def test_the_village_and_the_township_show_the_same(
    town: Town, worked: dict[str, str], order: tuple[str, ...]
) -> None:
    for move in order:
        _MOVES[move](town, worked)
    town.carry("V", "T")
    town.step("T", worked["ditch"], "grade")
    town.step("T", worked["ditch"], "assign", **{**ASSIGNED, "leader": None, "due": LATER})
    town.carry("T", "V")
    town.carry("V", "T")
    shared = [worked["ditch"], worked["trees"], worked["road"]]
    assert sorted(town.numbers("V")) == sorted(shared)
    assert pages(town, "V", shared) == pages(town, "T", shared)
    for who in OFFICES:
        assert town.ask(who, "log", "verify")["ok"]
        assert town.ask(who, "log", "rebuild", "--check")["ok"]
        status = town.ask(who, "bundle", "status")
        assert (status["waiting"], status["conflicts"], status["forks"]) == (0, 0, [])
    nothing_else(town, worked)


def everything(home: Path, account: str) -> str:
    """All that an opened database holds, tables and log bodies alike."""
    key, _ = keys.unlock(home, account, PASSWORD)
    database = Database(home / FILE_NAME, key)
    try:
        with database.read() as conn:
            rows = [
                value
                for table in metadata.tables.values()
                for row in conn.execute(select(table))
                for value in row
            ]
    finally:
        database.close()
    return "\n".join(
        value.decode(errors="replace") if isinstance(value, bytes) else str(value) for value in rows
    )


def nothing_else(town: Town, worked: dict[str, str]) -> None:
    held = everything(town.home("V"), OFFICES["V"][3])
    assert worked["road"] in held and "后山路塌方" in held
    for word in (NEIGHBOUR, f"{TOWN}202", worked["pond"], "鱼塘", OWN_MATTER, OFFICES["C"][3]):
        assert word not in held, f"the village's PC holds “{word}”"
    county = everything(town.home("C"), OFFICES["C"][3])
    for word in ("后山路", "排水沟", "鱼塘", OWN_MATTER, NEIGHBOUR, "柳溪村"):
        assert word not in county, f"the county's PC holds “{word}”"


# --- exit statuses and inspect -----------------------------------------------------------------


def test_the_statuses_of_an_import(town: Town, worked: dict[str, str], tmp_path: Path) -> None:
    path = town.export("V", "T")
    told = town.take("T", path, status=0)
    assert told["entries"]["new"] > 0 and told["entries"]["waiting"] == 0
    again = town.take("T", path, status=6)
    assert again["entries"] == {
        "new": 0,
        "known": told["entries"]["new"],
        "waiting": 0,
        "refused": 0,
    }
    assert "已经导入过" in again["reason"]
    for_another = town.take("C", path, status=4)
    assert for_another["error"]["code"] == "not_for_us" and for_another["error"]["mend"]
    data = path.read_bytes()
    damaged = tmp_path / "坏了.xfb"
    damaged.write_bytes(data[:-40] + b"x" + data[-39:])
    assert town.take("T", damaged, status=4)["error"]["sentence"]
    both = town.take("T", path, damaged, status=4)
    assert [each["result"] for each in both["files"]] == ["known", "refused"]
    (tmp_path / "不是.xfb").write_text("来信")
    assert town.take("T", tmp_path / "不是.xfb", status=4)["error"]["code"] == "not_a_bundle"
    assert town.take("T", tmp_path / "没有.xfb", status=3)["error"]["code"] == "cannot_open"


def test_what_waits_says_so_and_is_healed(town: Town, worked: dict[str, str]) -> None:
    before = shutil.copytree(town.home("T"), town.folder / "copy")
    town.carry("V", "T")
    town.carry("T", "V")  # the village now knows that the township has it
    shutil.rmtree(town.home("T"))
    shutil.copytree(before, town.home("T"))
    number = town.register("V", "新发现的")
    told = town.take("T", town.export("V", "T"), status=5)
    assert told["entries"]["waiting"] > 0
    assert "还没有到" in told["reason"] and "不用再导一次" in told["reason"]
    assert town.ask("T", "bundle", "status")["gaps"] == told["gaps"]
    assert number not in town.numbers("T")
    town.carry("T", "V")
    assert town.take("T", town.export("V", "T"))["gaps"] == []
    assert {number, worked["ditch"], worked["trees"]} <= set(town.numbers("T"))


def test_inspecting_with_and_without_an_account(
    town: Town, worked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = town.export("V", "T")
    held = everything(town.home("T"), OFFICES["T"][3])
    told = town.ask("T", "bundle", "inspect", path)
    assert told["entries"]["new"] > 0 and told["created"] == {"dispute": 2}
    assert worked["ditch"] not in town.numbers("T")
    assert worked["ditch"] not in held
    village = town.site("V")
    monkeypatch.delenv("XINFANG_PASSWORD")
    said = town.run("--json", "bundle", "inspect", path)
    assert said.status == 0
    assert (said.json["from"], said.json["part"], said.json["parts"]) == (village, 1, 1)
    assert said.json["entries"]["new"] is None
    for word in ("柳溪村", "排水沟", "何春生"):
        assert word not in said.out, "the outer header names nobody"
    monkeypatch.setenv("XINFANG_PASSWORD", PASSWORD)
    assert town.take("T", path)["entries"]["new"] == told["entries"]["new"]
    assert town.ask("T", "bundle", "inspect", path, status=0)["result"] == "known"


def test_a_conflict_is_listed_and_decided_by_the_command(
    town: Town, worked: dict[str, str]
) -> None:
    town.carry("V", "T")
    for who, facts in (("V", "村里看过"), ("T", "镇里看过")):
        town.step(who, worked["ditch"], "verify", **{**VERIFIED, "facts": facts})
    town.step("T", worked["ditch"], "grade", grade="复杂", reason="涉及两户多年积怨")
    town.step("V", worked["ditch"], "settle", method="协商和解", result="当天通了水。")
    told = town.take("T", town.export("V", "T"))
    assert told["conflicts"] == 1
    (row,) = town.ask("T", "bundle", "conflicts")["conflicts"]
    assert row["number"] == worked["ditch"] and row["field"] == "state"
    assert {value["by"] for value in row["values"]} == {"周敏", "何春生"}
    pick = next(value["pick"] for value in row["values"] if value["by"] == "何春生")
    assert town.ask("T", "bundle", "resolve", row["id"], "--pick", pick)["open"] == 0
    town.carry("T", "V")
    assert town.ask("V", "bundle", "conflicts")["conflicts"] == []
    assert pages(town, "V", [worked["ditch"]]) == pages(town, "T", [worked["ditch"]])


# --- a disk is lost, a folder is copied --------------------------------------------------------


def test_an_old_copy_goes_on_and_no_number_comes_twice(town: Town, worked: dict[str, str]) -> None:
    town.carry("V", "T")
    copy = shutil.copytree(town.home("V"), town.folder / "copy")
    given = town.register("V", "镇里收到过的")
    town.carry("V", "T")
    lost = town.register("V", "谁也没有收到过的")
    shutil.rmtree(town.home("V"))
    shutil.copytree(copy, town.home("V"))
    fresh = town.register("V", "换了盘以后登记的")
    assert fresh not in (given, lost), "the copy must not issue a number that the lost disk issued"
    told = town.take("T", town.export("V", "T"))
    (alarm,) = told["alarms"]
    assert "从旧的数据重新开始" in alarm and "1 条记录" in alarm
    town.carry("T", "V")
    for who in ("V", "T"):
        numbers = town.numbers(who)
        assert len(numbers) == len(set(numbers))
        assert {given, fresh} <= set(numbers) and lost not in numbers
    assert town.ask("V", "bundle", "status")["epoch"] == 2


def test_a_copied_folder_raises_the_alarm_and_both_are_kept(
    town: Town, worked: dict[str, str], state_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.carry("V", "T")
    shutil.copytree(town.home("V"), town.home("V2"))
    elsewhere = shutil.copytree(state_folder, town.folder / "state-V2")
    mine = town.register("V", "原来那台的")
    with at(elsewhere, monkeypatch):
        its = town.register("V2", "复制出去的")
    town.carry("V", "T")
    with at(elsewhere, monkeypatch):
        path = town.export("V2", "T")
    told = town.take("T", path)
    assert any("复制到了另一台电脑" in alarm and "没有丢" in alarm for alarm in told["alarms"])
    summaries = [row["summary"] for row in town.ask("T", "dispute", "list")["disputes"]]
    assert {"原来那台的", "复制出去的"} <= set(summaries)
    assert mine == its, "nothing could have told them"
    rows = town.ask("T", "bundle", "conflicts")["conflicts"]
    assert [row["label"] for row in rows] == ["编号重复"]
    assert len(town.ask("T", "bundle", "status")["forks"]) == 1
    assert any("本机的数据文件夹被复制过" in alarm for alarm in _alarms(town, "V"))
    assert town.register("V", "以后的") != town.register("T", "镇里的")
    assert town.ask("T", "log", "verify")["ok"] and town.ask("T", "log", "rebuild", "--check")["ok"]


def _alarms(town: Town, who: str) -> list[str]:
    found: list[str] = town.take(who, town.export("T", who))["alarms"]
    return found


@contextmanager
def at(state: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The state folder of another user."""
    with patch.context() as there:
        there.setenv("XINFANG_STATE", str(state))
        yield


def test_a_site_that_is_revoked_is_not_listened_to(town: Town, worked: dict[str, str]) -> None:
    town.carry("V", "T")
    row = town.ask("T", "site", "revoke", "柳溪村")
    assert row["status"] == "revoked"
    path = town.export("V", "T")
    told = town.take("T", path, status=4)
    assert told["error"]["code"] == "sender_revoked"
    said = town.try_("T", "bundle", "export", "--to", "柳溪村", "--out", town.folder / "out")
    assert said.status == 1 and said.error["code"] == "site_revoked"
