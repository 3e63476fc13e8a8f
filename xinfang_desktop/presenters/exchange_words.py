"""What the page 数据交换 says: moments, where each site stands, what one bundle brought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xinfang_desktop.services.exchange_status import PeerRow
from xinfang_desktop.store.peers import BundleRow

_MISSING = re.compile(r"第 (\d+) 条还没有到")


@dataclass(frozen=True, slots=True)
class PeerLine:
    """One row of 往来单位. ``state`` is a due state, ``words`` what its chip says."""

    site: str
    name: str
    role: str
    received: str
    known: str
    to_send: int
    state: str
    words: str
    active: bool
    sort_received: datetime | None


@dataclass(frozen=True, slots=True)
class CountLine:
    """One figure of a report with its mark: ✓ 38 条新记录."""

    mark: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class ReportLines:
    """What one bundle brought, for the panel 刚才的导入."""

    title: str
    counts: tuple[CountLine, ...]
    sentence: str
    alarms: tuple[str, ...]
    warnings: tuple[str, ...]
    gaps: tuple[str, ...]
    merged: str = ""


PARALLEL = "并行修改：两边改了同一件里不同的栏目，互不影响，已自动合并。"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One file that went out or came in."""

    at: str
    way: str
    name: str
    file: str
    by: str
    told: str
    which: str = ""


def moment_words(at: datetime | None, now: datetime) -> str:
    """今天 9:36, 昨天 17:20, 9月18日, 2025年9月18日; — where there is none."""
    if at is None:
        return "—"
    at = at.astimezone(now.tzinfo)
    clock = f"{at.hour}:{at.minute:02d}"
    if at.date() == now.date():
        return f"今天 {clock}"
    if at.date() == now.date() - timedelta(days=1):
        return f"昨天 {clock}"
    day = f"{at.month}月{at.day}日"
    return day if at.year == now.year else f"{at.year}年{day}"


def exact_words(at: datetime | None, now: datetime) -> str:
    """9月18日 15:20, with the year where it is another one; empty where there is none."""
    if at is None:
        return ""
    at = at.astimezone(now.tzinfo)
    year = "" if at.year == now.year else f"{at.year}年"
    return f"{year}{at.month}月{at.day}日 {at.hour}:{at.minute:02d}"


def peer_line(row: PeerRow, conflicts: int, now: datetime) -> PeerLine:
    """One site. ``conflicts`` are the open ones in which it has a side."""
    state, words = _standing(row, conflicts)
    return PeerLine(
        row.site, row.name, row.role_words, moment_words(row.last_in, now),
        moment_words(row.confirmed_to, now), row.to_send, state, words, row.status == "active",
        row.last_in,
    )  # fmt: skip


def _standing(row: PeerRow, conflicts: int) -> tuple[str, str]:
    if row.status != "active":
        return "stopped", "已停用"
    missing = _missing_number(row.gaps)
    if missing:
        return "near", f"缺第 {missing} 条"
    if row.waiting:
        return "near", f"搁置 {row.waiting} 条"
    if conflicts:
        return "soon", f"冲突 {conflicts}"
    if row.last_in is None:
        return "provisional", "还没交换过" if row.last_out is None else "还没收到过"
    return "done", "齐"


def _missing_number(gaps: Iterable[str]) -> str:
    """The first number that is waited for; gaps of other reasons name none."""
    return next((found[1] for gap in gaps if (found := _MISSING.search(gap))), "")


def report_lines(row: BundleRow, now: datetime) -> ReportLines:
    """The report of a bundle that came in, as it is kept with the bundle."""
    told = row.report
    part = f"（共 {told['parts']} 个文件之 {told['part']}）" if told.get("parts", 1) > 1 else ""
    at = moment_words(datetime.fromisoformat(row.at), now)
    return ReportLines(
        title=f"{told['sender_name']}，{at}，第 {told['serial']} 包{part}",
        counts=counts_of(told),
        sentence=str(told["sentence"]),
        alarms=tuple(told.get("alarms", ())),
        warnings=tuple(told.get("warnings", ())),
        gaps=tuple(told.get("gaps", ())),
        merged=PARALLEL if told.get("parallel") else "",
    )


_COUNTS = (
    ("done", "new", "条新记录"), ("rest", "known", "条早已有"), ("soon", "conflicts", "处冲突"),
    ("near", "waiting", "条搁置"), ("none", "refused", "条拒收"),
    ("provisional", "missing", "个附件待补"), ("done", "attachments", "个附件到了"),
    ("done", "parallel", "件并行修改"), ("done", "recovered", "条本机的找回了"),
)  # fmt: skip
_ALWAYS = frozenset({"new", "known", "conflicts", "refused"})


def counts_of(told: Mapping[str, Any]) -> tuple[CountLine, ...]:
    """The figures of a report; those that are seldom anything only where they are."""
    figures = {**told, **told["entries"]}
    return tuple(
        CountLine(mark, int(figures.get(name, 0)), words)
        for mark, name, words in _COUNTS
        if figures.get(name) or name in _ALWAYS
    )


def history_line(row: BundleRow, names: Mapping[str, str], now: datetime) -> HistoryLine:
    """One file in the list of all."""
    name = names.get(row.peer) or str(row.report.get("sender_name", "")) or row.peer[:8]
    told = (
        str(row.report.get("sentence", "")) if row.way == "in"
        else f"第 {row.report['serial']} 包，{row.report['entries']} 条"
    )  # fmt: skip
    return HistoryLine(
        exact_words(datetime.fromisoformat(row.at), now), "收" if row.way == "in" else "发", name,
        row.file, row.by, told, f"{row.bundle}/{row.part}/{row.way}",
    )  # fmt: skip
