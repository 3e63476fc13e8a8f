"""What the papers of responsibility say (责任、督办文书要素): F29 督办函、催办单, F31 领导包案登记表."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .facts import Facts, MatterPaper, day, fact, given, long, rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Supervision(MatterPaper):
    """F29. ``no`` counts the reminders of the matter; ``title`` is 督办函 or 催办单."""

    title: str = given("名称", "信访事项督办函")
    unit: str = fact("主送单位", "must")
    no: int = given("第几次", 0)
    ground: str = fact("督办原因", "must")
    situation: str = long("情况", "look")
    requirement: str = long("要求", "must")
    due: date | None = day("反馈期限", "must")
    law_due: date | None = given("法定期限", None)
    reply: str = given("反馈")
    replied_on: date | None = given("反馈日期", None)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressFacts:
    """One thing the leader did. ``part`` is 包联系 包解释 包办理 包反馈."""

    part: str = fact("哪一项")
    on: date | None = day("日期")
    content: str = fact("做了什么")


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaderSheet(MatterPaper):
    """F31 领导包案登记表: 定领导、定措施、定时限、定责任, and what the leader did."""

    leader: str = fact("包案领导", "must")
    leader_title: str = fact("职务")
    unit: str = fact("责任单位", "look")
    person: str = fact("责任人", "look")
    measures: str = long("措施", "look")
    due: date | None = day("办结时限", "look")
    taken_on: date | None = given("确定日期", None)
    progress: tuple[ProgressFacts, ...] = rows("进展")
    result: str = long("结果")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "F29": Supervision,
        "F31": LeaderSheet,
    }
)
"""Code of a paper → its facts."""
