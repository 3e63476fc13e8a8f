"""What a matter's recorded steps say (办理经过): dates, answers and tasks, always computed.

Nothing here judges; every function reads the file and answers ``None`` or nothing where the
history is silent (an imported matter has only its import).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .matter import MatterFile
from .records import Step
from .states import STAGES, STATES
from .vocabulary import REWORK, TO_CARRY_OUT

_ORIGIN: Mapping[str, str] = {"S15": "S20", "S50": "S40", "T10": "S20"}
"""Where a matter goes back to when its history does not say where it came from."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one numbered request (逐项答复). Empty text: not yet written."""

    no: int
    outcome: str = ""
    facts: str = ""
    basis: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be carried out (落实任务) or promised (承诺), named by the key of its duty."""

    key: str
    what: str
    due: date | None
    unit: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class StageDate:
    """One field of the stage bar; ``on`` is when it was reached, if the history knows."""

    stage: str
    state: Literal["done", "now", "later"]
    on: date | None


def data_of(step: Step | None) -> Mapping[str, Any]:
    """What a step recorded; nothing where there is no step."""
    return step.data if step is not None and isinstance(step.data, Mapping) else {}


def _newest_first(file: MatterFile) -> list[Step]:
    return [step for step in reversed(file.steps) if not step.voided]


def _on(step: Step | None) -> date | None:
    return step.on if step else None


def came_from(file: MatterFile) -> str:
    """The state before the present one (where 待补充材料, 拟稿审核, 并入 go back to)."""
    now = file.matter.state
    for step in _newest_first(file):
        if step.to_state == now and step.from_state not in {"", now} and step.from_state in STATES:
            return step.from_state
    return _ORIGIN.get(now, now)


def accepted_on(file: MatterFile) -> date | None:
    """The day of acceptance (受理) as decided; also for the simple procedure."""
    return _on(file.last("accept", "simple"))


def answers(file: MatterFile) -> Mapping[int, Answer]:
    """The answers of the latest draft opinion by number of the request."""
    rows = data_of(file.last("draft")).get("answers", [])
    return {
        row["no"]: Answer(
            **{key: row.get(key, "") for key in ("outcome", "facts", "basis", "opinion")},
            no=row["no"],
        )
        for row in rows
        if isinstance(row, Mapping) and isinstance(row.get("no"), int)
    }


def must_be_carried_out(file: MatterFile) -> bool:
    """Whether an answer supports a request or records an agreement (art. 32 para 2, 33)."""
    return any(answer.outcome in TO_CARRY_OUT for answer in answers(file).values())


def drafter(file: MatterFile) -> str:
    """Who drafted the latest opinion (起草人), empty where nobody has."""
    step = file.last("draft")
    return str(data_of(step).get("drafter") or (step.by if step else ""))


def approved_extension_days(file: MatterFile) -> int:
    """Days of extension approved (延期), in calendar days, since handling last began anew."""
    days = 0
    for step in file.all("extend", "review_result", "reopen"):
        if step.action == "extend":
            days += int(data_of(step).get("days", 0))
        elif step.action == "reopen" or data_of(step).get("result") in REWORK:
            days = 0
    return days


def signed_on(file: MatterFile) -> date | None:
    """The day the latest opinion was signed (签发)."""
    return _on(file.last("sign"))


def sent_on(file: MatterFile) -> date | None:
    """The day the latest opinion was sent (交邮)."""
    return _on(file.last("send"))


def served_on(file: MatterFile) -> date | None:
    """The day the latest opinion was received (送达), or a simple matter was answered."""
    return _on(
        next(
            (
                s
                for s in _newest_first(file)
                if s.to_state == "S65" and s.action in {"serve", "reply", "import"}
            ),
            None,
        )
    )


def closed_on(file: MatterFile) -> date | None:
    """The day the matter left the open states, ``None`` while it is open."""
    now = STATES.get(file.matter.state)
    if now is None or now.open:
        return None
    for step in _newest_first(file):
        before, after = STATES.get(step.from_state), STATES.get(step.to_state)
        if after and not after.open and (before is None or before.open):
            return step.on
    return None


ROWS_OWED: Mapping[str, str] = {"follow": "fulfil", "plan": "plan", "meeting": "meeting"}
"""Steps whose rows ``tasks`` are each owed, and the kind of duty that their keys begin with."""


def rows_owed(file: MatterFile, action: str) -> tuple[Task, ...]:
    """What such a step asks of whom, in the order it was set; keys ``fulfil:1``, ``plan:1`` …"""
    rows = [row for step in file.all(action) for row in data_of(step).get("tasks", [])]
    done = _fulfilled(file)
    return tuple(
        Task(
            key := f"{ROWS_OWED[action]}:{no}",
            str(row.get("what", "")),
            _day(row.get("due")),
            str(row.get("unit", "")),
            done.get(key),
        )
        for no, row in enumerate(rows, 1)
    )


def tasks(file: MatterFile) -> tuple[Task, ...]:
    """What is to be carried out (落实任务) in the order it was set; keys ``fulfil:1`` …"""
    return rows_owed(file, "follow")


def owed_by_hand(file: MatterFile) -> tuple[Task, ...]:
    """All that is recorded as done by 登记落实: promises and the rows of ``ROWS_OWED``."""
    rows = (task for action in ROWS_OWED for task in rows_owed(file, action))
    return (*rows, *promises(file))


def promises(file: MatterFile) -> tuple[Task, ...]:
    """What was promised at the desk (承诺) in the order it was written; keys ``promise:1`` …"""
    done = _fulfilled(file)
    return tuple(
        Task(
            key := f"promise:{no}",
            str(data_of(step).get("what", "")),
            _day(data_of(step).get("due")),
            done_on=done.get(key),
        )
        for no, step in enumerate(file.all("promise"), 1)
    )


def _fulfilled(file: MatterFile) -> Mapping[str, date]:
    done: dict[str, date] = {}
    for step in file.all("fulfil"):
        done.setdefault(str(data_of(step).get("task", "")), step.on)
    return done


def _day(raw: Any) -> date | None:
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def stage_of(file: MatterFile) -> str:
    """The stage the matter stands in; a state without its own keeps the one it came from."""
    state = STATES.get(file.matter.state)
    if state and state.stage:
        return state.stage
    for step in _newest_first(file):
        before = STATES.get(step.from_state)
        if before and before.stage:
            return before.stage
    return STAGES[0]


def stage_dates(file: MatterFile) -> tuple[StageDate, ...]:
    """The stage bar: which stages are done, which is now, and since when."""
    reached: dict[str, date | None] = {
        "登记": file.matter.received_on,
        "甄别": _on(file.last("claim")),
        "受理": accepted_on(file),
        "办理": _on(file.last("start", "simple")),
        "出具意见": signed_on(file),
        "送达": served_on(file),
        "落实": _on(file.last("follow")),
        "办结": closed_on(file),
        "归档": _on(file.last("archive")),
    }
    now = STAGES.index(stage_of(file))
    return tuple(
        StageDate(
            stage,
            "done" if no < now else "now" if no == now else "later",
            reached[stage] if no <= now else None,
        )
        for no, stage in enumerate(STAGES)
    )
