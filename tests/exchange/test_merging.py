"""Changes made unseen by each other: what is merged, what a person decides, and that it travels."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.exchange.network import (
    FEED,
    PC,
    Network,
    change_seen,
    create,
    edit,
    heads,
    here,
    seen,
    void,
)
from tests.exchange.test_between_offices import all_agree
from tests.factories import CHINA
from xinfang_desktop.domain.case_records import Dispute
from xinfang_desktop.domain.records import Attachment
from xinfang_desktop.services import conflicts
from xinfang_desktop.services.conflicts import ConflictRow
from xinfang_desktop.store import changelog, peers, vector
from xinfang_desktop.store.files import get
from xinfang_desktop.store.tables import TABLES

HOLDERS = ("V", "T", "T2")
"""Who holds what is 柳溪村's."""


@pytest.fixture
def id(net: Network) -> str:
    """A dispute of 柳溪村 that all three have."""
    with net["V"].desk() as desk:
        made = create(desk)
    net.exchange()
    return made


def open_on(pc: PC) -> tuple[ConflictRow, ...]:
    with pc.desk() as desk:
        return conflicts.conflict_list(desk)


def values(pc: PC, id: str, *names: str) -> tuple[Any, ...]:
    with pc.desk() as desk:
        found = seen(desk, id)
    return tuple(getattr(found, name) for name in names)


def settle(pc: PC, pick: str, value: Any = None) -> None:
    (row,) = open_on(pc)
    with pc.desk() as desk:
        conflicts.resolve_conflict(desk, row.id, pick, value)


def test_different_fields_are_merged(net: Network, id: str) -> None:
    with net["V"].desk() as desk:
        edit(desk, id, people=9)
    with net["T"].desk() as desk:
        edit(desk, id, unit="村建办", measures="清沟")
    assert net.carry("V", "T").parallel == 1
    all_agree(net)
    for name in HOLDERS:
        assert values(net[name], id, "people", "unit", "measures") == (9, "村建办", "清沟")
        assert open_on(net[name]) == ()


def test_one_field_is_a_conflict_everywhere_until_somebody_decides(net: Network, id: str) -> None:
    with net["V"].desk() as desk:
        edit(desk, id, unit="村民小组")
    with net["T"].desk() as desk:
        edit(desk, id, unit="村建办")
    report = net.carry("V", "T")
    assert (report.conflicts, report.parallel) == (1, 0)
    all_agree(net)
    for name in HOLDERS:
        (row,) = open_on(net[name])
        assert (row.record, row.field, row.label) == (id, "unit", "责任单位")
        assert {(v.words, v.by) for v in row.values} == {("村民小组", "何春生"), ("村建办", "周敏")}
        sites = {v.site_name for v in row.values}
        assert sites <= {"本机", "柳溪村民委员会", "青石镇信访办"} and len(sites) == 2
        assert set(heads(net[name], id, "unit")) == {"村民小组", "村建办"}
    pick = next(v.pick for v in open_on(net["V"])[0].values if v.by == "周敏")
    settle(net["V"], pick)
    assert open_on(net["V"]) == () and len(open_on(net["T2"])) == 1
    all_agree(net)
    for name in HOLDERS:
        assert open_on(net[name]) == ()
        assert values(net[name], id, "unit") == ("村建办",)


def test_the_same_value_from_both_needs_nobody(net: Network, id: str) -> None:
    for name in ("V", "T"):
        with net[name].desk() as desk:
            edit(desk, id, unit="村建办")
    all_agree(net)
    assert all(open_on(net[name]) == () for name in HOLDERS)
    assert len(heads(net["T2"], id, "unit")) == 2
    with net["T2"].desk() as desk:
        edit(desk, id, unit="司法所")
    all_agree(net)
    assert heads(net["V"], id, "unit") == ["司法所"]


