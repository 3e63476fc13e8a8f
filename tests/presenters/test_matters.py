"""信访事项: the list, its views, its words."""

from __future__ import annotations

from datetime import date

from tests.factories import register
from xinfang_desktop.presenters import matters as words
from xinfang_desktop.presenters.matters import ALL, MINE, OPEN, MattersPresenter
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services import handling
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.views import MatterRow


def listed(desk: Desk) -> MattersPresenter:
    made = MattersPresenter(desk, run_now)
    made.load(lambda: None)
    return made


def test_views_count_open_own_and_all(desk: Desk) -> None:
    first = register(desk, title="后山路塌方")
    register(desk, title="自来水经常停水", parties=None)
    handling.take_step(desk, first.number, "void", {"reason": "重复录入"})
    found = listed(desk)
    assert [row.title for row in found.rows] == ["自来水经常停水"]
    assert dict(found.views()) == {OPEN: "在办 1", MINE: "我承办 1", ALL: "全部 2"}
    found.choose(ALL, lambda: None)
    assert {row.title for row in found.rows} == {"后山路塌方", "自来水经常停水"}


def test_search_looks_at_all_matters_and_says_when_there_is_none(desk: Desk) -> None:
    register(desk, title="后山路塌方")
    found = listed(desk)
    found.search(" 塌方 ", lambda: None)
    assert len(found.rows) == 1 and "塌方" in found.note()
    found.search("不存在的事", lambda: None)
    assert found.rows == ()
    assert found.empty()[0] == "没有找到“不存在的事”。"
    found.search("", lambda: None)
    assert len(found.rows) == 1


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(desk: Desk) -> None:
    register(desk, title="后山路塌方")
    waiting: list[object] = []

    def later(work, done, failed=None, *, label=""):  # type: ignore[no-untyped-def]
        waiting.append((work, done))

    slow = MattersPresenter(desk, later)
    slow.load(lambda: None)
    slow.search("不存在的事", lambda: None)
    for work, done in reversed(waiting):  # type: ignore[misc]
        done(work())
    assert slow.rows == ()


def test_an_empty_office_offers_the_first_registration(desk: Desk) -> None:
    found = MattersPresenter(desk, run_now)
    found.choose(ALL, lambda: None)
    assert found.empty() == ("还没有登记。", "登记第一件 Ctrl+N", "register")


def test_cells_mask_names_and_say_what_must_be_known(desk: Desk) -> None:
    register(desk, headcount=12, confidential=False)
    register(desk, title="匿名反映", parties=None, confidential=True)
    rows = {row.title: row for row in listed(desk).rows}
    group = next(row for title, row in rows.items() if title != "匿名反映")
    assert words.people_words(group) == "王** 等 12 人"
    assert words.title_words(rows["匿名反映"]).startswith("［保密］")
    assert words.received_words(group, date(2026, 9, 21)) == "9月21日"
    assert words.received_words(group, date(2027, 1, 4)) == "2026年9月21日"


def test_the_note_counts_what_is_late(desk: Desk, clock) -> None:  # type: ignore[no-untyped-def]
    register(desk)
    clock.go("2026-11-02")
    found = listed(desk)
    assert isinstance(found.rows[0], MatterRow)
    assert found.note() == "逾期 1 件"
