"""Whom a site believes: revoked with a cut, unknown until its card is added, shared or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.exchange.network import (
    FEED,
    OFFICES,
    PC,
    Network,
    create,
    edit,
    here,
    proofs,
    seen,
)
from tests.exchange.test_between_offices import all_agree
from tests.factories import CHEAP, PASSWORD
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.services import accounts, receiving, sites
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.exchange_status import exchange_status
from xinfang_desktop.store import peers
from xinfang_desktop.store.inbox import CAUSE, REVOKED, UNKNOWN_SITE
from xinfang_desktop.store.tables import LOG, WAITING


def waiting(pc: PC) -> list[tuple[str, str]]:
    """Site and reason of each entry on the shelf."""
    with pc.reading() as conn:
        return [(row.site, row.reason) for row in conn.execute(select(WAITING))]


def revoke(net: Network, who: str, whom: str) -> None:
    site = net[whom].site
    with net[who].desk() as desk:
        sites.revoke_site(desk, site)


def without(net: Network, *names: str) -> None:
    """They take no part any more."""
    for name in names:
        net.pcs.pop(name).close()


# --- revoked -----------------------------------------------------------------------------------


def test_what_comes_after_the_cut_is_put_aside(net: Network) -> None:
    with net["V"].desk() as desk:
        before = create(desk, summary="停用前的")
    net.carry("V", "T")
    revoke(net, "T", "V")
    with net["V"].desk() as desk:
        after = create(desk, summary="停用后的")
    with pytest.raises(DamagedInput) as caught:
        net.carry("V", "T")
    assert caught.value.code == "sender_revoked"
    assert here(net["T"], before) and not here(net["T"], after)
    assert proofs(net["T"]) == []


def test_the_roster_carries_the_cut_to_the_other_pc(net: Network) -> None:
    # T2 had more of the village than T, by a bundle of its own, and worked on it
    with net["V"].desk() as desk:
        before = create(desk, summary="停用前的")
    net.carry("V", "T")
    with net["V"].desk() as desk:
        after = create(desk, summary="停用后的")
        edit(desk, before, people=99)
    net.carry("V", "T2")
    assert here(net["T2"], after)
    revoke(net, "T", "V")
    net.carry("T", "T2")
    assert here(net["T2"], before) and not here(net["T2"], after)
    assert waiting(net["T2"]) == [(net["V"].site, REVOKED)] * 2
    with net["T2"].desk() as desk:
        assert seen(desk, before).people == 0
        assert any("停用以后写的 2 条已隔离" in gap for gap in exchange_status(desk).gaps)
    without(net, "V")
    all_agree(net)


def test_work_on_what_was_put_aside_does_not_stop_the_others(net: Network) -> None:
    net.carry("V", "T")
    with net["V"].desk() as desk:
        after = create(desk, summary="停用后的")
    net.carry("V", "T2")
    with net["T2"].desk() as desk:
        edit(desk, after, unit="村建办")
        later = create(desk, summary="与它无关的")
    revoke(net, "T", "V")
    net.carry("T", "T2")
    assert not here(net["T2"], after) and here(net["T2"], later)
    without(net, "V")
    all_agree(net)
    assert here(net["T"], later), "one record that is not there must not hold up all that follows"
    with net["T2"].desk() as desk:
        edit(desk, later, people=3)
    all_agree(net)
    with net["T"].desk() as desk:
        assert seen(desk, later).people == 3


def test_both_branches_of_a_copied_site_stay_up_to_the_cut(net: Network) -> None:
    net.clone("V", "V2")
    ids = []
    for name in ("V", "V2"):
        with net[name].desk() as desk:
            ids.append(create(desk, summary=name))
        net.carry(name, "T")
    revoke(net, "T", "V")
    net.carry("T", "T2")
    for id in ids:
        assert here(net["T"], id) and here(net["T2"], id)
    assert waiting(net["T2"]) == []
    without(net, "V", "V2")
    all_agree(net)


# --- not known yet -----------------------------------------------------------------------------


@pytest.fixture
def third(net: Network, tmp_path: Path) -> PC:
    """A third PC of the township, which has only T2's card and T2 its."""
    level, code, office, admin = OFFICES["T3"]
    pc = net._add("T3", admin)
    asked = CreateOffice(code=code, name=office, kind=level, admin=admin, password=PASSWORD)
    with pc.user():
        accounts.create_office(pc.home, asked, pc.clock, net.reference, cost=CHEAP)
    net.befriend("T2", "T3")
    return pc


