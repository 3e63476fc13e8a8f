"""Duties to report as the office sees them: one row a round, not one for each of thirty villages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from xinfang_desktop.services.duties import DayCount, Group, TodayBoard
from xinfang_desktop.services.duty_rows import DutyRow

from .duty_lines import GATHERED

_NAMED = 4
"""So many villages are named; of more the number is told."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A board whose rounds are one row each; ``members`` is gathered row → one of its duties."""

    board: TodayBoard
    members: Mapping[str, str]


def gathered(board: TodayBoard) -> Gathered:
    """The board as an office needs it: which rounds are not complete, and who is missing."""
    members: dict[str, str] = {}
    groups = tuple(
        Group(group.key, group.title, tuple(_one_a_round(group.rows, members)))
        for group in board.groups
    )
    waiting = [row for group in groups for row in group.rows if row.done_on is None]
    fortnight = tuple(
        DayCount(day.day, sum(1 for row in waiting if row.due == day.day), day.tag)
        for day in board.fortnight
    )
    return Gathered(
        replace(board, groups=groups, total=len(waiting), fortnight=fortnight), members
    )  # fmt: skip


def _one_a_round(rows: Iterable[DutyRow], members: dict[str, str]) -> Iterable[DutyRow]:
    """The rows in their order; those of a round become one, where the first of them stood."""
    by_round: dict[str, list[DutyRow]] = {}
    order: list[DutyRow | str] = []
    for row in rows:
        if row.case != "round":
            order.append(row)
            continue
        key = row.id.partition("/")[2]
        if key not in by_round:
            order.append(key)
        by_round.setdefault(key, []).append(row)
    for each in order:
        if isinstance(each, DutyRow):
            yield each
            continue
        made = _round_row(each, by_round[each])
        members[made.id] = by_round[each][0].id
        yield made


def _round_row(key: str, rows: list[DutyRow]) -> DutyRow:
    first, count = rows[0], len(rows)
    names = "、".join(sorted(row.village for row in rows)[:_NAMED])
    more = f" 等 {count} 个" if count > _NAMED else ""
    done = first.done_on is not None
    title = (
        f"{first.subject}：今天报了 {count} 个村（社区）" if done
        else f"收齐{first.subject}：还有 {count} 个村（社区）没报"
    )  # fmt: skip
    return replace(
        first, id=f"{GATHERED}/{key}", about="", title=title, subject=f"{names}{more}",
        owner="各村（社区）", village="", verb="看谁没报",
    )  # fmt: skip
