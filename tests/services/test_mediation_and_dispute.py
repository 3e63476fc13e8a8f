"""What a dispute is told of the mediation it was handed over to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mediating import dispute, start, take
from xinfang_desktop.services import (
    dispute_work,
    disputes,
    mediations,
    safekeeping,
)
from xinfang_desktop.services.desk import Desk


@pytest.mark.parametrize(
    ("steps", "over", "words"),
    [
        (("consent", "accept", "session", "agreement"), {}, "人民调解：达成书面协议"),
        (("consent", "accept", "fail"), {}, "人民调解：调解不成"),
        (("consent", "accept", "end"), {}, "人民调解：当事人要求终止"),
        (("consent",), {"agrees": False}, "人民调解：一方不愿意，不调解"),
        (("void",), {}, "人民调解：作废"),
    ],
)  # fmt: skip
def test_the_dispute_is_told_how_it_ended_and_decides_for_itself(
    desk: Desk, steps: tuple[str, ...], over: dict[str, Any], words: str
) -> None:
    number = dispute(desk)
    stood = start(desk, dispute=number, source="application")
    before = disputes.dispute_view(desk, number)
    for step in steps[:-1]:
        assert take(desk, stood.number, step).told == ""
    ended = take(desk, stood.number, steps[-1], **over)
    assert ended.told == number
    after = disputes.dispute_view(desk, number)
    assert len(after.timeline) == len(before.timeline) + 1
    note = after.timeline[0]
    assert note.action == "note" and words in note.text
    assert (ended.file_no or ended.number) in note.text
    assert "王桂芳" not in note.text and "排水沟堵了" not in note.text
    assert after.row.state == before.row.state == "mediation", "nothing else is decided there"
    assert {"dispute", "case_step"} & ended.changes.kinds == {"case_step"}


def test_the_note_and_the_step_are_one_transaction(desk: Desk) -> None:
    number = dispute(desk)
    stood = start(desk, dispute=number, source="application")
    take(desk, stood.number, "consent", "accept")
    before = safekeeping.verify_log(desk).entries
    take(desk, stood.number, "fail")
    told = disputes.dispute_view(desk, number).timeline[0]
    step = mediations.mediation_view(desk, stood.number).timeline[0]
    assert told.at == step.at
    assert safekeeping.verify_log(desk).entries > before
    assert safekeeping.rebuild_check(desk).differences == ()


def test_a_dispute_taken_back_meanwhile_stays_where_it_is(desk: Desk) -> None:
    number = dispute(desk)
    stood = start(desk, dispute=number, source="application")
    dispute_work.take_dispute_step(desk, number, "take_back", {"reason": "当事人要求"})
    dispute_work.take_dispute_step(
        desk, number, "assign",
        {"unit": "农业农村办", "person": "何建平", "measures": "清沟", "due": "2026-10-15"},
    )  # fmt: skip
    take(desk, stood.number, "consent", "accept", "fail")
    assert disputes.dispute_view(desk, number).row.state == "assigned"
