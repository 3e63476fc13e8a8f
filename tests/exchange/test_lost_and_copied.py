"""A disk is lost and an older copy put back; a data folder is copied to a second PC."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.exchange.network import PC, Network, create, edit, heads, here, proofs, seen
from tests.exchange.test_between_offices import all_agree
from xinfang_desktop.services import conflicts, epochs
from xinfang_desktop.store import meta
from xinfang_desktop.store.tables import FORK, TABLES


def numbers(pc: PC) -> list[str]:
    """The number of every dispute that is here."""
    with pc.reading() as conn:
        return list(conn.scalars(select(TABLES["dispute"].c.number)))


def test_an_older_copy_goes_on_in_the_next_epoch(net: Network, tmp_path: Path) -> None:
    with net["V"].desk() as desk:
        first = create(desk)
    copy = net.keep_copy("V", tmp_path / "copy")
    with net["V"].desk() as desk:
        lost = create(desk, summary="只有丢了的盘里有，但镇里收到过")
    net.carry("V", "T")
    net.put_back("V", copy)
    assert net["V"].epoch == 2
    with net["V"].desk() as desk:
        again = create(desk, summary="换了盘以后的")
        edit(desk, first, people=5)
    report = net.carry("V", "T")
    assert any("从旧的数据重新开始" in alarm and "1 条" in alarm for alarm in report.alarms)
    net.carry("T", "V")
    all_agree(net)
    assert here(net["V"], lost), "the township gives it back"
    with net["V"].desk() as desk:
        assert seen(desk, again).number != seen(desk, lost).number
    assert len(set(numbers(net["T"]))) == len(numbers(net["T"])) == 3


def test_what_the_copy_held_and_nobody_had_got_yet_still_goes_out(
    net: Network, tmp_path: Path
) -> None:
    # the entries of the old epoch were never signed: nothing had been sent since they were written
    with net["V"].desk() as desk:
        id = create(desk)
    copy = net.keep_copy("V", tmp_path / "copy")
    with net["V"].desk() as desk:
        create(desk)  # lost for good
    net.put_back("V", copy)
    with net["V"].desk() as desk:
        edit(desk, id, people=5)
    report = net.carry("V", "T")
    assert report.entries.waiting == 0, report.gaps
    with net["T"].desk() as desk:
        assert seen(desk, id).people == 5
    all_agree(net)


def test_a_copy_with_its_token_forks_and_both_are_kept(net: Network) -> None:
    with net["V"].desk() as desk:
        common = create(desk)
    net.exchange()
    net.clone("V", "V2")
    ids: dict[str, str] = {}
    for name in ("V", "V2"):
        with net[name].desk() as desk:
            ids[name] = create(desk, summary=name)
            edit(desk, common, unit=f"{name}改的")
    net.carry("V", "T")
    report = net.carry("V2", "T")
    assert any("复制到了另一台电脑" in alarm for alarm in report.alarms)
    assert here(net["T"], ids["V"]) and here(net["T"], ids["V2"])
    assert set(heads(net["T"], common, "unit")) == {"V改的", "V2改的"}
    with net["T"].desk() as desk:
        rows = {row.sort for row in conflicts.conflict_list(desk)}
    assert rows == {conflicts.FIELD, conflicts.NUMBER}, "the value and the number stand twice"
    for name in ("V", "V2"):
        assert any("本机的数据文件夹被复制过" in alarm for alarm in net.carry("T", name).alarms)
        assert net[name].epoch > 1
    with net["V"].desk() as desk:
        later = create(desk)
    net.renew("V2", "T")
    with net["V2"].desk() as desk:
        also = create(desk)
    all_agree(net)
    for id in (later, also, *ids.values()):
        assert all(here(net[name], id) for name in ("V", "V2", "T", "T2"))


def test_a_copy_that_was_never_signed_is_kept_too(net: Network) -> None:
    # what V wrote lies unsent, hence unsigned, when it learns that it was copied
    net.clone("V", "V2")
    with net["V"].desk() as desk:
        mine = create(desk, summary="没有发出的")
    with net["V2"].desk() as desk:
        create(desk, summary="复制出去的那一份先发了")
    net.carry("V2", "T")
    net.carry("T", "V")
    report = net.carry("V", "T")
    assert report.entries.waiting == 0, report.gaps
    assert here(net["T"], mine)
    net.renew("V2", "T")
    all_agree(net)


def test_a_profile_put_back_with_its_token_is_served_again(net: Network, tmp_path: Path) -> None:
    # the whole user profile comes back: nothing tells the site, and its serials run again
    copy = net.keep_copy("V", tmp_path / "copy", token=True)
    for _ in range(4):
        with net["T"].desk() as desk:
            id = create(desk)
        net.carry("T", "V")
        net.carry("V", "T")
    net.put_back("V", copy)
    net.carry("V", "T")
    net.carry("T", "V")
    assert here(net["V"], id), "what it once confirmed and has no more is sent again"
    all_agree(net)


@pytest.mark.parametrize("first", ["V", "V2"])
def test_the_forks_are_named_alike_everywhere(net: Network, first: str) -> None:
    net.clone("V", "V2")
    for name in ("V", "V2"):
        with net[name].desk() as desk:
            for _ in range(2):
                create(desk, summary=name)
    second = "V2" if first == "V" else "V"
    net.carry(first, "T")
    net.carry(second, "T2")
    net.renew("V2", "T")
    all_agree(net)

    def forks(pc: PC) -> set[tuple[Any, ...]]:
        with pc.reading() as conn:
            return {tuple(row)[:-1] for row in conn.execute(select(FORK))}

    assert len(forks(net["T"])) == 2
    assert forks(net["T"]) == forks(net["T2"]) == forks(net["V"]) == forks(net["V2"])


def test_proofs_hold_for_a_site_that_was_copied_twice(net: Network) -> None:
    net.clone("V", "V2")
    with net["V"].desk() as desk:
        create(desk, summary="甲")
    net.clone("V", "V3")
    for name in ("V", "V2", "V3"):
        with net[name].desk() as desk:
            create(desk, summary=name)
        net.carry(name, "T")
        assert proofs(net["T"]) == []
    net.renew("V2", "T")
    net.renew("V3", "T")
    all_agree(net)
    assert len(numbers(net["T"])) == 4


def test_a_look_that_waits_for_the_store_does_not_bring_the_old_site_back(net: Network) -> None:
    # looks are written by a timer; one may have begun before the site opened its next epoch
    began = threading.Event()
    with net["V"].desk() as desk:
        desk.look("read")

        def told() -> datetime:
            if threading.current_thread() is timer:
                began.set()
            return net["V"].clock()

        desk._clock = told
        timer = threading.Thread(target=desk.flush_looks)
        with desk.writing() as tx:
            timer.start()
            assert began.wait(10), "the timer is at the door of the store"
            epochs.open_next(tx, epochs.MISSING)
        timer.join()
        assert desk.site.epoch == 2
        with desk.reading() as conn:
            assert meta.read_site(conn).epoch == 2
