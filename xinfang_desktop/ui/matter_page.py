"""信访事项页: stage bar, next steps, claims, duties with their arithmetic, the course at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.case_papers import CasePapers, offer_words
from xinfang_desktop.presenters.conflict_words import notice
from xinfang_desktop.presenters.matter import (
    AGAIN_FIELDS,
    NOTE_KINDS,
    MatterPresenter,
    taken_words,
)
from xinfang_desktop.presenters.paperwork import PaperPresenter
from xinfang_desktop.services.handling import StepTaken
from xinfang_desktop.services.views import PartyView

from . import case_acts, icons, theme
from .case_frame import CaseFrame
from .case_papers import ask_binding
from .case_parts import DutiesPanel, StepsLine
from .case_side import SidePanel
from .fields_dialog import FieldsDialog, Refused
from .four_haves_page_fill import fill_have
from .matter_page_parts import ClaimsPanel
from .messages import MessageDialog
from .notice import NoticeBar
from .page import Page, Workplace
from .widgets.buttons import Button
from .widgets.stages import StageBar, StageCell
from .widgets.text import ElidedLabel, label
from .widgets.wrap import WrapRow


class MatterPage(Page):
    """``open(number=…)``; ``step=`` opens that step's form, ``have=`` that of one of the four."""

    key = "matter"
    rail_key = "matters"
    kinds = frozenset(
        {"matter", "intake", "claim", "party", "step", "duty", "document", "attachment"}
    )
    help_page = "matters"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.matter = MatterPresenter(place.desk, place.runner.run)
        self._papers = PaperPresenter(place.desk, place.runner.run, place.runner.run_job)
        self.bound = CasePapers(place.desk, place.runner.run, place.runner.run_job)
        self._after: Mapping[str, str] = {}
        self.top = self._build_top()
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        theme.space(column, 0, 0.7)
        self.claims = ClaimsPanel()
        self.duties = DutiesPanel(self.matter.explain)
        column.addWidget(self.claims)
        column.addWidget(self.duties, 1)
        self.side = SidePanel(NOTE_KINDS)
        self.frame = CaseFrame(self.top, self.left, self.side, "信访事项", "诉求和义务")
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
        names = QWidget()
        line = QHBoxLayout(names)
        theme.space(line, 0, 0.85)
        self.title = ElidedLabel("", "title")
        self.number = label("", "body", "text2")
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line.addWidget(self.title)
        line.addWidget(self.number)
        line.addStretch()
        self.person = label("", "body", "text2")
        self.reveal = Button("显示（留记录）", "eye")
        self.papers = Button("打印文书", "printer")
        row.add(self.back)
        row.add(names, 18, grows=True)
        row.add(self.person)
        row.add(self.reveal)
        row.add(self.papers)
        self.facts = label("", "secondary", "text2", wrap=True)
        self.stages = StageBar()
        self.steps = StepsLine()
        self.conflicts = NoticeBar()
        for widget in (head, self.conflicts, self.facts, self.stages, self.steps):
            column.addWidget(widget)
        self.paper_menu = QMenu(self)
        self.paper_menu.setAccessibleName("打印文书")
        self.paper_menu.setToolTipsVisible(True)
        return top

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.place.go("matters"))
        self.reveal.clicked.connect(self.ask_reveal)
        self.papers.clicked.connect(self.open_papers)
        self.frame.arranged.connect(self._show_stages)
        self.steps.wanted.connect(self.ask_step)
        self.conflicts.acted.connect(
            lambda: self.place.go("exchange", conflict=self.matter.seen.number)
        )
        self.claims.add_wanted.connect(self._add_claim)
        self.duties.verb_wanted.connect(self.follow)
        self.side.noted.connect(self._note)
        self.side.paper_wanted.connect(self._show_paper)
        self.side.attach_wanted.connect(self._ask_file)
        self.side.copy_wanted.connect(self._ask_copy)

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("print", self.open_papers)
        acts.bind("why", self._why)

    def open(self, **what: Any) -> None:
        self._after = {key: str(what[key]) for key in ("step", "have") if what.get(key)}
        self.matter.open(str(what["number"]), self._show)

    def refresh(self) -> None:
        if self.matter.number:
            self.matter.load(self._show)

    def leave(self) -> None:
        """Names are masked again for whoever comes next."""
        if self.matter.revealed:
            self.matter.hide()
            self._say_person()

    # --- showing ---

    def _show(self) -> None:
        view, today = self.matter.seen, self.place.desk.today
        self.title.setText(view.title)
        flags = "".join(f"［{flag}］" for flag in view.flags)
        self.number.setText(f"{view.short_number} {flags}".strip())
        self._say_person()
        facts = "　".join(f"{name}\u00a0{word}" for name, word in self.matter.facts())
        self.facts.setText(facts)
        self._show_stages()
        self.steps.show_steps(self.matter.steps())
        self.conflicts.say(*notice(self.place.desk, view.conflicts))
        self.claims.show_claims(view.claims)
        self.claims.add.setVisible(self.matter.may("register_intake") and not view.hidden)
        self.duties.show_duties(self.matter.duty_items(), self.matter.duty_note(), today)
        self.side.show_course(view, today)
        note = next((offer for offer in view.offers if offer.action == "note"), None)
        self.side.refuse_note(
            "" if note and note.allowed else "".join(note.missing if note else ())
        )
        self.side.attach.refuse(self.matter.why_not("register_intake"))
        self._fill_papers()
        self.place.say(f"{view.title}：{view.state_name}")
        self._go_on()

    def _show_stages(self) -> None:
        cells = self.matter.stages(short=not self.frame.wide) if self.matter.view else ()
        self.stages.set_stages([StageCell(*cell) for cell in cells])

    def _say_person(self) -> None:
        if self.matter.view is None:
            return
        self.person.setText(self.matter.person())
        hidden = self.matter.seen.hidden
        self.reveal.refuse("这是密件" if hidden else self.matter.why_not("reveal_names"))
        self.reveal.setVisible(not self.matter.revealed)

    def _fill_papers(self) -> None:
        self.paper_menu.clear()
        for form in self.matter.printable():
            action = self.paper_menu.addAction(icons.icon("file-text"), offer_words(form))
            action.setEnabled(form.allowed)
            action.setToolTip(form.why or form.name)
            action.triggered.connect(
                lambda _on=False, code=form.code: self.place.go(
                    "papers", number=self.matter.number, form=code
                )
            )
        self.paper_menu.addSeparator()
        bind = self.paper_menu.addAction(icons.icon("archive"), "整卷装订…")
        bind.triggered.connect(lambda: ask_binding(self, self.bound, self.matter.number))
        reason = self.matter.why_not("print_matter_form")
        self.papers.refuse(reason or ("" if self.matter.forms else "这件没有可以打印的文书"))

    def _go_on(self) -> None:
        """What somebody wanted when this page was opened."""
        wanted, self._after = self._after, {}
        if "step" in wanted:
            self.ask_step(wanted["step"])
        elif "have" in wanted:
            self._fill_have(wanted["have"])

    # --- steps ---

    def ask_step(self, key: str) -> FieldsDialog | None:
        """Open the form of a step, or say what is missing for it."""
        return case_acts.ask_step(self, self.matter, key, self._taken)

    def _taken(self, taken: StepTaken, title: str, done: Any) -> None:
        done()
        self.place.saved()
        self.matter.load(lambda: self._show_after(taken_words(taken, title)))

    def _show_after(self, words: str) -> None:
        self._show()
        self.place.say(words)

    def _note(self, record: str, text: str) -> None:
        def refused(problems: Sequence[XinfangError]) -> None:
            first = problems[0]
            self.side.problem.say(f"{first.sentence}{first.mend}")

        def noted(taken: StepTaken) -> None:
            self.side.note_taken()
            self._taken(taken, "记一笔", lambda: None)

        self.matter.note(record, text, noted, refused)

    def _add_claim(self) -> None:
        dialog = FieldsDialog(
            self, "补充诉求", AGAIN_FIELDS, self.place.form, "登记", self._send_claims,
            values={"received_on": self.place.desk.today}, note=self.matter.seen.title,
            article="《信访工作条例》第三十二条",
        )  # fmt: skip
        dialog.open()

    def _send_claims(self, values: Mapping[str, Any], done: Any, refused: Refused) -> None:
        def came() -> None:
            done()
            self.place.saved()
            self.matter.load(lambda: self._show_after("补充的诉求已登记"))

        self.matter.add_claims(values, came, refused)

    def follow(self, target: str) -> None:
        """Where the verb of a duty leads: a paper, a step, one of the four 有."""
        kind, _, name = target.partition(":")
        if kind == "form":
            self.place.go("papers", number=self.matter.number, form=name)
        elif kind == "step":
            self.ask_step(name)
        elif kind == "have":
            self._fill_have(name)

    def _fill_have(self, kind: str) -> None:
        fill_have(self, self.place, self.matter.number, kind, self.refresh)

    def _why(self) -> None:
        first = next((row for row in self.duties.rows if row.item.why), None)
        if first is not None:
            self.duties.toggle(first.item.id)
            first.why.setFocus()

    # --- names, papers, files ---

    def ask_reveal(self) -> FieldsDialog:
        """Ask for the reason before names and numbers are shown."""
        return case_acts.ask_reveal(self, self._reveal)

    def _reveal(self, values: Mapping[str, Any], done: Any, refused: Refused) -> None:
        def came(parties: tuple[PartyView, ...]) -> None:
            done()
            self._say_person()
            self._tell_parties(parties)

        self.matter.reveal(str(values.get("reason") or ""), came, refused)

    def _tell_parties(self, parties: tuple[PartyView, ...]) -> None:
        dialog = MessageDialog(self, "完整的姓名和号码", "", "离开这一页就重新遮住。", "")
        for party in parties:
            told = "　".join(
                part
                for part in (party.role, party.name, party.phone, party.id_number, party.address)
                if part
            )
            dialog.column.insertWidget(1, label(told, "body", wrap=True))
        dialog.button("知道了", default=True)
        dialog.open()

    def open_papers(self) -> None:
        """The menu of papers."""
        if self.papers.isEnabled():
            spot = QPoint(0, self.papers.height())
            self.paper_menu.popup(self.papers.mapToGlobal(spot))

    def _show_paper(self, document: str, title: str) -> None:
        case_acts.show_paper(self, self._papers, document, title)

    def _ask_copy(self, attachment: str, name: str) -> None:
        case_acts.ask_copy(
            self, name, lambda out, done: self.matter.copy_attachment(attachment, out, done)
        )

    def _ask_file(self) -> None:
        case_acts.ask_file(self, lambda path: self.matter.attach(path, self.refresh))
