"""The synced record of what an office does beside its matters (工作台账).

Made as ``domain.records`` says. Leaders' reception days, decisions weighed, suggestions made,
meetings held, reports sent up: each register (台账) declares its columns in ``domain.registers``,
and all of them lie in one kind of record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .records import Json, Record


@dataclass(frozen=True, kw_only=True)
class WorkItem(Record):
    """One line of a register. ``data`` holds what its register asks for, by the field's name."""

    kind: ClassVar[str] = "work_item"
    sort: str  # which register
    number: str
    title: str
    on: date
    state: str  # of the register's own course
    by: str  # who wrote it down
    owner: str = ""  # 责任人
    due: date | None = None
    matters: tuple[str, ...] = ()  # ids of the matters it is about
    data: Json = None
