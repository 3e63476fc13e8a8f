"""The rules of a village note: days, heads, promises; and what becomes of a promise."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.factories import CHINA
from xinfang_desktop.domain.case_records import CaseStep, VillageNote
from xinfang_desktop.domain.cases import NoteFile
from xinfang_desktop.domain.inputs import read_fields
from xinfang_desktop.domain.person_words import read_person_words
from xinfang_desktop.domain.village_notes import (
    KEEP,
    WRITE,
    keep_problems,
    note_problems,
    promises_of,
)
from xinfang_desktop.places import RESOURCES

WORDS = read_person_words((RESOURCES / "rules" / "note_words.toml").read_text("utf-8"))
ON, TODAY = date(2026, 9, 18), date(2026, 9, 21)
PROMISES = [
    {"what": "清三组沟口的淤泥", "due": "2026-09-25", "by": "何建平"},
    {"what": "贴出测量结果", "due": "2026-09-30", "by": ""},
]


def codes(on: date = ON, **over: Any) -> list[tuple[str, str]]:
    """Codes and fields of what is wrong with a note that says this."""
    values = {"sort": "diary", "text": "三组沟口淤堵。", "promises": PROMISES, **over}
    return [(p.code, p.field) for p in note_problems(values, on, TODAY, WORDS)]


def test_a_plain_note_is_good() -> None:
    assert codes() == []
    assert codes(sort="talk", headcount=12) == []


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"on": date(2026, 9, 22)}, ("date_in_future", "on")),
        ({"headcount": 12}, ("headcount_of_talk", "headcount")),
        ({"promises": [*PROMISES, {"what": "x", "due": "2026-09-17"}]},
         ("due_before_start", "promises.3.due")),
        ({"text": "王某情绪激动"}, ("about_persons", "text")),
        ({"place": "上访老户门口"}, ("about_persons", "place")),
        ({"promises": [{"what": "稳定他的情绪", "due": "2026-09-30"}]},
         ("about_persons", "promises.1.what")),
    ],
)  # fmt: skip
def test_each_thing_that_is_wrong_is_named_at_its_field(
    over: dict[str, Any], told: tuple[str, str]
) -> None:
    assert codes(**over) == [told]


def note(*steps: CaseStep) -> NoteFile:
    record = VillageNote(
        id="note", feed="f", village="v", sort="diary", on=ON, topic="irrigation", text="沟堵了",
        by="何建平", promises=PROMISES,
    )  # fmt: skip
    return NoteFile(record, steps)


def kept(no: int, on: date = TODAY) -> CaseStep:
    return CaseStep(
        id=f"s{no}", feed="f", case="note", action="fulfil", on=on, by="何建平",
        at=datetime(2026, 9, 21, tzinfo=CHINA), data={"task": f"promise:{no}", "content": "清完"},
    )  # fmt: skip


def test_a_promise_without_a_name_is_the_writers() -> None:
    first, second = promises_of(note(kept(1)))
    assert (first.no, first.kept_on, first.kept_how, first.task) == (1, TODAY, "清完", "promise:1")
    assert (second.by, second.kept_on, second.kept_how) == ("何建平", None, "")


@pytest.mark.parametrize(
    ("no", "on", "content", "told"),
    [
        (2, TODAY, "贴出来了", []),
        (1, TODAY, "又清了一遍", [("promise_kept", "no")]),
        (3, TODAY, "x", [("no_promise", "no")]),
        (2, date(2026, 9, 22), "x", [("bad_day", "on")]),
        (2, date(2026, 9, 17), "x", [("bad_day", "on")]),
        (2, TODAY, "他情绪稳定了", [("about_persons", "content")]),
    ],
)
def test_when_a_promise_may_be_recorded_as_kept(
    no: int, on: date, content: str, told: list[tuple[str, str]]
) -> None:
    problems = keep_problems(note(kept(1)), no, {"content": content}, on, TODAY, WORDS)
    assert [(p.code, p.field) for p in problems] == told


def test_what_is_missing_is_told_by_the_fields() -> None:
    missing = {p.field for p in read_fields(WRITE, {"promises": [{}]}).problems}
    assert missing == {"sort", "topic", "text", "promises.1.what", "promises.1.due"}
    assert {p.field for p in read_fields(KEEP, {}).problems} == {"content"}
