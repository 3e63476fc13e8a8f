"""民情日记、恳谈日: the list with its filters, beside it the page that was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.village_notes import KEEP
from xinfang_desktop.presenters import notes as words
from xinfang_desktop.presenters.matters import spelled
from xinfang_desktop.presenters.notes import ALL_SORTS, DISPUTE_FIELDS, NotesPresenter
from xinfang_desktop.presenters.running import Refused
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.note_views import NoteRow
from xinfang_desktop.services.village_notes import NoteWritten

from . import theme
from .fields_dialog import FieldsDialog, Submit
from .notes_page_parts import NotePanel
from .page import Page, Workplace
from .widgets.buttons import Button, Segmented
from .widgets.combo import Combo, choices
from .widgets.panel import PageHead, Panel
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState
from .widgets.ticks import Tick
from .widgets.wrap import WrapRow

_IN_LARGE = ("on", "text", "promises")
_SIDE_EM, _BESIDE_FROM_EM = 28.0, 63.7
_ALL_VILLAGES = ("", "全部村（社区）")


def columns(notes: NotesPresenter) -> tuple[Column, ...]:
    """The columns of the list; the village only where there are several."""
    today = notes.desk.today
    every = (
        Column("on", "日期", lambda r: spelled(r.on), 7),
        Column("village", "村（社区）", lambda r: r.village, 7.4, filtered=True),
        Column("sort", "种类", lambda r: r.sort_name, 5.6),
        Column("topic", "事由", lambda r: r.topic_name, 6.4, filtered=True),
        Column("text", "说了什么事", lambda r: r.text),
        Column(
            "promises", "承诺", lambda r: words.promise_state(r, today)[1], 8.2, kind="chip",
            state=lambda r: words.promise_state(r, today)[0], sort=words.due_of,
        ),
    )  # fmt: skip
    return tuple(column for column in every if column.key != "village" or not notes.bound())


class NotesPage(Page):
    """``open(number=…)`` shows a page by its id, ``promise=`` opens the form that keeps that one;
    ``open(new=True)`` the form of a new page."""

    key = "notes"
    kinds = frozenset({"village_note", "case_step", "dispute", "village"})
    help_page = "notes"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.notes = NotesPresenter(place.desk, place.runner.run)
        self._promise = 0
        self._reading = False
        self._arrived = False
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        self._top = self._build_head()
        column.addWidget(self._top)
        self.table = DataTable(columns(self.notes), "民情日记、恳谈日")
        self._list = QWidget()
        self._stack = QStackedLayout(self._list)
        self._stack.addWidget(TablePanel(self.table, "页"))
        calm = Panel()
        self.empty = EmptyState("还没有写过民情日记。")
        calm.body.addWidget(self.empty)
        self._stack.addWidget(calm)
        self.panel = NotePanel()
        both = QHBoxLayout()
        theme.space(both, 0, 0.85)
        both.addWidget(self._list, 1)
        both.addWidget(self.panel)
        column.addLayout(both, 1)
        self._connect()
        self.look_changed()

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = WrapRow(0.85, 0.5)
        head.setLayout(row)
        self.head = PageHead("民情日记、恳谈日")
        self.new = Button("新的一页", "plus", hint="Ctrl+N", primary=True)
        self.new.refuse(self.notes.why_not_write())
        self.sort = Segmented(ALL_SORTS, "看哪一种")
        self.month = Combo("月份", choices(self.notes.months()))
        self.month.set_value("")
        self.village = Combo("村（社区）", choices([_ALL_VILLAGES]))
        self.village.set_value("")
        self.waiting = Tick("只看承诺没兑现的")
        row.add(self.head, 20, grows=True)
        row.add(self.sort)
        row.add(self.month, 8.6)
        row.add(self.village, 9.6)
        self.village.setHidden(self.notes.bound())
        row.add(self.waiting)
        row.add(self.new)
        return head

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self.ask_new())
        self.sort.chosen.connect(lambda sort: self._narrow(sort=sort))
        self.month.changed.connect(lambda: self._narrow(period=self.month.value() or ""))
        self.village.changed.connect(lambda: self._narrow(village=self.village.value() or ""))
        self.waiting.changed.connect(lambda: self._narrow(open_promises=self.waiting.value()))
        self.table.opened.connect(self._open_row)
        self.table.clicked.connect(lambda index: self._open_row(self.table.rows.row(index.row())))
        self.table.rows.filtered.connect(self._say)
        self.empty.acted.connect(self._act_on_empty)
        self.panel.closed.connect(self._close)
        self.panel.keep_wanted.connect(self.ask_keep)
        self.panel.dispute_wanted.connect(self.ask_dispute)
        self.panel.correct_wanted.connect(self.ask_correct)
        self.panel.open_dispute.connect(lambda number: self.place.go("dispute", number=number))

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("open_matter", lambda: self._open_row(self.table.current()))
        acts.bind("copy_table", self.table.copy)
        acts.bind("new", self.ask_new, word="新的一页民情日记")
        acts.refuse("new", self.notes.why_not_write())
        self._arrived = True
        self.refresh()

    def refresh(self) -> None:
        self.notes.load(self._show)
        if self.notes.view is not None:
            self.notes.open(self.notes.view.row.id, self._show_note)

    def open(self, **what: Any) -> None:
        if what.get("new"):
            self.ask_new()
        elif what.get("number"):
            self._promise = int(what.get("promise") or 0)
            self._open(str(what["number"]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        """Fewer columns in large print; the page beside the list or in its place."""
        if not hasattr(self, "panel"):
            return
        for number, column in enumerate(self.table.rows.columns):
            self.table.setColumnHidden(number, theme.is_large() and column.key not in _IN_LARGE)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        self.panel.set_beside(beside, _SIDE_EM)
        self.panel.setVisible(beside or self._reading)
        self._list.setVisible(beside or not self._reading)
        self._top.setVisible(beside or not self._reading)

    # --- showing ---

    def _show(self) -> None:
        self.village.set_entries(choices([_ALL_VILLAGES, *self.notes.villages]))
        self.village.set_value(self.notes.asked.village)
        self.table.set_rows(self.notes.rows)
        self._stack.setCurrentIndex(0 if self.notes.rows else 1)
        self.empty.say(*self.notes.empty())
        self._say()
        if self._arrived:
            self._arrived = False
            first = self.table if self.notes.rows else self.new
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        self.head.note.setText(self.notes.note())
        shown, total = self.table.rows.rowCount(), self.table.rows.total()
        filtered = f"，筛选出 {shown} 页" if self.table.rows.is_filtered() else ""
        self.place.say(f"民情日记、恳谈日：{total} 页{filtered}")

    def _narrow(self, **filters: Any) -> None:
        self.notes.narrow(self._show, **filters)

    def _act_on_empty(self) -> None:
        if not self.notes.narrowed():
            self.ask_new()
            return
        self.sort.set_value("")
        self.month.set_value("")
        self.waiting.set_value(False)
        self._narrow(sort="", period="", village="", open_promises=False)

    def _open_row(self, row: NoteRow | None) -> None:
        if row is not None:
            self._open(row.id)

    def _open(self, id: str) -> None:
        self._reading = True
        self.notes.open(id, self._show_note)

    def _close(self) -> None:
        self._reading = False
        self._arrange()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_note(self) -> None:
        self.panel.show_note(self.notes)
        self._arrange()
        promise, self._promise = self._promise, 0
        if promise:
            self.ask_keep(promise)

    # --- what one does ---

    def ask_new(self) -> FieldsDialog | None:
        """A new page of the diary or of a talk day."""
        if self.notes.why_not_write():
            return None

        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            self.notes.write(values, lambda made: self._written(made, done), refused)

        return self._form(
            "新的一页", self.notes.write_fields(), "记下", submit, self.notes.write_values(),
            "写事，不写人：哪里、什么事、要怎么办；答应了什么，到哪一天，谁来办。",
        )  # fmt: skip

    def ask_keep(self, no: int) -> FieldsDialog | None:
        """When and how a promise was kept."""
        line = next((each for each in self.notes.promises() if each.no == no), None)
        if line is None or not line.open or self.notes.why_not_change():
            return None

        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            self.notes.keep(no, values, lambda made: self._written(made, done), refused)

        return self._form(
            "兑现了", KEEP, "登记", submit, {"on": self.place.desk.today},
            f"{line.what}（{line.who}）",
        )  # fmt: skip

    def ask_correct(self) -> FieldsDialog:
        """The page anew, and why."""

        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            self.notes.correct(values, lambda made: self._written(made, done), refused)

        return self._form(
            "更正这一页", self.notes.correct_fields(), "更正", submit, self.notes.correct_values(),
            "另记一页，原来的作废；两页都留着。",
        )  # fmt: skip

    def ask_dispute(self) -> FieldsDialog:
        """What a dispute needs beyond what the page says."""

        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            def stood(made: DisputeStood) -> None:
                done()
                self.place.saved()
                self.place.go("dispute", number=made.number)

            self.notes.to_dispute(values, stood, refused)

        return self._form(
            "转为纠纷",
            DISPUTE_FIELDS,
            "转为纠纷",
            submit,
            self.notes.dispute_values(),
            self.notes.head(),
        )

    def _form(
        self,
        title: str,
        fields: Sequence[Field],
        word: str,
        submit: Submit,
        values: Mapping[str, Any],
        note: str,
    ) -> FieldsDialog:
        dialog = FieldsDialog(
            self, title, fields, self.place.form, word, submit, values=values, note=note,
            rows=words.form_rows(fields),
        )  # fmt: skip
        dialog.open()
        return dialog

    def _written(self, made: NoteWritten, done: Callable[[], None]) -> None:
        done()
        self.place.saved()
        self.notes.load(self._show)
        self._open(made.note)
