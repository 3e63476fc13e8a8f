"""Fills the facts of each paper of a mediation from its file: one function a form, in one table.

Only ``printing.mediation_facts`` values come out; nothing is invented. What the file does not say
stays empty and is printed as a blank for the pen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep, MediationParty
from ..domain.cases import MediationFile
from ..domain.mediation_duties import confirmation_due
from ..domain.mediation_reading import (
    Item,
    day_of,
    effective_on,
    identity_checks,
    items,
    lacking,
    party_called,
    said,
    side_word,
    unanswered,
)
from ..domain.mediation_steps import CONTENT, FOLLOW_HOW, PERFORMED, SCOPES, SEX
from ..domain.vocabulary import MEDIATION_SOURCE, RETENTION
from ..printing import mediation_facts as papers
from .mediation_sheets import MediationSource
from .paper_source import office_facts

_SEX = dict(SEX)


# --- what all papers say -----------------------------------------------------------------------


def _party(party: MediationParty) -> papers.MediationParty:
    return papers.MediationParty(
        side=side_word(party.side), name=party.name, sex=_SEX.get(party.sex, ""),
        ethnicity=party.ethnicity, age=party.age, occupation=party.occupation, phone=party.phone,
        address=party.address,
    )  # fmt: skip


def _mediation(source: MediationSource) -> papers.MediationFacts:
    file, committee = source.file, source.committee
    mediation, accepted, agreement = file.mediation, file.last("accept"), file.last("agreement")
    types = source.now.codes["dispute_type"]
    return papers.MediationFacts(
        committee=committee.name if committee else "",
        committee_phone=committee.phone if committee else "",
        number=mediation.file_no, file_number=said(file.last("archive")).get("volume", ""),
        title=mediation.title,
        kind=types.name_of(mediation.category) if mediation.category else "",
        source=dict(MEDIATION_SOURCE).get(mediation.source, ""),
        entrusted_by=said(file.last("start")).get("referred_by", ""), came_from=source.came_from,
        parties=tuple(_party(party) for party in file.parties if party.name),
        mediators=mediation.mediators, recorder=mediation.recorder,
        applied_on=mediation.applied_on, accepted_on=accepted.on if accepted else None,
        agreed_on=min(agreement.on, effective_on(agreement)) if agreement else None,
    )  # fmt: skip


def _common(source: MediationSource, on: date | None) -> dict[str, Any]:
    return {"office": office_facts(source.now.office), "on": on, "mediation": _mediation(source)}


def _recorded(source: MediationSource, step: CaseStep | None) -> dict[str, Any]:
    """The common facts of a paper that records one step: its day, its mediators, its recorder."""
    common, data = _common(source, step.on if step else None), said(step)
    mediation: papers.MediationFacts = common["mediation"]
    common["mediation"] = replace(
        mediation, mediators=tuple(data.get("mediators") or mediation.mediators),
        recorder=data.get("recorder") or mediation.recorder,
    )  # fmt: skip
    return common


def _on(step: CaseStep | None) -> date | None:
    return step.on if step else None


# --- one function a form -----------------------------------------------------------------------


def _cover(source: MediationSource) -> papers.FileCover:
    file = source.file
    archive, data = file.last("archive"), said(file.last("archive"))
    return papers.FileCover(
        **_common(source, _on(archive)), mediated_on=_on(file.last("agreement", "session")),
        filed_by=data.get("filed_by", ""), filed_on=_on(archive),
        retention=dict(RETENTION).get(data.get("retention", ""), ""),
        missing=tuple(name for name in lacking(file) if name != "封底"),
    )  # fmt: skip


def _application(source: MediationSource) -> papers.Application:
    mediation, start = source.file.mediation, source.file.last("start")
    accepted = said(source.file.last("accept"))
    return papers.Application(
        **_common(source, mediation.applied_on), oral=bool(said(start).get("oral")),
        consented=bool(source.file.parties) and not unanswered(source.file),
        summary=mediation.facts, requests=mediation.claims,
        registrar=accepted.get("registrar") or (start.by if start else ""),
        note=accepted.get("note") or said(start).get("note", ""),
    )  # fmt: skip


def _rights(source: MediationSource) -> papers.RightsNotice:
    return papers.RightsNotice(**_common(source, _on(source.file.last("accept"))))


def _identity(source: MediationSource) -> papers.IdentityRecord:
    return papers.IdentityRecord(
        **_common(source, _on(source.file.last("accept"))),
        checks=tuple(
            papers.IdentityRow(
                name=check.party.name, side=side_word(check.party.side), document=check.document,
                checked_on=check.on, checked_by=check.by, copy_reason=check.copy_reason,
            )
            for check in identity_checks(source.file)
        ),
    )  # fmt: skip


def _mandate(source: MediationSource) -> papers.Mandate:
    step = source.step("agent")
    data = said(step)
    principal = party_called(source.file, data.get("principal", ""))
    words = dict(SCOPES)
    return papers.Mandate(
        **_common(source, _on(step)), principal=_party(principal) if principal else None,
        agents=tuple(
            papers.AgentFacts(
                name=agent["name"], sex=_SEX.get(agent.get("sex", ""), ""),
                age=agent.get("age", 0), relation=agent.get("relation", ""),
                occupation=agent.get("occupation", ""), phone=agent.get("phone", ""),
                address=agent.get("address", ""),
            )
            for agent in data.get("agents", ())
        ),
        scope=tuple(words[code] for code in data.get("scope", ())),
        other_scope=data.get("other_scope", ""), from_on=day_of(data, "from_on"),
        until_on=day_of(data, "until_on"),
    )  # fmt: skip


def _inquiry(source: MediationSource) -> papers.Inquiry:
    step = source.step("inquiry")
    data = said(step)
    return papers.Inquiry(
        **_recorded(source, step), held_on=_on(step), from_time=data.get("from_time", ""),
        to_time=data.get("to_time", ""), place=data.get("place", ""),
        attendants=data.get("attendants", ""), person=data.get("person", ""),
        person_sex=_SEX.get(data.get("person_sex", ""), ""), person_age=data.get("person_age", 0),
        person_phone=data.get("person_phone", ""), person_address=data.get("person_address", ""),
        relation=data.get("relation", ""), record=data.get("record", ""),
        investigators=tuple(data.get("investigators", ())),
    )  # fmt: skip


_COPY = {"original": "原件", "copy": "复印件"}


def _evidence(source: MediationSource) -> papers.EvidenceList:
    steps = tuple(source.file.all("evidence"))
    last = steps[-1] if steps else None
    return papers.EvidenceList(
        **_common(source, _on(last)),
        items=tuple(
            papers.EvidenceRow(
                title=row["title"], form=_COPY.get(row.get("form", ""), ""),
                copies=row.get("copies", 0), pages=row.get("pages", 0),
                proves=row.get("proves", ""), by=row.get("by", ""),
            )
            for step in steps
            for row in said(step)["items"]
        ),
        receiver=said(last).get("receiver", ""),
        note="\n".join(filter(None, (said(step).get("note", "") for step in steps))),
    )  # fmt: skip


def _session(source: MediationSource) -> papers.SessionRecord:
    file, step = source.file, source.step("session")
    data = said(step)
    held = [each.id for each in file.all("session")]
    course = [data.get("course", ""), data.get("prevention", "")]
    return papers.SessionRecord(
        **_recorded(source, step), session=held.index(step.id) + 1 if step else 0,
        held_on=_on(step), from_time=data.get("from_time", ""), to_time=data.get("to_time", ""),
        place=data.get("place", ""), openness=_openness(data) if step else "",
        invited=tuple(data.get("invited", ())), consented=bool(data.get("invited_consent")),
        told=bool(data.get("rights_told")),
        statements=tuple(
            papers.StatementFacts(who=row["who"], text=row["text"])
            for row in data.get("statements", ())
        ),
        findings=data.get("findings", ""), course="\n".join(filter(None, course)),
        result=_result(file, data), result_words=data.get("result_words", ""),
        routes=data.get("routes", ""),
    )  # fmt: skip


def _openness(data: Mapping[str, Any]) -> str:
    return "公开" if data.get("public") else "不公开"


_RESULTS = {"continues": papers.LATER, "failed": papers.FAILED}
_AGREED = {"written": papers.WRITTEN, "oral": papers.ORAL}


def _result(file: MediationFile, data: Mapping[str, Any]) -> str:
    """What is ticked; that they came to terms is ticked once the form of the agreement is known."""
    if data.get("result") == "agreed":
        return _AGREED.get(str(said(file.last("agreement")).get("form")), "")
    return _RESULTS.get(str(data.get("result")), "")


def _agreement(source: MediationSource) -> papers.Agreement:
    """The agreement as registered; before it is, the draft that is printed to be signed."""
    step = source.file.last("agreement") or source.file.last("draft")
    data = said(step)
    registered = step is not None and step.action == "agreement"
    sealed = effective_on(step) if step and registered else None
    promised = items(source.file) if registered else _items(data)
    return papers.Agreement(
        **{**_recorded(source, step), "on": sealed}, oral=data.get("form") == "oral",
        facts=data.get("facts", ""), responsibility=data.get("responsibility", ""),
        items=tuple(item.what for item in promised),
        performance="\n".join(filter(None, map(_performance_words, promised))),
        copies=data.get("copies", 0), note=data.get("note", ""),
    )  # fmt: skip


def _items(data: Mapping[str, Any]) -> tuple[Item, ...]:
    return tuple(
        Item(no, row["what"], row.get("by", ""), row.get("how", ""), day_of(row, "due"), None)
        for no, row in enumerate(data.get("items", ()), 1)
    )


def _performance_words(item: Item) -> str:
    """第 1 项由赵大河履行，各清一段，2026年10月15日前完成。"""
    due = f"{item.due.year}年{item.due.month}月{item.due.day}日前完成" if item.due else ""
    said_of = "，".join(filter(None, (item.by and f"由{item.by}履行", item.how, due)))
    return f"第{item.no}项{said_of}。" if said_of else ""


def _performance(source: MediationSource) -> papers.Performance:
    file = source.file
    done_by = {item.no: said(item.done).get("by", "") for item in items(file)}
    partly = [
        f"{step.on.month}月{step.on.day}日，第{said(step)['item']}项：{said(step).get('situation') or '部分履行'}。"
        for step in file.all("performance")
        if said(step).get("partly")
    ]
    return papers.Performance(
        **_common(source, _on(file.last("performance"))),
        promises=tuple(
            papers.PerformanceRow(
                what=item.what, due=item.due, done_on=_on(item.done),
                state="已履行" if item.done else "未履行",
                voucher=said(item.done).get("proof", ""), by=done_by[item.no],
            )
            for item in items(file)
        ),
        note="\n".join(partly),
    )  # fmt: skip


def _follow_up(source: MediationSource) -> papers.FollowUp:
    step = source.step("follow")
    data = said(step)
    return papers.FollowUp(
        **_common(source, _on(step)), reason=data.get("reason", ""), visited_on=_on(step),
        way=dict(FOLLOW_HOW).get(data.get("how", ""), ""), visited=data.get("visited", ""),
        performed=dict(PERFORMED).get(data.get("performed", ""), ""),
        satisfied=dict(CONTENT).get(data.get("satisfied", ""), ""),
        content=data.get("situation", ""), recurrence=data.get("recurrence", ""),
        visitor=data.get("by", ""),
    )  # fmt: skip


def _confirmation(source: MediationSource) -> papers.Confirmation:
    file, data = source.file, said(source.file.last("court"))
    agreement = file.last("agreement")
    return papers.Confirmation(
        **_common(source, day_of(data, "applied_on")), court=data.get("court", ""),
        effective_on=effective_on(agreement) if agreement else None,
        deadline=confirmation_due(file, source.now.book),
        content="\n".join(f"{item.no}. {item.what}" for item in items(file)),
        materials=("人民调解协议书", "双方当事人身份证明") if agreement else (),
    )  # fmt: skip


def _note(source: MediationSource) -> papers.FileNote:
    archive = source.file.last("archive")
    data = said(archive)
    return papers.FileNote(
        **_common(source, _on(archive)), text=data.get("explained", ""),
        by=data.get("filed_by", ""),
    )  # fmt: skip


def _back(source: MediationSource) -> papers.BackCover:
    archive = source.file.last("archive")
    data = said(archive)
    return papers.BackCover(
        **_common(source, _on(archive)), pages=data.get("pages", 0), text=data.get("remark", ""),
        filed_by=data.get("filed_by", ""), checked_by=data.get("checked_by", ""),
        filed_on=_on(archive),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[MediationSource], papers.MediationPaper]] = {
    "M00": _cover,
    "M01": _application,
    "M02": _rights,
    "M03": _identity,
    "M04": _mandate,
    "M05": _inquiry,
    "M06": _evidence,
    "M07": _session,
    "M08": _agreement,
    "M09": _performance,
    "M10": _follow_up,
    "M11": _confirmation,
    "M12": _note,
    "M13": _back,
}
