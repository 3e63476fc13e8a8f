"""One site is ahead: what it alone understands is kept raw, passed on, and applied after an upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.exchange import newer
from tests.exchange.network import FEED, PC, Network, create, edit, proofs, seen
from tests.exchange.test_between_offices import all_agree
from xinfang_desktop.services import conflicts
from xinfang_desktop.store.tables import LOG

_WRITE = """
with pc.desk() as desk:
    record = seen(desk, asked["id"])
    assert record.people == 0 and record.remark == ""
    edit(desk, asked["id"], remark="只有新程序认得")
    edit(desk, asked["id"], remark="新程序改了两次", people=8)
    made = create(desk, remark="新登记的", summary="新程序登记的")
    outing = case_records.Outing(id=changelog.new_id(), feed=FEED, where="三组")
    with desk.writing() as tx:
        tx.append([changelog.new(outing)])
    files = sending.export_bundle(desk, asked["to"], Path(asked["out"])).files
assert proofs(pc) == []
say({"made": made, "files": [str(file.path) for file in files], "log": bodies(FEED)})
"""

_LOOK = """
assert proofs(pc) == []
with pc.desk() as desk:
    found = {id: seen(desk, id) for id in asked["ids"]}
    said = {id: [each.remark, each.people, each.summary] for id, each in found.items()}
    said["conflicts"] = len(conflict_list(desk))
said["outings"], said["log"] = outings(), bodies(FEED)
say(said)
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newer program."""
    return newer.make(tmp_path_factory.mktemp("newer"))


def bodies(pc: PC) -> list[str]:
    with pc.reading() as conn:
        found = conn.execute(select(LOG).where(LOG.c.feed == FEED))
        return sorted(f"{row.site} {row.epoch} {row.seq} {row.hash}" for row in found)


@pytest.fixture
def wrote(net: Network, program: Path, tmp_path: Path) -> dict[str, Any]:
    """The village was upgraded and has written; what the township got is what it said."""
    with net["V"].desk() as desk:
        id = create(desk)
    all_agree(net)
    said: dict[str, Any] = newer.run(
        program, net["V"], _WRITE, id=id, to=net["T"].site, out=str(tmp_path / "out")
    )
    return {**said, "id": id}


def test_it_is_kept_and_passed_on_byte_for_byte(net: Network, wrote: dict[str, Any]) -> None:
    (path,) = wrote["files"]
    report = net.take("T", Path(path))
    assert any("更新版本才认得的内容" in warning for warning in report.warnings)
    net.carry("T", "T2")
    for name in ("T", "T2"):
        assert proofs(net[name]) == []
        with net[name].desk() as desk:
            assert seen(desk, wrote["id"]).people == 8
            assert seen(desk, wrote["made"]).summary == "新程序登记的"
            assert conflicts.conflict_list(desk) == ()
        assert bodies(net[name]) == wrote["log"]


def test_an_upgrade_applies_what_was_kept(
    net: Network, program: Path, wrote: dict[str, Any]
) -> None:
    net.take("T", Path(wrote["files"][0]))
    net.carry("T", "T2")
    with net["T2"].desk() as desk:
        edit(desk, wrote["id"], unit="村建办")  # by the older program, over what it does not know
    net.carry("T2", "T")
    for name in ("T", "T2"):
        said = newer.run(program, net[name], _LOOK, ids=[wrote["id"], wrote["made"]])
        assert said[wrote["id"]] == ["新程序改了两次", 8, "村道排水沟堵塞"]
        assert said[wrote["made"]] == ["新登记的", 0, "新程序登记的"]
        assert (said["outings"], said["conflicts"]) == (["三组"], 0)
        assert set(wrote["log"]) < set(said["log"])


def test_an_upgrade_with_nothing_to_catch_up_with(net: Network, program: Path) -> None:
    with net["T"].desk() as desk:
        id = create(desk)
    said = newer.run(program, net["T"], _LOOK, ids=[id])
    assert said[id] == ["", 0, "村道排水沟堵塞"] and said["outings"] == []
