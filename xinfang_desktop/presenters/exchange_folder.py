"""交换文件夹: bundles that lie there for us, and writing ours into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.exchange.layout import Cancelled
from xinfang_desktop.services import exchange_folder
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.exchange_folder import OfferedBundle

from .jobs import RunJob, Talk


class WatchedFolder:
    """The folder and what was found there; looking is done beside the data lane."""

    def __init__(self, desk: Desk, job: RunJob) -> None:
        self.desk, self._job = desk, job
        self.folder: Path | None = None
        self.offered: tuple[OfferedBundle, ...] = ()
        self.problem = ""
        self._asked = 0

    def watch(self, folder: Path | None) -> None:
        """Another folder, or none."""
        self.folder, self.offered, self.problem = folder, (), ""
        self._asked += 1

    def look(self, done: Callable[[], None]) -> None:
        """List the folder again; a folder that is not there is told, not raised."""
        folder = self.folder
        if folder is None:
            done()
            return
        self._asked += 1
        asked = self._asked

        def work(talk: Talk) -> tuple[OfferedBundle, ...]:
            try:
                return exchange_folder.offered_bundles(self.desk, folder, talk.cancelled)
            except Cancelled:
                return ()

        def came(found: tuple[OfferedBundle, ...]) -> None:
            if asked == self._asked:
                self.offered, self.problem = found, ""
                done()

        def failed(error: XinfangError) -> None:
            if asked == self._asked:
                self.offered, self.problem = (), f"交换文件夹现在看不了：{error.sentence}"
                done()

        self._job(work, came, failed, lane="files")

    def sentence(self) -> str:
        """交换文件夹里有 2 个新数据包（柳溪村、双井村）。 — empty where there is nothing new."""
        if self.problem:
            return self.problem
        if not self.offered:
            return ""
        names = "、".join(dict.fromkeys(each.sender_name for each in self.offered))
        return f"交换文件夹里有 {len(self.offered)} 个新数据包（{names}）。"
