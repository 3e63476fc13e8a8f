"""Work under way inside a dialog: how far it is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from . import theme
from .tasks import Job, Runner
from .widgets.text import ElidedLabel, Link


class WorkLine(QWidget):
    """``follow`` a job; it hides itself when ``end`` is called."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._job: Job | None = None
        row = QHBoxLayout(self)
        theme.space(row, 0, 0.6)
        self._words = ElidedLabel("", "secondary", "text2")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.stop = Link("停止", "body", "停止正在做的事")
        row.addWidget(self._words, 2)
        row.addWidget(self._bar, 3)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self.cancel)
        runner.progressed.connect(self._move)
        self.hide()

    def follow(self, job: object, words: str) -> None:
        """Show this job."""
        self._job = job if isinstance(job, Job) else None
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()

    def running(self) -> bool:
        """Whether a job is followed."""
        return self._job is not None

    def cancel(self) -> None:
        """Ask the job to stop; it ends by itself."""
        if self._job is not None:
            self._job.cancel()
            self._words.setText("正在停止…")
            self.stop.setEnabled(False)

    def end(self) -> None:
        """The job is over."""
        self._job = None
        self.hide()

    def _move(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
