"""文书: choose matter and paper, change its fields, see the very page, print or keep it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.choices import Option
from xinfang_desktop.presenters.paperwork import Kept, PaperPresenter
from xinfang_desktop.printing.check import Finding
from xinfang_desktop.printing.preview import Picture

from . import printers, theme
from .choices import entries
from .form import Form, sentence_of
from .kept import kept
from .messages import show_problem
from .page import Page, Workplace
from .paper import Paper, print_papers
from .paperwork_page_batch import BatchDialog
from .paperwork_page_preview import Preview
from .paperwork_page_side import PrintPanel
from .save_as import ask_where
from .widgets.buttons import Button, Segmented
from .widgets.combo import Combo
from .widgets.panel import PageHead, Panel, scroller
from .widgets.text import ProblemLine, label
from .widgets.wrap import WrapRow

_SETTLE_MS = 400
_LEFT_EM, _RIGHT_EM = 18.7, 22.7
_BESIDE_FROM_EM = 76
_NO_LIMIT = 16_777_215
_PARTS = (("fill", "填写"), ("look", "预览"), ("print", "检查和打印"))
_SIZES = (("standard", "标准"), ("large", "大字"))


class PaperworkPage(Page):
    """``open(number=…, form=…)`` shows that paper."""

    key = "papers"
    kinds = frozenset({"matter", "claim", "party", "step", "document", "office"})
    help_page = "papers"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.papers = PaperPresenter(place.desk, place.runner.run, place.runner.run_job)
        self.memory = printers.PrinterMemory(kept(place.desk))
        self._printers: tuple[str, ...] = ()
        self._beside: bool | None = None
        self._options: tuple[Option, ...] = ()
        self.form = Form((), place.form)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE_MS)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        column.addWidget(self._build_head())
        middle = QWidget()
        row = QHBoxLayout(middle)
        theme.space(row, 0, 0.85)
        self.left = self._build_left()
        self.preview = Preview()
        self.side = PrintPanel()
        row.addWidget(self.left)
        row.addWidget(self.preview, 1)
        row.addWidget(self.side)
        column.addWidget(middle, 1)
        self._connect()
        self._arrange()
        self._show()

    def _build_head(self) -> QWidget:
        box = QWidget()
        row = WrapRow(0.85, 0.4)
        box.setLayout(row)
        self.back = Button("返回事项", "chevron-left")
        self.head = PageHead("文书")
        self.parts = Segmented(_PARTS, "看哪一部分")
        self.batch = Button("批量制作", "file-text")
        row.add(self.back)
        row.add(self.head, 14, grows=True)
        row.add(self.parts)
        row.add(self.batch)
        if not permissions.may(self.place.desk.roles, "batch_forms"):
            self.batch.refuse(permissions.not_permitted("batch_forms").sentence)
        return box

    def _build_left(self) -> Panel:
        panel = Panel("选择文书")
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, 0.85, 0.4)
        self.matter = Combo("事项", free=True)
        self.paper = Combo("文书")
        self.chosen_problem = ProblemLine()
        self.size_choice = Segmented(_SIZES, "版式")
        for word, editor in (("事项（标题、编号）", self.matter), ("文书", self.paper)):
            title = label(word, "secondary", "text2")
            title.setBuddy(editor)
            column.addWidget(title)
            column.addWidget(editor)
        column.addWidget(self.chosen_problem)
        column.addWidget(label("版式", "secondary", "text2"))
        column.addWidget(self.size_choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._form_room = QVBoxLayout()
        self._form_room.addWidget(self.form)
        column.addLayout(self._form_room)
        column.addStretch()
        panel.body.addWidget(scroller(inner, "填写文书"))
        return panel

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        self.batch.clicked.connect(self.show_batch)
        self.parts.chosen.connect(self._turn_to)
        self.matter.activated.connect(lambda _index: self._choose_matter())
        self.matter.entered.connect(self._choose_matter)
        self.paper.changed.connect(self._choose_paper)
        self.size_choice.chosen.connect(self._choose_size)
        self._wait.timeout.connect(self._edited)
        self.preview.turned.connect(self._turn)
        self.preview.resized.connect(lambda: self._turn(self.preview.page))
        self.side.mend_wanted.connect(self._mend)
        self.side.print_wanted.connect(self.print)
        self.side.keep_wanted.connect(self.ask_where)
        self.side.printer.changed.connect(self._choose_printer)

    # --- the page ---

    def activate(self) -> None:
        self.place.actions.bind("print", self.print)
        self.place.actions.bind("preview", self._to_preview)
        self.papers.matters(self._show_matters)
        self.place.runner.run(printers.names, self._show_printers, lane="files")

    def refresh(self) -> None:
        if self.papers.chosen is not None:
            self._choose(self.papers.chosen.number, self.papers.code)

    def open(self, **what: Any) -> None:
        self._choose(str(what["number"]), str(what.get("form") or ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        """Another scale."""
        if hasattr(self, "side"):
            self._arrange()

    def _arrange(self) -> None:
        """Three columns where there is room, else one of them at a time."""
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        for widget, wide in ((self.left, _LEFT_EM), (self.side, _RIGHT_EM)):
            widget.setMinimumWidth(theme.em(wide) if beside else 0)
            widget.setMaximumWidth(theme.em(wide) if beside else _NO_LIMIT)
        if beside != self._beside:
            self._beside = beside
            self.parts.setVisible(not beside)
            self._turn_to("" if beside else self.parts.value())

    def _turn_to(self, part: str) -> None:
        for key, widget in (("fill", self.left), ("look", self.preview), ("print", self.side)):
            widget.setVisible(part in ("", key))

    def _to_preview(self) -> None:
        if not self._beside:
            self.parts.set_value("look")
            self._turn_to("look")
        self.preview.area.setFocus()

    # --- choosing ---

    def _show_matters(self, options: tuple[Option, ...]) -> None:
        self._options = options
        self.matter.set_entries(entries(options))
        if self.papers.chosen is not None:
            self._say_matter()
        elif not self.matter.text():
            self.matter.setFocus()

    def _choose_matter(self) -> None:
        number = self.matter.value()
        if number and (self.papers.chosen is None or number != self.papers.chosen.number):
            self._choose(number, "")

    def _choose(self, number: str, code: str) -> None:
        self.chosen_problem.say("")
        self.papers.choose(number, self._chosen, self._cannot, code=code)

    def _chosen(self) -> None:
        self._say_matter()
        self.paper.set_entries(entries(self.papers.form_options()))
        self.paper.set_value(self.papers.code)
        self._load()

    def _say_matter(self) -> None:
        chosen = self.papers.chosen
        if chosen is not None:
            known = any(option.value == chosen.number for option in self._options)
            self.matter.set_value(chosen.number if known else self.papers.subject())

    def _choose_paper(self) -> None:
        code = self.paper.value()
        if code and code != self.papers.code:
            self.papers.take(code)
            self._load()

    def _choose_size(self, size: str) -> None:
        self.papers.enlarge(size == "large")
        self._load()

    # --- draft and preview ---

    def _load(self) -> None:
        self.papers.load(self._drafted, self._cannot)

    def _drafted(self) -> None:
        self.chosen_problem.say("")
        fields = self.papers.fields()
        if self.form.names() != tuple(field.name for field in fields):
            fresh = Form(fields, self.place.form)
            fresh.changed.connect(lambda _name: self._wait.start())
            self._form_room.replaceWidget(self.form, fresh)
            self.form.hide()
            self.form.deleteLater()
            self.form = fresh
            self.form.set_values(self.papers.values())
        self._show()
        if self.papers.draft is not None:
            self.place.say(f"{self.papers.draft.name}：{self.papers.summary()}")
        self._render()

    def _edited(self) -> None:
        if self.papers.edit(self.form.values()):
            self.papers.load(self._drafted, self._wrong_value)
        else:
            self._mark_fields()

    def _wrong_value(self, error: XinfangError) -> None:
        name = self.papers.field_of(error.field)
        if name:
            self.form.say(name, sentence_of(error))
        else:
            self._cannot(error)

    def _cannot(self, error: XinfangError) -> None:
        self.papers.draft = None
        self.chosen_problem.say(sentence_of(error))
        self.preview.clear(sentence_of(error))
        self._show()

    def _render(self) -> None:
        self.papers.render(
            self.preview.page, self.preview.zoom(), self._rendered,
            lambda error: self.preview.clear(sentence_of(error)),
        )  # fmt: skip

    def _turn(self, page: int) -> None:
        self.papers.turn(page, self.preview.zoom(), self._rendered)

    def _rendered(self, picture: Picture, page: int) -> None:
        sheet = self.papers.sheet
        self.preview.show_page(picture, page, sheet.pages if sheet else 0)

    # --- showing ---

    def _show(self) -> None:
        draft = self.papers.draft
        self.left.title.setText(draft.name if draft else "选择文书")
        number = f" · {draft.number}" if draft and draft.number else ""
        self.head.note.setText(f"{draft.name}{number} · 草稿" if draft else "先选事项，再选文书")
        self.back.setVisible(self.papers.chosen is not None)
        self.size_choice.set_value("large" if draft and draft.large_print else "standard")
        self.size_choice.setEnabled(draft is not None)
        editable = [f.field for f in self.papers.findings() if self.papers.field_of(f.field)]
        self.side.show_findings(
            self.papers.findings(), self.papers.summary() if draft else "", editable
        )
        if draft is not None:
            self.side.show_copies(draft.copies)
        self.side.history.setText(self.papers.history() if draft else "")
        self._allow()
        self._mark_fields()

    def _mark_fields(self) -> None:
        """What must be mended also stands under its field."""
        for finding in self.papers.findings():
            name = self.papers.field_of(finding.field)
            if name and finding.level == "must" and finding.kind != "empty":
                self.form.say(name, f"{finding.detail}。")

    def _allow(self) -> None:
        ready = self.papers.draft is not None
        self.side.allow(
            self.papers.blocked() if ready else "", ready=ready, printers=bool(self._printers)
        )
        reason = self.side.print_button.toolTip()
        self.place.actions.refuse("print", reason if self.isVisible() else "")

    def _show_printers(self, names: tuple[str, ...]) -> None:
        self._printers = names
        self.side.show_printers(names, self.memory.last())
        self._say_offset()
        self._allow()

    def _choose_printer(self) -> None:
        if self.side.printer.value():
            self.memory.use(self.side.printer.value())
        self._say_offset()

    def _say_offset(self) -> None:
        self.side.offset.setText(self.memory.offset_words(self.side.printer.value()))

    def _mend(self, finding: Finding) -> None:
        name = self.papers.field_of(finding.field)
        if finding.kind in ("rare_glyph", "missing_glyph"):
            self._to_preview()
            self.preview.enlarge()
        elif name:
            if not self._beside:
                self.parts.set_value("fill")
                self._turn_to("fill")
            self.form.focus(name)
        else:
            self._go_back()

    def _go_back(self) -> None:
        if self.papers.chosen is not None:
            self.place.go("matter", number=self.papers.chosen.number)

    # --- printing ---

    def print(self) -> None:
        """Keep the paper, then send as many copies as are ticked to the printer."""
        if self.side.print_button.isEnabled():
            self._busy(True)
            self.papers.keep(self._to_printer, self._failed)

    def _to_printer(self, paper: Kept) -> None:
        self._was_kept(paper)
        name, count = self.side.printer.value(), max(1, self.side.wanted_copies())
        offset = self.memory.offset(name)
        self.place.runner.run(
            lambda: print_papers([Paper(paper.title, paper.pdf)] * count, name, offset),
            lambda printer: self.place.say(f"{paper.title} {count} 份已送到打印机“{printer}”"),
            lane="files",
            label="正在打印",
        )

    def ask_where(self) -> None:
        """Where to keep the PDF."""
        ask_where(self, "存为 PDF", self.papers.file_name(), self.keep)

    def keep(self, out: Path) -> None:
        """Give the paper its number and write the PDF."""
        self._busy(True)

        def written(paper: Kept) -> None:
            self._was_kept(paper)
            self.place.say(f"{paper.title} 已存为 {out.name}")

        self.papers.keep(written, self._failed, out=out)

    def _was_kept(self, _paper: Kept) -> None:
        self._busy(False)
        self.place.saved()
        self._load()

    def _failed(self, error: XinfangError) -> None:
        self._busy(False)
        self._allow()
        show_problem(self, error)

    def _busy(self, busy: bool) -> None:
        self.side.print_button.setEnabled(not busy)
        self.side.keep_button.setEnabled(not busy)

    def show_batch(self) -> BatchDialog:
        """One paper for every matter in a state."""
        dialog = BatchDialog(self, self.place, self.papers.code)
        dialog.open()
        return dialog
