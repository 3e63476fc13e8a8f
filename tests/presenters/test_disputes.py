"""纠纷清单 without a window: views with counts, and what the cells say."""

from __future__ import annotations

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import bring, find
from xinfang_desktop.presenters import disputes as words
from xinfang_desktop.presenters.disputes import DisputesPresenter
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk


@pytest.fixture
def page(desk: Desk, clock: MovableClock) -> DisputesPresenter:
    """Five disputes in five states, three of them older than this month."""
    clock.go("2026-08-03")
    for summary, state in (("旧沟", "open"), ("旧界", "closed"), ("旧路", "settled")):
        bring(desk, find(desk, found_on="2026-08-03", summary=summary).number, state)
    clock.go("2026-10-10")
    find(desk, found_on="2026-10-09", summary="新沟", village="双井村")
    bring(desk, find(desk, found_on="2026-10-10", summary="新界").number, "followed")
    clock.go("2026-10-21")
    made = DisputesPresenter(desk, run_now)
    made.load(lambda: None)
    return made


def test_views_count_what_they_show(page: DisputesPresenter) -> None:
    counts = {key: int(word.rpartition(" ")[2]) for key, word in page.views()}
    for key, _ in page.views():
        page.choose(key, lambda: None)
        assert len(page.rows) == counts[key], key
    assert counts == {"open": 4, "new": 2, "late": 2, "follow": 1, "stalled": 1, "all": 5}


def test_a_cell_says_what_comes_next_and_how_long_there_is(page: DisputesPresenter) -> None:
    page.choose("all", lambda: None)
    told = {
        row.summary: (words.progress_words(row), words.due_words(row), words.due_state(row))
        for row in page.rows
    }
    assert told["旧沟"] == ("化解中", "逾期 6 天", "late")
    assert told["旧界"] == ("已销号", "已销号", "done")
    assert told["旧路"][0] == "待回访" and told["旧路"][2] == "late", "nobody looked again in time"
    assert told["新沟"] == ("已发现", "", "")
    assert told["新界"] == ("待销号", "已化解", "done")
    assert [page.found_words(row) for row in page.rows][-1] == "8月3日"


def test_a_liaison_lists_its_own_village_only(page: DisputesPresenter, desk_of: DeskOf) -> None:
    theirs = DisputesPresenter(desk_of("liaison"), run_now)
    theirs.choose("all", lambda: None)
    assert {row.village for row in theirs.rows} == {"柳溪村"}
    assert "全部 4" in dict(theirs.views()).values()


def test_a_view_with_nothing_says_so(desk: Desk) -> None:
    page = DisputesPresenter(desk, run_now)
    for view, sentence in (("late", "没有逾期的纠纷。"), ("all", "还没有登记过纠纷。")):
        page.choose(view, lambda: None)
        assert page.rows == () and page.none() == sentence
