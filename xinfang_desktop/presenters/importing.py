"""导入台账: a dry run first, every problem by row and column, then the import as one undoable step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.ledgers.words import field_labels
from xinfang_desktop.services import importing
from xinfang_desktop.services.desk import Changes, Desk
from xinfang_desktop.services.importing import BatchRow, ImportLedger, ImportReport

from .jobs import RunJob, Talk
from .running import Run

Failed = Callable[[XinfangError], None]
SUFFIXES = ("xlsx", "xls", "ods", "csv")
_KINDS = {"matters": "信访登记台账", "disputes": "矛盾纠纷台账"}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem of the file: where it stands, what stands there, what is wrong."""

    sheet: str
    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the sheet and what it was taken for."""

    sheet: str
    header: str
    word: str


class ImportPresenter:
    """One file on its way in."""

    def __init__(self, desk: Desk, run: Run, job: RunJob) -> None:
        self.desk, self._run, self._job = desk, run, job
        self.path: Path | None = None
        self.report: ImportReport | None = None
        self.batch = ""
        self.channel = ""

    def look(
        self, path: Path, done: Callable[[], None], failed: Failed, *, channel: str = ""
    ) -> object:
        """Read the file and say what would happen; nothing is written.

        ``channel`` answers the question of ``asks_channel``.
        """
        self.path, self.report, self.batch, self.channel = path, None, "", channel
        asked = ImportLedger(path, channel=channel, dry_run=True)

        def came(report: ImportReport) -> None:
            self.report = report
            done()

        return self._job(
            lambda talk: importing.import_ledger(self.desk, asked, talk.progress, talk.cancelled),
            came, failed, label="正在读台账",
        )  # fmt: skip

    def bring_in(self, done: Callable[[], None], failed: Failed) -> object:
        """Import what the dry run showed; all or nothing."""
        assert self.path is not None
        asked = ImportLedger(self.path, channel=self.channel)

        def came(report: ImportReport) -> None:
            self.report, self.batch = report, report.batch
            done()

        def work(talk: Talk) -> ImportReport:
            return importing.import_ledger(self.desk, asked, talk.progress, talk.cancelled)

        return self._job(work, came, failed, label="正在导入台账")

    def error_workbook(self, out: Path, done: Callable[[], None], failed: Failed) -> object:
        """The sheet in its own layout with the wrong cells marked."""
        assert self.path is not None
        asked = ImportLedger(self.path, channel=self.channel, dry_run=True, errors=out)
        return self._job(
            lambda talk: importing.import_ledger(self.desk, asked, talk.progress, talk.cancelled),
            lambda _report: done(), failed, label="正在写错误清单",
        )  # fmt: skip

    def undo(self, batch: str, done: Callable[[Changes], None], failed: Failed) -> None:
        """Take one import back, where nobody has worked on it since."""
        self._run(
            lambda: importing.undo_import(self.desk, batch), done, failed, label="正在撤销导入"
        )

    def batches(self, done: Callable[[tuple[BatchRow, ...]], None]) -> None:
        """Every import, newest first."""
        self._run(lambda: importing.batches(self.desk), done)

    def asks_channel(self) -> bool:
        """Whether the ledger does not say how people came, or somebody just said it."""
        problems = self.report.problems if self.report else ()
        return bool(self.channel) or any(p.code == "channel_unknown" for p in problems)

    # --- words ---

    def kind(self) -> str:
        """信访登记台账 or 矛盾纠纷台账."""
        return _KINDS.get(self.report.kind, "") if self.report else ""

    def sentence(self) -> str:
        """What the dry run found, or what the import did."""
        report = self.report
        if report is None:
            return ""
        if report.cancelled:
            return "已停止，什么也没有导入。"
        done = f"已导入 {report.imported} 件" if self.batch else f"可以导入 {report.imported} 件"
        known = f"，{report.skipped_known} 件以前导入过" if report.skipped_known else ""
        wrong = f"，{len(report.problems)} 处问题" if report.problems else "，没有问题"
        return f"{self.kind()}，{report.rows} 行：{done}{known}{wrong}。"

    def remarks(self) -> tuple[str, ...]:
        """Columns that are not taken, villages that are new, 零报告."""
        report = self.report
        if report is None:
            return ()
        told = []
        if report.dropped_columns:
            told.append(f"不导入的列：{'、'.join(report.dropped_columns)}（本程序不记这类内容）。")
        if report.created_villages:
            told.append(f"新增的村（社区）：{'、'.join(report.created_villages)}。")
        if report.zero_reports:
            told.append(f"零报告 {len(report.zero_reports)} 条。")
        return tuple(told)

    def problems(self) -> tuple[ProblemLine, ...]:
        """Every problem, in the order of the sheet."""
        report = self.report
        return tuple(
            ProblemLine(p.sheet, p.row, _leaf(p.header) or p.column, p.value, p.why)
            for p in (report.problems if report else ())
        )

    def columns(self) -> tuple[ColumnLine, ...]:
        """Which column was taken for what; what is not known is kept as written."""
        labels = field_labels()
        found = []
        for sheet in self.report.mapping.get("sheets", ()) if self.report else ():
            taken = [(header, labels.get(name, name)) for header, name in sheet["columns"].items()]
            kept = [(header, "原样保存") for header in sheet["unknown"]]
            found += [ColumnLine(sheet["sheet"], header, word) for header, word in (*taken, *kept)]
        dropped = self.report.dropped_columns if self.report else ()
        return (*found, *(ColumnLine("", header, "不导入") for header in dropped))


def _leaf(header: str) -> str:
    """身份证号 of 信访人基本情况/身份证号."""
    return header.rpartition("/")[2]
