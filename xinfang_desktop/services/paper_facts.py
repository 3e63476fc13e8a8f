"""Fills the facts of each paper from a matter's file: one function a form, in one table.

Only ``printing.facts`` values come out; nothing is invented. What the file does not say stays
empty and is printed as a blank, or is reported by the guard before printing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..domain import four_haves
from ..domain.duties import duties_of
from ..domain.history import Answer, accepted_on, answers, tasks
from ..domain.intake import PARTY_ROLES
from ..domain.matter import MatterFile
from ..domain.records import Claim, Intake, Office, Step
from ..domain.vocabulary import LEGAL_ROUTE, LEVEL, LINE, OUTCOME, SERVICE_METHOD
from ..printing import facts as papers
from ..printing.catalogue import FORMS
from .paper_source import Source, code_name, common


def _registration(source: Source) -> papers.Registration:
    file, now = source.file, source.now
    matter, first = file.matter, file.first_intake
    roles = dict(PARTY_ROLES)
    return papers.Registration(
        **common(source),
        parties=tuple(
            papers.PartyFacts(
                role=roles.get(p.role, ""), name=p.name, phone=p.phone, id_number=p.id_number,
                address=p.address,
            )
            for p in file.parties
            if first is None or p.intake == first.id
        ),
        repeat="初次" if first is None or first.first else "重复",
        summary=first.summary if first else "",
        materials=first.materials if first else "",
        place=matter.place,
        category=now.codes["category"].full_name(matter.category) or matter.category_text,
        purpose=code_name(source, "purpose", matter.purpose),
        may_publish=bool(first and first.may_publish),
        urgent=matter.urgent,
        late_entry=matter.late_entry,
        registered_on=first.registered_at.date() if first else None,
        registrar=first.registered_by if first else source.actor,
    )  # fmt: skip


_OWED_WORDS = {
    "notice": "书面告知是否受理、由谁办理", "answer": "出具书面处理意见",
    "simple_answer": "答复办理结果",
}  # fmt: skip


def _receipt(source: Source) -> papers.Receipt:
    first = source.file.first_intake
    owed = [d for d in (source.duty(kind) for kind in _OWED_WORDS) if d and not d.settled]
    return papers.Receipt(
        **common(source),
        materials=first.materials if first else "",
        receiver=first.registered_by if first else source.actor,
        owed=tuple(
            papers.OwedFacts(what=_OWED_WORDS[d.kind], by=d.due, article=d.article) for d in owed
        ),
        provisional=any(d.provisional for d in owed),
    )


def _reception(source: Source) -> papers.ReceptionRecord:
    file = source.file
    first = file.first_intake
    met = source.step("meeting")
    four = met if met.get("kind") == "four_meet" else {}
    said = [s for s in file.all("have") if (s.data or {}).get("have") == "答"]
    assigned = source.step("assign")
    return papers.ReceptionRecord(
        **common(source),
        held_on=four.get("_on") or (first.received_on if first else None),
        place=met.get("place", ""),
        receiver=met.get("receiver") or (first.registered_by if first else source.actor),
        recorder=source.actor,
        statement=first.summary if first else "",
        answer=str((said[-1].data or {}).get("content", "")) if said else met.get("content", ""),
        unit=assigned.get("unit", "") or file.matter.unit,
        due=_day(assigned.get("due")),
        meeting=papers.MeetingFacts(
            petitioner_present=bool(four.get("petitioner_present")),
            receiver=four.get("receiver", ""), handler=four.get("handler", ""),
            supervisor=four.get("supervisor", ""),
            petitioner_assents=bool(four.get("petitioner_assents")),
            unit_assents=bool(four.get("unit_assents")),
            refusal_reason=four.get("refusal_reason", ""),
        )
        if four
        else None,
    )  # fmt: skip


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _rights(source: Source) -> papers.RightsNotice:
    return papers.RightsNotice(**common(source))


def _destination(source: Source) -> papers.Destination:
    sent = source.step("forward")
    return papers.Destination(
        **common(source, said=sent), assigned=sent.get("mode") == "assign", forwarded_on=sent.get("_on"),
        unit=sent.get("unit", ""), unit_address=sent.get("unit_address", ""),
        unit_phone=sent.get("unit_phone", ""),
    )  # fmt: skip


def _acceptance(source: Source) -> papers.Acceptance:
    owed = source.duty("answer", "simple_answer")
    said = source.step("accept", "simple")
    accepted = accepted_on(source.file)
    shared = common(source)
    if said.get("phone"):
        shared["handler_phone"] = said["phone"]
    return papers.Acceptance(
        **{**shared, "on": accepted or source.today}, accepted_on=accepted,
        due=owed.due if owed else None, unit=source.file.matter.unit or source.now.office.organ,
        simple=source.file.last("simple") is not None,
    )  # fmt: skip


_GROUNDS = {
    "organ": "您反映的事项不属于本机关职权范围，依法应当向有权处理的机关、单位提出。",
    "legal_route": "您反映的事项依法应当通过法定途径解决，由下列机关、单位按照法定程序处理。",
    "judicial": "您反映的事项属于涉法涉诉事项，依法应当由政法机关按照法律程序处理。",
}


def _refusal(source: Source) -> papers.Refusal:
    said = source.step("redirect")
    return papers.Refusal(
        **common(source, said=said), ground=said.get("kind", ""), decided_on=said.get("_on"),
        organ=said.get("organ", ""), organ_address=said.get("organ_address", ""), organ_phone=said.get("organ_phone", ""),
        route=dict(LEGAL_ROUTE).get(said.get("route", ""), ""), basis=said.get("basis", ""),
        reason=_GROUNDS.get(said.get("kind", ""), ""),
    )  # fmt: skip


def _forwarding(source: Source) -> papers.ForwardingLetter:
    sent = source.step("forward")
    first = source.file.first_intake
    return papers.ForwardingLetter(
        **common(source, names=False, said=sent), unit=sent.get("unit", ""),
        summary=first.summary if first else "",
        attachments=tuple(a.name for a in source.file.attachments),
    )  # fmt: skip


def _order(source: Source) -> papers.InternalOrder:
    said = source.step("assign")
    first = source.file.first_intake
    return papers.InternalOrder(
        **common(source, names=False, said=said), unit=said.get("unit", ""), person=said.get("person", ""),
        summary=first.summary if first else "", requirement=said.get("requirement", ""),
        due=_day(said.get("due")),
    )  # fmt: skip


def _extension(source: Source) -> papers.Extension:
    said = source.step("extend")
    owed = source.duty("answer")
    days = int(said.get("days", 0))
    original = None
    if owed:
        before = source.now.book.duty(
            "answer", owed.started_on, "", extended=max(0, owed.extended - days)
        )
        original = before.due
    return papers.Extension(
        **common(source, said=said), accepted_on=accepted_on(source.file), original_due=original,
        extended_due=owed.due if owed and days else None, days=days, reason=said.get("reason", ""),
        approved_by=said.get("approved_by", ""), approved_on=said.get("_on"),
    )  # fmt: skip


_OPINIONS = {
    "supported": "对这项诉求予以支持。",
    "partly": "对这项诉求予以部分支持。",
    "explained": "这项诉求合理，但目前缺乏政策、法律依据，特作解释说明。",
    "refused": "对这项诉求不予支持。",
    "mediated": "这项诉求已经调解达成一致。",
    "settled": "这项诉求已经和解。",
    "withdrawn": "这项诉求信访人已经撤回。",
}
"""The three outcomes of art. 32 and the agreements of art. 33 in a sentence, where the drafter
wrote facts, basis and outcome and nothing more."""


def _answered(claim: Claim, answer: Answer | None) -> papers.AnswerFacts:
    if answer is None:
        return papers.AnswerFacts(no=claim.no, claim=claim.text)
    return papers.AnswerFacts(
        no=claim.no, claim=claim.text, facts=answer.facts, basis=answer.basis,
        outcome=dict(OUTCOME).get(answer.outcome, ""),
        opinion=answer.opinion or _OPINIONS.get(answer.outcome, ""),
    )  # fmt: skip


def _opinion(source: Source) -> papers.Opinion:
    file = source.file
    given = answers(file)
    heard = [_heard(step) for step in file.all("note") if _is_inquiry(step)]
    signed = source.step("sign")
    shared = common(source)
    if signed.get("review_organ"):
        shared["office"] = replace(shared["office"], review_organ=signed["review_organ"])
    return papers.Opinion(
        **{**shared, "on": signed.get("_on") or source.today},
        accepted_on=accepted_on(file) or _started(source), hearing="\n".join(heard),
        answers=tuple(_answered(claim, given.get(claim.no)) for claim in file.claims),
        tasks=tuple(
            papers.TaskFacts(what=task.what, unit=task.unit, due=task.due) for task in tasks(file)
        ),
    )  # fmt: skip


def _started(source: Source) -> date | None:
    owed = source.duty("answer")
    return owed.started_on if owed else None


def _is_inquiry(step: Step) -> bool:
    return (step.data or {}).get("record") in ("statement", "not_heard", "inquiry")


def _heard(step: Step) -> str:
    return f"{step.on.year}年{step.on.month}月{step.on.day}日，{(step.data or {})['content']}"


def _service(source: Source) -> papers.ProofOfService:
    said = source.step("serve")
    numbered = [d for d in source.file.documents if d.number]
    latest = numbered[-1:] or [d for d in source.file.documents if d.form != "F25"][-1:]
    person = source.file.petitioner
    return papers.ProofOfService(
        **common(source),
        papers=tuple(papers.ServedPaper(title=d.title, number=d.number) for d in latest),
        recipient=person.name if person else "",
        method=dict(SERVICE_METHOD).get(said.get("method", ""), ""),
        tracking=source.step("send").get("tracking", ""), served_on=said.get("_on"),
        signer=said.get("recipient", ""), relation=said.get("relation", ""),
        witnesses=tuple(said.get("witnesses", ())), refusal=said.get("reason", ""),
    )  # fmt: skip


def _visit(source: Source) -> Intake | None:
    return next((i for i in source.file.intakes if four_haves.owed_for(i)), None)


def _haves(source: Source) -> papers.FourHaves:
    visit = _visit(source)
    rows = []
    if visit:
        dues = {
            d.kind: d.due
            for d in duties_of(source.file, source.now.book, source.now.office)
            if d.intake == visit.id
        }
        rows = [
            papers.HaveFacts(
                kind=have.kind, state=have.word, done=have.done_on is not None,
                due=dues.get(f"haves.{have.kind}"), done_on=have.done_on, by=have.by,
                content=have.content, article=have.article,
            )
            for have in four_haves.read(source.file, visit)
        ]  # fmt: skip
    return papers.FourHaves(
        **common(source), haves=tuple(rows), receiver=visit.registered_by if visit else ""
    )


def _three_levels(source: Source) -> papers.ThreeLevels:
    said = next(
        (s for s in reversed(list(source.file.all("notify"))) if (s.data or {}).get("told")), None
    )
    rows = (said.data or {})["told"] if said else ()
    levels, lines = dict(LEVEL), dict(LINE)
    return papers.ThreeLevels(
        **common(source, names=False),
        told=tuple(
            papers.ToldFacts(
                level=levels.get(row["level"], row["level"]),
                line=lines.get(row["line"], row["line"]), who=row.get("name", ""),
                told_on=said.on if said else None, how=row.get("method", ""),
            )
            for row in rows
        ),
        content=str((said.data or {}).get("content", "")) if said else "",
        restricted=source.file.matter.confidential,
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    "F01": _registration,
    "F02": _receipt,
    "F03": _reception,
    "F05": _rights,
    "F06": _destination,
    "F07": _acceptance,
    "F08": _refusal,
    "F11": _forwarding,
    "F13": _order,
    "F16": _extension,
    "F19": _opinion,
    "F25": _service,
    "V01": _haves,
    "V02": _three_levels,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F06": (("forward",), "先登记转送、交办，再打印去向告知。"),
    "F07": (("accept", "simple"), "先受理，再打印受理告知书。"),
    "F08": (("redirect",), "先登记应向哪个机关提出，再打印不予受理告知书。"),
    "F11": (("forward",), "先登记转送、交办，再打印转送函。"),
    "F13": (("assign",), "先登记转办，再打印转办单。"),
    "F16": (("extend",), "先登记延期批准，再打印延期告知书。"),
    "F19": (("draft",), "先起草意见，再打印处理意见书。"),
}
"""Papers that state a decision, and the step by which it is taken."""


def _no_talk(file: MatterFile, office: Office) -> str:
    talks = (*file.all("meeting"), *(i for i in file.intakes if i.channel == "visit"))
    return "" if talks else "没有来访，也没有见过面，不用接访记录。"


def _nothing_to_serve(file: MatterFile, office: Office) -> str:
    theirs = {code for code, form in FORMS.items() if form.recipient == "信访人"}
    numbered = {document.form for document in file.documents if document.number}
    return "" if theirs & numbered else "还没有要送达的文书。"


def _no_first_visit(file: MatterFile, office: Office) -> str:
    owed = any(four_haves.owed_for(intake) for intake in file.intakes)
    return "" if owed else "“四有”只对首次来访登记，这件事不是首次来访。"


def _nobody_told(file: MatterFile, office: Office) -> str:
    told = any((step.data or {}).get("told") for step in file.all("notify"))
    return "" if told else "先登记三级四线告知了谁，再打印告知单。"


WHY_NOT: Mapping[str, Callable[[MatterFile, Office], str]] = {
    "F03": _no_talk,
    "F25": _nothing_to_serve,
    "V01": _no_first_visit,
    "V02": _nobody_told,
}
"""Papers with a condition of their own: why not now, or nothing."""
