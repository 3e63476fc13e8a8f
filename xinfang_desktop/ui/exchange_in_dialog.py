"""导入数据包: every file in words first, with its alarms; nothing is written before 导入 is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.bundles_in import (
    REFUSED,
    SUFFIX,
    BundleLine,
    BundlesIn,
    line_state,
    line_words,
)
from xinfang_desktop.presenters.exchange_words import counts_of

from . import theme
from .exchange_report import Figure, Told, told
from .page import Workplace
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.panel import empty, rule, scroller
from .widgets.text import ElidedLabel, label
from .widgets.wrap import WrapRow
from .work_line import WorkLine


class ImportBundlesDialog(QDialog):
    """``taken(sentence)`` after files were taken in."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导入数据包")
        self.setModal(True)
        self._place, self._open = place, True
        self.bundles = BundlesIn(place.desk, place.runner.run_job)
        column = QVBoxLayout(self)
        theme.space(column, 0, 0)
        head = QHBoxLayout()
        theme.space(head, (1.3, 0.9, 1.3, 0.7), 0.7)
        head.addWidget(label("导入数据包", "title"))
        head.addWidget(ElidedLabel("先看会带来什么，再决定导不导入。", "body", "text2"), 1)
        self.pick = Button("选择文件…", "package-import")
        self.pick.clicked.connect(self.ask_files)
        head.addWidget(self.pick)
        column.addLayout(head)
        column.addWidget(rule())
        self._inner = QWidget()
        self._lines = QVBoxLayout(self._inner)
        theme.space(self._lines, (1.3, 0.8, 1.3, 0.8), 0.7)
        column.addWidget(scroller(self._inner, "每个数据包会带来什么"), 1)
        column.addWidget(rule())
        column.addLayout(self._build_foot(place))
        room = parent.window().size()
        self.resize(min(theme.em(52), room.width() - 40), min(theme.em(36), room.height() - 30))
        self._show()

    def _build_foot(self, place: Workplace) -> QVBoxLayout:
        foot = QVBoxLayout()
        theme.space(foot, (1.3, 0.7, 1.3, 0.8), 0.5)
        self.work = WorkLine(place.runner)
        foot.addWidget(self.work)
        row = QHBoxLayout()
        theme.space(row, 0, 0.6)
        self._sentence = label("", "strong", wrap=True)
        row.addWidget(self._sentence, 1)
        self.leave = Button("不导入")
        self.leave.clicked.connect(self.reject)
        self.go = Button("导入", "package-import", primary=True, main=True)
        self.go.clicked.connect(self.take_in)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        foot.addLayout(row)
        return foot

    # --- acting ---

    def ask_files(self) -> None:
        """Choose one or several files."""
        dialog = QFileDialog(self, "选择数据包")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(f"数据包 (*{SUFFIX})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.look([Path(name) for name in names]))
        dialog.open()

    def look(self, paths: Sequence[Path]) -> None:
        """Try these files and tell what they would bring."""
        self.work.follow(self.bundles.look(paths, self._looked), "正在读数据包")
        self._show()

    def take_in(self) -> None:
        """Take in what brings something."""
        if self.work.running() or self.bundles.why_not():
            return
        self.work.follow(self.bundles.take_in(self._took), "正在导入数据包")
        self._show()

    def _looked(self) -> None:
        if self._open:
            self.work.end()
            self._show()
            (self.go if self.go.isEnabled() else self.leave).setFocus()

    def _took(self) -> None:
        if self.bundles.finished():
            self.taken.emit(self.bundles.sentence())
        if self._open:
            self.work.end()
            self._show()
            if (
                all(line.stage != REFUSED for line in self.bundles.lines)
                and not self.bundles.stopped
            ):
                self.accept()

    # --- showing ---

    def _show(self) -> None:
        empty(self._inner)
        lines = self.bundles.lines
        if not lines:
            self._lines.addWidget(
                label(
                    "选一个或几个 .xfb 文件；也可以把它们拖到窗口里。每个文件先试读，什么也不写。",
                    "body", "text2", wrap=True,
                )
            )  # fmt: skip
        for number, line in enumerate(lines):
            if number:
                self._lines.addWidget(rule("hairline"))
            self._lines.addWidget(_block(line))
        waits = [line for line in lines if line.report and line.report.result == "waiting"]
        if len(lines) > 1 and waits and not self.bundles.finished():
            self._lines.addWidget(
                Told("rest", "几个文件会按先后导入；前面的导入后，“要等前面的”会自动接上。")
            )
        self._lines.addStretch()
        running = self.work.running()
        self._sentence.setText("" if running else self.bundles.sentence())
        self.go.refuse("正在读，请稍候" if running else self.bundles.why_not())
        wanted = self.bundles.wanted()
        self.go.setText(f"导入 {wanted} 个" if wanted > 1 else "导入")
        self.leave.setText("关闭" if self.bundles.finished() or not wanted else "不导入")
        self.pick.setEnabled(not running)

    def reject(self) -> None:
        """Escape stops what runs; the dialog stays until it has ended."""
        if self.work.running():
            self.work.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._open = False
        super().done(result)


def _block(line: BundleLine) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    theme.space(column, 0, 0.45)
    head = QHBoxLayout()
    theme.space(head, 0, 0.6)
    head.addWidget(DueChip(*line_state(line)))
    head.addWidget(ElidedLabel(line.path.name, "secondary", "text2"), 1)
    column.addLayout(head)
    column.addWidget(label(line_words(line), "strong", wrap=True))
    if line.error is not None and line.error.mend:
        column.addWidget(label(line.error.mend, "body", "text2", wrap=True))
    report = line.report
    if report is not None and report.result != "known":
        figures = QWidget()
        row = WrapRow(0.6, 0.35)
        figures.setLayout(row)
        for each in counts_of(asdict(report)):
            row.add(Figure(each), 9.2)
        column.addWidget(figures)
    if report is not None:
        for sentence in told(report.alarms, (*report.warnings, *report.lost), report.gaps):
            column.addWidget(sentence)
    return made
