"""What is new in exchange, whatever page is open: the two figures, and the folder that is watched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from xinfang_desktop.presenters.exchange_folder import WatchedFolder
from xinfang_desktop.presenters.shell import ShellPresenter
from xinfang_desktop.services.exchange_glance import Glance

from .kept import kept
from .tasks import Runner

KEY = "exchange/watched"
CALM_MS = 400
"""A folder that changes several times at once (files are copied there) is listed once."""


class ExchangeNews(QObject):
    """``changed`` when a figure or the folder's content is another. ``close`` it."""

    changed = Signal()

    def __init__(
        self, shell: ShellPresenter, runner: Runner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shell, self._runner = shell, runner
        self.glance = Glance()
        self.watched = WatchedFolder(shell.desk, runner.run_job)
        self._kept = kept(shell.desk)
        self._asking = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CALM_MS)
        self._soon.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _name: self._soon.start())
        self.may_take = shell.may("exchange_bundles") and shell.exchanges()
        folder = str(self._kept.value(KEY) or "")
        if folder and self.may_take:
            self._watch(Path(folder))

    def close(self) -> None:
        """Stop watching."""
        self._soon.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    def ask(self) -> None:
        """Ask for the figures; asked again meanwhile, they are asked for once more afterwards."""
        if not self._shell.exchanges():
            return
        if self._asking:
            self._again = True
            return
        self._asking = True
        self._shell.glance(self._runner.run, self._came)

    def _came(self, glance: Glance) -> None:
        self._asking = False
        if glance != self.glance:
            self.glance = glance
            self.changed.emit()
        if self._again:
            self._again = False
            self.ask()

    def choose(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none."""
        self._kept.setValue(KEY, str(folder) if folder is not None else "")
        self._watch(folder)

    def _watch(self, folder: Path | None) -> None:
        self.close()
        self.watched.watch(folder)
        self.look()

    def look(self) -> None:
        """List the folder again; one that came back is watched again."""
        folder = self.watched.folder
        if folder is not None and str(folder) not in self._watcher.directories():
            self._watcher.addPath(str(folder))  # says False where it is not there; then F5 looks
        self.watched.look(self.changed.emit)
