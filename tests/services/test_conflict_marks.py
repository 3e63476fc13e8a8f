"""Open conflicts are told wherever the case is, and nothing is closed over them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import screening
from tests.factories import register
from tests.neighbours import Neighbours, bring
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services.conflicts import conflict_list, resolve_conflict
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import take_dispute_step
from xinfang_desktop.services.disputes import DisputeQuery, dispute_page, dispute_view
from xinfang_desktop.services.exchange_glance import Glance, exchange_glance
from xinfang_desktop.services.handling import MatterQuery, matter_list

DeskAt = Callable[..., Desk]


@pytest.fixture
def town(three: Neighbours, desk_at: DeskAt) -> Desk:
    found = desk_at(three.town)
    bring(found, three.second)
    return found


def test_a_dispute_is_not_struck_off_over_an_open_conflict(town: Desk) -> None:
    number = conflict_list(town)[0].number
    assert len(dispute_view(town, number).conflicts) == 2
    screening.bring(town, number, "followed")
    with pytest.raises(RuleViolation, match="还有没判断的冲突"):
        take_dispute_step(town, number, "close", {})
    for row in conflict_list(town):
        resolve_conflict(town, row.id, "1")
    assert dispute_view(town, number).conflicts == ()
    assert take_dispute_step(town, number, "close", {}).state == "closed"


def test_lists_count_the_conflicts_of_each_row(town: Desk) -> None:
    number = conflict_list(town)[0].number
    rows = {row.number: row.conflicts for row in dispute_page(town, DisputeQuery()).rows}
    assert rows.pop(number) == 2 and set(rows.values()) == {0}
    mine = register(town).number
    assert {row.number: row.conflicts for row in matter_list(town, MatterQuery()).matters} == {
        mine: 0
    }
    for row in conflict_list(town):
        resolve_conflict(town, row.id, "1")
    assert all(row.conflicts == 0 for row in dispute_page(town, DisputeQuery()).rows)


def test_a_glance_tells_the_two_figures(town: Desk) -> None:
    assert exchange_glance(town) == Glance(waiting=0, conflicts=2)


def test_a_glance_counts_what_waits(three: Neighbours, desk_at: DeskAt) -> None:
    early = desk_at(three.early)
    bring(early, three.second)
    assert exchange_glance(early) == Glance(waiting=2, conflicts=0)
