"""设置 · 调解组织, without a window."""

from __future__ import annotations

from tests.conftest import DeskOf
from tests.factories import MovableClock
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.committees import (
    CommitteesPresenter,
    hint_words,
    people_words,
    term_words,
)
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.settings import SettingsPresenter
from xinfang_desktop.services import committees
from xinfang_desktop.services.desk import Desk

LIUXI = "柳溪村人民调解委员会"


def nothing() -> None:
    """Done."""


def opened(desk: Desk) -> CommitteesPresenter:
    made = CommitteesPresenter(desk, run_now)
    made.load(nothing)
    return made


def test_a_committee_is_chosen_once_it_is_registered_and_its_hints_name_the_article(
    desk: Desk,
) -> None:
    committees.add_committee(desk, {"name": "青石镇人民调解委员会", "formed_on": "2026-03-01"})
    page, refused = opened(desk), list[XinfangError]()
    assert page.without() == (
        "还没有登记调委会的村（社区）：柳溪村、双井村。村（居）委会设立调委会（《人民调解法》第八条）。"
    )
    page.add(
        {"name": LIUXI, "village": "柳溪村", "formed_on": "2023-09-01"}, nothing, refused.append
    )
    page.load(nothing)
    row = page.committee()
    assert row is not None and row.name == LIUXI and refused == []
    assert (term_words(row), people_words(row)) == ("2023-09-01 至 2026-09-01", "0 人")
    assert hint_words(row) == "3 条" == f"{len(page.hints())} 条"
    assert page.hints()[-1] == "任期三年，2026-09-01 已经届满，应当换届。（《人民调解法》第九条）"
    page.add({"name": LIUXI}, nothing, refused.append)
    assert [(problem.code, problem.field) for problem in refused] == [("committee_exists", "name")]


def test_its_people_are_added_changed_and_retire(desk: Desk) -> None:
    committees.add_committee(desk, {"name": LIUXI, "village": "柳溪村"})
    page, refused = opened(desk), list[XinfangError]()
    page.set_mediator(
        "", {"name": "何建平", "post": "chair", "woman": False}, nothing, refused.append
    )
    page.set_mediator("", {"name": "李秀英", "woman": True, "phone": "1"}, nothing, refused.append)
    page.load(nothing)
    row = page.committee()
    assert row is not None and people_words(row) == "2 人"
    values = page.mediator_values(row.mediators[1])
    assert values == {"post": "member", "woman": True, "phone": "1", "left": False}
    page.set_mediator("李秀英", {**values, "left": True, "woman": False}, nothing, refused.append)
    page.change({**page.change_values(), "mark": "柳溪人调"}, nothing, refused.append)
    page.load(nothing)
    row = page.committee()
    assert row is not None and (row.mark, people_words(row)) == ("柳溪人调", "1 人")
    assert [(m.name, m.woman, m.left) for m in row.mediators] == [
        ("何建平", False, False), ("李秀英", False, True),
    ]  # fmt: skip
    assert refused == []


def test_a_liaison_reads_the_own_and_the_townships_and_may_change_none(
    desk: Desk, desk_of: DeskOf, clock: MovableClock
) -> None:
    for name, village in (("青石镇人民调解委员会", ""), ("双井村人民调解委员会", "双井村")):
        committees.add_committee(desk, {"name": name, "village": village})
    liaison = desk_of("liaison", name="何春生")
    page = opened(liaison)
    assert [row.name for row in page.page.committees] == ["青石镇人民调解委员会"]
    tabs = {tab.key: tab for tab in SettingsPresenter(liaison, run_now).tabs()}
    assert "系统管理员、信访专干" in tabs["committees"].why_not
