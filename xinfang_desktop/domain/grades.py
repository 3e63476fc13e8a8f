"""Grades of a dispute (纠纷分级): 简单, 一般, 复杂, 疑难, by thresholds that are data.

A grade says who takes a dispute up and how soon. It is of the dispute, never of a person: people
affected, money, urgency, danger to the parties, several villages or units (DOMAIN §8.1).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from .codes import normal
from .errors import RuleViolation

LEVELS: Final = (1, 2, 3, 4)
"""From the lightest to the gravest; 0 stands for 不知道."""

_SIZES: Final = ("people", "cents")
_SIGNS: Final = ("urgent", "danger", "crossing")

_REACHED: Final[Mapping[str, str]] = {
    "people": "涉及 {given} 人，达到 {least} 人以上：{word}",
    "cents": "涉及金额 {given}，达到 {least}以上：{word}",
    "urgent": "情况紧急：{word}",
    "danger": "可能危及当事人的人身安全：{word}",
    "crossing": "牵涉几个村（社区）或者几个单位：{word}",
}


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade and from what on it holds. 0 and False: this criterion does not lead here."""

    level: int
    word: str
    meaning: str = ""
    people: int = 0
    cents: int = 0  # 分
    urgent: bool = False
    danger: bool = False
    crossing: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade the thresholds suggest; ``reasons`` are sentences, the gravest first."""

    level: int
    word: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class GradeTable:
    """The four grades as an office set them, the lightest first. Made by ``read_grades``."""

    title: str
    document: str
    grades: tuple[Grade, ...]

    @cached_property
    def _levels(self) -> Mapping[str, int]:
        return {
            normal(name): grade.level
            for grade in self.grades
            for name in (grade.word, *grade.synonyms)
        }

    def level_of(self, text: str) -> int:
        """The level that a ledger's word means; 0 where it is none or may mean several."""
        return self._levels.get(normal(text), 0)

    def word(self, level: int) -> str:
        """The word of a level; nothing for 0."""
        return self.grades[level - 1].word if level in LEVELS else ""

    def propose(
        self,
        people: int = 0,
        amount_cents: int = 0,
        urgent: bool = False,
        danger: bool = False,
        crossing: bool = False,
    ) -> Proposal:
        """The gravest grade that one criterion reaches. 0 people or no money: not known.

        More people, more money or one more sign never give a lower grade.
        """
        given = {
            "people": people, "cents": amount_cents,
            "urgent": urgent, "danger": danger, "crossing": crossing,
        }  # fmt: skip
        reached: list[tuple[int, str]] = []
        for criterion, sentence in _REACHED.items():
            for grade in reversed(self.grades):
                least = getattr(grade, criterion)
                if least and given[criterion] >= least:
                    told = sentence.format(
                        given=_said(criterion, given[criterion]),
                        least=_said(criterion, least),
                        word=grade.word,
                    )
                    reached.append((grade.level, told))
                    break
        lowest, next_up = self.grades[0], self.grades[1]
        if not reached:
            none = f"没有达到“{next_up.word}”以上的任何一条标准：{lowest.word}"
            return Proposal(lowest.level, lowest.word, (none,))
        reached.sort(key=lambda reason: -reason[0])
        level = reached[0][0]
        return Proposal(level, self.word(level), tuple(told for _, told in reached))


def _said(criterion: str, value: int) -> str:
    return money(value) if criterion == "cents" else str(value)


def money(cents: int) -> str:
    """分 as one says it: 5,200,000 is 5.2 万元, 98,050 is 980.5 元."""
    large = cents >= 1_000_000 and cents % 10_000 == 0
    value = Decimal(cents).scaleb(-6 if large else -2).normalize()
    return f"{value:f} {'万元' if large else '元'}"


# ---- the file ----------------------------------------------------------------------------------

_HEAD: Final = frozenset({"title", "document", "grade"})
_KEYS: Final = frozenset(
    {"level", "word", "meaning", "people", "yuan", "urgent", "danger", "crossing", "synonyms"}
)
_LINE: Final = re.compile(r"line (\d+)")  # in what tomllib says, which is English
_MOST_YUAN: Final = 10**12
_NAMED: Final = {"people": "people（人数）", "cents": "yuan（金额）"}


