"""Proofs for an inspector: the log's chain, the tables against the log, who did and saw what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..journal.ops import EventOp, SetOp, VoidOp
from ..store import verify
from ..store.changelog import entries_about
from ..store.verify import LogReport, RebuildReport
from .desk import Desk, use_case
from .finding import check_unsealed, find_matter


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry about a matter, in words."""

    at: datetime
    who: str
    feed: str
    seq: int
    what: tuple[str, ...]


@use_case("verify_log")
def verify_log(desk: Desk) -> LogReport:
    """Check the whole log; ``first_bad`` names the first entry that is wrong."""
    desk.flush_looks()
    with desk.reading() as conn:
        return verify.verify(conn)


@use_case("verify_log")
def rebuild_check(desk: Desk) -> RebuildReport:
    """Replay the log into an empty store in memory and compare."""
    desk.flush_looks()
    return verify.rebuild_check(desk.database, desk.setting)


@use_case("read_log")
def log_of(desk: Desk, number: str) -> tuple[LogRow, ...]:
    """Who did and saw what about one matter, oldest first. Fields are named, not quoted."""
    desk.flush_looks()
    with desk.reading() as conn:
        matter = find_matter(desk, conn, number)
        check_unsealed(desk, matter)
        found = entries_about(conn, matter.id)
    return tuple(
        LogRow(
            datetime.fromisoformat(entry.wall), entry.actor.name, entry.feed, entry.seq,
            tuple(_words(op, matter.id) for op in entry.ops if _about(op, matter.id)),
        )
        for entry in found
    )  # fmt: skip


def _about(op: object, matter: str) -> bool:
    if isinstance(op, EventOp):
        return op.d.get("matter") == matter
    if isinstance(op, SetOp):
        linked = op.f.get("matter")
        return op.id == matter or (linked is not None and linked.value == matter)
    return isinstance(op, VoidOp)


def _words(op: object, matter: str) -> str:
    if isinstance(op, EventOp):
        action = op.d.get("action") or op.d.get("form") or ""
        return f"{op.t} {action}".strip()
    if isinstance(op, SetOp):
        return f"{op.t}: {'、'.join(op.f)}"
    return f"作废 {op.t}" if isinstance(op, VoidOp) else ""