def test_entries_of_an_unknown_site_wait_for_its_card(net: Network, third: PC) -> None:
    net.carry("T2", "T3")
    with third.desk() as desk:
        id = create(desk)
    net.carry("T3", "T2")
    report = net.carry("T2", "T")
    assert report.result == receiving.WAITING
    assert {reason for _, reason in waiting(net["T"])} == {UNKNOWN_SITE}
    assert "添加后会自动接上" in report.gaps[0]
    assert not here(net["T"], id)
    with third.desk() as desk:
        card = sites.own_card(desk).data
    with net["T"].desk() as desk:
        sites.add_site(desk, card)
    net.carry("T2", "T")
    assert here(net["T"], id) and waiting(net["T"]) == []
    all_agree(net)


def test_an_unknown_site_that_turns_out_to_share_nothing_of_it(net: Network, third: PC) -> None:
    # T2 relays what a site wrote into a feed which, as T sees it, that site has no part in
    net.carry("T2", "T3")
    with third.desk() as desk:
        id = create(desk)
    net.carry("T3", "T2")
    net.carry("T2", "T")
    with third.desk() as desk:
        card = sites.own_card(desk).data
    with net["T"].desk() as desk:
        sites.add_site(desk, card, feeds=("village:430522101299",))
    report = net.carry("T2", "T")
    assert not here(net["T"], id)
    with net["T"].desk() as desk:
        exchange_status(desk)
    assert all("{" not in gap for gap in report.gaps)
    assert proofs(net["T"]) == []


# --- a new site in place of the old one --------------------------------------------------------


def test_a_site_that_was_made_anew_loses_nothing(net: Network) -> None:
    with net["V"].desk() as desk:
        id = create(desk)
        sites.renew_site(desk)
        later = create(desk)
    with net["V"].desk() as desk:
        card = sites.own_card(desk).data
    with net["T"].desk() as desk:
        sites.add_site(desk, card)
    net.carry("V", "T")
    assert here(net["T"], id) and here(net["T"], later)
    all_agree(net)


def test_nobody_reads_what_is_not_shared_with_him(net: Network) -> None:
    with net["T"].desk() as desk:
        create(desk, summary="柳溪村的事")
        create(desk, feed="township:430522101", summary="镇里自己的事")
    net.exchange()
    for name in ("W", "C"):
        with net[name].reading() as conn:
            bodies = b"".join(conn.scalars(select(LOG.c.body)))
            feeds = set(conn.scalars(select(LOG.c.feed)))
        assert "柳溪村的事".encode() not in bodies and "镇里自己的事".encode() not in bodies
        assert FEED not in feeds and "township:430522101" not in feeds


def test_nothing_waits_for_a_cause(net: Network) -> None:
    net.exchange()
    assert all(reason != CAUSE for pc in net.pcs.values() for _, reason in waiting(pc))


def test_a_root_that_became_a_new_site_signs_the_next_rosters(net: Network) -> None:
    """Its rosters were signed by what it was before; it goes on with the versions that follow."""
    with net["T"].reading() as conn:
        before = {feed: version for feed, (version, _) in peers.rosters(conn).items()}
    net.renew("T", "V", "T2", "W", "C")
    with net["V"].desk() as desk:
        made = create(desk)
    assert net.carry("T", "V").result == "new"
    net.carry("V", "T")
    assert here(net["T"], made)
    with net["T"].reading() as conn:
        after = {feed: version for feed, (version, _) in peers.rosters(conn).items()}
    assert after[FEED] > before[FEED]
    with net["V"].reading() as conn:
        assert peers.rosters(conn)[FEED][0] == after[FEED]
