"""Papers of finding out (调查文书): the record of a talk (F17), the report on what was found (F18)."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .facts import Facts, MatterPaper, day, fact, lines, long, rows


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionFacts:
    """One question and what was answered, in the words that were used."""

    question: str = long("问")
    answer: str = long("答")


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewRecord(MatterPaper):
    """F17 调查（谈话）笔录, signed page by page. ``person`` is who was asked."""

    held_on: date | None = day("日期", "look")
    from_time: str = fact("开始时间")
    to_time: str = fact("结束时间")
    place: str = fact("地点", "look")
    investigators: tuple[str, ...] = lines("调查人（两人）", "look")
    recorder: str = fact("记录人", "look")
    person: str = fact("被调查（谈话）人", "look")
    person_unit: str = fact("单位、职务或者住址")
    person_phone: str = fact("联系电话")
    relation: str = fact("与事项的关系")
    record: tuple[QuestionFacts, ...] = rows("问答", "look")
    unsigned: str = long("没有签名的原因")


@dataclass(frozen=True, kw_only=True, slots=True)
class InquiryReport(MatterPaper):
    """F18 调查报告, for the head who signs the opinion."""

    accepted_on: date | None = day("受理日期")
    investigators: tuple[str, ...] = lines("调查人", "look")
    course: str = long("核查过程", "look")
    found: str = long("查明的事实", "must")
    evidence: tuple[str, ...] = lines("证据目录", "look")
    basis: str = long("政策、法律依据", "look", help="写明名称和条款")
    conclusion: str = long("结论", "must")
    proposal: str = long("处理建议", "must")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {"F17": InterviewRecord, "F18": InquiryReport}
)
"""Code of a paper → its facts."""
