"""Fills the papers of 复查、复核 from a matter's file: F26 for the citizen, F27, F28."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.clocks import deadline
from ..domain.guards import same_name
from ..domain.history import answers, served_on, signed_on
from ..domain.matter import MatterFile
from ..domain.records import Office, Step
from ..domain.vocabulary import OUTCOME, REVIEW_RESULT
from ..printing import facts as papers
from ..printing import review_facts as review
from .paper_source import Source, common


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """The opinion that a review is about: of the office, or of the first review."""

    organ: str
    number: str
    on: date | None
    received_on: date | None
    words: str


def _data(step: Step | None) -> Mapping[str, Any]:
    return (step.data or {}) if step else {}


def _first_result(file: MatterFile) -> Step | None:
    """The opinion of the first review (复查意见) about the opinion now in force, if there is one."""
    found = None
    for step in file.all("serve", "reply", "review_result"):
        if step.action != "review_result":
            found = None
        elif step.from_state == "S80":
            found = step
    return found


def _original(source: Source) -> _Reviewed:
    """The office's own opinion (处理意见书)."""
    file, outcomes = source.file, dict(OUTCOME)
    printed = next((d for d in reversed(file.documents) if d.form == "F19"), None)
    asked = _data(file.last("review"))
    number = _data(file.last("sign")).get("number", "") or (printed.number if printed else "")
    words = "\n".join(
        f"{one.no}. {outcomes.get(one.outcome, '')}：{one.opinion or one.facts}"
        for one in answers(file).values()
    )
    organ = asked.get("respondent", "") or source.now.office.organ or source.now.office.name
    return _Reviewed(organ, number, signed_on(file), served_on(file), words)


def _reviewed(source: Source, final: bool) -> _Reviewed:
    first = _first_result(source.file)
    if not final or first is None:
        return _original(source)
    data = _data(first)
    words = dict(REVIEW_RESULT).get(data.get("result", ""), "")
    told = "：".join(part for part in (words, data.get("decision", "")) if part)
    return _Reviewed(data.get("organ", ""), data.get("number", ""), first.on, None, told)


def _request(source: Source) -> review.ReviewRequest:
    file, office = source.file, source.now.office
    final = _first_result(file) is not None
    about = _reviewed(source, final)
    said = _data(_first_result(file)) if final else {}
    served = about.received_on
    book = source.now.book
    until = deadline(book.rules["review_request"], served, book.calendar).due if served else None
    named = _data(file.last("sign")).get("review_organ", "") or office.review_organ
    return review.ReviewRequest(
        **common(source), final=final, to_organ=said.get("next_organ", "") if final else named,
        to_address="" if final else office.review_address, respondent=about.organ,
        opinion_number=about.number, opinion_on=about.on, served_on=served, until=until,
    )  # fmt: skip


def _review(source: Source) -> review.ReviewPaper:
    """By the newest thing on file: the request alone is accepted, a result is an opinion."""
    file = source.file
    asked, result = file.last("review"), file.last("review_result", "review")
    decided = result if result and result.action == "review_result" else None
    final = (decided.from_state if decided else asked.to_state if asked else "") == "S85"
    about = _original(source) if not final else _reviewed(source, final)
    told, given = _data(asked), _data(decided)
    claims = "\n".join(claim.text for claim in file.claims)
    wanted = "\n".join(p for p in (told.get("request", ""), told.get("reasons", "")) if p)
    book, on = source.now.book, asked.on if asked else None
    shared = common(source)
    if decided or asked:
        shared["on"] = (decided or asked).on  # type: ignore[union-attr]
    return review.ReviewPaper(
        **shared, final=final, result=dict(REVIEW_RESULT).get(given.get("result", ""), ""),
        asked_on=on, due=deadline(book.rules["review_answer"], on, book.calendar).due if on else None,
        respondent=about.organ, opinion_number=about.number, opinion_on=about.on,
        request=wanted or claims, original=about.words, found=given.get("found", ""),
        basis=given.get("basis", ""), decision=given.get("decision", ""),
        redo_days=int(given.get("days", 0) or 0), next_organ=given.get("next_organ", ""),
    )  # fmt: skip


def _handover(source: Source) -> review.HandoverList:
    """What was written down as handed over; else all papers and attachments of the file."""
    file = source.file
    step = file.last("review", "forward", "object", "objection_upheld")
    said = _data(step)
    named = said.get("handed_over") or said.get("returned")
    rows = (
        tuple(review.HandedFacts(title=line) for line in named)
        if named
        else (
            *(
                review.HandedFacts(title=d.title, number=d.number, copies=1, pages=d.pages)
                for d in file.documents
                if not d.reprint_of
            ),
            *(review.HandedFacts(title=a.name, copies=1) for a in file.attachments),
        )
    )
    reasons = {"review": "复查、复核调卷", "forward": "转送、交办"}
    return review.HandoverList(
        **common(source, names=False), to_organ=said.get("organ") or said.get("unit", ""),
        reason=reasons.get(step.action if step else "", "退回材料"),
        handed_on=step.on if step else None, items=rows, giver=said.get("handed_by", ""),
        taker=said.get("taken_by", ""),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    "F26": _request,
    "F27": _review,
    "F28": _handover,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F26": (("sign", "import"), "出具处理意见以后，才有复查申请书。"),
    "F27": (("review",), "先登记复查、复核申请，再打印。"),
    "F28": (("review", "forward", "object"), "先登记复查、转送或者异议，才有要移交的材料。"),
}
"""Papers about a decision, and the step by which it is taken."""


def _ours(file: MatterFile, office: Office) -> str:
    """Only the reviewing organ itself issues 复查、复核 papers; the township registers the result."""
    last = _data(file.last("review", "review_result"))
    organ = last.get("organ", "")
    if any(same_name(organ, own) for own in (office.organ, office.name)):
        return ""
    return f"这是复查、复核机关（{organ or '上一级机关'}）出的文书，本单位只登记结果；交卷请打印调卷清单。"


WHY_NOT: Mapping[str, Callable[[MatterFile, Office], str]] = {"F27": _ours}
