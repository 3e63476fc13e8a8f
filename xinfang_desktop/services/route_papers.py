"""Fills the papers of a matter's ways (去向文书) from its file: one function a form, in one table.

Nothing is invented: what the file does not say stays empty and is a blank on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from ..domain.duty import Duty
from ..domain.history import (
    accepted_on,
    answers,
    approved_extension_days,
    served_on,
    signed_on,
    tasks,
)
from ..domain.matter import MatterFile
from ..domain.records import Office, Step
from ..domain.vocabulary import ADOPTED, LEGAL_ROUTE, OUTCOME
from ..domain.when import HANDLED
from ..printing import facts as papers
from ..printing import route_facts as routes
from .inquiry_papers import course_of
from .paper_source import Source, common


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(step: Step | None) -> Mapping[str, Any]:
    return (step.data or {}) if step else {}


def _summary(source: Source) -> str:
    first = source.file.first_intake
    return first.summary if first else ""


def _comments(source: Source) -> tuple[routes.CommentFacts, ...]:
    """What leaders wrote (批示), oldest first; the title is that of the office's list."""
    titles = {person.name: person.title for person in source.people}
    return tuple(
        routes.CommentFacts(
            leader=data.get("leader", ""), title=titles.get(data.get("leader", ""), ""),
            at=_moment(step.on, data.get("time", "")), words=data.get("words", ""),
        )
        for step in source.file.all("comment")
        for data in (_said(step),)
    )  # fmt: skip


def _moment(on: date, time: str) -> str:
    return f"{on.year}年{on.month}月{on.day}日" + (f" {time}" if time else "")


def _disposal(source: Source) -> routes.DisposalSheet:
    claimed, assigned = source.step("claim"), source.step("assign")
    answer = source.step("feedback")
    return routes.DisposalSheet(
        **common(source), summary=_summary(source), proposal=claimed.get("proposal", ""),
        proposer=claimed.get("_by", "") if claimed.get("proposal") else "",
        enclosures=(source.file.first_intake.materials if source.file.first_intake else ""),
        comments=_comments(source), unit=assigned.get("unit", "") or source.file.matter.unit,
        due=_day(assigned.get("due")), result=answer.get("answer", ""),
    )  # fmt: skip


_SAME = "经两人核对，这次提出的事实和理由与该复核意见书所涉及的事实和理由相同，没有新的事实和理由。"


def _no_longer(source: Source) -> routes.NoLongerAccepted:
    said = source.step("final")
    return routes.NoLongerAccepted(
        **common(source, said=said), decided_on=said.get("_on"),
        review_number=said.get("review_number", ""), review_organ=said.get("review_organ", ""),
        review_date=_day(said.get("review_date")), same=_SAME if said else "",
        help=said.get("help", ""),
    )  # fmt: skip


def _missing(source: Source) -> routes.MissingMaterials:
    said = source.step("supplement")
    return routes.MissingMaterials(
        **common(source, said=said), missing=tuple(said.get("missing", ())),
        how=said.get("how", ""), until=_day(said.get("until")),
    )  # fmt: skip


def _referral(source: Source) -> routes.ReferralLetter:
    sent = source.step("forward")
    return routes.ReferralLetter(
        **common(source, names=False, said=sent), unit=sent.get("unit", ""),
        summary=_summary(source), requirement=sent.get("requirement", ""),
        attachments=tuple(a.name for a in source.file.attachments),
        report_due=_day(sent.get("report_due")),
    )  # fmt: skip


def _objection(source: Source) -> routes.Objection:
    said = source.step("object")
    owed = source.duty("object")
    shared = common(source, said=said)
    matter: papers.MatterFacts = shared["matter"]
    return routes.Objection(
        **shared, assigned=source.file.matter.origin == "assigned", sender=matter.source,
        source_ref=matter.source_ref,
        arrived_on=owed.started_on if owed else source.file.matter.received_on,
        limit=owed.due if owed else None, reason=said.get("reason", ""),
        basis=said.get("basis", ""), suggested_unit=said.get("suggested_unit", ""),
        returned=tuple(said.get("returned", ())) or tuple(a.name for a in source.file.attachments),
        late_reason=said.get("late_reason", ""),
    )  # fmt: skip


def _approval(source: Source) -> routes.ExtensionApproval:
    """Before the approval a sheet to sign; after it, what was approved."""
    said = source.step("extend")
    owed = source.duty("answer")
    days, used = int(said.get("days", 0)), approved_extension_days(source.file)
    return routes.ExtensionApproval(
        **common(source), unit=source.file.matter.unit or source.now.office.organ,
        accepted_on=accepted_on(source.file) or (owed.started_on if owed else None),
        original_due=_before_extension(source, owed, days),
        extended_due=owed.due if owed and days else None, days=days, used_days=max(0, used - days),
        reason=said.get("reason", ""), progress=course_of(source), applicant=said.get("_by", ""),
        applied_on=said.get("_on"), approved_by=said.get("approved_by", ""),
        approved_on=said.get("_on"), opinion=f"同意延长{days}日。" if days else "",
    )  # fmt: skip


