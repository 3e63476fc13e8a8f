"""The page of one case, dispute or mediation: head, stages, next steps; what is owed; its course."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.case import CasePresenter
from xinfang_desktop.presenters.conflict_words import notice
from xinfang_desktop.presenters.paperwork import PaperPresenter

from . import case_acts, theme
from .case_frame import CaseFrame
from .case_papers import PapersButton
from .case_parts import DutiesPanel, StepsLine
from .case_side import SidePanel
from .fields_dialog import FieldsDialog, Refused
from .notice import NoticeBar
from .page import Page, Workplace
from .widgets.buttons import Button
from .widgets.stages import StageBar, StageCell
from .widgets.text import ElidedLabel, label
from .widgets.wrap import WrapRow

Case = TypeVar("Case", bound=CasePresenter[Any, Any, Any])


class CasePage(Page, Generic[Case]):
    """``open(number=…)``; ``step=`` opens that step's form.

    A subclass builds its panels (``_build_left``, with ``duties`` among them) and fills them.
    """

    home = ""  # the list that one comes back to
    owed = ""  # what stands at the left, for a screen reader
    binds = False  # whether its papers can be bound as a file

    def __init__(
        self, place: Workplace, case: Case, note_kinds: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(place)
        self.case = case
        self._papers = PaperPresenter(place.desk, place.runner.run, place.runner.run_job)
        self._step = ""
        top = self._build_top()
        self.duties = DutiesPanel(case.explain)
        left = QWidget()
        column = QVBoxLayout(left)
        theme.space(column, 0, 0.7)
        self._build_left(column)
        self.side = SidePanel(note_kinds)
        self.frame = CaseFrame(top, left, self.side, case.noun, self.owed)
        outer = QVBoxLayout(self)
        theme.space(outer, (1.15, 0.6, 1.15, 0.8), 0)
        outer.addWidget(self.frame)
        self._connect_frame()

    @abstractmethod
    def _build_left(self, column: QVBoxLayout) -> None:
        """Put the panels of this kind of case into the left column."""

    @abstractmethod
    def _fill(self) -> None:
        """Show the case in those panels and in ``title`` and ``number``."""

    @abstractmethod
    def _show_people(self) -> None:
        """Show who it is about, masked or in full."""

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
        self.print = PapersButton(self, binds=self.binds)
        row.add(self.print)
        self.stages = StageBar()
        self.steps = StepsLine()
        self.conflicts = NoticeBar()
        for widget in (head, self.conflicts, self.stages, self.steps):
            column.addWidget(widget)
        return top

    def _connect_frame(self) -> None:
        self.back.clicked.connect(lambda: self.place.go(self.home))
        self.frame.arranged.connect(self._show_stages)
        self.steps.wanted.connect(self.ask_step)
        self.conflicts.acted.connect(
            lambda: self.place.go("exchange", conflict=self.case.seen.row.number)
        )
        self.duties.verb_wanted.connect(lambda target: self.ask_step(target.partition(":")[2]))
        self.side.noted.connect(self._note)
        self.side.paper_wanted.connect(self._show_paper)
        self.side.attach_wanted.connect(self._ask_file)
        self.side.copy_wanted.connect(self._ask_copy)

    # --- the page ---

    def activate(self) -> None:
        self.place.actions.bind("why", self._why)
        self.place.actions.bind("print", self.print.ask)

    def open(self, **what: Any) -> None:
        self._step = str(what.get("step") or "")
        self.case.open(str(what["number"]), self._opened)

    def _opened(self) -> None:
        """Say what was opened; a page that is only read anew leaves the last message alone."""
        self._show()
        self.place.say(f"{self.title.text()}：{self.case.seen.row.state_name}")

    def refresh(self) -> None:
        if self.case.number:
            self.case.load(self._show)

    def leave(self) -> None:
        """Names are masked again for whoever comes next."""
        if self.case.revealed:
            self.case.hide()
            self._show_people()

    # --- showing ---

    def _show(self) -> None:
        view, today = self.case.seen, self.place.desk.today
        self.print.number = self.case.number
        self._show_stages()
        self.steps.show_steps(self.case.steps())
        self.conflicts.say(*notice(self.place.desk, view.conflicts))
        self._fill()
        self._show_people()
        self.duties.show_duties(self.case.duty_items(), self.case.duty_note(), today)
        self.duties.setVisible(bool(view.duties))
        self.side.show_course(view, today)
        self.side.refuse_note(self.case.why_no_note())
        self.side.attach.refuse(self.case.why_not(self.case.verb))
        step, self._step = self._step, ""
        if step:
            self.ask_step(step)

    def _show_stages(self) -> None:
        shown = self.case.view is not None
        cells = self.case.stages(short=not self.frame.wide) if shown else ()
        self.stages.set_stages([StageCell(*cell) for cell in cells])

    def _why(self) -> None:
        first = next((row for row in self.duties.rows if row.item.why), None)
        if first is not None:
            self.duties.toggle(first.item.id)
            first.why.setFocus()

    # --- steps ---

    def ask_step(self, key: str) -> FieldsDialog | None:
        """Open the form of a step, or say what is missing for it."""
        return case_acts.ask_step(self, self.case, key, self._stood)

    def _stood(self, stood: Any, title: str, done: Callable[[], None]) -> None:
        done()
        self.place.saved()
        self.case.load(lambda: self._show_after(self.case.stood_words(stood, title)))

    def _show_after(self, words: str) -> None:
        self._show()
        self.place.say(words)

    def _note(self, sort: str, text: str) -> None:
        def refused(problems: Sequence[XinfangError]) -> None:
            self.side.problem.say(f"{problems[0].sentence}{problems[0].mend}")

        def noted(stood: Any) -> None:
            self.side.note_taken()
            self._stood(stood, "记一笔", lambda: None)

        self.case.note(sort, text, noted, refused)

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

        self.case.reveal(str(values.get("reason") or ""), came, refused)

    def _show_paper(self, document: str, title: str) -> None:
        case_acts.show_paper(self, self._papers, document, title)

    def _ask_copy(self, attachment: str, name: str) -> None:
        case_acts.ask_copy(
            self, name, lambda out, done: self.case.copy_attachment(attachment, out, done)
        )

    def _ask_file(self) -> None:
        case_acts.ask_file(self, lambda path: self.case.attach(path, self.refresh))
