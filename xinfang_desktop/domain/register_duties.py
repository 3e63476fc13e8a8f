"""What is owed for a line of a register (台账的责任事项): its own day, and the tasks it set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .duty import Duty, Rulebook
from .register_kit import Register
from .register_tasks import tasks_of
from .registers import REGISTERS
from .work_file import WorkFile


def duties_of_work(file: WorkFile, book: Rulebook) -> tuple[Duty, ...]:
    """All duties of the line; none of a voided one, nor of a register this program does not know."""
    register = REGISTERS.get(file.item.sort)
    if register is None or file.voided or file.state == "void":
        return ()
    return (*_own(file, register, book), *_tasks(file, book))


def _own(file: WorkFile, register: Register, book: Rulebook) -> Iterator[Duty]:
    item, owed = file.item, register.owed
    if owed is None or item.due is None:
        return
    duty = book.agreed(
        owed.kind, min(file.began, item.due), item.due, item.owner or item.by, key="work",
        title=f"{owed.title}：{item.title}",
    )  # fmt: skip
    done = file.last(*owed.done_by)
    if done:
        yield replace(duty, done_on=done.on)
    elif file.state == "cancelled":
        yield replace(duty, settled="not_owed", note="已取消")
    else:
        yield duty


def _tasks(file: WorkFile, book: Rulebook) -> Iterator[Duty]:
    for task in tasks_of(file):
        duty = book.agreed(
            "work_task", min(task.set_on, task.due), task.due, task.by, key=f"task:{task.no}",
            title=f"落实第 {task.no} 项：{task.what}",
        )  # fmt: skip
        yield replace(duty, done_on=task.done_on)
