"""导入台账: choose a file, read the dry run, import, undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters import choices
from xinfang_desktop.presenters.importing import SUFFIXES, ImportPresenter
from xinfang_desktop.services.desk import Changes
from xinfang_desktop.services.importing import BatchRow

from . import theme
from .choices import entries
from .import_columns import ColumnsTab
from .messages import ask
from .page import Workplace
from .widgets.buttons import Button
from .widgets.combo import Combo
from .widgets.panel import Panel
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import ElidedLabel, Link, ProblemLine, label

_PROBLEMS = (
    Column("row", "行", lambda p: str(p.row), 4, kind="number", sort=lambda p: p.row),
    Column("column", "列", lambda p: p.column, 9, filtered=True),
    Column("value", "原来写的", lambda p: p.value, 13),
    Column("why", "问题", lambda p: p.why, filtered=True),
    Column("sheet", "工作表", lambda p: p.sheet, 8, shown=False),
)
_BATCHES = (
    Column("at", "时间", lambda b: b.at[:16].replace("T", " "), 11),
    Column("file", "文件", lambda b: b.file),
    Column("imported", "件数", lambda b: str(b.imported), 5, kind="number"),
    Column("by", "谁", lambda b: b.by, 6),
    Column("undone", "状态", lambda b: "已撤销" if b.undone else "已导入", 6),
)


class ImportDialog(QDialog):
    """Nothing is written before 导入 is pressed; one import is one undoable step."""

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导入登记台账")
        self.setModal(True)
        self._place, self._open = place, True
        self._import = ImportPresenter(place.desk, place.runner.run, place.runner.run_job)
        column = QVBoxLayout(self)
        theme.space(column, 1, 0.6)
        head = QHBoxLayout()
        theme.space(head, 0, 0.7)
        head.addWidget(label("导入登记台账", "title"))
        self._file = ElidedLabel(
            "先选一个台账文件（xlsx、xls、ods、csv），看过再导入。", "body", "text2"
        )
        head.addWidget(self._file, 1)
        self.pick = Button("选择文件", "download")
        self.pick.clicked.connect(self._ask_file)
        head.addWidget(self.pick)
        column.addLayout(head)
        self.problem = ProblemLine()
        column.addWidget(self.problem)
        self._sentence = label("", "strong", wrap=True)
        self._remarks = label("", "secondary", "text2", wrap=True)
        column.addWidget(self._sentence)
        column.addWidget(self._remarks)
        column.addWidget(self._build_channel())
        column.addWidget(self._build_again())
        column.addWidget(self._build_tabs(), 1)
        column.addLayout(self._build_foot())
        room = parent.window().size()
        self.resize(min(theme.em(66), room.width() - 40), min(theme.em(42), room.height() - 30))
        self._show()
        self._list_batches()

    def _build_channel(self) -> QWidget:
        """The one question that a ledger may leave open."""
        self._asked = QWidget()
        row = QHBoxLayout(self._asked)
        theme.space(row, 0, 0.6)
        row.addWidget(label("这份台账没有写信访形式，一律当作", "body"))
        desk = self._place.desk
        self.channel = Combo("信访形式", entries(choices.table(desk, "channel")))
        theme.hold(self.channel, width=10)
        self.channel.changed.connect(self._channel_chosen)
        row.addWidget(self.channel)
        row.addStretch()
        self._asked.hide()
        return self._asked

    def _channel_chosen(self) -> None:
        chosen = str(self.channel.value() or "")
        if self._import.path is not None and chosen != self._import.channel:
            self._busy(True)
            self._import.say_channel(chosen, self._came, self._failed)

    def _build_again(self) -> QWidget:
        """What is remembered, and how to do without; what to do with a head nobody knows."""
        self._again = QWidget()
        row = QHBoxLayout(self._again)
        theme.space(row, 0, 0.6)
        self._again_words = label("", "body")
        self.again = Link()
        self.again.clicked.connect(self._start_again)
        row.addWidget(self._again_words)
        row.addWidget(self.again)
        row.addStretch()
        return self._again

    def _start_again(self) -> None:
        self._busy(True)
        self.problem.say("")
        if self._import.unknown_head:
            self._import.by_hand(self._came_to_be_assigned, self._failed)
        else:
            self._import.afresh(self._came, self._failed)

    def _assign(self, key: str, field: str) -> None:
        self._busy(True)
        self._import.assign(key, field, self._came, self._failed)

    def _switch(self, kind: str) -> None:
        self._busy(True)
        self._import.switch(kind, self._came, self._failed)

    def _build_tabs(self) -> QWidget:
        panel = Panel()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("导入预览")
        self.problems = DataTable(_PROBLEMS, "问题")
        self.columns = ColumnsTab()
        self.columns.assigned.connect(self._assign)
        self.columns.switched.connect(self._switch)
        self.batches = DataTable(_BATCHES, "以前的导入")
        self.tabs.addTab(TablePanel(self.problems, "处"), "问题")
        self.tabs.addTab(self.columns, "列的对应")
        self.tabs.addTab(TablePanel(self.batches, "次"), "以前的导入")
        self.batches.chosen.connect(lambda _row: self._offer_undo())
        self.tabs.currentChanged.connect(lambda _tab: self._tab_changed())
        panel.body.addWidget(self.tabs)
        return panel

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.space(row, 0, 0.6)
        self.errors = Button("存错误清单", "table-export")
        self.errors.clicked.connect(self._ask_errors)
        self.undo = Button("撤销这次导入", "arrow-back-up")
        self.undo.clicked.connect(self._ask_undo)
        close = Button("关闭")
        close.clicked.connect(self.accept)
        self.go = Button("导入", "package-import", primary=True, main=True)
        self.go.clicked.connect(self._bring_in)
        row.addWidget(self.errors)
        row.addWidget(self.undo)
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.go)
        return row

    def done(self, result: int) -> None:
        self._open = False
        super().done(result)

    # --- reading a file ---

    def look(self, path: Path) -> None:
        """Read this file and show the dry run."""
        self.problem.say("")
        self.channel.set_value("")
        self._file.setText(path.name)
        self._sentence.setText("正在读…")
        self._busy(True)
        self._import.look(path, self._came_to_be_assigned, self._failed)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "选择台账文件")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(f"台账 ({' '.join(f'*.{suffix}' for suffix in SUFFIXES)})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.look(Path(name)))
        dialog.open()

    def _bring_in(self) -> None:
        self._busy(True)
        self._sentence.setText("正在导入…")
        self._import.bring_in(self._imported, self._failed)

    def _imported(self) -> None:
        self._place.saved()
        self._place.say(self._import.sentence())
        self._came()
        self._list_batches()

    def _ask_errors(self) -> None:
        dialog = QFileDialog(self, "存错误清单")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Excel 工作簿 (*.xlsx)")
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile("错误清单.xlsx")
        dialog.fileSelected.connect(
            lambda name: self._import.error_workbook(
                Path(name),
                lambda: self._place.say(f"错误清单已存到 {Path(name).name}"),
                self._failed,
            )
        )
        dialog.open()

    # --- undoing ---

    def _list_batches(self) -> None:
        self._import.batches(self._show_batches)

    def _show_batches(self, rows: tuple[BatchRow, ...]) -> None:
        if self._open:
            self.batches.set_rows(rows)
            self._offer_undo()

    def _tab_changed(self) -> None:
        told_there = self.tabs.currentWidget() is self.columns  # in full, and needs the room
        self._remarks.setVisible(bool(self._remarks.text()) and not told_there)
        self._offer_undo()

    def _undoable(self) -> str:
        if self._import.batch and self.tabs.currentIndex() != 2:
            return self._import.batch
        row = self.batches.current()
        shown = isinstance(row, BatchRow) and self.tabs.currentIndex() == 2
        return row.id if shown and not row.undone else ""

    def _offer_undo(self) -> None:
        self.undo.refuse("" if self._undoable() else "先在“以前的导入”里选一次导入")

    def _ask_undo(self) -> None:
        batch = self._undoable()
        ask(
            self, "撤销这次导入？",
            "这次导入带来的事项都作废，编号保留。有人办理过的，不能撤销。",
            "撤销导入", lambda: self._import.undo(batch, self._undone, self._failed),
            dangerous=True,
        )  # fmt: skip

    def _undone(self, _changes: Changes) -> None:
        self._import.batch = ""
        self._import.report = None
        self._place.say("导入已撤销")
        if self._open:
            self._show()
            self._sentence.setText("导入已撤销。")
            self._list_batches()

    # --- showing ---

    def _came(self) -> None:
        if self._open:
            self._busy(False)
            self._show()

    def _came_to_be_assigned(self) -> None:
        """A file read for the first time: where nothing fits, the columns come to the front."""
        self._came()
        if self._open and self._import.nothing_fits():
            self.tabs.setCurrentWidget(self.columns)

    def _failed(self, error: XinfangError) -> None:
        if self._open:
            self._busy(False)
            self._show()
            self.problem.say(
                "".join(f"{s.rstrip('。')}。" for s in (error.sentence, error.mend) if s)
            )

    def _busy(self, busy: bool) -> None:
        for button in (self.pick, self.go, self.errors):
            button.setEnabled(not busy)

    def _show(self) -> None:
        report = self._import.report
        self._sentence.setText(self._import.sentence())
        self._remarks.setText("".join(self._import.remarks()))
        self._tab_changed()
        self._asked.setVisible(self._import.asks_channel() and not self._import.batch)
        if report is not None and not self.channel.hasFocus():
            self.channel.set_value(self._import.channel)
        self.problems.set_rows(self._import.problems())
        self.columns.show_lines(
            self._import.columns(), self._import.fields(), self._import.kind(),
            done=bool(self._import.batch),
        )  # fmt: skip
        self._show_again()
        self.tabs.setTabText(0, f"问题 {len(self._import.problems())}" if report else "问题")
        ready = report is not None and report.imported > 0 and not self._import.batch
        self.go.refuse("" if ready else "没有可以导入的" if report else "先选择台账文件")
        if ready and report is not None:
            self.go.setText(f"导入 {report.imported} 件")
        else:
            self.go.setText("导入")
        self.errors.refuse("" if self._import.problems() else "没有问题要改")

    def _show_again(self) -> None:
        remembered = self._import.remembered() and not self._import.batch
        if remembered:
            self._say_again("按上次的对应读取。", "不用上次的，重新对应")
        elif self._import.unknown_head:
            self._say_again("列名和常见的台账都不一样？", "自己指定每一列是什么")
        self._again.setVisible(remembered or self._import.unknown_head)

    def _say_again(self, words: str, link: str) -> None:
        self._again_words.setText(words)
        self.again.set_text(link)
