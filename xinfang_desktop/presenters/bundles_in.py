"""导入数据包: every file is tried first and told in words; only then one may take them in, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.exchange.layout import Cancelled
from xinfang_desktop.services import receiving
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.receiving import BundleReport

from .jobs import RunJob, Talk

SUFFIX = ".xfb"
ASKED, SEEN, REFUSED, TAKEN = "asked", "seen", "refused", "taken"


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One file: not looked at yet, tried, refused, or taken in. ``report`` is of the try or of the
    import; ``error`` says why it is refused.
    """

    path: Path
    stage: str = ASKED
    report: BundleReport | None = None
    error: XinfangError | None = None

    @property
    def brings(self) -> bool:
        """Whether taking it in would change anything."""
        return self.stage == SEEN and self.report is not None and self.report.result != "known"


class BundlesIn:
    """The files on their way in; nothing is written before ``take_in``."""

    def __init__(self, desk: Desk, job: RunJob) -> None:
        self.desk, self._job = desk, job
        self.lines: tuple[BundleLine, ...] = ()
        self.stopped = False

    def look(self, paths: Sequence[Path], done: Callable[[], None]) -> object:
        """Try these files, the earliest of a sender first; what is wrong stands at its file."""
        self.lines, self.stopped = tuple(BundleLine(path) for path in dict.fromkeys(paths)), False

        def work(talk: Talk) -> tuple[tuple[BundleLine, ...], bool]:
            found: list[BundleLine] = []
            ordered = _in_order([line.path for line in self.lines])
            for number, path in enumerate(ordered):
                try:
                    found.append(self._tried(path, talk, number, len(ordered)))
                except Cancelled:
                    return (*found, *(BundleLine(p) for p in ordered[number:])), False
            return tuple(found), True

        return self._job(work, lambda came: self._came(came, done), label="正在读数据包")

    def take_in(self, done: Callable[[], None]) -> object:
        """Take in what brings something, in order, each in one transaction of its own."""
        self.stopped = False

        def work(talk: Talk) -> tuple[tuple[BundleLine, ...], bool]:
            lines = list(self.lines)
            wanted = [number for number, line in enumerate(lines) if line.brings]
            for done_so_far, number in enumerate(wanted):
                try:
                    lines[number] = self._taken(lines[number], talk, done_so_far, len(wanted))
                except Cancelled:
                    return tuple(lines), False
            return tuple(lines), True

        return self._job(work, lambda came: self._came(came, done), label="正在导入数据包")

    def _came(self, came: tuple[tuple[BundleLine, ...], bool], done: Callable[[], None]) -> None:
        self.lines, whole = came
        self.stopped = not whole
        done()

    def _tried(self, path: Path, talk: Talk, number: int, of: int) -> BundleLine:
        try:
            report = receiving.preview_bundle(
                self.desk, path, _part_of(talk, number, of), talk.cancelled
            )
        except XinfangError as problem:
            return BundleLine(path, REFUSED, error=problem)
        return BundleLine(path, SEEN, report)

    def _taken(self, line: BundleLine, talk: Talk, number: int, of: int) -> BundleLine:
        try:
            report = receiving.import_bundle(
                self.desk, line.path, _part_of(talk, number, of), talk.cancelled
            )
        except XinfangError as problem:
            return replace(line, stage=REFUSED, report=None, error=problem)
        return replace(line, stage=TAKEN, report=report)

    # --- words ---

    def wanted(self) -> int:
        """How many files would be taken in."""
        return sum(line.brings for line in self.lines)

    def why_not(self) -> str:
        """Why nothing can be taken in now."""
        if not self.lines:
            return "先选择数据包文件"
        return "" if self.wanted() else "没有可以导入的"

    def finished(self) -> bool:
        """Whether anything was taken in."""
        return any(line.stage == TAKEN for line in self.lines)

    def sentence(self) -> str:
        """What was found, or what was done."""
        if self.stopped and not self.finished():
            return "已停止，什么也没有导入。"
        taken = [line for line in self.lines if line.stage == TAKEN]
        refused = sum(line.stage == REFUSED for line in self.lines)
        wrong = f"，{refused} 个不能导入" if refused else ""
        if taken:
            left = "，后面的已停止，可以再导一次" if self.stopped else ""
            return f"已导入 {len(taken)} 个数据包{wrong}{left}。"
        if len(self.lines) == 1:
            return ""
        return f"{len(self.lines)} 个文件，{self.wanted()} 个有新内容{wrong}。现在还什么都没有写。"


def line_words(line: BundleLine) -> str:
    """来自柳溪村：新增矛盾纠纷 3 件；更新 5 件；1 处冲突要判断；缺附件 2 个。"""
    if line.stage == ASKED:
        return "还没有读。"
    if line.error is not None:
        return f"{line.error.sentence.rstrip('。')}。"
    return line.report.sentence if line.report else ""


def line_state(line: BundleLine) -> tuple[str, str]:
    """Due state and word of the chip at a file."""
    if line.stage == REFUSED:
        return "near", "不能导入"
    if line.stage == TAKEN and line.report is not None:
        return ("near", "已搁置") if line.report.result == "waiting" else ("done", "已导入")
    if line.report is None:
        return "rest", "还没有读"
    return {
        "new": ("soon", "可以导入"), "waiting": ("near", "要等前面的"), "known": ("done", "导入过了"),
    }[line.report.result]  # fmt: skip


def is_bundle(path: Path) -> bool:
    """Whether a file is called like a bundle."""
    return path.suffix.lower() == SUFFIX


def _part_of(talk: Talk, number: int, of: int) -> Callable[[int, int], None]:
    def told(now: int, total: int) -> None:
        share = now / total if total else 0
        talk.progress(round((number + share) * 1000), of * 1000)

    return told


def _in_order(paths: Sequence[Path]) -> list[Path]:
    """By sender, then as they were made; what is no bundle comes last."""

    def key(path: Path) -> tuple[bool, str, str, int, str]:
        try:
            outer = receiving.outer_of(path)
        except XinfangError:
            return (True, "", "", 0, path.name)
        return (False, outer.sender, outer.created_at, outer.part, path.name)

    return sorted(paths, key=key)
