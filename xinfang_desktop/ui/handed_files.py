"""Files handed to the window: at the start, by a second start, or dropped on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desktop.presenters.bundles_in import is_bundle

from .actions import ActionBook
from .messages import tell


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of file: the action it needs, what it is called, where it goes."""

    action: str
    word: str
    where: str


_BUNDLE = _Sort("import_bundle", "数据包", "在“数据交换”里导入")
_LEDGER = _Sort("import", "台账", "在“数据”里导入")


class HandedFiles(QObject):
    """Brings files to the page that takes them. They wait behind the lock; an open dialog is
    finished first.
    """

    def __init__(
        self,
        window: QWidget,
        book: ActionBook,
        go: Callable[..., None],
        say: Callable[[str], None],
        locked: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._book, self._go, self._say = window, book, go, say
        self._locked = locked
        self._waiting: list[str] = []

    def take(self, names: Sequence[str]) -> None:
        """Bundles are shown together; of other files the first is read as a ledger."""
        if not names:
            return
        if self._locked():
            self._waiting += names
            return
        bundles = [name for name in names if is_bundle(Path(name))]
        sort = _BUNDLE if bundles else _LEDGER
        wanted = bundles or list(names[:1])
        shown = "、".join(f"“{Path(name).name}”" for name in wanted[:3])
        reason = self._book.reason(sort.action)
        if reason:
            tell(self._window, "现在不能导入", f"收到文件{shown}。{reason.rstrip('。')}。")
        elif QApplication.activeModalWidget() is not None:
            self._say(f"收到{sort.word}{shown}：写完这一张后，{sort.where}")
        elif bundles:
            self._go("exchange", bundles=wanted)
        else:
            self._go("matters", ledger=wanted[0])

    def unlocked(self) -> None:
        """What came while the screen was locked."""
        waiting, self._waiting = self._waiting, []
        self.take(waiting)


def bundles_of(mime: QMimeData) -> list[str]:
    """The bundle files that somebody drags over the window."""
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if is_bundle(Path(path))]
