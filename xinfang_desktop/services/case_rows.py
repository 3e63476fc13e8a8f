"""Rows that the pages of disputes and mediations share: what was done, printed, kept, seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..domain.fields import Field
from ..domain.inputs import choices_of
from ..domain.money import yuan
from ..domain.records import Attachment, Document
from ..journal.ops import EventOp
from ..store.changelog import entries_about
from ..store.database import Connection
from .views import AttachmentRow, DocumentRow, SeenRow, TimelineRow

__all__ = [
    "AttachmentRow", "DocumentRow", "SeenRow", "TimelineRow", "attachment_rows", "document_rows",
    "seen_rows", "step_words",
]  # fmt: skip

_SAYS = {True: "是", False: "否"}


def step_words(data: Mapping[str, Any] | None, fields: Sequence[Field]) -> str:
    """What a step says: every field that was filled in, in the order of its form."""
    said = []
    for field in fields:
        value = (data or {}).get(field.name)
        if value in (None, "", [], ()):
            continue
        said.append(_value_words(field, value))
    return _sentences(dict.fromkeys(filter(None, said)))


def _sentences(said: Iterable[str]) -> str:
    """Joined by ；, but not behind what ends a sentence itself."""
    joined = ""
    for piece in said:
        gap = "" if not joined or joined.endswith(("。", "！", "？")) else "；"
        joined += gap + piece
    return joined


def _value_words(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return field.label if value else ""
    if field.kind == "money":
        return f"{field.label}：{yuan(value)}"
    if field.kind == "rows":
        rows = ("、".join(str(each) for each in row.values() if each) for row in value)
        return "；".join(rows)
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    words = dict(choices_of(field)).get(str(value), str(value))
    return words if field.kind == "long" else f"{field.label}：{words}"


def document_rows(documents: Iterable[Document]) -> Iterator[DocumentRow]:
    """Printed papers, newest first."""
    for doc in reversed(tuple(documents)):
        yield DocumentRow(
            doc.id, doc.form, doc.title, doc.number, doc.at, doc.by, doc.pages, bool(doc.reprint_of)
        )


def attachment_rows(attachments: Iterable[Attachment]) -> Iterator[AttachmentRow]:
    """Files, oldest first."""
    return (AttachmentRow(a.id, a.name, a.size, a.at, a.by) for a in attachments)


_SEEN = {"read": "查看", "reveal": "查看姓名、号码", "print": "打印", "export": "另存附件"}


def seen_rows(conn: Connection, case: str) -> Iterator[SeenRow]:
    """谁看过: looks that were logged about a case, newest first."""
    for entry in reversed(entries_about(conn, case)):
        for op in entry.ops:
            if isinstance(op, EventOp) and op.t in _SEEN and op.d.get("case") == case:
                why = f"：{op.d['reason']}" if op.d.get("reason") else ""
                at = datetime.fromisoformat(str(op.d["at"]))
                yield SeenRow(entry.actor.name, at, _SEEN[op.t] + why)
