"""批量制作: one paper for every matter in a state, into a folder, with progress and cancel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters.paperwork import BatchPresenter, batch_remarks, batch_words
from xinfang_desktop.services.paperwork import BatchDone

from . import theme
from .choices import entries
from .form import Form, sentence_of
from .page import Workplace
from .tasks import Job
from .widgets.buttons import Button
from .widgets.text import Link, ProblemLine, label

_FIELDS = (
    Field("form", "文书", "choice", required=True, help="每件事项做一份。"),
    Field("state", "事项状态", "choice", required=True, help="给处在这个状态的每一件制作。"),
    Field("folder", "存到文件夹", required=True, help="每件一个 PDF，文件名里没有姓名。"),
)


class BatchDialog(QDialog):
    """Papers that are not complete are named and left out; cancelled, no half file stays."""

    _moved = Signal(int, int)

    def __init__(self, parent: QWidget, place: Workplace, code: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("批量制作文书")
        self.setModal(True)
        self._place, self._open = place, True
        self._batch = BatchPresenter(place.desk, place.runner.run_job)
        self._job: object = None
        column = QVBoxLayout(self)
        theme.space(column, 1.2, 0.6)
        column.addWidget(label("批量制作文书", "title"))
        pick = Link("选择文件夹", "secondary")
        pick.clicked.connect(self._ask_folder)
        self.form = Form(_FIELDS, place.form, links={"folder": pick})
        self.form.editor("form").set_entries(entries(self._batch.forms()))
        self.form.editor("state").set_entries(entries(self._batch.states()))
        self.form.set_values({"form": code})
        column.addWidget(self.form)
        self.problem = ProblemLine()
        column.addWidget(self.problem)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("进度")
        self.bar.hide()
        column.addWidget(self.bar)
        self.outcome = label("", "strong", wrap=True)
        column.addWidget(self.outcome)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName("没有做的和要注意的")
        self.told.hide()
        theme.hold(self.told, height=8)
        column.addWidget(self.told)
        column.addStretch()
        row = QHBoxLayout()
        theme.space(row, 0, 0.6)
        row.addStretch()
        self.stop = Button("取消")
        self.stop.clicked.connect(self._cancel)
        self.start = Button("开始制作", "printer", primary=True, main=True)
        self.start.clicked.connect(self.run)
        row.addWidget(self.stop)
        row.addWidget(self.start)
        column.addLayout(row)
        self._moved.connect(self._move)
        self.resize(min(theme.em(40), parent.window().width() - 40), self.sizeHint().height())

    def run(self) -> None:
        """Make them all."""
        values = self.form.values()
        missing = [
            RuleViolation("required", f"还没有填{field.label}。", mend=field.help, field=field.name)
            for field in _FIELDS
            if not values.get(field.name)
        ]
        if missing:
            self.form.show_problems(missing)
            return
        self.problem.say("")
        self.outcome.setText("")
        self.told.hide()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.start.setEnabled(False)
        self._job = self._batch.run(
            str(values["form"]), str(values["state"]), Path(str(values["folder"])),
            self._done, self._failed, self._moved.emit,
        )  # fmt: skip

    def done(self, result: int) -> None:
        self._open = False
        if isinstance(self._job, Job):
            self._job.cancel()
        super().done(result)

    def _cancel(self) -> None:
        if isinstance(self._job, Job) and self.bar.isVisible():
            self._job.cancel()
            self.outcome.setText("正在停止…")
        else:
            self.reject()

    def _move(self, done: int, total: int) -> None:
        if self._open:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(done)
            self.bar.setFormat(f"{done} / {total}")

    def _done(self, done: BatchDone) -> None:
        self._place.say(batch_words(done))
        if not self._open:
            return
        self._end()
        self.outcome.setText(batch_words(done))
        told = "\n".join(batch_remarks(done))
        self.told.setPlainText(told)
        self.told.setVisible(bool(told))

    def _failed(self, error: XinfangError) -> None:
        if self._open:
            self._end()
            self.problem.say(sentence_of(error))

    def _end(self) -> None:
        self.bar.hide()
        self.start.setEnabled(True)
        self.stop.setText("关闭")

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "存到文件夹")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.form.set_values({"folder": name}))
        dialog.open()
