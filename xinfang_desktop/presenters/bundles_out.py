"""生成数据包: for whom, where to, in which size; and that the stick may be pulled out only at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.exchange.layout import Cancelled
from xinfang_desktop.services import drives, sending
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.outputs import check_output
from xinfang_desktop.services.sending import Exported

from .jobs import RunJob, Talk
from .running import Run

Failed = Callable[[XinfangError], None]


@dataclass(frozen=True, slots=True)
class Size:
    """One choice of 分包: its word, why one would take it, bytes of a file at most."""

    key: str
    word: str
    told: str
    bytes: int | None


SIZES = (
    Size("whole", "不分包", "一个单位一个文件", None),
    Size("20M", "20 MB", "政务聊天、邮件的附件", 20_000_000),
    Size("95M", "95 MB", "网盘、大附件", 95_000_000),
    Size("3.9G", "3.9 GB", "旧的 U 盘（FAT32）", 3_900_000_000),
)
PULL_OUT = "可以拔出 U 盘了。"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody a bundle is made for."""

    site: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to write to: ``stick`` says that it is a removable drive."""

    path: Path
    word: str
    stick: bool


def place_words(path: Path) -> str:
    """A folder as it is offered: in quotes, of a long path the end."""
    text = str(path)
    return f"“{text if len(text) <= _LONGEST else '…' + text[1 - _LONGEST :]}”"


_LONGEST = 30
"""Characters of a path that are shown where one chooses."""


class BundlesOut:
    """One going out at a time: while one is written, no other is begun."""

    def __init__(self, desk: Desk, run: Run, job: RunJob) -> None:
        self.desk, self._run, self._job = desk, run, job
        self.made: tuple[Exported, ...] = ()
        self.folder: Path | None = None
        self.stopped = False
        self.writing = False

    def places(self, kept: str, done: Callable[[tuple[Place, ...]], None]) -> None:
        """Where it may go: sticks that are plugged in first, then where it last went."""

        def look() -> tuple[Place, ...]:
            sticks = drives.removable()
            found = [Place(path, f"U 盘 {place_words(path)}", True) for path in sticks]
            last = Path(kept) if kept else None
            if last is not None and last not in sticks and last.is_dir():
                found.append(Place(last, place_words(last), any(s in last.parents for s in sticks)))
            return tuple(found)

        self._run(look, done)

    def why_not(self, folder: Path | None) -> str:
        """Why nothing can be written now."""
        if self.writing:
            return "正在写另一个数据包，请等它写完。"
        return "" if folder is not None else "先选一个文件夹。"

    def write(
        self,
        to: Sequence[Receiver],
        folder: Path,
        size: Size,
        done: Callable[[], None],
        failed: Failed,
    ) -> object:
        """Write a bundle for each; ``done`` is called when all were read back and found whole.

        Where one fails, those written before it stay; ``sentence`` names them.
        """
        assert not self.writing, "one at a time"
        self.writing, self.stopped = True, False
        self.made, self.folder = (), folder
        made: list[Exported] = []

        def work(talk: Talk) -> bool:
            try:
                check_output(self.desk.home, folder, folder=True)
                for number, each in enumerate(to):
                    made.append(self._one(each, folder, size, talk, number, len(to)))
            except Cancelled:
                return False
            finally:
                self.writing = False
            return True

        def came(whole: bool) -> None:
            self.stopped, self.made = not whole, tuple(made)
            done()

        def refused(error: XinfangError) -> None:
            self.made = tuple(made)
            failed(error)

        return self._job(work, came, refused, label="正在生成数据包")

    def _one(
        self, to: Receiver, folder: Path, size: Size, talk: Talk, number: int, of: int
    ) -> Exported:
        """``number`` of ``of``: progress is told in thousandths of the whole."""

        def told(now: int, total: int) -> None:
            share = now / total if total else 0
            talk.progress(round((number + share) * 1000), of * 1000)

        return sending.export_bundle(
            self.desk, to.site, folder, budget=size.bytes, progress=told, cancelled=talk.cancelled
        )

    # --- words ---

    def files(self) -> tuple[str, ...]:
        """Names of the files that stand whole in the folder."""
        return tuple(file.path.name for made in self.made for file in made.files)

    def sentence(self) -> str:
        """What was written, and whether the stick may be pulled out. Only said of whole files."""
        if self.writing:
            return ""
        if self.stopped:
            left = f"停下以前写好的 {len(self.files())} 个文件是完整的。" if self.made else ""
            return f"已停止，没写完的没有留下。{left}{PULL_OUT}"
        if not self.made:
            return ""
        names = "、".join(made.to_name for made in self.made)
        entries = sum(made.entries for made in self.made)
        carried = f"{entries} 条变更" if entries else "没有新内容，只告诉对方本机收到了哪里"
        return f"给{names}的数据包已写好，{carried}，写完后读回来核对过。{PULL_OUT}"
