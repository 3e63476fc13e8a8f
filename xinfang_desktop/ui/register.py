"""登记: the visit desk on one screen, keyboard only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters import choices, register
from xinfang_desktop.presenters.register import Outcome, RegisterPresenter
from xinfang_desktop.services import paperwork

from . import icons, theme
from .choices import entries
from .explain import open_why
from .form import Form, sentence_of
from .haves_block import HavesBlock
from .messages import ask
from .page import DRAFT_AFTER_MS, Page, Workplace
from .paper import Paper, PaperDialog, send
from .similar_panel import SimilarPanel
from .widgets.buttons import Button
from .widgets.combo import Choice, Combo
from .widgets.inputs import LineEdit
from .widgets.lines import LinesEditor
from .widgets.panel import PageHead, rule, scroller
from .widgets.text import Link, label
from .widgets.ticks import Tick

ASK_AFTER_MS = 350
_SIDE_EM, _SIDE_LARGE_EM, _BESIDE_FROM_EM = 25.4, 19.3, 46

_ROWS = (
    (("channel", 8.57), ("received_on", 11.0), ("name", 8.57), "phone"),
    (("village", 8.57), ("place", 11.0), ("headcount", 8.57), "flags"),
    ("claims",),
    ("summary",),
    ("category", ("purpose", 8.57), ("materials", 21.0)),
)
_MORE_ROWS = (
    (("id_number", 14.0), "address"),
    ("companions",),
    ("title", ("late_reason", 14.0)),
    (("source", 11.0), ("source_ref", 12.0), ("origin", 11.0), ("report_due", 11.0)),
    ("more_flags",),
)


class MaterialsEdit(LineEdit):
    """收到材料 with a clip for files; the files are taken in when the registration is saved."""

    files_changed = Signal()

    def __init__(self) -> None:
        super().__init__("收到材料")
        self.files: list[Path] = []
        self._clip = QToolButton(self)
        self._clip.setProperty("bare", True)
        self._clip.setAccessibleName("添加附件")
        self._clip.setToolTip("添加附件：照片、扫描件、录音")
        self._clip.setCursor(Qt.CursorShape.ArrowCursor)
        self._clip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clip.clicked.connect(self.choose)
        self.look_changed()

    def look_changed(self) -> None:
        """Fit the clip to the scale."""
        side = theme.em(icons.INLINE_EM)
        self._clip.setIcon(icons.icon("paperclip", "text2"))
        self._clip.setIconSize(QSize(side, side))
        self.setTextMargins(0, 0, theme.em(1.6), 0)
        self._place()

    def choose(self) -> None:
        """Ask which files."""
        dialog = QFileDialog(self, "添加附件")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        self.files += [Path(name) for name in names]
        if not self.text():
            self.set_value(f"附件 {len(self.files)} 个")
            self.changed.emit()
        self.files_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side = theme.em(1.9)
        self._clip.setGeometry(self.width() - side - 3, (self.height() - side) // 2, side, side)


class RegisterPage(Page):
    """Form at the left, earlier matters at the right, the promise and the buttons below."""

    key = "register"
    kinds = frozenset({"village", "person"})
    help_page = "register"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._register = RegisterPresenter(place.desk, place.runner.run)
        self._saving = False
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.35)
        self._build_head(column)
        middle = QHBoxLayout()
        theme.space(middle, 0, 1)
        left = QVBoxLayout()
        theme.space(left, 0, 0.5)
        self._build_done()
        self._build_form()
        left.addWidget(self._scroll, 1)
        self._build_bar(left)
        middle.addLayout(left, 1)
        self.similar = SimilarPanel()
        middle.addWidget(self.similar)
        column.addLayout(middle, 1)
        self._draft_timer = self._timer(DRAFT_AFTER_MS, self.keep_draft)
        self._ask_timer = self._timer(ASK_AFTER_MS, self._ask)
        self._connect()
        self._fetch_villages()
        self.show_values()

    def _timer(self, after: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    # --- building ---

    def _build_head(self, column: QVBoxLayout) -> None:
        self._head = PageHead("登记", "")
        self._told = label("回车进入下一项，F1 看填写说明", "secondary", "text2")
        self.rights = Button("权利义务告知", "message-circle-check")
        self.rights.clicked.connect(self._rights)
        self._show_similar = Button("以前反映过")
        self._show_similar.clicked.connect(self._turn)
        self._head.add(self._told, self._show_similar, self.rights)
        column.addWidget(self._head)
        self._only_similar = False
        self._bar_kind = ""

    def _build_form(self) -> None:
        more = Link("再加一项 Alt+A", "secondary", "再加一项诉求")
        self.claims = LinesEditor("诉求")
        more.clicked.connect(self.claims.add)
        self.materials = MaterialsEdit()
        self._more_link = Link("更多栏目", "secondary", "更多栏目：证件、住址、同来的人、来源")
        self._more_link.clicked.connect(self._toggle_more)
        context = self.place.form
        self.form = Form(
            register.FIELDS, context, _ROWS,
            editors={
                "claims": self.claims,
                "materials": self.materials,
                "village": Combo("问题发生地", free=True),
            },
            links={"claims": more, "flags": self._more_link}, notes={"claims": "一行一项，逐项答复"},
        )  # fmt: skip
        rules = self.place.desk.shipped.rules
        articles = dict.fromkeys(rule.article for rule in rules.rules.values() if rule.article)
        self.haves = HavesBlock(context.today, [Choice(a, a) for a in articles])
        self.more = Form(register.MORE_FIELDS, context, _MORE_ROWS)
        self.more.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, (0, 0, 0.1, 0.3), 0.35)
        column.addWidget(self._done)
        column.addWidget(self.form)
        column.addWidget(self.haves)
        column.addWidget(self.more)
        column.addStretch()
        self._scroll = scroller(inner, "登记内容")

    def _build_done(self) -> None:
        """What was registered last: told in place, not in a dialog."""
        self._done = QFrame()
        self._done.setProperty("notice", "info")
        row = QHBoxLayout(self._done)
        theme.space(row, (0.85, 0.4, 0.85, 0.4), 0.8)
        self._done_words = label("", "strong", wrap=True)
        self._done_open = Link("打开事项")
        self._done_open.clicked.connect(self._open_last)
        self._done_papers = Link("看文书")
        self._done_papers.clicked.connect(self._show_papers)
        close = Link("知道了", spoken="收起这条提示")
        close.clicked.connect(self._done.hide)
        row.addWidget(self._done_words, 1)
        for link in (self._done_papers, self._done_open, close):
            row.addWidget(link)
        self._done.hide()
        self._last_number = ""
        self._last_papers: list[Paper] = []

    def _build_bar(self, column: QVBoxLayout) -> None:
        self._jumps = QWidget()
        jumps = QHBoxLayout(self._jumps)
        theme.space(jumps, 0, 0.85)
        jumps.addWidget(label("下面还有", "body", "text2"))
        for word, target in (("事实和理由", "summary"), ("分类、材料", "category"), ("四有", "")):
            link = Link(word)
            link.clicked.connect(lambda target=target: self._jump(target))
            jumps.addWidget(link)
        jumps.addStretch()
        column.addWidget(self._jumps)
        column.addWidget(rule())
        bar = QWidget()
        top = QHBoxLayout()
        theme.space(top, 0, 0.5)
        self._notice_icon = QLabel()
        self._notice_day = label("", "strong")
        self._notice_rest = label("")
        self._why = Link("为什么", spoken="为什么是这一天")
        self._why.clicked.connect(self._explain)
        for widget in (self._notice_icon, self._notice_day, self._notice_rest, self._why):
            top.addWidget(widget)
        top.addStretch()
        self._after = label("保存后打印", "secondary", "text2")
        self.ticks = {code: Tick(word) for code, word in register.PAPERS}
        for tick in self.ticks.values():
            tick.setChecked(True)
        self.draft_button = Button("存草稿", hint="Ctrl+S", main=True)
        self.save_button = Button("保存并打印", hint="Ctrl+Enter", primary=True, main=True)
        self._notice, self._ticks_row, self._buttons = QWidget(), QWidget(), QWidget()
        self._notice.setLayout(top)
        buttons = QHBoxLayout(self._buttons)
        theme.space(buttons, 0, 0.85)
        ticks = QHBoxLayout(self._ticks_row)
        theme.space(ticks, 0, 0.85)
        ticks.addWidget(self._after)
        for tick in self.ticks.values():
            ticks.addWidget(tick)
        ticks.addStretch()
        buttons.addWidget(self.draft_button)
        buttons.addWidget(self.save_button)
        self._bar = QGridLayout(bar)
        theme.space(self._bar, 0, 0.2, 0.85)
        column.addWidget(bar)

    def _connect(self) -> None:
        self.form.changed.connect(self._edited)
        self.more.changed.connect(self._edited)
        self.haves.changed.connect(lambda: self._edited("haves"))
        self.form.submitted.connect(self._leave_form)
        self.haves.entered.connect(self.save_button.setFocus)
        self.draft_button.clicked.connect(self._keep_by_hand)
        self.save_button.clicked.connect(self.save)
        self.similar.judged.connect(self._judge)
        self.similar.taken_back.connect(self._take_back)
        self.similar.wanted.connect(self._see)

    def _fetch_villages(self) -> None:
        desk = self.place.desk
        self.place.runner.run(
            lambda: choices.villages(desk),
            lambda found: self.form.editor("village").set_entries(entries(found)),
        )

    # --- the window's calls ---

    def activate(self) -> None:
        book = self.place.actions
        book.bind("save", self._keep_by_hand)
        book.bind("save_next", self.save, word="保存并打印，登记下一件")
        book.bind("add_one", self.claims.add, word="再加一项诉求")
        book.bind("article", self.haves.pick_article)
        book.bind("rights", self._rights)
        book.bind("why", self._explain)
        for verdict in ("same", "related", "different"):
            book.bind(verdict, partial(self._judge_first, verdict))
        self.place.say("正在登记；每隔几秒自动存草稿")
        self._follow()
        self.form.focus_first()

    def open(self, **what: Any) -> None:
        if what.get("draft"):
            self.keep_draft()
            self._register.resume(str(what["draft"]), self._resumed)
        elif what.get("fresh"):
            self.keep_draft()
            self._register.start()
            self.show_values()
            self.form.focus("name")

    def refresh(self) -> None:
        self._fetch_villages()

    def leave(self) -> None:
        self._ask_timer.stop()
        self.keep_draft()

    def look_changed(self) -> None:
        """Another scale."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- arranging ---

    def _fit_done(self) -> None:
        """As high as its words need: a box layout gives a wrapped label less than that."""
        self._done.setMinimumHeight(0)
        row = self._done.layout()
        if row is not None and not self._done.isHidden():
            self._done.setMinimumHeight(row.totalHeightForWidth(self._done.width()))

    def _arrange(self) -> None:
        QTimer.singleShot(0, self, self._fit_done)
        if not hasattr(self, "similar"):
            return
        large = theme.is_large()
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        self.similar.setVisible(beside or self._only_similar)
        self._scroll.setVisible(beside or not self._only_similar)
        self._jumps.setVisible(large and (beside or not self._only_similar))
        if beside:
            self.similar.setFixedWidth(theme.em(_SIDE_LARGE_EM if large else _SIDE_EM))
        else:
            self.similar.setMinimumWidth(0)
            self.similar.setMaximumWidth(16_777_215)
        self._show_similar.setVisible(not beside)
        self._told.setVisible(not large)
        self._after.setVisible(not large)
        for code, word in register.PAPERS:
            self.ticks[code].setText("回执" if large and code == "F02" else word)
        self.draft_button.set_hint("" if large else "Ctrl+S")
        self.save_button.set_hint("" if large else "Ctrl+Enter")
        self._notice_icon.setPixmap(icons.pixmap("calendar-due", "text"))
        self._lay_bar(large)

    def _lay_bar(self, large: bool) -> None:
        """Buttons beside both lines; in large print beside the second; else below."""
        room = self.width() - (self.similar.width() if self.similar.isVisible() else 0)
        kind = "below" if room < theme.em(30) else "second" if large else "both"
        if kind == self._bar_kind:
            return
        self._bar_kind = kind
        for widget in (self._notice, self._ticks_row, self._buttons):
            self._bar.removeWidget(widget)
        self._bar.addWidget(self._notice, 0, 0, 1, 1 if kind == "both" else 2)
        self._bar.addWidget(self._ticks_row, 1, 0, 1, 2 if kind == "below" else 1)
        spots = {"both": (0, 1, 2, 1), "second": (1, 1, 1, 1), "below": (2, 0, 1, 2)}
        self._bar.addWidget(self._buttons, *spots[kind])
        self._bar.setColumnStretch(0, 1)

    def _turn(self) -> None:
        self._only_similar = not self._only_similar
        self._show_similar.setText("回到登记" if self._only_similar else "以前反映过")
        self._arrange()

    def _jump(self, name: str) -> None:
        if name:
            self.form.focus(name)
        else:
            self._scroll.ensureWidgetVisible(self.haves)
            self.haves.answer.setFocus()

    def _toggle_more(self) -> None:
        self.more.setVisible(self.more.isHidden())
        self._more_link.set_text("收起栏目" if not self.more.isHidden() else "更多栏目")
        if not self.more.isHidden():
            QTimer.singleShot(0, self, self.more.focus_first)

    def _leave_form(self) -> None:
        if self.haves.isVisible():
            self.haves.answer.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(self.haves)
        else:
            self.save_button.setFocus()

    # --- showing ---

    def show_values(self) -> None:
        """Show what the presenter holds: a fresh form, or a draft."""
        values = self._register.values
        self.form.clear()
        self.more.clear()
        self.form.set_values(values)
        self.more.set_values(values)
        self.haves.set_value(values.get("haves"))
        more = any(values.get(field.name) for field in register.MORE_FIELDS)
        self.more.setVisible(more)
        self.materials.files.clear()
        self._follow()
        self._ask()

    def _resumed(self) -> None:
        self._done.hide()
        self.show_values()
        self.place.say("接着上次的登记")
        self.form.focus_first()

    def _follow(self) -> None:
        visit = self._register.is_visit
        self.haves.setVisible(visit)
        self.haves.set_reception(self._register.reception)
        self._head.note.setText(("来访接待" if visit else "信访登记") + " · 编号保存时生成")

    def _values(self) -> dict[str, Any]:
        values = {**self.form.values(), **self.more.values()}
        if haves := self.haves.value():
            values["haves"] = haves
        return values

    def _edited(self, name: str) -> None:
        self._register.edited(name, self._values())
        if name == "channel":
            self._follow()
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self._ask_timer.start()

    # --- drafts ---

    def keep_draft(self) -> None:
        """Write what is not yet kept."""
        self._draft_timer.stop()
        if not self._saving:  # a draft written behind the registration would outlive it
            self._register.keep_draft(self.place.draft_saved)

    def _keep_by_hand(self) -> None:
        if self._saving:
            return
        if self._register.is_empty():
            self.place.say("还没有写内容，没有要存的草稿")
            return
        self._register.edited("", self._values())
        self._register.keep_draft(self._kept, always=True)

    def _kept(self) -> None:
        self.place.draft_saved()
        self.place.say("草稿已存，可在“今日”里继续")

    # --- asking while one types ---

    def _ask(self) -> None:
        self._register.look_for_similar(self._show_similar_found)
        self._register.count_notice(self._show_notice)
        self._register.look_for_warnings(self._show_warnings)

    def _show_similar_found(self) -> None:
        found = self._register.candidates
        self.similar.show_candidates(found, self._register.judged, self.place.desk.today)
        waiting = [c for c in found if c.number not in self._register.judged]
        if not self._only_similar:
            self._show_similar.setText(f"以前反映过 {len(found)}" if found else "以前反映过")
        for verdict in ("same", "related", "different"):
            self.place.actions.refuse(verdict, "" if waiting else "没有要判断的以前事项")

    def _show_notice(self) -> None:
        day, rest = self._register.notice_words()
        self._notice_day.setText(day)
        self._notice_rest.setText(rest)
        self._why.setVisible(bool(day))

    def _show_warnings(self, found: Mapping[str, str]) -> None:
        """Doubts stand under the fields that were left; the one being written is let alone."""
        for form in (self.form, self.more):
            for name in form.names():
                box = form.box(name)
                if not box.editor.hasFocus() and not box.isAncestorOf(self.focusWidget() or self):
                    form.say(name, found.get(name, ""))

    def _explain(self) -> None:
        if self._register.notice is not None:
            open_why(self, self._register.notice, self.place.desk.today)

    # --- judging ---

    def _judge_first(self, verdict: str) -> None:
        if self.similar.first():
            self._judge(self.similar.first(), verdict)

    def _judge(self, number: str, verdict: str) -> None:
        self._register.judge(number, verdict)
        self._after_judging()

    def _take_back(self, number: str) -> None:
        self._register.unjudge(number)
        self._after_judging()

    def _after_judging(self) -> None:
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self._register.look_for_similar(self._show_similar_found)

    def _see(self, number: str) -> None:
        self.keep_draft()
        self.place.go("matter", number=number)

    # --- saving ---

    def save(self) -> None:
        """Register and print; then the form is ready for the next visitor."""
        if self._saving:
            return
        self._ask_timer.stop()
        self._register.edited("", self._values())
        self.keep_draft()  # until the registration is written
        self._saving = True
        self.save_button.setEnabled(False)
        self._scroll.setEnabled(False)  # nothing typed now would be kept
        codes = [code for code, tick in self.ticks.items() if tick.isChecked()]
        self._register.save(codes, self._saved, files=tuple(self.materials.files))

    def _saved(self, outcome: Outcome) -> None:
        self._saving = False
        self._scroll.setEnabled(True)
        self.save_button.setEnabled(True)
        if outcome.registered is None:
            self._refused(outcome)
            return
        made = outcome.registered
        self.place.saved()
        self._last_number = made.number
        self._last_papers = [Paper(title, pdf) for title, pdf in outcome.papers]
        short = made.number.split("-XF-")[-1]
        wrong = "".join(f"　{sentence_of(error)}" for error in outcome.paper_problems)
        self._done_words.setText(f"已登记 {short}，查询码 {made.query_code}。{wrong}")
        self._done_papers.setVisible(bool(self._last_papers))
        self._done.show()
        QTimer.singleShot(0, self, self._fit_done)
        self.place.say(f"已登记 {short}，查询码 {made.query_code}：{made.title}")
        self.show_values()
        self._scroll.verticalScrollBar().setValue(0)
        self.form.focus("name")
        if self._last_papers:
            send(self.place.runner, self._last_papers, self._printed, self._not_printed)

    def _refused(self, outcome: Outcome) -> None:
        left = self.more.show_problems(self.form.show_problems(outcome.problems))
        if any(problem.field in self.more.names() for problem in outcome.problems):
            self.more.show()
        if left:
            self.haves.say("".join(sentence_of(problem) for problem in left))
            if len(left) == len(outcome.problems):
                self._scroll.ensureWidgetVisible(self.haves)
                self.haves.answer.setFocus()
        self.place.say(f"还没有保存：{len(outcome.problems)} 处要改")
        self._draft_timer.start()

    def _printed(self, printer: str) -> None:
        self.place.say(f"已送到打印机“{printer}”")

    def _not_printed(self, error: XinfangError) -> None:
        told = error.sentence if theme.is_large() else sentence_of(error)
        self._done_words.setText(f"{self._done_words.text()}　没有打印：{told}")

    def _open_last(self) -> None:
        self.place.go("matter", number=self._last_number)

    def _show_papers(self) -> None:
        PaperDialog(self, self.place.runner, self._last_papers, "刚才的文书").open()

    def _rights(self) -> None:
        """The sheet of rights and duties, to be read together before or after registering."""
        desk, number = self.place.desk, self._last_number
        if not number:
            ask(
                self, "先保存，再打印权利义务告知", "告知书上要写编号。保存时已勾选一起打印。",
                "保存并打印", self.save,
            )  # fmt: skip
            return
        self.place.runner.run(
            lambda: paperwork.preview(desk, "F05", number).pdf,
            lambda pdf: PaperDialog(
                self, self.place.runner, [Paper("权利义务告知", pdf)], "权利义务告知"
            ).open(),
            label="正在排版",
        )
