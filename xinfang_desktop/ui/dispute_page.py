"""一件纠纷: stage bar, next steps, the three confirmations, what is known, duties, its course."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.presenters.dispute import NOTE_KINDS, DisputePresenter
from xinfang_desktop.presenters.duty_lines import PAGE_OF

from .case_page import CasePage
from .dispute_page_parts import FactsPanel, ThreePanel
from .explain import open_why
from .page import Workplace


class DisputePage(CasePage[DisputePresenter]):
    """``open(number=…)``; ``step=`` opens that step's form."""

    key = "dispute"
    rail_key = "screening"
    kinds = frozenset({"dispute", "case_step", "mediation", "matter", "document", "attachment"})
    help_page = "dispute"
    owed = "三不放过、情况和义务"

    def __init__(self, place: Workplace) -> None:
        self.home = "screening" if place.desk.village is None else "disputes"
        self.rail_key = self.home
        super().__init__(place, DisputePresenter(place.desk, place.runner.run), NOTE_KINDS)

    @property
    def dispute(self) -> DisputePresenter:
        """The dispute that is open."""
        return self.case

    def _build_left(self, column: QVBoxLayout) -> None:
        self.three = ThreePanel()
        self.facts = FactsPanel()
        column.addWidget(self.three)
        column.addWidget(self.facts)
        column.addWidget(self.duties, 1)
        column.addStretch()  # takes what is left where nothing is owed, so that no row grows
        self.three.wanted.connect(lambda what: self.ask_step(f"confirm:{what}"))
        self.facts.reveal_wanted.connect(self.ask_reveal)
        self.facts.why_wanted.connect(self._why_due)
        self.facts.link_wanted.connect(
            lambda case, number: self.place.go(PAGE_OF[case], number=number)
        )

    def _fill(self) -> None:
        view = self.dispute.seen
        self.title.setText(view.row.summary)
        self.number.setText(f"{view.row.village} · {view.row.short_number}")
        self.three.show_three(self.dispute.three())
        self.facts.show_grade(view.row.level, view.row.grade, view.grade_reasons)
        self.facts.show_due(
            self.dispute.time_limit(), why=bool(self.dispute.time_limit_duty())
        )  # fmt: skip
        self.facts.known.show_facts(self.dispute.facts(), view.links, tuple(PAGE_OF))

    def _show_people(self) -> None:
        if self.dispute.view is None:
            return
        people = self.dispute.people()
        self.facts.people.setText(people or "没有记当事人")
        self.facts.reveal.setVisible(bool(people) and not self.dispute.revealed)
        reason = self.dispute.why_not("reveal_parties")
        self.facts.reveal.setEnabled(not reason)
        self.facts.reveal.setToolTip(reason)

    def _why_due(self) -> None:
        title = f"化解：{self.dispute.seen.row.summary}"

        def show(found: Arithmetic) -> None:
            open_why(self, found, self.place.desk.today, title)

        self.dispute.explain(self.dispute.time_limit_duty(), show)
