"""Cases that two offices share: where they lie, how they get there, and what never does."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.exchange.network import PC, Network, proofs
from tests.factories import register, visit
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.permissions import SEALED
from xinfang_desktop.domain.records import Matter, Party
from xinfang_desktop.services import accounts, handling, registration, sharing, sites
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.views import MatterView
from xinfang_desktop.store.files import fetch, matter_by_number


@pytest.fixture(autouse=True)
def both_pcs_know_the_county(net: Network) -> None:
    """The second PC of the township adds the county's card, too."""
    with net["C"].desk() as desk:
        card = sites.own_card(desk).data
    with net["T2"].desk() as desk:
        sites.add_site(desk, card)


def page(pc: PC, number: str) -> dict[str, Any]:
    """A matter's page without what is this PC's own: who looked, what its account may do."""
    with pc.desk() as desk:
        view: MatterView = handling.matter_view(desk, number)
    shown = dataclasses.asdict(view)
    for own in ("seen", "offers"):
        del shown[own]
    return shown


def numbers(pc: PC) -> set[str]:
    with pc.desk() as desk:
        return {row.number for row in handling.matter_list(desk, MatterQuery()).matters}


def feed_of(pc: PC, number: str) -> str:
    with pc.reading() as conn:
        found = matter_by_number(conn, number)
    assert found is not None
    return found.feed


def test_what_the_county_sent_lies_in_the_common_feed_from_the_first_word(net: Network) -> None:
    with net["T"].desk() as desk:
        sent = register(desk, origin="assigned", village="柳溪村").number
        own = register(desk).number
    assert feed_of(net["T"], sent).startswith("county:") and "/" in feed_of(net["T"], sent)
    net.exchange()
    assert numbers(net["C"]) == {sent}
    assert own in numbers(net["T2"])
    assert page(net["C"], sent) == page(net["T"], sent) == page(net["T2"], sent)
    assert page(net["C"], sent)["village"] == "柳溪村"


def test_a_matter_that_is_reported_up_stays_one_matter(net: Network) -> None:
    with net["T"].desk() as desk:
        number = register(desk, village="柳溪村").number
    net.exchange()
    assert numbers(net["C"]) == set()
    with net["T"].desk() as desk:
        shared = sharing.share_matter(desk, number, net["C"].site)
    assert (shared.number, shared.feed) == (number, feed_of(net["T"], number))
    net.exchange()
    assert numbers(net["C"]) == {number}
    assert page(net["C"], number) == page(net["T"], number) == page(net["T2"], number)
    with net["C"].desk() as desk:
        handling.take_step(desk, number, "note", {"record": "other", "content": "县里看过"})
    net.exchange()
    assert page(net["C"], number) == page(net["T2"], number)
    assert "县里看过" in str(page(net["T"], number)["timeline"])
    assert [proofs(net[name]) for name in ("T", "T2", "C", "V")] == [[], [], [], []]


def test_a_change_that_had_not_seen_the_sharing_is_not_lost(net: Network) -> None:
    with net["T"].desk() as desk:
        number = register(desk).number
    net.exchange()
    with net["T"].desk() as desk:
        sharing.share_matter(desk, number, net["C"].site)
        handling.take_step(desk, number, "claim", {"handler": "周敏", "no_interest": True})
    with net["T2"].desk() as desk:
        claimed = {"handler": desk.account.name, "no_interest": True}
        handling.take_step(desk, number, "claim", claimed)
    net.exchange()
    marks = {name: page(net[name], number)["conflicts"] for name in ("T", "T2")}
    assert marks["T"] == marks["T2"] != (), "both claimed it: who handles it is to be decided"
    assert [proofs(net[name]) for name in ("T", "T2", "C")] == [[], [], []]


def test_the_county_forwards_and_the_township_handles_the_same_record(net: Network) -> None:
    with net["C"].desk() as desk:
        number = register(desk).number
        township = net["T"]
        with township.desk() as there:
            name = there.office.name
        me = {"handler": desk.account.name, "no_interest": True}
        handling.take_step(desk, number, "claim", me)
        handling.take_step(desk, number, "sort", {"nature": "appeal"})
        sent = {"mode": "transfer", "unit": name, "power_confirmed": True, "not_reported": True}
        told = handling.take_step(desk, number, "forward", sent)
    assert told.state == "S10"
    net.exchange()
    with net["T"].desk() as desk:
        me = {"handler": desk.account.name, "no_interest": True}
        handling.take_step(desk, number, "claim", me)
    net.exchange()
    assert page(net["C"], number) == page(net["T"], number)
    assert page(net["C"], number)["owner"] != ""


def test_who_asked_for_secrecy_is_not_named_to_the_other_office(net: Network) -> None:
    with net["T"].desk() as desk:
        number = register(desk, confidential=True).number
        sharing.share_matter(desk, number, net["C"].site)
    net.exchange()
    with net["C"].reading() as conn:
        assert fetch(conn, Party) == []
        assert [m.number for m in fetch(conn, Matter)] == [number]


def test_a_sealed_accusation_leaves_its_pc_by_no_bundle(net: Network) -> None:
    with net["T"].desk() as desk:
        accounts.set_account(desk, desk.account.name, roles=("admin", "officer", SEALED))
    with net["T"].desk() as desk:
        number = registration.register_intake(desk, visit(sealed=True)).number
        assert feed_of(net["T"], number) == desk.local_feed
        with pytest.raises(RuleViolation) as refused:
            sharing.share_matter(desk, number, net["C"].site)
    assert refused.value.code == "sealed_stays"
    net.exchange()
    assert number not in numbers(net["T2"]) | numbers(net["C"])


def test_our_own_pc_needs_no_sharing_and_a_stranger_gets_none(net: Network) -> None:
    with net["T"].desk() as desk:
        number = register(desk).number
        for to, code in ((net["T2"].site, "own_office"), ("没有的站点", "no_site")):
            with pytest.raises(RuleViolation) as refused:
                sharing.share_matter(desk, number, to)
            assert refused.value.code == code
