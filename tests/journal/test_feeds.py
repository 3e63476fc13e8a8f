"""Feeds: who shares what, and how writes of two feeds are told apart."""

from __future__ import annotations

import pytest

from xinfang_desktop.domain.records import Stamp
from xinfang_desktop.journal import feeds


@pytest.mark.parametrize(
    ("feed", "reach"),
    [
        ("local:01a2", 0), ("township:331024105", 1), ("county:331024", 1),
        ("village:331024105201", 2), ("county:331024/331024105", 3),
        ("township:33102410", -1), ("village:33102410520１", -1), ("", -1), ("all", -1),
        ("county:331024/331024105 ", -1),
    ],
)  # fmt: skip
def test_how_far_a_feed_carries(feed: str, reach: int) -> None:
    assert feeds.reach(feed) == reach
    assert feeds.travels(feed) is (reach > 0)


VILLAGE = ("village", "331024105201")
TOWNSHIP = ("township", "331024105")
COUNTY = ("county", "331024")


@pytest.mark.parametrize(
    ("one", "other", "feed"),
    [
        (VILLAGE, TOWNSHIP, "village:331024105201"),
        (TOWNSHIP, COUNTY, "county:331024/331024105"),
        (TOWNSHIP, TOWNSHIP, "township:331024105"),
        (VILLAGE, COUNTY, ""),  # not directly above
        (VILLAGE, ("township", "331024106"), ""),
        (TOWNSHIP, ("county", "331025"), ""),
        (TOWNSHIP, ("township", "331024106"), ""),
        (VILLAGE, ("village", "331024105202"), ""),
    ],
)
def test_what_two_offices_share(one: tuple[str, str], other: tuple[str, str], feed: str) -> None:
    assert feeds.shared_feed(*one, *other) == feed
    assert feeds.shared_feed(*other, *one) == feed


@pytest.mark.parametrize(
    ("feed", "office"),
    [
        ("village:331024105201", TOWNSHIP), ("county:331024/331024105", COUNTY),
        ("township:331024105", TOWNSHIP), ("county:331024", COUNTY),
    ],
)  # fmt: skip
def test_the_upper_office_is_the_root(feed: str, office: tuple[str, str]) -> None:
    assert feeds.upper_office(feed) == office


def test_a_stamp_of_another_feed_keeps_its_feed_in_its_name() -> None:
    here, there, stamp = "county:331024/331024105", "township:331024105", Stamp("s", 1, 7)
    assert feeds.name_in(here, stamp, here) == stamp
    named = feeds.name_in(there, stamp, here)
    assert feeds.named_in(named, here) == (there, stamp)
    moved = feeds.renamed(there, here)
    assert moved(stamp) == named
    assert feeds.renamed(here, there)(named) == stamp
