"""打印 on 排查台账: one line a paper. What is not in the table is not in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from xinfang_desktop.presenters.case_papers import CasePapers
from xinfang_desktop.presenters.screening import ScreeningPresenter
from xinfang_desktop.presenters.screening_papers import (
    LedgerKept,
    ScreeningPapers,
    form_file_name,
    ledger_name,
    ledger_words,
    round_number,
)

from .case_papers import make_paper
from .help import Manual
from .page import Page
from .paper import Paper, PaperDialog
from .save_as import ask_where


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the menu: its word, what it does, whether a cell must be chosen."""

    word: str
    do: Callable[[PrintMenu], object]
    of_a_cell: bool = field(default=False)


class PrintMenu:
    """What the lines of the menu do, for the page and for the cell that is looked at."""

    def __init__(self, page: Page, screening: ScreeningPresenter) -> None:
        self._page, self._screening = page, screening
        runner = page.place.runner
        self._papers = CasePapers(page.place.desk, runner.run, runner.run_job)
        self._files = ScreeningPapers(page.place.desk, runner.run_job)

    def why_not(self, line: PaperLine) -> str:
        """Why a line cannot be used now; empty where it can."""
        chosen = self._screening.cell() is not None
        return "" if chosen or not line.of_a_cell else "先在表里选一格"

    def blank(self) -> None:
        """P06 for the pen."""
        make_paper(self._page, self._papers, "P06", "")

    def of_the_cell(self) -> None:
        """P06 of the village and round looked at."""
        cell = self._screening.looked_at()
        make_paper(self._page, self._papers, "P06", round_number(cell.key, cell.village_name))

    def statistics(self) -> None:
        """P07 of the round looked at."""
        make_paper(self._page, self._papers, "P07", round_number(self._screening.looked_at().key))

    def workbook(self) -> None:
        """The village's form for WPS."""
        cell = self._screening.looked_at()

        def write(out: Path) -> None:
            self._files.return_form(
                cell.village_name, cell.key, out,
                lambda made: self._page.place.say(f"报送表已存为 {made.name}，填好后用“导入台账”读回"),
            )  # fmt: skip

        ask_where(self._page, "存报送表", form_file_name(cell.village_name, cell.key), write)

    def ledger_of_the_round(self, suffix: str) -> None:
        """P02 of the period looked at."""
        self._ledger(self._screening.looked_at().key.period, suffix)

    def ledger_of_the_year(self, suffix: str) -> None:
        """P02 of the year that is shown."""
        self._ledger(str(self._screening.year), suffix)

    def _ledger(self, period: str, suffix: str) -> None:
        def written(kept: LedgerKept) -> None:
            self._page.place.say(ledger_words(kept))
            if kept.pdf:
                paper = Paper("矛盾纠纷排查台账", kept.pdf)
                PaperDialog(self._page, self._page.place.runner, [paper], paper.title).open()

        ask_where(
            self._page, "存台账", ledger_name(period, suffix),
            lambda out: self._files.ledger(period, "", out, written),
        )  # fmt: skip

    def card(self) -> None:
        """The page to teach a liaison with."""
        Manual(self._page.window(), "card_village").show()


PAPERS: tuple[PaperLine, ...] = (
    PaperLine("本期台账，存 PDF…", lambda menu: menu.ledger_of_the_round("pdf"), of_a_cell=True),
    PaperLine("本期台账，存表格…", lambda menu: menu.ledger_of_the_round("xlsx"), of_a_cell=True),
    PaperLine("全年台账，存 PDF…", lambda menu: menu.ledger_of_the_year("pdf")),
    PaperLine("全年台账，存表格…", lambda menu: menu.ledger_of_the_year("xlsx")),
    PaperLine("本期统计表", PrintMenu.statistics, of_a_cell=True),
    PaperLine("这个村的报送表", PrintMenu.of_the_cell, of_a_cell=True),
    PaperLine("这个村的报送表，用 WPS 填…", PrintMenu.workbook, of_a_cell=True),
    PaperLine("空白报送表", PrintMenu.blank),
    PaperLine("村级填报一页卡", PrintMenu.card),
)
