"""一件纠纷: stage bar, next steps, the three confirmations, what is known, duties, its course."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.dispute import NOTE_KINDS, DisputePresenter, stood_words
from xinfang_desktop.presenters.duty_lines import PAGE_OF
from xinfang_desktop.presenters.paperwork import PaperPresenter
from xinfang_desktop.services.dispute_work import DisputeStood

from . import case_acts, theme
from .case_frame import CaseFrame
from .case_parts import DutiesPanel, StepsLine
from .case_side import SidePanel
from .dispute_page_parts import FactsPanel, ThreePanel
from .explain import open_why
from .fields_dialog import FieldsDialog, Refused
from .page import Page, Workplace
from .widgets.buttons import Button
from .widgets.stages import StageBar, StageCell
from .widgets.text import ElidedLabel, label
from .widgets.wrap import WrapRow


class DisputePage(Page):
    """``open(number=…)``; ``step=`` opens that step's form."""

    key = "dispute"
    rail_key = "screening"
    kinds = frozenset({"dispute", "case_step", "mediation", "matter", "document", "attachment"})
    help_page = "dispute"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.dispute = DisputePresenter(place.desk, place.runner.run)
        self._papers = PaperPresenter(place.desk, place.runner.run, place.runner.run_job)
        self._step = ""
        self._home = "screening" if place.desk.village is None else "disputes"
        self.rail_key = self._home
        top = self._build_top()
        left = QWidget()
        column = QVBoxLayout(left)
        theme.space(column, 0, 0.7)
        self.three = ThreePanel()
        self.facts = FactsPanel()
        self.duties = DutiesPanel(self.dispute.explain)
        column.addWidget(self.three)
        column.addWidget(self.facts)
        column.addWidget(self.duties, 1)
        self.side = SidePanel(NOTE_KINDS)
        self.frame = CaseFrame(top, left, self.side, "纠纷", "三不放过、情况和义务")
        outer = QVBoxLayout(self)
        theme.space(outer, (1.15, 0.6, 1.15, 0.8), 0)
        outer.addWidget(self.frame)
        self._connect()

    def _build_top(self) -> QWidget:
        top = QWidget()
        column = QVBoxLayout(top)
        theme.space(column, 0, 0.7)
        head = QWidget()
        row = WrapRow(0.85, 0.4)
        head.setLayout(row)
        self.back = Button("返回列表", "chevron-left")
        self.title = ElidedLabel("", "title")
        self.number = label("", "body", "text2")
        row.add(self.back)
        row.add(self.title, 18, grows=True)
        row.add(self.number)
        self.stages = StageBar()
        self.steps = StepsLine()
        for widget in (head, self.stages, self.steps):
            column.addWidget(widget)
        return top

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.place.go(self._home))
        self.frame.arranged.connect(self._show_stages)
        self.steps.wanted.connect(self.ask_step)
        self.three.wanted.connect(lambda what: self.ask_step(f"confirm:{what}"))
        self.facts.reveal_wanted.connect(self.ask_reveal)
        self.facts.why_wanted.connect(self._why_due)
        self.facts.link_wanted.connect(
            lambda case, number: self.place.go(PAGE_OF[case], number=number)
        )
        self.duties.verb_wanted.connect(lambda target: self.ask_step(target.partition(":")[2]))
        self.side.noted.connect(self._note)
        self.side.paper_wanted.connect(self._show_paper)
        self.side.attach_wanted.connect(self._ask_file)
        self.side.copy_wanted.connect(self._ask_copy)

    # --- the page ---

    def activate(self) -> None:
        self.place.actions.bind("why", self._why)

    def open(self, **what: Any) -> None:
        self._step = str(what.get("step") or "")
        self.dispute.open(str(what["number"]), self._show)

    def refresh(self) -> None:
        if self.dispute.number:
            self.dispute.load(self._show)

    def leave(self) -> None:
        """Names are masked again for whoever comes next."""
        if self.dispute.revealed:
            self.dispute.hide()
            self._show_people()

    # --- showing ---

    def _show(self) -> None:
        view, today = self.dispute.seen, self.place.desk.today
        self.title.setText(view.row.summary)
        self.number.setText(f"{view.row.village} · {view.row.short_number}")
        self._show_stages()
        self.steps.show_steps(self.dispute.steps())
        self.three.show_three(self.dispute.three())
        self._show_people()
        self.facts.show_grade(view.row.level, view.row.grade, view.grade_reasons)
        self.facts.show_due(
            self.dispute.time_limit(), why=bool(self.dispute.time_limit_duty())
        )  # fmt: skip
        self.facts.show_facts(self.dispute.facts(), view.links, tuple(PAGE_OF))
        self.duties.show_duties(self.dispute.duty_items(), self.dispute.duty_note(), today)
        self.duties.setVisible(bool(view.duties))
        self.side.show_course(view, today)
        note = next((offer for offer in view.offers if offer.action == "note"), None)
        self.side.refuse_note(
            "" if note and note.allowed else "".join(note.missing if note else ())
        )
        self.side.attach.refuse(self.dispute.why_not("take_dispute_step"))
        self.place.say(f"{view.row.summary}：{view.row.state_name}")
        step, self._step = self._step, ""
        if step:
            self.ask_step(step)

    def _show_stages(self) -> None:
        shown = self.dispute.view is not None
        cells = self.dispute.stages(short=not self.frame.wide) if shown else ()
        self.stages.set_stages([StageCell(*cell) for cell in cells])

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

    def _why(self) -> None:
        first = next((row for row in self.duties.rows if row.item.why), None)
        if first is not None:
            self.duties.toggle(first.item.id)
            first.why.setFocus()

    # --- steps ---

    def ask_step(self, key: str) -> FieldsDialog | None:
        """Open the form of a step, or say what is missing for it."""
        return case_acts.ask_step(self, self.dispute, key, self._stood)

    def _stood(self, stood: DisputeStood, title: str, done: Callable[[], None]) -> None:
        done()
        self.place.saved()
        self.dispute.load(lambda: self._show_after(stood_words(stood, title)))

    def _show_after(self, words: str) -> None:
        self._show()
        self.place.say(words)

    def _note(self, sort: str, text: str) -> None:
        def refused(problems: Sequence[XinfangError]) -> None:
            self.side.problem.say(f"{problems[0].sentence}{problems[0].mend}")

        def noted(stood: DisputeStood) -> None:
            self.side.note_taken()
            self._stood(stood, "记一笔", lambda: None)

        self.dispute.note(sort, text, noted, refused)

    # --- people, papers, files ---

    def ask_reveal(self) -> FieldsDialog:
        """Ask for the reason before names and telephones are shown."""
        return case_acts.ask_reveal(self, self._reveal)

    def _reveal(
        self, values: Mapping[str, Any], done: Callable[[], None], refused: Refused
    ) -> None:
        def came() -> None:
            done()
            self._show_people()

        self.dispute.reveal(str(values.get("reason") or ""), came, refused)

    def _show_paper(self, document: str, title: str) -> None:
        case_acts.show_paper(self, self._papers, document, title)

    def _ask_copy(self, attachment: str, name: str) -> None:
        case_acts.ask_copy(
            self, name, lambda out, done: self.dispute.copy_attachment(attachment, out, done)
        )

    def _ask_file(self) -> None:
        case_acts.ask_file(self, lambda path: self.dispute.attach(path, self.refresh))
