"""Rows that the pages of disputes and mediations share: what was done, printed, kept, seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..domain.case_records import CaseStep
from ..domain.course import Case
from ..domain.fields import Field
from ..domain.inputs import choices_of
from ..domain.money import yuan
from ..domain.records import Attachment, Document
from ..domain.states import State
from ..journal.ops import EventOp
from ..store.changelog import entries_about
from ..store.database import Connection
from .views import AttachmentRow, DocumentRow, SeenRow, TimelineRow

__all__ = [
    "AttachmentRow", "CaseStage", "DocumentRow", "Link", "SeenRow", "TimelineRow",
    "attachment_rows", "document_rows", "seen_rows", "stage_bar", "step_words", "timeline_rows",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A record that a case led to or came from, and where it stands.

    ``number`` of a village note, which has none, is its id.
    """

    case: str  # matter | dispute | mediation | village_note
    number: str
    title: str
    state_name: str


@dataclass(frozen=True, slots=True)
class CaseStage:
    """One field of the stage bar."""

    stage: str
    state: str  # done | now | later
    on: date | None


def stage_bar(
    stages: Sequence[str], state: State | None, file: Case, reached: Mapping[str, Sequence[str]]
) -> tuple[CaseStage, ...]:
    """The stage bar: which are done, which is now, and since when.

    ``reached``: stage → the steps by which it is reached; the first is where the case begins.
    """
    now = stages.index(state.stage) if state and state.stage else 0
    made = [CaseStage(stages[0], "now" if now == 0 else "done", file.began)]
    for number, stage in enumerate(stages[1:], 1):
        word = "done" if number < now else "now" if number == now else "later"
        step = file.last(*reached[stage]) if number <= now else None
        made.append(CaseStage(stage, word, step.on if step else None))
    return tuple(made)


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
        return "；".join(_row_words(field, row) for row in value)
    chosen = dict(choices_of(field))
    values = value if isinstance(value, list) else [value]
    words = "、".join(chosen.get(str(each), str(each)) for each in values)
    return words if field.kind == "long" else f"{field.label}：{words}"


def _row_words(field: Field, row: Mapping[str, Any]) -> str:
    """The cells of a row in the order of its form: 清通排水沟、赵**、2026-10-15."""
    said = []
    for column in field.columns:
        value = row.get(column.name)
        if value in (None, "", False, [], ()):
            continue
        plain = column.kind in ("text", "long", "date")
        chosen = dict(choices_of(column)).get(str(value), str(value))
        said.append(chosen if plain or column.choices else _value_words(column, value))
    return "、".join(said)


@dataclass(frozen=True, slots=True)
class CourseWords:
    """How the steps of one kind of case are called and drawn; ``words`` says what a step says."""

    labels: Mapping[str, str]
    icons: Mapping[str, str]
    words: Callable[[CaseStep], str]


def timeline_rows(steps: Sequence[CaseStep], course: CourseWords) -> Iterator[TimelineRow]:
    """What was done, newest first."""
    for step in reversed(steps):
        yield TimelineRow(
            id=step.id, on=step.on, at=step.at, action=step.action,
            label=course.labels.get(step.action, step.action), who=step.by,
            text=course.words(step), icon=course.icons.get(step.action, "file-text"),
        )  # fmt: skip


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
