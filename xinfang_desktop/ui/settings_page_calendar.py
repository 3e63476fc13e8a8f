"""设置: 节假日. One year's rest and make-up days; a new notice, and what moves by it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.safeguards import CalendarPresenter
from xinfang_desktop.presenters.settings import SettingsPresenter

from . import theme
from .form import sentence_of
from .page import Workplace
from .settings_page_tab import Tab
from .widgets.buttons import Button
from .widgets.combo import Combo, choices
from .widgets.inputs import LineEdit
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import ProblemLine, label
from .widgets.wrap import WrapRow

_DAYS = (
    Column("day", "日期", lambda d: d.words, 9, sort=lambda d: d.day),
    Column("tag", "休或班", lambda d: d.tag, 6, filtered=True),
    Column("name", "节日", lambda d: d.name, filtered=True),
)
_MOVED = (
    Column("number", "编号", lambda m: m.number, 10),
    Column("what", "什么事", lambda m: m.what),
    Column("old", "原来", lambda m: m.old, 8),
    Column("new", "现在", lambda m: m.new, 8),
)


class CalendarTab(Tab):
    """Choose a year; import a notice as CSV; see the dates that moved."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        column = self.scrolled("节假日")
        self.calendar = CalendarPresenter(place.desk, place.runner.run)
        self.year = Combo("年份", choices([(str(y), f"{y} 年") for y in self.calendar.years()]))
        self.year.set_value(str(self.calendar.year))
        theme.hold(self.year, width=9)
        self.bring_in = Button("导入放假安排", "calendar-event", primary=not why_not)
        self.bring_in.refuse(why_not)
        self.document = LineEdit("通知文号")
        title = label("通知文号", "secondary", "text2")
        title.setBuddy(self.document)
        theme.hold(self.document, width=16)
        self.document.setToolTip("文件里没有文号一列时写在这里，例如 国办发明电〔2026〕7号")
        self.document.setEnabled(not why_not)
        box = QWidget()
        row = WrapRow(0.6, 0.4)
        box.setLayout(row)
        for widget in (self.year, self.bring_in, title, self.document):
            row.add(widget)
        column.addWidget(box)
        self.sentence = label("", "body", "text2", wrap=True)
        column.addWidget(self.sentence)
        self.problem = ProblemLine()
        column.addWidget(self.problem)
        self.days = DataTable(_DAYS, "节假日")
        column.addWidget(TablePanel(self.days, "天"), 3)
        self.moved_words = label("", "strong", wrap=True)
        column.addWidget(self.moved_words)
        self.moved = DataTable(_MOVED, "变了的期限")
        self.moved_panel = TablePanel(self.moved, "个")
        column.addWidget(self.moved_panel, 2)
        self.moved_words.hide()
        self.moved_panel.hide()
        self.year.changed.connect(self._choose)
        self.bring_in.clicked.connect(self._ask_file)

    def load(self) -> None:
        self.calendar.show(self.calendar.year, self._show)

    def take_in(self, path: Path) -> None:
        """Import this notice."""
        self.problem.say("")
        document = self.document.value()
        self.calendar.take_in(path, self._taken, self._failed, document=document)

    def _choose(self) -> None:
        if self.year.value():
            self.calendar.show(int(self.year.value()), self._show)

    def _show(self) -> None:
        self.sentence.setText(self.calendar.sentence())
        self.days.set_rows(self.calendar.days())
        rows = self.calendar.moved()
        self.moved.set_rows(rows)
        self.moved_words.setText(self.calendar.moved_sentence())
        self.moved_words.setVisible(bool(self.calendar.moved_sentence()))
        self.moved_panel.setVisible(bool(rows))

    def _taken(self) -> None:
        self.year.set_value(str(self.calendar.year))
        self.document.clear()
        self.place.saved()
        self.place.say(self.calendar.moved_sentence())
        self.load()

    def _failed(self, error: XinfangError) -> None:
        self.problem.say(sentence_of(error))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "导入放假安排")
        dialog.setNameFilter("放假安排 (*.csv)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_in(Path(name)))
        dialog.open()
