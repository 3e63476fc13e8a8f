"""What a village filed for a round, read back return by return; another village's is not there."""

from __future__ import annotations

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import a_quarter, dispute, found, zero
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import registration_problems, take_dispute_step
from xinfang_desktop.services.filed import what_was_filed
from xinfang_desktop.services.returns import file_return

SEPTEMBER = RoundKey("2026-09")


def test_returns_are_read_in_their_order_with_their_disputes(
    desk: Desk, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    file_return(desk, "双井村", zero("2026-09"))
    clock.go("2026-09-22")
    file_return(
        desk, "双井村",
        found("2026-09", [dispute(summary="晒谷坪占用")], reporter="李秀英", note="电话报的"),
    )  # fmt: skip
    first, second = what_was_filed(desk, "双井村", SEPTEMBER)
    assert (first.zero, first.disputes, first.by) == (True, (), "周敏")
    assert [row.summary for row in second.disputes] == ["晒谷坪占用"]
    assert (second.reporter, second.note) == ("李秀英", "电话报的")
    assert what_was_filed(desk, "枫树坳村", SEPTEMBER) == ()


def test_a_dispute_voided_since_is_still_told_as_filed(desk: Desk, clock: MovableClock) -> None:
    a_quarter(desk, clock)
    (filed,) = what_was_filed(desk, "柳溪村", SEPTEMBER)
    take_dispute_step(desk, filed.disputes[0].number, "void", {"reason": "重复登记"})
    (after,) = what_was_filed(desk, "柳溪村", SEPTEMBER)
    assert [row.state_name for row in after.disputes] == ["作废", "已发现"]


def test_a_liaison_reads_its_own_village_only(
    desk: Desk, desk_of: DeskOf, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    theirs = desk_of("liaison")
    assert len(what_was_filed(theirs, "柳溪村", SEPTEMBER)) == 1
    for other in ("大塘村", "430522101202"):
        with pytest.raises(RuleViolation) as refused:
            what_was_filed(theirs, other, SEPTEMBER)
        assert refused.value.code == "no_village"


def test_everything_wrong_with_a_new_dispute_is_told_at_once(desk: Desk) -> None:
    wrong = registration_problems(desk, {"found_on": "2027-01-01", "grade": "红"})
    assert {problem.field for problem in wrong} >= {"found_on", "village", "category", "summary"}
    assert registration_problems(desk, dispute()) == ()
