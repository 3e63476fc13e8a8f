"""The button 打印文书 on the page of a dispute or a mediation: its papers as a menu."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from xinfang_desktop.presenters.case_papers import CasePapers, bound_words, file_name, offer_words
from xinfang_desktop.presenters.paperwork import Kept
from xinfang_desktop.services.binding import FileBound
from xinfang_desktop.services.paper_offers import FormOffer

from . import icons
from .page import Page
from .paper import Paper, PaperDialog
from .save_as import ask_where
from .widgets.buttons import Button


class PapersButton(Button):
    """Asks which papers there are when it is pressed. ``binds`` adds 整卷装订."""

    def __init__(self, page: Page, *, binds: bool = False) -> None:
        super().__init__("打印文书", "printer")
        self._page, self._binds, self.number = page, binds, ""
        runner = page.place.runner
        self.papers = CasePapers(page.place.desk, runner.run, runner.run_job)
        self.refuse(self.papers.why_not())
        self.menu_of_papers = QMenu(self)
        self.menu_of_papers.setAccessibleName("打印文书")
        self.menu_of_papers.setToolTipsVisible(True)
        self.clicked.connect(self.ask)

    def ask(self) -> None:
        """Open the menu with what may be printed now."""
        if self.number and self.isEnabled():
            self.papers.offers(self.number, self._open)

    def _open(self, offers: Sequence[FormOffer]) -> None:
        menu = self.menu_of_papers
        menu.clear()
        for offer in offers:
            action = menu.addAction(icons.icon("file-text"), offer_words(offer))
            action.setEnabled(offer.allowed)
            action.setToolTip(offer.why or offer.name)
            action.triggered.connect(
                lambda _on=False, code=offer.code: make_paper(
                    self._page, self.papers, code, self.number
                )
            )
        if self._binds:
            menu.addSeparator()
            action = menu.addAction(icons.icon("archive"), "整卷装订…")
            action.triggered.connect(self.ask_binding)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def ask_binding(self) -> None:
        """Where the bound file shall go."""
        ask_binding(self._page, self.papers, self.number)

    def bind(self, out: Path) -> None:
        """Bind the whole file and write it to ``out``."""
        bind_file(self._page, self.papers, self.number, out)


def ask_binding(page: Page, papers: CasePapers, number: str) -> None:
    """整卷装订: ask where the bound file shall go, then bind it."""
    ask_where(page, "整卷装订", file_name(number), lambda out: bind_file(page, papers, number, out))


def bind_file(page: Page, papers: CasePapers, number: str, out: Path) -> None:
    """Bind the whole file, write it to ``out``, say what it still lacks."""

    def came(bound: FileBound) -> None:
        page.place.say(bound_words(bound))
        page.refresh()

    papers.bind(number, out, came)


def make_paper(page: Page, papers: CasePapers, code: str, number: str) -> None:
    """Make the paper and show it, ready for the printer."""

    def came(kept: Kept) -> None:
        made = Paper(kept.title, kept.pdf)
        PaperDialog(page, page.place.runner, [made], kept.title).open()
        page.place.say(f"{kept.title}已制作，存在这件的文书里" if number else kept.title)
        page.refresh()

    papers.make(code, number, came)
