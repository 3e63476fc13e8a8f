"""Writing down a step of a dispute or a mediation, and finding cases by what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep, Dispute, Mediation
from ..domain.course import Decision
from ..domain.errors import RuleViolation
from ..store import search
from ..store.changelog import Change, change, new, new_id
from ..store.database import Connection
from .desk import Desk

Case = Dispute | Mediation


def step_taken(desk: Desk, conn: Connection, case: Case, decision: Decision) -> list[Change]:
    """The step and what it changes of the case's own record."""
    step = CaseStep(
        id=new_id(), feed=case.feed, case=case.id, action=decision.action, on=decision.on,
        at=desk.moment_for(conn, case.id), by=desk.account.name,
        from_state=decision.from_state, to_state=decision.to_state, data=dict(decision.data),
    )  # fmt: skip
    return [new(step), *([change(case, **decision.changes)] if decision.changes else [])]


def first_step(
    desk: Desk, case: Case, action: str, on: date, data: Mapping[str, Any]
) -> list[Change]:
    """A case and the step by which it begins."""
    step = CaseStep(
        id=new_id(), feed=case.feed, case=case.id, action=action, on=on, at=desk.now(),
        by=desk.account.name, to_state=case.state, data=dict(data),
    )  # fmt: skip
    return [new(case), new(step)]


def ids_with_text(desk: Desk, conn: Connection, kind: str, text: str) -> frozenset[str]:
    """Cases of this kind that hold the text, within the account's sight; the search is logged."""
    hits, _ = search.find(conn, text, 1000, kinds=(kind,), village=desk.village)
    desk.look("search", text_length=len(text))
    return frozenset(hit.id for hit in hits)


def check_reason(reason: str) -> str:
    """Why somebody wants to see names in full. Raises RuleViolation ``reason_missing``."""
    if not reason.strip():
        raise RuleViolation(
            "reason_missing", "还没有写为什么要看完整的姓名和电话。",
            mend="写一句原因，会留下记录。", field="reason",
        )  # fmt: skip
    return reason.strip()
