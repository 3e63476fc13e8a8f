"""What ``xinfang matter`` answers: a line, a page, the fields of a step."""

from __future__ import annotations

from typing import Any

from ..domain.fields import Field
from ..domain.inputs import choices_of
from ..services.views import MatterRow, MatterView
from . import rows


def as_row(matter: MatterRow) -> dict[str, Any]:
    """One line of the list."""
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


def as_page(view: MatterView) -> dict[str, Any]:
    """Everything the page of a matter shows, people masked."""
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
        "conflicts": view.conflicts,
    }


def page_lines(view: MatterView) -> list[str]:
    """The same for people."""
    head = [
        f"{view.number} {view.title}",
        f"状态：{view.state_name}　收到：{view.received_on}　形式：{view.channel_name}"
        f"　信访人：{view.masked_name}　承办人：{view.owner}",
    ]
    claims = [f"诉求 {claim.no}（{claim.status_word}）：{claim.text}" for claim in view.claims]
    course = [f"{t.on} {t.label}（{t.who}）{t.text}" for t in view.timeline]
    return [*head, *claims, "", *rows.duty_lines(view.duties), "", *course]


def as_field(field: Field) -> dict[str, Any]:
    """What one field of a step's file takes."""
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "required": field.required,
        "help": field.help,
        "sample": field.sample,
        "choices": [{"value": value, "label": label} for value, label in choices_of(field)],
        "columns": [as_field(column) for column in field.columns],
    }


def field_hint(field: Field) -> str:
    """The same in a line for people."""
    required = "必填。" if field.required else ""
    choices = "、".join(f"{value} {label}" for value, label in choices_of(field))
    return f"{required}{field.help}{'可选：' + choices if choices else ''}"
