"""Open conflicts are told wherever the case is, and nothing is closed over them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import screening
from tests.neighbours import Neighbours, bring
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services.conflicts import conflict_list, resolve_conflict
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import take_dispute_step
from xinfang_desktop.services.disputes import dispute_view

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
