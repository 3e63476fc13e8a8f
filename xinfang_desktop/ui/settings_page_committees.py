"""设置: 调解组织 — committees, below them the people of the chosen one and calm hints of the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters import committees as words
from xinfang_desktop.presenters.committees import (
    CHANGE_MEDIATOR_FIELDS,
    MEDIATOR_FIELDS,
    CommitteesPresenter,
)
from xinfang_desktop.presenters.settings import SettingsPresenter
from xinfang_desktop.services.committees import CommitteeRow, MediatorRow

from . import icons, theme
from .fields_dialog import FieldsDialog, Refused
from .messages import tell
from .page import Workplace
from .settings_page_tab import Tab
from .widgets.buttons import Button
from .widgets.panel import Panel, empty
from .widgets.table import Column, DataTable
from .widgets.text import label
from .widgets.wrap import WrapRow

_COMMITTEES_EM, _PEOPLE_EM = 9.6, 12.2
_IN_LARGE = frozenset({"name", "hints", "post", "state"})
Send = Callable[[Mapping[str, Any], Callable[[], None], Callable[[XinfangError], None]], None]

COMMITTEES = (
    Column("name", "名称", lambda c: c.name, kind="strong"),
    Column("village", "村（社区）", lambda c: c.village or "本乡镇（街道）", 9),
    Column("term", "任期", words.term_words, 13.4),
    Column("people", "成员", words.people_words, 4.6),
    Column("hints", "提醒", words.hint_words, 5),
    Column("mark", "代字", lambda c: c.mark, 7),
    Column("phone", "电话", lambda c: c.phone, 9),
)
PEOPLE = (
    Column("name", "姓名", lambda m: m.name, kind="strong"),
    Column("post", "职务", lambda m: m.post_name, 9),
    Column("woman", "女", lambda m: "女" if m.woman else "", 4),
    Column("phone", "电话", lambda m: m.phone, 10),
    Column("state", "状态", lambda m: "已离任" if m.left else "在任", 6),
)


class CommitteesTab(Tab):
    """Two tables: the committees, and the people of the chosen one."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        self.committees = CommitteesPresenter(place.desk, place.runner.run)
        column = self.scrolled("调解组织")
        self.table = DataTable(COMMITTEES, "调解委员会")
        self.people = DataTable(PEOPLE, "委员和调解员")
        self._people_panel = Panel("委员和调解员")
        self._hints = QWidget()
        hints = QVBoxLayout(self._hints)
        theme.space(hints, (0.85, 0.4, 0.85, 0.4), 0.25)
        above = Panel("调解委员会")
        above.body.addWidget(self.table)
        self._people_panel.body.addWidget(self._hints)
        self._people_panel.body.addWidget(self.people)
        self._without = label("", "secondary", "text2", wrap=True)
        self.add = Button("添加调委会", "plus", primary=not why_not)
        self.change = Button("修改")
        self.add_person = Button("添加委员或调解员", "user-plus")
        self.change_person = Button("修改人员")
        for button in (self.add, self.change, self.add_person, self.change_person):
            button.refuse(why_not)
        column.addWidget(above)
        column.addWidget(self._without)
        column.addWidget(_line(self.add, self.change))
        column.addWidget(self._people_panel)
        column.addWidget(_line(self.add_person, self.change_person))
        column.addStretch(1)
        self._connect()
        self.look_changed()

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self.ask_change())
        self.people.opened.connect(lambda _row: self.ask_change_person())
        self.add.clicked.connect(self.ask_add)
        self.change.clicked.connect(self.ask_change)
        self.add_person.clicked.connect(self.ask_person)
        self.change_person.clicked.connect(self.ask_change_person)

    def look_changed(self) -> None:
        """Fewer columns in large print."""
        if not hasattr(self, "people"):
            return
        theme.hold(self.table, height=_COMMITTEES_EM)
        theme.hold(self.people, height=_PEOPLE_EM)
        for table in (self.table, self.people):
            for number, column in enumerate(table.rows.columns):
                hidden = theme.is_large() and column.key not in _IN_LARGE
                table.setColumnHidden(number, hidden)

    def load(self) -> None:
        self.committees.load(self._show)

    # --- showing ---

    def _show(self) -> None:
        page, chosen = self.committees.page, self.committees.committee()
        self.table.set_rows(page.committees)
        if chosen is not None:
            self.table.selectRow(self.table.rows.shown_rows().index(chosen))
        without = self.committees.without()
        self._without.setText(without)
        self._without.setVisible(bool(without))
        self._show_chosen()

    def _choose(self, row: object) -> None:
        if isinstance(row, CommitteeRow) and row.id != self.committees.chosen:
            self.committees.chosen = row.id
            self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.committees.committee()
        self._people_panel.say(row.name if row else "先添加一个调委会")
        self.people.set_rows(row.mediators if row else ())
        empty(self._hints)
        hints = self.committees.hints()
        self._hints.setVisible(bool(hints))
        layout = self._hints.layout()
        for hint in hints:
            if layout is not None:
                layout.addWidget(_hint(hint))
        if not self.why_not:
            none = "" if row else "先添加一个调委会。"
            for button in (self.change, self.add_person, self.change_person):
                button.refuse(none)

    # --- writing ---

    def ask_add(self) -> FieldsDialog:
        """Register a committee."""
        fields = self.committees.add_fields()
        return self._ask("添加调委会", fields, "添加", self.committees.add, {})

    def ask_change(self) -> FieldsDialog | None:
        """Change what is registered of the chosen committee."""
        row = self.committees.committee()
        if self.why_not or row is None:
            return None
        return self._ask(
            f"修改：{row.name}", self.committees.change_fields(), "保存", self.committees.change,
            self.committees.change_values(),
        )  # fmt: skip

    def ask_person(self) -> FieldsDialog | None:
        """Add somebody to the chosen committee."""
        if self.why_not or self.committees.committee() is None:
            return None
        return self._ask_person("添加委员或调解员", MEDIATOR_FIELDS, "", {"post": "member"})

    def ask_change_person(self) -> FieldsDialog | None:
        """Change what is registered of somebody; who has left stays on the list."""
        if self.why_not:
            return None
        person = self.people.current()
        if not isinstance(person, MediatorRow):
            tell(self, "先选一位委员或调解员。")
            return None
        values = self.committees.mediator_values(person)
        return self._ask_person(f"修改：{person.name}", CHANGE_MEDIATOR_FIELDS, person.name, values)

    def _ask_person(
        self, title: str, fields: Sequence[Field], name: str, values: Mapping[str, Any]
    ) -> FieldsDialog:
        def send(
            typed: Mapping[str, Any],
            done: Callable[[], None],
            failed: Callable[[XinfangError], None],
        ) -> None:
            self.committees.set_mediator(name, typed, done, failed)

        return self._ask(title, fields, "保存" if name else "添加", send, values)

    def _ask(
        self,
        title: str,
        fields: Sequence[Field],
        word: str,
        send: Send,
        values: Mapping[str, Any],
    ) -> FieldsDialog:
        def submit(typed: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            def written() -> None:
                done()
                self.place.saved()
                self.load()

            send(typed, written, lambda error: refused([error]))

        dialog = FieldsDialog(
            self, title, fields, self.place.form, word, submit, values=values
        )  # fmt: skip
        dialog.open()
        return dialog


def _line(*buttons: Button) -> QWidget:
    made = QWidget()
    row = WrapRow(0.6, 0.4)
    made.setLayout(row)
    for button in buttons:
        row.add(button)
    return made


def _hint(words: str) -> QWidget:
    """ⓘ and what is to be put right, calmly."""
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0, 0.4)
    sign = label("")
    sign.setPixmap(icons.pixmap("info-circle", "text2", 1.15))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, "body", "text2", wrap=True), 1)
    made.setAccessibleName(words)
    return made
