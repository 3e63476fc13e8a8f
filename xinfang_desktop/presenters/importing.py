"""导入台账: a dry run first, every problem by row and column, then the import as one undoable step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.ledgers.mapping import DROP, KEEP, LEFT_OUT, OTHER_LABELS, Column
from xinfang_desktop.ledgers.words import field_labels, field_words
from xinfang_desktop.services import importing
from xinfang_desktop.services.desk import Changes, Desk
from xinfang_desktop.services.importing import BatchRow, ImportLedger, ImportReport

from .choices import Option, spellings
from .jobs import RunJob, Talk
from .running import Run

Failed = Callable[[XinfangError], None]
SUFFIXES = ("xlsx", "xls", "ods", "csv")
KIND_WORDS = {"matters": "信访登记台账", "disputes": "矛盾纠纷台账"}


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
    """One column of the ledger and what it is taken for.

    ``field`` is a field, ``keep`` or ``drop``. ``why`` says why nothing of it may be kept,
    whatever somebody chooses; ``sheets`` where it stands, when not in all.
    """

    key: str
    header: str
    field: str
    word: str
    why: str = ""
    sheets: str = ""


@dataclass
class _Told:
    """What a person said about the file: its kind, its columns, the 信访形式 of all rows."""

    kind: str = ""
    channel: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    fresh: bool = False
    by_hand: bool = False

    @property
    def anything(self) -> bool:
        return bool(self.kind or self.channel or self.columns or self.fresh)


class ImportPresenter:
    """One file on its way in."""

    def __init__(self, desk: Desk, run: Run, job: RunJob) -> None:
        self.desk, self._run, self._job = desk, run, job
        self.path: Path | None = None
        self.report: ImportReport | None = None
        self.batch = ""
        self.unknown_head = False
        self._told = _Told()
        self._looks = 0

    @property
    def channel(self) -> str:
        """The code of the 信访形式 that was said, now or before, for rows that do not say it."""
        said = self._told.channel or (self.report.channel if self.report else "")
        entry = self.desk.shipped.codes["channel"].find(said) if said else None
        return entry.code if entry else said

    def look(self, path: Path, done: Callable[[], None], failed: Failed) -> object:
        """Read the file and say what would happen; nothing is written."""
        self.path, self._told = path, _Told()
        return self._look(done, failed)

    def say_channel(self, channel: str, done: Callable[[], None], failed: Failed) -> object:
        """Read it again with the answer to the question of ``asks_channel``."""
        self._told.channel = channel
        return self._look(done, failed)

    def assign(self, key: str, chosen: str, done: Callable[[], None], failed: Failed) -> object:
        """Read it again with this column (its ``key``) taken for a field, ``keep`` or ``drop``."""
        self._told.columns.pop(key, None)  # the newest choice comes last and wins
        self._told.columns[key] = chosen
        return self._look(done, failed)

    def switch(self, kind: str, done: Callable[[], None], failed: Failed) -> object:
        """Read it again as ``matters`` or ``disputes``; columns are understood anew."""
        self._told.kind, self._told.columns = kind, {}
        return self._look(done, failed)

    def afresh(self, done: Callable[[], None], failed: Failed) -> object:
        """Read it again without what is remembered for such a head."""
        self._told = _Told(fresh=True)
        return self._look(done, failed)

    def by_hand(self, done: Callable[[], None], failed: Failed) -> object:
        """Read it although no word of its head is known; a person will say what they mean."""
        self._told.by_hand = True
        return self._look(done, failed)

    def _look(self, done: Callable[[], None], failed: Failed) -> object:
        self.report, self.batch, self.unknown_head = None, "", False
        self._looks += 1
        mine = self._looks

        def came(report: ImportReport) -> None:
            if mine == self._looks:  # else something else was said meanwhile
                self.report = report
                done()

        def refused(error: XinfangError) -> None:
            if mine == self._looks:
                self.unknown_head = error.code == "no_header"
                failed(error)

        return self._import(self._asked(dry_run=True), came, refused, "正在读台账")

    def bring_in(self, done: Callable[[], None], failed: Failed) -> object:
        """Import what the dry run showed; all or nothing. What was said is remembered."""

        def came(report: ImportReport) -> None:
            self.report, self.batch = report, report.batch
            done()

        asked = self._asked(remember=self._told.anything)
        return self._import(asked, came, failed, "正在导入台账")

    def error_workbook(self, out: Path, done: Callable[[], None], failed: Failed) -> object:
        """The sheet in its own layout with the wrong cells marked."""
        asked = self._asked(dry_run=True, errors=out)
        return self._import(asked, lambda _report: done(), failed, "正在写错误清单")

    def _asked(self, **how: Any) -> ImportLedger:
        assert self.path is not None
        told = self._told
        return ImportLedger(
            self.path, kind=told.kind, channel=told.channel, columns=dict(told.columns),
            fresh=told.fresh, by_hand=told.by_hand, **how,
        )  # fmt: skip

    def _import(
        self, asked: ImportLedger, came: Callable[[ImportReport], None], failed: Failed, label: str
    ) -> object:
        def work(talk: Talk) -> ImportReport:
            report = importing.import_ledger(self.desk, asked, talk.progress, talk.cancelled)
            _fields(report.kind)  # here, where nobody waits: pinyin takes a moment to load
            return report

        return self._job(work, came, failed, label=label)

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
        """``matters`` or ``disputes``; empty before a file was read."""
        return self.report.kind if self.report else ""

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
        return f"{KIND_WORDS[report.kind]}，{report.rows} 行：{done}{known}{wrong}。"

    def remarks(self) -> tuple[str, ...]:
        """Columns that are not taken or not understood, villages that are new, 零报告."""
        report = self.report
        if report is None:
            return ()
        told = []
        columns = self.columns()
        refused = [line.header for line in columns if line.why]
        if refused:
            told.append(f"不导入的列：{'、'.join(refused)}（本程序不记这类内容）。")
        kept = [line.header for line in columns if line.field == KEEP]
        if kept and not self.batch:
            told.append(f"原样保存的列：{'、'.join(kept)}；要当作别的，在“列的对应”里选。")
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

    def remembered(self) -> bool:
        """Whether the columns are read as somebody said before for a ledger with this head."""
        return self.report is not None and self.report.remembered

    def nothing_fits(self) -> bool:
        """Whether rows were found and none can be imported: the columns are to be looked at."""
        report = self.report
        return (
            report is not None
            and bool(report.rows)
            and not (report.imported or report.skipped_known or report.zero_reports)
        )

    def columns(self) -> tuple[ColumnLine, ...]:
        """Every column once, in the order of the tables; what is not known is kept as written."""
        tables = self.report.tables if self.report else ()
        first: dict[str, Column] = {}
        sheets: dict[str, list[str]] = {}
        for table in tables:
            for column in table.columns:
                first.setdefault(column.key, column)
                sheets.setdefault(column.key, []).append(table.sheet)
        every = {table.sheet for table in tables}
        words = field_labels() | OTHER_LABELS
        lines = []
        for key, column in first.items():
            chosen = DROP if column.dropped else column.field or KEEP
            where = "" if set(sheets[key]) == every else "、".join(dict.fromkeys(sheets[key]))
            why = column.dropped if column.dropped != LEFT_OUT else ""
            lines.append(ColumnLine(key, column.header, chosen, words[chosen], why, where))
        return tuple(lines)

    def fields(self) -> tuple[Option, ...]:
        """What a column may be taken for in a ledger of this kind."""
        return _fields(self.kind())


@cache
def _fields(kind: str) -> tuple[Option, ...]:
    known = [(f.name, f.label) for f in field_words() if kind in f.kinds]
    return tuple(Option(n, word, spellings(word)) for n, word in (*known, *OTHER_LABELS.items()))


def _leaf(header: str) -> str:
    """身份证号 of 信访人基本情况/身份证号."""
    return header.rpartition("/")[2]
