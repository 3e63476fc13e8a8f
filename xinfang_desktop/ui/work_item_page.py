"""台账的一条: its states, next steps, what it says, who booked, what is owed, its course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from xinfang_desktop.presenters.duty_lines import PAGE_OF
from xinfang_desktop.presenters.work_item import WorkItemPresenter
from xinfang_desktop.services.register_work import WorkStood

from .case_facts import FactsList
from .case_page import CasePage
from .case_parts import held
from .fields_dialog import FieldsDialog, Refused
from .page import Workplace
from .widgets.panel import Panel
from .widgets.text import Link, label


class WorkItemPage(CasePage[WorkItemPresenter]):
    """``open(number=…)``; ``step=`` opens that step's form."""

    key = "work_item"
    rail_key = home = "work"
    kinds = frozenset({"work_item", "case_step", "document", "attachment", "matter"})
    help_page = "work"
    owed = "登记的内容和义务"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, WorkItemPresenter(place.desk, place.runner.run))

    def _build_left(self, column: QVBoxLayout) -> None:
        self.amend = Link("修改", "body", "修改登记的内容，要写原因")
        self.known = Panel("登记的内容", aside=self.amend)
        self.known.pad((0.85, 0.5, 0.85, 0.6), 0.35)
        self.facts = FactsList({"matter": "有关"})
        self.reveal = Link("查看预约人", "secondary", "查看预约人的姓名和电话，会留下记录")
        self.booked = label("", wrap=True)
        for widget in (self.facts, held(self.reveal), self.booked):
            self.known.body.addWidget(widget)
        column.addWidget(self.known)
        column.addWidget(self.duties)
        column.addStretch(1)
        self.amend.clicked.connect(lambda: self.ask_amend())
        self.reveal.clicked.connect(self.ask_reveal)
        self.facts.link_wanted.connect(
            lambda case, number: self.place.go(PAGE_OF[case], number=number)
        )

    def _fill(self) -> None:
        row = self.case.seen.row
        self.title.setText(row.title)
        self.number.setText(f"{row.sort_name} · {row.short_number}")
        reason = self.case.why_not_amend()
        self.amend.setEnabled(not reason)
        self.amend.setToolTip(reason)
        self.facts.show_facts(self.case.facts(), self.case.seen.links, tuple(PAGE_OF))

    def _show_people(self) -> None:
        if self.case.view is None:
            return
        reason = self.case.why_not("reveal_names")
        shown = bool(self.case.revealed)
        self.reveal.setVisible(self.case.takes_bookings() and not shown)
        self.reveal.setEnabled(not reason)
        self.reveal.setToolTip(reason)
        self.booked.setText(self.case.booked())
        self.booked.setVisible(shown)

    def ask_amend(self) -> FieldsDialog | None:
        """The columns as they stand, to be changed for a reason."""
        if self.case.why_not_amend():
            return None

        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            def stood(made: WorkStood) -> None:
                self._stood(made, "修改", done)

            self.case.amend(values, stood, refused)

        dialog = FieldsDialog(
            self, "修改", self.case.amend_fields(), self.place.form, "改好了", submit,
            values=self.case.seen.given, note="改了哪几栏、为什么，会留在经过里。",
        )  # fmt: skip
        dialog.open()
        return dialog
