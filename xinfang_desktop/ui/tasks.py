"""The one runner: a serial lane for the database, a lane for files and rendering.

Work runs off the GUI thread; results come back on it by a queued signal. Exceptions are sorted
here, once: what a clerk can mend goes to the page, what the machine did to a message, and the
rest is our bug. A cancel is silent.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from xinfang_desktop.domain.errors import XinfangError

T = TypeVar("T")
Lane = Literal["data", "files"]
SLOW_MS = 500
log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Raised by work that noticed its cancel; it is not an error."""


class Job:
    """What running work may talk to: it reports progress and asks whether to stop."""

    def __init__(self, label: str, report: Callable[[Job, int, int], None]) -> None:
        self.label = label
        self._report = report
        self._stop = threading.Event()

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is; ``total`` 0 means unknown."""
        self._report(self, done, total)

    def cancelled(self) -> bool:
        """Whether somebody wants the work to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class Runner(QObject):
    """Runs work; ``problem`` and ``bug`` carry what nobody else took."""

    problem = Signal(object)  # XinfangError
    bug = Signal(object)  # BaseException
    started = Signal(object)  # Job, once it takes longer than half a second
    progressed = Signal(object, int, int)
    finished = Signal(object)
    idle = Signal()
    _landed = Signal(object, object, object, object)
    _moved = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            "data": ThreadPoolExecutor(1, thread_name_prefix="data"),
            "files": ThreadPoolExecutor(1, thread_name_prefix="files"),
        }
        self._open: dict[int, Job] = {}
        self._shown: set[int] = set()
        self._dropped: set[int] = set()
        self._closed = False
        # queued, so that work already done when asked does not call back inside run()
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self._move)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[XinfangError], None] | None = None,
        *,
        lane: Lane = "data",
        label: str = "",
    ) -> Job:
        """Run ``work()``; ``done(result)`` or ``failed(error)`` is called on the GUI thread.

        Without ``failed`` an error a person can meet is shown as a message.
        """
        return self.run_job(lambda _job: work(), done, failed, lane=lane, label=label)

    def run_job(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[XinfangError], None] | None = None,
        *,
        lane: Lane = "data",
        label: str = "",
    ) -> Job:
        """As :meth:`run`, for work that reports progress and can be cancelled."""
        job = Job(label, self._moved.emit)
        if self._closed:  # a timer of a window that is going away: nobody waits for the answer
            return job
        self._open[id(job)] = job
        if label:
            QTimer.singleShot(SLOW_MS, self, lambda: self._show(job))
        future: Future[Any] = self._lanes[lane].submit(work, job)
        future.add_done_callback(lambda settled: self._settle(job, settled, done, failed))
        return job

    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._open)

    def drop_answers(self) -> None:
        """The window that asked is going away: work under way ends, but nobody is called back."""
        self._dropped.update(self._open)

    def close(self) -> None:
        """Finish what is under way or waits (the last draft may), and stop both lanes."""
        self._closed = True
        for job in list(self._open.values()):
            job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True)

    def _settle(self, job: Job, settled: Future[Any], done: Any, failed: Any) -> None:
        """On the lane's thread: hand the settled future over to the GUI thread."""
        self._landed.emit(job, settled, done, failed)

    @Slot(object, object, object, object)
    def _land(
        self,
        job: Job,
        settled: Future[Any],
        done: Callable[[Any], None],
        failed: Callable[[XinfangError], None] | None,
    ) -> None:
        self._open.pop(id(job), None)
        if id(job) in self._shown:
            self._shown.discard(id(job))
            self.finished.emit(job)
        error = None if settled.cancelled() else settled.exception()
        wanted = id(job) not in self._dropped
        self._dropped.discard(id(job))
        if settled.cancelled() or isinstance(error, Cancelled):
            log.info("cancelled: %s", job.label)
        elif error is None:
            if wanted:
                done(settled.result())
        elif isinstance(error, XinfangError):
            log.info("refused: %s", error.code)
            if failed is not None and wanted:
                failed(error)
            else:
                self.problem.emit(error)
        else:
            log.error("bug in %s", job.label or "work", exc_info=error)
            self.bug.emit(error)
        if not self._open:
            self.idle.emit()

    @Slot(object, int, int)
    def _move(self, job: Job, done: int, total: int) -> None:
        self.progressed.emit(job, done, total)

    def _show(self, job: Job) -> None:
        if id(job) in self._open:
            self._shown.add(id(job))
            self.started.emit(job)
