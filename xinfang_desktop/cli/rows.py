"""Objects that several nouns answer with: a duty, a candidate, a day of the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..domain.clocks import Arithmetic
from ..services.binding import FileBound
from ..services.duty_rows import DutyRow
from ..services.registration import Candidate
from .answers import table
from .words import Answer

STATE_WORDS = {
    "open": "待办",
    "overdue": "已逾期",
    "done": "已办",
    "done_late": "逾期办结",
    "not_owed": "不需办",
    "unknown": "不详",
    "lapsed": "已失权",
}


def bound(made: FileBound) -> Answer:
    """A bound file, and as warnings what it lacks."""
    data = {
        "document": made.document, "number": made.number, "pages": made.pages,
        "sha256": made.sha256, "missing": list(made.missing), "why": list(made.why),
        "warnings": list(made.warnings),
        "contents": [{"title": title, "pages": pages} for title, pages in made.contents],
        "out": made.out,
    }  # fmt: skip
    lacks = [f"卷里还缺：{'、'.join(made.missing)}"] if made.missing else []
    return Answer(
        data, [f"已装订 {made.number}，共 {made.pages} 页：{made.out}"], [*lacks, *made.warnings]
    )


def duty(row: DutyRow) -> dict[str, Any]:
    """One duty as the command answers it; ``reason`` is why that date, in a few words."""
    return {
        "kind": row.kind,
        "title": row.title,
        "subject": row.subject,
        "number": row.number,
        "owner": row.owner,
        "started_on": row.started_on,
        "due_raw": row.due_raw,
        "due": row.due,
        "done_on": row.done_on,
        "provisional": row.provisional,
        "state": row.state,
        "reason": row.reason,
        "article": row.article,
        "note": row.note,
    }


def duty_lines(rows: Sequence[DutyRow]) -> list[str]:
    """Duties under each other, for people."""
    return table(
        ("期限", "状态", "责任事项", "事项", "承办人", "编号", "为什么是这一天"),
        [
            (
                f"{row.due.isoformat()}{'（暂定）' if row.provisional else ''}",
                STATE_WORDS.get(row.state, row.words),
                row.title,
                row.subject,
                row.owner,
                row.number,
                row.reason,
            )
            for row in rows
        ],
    )


def candidate(row: Candidate) -> dict[str, Any]:
    """An earlier matter that may be the same, with the reasons."""
    return {
        "number": row.number,
        "title": row.title,
        "received_on": row.received_on,
        "state": row.state,
        "name": row.masked_name,
        "reasons": list(row.reasons),
    }


def arithmetic(sum_: Arithmetic) -> dict[str, Any]:
    """A due date and every day that was counted, or why it was not."""
    return {
        "due_raw": sum_.due_raw,
        "due": sum_.due,
        "provisional": sum_.provisional,
        "article": sum_.rule.article,
        "steps": [
            {"date": step.date, "counted": step.counted, "why": step.why} for step in sum_.steps
        ],
    }


def arithmetic_lines(sum_: Arithmetic) -> Iterable[str]:
    """The same for people."""
    return table(
        ("日期", "第几天", "为什么"),
        [(step.date.isoformat(), step.counted, step.why) for step in sum_.steps],
    )
