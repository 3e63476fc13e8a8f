"""Puts the page of one matter together from its file: claims, timeline, papers, who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ..domain import permissions
from ..domain.clocks import deadline, safe_day
from ..domain.four_haves import NAMES
from ..domain.history import Answer, answers, served_on, stage_dates
from ..domain.identity import mask_id, mask_phone
from ..domain.inputs import choices_of
from ..domain.intake import PARTY_ROLES
from ..domain.matter import MatterFile
from ..domain.names import mask_name
from ..domain.records import Intake, Party, Step
from ..domain.sealing import is_stub
from ..domain.states import state_name
from ..domain.vocabulary import OUTCOME
from ..domain.workflow import ACTIONS, Offer
from ..journal.ops import EventOp
from ..store.changelog import entries_about
from ..store.database import Connection
from ..store.subjects import Setting
from .desk import Desk
from .duty_rows import DutyRow, short_number
from .views import (
    AttachmentRow,
    ClaimView,
    DocumentRow,
    IntakeView,
    MatterView,
    PartyView,
    SeenRow,
    TimelineRow,
)

_SEEN = {"read": "打开", "reveal": "显示姓名号码", "print": "打印文书", "export": "导出"}

_OWN_LABELS = {
    "register": "登记", "repeat": "再次反映", "import": "台账导入", "have": "四有",
    "undo": "撤销导入",
}  # fmt: skip

_ICONS = {
    "register": "user-plus", "repeat": "user-plus", "import": "package-import",
    "have": "message-circle-check", "accept": "send", "forward": "send", "redirect": "send",
    "send": "send", "serve": "send", "notify": "send", "sign": "signature", "draft": "file-text",
    "mediate": "scale", "hearing": "users", "meeting": "users", "start": "phone",
    "promise": "calendar-event", "extend": "calendar-event", "archive": "archive", "void": "ban",
}  # fmt: skip

_FLAGS = (
    ("urgent", "紧急"), ("confidential", "要求保密"), ("anonymous", "匿名"), ("sealed", "密件"),
    ("large_print", "大字文书"), ("late_entry", "补录"),
)  # fmt: skip


def page_of(
    desk: Desk,
    conn: Connection,
    file: MatterFile,
    duties: tuple[DutyRow, ...],
    offers: tuple[Offer, ...],
) -> MatterView:
    """Everything the page shows. A sealed matter shows others its number and state only."""
    now = desk.setting(conn)
    matter = file.matter
    hidden = is_stub(matter) or (matter.sealed and not permissions.sees_sealed(desk.roles))
    person = file.petitioner
    served = served_on(file)
    rules = now.book.rules
    return MatterView(
        id=matter.id,
        number=matter.number,
        short_number=short_number(matter.number),
        query_code="" if hidden else matter.query_code,
        title="密件" if hidden else matter.title,
        state=matter.state,
        state_name=state_name(matter.state),
        stages=stage_dates(file),
        received_on=matter.received_on,
        channel_name=now.codes["channel"].name_of(matter.channel),
        masked_name=_name(file, person, hidden),
        masked_phone=""
        if hidden or matter.confidential or not person
        else mask_phone(person.phone),
        village="" if hidden else now.villages.get(matter.village, ""),
        place="" if hidden else matter.place,
        category_name=""
        if hidden
        else now.codes["category"].full_name(matter.category) or matter.category_text,
        owner=matter.owner,
        unit="" if hidden else matter.unit,
        flags=tuple(word for name, word in _FLAGS if getattr(matter, name)),
        hidden=hidden,
        claims=() if hidden else tuple(_claims(file)),
        duties=duties,
        timeline=() if hidden else tuple(_timeline(file)),
        documents=() if hidden else tuple(_documents(file)),
        attachments=()
        if hidden
        else tuple(AttachmentRow(a.id, a.name, a.size, a.at, a.by) for a in file.attachments),
        seen=() if hidden else tuple(_seen(conn, matter.id)),
        offers=offers,
        conflicts=() if hidden else file.conflicts,
        parties=() if hidden else parties_of(file, masked=True),
        intakes=() if hidden else tuple(_intake(intake, now) for intake in file.intakes),
        safe_day=safe_day(matter.received_on),
        review_until=deadline(rules["review_request"], served, now.book.calendar).due
        if served
        else None,
    )


def _name(file: MatterFile, person: Party | None, hidden: bool) -> str:
    if hidden:
        return "密件"
    if file.matter.confidential:
        return "要求保密"
    if person and person.name:
        return mask_name(person.name)
    return "匿名" if file.matter.anonymous else "未留姓名"


def parties_of(file: MatterFile, *, masked: bool) -> tuple[PartyView, ...]:
    """Who came, masked or in full."""
    roles = dict(PARTY_ROLES)
    hide = masked and file.matter.confidential
    return tuple(
        PartyView(
            role=roles.get(party.role, party.role),
            name="要求保密" if hide else mask_name(party.name) if masked else party.name,
            phone="" if hide else mask_phone(party.phone) if masked else party.phone,
            id_number="" if hide else mask_id(party.id_number) if masked else party.id_number,
            address="" if hide else party.address,
        )
        for party in file.parties
    )


def _intake(intake: Intake, now: Setting) -> IntakeView:
    return IntakeView(
        id=intake.id, number=short_number(intake.number),
        channel_name=now.codes["channel"].name_of(intake.channel), received_on=intake.received_on,
        registered_by=intake.registered_by, headcount=intake.headcount, summary=intake.summary,
        materials=intake.materials, first=intake.first, late_entry=intake.late_entry,
    )  # fmt: skip


def _claims(file: MatterFile) -> Iterable[ClaimView]:
    given = answers(file)
    outcomes = dict(OUTCOME)
    for claim in file.claims:
        answer = given.get(claim.no, Answer(claim.no))
        if answer.opinion or answer.outcome:
            signed = file.last("sign") is not None
            status = "done" if signed else "work"
            word = "已答复" if signed else "拟答复"
            note = outcomes.get(answer.outcome, "")
        else:
            status, word = ("work", "办理中") if file.last("start") else ("open", "待核实")
            note = ""
        yield ClaimView(claim.no, claim.text, claim.facts, status, word, note)


def _timeline(file: MatterFile) -> Iterable[TimelineRow]:
    """Newest first."""
    for step in reversed(file.steps):
        yield TimelineRow(
            id=step.id, on=step.on, at=step.at, action=step.action, label=_label(step),
            who=step.by, text=step_text(step), icon=_ICONS.get(step.action, "file-text"),
        )  # fmt: skip


def _label(step: Step) -> str:
    if step.action == "have":
        return NAMES.get((step.data or {}).get("have", ""), "四有")
    if step.action in _OWN_LABELS:
        return _OWN_LABELS[step.action]
    action = ACTIONS.get(step.action)
    return action.label if action else step.action


_TOLD = (
    "content", "what", "reason", "opinion", "answer", "statement", "requirement", "result",
    "summary", "referral", "article", "unresolved", "unit", "recipient", "organ", "number",
    "refusal_reason", "note", "answer_text",
)  # fmt: skip


def step_text(step: Step) -> str:
    """What a step says, for the timeline: its own words, then what was chosen."""
    data: Mapping[str, Any] = step.data or {}
    told = [str(data[name]) for name in _TOLD if data.get(name)]
    action = ACTIONS.get(step.action)
    for field in action.fields if action else ():
        value = data.get(field.name)
        words = dict(choices_of(field))
        if isinstance(value, str) and value in words:
            told.insert(0, words[value])
    return "；".join(dict.fromkeys(told))


def _documents(file: MatterFile) -> Iterable[DocumentRow]:
    for doc in reversed(file.documents):
        yield DocumentRow(
            doc.id, doc.form, doc.title, doc.number, doc.at, doc.by, doc.pages, bool(doc.reprint_of)
        )


def _seen(conn: Connection, matter: str) -> Iterable[SeenRow]:
    for entry in reversed(entries_about(conn, matter)):
        for op in entry.ops:
            if isinstance(op, EventOp) and op.t in _SEEN and op.d.get("matter") == matter:
                at = datetime.fromisoformat(str(op.d["at"]))
                why = f"：{op.d['reason']}" if op.d.get("reason") else ""
                yield SeenRow(entry.actor.name, at, _SEEN[op.t] + why)
