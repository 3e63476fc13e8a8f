"""数据交换: where every site stands, what the last bundle brought, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import conflicts, exchange_papers, exchange_status
from xinfang_desktop.services.conflicts import ConflictRow, SettledRow
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.exchange_status import ExchangeStatus
from xinfang_desktop.store.peers import BundleRow

from .exchange_words import (
    HistoryLine,
    PeerLine,
    ReportLines,
    history_line,
    peer_line,
    report_lines,
)
from .running import Run

Failed = Callable[[XinfangError], None]

HISTORY = 200
"""Files that the list of all shows at most."""


@dataclass(frozen=True, slots=True)
class _Stands:
    status: ExchangeStatus
    conflicts: tuple[ConflictRow, ...]
    settled: tuple[SettledRow, ...]
    history: tuple[BundleRow, ...]


class ExchangePresenter:
    """Reads everything at once, so that the parts of the page agree."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self._stands: _Stands | None = None
        self._asked = 0

    def load(self, done: Callable[[], None]) -> None:
        """Ask for everything; an older answer that comes late is dropped."""
        self._asked += 1
        asked = self._asked

        def came(stands: _Stands) -> None:
            if asked == self._asked:
                self._stands = stands
                done()

        self._run(self._read, came)

    def _read(self) -> _Stands:
        desk = self.desk
        sees = permissions.may(desk.roles, "read_conflicts")
        return _Stands(
            exchange_status.exchange_status(desk),
            conflicts.conflict_list(desk) if sees else (),
            conflicts.settled_list(desk) if sees else (),
            exchange_status.bundle_history(desk, HISTORY),
        )

    @property
    def conflicts(self) -> tuple[ConflictRow, ...]:
        """What has to be decided and this account may see."""
        return self._stands.conflicts if self._stands else ()

    @property
    def settled(self) -> tuple[SettledRow, ...]:
        """What was decided here, the newest first."""
        return self._stands.settled if self._stands else ()

    # --- words ---

    @property
    def _now(self) -> datetime:
        return self.desk.now()

    def peers(self) -> tuple[PeerLine, ...]:
        """The rows of 往来单位."""
        if self._stands is None:
            return ()
        return tuple(
            peer_line(row, self._conflicts_with(row.site), self._now)
            for row in self._stands.status.peers
        )

    def _conflicts_with(self, site: str) -> int:
        return sum(any(v.site == site for v in row.values) for row in self.conflicts)

    def active(self) -> tuple[PeerLine, ...]:
        """Those that bundles are made for."""
        return tuple(line for line in self.peers() if line.active)

    def report(self) -> ReportLines | None:
        """The last bundle that came in; None before the first."""
        rows = self._stands.history if self._stands else ()
        came = [row for row in rows if row.way == "in"]
        return report_lines(max(came, key=_taken_in), self._now) if came else None

    def standing(self) -> tuple[str, ...]:
        """What still waits on all bundles together: gaps, copied folders, what only a lost disk had."""
        if self._stands is None:
            return ()
        status = self._stands.status
        return (*status.gaps, *status.forks, *status.lost)

    def missing(self) -> str:
        """The sentence about attachments that have not come."""
        count = self._stands.status.missing if self._stands else 0
        return f"还缺 {count} 个附件，已写入下次的索取，对方下一个数据包会带来。" if count else ""

    def history(self) -> tuple[HistoryLine, ...]:
        """Every file that went out or came in, the newest first."""
        if self._stands is None:
            return ()
        names = {row.site: row.name for row in self._stands.status.peers}
        return tuple(history_line(row, names, self._now) for row in self._stands.history)

    def receipt(self, line: HistoryLine, done: Callable[[bytes], None], failed: Failed) -> None:
        """数据包交接单 of one file as a paper."""
        self._run(
            lambda: exchange_papers.receipt_paper(self.desk, line.which).pdf, done, failed,
            label="正在制作交接单",
        )  # fmt: skip

    def message(self) -> str:
        """What the status bar says when the page opens."""
        peers = self.active()
        if not peers:
            return "还没有往来单位"
        waiting = sum(line.to_send > 0 for line in peers)
        open_ones = f"，{len(self.conflicts)} 处冲突待判断" if self.conflicts else ""
        told = f"{waiting} 个有待发" if waiting else "没有待发"
        return f"往来单位 {len(peers)} 个，{told}{open_ones}"

    # --- what may be done ---

    def why_not(self, verb: str) -> str:
        """The sentence for a button that this account may not press, empty where it may."""
        may = permissions.may(self.desk.roles, verb)
        return "" if may else permissions.not_permitted(verb).sentence

    def why_not_send(self, line: PeerLine | None) -> str:
        """Why no bundle can be made for this site."""
        return self.why_not("exchange_bundles") or (
            "先在左边选一个单位。" if line is None
            else "" if line.active
            else f"“{line.name}”已经停用，不再给它数据。"
        )  # fmt: skip

    def why_not_send_all(self) -> str:
        """Why bundles cannot be made for all."""
        return self.why_not("exchange_bundles") or (
            "" if self.active() else "还没有往来单位，先添加对方的站点名片。"
        )


def _taken_in(row: BundleRow) -> tuple[str, str, int]:
    """Files taken in within one second come in the order in which they were made."""
    return (row.at, str(row.report.get("created_at", "")), row.part)