def test_another_value_settles_it_and_it_can_be_taken_back(net: Network, id: str) -> None:
    for name, unit in (("V", "村民小组"), ("T", "村建办")):
        with net[name].desk() as desk:
            edit(desk, id, unit=unit)
    net.exchange()
    settle(net["T"], conflicts.OTHER, "司法所")
    all_agree(net)
    assert values(net["V"], id, "unit") == ("司法所",)
    with net["T"].desk() as desk:
        (decided,) = conflicts.settled_list(desk)
        assert set(decided.others) == {"村民小组", "村建办"}
        conflicts.undo_decision(desk, decided.id, decided.others.index("村民小组"))
    all_agree(net)
    assert values(net["T2"], id, "unit") == ("村民小组",)
    assert open_on(net["V"]) == ()


def test_two_decisions_unseen_by_each_other_are_a_conflict_again(net: Network, id: str) -> None:
    for name, unit in (("V", "村民小组"), ("T", "村建办")):
        with net[name].desk() as desk:
            edit(desk, id, unit=unit)
    net.exchange()
    settle(net["T"], conflicts.OTHER, "司法所")
    settle(net["V"], conflicts.OTHER, "派出所")
    all_agree(net)
    for name in HOLDERS:
        (row,) = open_on(net[name])
        assert {v.words for v in row.values} == {"司法所", "派出所"}


def test_a_head_that_comes_after_the_decision_stays_open(net: Network, id: str) -> None:
    for name, unit in (("V", "村民小组"), ("T", "村建办"), ("T2", "司法所")):
        with net[name].desk() as desk:
            edit(desk, id, unit=unit)
    net.carry("V", "T")
    settle(net["T"], "1")
    (decided,) = values(net["T"], id, "unit")
    all_agree(net)
    for name in HOLDERS:
        (row,) = open_on(net[name])
        assert {v.words for v in row.values} == {decided, "司法所"}


def test_what_was_on_the_screen_counts_not_what_came_meanwhile(net: Network, id: str) -> None:
    with net["T"].desk() as desk:
        on_the_screen = seen(desk, id)
    with net["V"].desk() as desk:
        edit(desk, id, unit="村民小组")
    net.carry("V", "T")  # while somebody at T has the dispute open
    with net["T"].desk() as desk:
        change_seen(desk, on_the_screen, unit="村建办")
    all_agree(net)
    assert set(heads(net["V"], id, "unit")) == {"村民小组", "村建办"}


def test_a_clock_that_is_wrong_decides_nothing(net: Network, id: str) -> None:
    net["V"].clock.later(days=400)
    with net["V"].desk() as desk:
        edit(desk, id, unit="村民小组")
    report = net.carry("V", "T")
    assert "快 400 天" in report.warnings[0]
    net["T"].clock.later(days=-30)
    with net["T"].desk() as desk:
        edit(desk, id, unit="村建办")  # has seen the village's, by a clock a year behind
    all_agree(net)
    assert heads(net["V"], id, "unit") == ["村建办"]


# --- voided ------------------------------------------------------------------------------------


def test_voided_here_and_changed_there(net: Network, id: str) -> None:
    with net["T"].desk() as desk:
        void(desk, id, "与另一件重复")
    with net["V"].desk() as desk:
        edit(desk, id, people=9)
    all_agree(net)
    for name in HOLDERS:
        (row,) = open_on(net[name])
        assert (row.sort, row.label) == (conflicts.VOIDED, "作废后仍有修改")
        assert any("与另一件重复" in v.words and v.by == "周敏" for v in row.values)
        assert any("9" in v.words and v.by == "何春生" for v in row.values)
        with net[name].reading() as conn:
            record = get(conn, Dispute, id)
        assert record is not None and record.voided and record.people == 9, "nothing is lost"
    settle(net["T2"], "1")
    all_agree(net)
    assert all(open_on(net[name]) == () for name in HOLDERS)