def _before_extension(source: Source, owed: Duty | None, days: int) -> date | None:
    """The last day of the answer clock without the newest extension."""
    if owed is None or not days:
        return owed.due if owed else None
    if owed.given and owed.due_raw:
        return owed.due_raw - timedelta(days=days)
    return source.now.book.duty(
        "answer", owed.started_on, "", extended=max(0, owed.extended - days)
    ).due


def _reply(source: Source) -> routes.SuggestionReply:
    said = source.step("reply")
    claims = "\n".join(claim.text for claim in source.file.claims)
    return routes.SuggestionReply(
        **common(source, said=said), suggestion=claims or _summary(source),
        study=said.get("answer", ""), adopted=dict(ADOPTED).get(said.get("adopted", ""), ""),
        reason=said.get("reason", ""),
    )  # fmt: skip


def _legal_route(source: Source) -> routes.LegalRoute:
    said = source.step("redirect")
    return routes.LegalRoute(
        **common(source, said=said), told_on=said.get("_on"),
        route=dict(LEGAL_ROUTE).get(said.get("route", ""), ""), organ=said.get("organ", ""),
        organ_address=said.get("organ_address", ""), organ_phone=said.get("organ_phone", ""),
        basis=said.get("basis", ""), time_limit=said.get("time_limit", ""),
        legal_aid=said.get("legal_aid", ""),
    )  # fmt: skip


def _report(source: Source) -> routes.CompletionReport:
    file = source.file
    given, outcomes = answers(file), dict(OUTCOME)
    shared = common(source)
    matter: papers.MatterFacts = shared["matter"]
    signed = source.step("sign")
    opinion = next((d for d in reversed(file.documents) if d.form == "F19"), None)
    done = [f"{task.what}：{task.done_on.month}月{task.done_on.day}日已落实" if task.done_on
            else f"{task.what}：由{task.unit or '承办单位'}落实" for task in tasks(file)]  # fmt: skip
    return routes.CompletionReport(
        **shared, sender=matter.source, source_ref=matter.source_ref,
        assigned_on=None, due=file.matter.report_due, accepted_on=accepted_on(file),
        course=course_of(source),
        answers=tuple(
            routes.ReportAnswer(
                claim=claim.text, facts=given[claim.no].facts, basis=given[claim.no].basis,
                outcome=outcomes.get(given[claim.no].outcome, ""), opinion=given[claim.no].opinion,
            )
            for claim in file.claims
            if claim.no in given
        ),
        opinion_number=signed.get("number", "") or (opinion.number if opinion else ""),
        opinion_on=signed_on(file), served_on=served_on(file), carried_out="；".join(done),
        signer=signed.get("signer", ""),
        attachments=tuple(f"{d.title}（{d.number}）" if d.number else d.title
                          for d in file.documents if d.form in _WITH_THE_REPORT),
    )  # fmt: skip


_WITH_THE_REPORT = ("F19", "F25")


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    "F04": _disposal,
    "F09": _no_longer,
    "F10": _missing,
    "F12": _referral,
    "F14": _objection,
    "F15": _approval,
    "F20": _reply,
    "F21": _legal_route,
    "F30": _report,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F09": (("final",), "先登记不再受理的决定，再打印不再受理告知书。"),
    "F10": (("supplement",), "先登记缺少哪些材料，再打印补充材料通知书。"),
    "F12": (("forward",), "先登记交办，再打印交办函。"),
    "F14": (("object",), "先登记异议，再打印异议说明。"),
    "F15": (("accept", "convert"), "先受理，办理期限起算以后才谈得上延期。"),
    "F20": (("reply",), "先登记答复，再打印建议意见答复函。"),
    "F21": (("redirect",), "先登记导入哪一条法定途径，再打印告知书。"),
}
"""Papers that state a decision, and the step by which it is taken."""


def _sent_as(mode: str, sentence: str) -> Callable[[MatterFile, Office], str]:
    def why(file: MatterFile, office: Office) -> str:
        sent = _said(file.last("forward"))
        return sentence if sent and sent.get("mode") != mode else ""

    return why


def _is_suggestion(file: MatterFile, office: Office) -> str:
    return "" if _said(file.last("reply")).get("adopted") else "简易办理的答复不用建议意见答复函。"


def _has_route(file: MatterFile, office: Office) -> str:
    if _said(file.last("redirect")).get("kind") in ("legal_route", "judicial"):
        return ""
    return "没有导入法定途径；告知应向哪个机关提出，请打印不予受理告知书。"


def _was_assigned(file: MatterFile, office: Office) -> str:
    return "" if file.matter.origin == "assigned" else "只有上级交办来的事项才报送办结报告。"


def _may_be_extended(file: MatterFile, office: Office) -> str:
    if file.last("extend") or file.state in (*HANDLED, "S30"):
        return ""
    return "办理期间才谈得上延期。"


WHY_NOT: Mapping[str, Callable[[MatterFile, Office], str]] = {
    "F15": _may_be_extended,
    "F11": _sent_as("transfer", "这件事是交办，请打印交办函。"),
    "F12": _sent_as("assign", "这件事是转送，请打印转送函。"),
    "F20": _is_suggestion,
    "F21": _has_route,
    "F30": _was_assigned,
}
"""Papers that fit only some of the files in which their step was taken: the sentence why not."""
