"""``xinfang matter``: lists of matters (信访事项), the page of one, and its lawful steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.inputs import choices_of
from ..domain.states import STATES
from ..services.handling import MatterQuery, matter_list, matter_view, offers, take_step
from ..services.views import MatterRow, MatterView
from . import rows
from .answers import table
from .parsing import count
from .reading import read_object
from .words import Answer, Call, Verb, argument

MARKS = {True: "✓", False: "✗"}


def show_list(call: Call) -> Answer:
    """Matters, newest first, with the next thing owed for each."""
    options = call.options
    asked = MatterQuery(
        state=state_code(options.state),
        text=options.text,
        village=options.village,
        channel=options.channel,
        owner=options.owner,
        open_only=options.open,
        year=options.year,
        limit=options.limit,
    )
    with call.desk() as desk:
        page = matter_list(desk, asked)
    lines = table(
        ("编号", "事项", "信访人", "状态", "收到", "期限", "承办人"),
        [
            (m.number, m.title, m.masked_name, m.state_name, m.received_on, m.due_words, m.owner)
            for m in page.matters
        ],
    )
    answer = {"matters": [_row(matter) for matter in page.matters], "total": page.total}
    return Answer(answer, lines, (f"共 {page.total} 件。",))


def show(call: Call) -> Answer:
    """The page of one matter, people masked; the look is logged."""
    with call.desk() as desk:
        view = matter_view(desk, call.options.number)
    return Answer(_page(view), _page_lines(view))


def do(call: Call) -> Answer:
    """One lawful step, with what the file says; refused with its article otherwise."""
    options = call.options
    data = read_object(options.file) if options.file else {}
    with call.desk() as desk:
        taken = take_step(desk, options.number, options.action, data)
    answer = {
        "number": taken.number,
        "state": taken.state,
        "state_name": taken.state_name,
        "duties": [rows.duty(row) for row in taken.duties],
        "made": list(taken.made),
    }
    return Answer(answer, [f"{taken.number}：{taken.state_name}", *rows.duty_lines(taken.duties)])


def can(call: Call) -> Answer:
    """Which steps are lawful now, and why the others are not."""
    with call.desk() as desk:
        found = offers(desk, call.options.number)
    answer = [
        {
            "action": offer.action,
            "label": offer.label,
            "allowed": offer.allowed,
            "missing": list(offer.missing),
            "article": offer.article,
        }
        for offer in found
    ]
    lines = table(
        ("", "动作", "名称", "还缺什么"),
        [
            (MARKS[offer.allowed], offer.action, offer.label, "；".join(offer.missing))
            for offer in found
        ],
    )
    return Answer({"actions": answer}, lines)


def fields(call: Call) -> Answer:
    """What a step asks for: the keys of its file."""
    with call.desk() as desk:
        found = offers(desk, call.options.number)
    for offer in found:
        if offer.action == call.options.action:
            lines = [f"{field.name}（{field.label}）{_hint(field)}" for field in offer.fields]
            return Answer(
                {"action": offer.action, "fields": [_field(field) for field in offer.fields]}, lines
            )
    raise RuleViolation(
        "unknown_action",
        "没有这个动作。",
        mend="可用的有：" + "、".join(offer.action for offer in found),
        field="action",
    )


def state_code(text: str) -> str:
    """A state by its code or its Chinese name."""
    if not text or text in STATES:
        return text
    for state in STATES.values():
        if state.name == text:
            return state.code
    raise RuleViolation(
        "unknown_state",
        "没有这个状态。",
        mend="可用的有：" + "、".join(f"{s.code} {s.name}" for s in STATES.values()),
        field="state",
    )


def _row(matter: MatterRow) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title": matter.title,
        "state": matter.state,
        "state_name": matter.state_name,
        "received_on": matter.received_on,
        "channel": matter.channel_name,
        "name": matter.masked_name,
        "village": matter.village,
        "owner": matter.owner,
        "headcount": matter.headcount,
        "claims": matter.claims,
        "contacts": matter.contacts,
        "category": matter.category_name,
        "due": matter.due,
        "due_kind": matter.due_kind,
        "late_entry": matter.late_entry,
        "sealed": matter.sealed,
    }


def _page(view: MatterView) -> dict[str, Any]:
    return {
        "number": view.number,
        "query_code": view.query_code,
        "title": view.title,
        "state": view.state,
        "state_name": view.state_name,
        "received_on": view.received_on,
        "channel": view.channel_name,
        "village": view.village,
        "place": view.place,
        "category": view.category_name,
        "owner": view.owner,
        "unit": view.unit,
        "flags": view.flags,
        "hidden": view.hidden,
        "safe_day": view.safe_day,
        "review_until": view.review_until,
        "claims": view.claims,
        "parties": view.parties,
        "intakes": view.intakes,
        "duties": [rows.duty(row) for row in view.duties],
        "documents": view.documents,
        "attachments": view.attachments,
        "timeline": [
            {
                "on": t.on,
                "at": t.at,
                "action": t.action,
                "by": t.who,
                "label": t.label,
                "text": t.text,
            }
            for t in view.timeline
        ],
        "seen": view.seen,
        "conflicts": view.conflicts,
    }


def _page_lines(view: MatterView) -> list[str]:
    head = [
        f"{view.number} {view.title}",
        f"状态：{view.state_name}　收到：{view.received_on}　形式：{view.channel_name}"
        f"　信访人：{view.masked_name}　承办人：{view.owner}",
    ]
    claims = [f"诉求 {claim.no}（{claim.status_word}）：{claim.text}" for claim in view.claims]
    course = [f"{t.on} {t.label}（{t.who}）{t.text}" for t in view.timeline]
    return [*head, *claims, "", *rows.duty_lines(view.duties), "", *course]


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "required": field.required,
        "help": field.help,
        "sample": field.sample,
        "choices": [{"value": value, "label": label} for value, label in choices_of(field)],
        "columns": [_field(column) for column in field.columns],
    }


def _hint(field: Field) -> str:
    required = "必填。" if field.required else ""
    choices = "、".join(f"{value} {label}" for value, label in choices_of(field))
    return f"{required}{field.help}{'可选：' + choices if choices else ''}"


_NUMBER = argument("number", metavar="NUMBER", help="信访编号，可以不写单位代码")
_ACTION = argument("action", metavar="ACTION", help="动作，见 matter can")

VERBS = (
    Verb(
        "list",
        "信访事项列表",
        show_list,
        (
            argument("--state", default="", metavar="S", help="状态的代码或名称"),
            argument("--text", default="", metavar="T", help="含有的字、拼音、编号"),
            argument("--village", default="", help="村（社区）名称"),
            argument("--channel", default="", help="信访形式的代码"),
            argument("--owner", default="", metavar="NAME", help="承办人"),
            argument("--open", action="store_true", help="只看没有办结的"),
            argument("--year", type=count, help="收到的年份"),
            argument("--limit", type=count, help="最多几件"),
        ),
    ),
    Verb("show", "一件事项的全部情况", show, (_NUMBER,)),
    Verb(
        "do",
        "办一步",
        do,
        (_NUMBER, _ACTION, argument("--file", type=Path, metavar="F.json", help="这一步的内容")),
    ),
    Verb("can", "现在可以办哪些步骤，其他的还缺什么", can, (_NUMBER,)),
    Verb("fields", "一个步骤要填哪些栏目", fields, (_NUMBER, _ACTION)),
)