def read_grades(text: str) -> GradeTable:
    """The table as an office wrote it (TOML). ``RuleViolation`` names the entry that is wrong."""
    try:
        data = tomllib.loads(text.lstrip("\ufeff"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        line = _LINE.search(str(problem))
        what = f"第 {line[1]} 行的写法不对" if line else "文件没有写完"
        raise _wrong(what) from problem
    if strange := sorted(set(data) - _HEAD):
        raise _wrong(f"有看不懂的项目 {'、'.join(strange)}")
    rows = data.get("grade")
    if not isinstance(rows, list) or len(rows) != len(LEVELS):
        raise _wrong("要写满四级，每级一段 [[grade]]")
    grades = tuple(_grade(number, row) for number, row in zip(LEVELS, rows, strict=True))
    for name in _SIZES:
        _rising(grades, name)
    for name in _SIGNS:
        if len([grade for grade in grades if getattr(grade, name)]) > 1:
            raise _wrong(f"{name} 只能写在一个级别里")
    _distinct(grades)
    return GradeTable(str(data.get("title", "")), str(data.get("document", "")), grades)


def _grade(number: int, row: Any) -> Grade:
    if not isinstance(row, dict):
        raise _wrong(f"第 {number} 条不是一段 [[grade]]")
    word = row.get("word")
    if not isinstance(word, str) or not word.strip():
        raise _wrong(f"第 {number} 条没有写 word（级别的名称）")
    where = f"第 {number} 条“{word}”"
    if strange := sorted(set(row) - _KEYS):
        raise _wrong(f"{where}有看不懂的项目 {'、'.join(strange)}")
    if type(row.get("level")) is not int or row["level"] != number:
        raise _wrong(f"{where}的 level 应写 {number}，从 1 到 4 依次排列")
    people = row.get("people", 0)
    if type(people) is not int or ("people" in row and people < 1):
        raise _wrong(f"{where}的 people 应写人数，是大于 0 的整数")
    synonyms = row.get("synonyms", [])
    if not isinstance(synonyms, list) or not all(isinstance(s, str) and s for s in synonyms):
        raise _wrong(f'{where}的 synonyms 应写成 ["叫法一", "叫法二"]')
    for sign in _SIGNS:
        if not isinstance(row.get(sign, False), bool):
            raise _wrong(f"{where}的 {sign} 应写 true 或 false")
    return Grade(
        level=number, word=word.strip(), meaning=str(row.get("meaning", "")), people=people,
        cents=_cents(where, row), synonyms=tuple(synonyms),
        **{sign: row.get(sign, False) for sign in _SIGNS},
    )  # fmt: skip


def _cents(where: str, row: Mapping[str, Any]) -> int:
    if "yuan" not in row:
        return 0
    written = row["yuan"]
    number = Decimal(written) if type(written) in (int, Decimal) else Decimal(0)
    if not number.is_finite() or not 0 < number <= _MOST_YUAN or number != round(number, 2):
        raise _wrong(f"{where}的 yuan 应写大于 0 的金额，单位是元，最多两位小数")
    return int(number * 100)


def _rising(grades: tuple[Grade, ...], name: str) -> None:
    before: Grade | None = None
    for grade in grades:
        value = getattr(grade, name)
        if value and before and value <= getattr(before, name):
            raise _wrong(f"“{grade.word}”的 {_NAMED[name]}应比“{before.word}”的大")
        before = grade if value else before


def _distinct(grades: tuple[Grade, ...]) -> None:
    seen: dict[str, Grade] = {}
    for grade in grades:
        for name in (grade.word, *grade.synonyms):
            other = seen.setdefault(normal(name), grade)
            if other is not grade:
                raise _wrong(f"“{name}”既写在“{other.word}”里，又写在“{grade.word}”里")


def _wrong(what: str) -> RuleViolation:
    return RuleViolation(
        "grades_unreadable",
        f"纠纷分级标准：{what}。",
        mend="请对照 dispute_grades.toml 开头的说明改正。",
        field="grades",
    )
