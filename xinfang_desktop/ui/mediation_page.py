"""一件人民调解: stage bar, next steps, both sides' answers, the agreement, its file, its course."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.presenters.duty_lines import PAGE_OF
from xinfang_desktop.presenters.mediation import MediationPresenter

from .case_facts import FactsList
from .case_page import CasePage
from .explain import open_why
from .mediation_page_parts import AgreementPanel, PapersPanel, SidesPanel
from .page import Workplace
from .widgets.panel import Panel


class MediationPage(CasePage[MediationPresenter]):
    """``open(number=…)``; ``step=`` opens that step's form."""

    key = "mediation"
    rail_key = home = "mediations"
    kinds = frozenset(
        {"mediation", "mediation_party", "case_step", "dispute", "document", "attachment"}
    )  # fmt: skip
    help_page = "mediation"
    owed = "双方、协议、义务和情况"
    binds = True

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, MediationPresenter(place.desk, place.runner.run))

    def _build_left(self, column: QVBoxLayout) -> None:
        self.sides = SidesPanel()
        self.agreement = AgreementPanel()
        known = Panel("情况")
        known.pad((0.85, 0.5, 0.85, 0.6), 0.35)
        self.facts = FactsList({"dispute": "来自", "matter": "有关"})
        known.body.addWidget(self.facts)
        self.papers = PapersPanel()
        for panel in (self.sides, self.agreement, self.duties, known, self.papers):
            column.addWidget(panel)
        column.addStretch(1)
        self.sides.reveal_wanted.connect(self.ask_reveal)
        self.agreement.perform_wanted.connect(self._perform)
        self.agreement.why_wanted.connect(self._why_court)
        self.facts.link_wanted.connect(
            lambda case, number: self.place.go(PAGE_OF[case], number=number)
        )

    def _fill(self) -> None:
        row = self.case.seen.row
        self.title.setText(row.title)
        self.number.setText(row.file_no or row.short_number)
        may = self.case.form_of("performance")
        why_not = "" if may else self.case.why_locked("performance")
        self.agreement.show_agreement(self.case.agreement_words(), self.case.items(), why_not)
        self.agreement.show_court(self.case.court_words(), why=bool(self.case.court_duty()))
        self.facts.show_facts(self.case.facts(), self.case.seen.links, tuple(PAGE_OF))
        self.papers.show_papers(self.case.papers(), self.case.papers_note())

    def _show_people(self) -> None:
        if self.case.view is None:
            return
        self.sides.show_sides(self.case.sides(), self.case.willing())
        self.sides.reveal.setVisible(bool(self.case.seen.sides) and not self.case.revealed)
        reason = self.case.why_not("reveal_parties")
        self.sides.reveal.setEnabled(not reason)
        self.sides.reveal.setToolTip(reason)

    def _perform(self, number: int) -> None:
        dialog = self.ask_step("performance")
        if dialog is not None:
            dialog.editor("item").set_value(str(number))
            dialog.start_at(dialog.editor("proof"))

    def _why_court(self) -> None:
        def show(found: Arithmetic) -> None:
            open_why(self, found, self.place.desk.today, "共同申请司法确认的最后一天")

        self.case.explain(self.case.court_duty(), show)
