"""Fills the papers of finding out (调查文书) from a matter's file: F17 and F18."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..domain.history import accepted_on
from ..printing import facts as papers
from ..printing import inquiry_facts as inquiry
from .paper_source import Source, common

TOLD = ("start", "note", "interview", "meeting", "hearing", "mediate")


def course_of(source: Source) -> str:
    """What was done to find out (核查过程), a line a step with its day."""
    told = []
    for step in source.file.all(*TOLD):
        data: Mapping[str, Any] = step.data or {}
        if data.get("content") and data.get("record") not in ("report", "other"):
            on = step.on
            told.append(f"{on.year}年{on.month}月{on.day}日，{data['content']}")
    return "\n".join(told)


def _interview(source: Source) -> inquiry.InterviewRecord:
    """The newest talk; before any is recorded, a sheet for the pen."""
    said = source.step("interview")
    person = source.file.petitioner
    asked_himself = said.get("whom") == "petitioner"
    hide = source.file.matter.confidential and asked_himself
    return inquiry.InterviewRecord(
        **common(source), held_on=said.get("_on"), from_time=said.get("from_time", ""),
        to_time=said.get("to_time", ""), place=said.get("place", ""),
        investigators=tuple(said.get("investigators", ())), recorder=said.get("recorder", ""),
        person=said.get("person", ""),
        person_unit=said.get("person_unit", "")
        or (person.address if asked_himself and person and not hide else ""),
        person_phone=said.get("person_phone", "")
        or (person.phone if asked_himself and person and not hide else ""),
        relation=said.get("relation", "") or ("信访人" if asked_himself else ""),
        record=tuple(
            inquiry.QuestionFacts(question=row.get("question", ""), answer=row.get("answer", ""))
            for row in said.get("talk", ())
        ),
        unsigned=said.get("unsigned", ""),
    )  # fmt: skip


def _report(source: Source) -> inquiry.InquiryReport:
    said = source.step("inquiry_report")
    talks = [
        f"{(step.data or {}).get('person', '')}的调查笔录（{step.on.month}月{step.on.day}日）"
        for step in source.file.all("interview")
    ]
    return inquiry.InquiryReport(
        **common(source, said=said), accepted_on=accepted_on(source.file),
        investigators=tuple(said.get("investigators", ())), course=course_of(source),
        found=said.get("found", ""), evidence=(*talks, *said.get("evidence", ())),
        basis=said.get("basis", ""), conclusion=said.get("conclusion", ""),
        proposal=said.get("proposal", ""),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    "F17": _interview,
    "F18": _report,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F18": (("inquiry_report",), "先登记调查报告的结论和建议，再打印。"),
}
"""Papers that state what was found, and the step by which it is recorded."""
