"""本期填报: one village answers one round, by keyboard; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.presenters.choices import Option
from xinfang_desktop.presenters.return_forms import Placed, card_fields
from xinfang_desktop.presenters.returning import ReturnPresenter

from . import theme
from .choices import entries
from .page import DRAFT_AFTER_MS, Page, Workplace
from .return_form import ReturnForm
from .return_page_parts import FiledPanel, Receipt, RoundPanel
from .tab_order import read_in_order
from .widgets.buttons import Button
from .widgets.combo import Combo, choices
from .widgets.panel import PageHead, rule, scroller
from .widgets.text import EmptyState, label
from .widgets.wrap import WrapRow

_SENTENCES_EM = 7


class ReturnPage(Page):
    """``open(village=…, round=…)``; without them the own village and the round that waits."""

    key = "return"
    kinds = frozenset(
        {"screening_return", "round", "round_call", "dispute", "case_step", "village"}
    )  # fmt: skip
    help_page = "return"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.rail_key = self.key if place.desk.village else "screening"
        self.returning = ReturnPresenter(place.desk, place.runner.run)
        self._filing = False
        self._villages: tuple[Option, ...] = ()
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.5)
        column.addWidget(self._build_head())
        column.addWidget(self._build_middle(), 1)
        column.addWidget(self._build_bar())
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(self.keep_draft)
        self._connect()
        self._fetch_villages()
        self._show()

    # --- building ---

    def _build_head(self) -> QWidget:
        box = QWidget()
        row = WrapRow(0.85, 0.5)
        box.setLayout(row)
        self.head = PageHead("本期填报")
        self.village = Combo("村（社区）")
        self.round = Combo("报哪一期")
        row.add(self.head, 12, grows=True)
        row.add(self.village, 11)
        row.add(self.round, 22)
        return box

    def _build_middle(self) -> QWidget:
        self.receipt = Receipt()
        self.none = EmptyState("先在上面选是替哪个村（社区）填报。")
        self.info = RoundPanel(self.place.form)
        self.filed = FiledPanel()
        self.form = ReturnForm(card_fields(self.place.desk), self.place.form)
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, (0, 0, 0.1, 0.3), 0.6)
        for part in (self.receipt, self.none, self.info, self.filed, self.form):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = scroller(inner, "填报内容")
        return self._scroll

    def _build_bar(self) -> QWidget:
        self.bar = QWidget()
        column = QVBoxLayout(self.bar)
        theme.space(column, 0, 0.5)
        column.addWidget(rule())
        row = QHBoxLayout()
        theme.space(row, 0, 0.85)
        self._told = label("回车进入下一栏，F1 看填写说明", "secondary", "text2")
        row.addWidget(self._told)
        row.addStretch()
        self.draft_button = Button("存草稿", hint="Ctrl+S", main=True)
        self.send = Button("报送", hint="Ctrl+Enter", primary=True, main=True)
        row.addWidget(self.draft_button)
        row.addWidget(self.send)
        column.addLayout(row)
        return self.bar

    def _connect(self) -> None:
        self.village.changed.connect(self._choose_village)
        self.round.changed.connect(self._choose_round)
        self.info.anew_wanted.connect(lambda: self.returning.start_anew(self._show_all))
        self.info.top.changed.connect(lambda _name: self._edited("报送人"))
        self.info.top.submitted.connect(lambda: self.form.question.focus_answer())
        self.form.changed.connect(self._edited)
        self.form.entered.connect(lambda: self.send.setFocus())
        self.form.reordered.connect(self._order)
        self.filed.more_wanted.connect(self.add_more)
        self.filed.dispute_wanted.connect(lambda number: self.place.go("dispute", number=number))
        self.receipt.next_wanted.connect(self._next_round)
        self.receipt.closed.connect(self._close_receipt)
        self.draft_button.clicked.connect(self._keep_by_hand)
        self.send.clicked.connect(self.file)

    def _fetch_villages(self) -> None:
        if self.returning.for_others:
            self.returning.villages(self._villages_came)

    def _villages_came(self, found: tuple[Option, ...]) -> None:
        self._villages = found
        self.village.set_entries(entries(found))
        self.village.set_value(self.returning.sheet.village if self.returning.sheet else "")

    # --- the window's calls ---

    def activate(self) -> None:
        book = self.place.actions
        book.bind("save_next", self.file, word="报送")
        book.bind("save", self._keep_by_hand)
        book.bind("add_one", self.form.cards.add, word="再加一件纠纷")
        if self.returning.sheet is None or self.returning.is_empty():
            self.returning.open(self._show_all)
        else:
            self.refresh()
            self._focus()

    def open(self, **what: Any) -> None:
        self.keep_draft()
        key = what.get("round")
        self.returning.open(
            self._show_all, village=str(what.get("village", "")),
            key=key if isinstance(key, RoundKey) else None,
        )  # fmt: skip

    def refresh(self) -> None:
        if self.returning.sheet is not None and not self._filing:
            self.returning.reload(self._show)

    def leave(self) -> None:
        self.keep_draft()

    def look_changed(self) -> None:
        """Another scale: no hints of keys in large print."""
        if hasattr(self, "send"):
            large = theme.is_large()
            self._told.setVisible(not large)
            self.draft_button.set_hint("" if large else "Ctrl+S")
            self.send.set_hint("" if large else "Ctrl+Enter")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_changed()

    # --- showing ---

    def _show_all(self) -> None:
        """Another round, with what was typed for it."""
        values = self.returning.values
        self.form.set_value(values, self._carried())
        self.info.top.clear()
        self.info.top.set_values({"filed_on": self.place.desk.today, **values})
        self._show()
        self._scroll.verticalScrollBar().setValue(0)
        self._focus()

    def _carried(self) -> list[tuple[str, str, str]]:
        rows = self.returning.sheet.carried if self.returning.sheet else ()
        return [(row.number, row.summary, self.returning.carried_words(row)) for row in rows]

    def _show(self) -> None:
        """What is known of the round; what was typed stays."""
        seen = self.returning.sheet
        asks = seen is not None and self.returning.shows_form
        filed = seen is not None and self.returning.was_filed
        for part, wanted in (
            (self.village, self.returning.for_others), (self.round, seen is not None),
            (self.none, seen is None), (self.info, seen is not None), (self.filed, filed),
            (self.filed.more, not asks), (self.form, asks), (self.bar, asks),
            (self.info.top, asks and self.returning.for_others),
        ):  # fmt: skip
            part.setVisible(wanted)
        if seen is not None:
            self._show_round()
        self.send.refuse(self.returning.why_not())
        self._follow()
        self._order()

    def _show_round(self) -> None:
        returning, seen = self.returning, self.returning.seen
        self.head.note.setText(seen.village)
        self.village.set_value(seen.village)
        self.round.set_entries(choices(returning.rounds()))
        self.round.set_value(returning.current_round())
        asks = returning.shows_form
        self.info.show_round(
            seen.words, returning.until(), returning.chip(), seen.last_time,
            restored=asks and returning.restored,
        )  # fmt: skip
        filed = [(returning.filed_words(each), each) for each in returning.filed]
        self.filed.show_filed(filed, returning.why_not())
        self.form.show_carried(self._carried())
        waiting = returning.others_waiting()
        self.receipt.show_words(returning.receipt_words(), waiting[0].words if waiting else "")
        if returning.receipt is None:
            self.place.say(f"{seen.village}：{seen.words}，{returning.until()}")

    def _follow(self) -> None:
        """What the answer to the question changes outside the form."""
        self.send.setText(self.returning.send_word())
        if self.isVisible():  # an answer may come when another page is in front
            asks = self.form.isVisible() and self.form.has_cards()
            self.place.actions.refuse("add_one", "" if asks else "先选“有”新发现的纠纷")

    def _focus(self) -> None:
        """Where the work begins: the question, or what follows from a round that is answered."""
        if self.returning.sheet is None:
            self.village.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.returning.shows_form:
            self.form.question.focus_answer()
        elif self.receipt.words():
            self.receipt.focus_on()
        else:
            self.filed.more.setFocus()

    def _order(self) -> None:
        read_in_order(self)

    # --- typing ---

    def _values(self) -> dict[str, Any]:
        top = self.info.top.values() if self.returning.for_others else {}
        return {**self.form.value(), **top}

    def _edited(self, place: str) -> None:
        self.returning.edited(place, self._values())
        self._follow()
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def keep_draft(self) -> None:
        """Write what is not yet kept."""
        self._draft_timer.stop()
        if not self._filing:  # a draft written behind the return would outlive it
            self.returning.keep_draft(self.place.draft_saved)

    def _keep_by_hand(self) -> None:
        if self._filing or self.returning.sheet is None:
            return
        self.returning.edited("", self._values())
        if self.returning.is_empty():
            self.place.say("还没有写内容，没有要存的草稿")
        else:
            self.returning.keep_draft(self._kept, always=True)

    def _kept(self) -> None:
        self.place.draft_saved()
        self.place.say("草稿已存，可在“今日”里继续")

    # --- another round or village ---

    def _choose_village(self) -> None:
        village = self.village.value()
        now = self.returning.sheet.village if self.returning.sheet else ""
        if village != now and any(each.value == village for each in self._villages):
            self.open(village=village)

    def _choose_round(self) -> None:
        key = self.returning.round_of(str(self.round.value()))
        if key is not None and key != self.returning.seen.key:
            self.open(village=self.returning.seen.village, round=key)

    def _next_round(self) -> None:
        waiting = self.returning.others_waiting()
        if waiting:
            self.open(village=self.returning.seen.village, round=waiting[0].key)

    def _close_receipt(self) -> None:
        self.returning.receipt = None
        self._show()
        self._focus()

    def add_more(self) -> None:
        """补报."""
        self.returning.add_more()
        self._show()
        self.form.say_yes()

    # --- filing ---

    def file(self) -> None:
        """报送: everything wrong is told in its place; then the receipt."""
        if self._filing or not (self.send.isEnabled() and self.bar.isVisible()):
            return
        self.returning.edited("", self._values())
        self.keep_draft()  # until the return is written
        self._busy(True)
        self.returning.file(self._filed, self._refused)

    def _busy(self, busy: bool) -> None:
        self._filing = busy
        self.send.setEnabled(not busy)
        self._scroll.setEnabled(not busy)  # nothing typed now would be kept

    def _filed(self) -> None:
        self._busy(False)
        self.place.saved()
        self._show_all()
        self.place.say(self.receipt.words())

    def _refused(self, problems: Sequence[Placed]) -> None:
        self._busy(False)
        self.form.show_problems(problems)
        self.info.top.show_problems([each.problem for each in problems if each.part == "top"])
        QTimer.singleShot(0, self, self._show_what_is_wrong)
        self.place.say(f"还没有报送：{len(problems)} 处要改")
        self._draft_timer.start()

    def _show_what_is_wrong(self) -> None:
        """Scroll until the sentences below the field with the focus are seen as well."""
        widget = self.focusWidget()
        if widget is not None:
            self._scroll.ensureWidgetVisible(widget, 0, theme.em(_SENTENCES_EM))
