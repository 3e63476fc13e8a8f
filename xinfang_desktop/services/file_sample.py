"""Drawing the sample of a file review (案件评查抽样): closed files of a period, by a stated seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.errors import RuleViolation
from ..domain.periods import parse_period
from ..domain.registers_review import UNSATISFIED_WEIGHT
from ..domain.sampling import draw
from ..store import queries
from ..store.database import Connection
from ..store.files import load_files
from .desk import Desk

_OVER = ("S75", "S88", "S90")
"""办结、复核终结、归档."""


def drawn(desk: Desk, conn: Connection, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The population's size and the sample; sealed and confidential files are left out.

    Raises RuleViolation ``nothing_to_draw`` where nothing was closed in the period.
    """
    days = parse_period(values["period"])
    ids = [row for state in _OVER for row in _closed(conn, state)]
    found: dict[str, tuple[str, bool]] = {}
    for file in load_files(conn, ids):
        closed = file.last("close", "review_result", "archive")
        matter = file.matter
        if closed is None or closed.on not in days or matter.sealed or matter.confidential:
            continue
        follow = file.last("follow")
        unhappy = (follow.data or {}).get("satisfied") == "unsatisfied" if follow else False
        found[matter.number] = (matter.title, unhappy)
    if not found:
        raise RuleViolation(
            "nothing_to_draw", "这段时间没有办结的信访事项可以抽。", mend="请换一段时间。",
            field="period",
        )  # fmt: skip
    if not values["count"]:
        raise RuleViolation("none_wanted", "抽 0 件没有意义。", mend="请填 1 以上。", field="count")
    weights = {n: UNSATISFIED_WEIGHT if unhappy else 1.0 for n, (_, unhappy) in found.items()}
    sample = draw(weights, values["count"], values["seed"])
    return {
        "population": len(found),
        "sample": [
            {"number": n, "title": found[n][0], "why": "不满意件" if found[n][1] else ""}
            for n in sample
        ],
    }  # fmt: skip


def _closed(conn: Connection, state: str) -> list[str]:
    rows, _ = queries.matters(conn, queries.MatterFilter(state=state))
    return [str(row["id"]) for row in rows]