def test_a_change_that_the_voider_had_seen_is_no_conflict(net: Network, id: str) -> None:
    with net["V"].desk() as desk:
        edit(desk, id, people=9)
    net.carry("V", "T")
    with net["T"].desk() as desk:
        void(desk, id)
    all_agree(net)
    assert all(open_on(net[name]) == () for name in HOLDERS)


# --- one number twice --------------------------------------------------------------------------


def former(pc: PC, id: str) -> list[str]:
    table = TABLES["former_number"]
    with pc.reading() as conn:
        return list(conn.scalars(table.select().with_only_columns(table.c.number).where(
            table.c.of == id
        )))  # fmt: skip


def test_one_number_twice_is_shown_and_one_is_renumbered(net: Network) -> None:
    number = "430522101-JF-20260921-手写7"
    ids = []
    for name in ("T", "T2"):
        with net[name].desk() as desk:
            ids.append(create(desk, number=number, summary=f"{name}的一件"))
    all_agree(net)
    for name in HOLDERS:
        (row,) = open_on(net[name])
        assert (row.sort, row.label) == (conflicts.NUMBER, "编号重复")
        assert {v.value for v in row.values} == set(ids)
        assert all(number in v.words for v in row.values)
    keep = next(v.pick for v in open_on(net["T2"])[0].values if v.value == ids[0])
    settle(net["T2"], keep)
    all_agree(net)
    for name in HOLDERS:
        assert open_on(net[name]) == ()
        assert values(net[name], ids[0], "number") == (number,)
        (fresh,) = values(net[name], ids[1], "number")
        assert fresh != number and "-JF-" in fresh
        assert former(net[name], ids[1]) == [number] and former(net[name], ids[0]) == []


def test_two_pcs_issue_no_number_twice(net: Network) -> None:
    ids = []
    for _ in range(3):
        for name in HOLDERS:
            with net[name].desk() as desk:
                ids.append(create(desk))
    all_agree(net)
    numbers = [values(net["T2"], id, "number")[0] for id in ids]
    assert len(set(numbers)) == len(numbers) == 9
    assert open_on(net["T2"]) == ()


# --- what has no bases -------------------------------------------------------------------------


def test_a_record_that_is_never_changed_is_voided_before_it_comes(net: Network, id: str) -> None:
    # what one PC imported another undoes; a third gets the undoing first
    when = datetime(2026, 9, 21, 9, tzinfo=CHINA)
    record = Attachment(
        id=changelog.new_id(), feed=FEED, matter="", case=id, name="照片.jpg", media="image/jpeg", size=1,
        sha256="0" * 64, at=when, by="何春生",
    )  # fmt: skip
    with net["V"].desk() as desk, desk.writing() as tx:
        tx.append([changelog.new(record)])
    net.carry("V", "T")
    with net["T"].desk() as desk, desk.writing() as tx:
        tx.append([changelog.void(record, "撤销")])
    _carried_alone(net, "T", "T2")
    net.carry("T", "T2")
    all_agree(net)
    for name in HOLDERS:
        with net[name].reading() as conn:
            row = conn.execute(TABLES["attachment"].select()).one()
        assert row.voided == 1


def _carried_alone(net: Network, sender: str, receiver: str) -> None:
    """Only what the sender wrote itself; the rest is thought to be there."""
    other = net[receiver].site
    with net[sender].desk() as desk, desk.writing() as tx:
        peer = peers.peers(tx.conn)[other]
        mine = desk.site.id
        ack = {c: h for c, h in vector.heads(tx.conn).items() if c.site != mine}
        peers.put(tx.conn, replace(peer, ack={**peer.ack, **ack}))
    net.carry(sender, receiver)
    with net[sender].desk() as desk, desk.writing() as tx:
        peers.put(tx.conn, peer)


def test_here_says_what_is_not_here(net: Network, id: str) -> None:
    assert here(net["T2"], id) and not here(net["W"], id) and not here(net["C"], id)
