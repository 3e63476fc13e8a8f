"""打印 on 排查台账: the ledger of a period, a village's form for WPS, and how papers name a round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xinfang_desktop.domain.periods import parse_period
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import return_forms, screening_ledger
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.screening_ledger import LedgerMade

from .jobs import RunJob, Talk

_SHOWN_PAGES = 40


@dataclass(frozen=True, slots=True)
class LedgerKept:
    """A ledger that was written; ``pdf`` holds it again where it is short enough to be shown."""

    made: LedgerMade
    pdf: bytes


class ScreeningPapers:
    """Writes ledgers and forms where somebody wants them; what is cancelled leaves no file."""

    def __init__(self, desk: Desk, job: RunJob) -> None:
        self.desk, self._job = desk, job

    def ledger(
        self, period: str, village: str, out: Path, done: Callable[[LedgerKept], None]
    ) -> None:
        """排查台账 of a period, of one village or of all (empty), as PDF or xlsx by its name."""

        def work(talk: Talk) -> LedgerKept | None:
            made = screening_ledger.screening_ledger(
                self.desk, period, out, village, talk.progress, talk.cancelled
            )
            if made is None:
                return None
            shown = 0 < made.pages <= _SHOWN_PAGES
            return LedgerKept(made, out.read_bytes() if shown else b"")

        def came(kept: LedgerKept | None) -> None:
            if kept is not None:
                done(kept)

        self._job(work, came, lane="files", label="正在写台账")

    def return_form(
        self, village: str, key: RoundKey, out: Path, done: Callable[[Path], None]
    ) -> None:
        """The form of one village for one round, to be filled in WPS and imported again."""
        self._job(
            lambda _talk: return_forms.make_return_form(self.desk, out, village, key), done,
            lane="files", label="正在写报送表",
        )  # fmt: skip


def round_number(key: RoundKey, village: str = "") -> str:
    """How a paper names a round: 2026-05, 2026-05@wages, 2026-05/大塘村."""
    round_ = f"{key.period}@{key.theme}" if key.theme else key.period
    return f"{round_}/{village}" if village else round_


def ledger_name(period: str, suffix: str) -> str:
    """矛盾纠纷排查台账_2026年5月.pdf."""
    return f"矛盾纠纷排查台账_{parse_period(period).words}.{suffix}"


def form_file_name(village: str, key: RoundKey) -> str:
    """排查报送表_大塘村_2026年5月.xlsx."""
    return f"排查报送表_{village}_{parse_period(key.period).words}.xlsx"


def ledger_words(kept: LedgerKept) -> str:
    """What the status bar says of a written ledger."""
    made = kept.made
    pages = f"，{made.pages} 页" if made.pages else ""
    return f"台账 {made.rows} 件{pages}，已存为 {made.out.name}"
