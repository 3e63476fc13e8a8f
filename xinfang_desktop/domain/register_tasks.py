"""Tasks that a meeting or a reception set (议定的任务): whose, until when, which were carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .fields import Field
from .register_kit import Asked, Guard, RegisterStep, step
from .work_file import WorkFile

DONE_ASKS: tuple[Field, ...] = (
    Field("no", "第几项任务", "int", required=True, sample="1", help="任务的序号，从 1 数起。"),
    Field("content", "怎样落实的", "long", required=True, max_length=1000,
          sample="9月26日核对完，名单已贴在村务公开栏。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """One task, counted from 1 over all steps that set some."""

    no: int
    what: str
    by: str
    set_on: date
    due: date
    done_on: date | None = None
    done_how: str = ""


def tasks_of(file: WorkFile) -> tuple[Task, ...]:
    """The tasks of a line, in the order in which they were set."""
    done = {int((step.data or {}).get("no", 0)): step for step in file.all("task_done")}
    made: list[Task] = []
    for on, row in _rows(file):
        no = len(made) + 1
        step = done.get(no)
        how = str((step.data or {}).get("content", "")) if step else ""
        due = date.fromisoformat(row["due"])
        by = row.get("by") or file.item.owner or file.item.by
        made.append(Task(no, row["what"], by, on, due, step.on if step else None, how))
    return tuple(made)


def _rows(file: WorkFile) -> list[tuple[date, Mapping[str, Any]]]:
    own = [(file.began, row) for row in file.values.get("tasks", ())]
    return own + [
        (step.on, row)
        for step in file.steps
        if not step.voided
        for row in (step.data or {}).get("tasks", ())
    ]


def _no_such_task(asked: Asked) -> str | None:
    no = asked.data.get("no")
    if no is None:
        return None
    task = next((each for each in tasks_of(asked.file) if each.no == no), None)
    if task is None:
        return f"没有第 {no} 项任务。"
    return f"第 {no} 项任务已经登记落实。" if task.done_on else None


TASK_KNOWN = Guard("no_task", _no_such_task, mend="请核对任务的序号。", field="no")


def task_done(sources: str) -> RegisterStep:
    """The step that records a task as carried out."""
    return step(
        "task_done", "登记任务落实", sources, "", *DONE_ASKS, icon="checkup-list",
        guards=(TASK_KNOWN,),
    )  # fmt: skip
