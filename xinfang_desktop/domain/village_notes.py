"""The village diary and talk days (民情日记、恳谈日): what is asked for, and what is refused.

A note is about problems, facts and promises; each promise is a duty until it was kept. Nothing is
written about a person's mood, movements, opinions or health (``domain.person_words``).
Source: chapter 13.1 of the working description, where the diary is kept for problems only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .cases import NoteFile
from .errors import RuleViolation
from .fields import Field
from .person_words import PersonWords
from .vocabulary import Words

SORTS: Words = (("diary", "民情日记"), ("talk", "恳谈日"))
SORT_WORDS: Mapping[str, str] = dict(SORTS)

PROMISE: tuple[Field, ...] = (
    Field("what", "承诺办什么", required=True, max_length=200, sample="清三组沟口的淤泥",
          help="一句话写清办什么事。"),
    Field("due", "到哪一天", "date", required=True, sample="2026-09-25"),
    Field("by", "谁来办", max_length=40, sample="何建平", help="不填就是记的人。"),
)  # fmt: skip

WRITE: tuple[Field, ...] = (
    Field("village", "村（社区）", max_length=60, sample="柳溪村", help="联络员不用填。"),
    Field("sort", "种类", "choice", required=True, choices=SORTS, sample="民情日记"),
    Field("on", "日期", "date", help="走访或恳谈的那一天；不填就是今天。", sample="2026-09-18"),
    Field("topic", "事由", "choice", required=True, choices="note_topic", max_length=40,
          sample="农田水利", help="说的是哪一类事：道路、饮水、照明、农田水利等。"),
    Field("place", "地点", max_length=120, sample="三组 · 沟口"),
    Field("text", "说了什么事", "long", required=True, max_length=5000,
          sample="三组反映沟口淤堵，雨天漫水上路，要求在稻子收割前清完。",
          help="写问题和事实：哪里、什么事、要怎么办。不写人的情绪、行踪、看法和病情。"),
    Field("headcount", "到会人数", "int", sample="12", help="恳谈日来了多少人。"),
    Field("promises", "当面承诺", "rows", columns=PROMISE,
          help="答应了什么、到哪一天、谁来办；到期前会提醒。"),
)  # fmt: skip

KEEP: tuple[Field, ...] = (
    Field("on", "办到的日期", "date", help="不填就是今天。", sample="2026-09-24"),
    Field("content", "怎么办的", "long", required=True, max_length=2000,
          sample="9月24日清完，六户都去看过。", help="办到什么程度，凭什么说办到了。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of a note, counted from 1, and the day and way it was kept, if it was."""

    no: int
    what: str
    due: date
    by: str
    kept_on: date | None = None
    kept_how: str = ""

    @property
    def task(self) -> str:
        """What the step that keeps it names, which is also the key of its duty."""
        return f"promise:{self.no}"


def promises_of(file: NoteFile) -> tuple[Promise, ...]:
    """The promises of a note in their order, with what became of each."""
    kept = {str((step.data or {}).get("task")): step for step in file.all("fulfil")}
    made = []
    for no, row in enumerate(file.note.promises or (), 1):
        step = kept.get(f"promise:{no}")
        made.append(
            Promise(
                no, row["what"], date.fromisoformat(row["due"]), row.get("by") or file.note.by,
                step.on if step else None,
                str((step.data or {}).get("content", "")) if step else "",
            )
        )  # fmt: skip
    return tuple(made)


def note_problems(
    values: Mapping[str, Any], on: date, today: date, words: PersonWords
) -> Iterator[RuleViolation]:
    """What is wrong with a note whose fields were read without problems."""
    if on > today:
        yield RuleViolation("date_in_future", "日期不能晚于今天。", mend="请核对日期。", field="on")
    if values.get("headcount") and values["sort"] != "talk":
        yield RuleViolation(
            "headcount_of_talk", "只有恳谈日才有到会人数。",
            mend="请去掉到会人数，或把种类改成恳谈日。", field="headcount",
        )  # fmt: skip
    promises = list(enumerate(values.get("promises", ()), 1))
    for no, row in promises:
        if row["due"] < on.isoformat():
            yield RuleViolation(
                "due_before_start", "承诺的日子不能早于记录的日期。", mend="请核对两个日期。",
                field=f"promises.{no}.due",
            )  # fmt: skip
    texts = [("text", values["text"]), ("place", values.get("place", ""))]
    texts += [(f"promises.{no}.what", row["what"]) for no, row in promises]
    yield from _about_persons(texts, words)


def keep_problems(
    file: NoteFile, no: int, values: Mapping[str, Any], on: date, today: date, words: PersonWords
) -> Iterator[RuleViolation]:
    """Why promise ``no`` cannot be recorded as kept on that day, with these words."""
    promise = next((each for each in promises_of(file) if each.no == no), None)
    if promise is None:
        yield RuleViolation(
            "no_promise", f"这一页没有第 {no} 项承诺。", mend="请核对是第几项。", field="no"
        )
    elif promise.kept_on:
        yield RuleViolation(
            "promise_kept", f"第 {no} 项承诺已经登记办到了。", mend="不用再登记。", field="no"
        )
    if not file.note.on <= on <= today:
        yield RuleViolation(
            "bad_day", "办到的日期要在记录的日期和今天之间。", mend="请核对日期。", field="on"
        )
    yield from _about_persons([("content", values["content"])], words)


def _about_persons(texts: list[tuple[str, str]], words: PersonWords) -> Iterator[RuleViolation]:
    for field, text in texts:
        problem = words.problem(text, field)
        if problem:
            yield problem
