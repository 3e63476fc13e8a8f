"""Committees and mediators at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import DeskOf
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import committees, safekeeping
from xinfang_desktop.services.desk import Desk

LIUXI = "柳溪村人民调解委员会"


def test_a_committee_is_registered_with_what_is_to_be_put_right(desk: Desk) -> None:
    made = committees.add_committee(
        desk,
        {"name": LIUXI, "village": "柳溪村", "formed_on": "2023-09-01", "phone": "0739-6200001"},
    )
    assert (made.village, made.formed_on, made.ends_on) == (
        "柳溪村", date(2023, 9, 1), date(2026, 9, 1),
    )  # fmt: skip
    assert {f.code for f in made.findings} == {"member_count", "one_chair", "term_over"}
    for name, post, woman in (
        ("何建平", "主任", False),
        ("李秀英", "委员", True),
        ("张 三", "", False),
    ):
        made = committees.set_mediator(desk, LIUXI, {"name": name, "post": post, "woman": woman})
    assert [(m.name, m.post_name) for m in made.mediators] == [
        ("何建平", "主任"), ("李秀英", "委员"), ("张三", "委员"),
    ]  # fmt: skip
    assert [(f.code, f.article) for f in made.findings] == [("term_over", "《人民调解法》第九条")]
    made = committees.change_committee(desk, LIUXI, {"formed_on": "2026-09-02", "mark": "柳溪人调"})
    assert made.findings == () and made.mark == "柳溪人调" and made.phone == "0739-6200001"
    assert safekeeping.rebuild_check(desk).differences == ()


def test_somebody_is_changed_and_retires_and_stays_on_the_list(desk: Desk) -> None:
    committees.add_committee(desk, {"name": LIUXI, "village": "柳溪村"})
    committees.set_mediator(desk, LIUXI, {"name": "何建平", "phone": "1"})
    committees.set_mediator(desk, LIUXI, {"name": "何建平", "post": "chair"})
    made = committees.set_mediator(desk, LIUXI, {"name": "何建平", "left": True})
    assert [(m.name, m.post, m.phone, m.left) for m in made.mediators] == [
        ("何建平", "chair", "1", True)
    ]
    before = safekeeping.verify_log(desk).entries
    committees.set_mediator(desk, LIUXI, {"name": "何建平", "left": True})
    assert safekeeping.verify_log(desk).entries == before, "nothing new, nothing written"


def test_the_page_names_villages_without_one_ours_first(desk: Desk) -> None:
    committees.add_committee(desk, {"name": LIUXI, "village": "柳溪村"})
    committees.add_committee(desk, {"name": "青石镇人民调解委员会"})
    page = committees.committee_page(desk)
    assert [row.name for row in page.committees] == ["青石镇人民调解委员会", LIUXI]
    assert page.without == ("双井村",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"name": LIUXI}, "committee_exists"),
        ({"name": "双井村人民调解委员会", "village": "没有的村"}, "no_village"),
        ({"name": ""}, "field_missing"),
        ({"name": "x", "formed_on": "去年"}, "bad_date"),
        ({"name": "x", "chief": "y"}, "unknown_field"),
    ],
)
def test_what_cannot_be_written_is_said(desk: Desk, data: dict[str, str], code: str) -> None:
    committees.add_committee(desk, {"name": LIUXI, "village": "柳溪村"})
    with pytest.raises(RuleViolation) as refused:
        committees.add_committee(desk, data)
    assert refused.value.code == code and refused.value.mend
    assert len(committees.committee_page(desk).committees) == 1


def test_a_name_is_not_given_twice_when_it_is_changed(desk: Desk) -> None:
    for name in (LIUXI, "双井村人民调解委员会"):
        committees.add_committee(desk, {"name": name})
    with pytest.raises(RuleViolation, match="已经有叫"):
        committees.change_committee(desk, LIUXI, {"name": "双井村人民调解委员会"})
    assert committees.change_committee(desk, LIUXI, {"name": "柳溪调委会"}).name == "柳溪调委会"


def test_a_village_sees_its_own_and_ours(desk: Desk, desk_of: DeskOf) -> None:
    for name, village in ((LIUXI, "柳溪村"), ("双井村人民调解委员会", "双井村"), ("镇调委会", "")):
        committees.add_committee(desk, {"name": name, "village": village})
    page = committees.committee_page(desk_of("liaison"))
    assert [row.name for row in page.committees] == ["镇调委会", LIUXI]
    assert page.without == () and "双井" not in repr(page)
