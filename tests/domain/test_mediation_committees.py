"""Mediation committees: what the law would have otherwise is said with its article, never refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xinfang_desktop.domain.case_records import Committee, Mediator
from xinfang_desktop.domain.committees import findings, mark_of, term_ends

TODAY = date(2026, 9, 21)


def committee(**over: Any) -> Committee:
    plain = {"name": "柳溪村人民调解委员会", "formed_on": date(2025, 3, 1), **over}
    return Committee(id="c", feed="f", **plain)


def people(*posts: str, women: int = 1) -> list[Mediator]:
    return [
        Mediator(id=f"m{no}", feed="f", committee="c", name=f"甲{no}", post=post, woman=no < women)
        for no, post in enumerate(posts)
    ]


GOOD = ("chair", "member", "member")


def codes(found: Committee, *mediators: Mediator) -> dict[str, str]:
    return {each.code: each.article for each in findings(found, mediators, TODAY)}


def test_three_members_one_chair_a_woman_and_a_running_term_are_well() -> None:
    assert codes(committee(), *people(*GOOD)) == {}


@pytest.mark.parametrize(
    ("posts", "women", "found"),
    [
        (("chair", "member"), 1, {"member_count"}),
        (("chair", *["member"] * 8), 1, set()),
        (("chair", *["member"] * 9), 1, {"member_count"}),
        (("member",) * 3, 1, {"one_chair"}),
        (("chair", "chair", "member"), 1, {"one_chair"}),
        (GOOD, 0, {"no_woman"}),
        ((), 0, {"member_count", "one_chair"}),
        (("chair", "member", "hired"), 1, {"member_count"}),
    ],
)  # fmt: skip
def test_who_sits_on_it(posts: tuple[str, ...], women: int, found: set[str]) -> None:
    assert codes(committee(), *people(*posts, women=women)) == dict.fromkeys(
        found, "《人民调解法》第八条"
    )


def test_who_left_is_not_counted() -> None:
    members = people(*GOOD)
    gone = Mediator(id="x", feed="f", committee="c", name="乙", post="chair", left=True)
    assert codes(committee(), *members, gone) == {}


@pytest.mark.parametrize(
    ("formed_on", "found"),
    [
        (date(2023, 9, 22), set()),
        (date(2023, 9, 21), {"term_over"}),
        (date(2020, 2, 29), {"term_over"}),
        (None, {"no_date"}),
    ],
)
def test_a_term_is_three_years(formed_on: date | None, found: set[str]) -> None:
    assert codes(committee(formed_on=formed_on), *people(*GOOD)) == dict.fromkeys(
        found, "《人民调解法》第九条"
    )


def test_the_end_of_a_term_is_a_day_that_exists() -> None:
    assert term_ends(date(2024, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("found", "office", "mark"),
    [
        (committee(mark="青石人调"), "青石镇信访办", "青石人调"),
        (committee(mark="青石人调字"), "青石镇信访办", "青石人调"),
        (committee(), "青石镇信访办", "柳溪人调"),
        (committee(name="清河街道人民调解委员会"), "", "清河人调"),
        (None, "青石镇信访办", "青石人调"),
        (None, "石镇信访办", "石镇人调"),
    ],
)
def test_the_mark_of_file_numbers(found: Committee | None, office: str, mark: str) -> None:
    assert mark_of(found, office) == mark
