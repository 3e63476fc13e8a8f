"""Proofs for an inspector: the log's chain, the tables against the log, who did and saw what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.records import Village
from ..journal.ops import EventOp, SetOp, VoidOp
from ..store import verify
from ..store.changelog import count, entries_about
from ..store.database import Connection
from ..store.files import get
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
    """Check the whole log; ``first_bad`` names the first entry that is wrong.

    Who is bound to a village is told whether all is well, and counts of its own feed.
    """
    desk.flush_looks()
    with desk.reading() as conn:
        report = verify.verify(conn)
        own = _own_feed(desk, conn)
        if own is None:
            return _with_sealed(desk, report)
        heads = {name: head for name, head in report.heads.items() if name.split()[0] == own}
        told = report.first_bad and _ELSEWHERE
        return replace(report, entries=count(conn, own), heads=heads, first_bad=told)


@use_case("verify_log")
def rebuild_check(desk: Desk) -> RebuildReport:
    """Replay the log into an empty store in memory and compare.

    Who is bound to a village is told whether they agree, and the count of its own feed.
    """
    desk.flush_looks()
    report = verify.rebuild_check(desk.database, desk.setting)
    with desk.reading() as conn:
        own = _own_feed(desk, conn)
        if own is None and desk.vault is not None:
            inner = verify.rebuild_check(desk.vault.database, desk.vault.setting)
            found = tuple(f"{_SEALED}{each}" for each in inner.differences)
            return RebuildReport(
                report.ok and inner.ok, report.entries + inner.entries,
                (*report.differences, *found),
            )  # fmt: skip
        if own is None:
            return report
        told = (_ELSEWHERE,) if report.differences else ()
        return replace(report, entries=count(conn, own), differences=told)


_SEALED = "密件库："


def _with_sealed(desk: Desk, report: LogReport) -> LogReport:
    """The same of the sealed store, where this desk has it open."""
    if desk.vault is None:
        return report
    desk.vault.flush_looks()
    with desk.vault.reading() as conn:
        inner = verify.verify(conn)
    heads = {f"{_SEALED}{name}": head for name, head in inner.heads.items()}
    first = report.first_bad or (f"{_SEALED}{inner.first_bad}" if inner.first_bad else "")
    return LogReport(
        report.ok and inner.ok, report.entries + inner.entries, {**report.heads, **heads}, first
    )


_ELSEWHERE = "有记录与日志不符，请信访专干核对。"


def _own_feed(desk: Desk, conn: Connection) -> str | None:
    """The feed of the village that the account is bound to; None for everybody else.

    How often another village wrote is a thing of that village.
    """
    if desk.village is None:
        return None
    village = get(conn, Village, desk.village)
    return f"village:{village.code}" if village else ""


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
