"""有访必接 · 有问必答 · 有疑必释 · 有困必解: what counts as evidence, and what is said honestly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.domain.workflow_cases import FEED, OFFICE, RECEIVED, matter_file
from xinfang_desktop.domain import four_haves
from xinfang_desktop.domain.duties import duties_of
from xinfang_desktop.domain.duty import Rulebook
from xinfang_desktop.domain.matter import MatterFile
from xinfang_desktop.domain.records import Step
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
BOOK = Rulebook(REFERENCE.rules, REFERENCE.calendar)
LATER = date(2026, 12, 1)

Said = tuple[str, str, Mapping[str, Any]]


def said(*evidence: Said, file: MatterFile | None = None) -> MatterFile:
    """A visit with this evidence: kind, day, data; in the order it was written down."""
    start = file or matter_file()
    steps = [
        Step(
            id=f"h{no}", feed=FEED, matter="m", intake="i", action="have",
            on=date.fromisoformat(on), at=datetime(2026, 9, 1, 9, tzinfo=UTC) + timedelta(minutes=no),
            by="周敏", data={"have": kind, **data},
        )
        for no, (kind, on, data) in enumerate(evidence)
    ]  # fmt: skip
    return replace(start, steps=tuple(steps))


def have(file: MatterFile, kind: str) -> four_haves.Have:
    """One of the four, as the file evidences it."""
    return next(h for h in four_haves.read(file, file.intakes[0]) if h.kind == kind)


def state(file: MatterFile, kind: str) -> str:
    """The state of its duty."""
    found = {d.kind: d for d in duties_of(file, BOOK, OFFICE)}
    return found[f"haves.{kind}"].state_of(LATER)


ALL: tuple[Said, ...] = (
    ("答", "2026-07-24", {"content": "当面答复"}),
    ("释", "2026-07-24", {"content": "讲了程序", "article": "《信访工作条例》第三十四条"}),
    ("困", "2026-07-24", {"hardship": False}),
)


def test_received_and_registered_is_the_first_and_the_other_three_are_open() -> None:
    file = said()
    assert [h.done_on for h in four_haves.read(file, file.intakes[0])] == [
        RECEIVED,
        None,
        None,
        None,
    ]
    assert not four_haves.complete(four_haves.read(file, file.intakes[0]))


def test_complete_only_when_all_four_are_evidenced() -> None:
    for left_out in range(3):
        some = said(*(e for no, e in enumerate(ALL) if no != left_out))
        assert not four_haves.complete(four_haves.read(some, some.intakes[0]))
    everything = said(*ALL)
    assert four_haves.complete(four_haves.read(everything, everything.intakes[0]))


def test_a_promised_day_replaces_the_usual_one_and_is_not_yet_an_answer() -> None:
    file = said(("答", "2026-07-24", {"content": "下周上门", "promised_on": "2026-08-15"}))
    duty = next(d for d in duties_of(file, BOOK, OFFICE) if d.kind == "haves.答")
    assert (duty.due, duty.done_on, duty.given) == (date(2026, 8, 15), None, True)
    assert have(file, "答").word == "约定中"
    answered = said(
        ("答", "2026-07-24", {"promised_on": "2026-08-15"}),
        ("答", "2026-08-14", {"content": "已上门说明"}),
    )
    assert state(answered, "答") == "done"


def test_what_is_added_later_makes_nothing_late() -> None:
    file = said(*ALL, ("释", "2026-10-20", {"content": "又寄了政策原文", "article": "第三十二条"}),
                ("接", "2026-10-20", {"content": "由周敏接待"}))  # fmt: skip
    assert have(file, "释").done_on == RECEIVED
    assert have(file, "释").content == "又寄了政策原文"
    assert have(file, "接").done_on == RECEIVED
    assert state(file, "接") == state(file, "释") == "done"


def test_a_referral_is_help_under_way_until_its_result_is_known() -> None:
    file = said(
        ("困", "2026-07-27", {"hardship": True, "referral": "镇民政办", "item": "临时救助"})
    )
    assert (have(file, "困").word, have(file, "困").in_progress) == ("在帮", True)
    assert state(file, "困") == "overdue"
    helped = said(
        ("困", "2026-07-27", {"hardship": True, "referral": "镇民政办"}),
        ("困", "2026-08-03", {"referral": "镇民政办", "result": "已受理，8月发放"}),
    )
    assert have(helped, "困").done_on == date(2026, 8, 3)


def test_need_found_after_all_opens_it_again() -> None:
    file = said(
        ("困", "2026-07-24", {"hardship": False}),
        ("困", "2026-07-30", {"hardship": True, "referral": "镇民政办"}),
    )
    assert have(file, "困").done_on is None


def test_not_solved_because_is_an_honest_end_and_shown_as_such() -> None:
    file = said(("答", "2026-07-27", {"unresolved": "超出本镇职权，已告知向县医保局申请"}))
    assert have(file, "答").word == "没能办成，已说明"
    assert "超出本镇职权" in have(file, "答").content
    assert state(file, "答") == "done"


@pytest.mark.parametrize(
    "change",
    [{"channel": "call"}, {"first": False}, {"history": True}, {"voided": True}],
)
def test_only_a_first_visit_owes_them(change: dict[str, Any]) -> None:
    file = matter_file()
    other = replace(file, intakes=(replace(file.intakes[0], **change),))
    assert not four_haves.owed_for(other.intakes[0])
    assert not [d for d in duties_of(other, BOOK, OFFICE) if d.kind.startswith("haves")]


# --- what is missing before it counts ------------------------------------------------------


def wrong(kind: str, data: Any) -> set[tuple[str, str]]:
    """Code and field of everything wrong with this evidence, each a sentence that says what to do."""
    reading = four_haves.read_evidence(kind, data, today=LATER, received_on=RECEIVED)
    assert all(p.sentence and p.mend for p in reading.problems)
    return {(p.code, p.field) for p in reading.problems}


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("答", {}, {("evidence_missing", "content")}),
        ("答", {"promised_on": "2026-08-01"}, set()),
        ("释", {"content": "讲了政策"}, {("evidence_missing", "article")}),
        ("释", {"article": "第三十四条"}, {("evidence_missing", "content")}),
        ("困", {}, {("evidence_missing", "referral")}),
        ("困", {"hardship": True}, {("evidence_missing", "referral")}),
        ("困", {"hardship": False}, set()),
        ("困", {"hardship": "无"}, set()),
        ("释", {"unresolved": "说不清，已请司法所来讲"}, set()),
        ("答", {"content": "好", "on": "2026-07-23"}, {("before_receipt", "on")}),
        ("答", {"content": "好", "on": "2026-12-02"}, {("future_date", "on")}),
        ("答", {"promised_on": "2026-07-01"}, {("promise_before_visit", "promised_on")}),
        ("答", "口头答复了", {("not_fields", "")}),
        ("稳", {"content": "好"}, {("unknown_have", "")}),
        ("答", {"mood": "激动"}, {("unknown_field", "mood")}),
    ],
)  # fmt: skip
def test_what_does_not_count_yet(kind: str, data: Any, expected: set[tuple[str, str]]) -> None:
    assert wrong(kind, data) == expected


def test_every_kind_is_named_and_has_fields_with_help() -> None:
    assert tuple(four_haves.FIELDS) == four_haves.KINDS == tuple(four_haves.NAMES)
    assert all(field.help for fields in four_haves.FIELDS.values() for field in fields)
