"""设置里的节假日和存证: the calendar of a year, what a new notice moves, and the proofs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xinfang_desktop.domain.clocks import spoken
from xinfang_desktop.domain.duty import KINDS
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import calendars, exchange_door, exchange_papers, safekeeping
from xinfang_desktop.services.calendars import CalendarImported, YearView
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duty_rows import short_number
from xinfang_desktop.services.exchange_papers import PaperChecked
from xinfang_desktop.store.verify import LogReport, RebuildReport

from .jobs import RunJob
from .running import Run

Failed = Callable[[XinfangError], None]
_WEEK = "一二三四五六日"
_FIRST_YEAR = 2004


@dataclass(frozen=True, slots=True)
class DayLine:
    """One special day of a year: 10月1日 周四 · 休 · 国庆节."""

    day: date
    words: str
    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A due date that moved because the calendar changed."""

    number: str
    what: str
    old: str
    new: str


class CalendarPresenter:
    """One year's rest days and make-up days, and taking in a new notice."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.year = desk.today.year
        self.view: YearView | None = None
        self.imported: CalendarImported | None = None

    def years(self) -> tuple[int, ...]:
        """Years to choose from, next year included."""
        return tuple(range(self.desk.today.year + 1, _FIRST_YEAR - 1, -1))

    def show(self, year: int, done: Callable[[], None]) -> None:
        """Another year."""
        self.year = year

        def came(view: YearView) -> None:
            if view.year == self.year:
                self.view = view
                done()

        self._run(lambda: calendars.office_year(self.desk, year), came)

    def sentence(self) -> str:
        """Whether the year is published, and in which document."""
        if self.view is None:
            return ""
        if self.view.published:
            return f"{self.view.year} 年放假安排：{self.view.document or '已导入，没有写文号'}"
        return f"{self.view.year} 年放假安排还没有导入，只知道法定节假日，到期日标“暂定”。"

    def days(self) -> tuple[DayLine, ...]:
        """The special days of the year in order."""
        return tuple(
            DayLine(
                day.date, f"{spoken(day.date)} 周{_WEEK[day.date.weekday()]}",
                "班" if day.type == "work" else "休", day.name,
            )
            for day in (self.view.days if self.view else ())
        )  # fmt: skip

    def take_in(
        self, path: Path, done: Callable[[], None], failed: Failed, *, document: str = ""
    ) -> None:
        """Import a notice; every due date is computed anew. ``document`` is its 文号 where the
        file has no column for it.
        """

        def came(imported: CalendarImported) -> None:
            self.imported, self.year = imported, imported.year
            done()

        self._run(
            lambda: calendars.import_calendar(self.desk, path, document), came, failed,
            label="正在导入放假安排，重算期限",
        )  # fmt: skip

    def moved(self) -> tuple[MovedLine, ...]:
        """The dates that moved by the last import."""
        return tuple(
            MovedLine(
                short_number(change.number), KINDS[change.kind].title if change.kind in KINDS
                else change.kind, change.old.isoformat(), change.new.isoformat(),
            )
            for change in (self.imported.changed if self.imported else ())
        )  # fmt: skip

    def moved_sentence(self) -> str:
        """How many dates moved by the last import."""
        if self.imported is None:
            return ""
        count = len(self.imported.changed)
        moved = f"{count} 个期限变了，列在下面。" if count else "没有期限因此变动。"
        return f"已导入 {self.imported.year} 年放假安排，{moved}"


class ProofPresenter:
    """Proofs for an inspector: the log's chain, the tables against the log, a paper against it."""

    def __init__(self, desk: Desk, job: RunJob) -> None:
        self.desk, self._job = desk, job
        self.log: LogReport | None = None
        self.rebuild: RebuildReport | None = None
        self.paper: PaperChecked | None = None

    def verify(self, done: Callable[[], None], failed: Failed) -> object:
        """Check the whole log."""

        def came(report: LogReport) -> None:
            self.log = report
            done()

        return self._job(
            lambda _talk: safekeeping.verify_log(self.desk), came, failed, label="正在核对日志"
        )

    def check(self, done: Callable[[], None], failed: Failed) -> object:
        """Replay the log and compare."""

        def came(report: RebuildReport) -> None:
            self.rebuild = report
            done()

        return self._job(
            lambda _talk: safekeeping.rebuild_check(self.desk), came, failed,
            label="正在从日志重建并比对",
        )  # fmt: skip

    def why_no_paper(self) -> str:
        """Why no proof is printed or compared for this account, besides the right itself."""
        if exchange_door.offered(self.desk):
            return ""
        return "整个单位的存证由信访专干打印和核对。"

    def print_proof(self, done: Callable[[bytes], None], failed: Failed) -> object:
        """The newest hash of every chain on a sheet, once the log was found whole."""
        return self._job(
            lambda _talk: exchange_papers.proof_paper(self.desk).pdf, done, failed,
            label="正在制作存证",
        )  # fmt: skip

    def check_paper(self, text: str, done: Callable[[], None], failed: Failed) -> object:
        """Whether what stands on a paper is in the log."""
        self.paper = None

        def came(checked: PaperChecked) -> None:
            self.paper = checked
            done()

        return self._job(
            lambda _talk: exchange_papers.check_paper(self.desk, text), came, failed,
            label="正在核对存证纸",
        )  # fmt: skip

    def paper_sentence(self) -> tuple[str, str]:
        """State and sentences of the paper that was compared."""
        if self.paper is None:
            return "rest", ""
        told = (self.paper.sentence, *self.paper.lines)
        return "done" if self.paper.found else "late", "\n".join(told)

    def log_sentence(self) -> tuple[str, str]:
        """State and sentence of the first proof."""
        if self.log is None:
            return "rest", "还没有核对。"
        if self.log.ok:
            return "done", f"日志完整：{self.log.entries} 条，链和校验都对。"
        return "late", f"日志不完整，最先不对的一条：{self.log.first_bad}。请停用并联系维护人员。"

    def rebuild_sentence(self) -> tuple[str, str]:
        """State and sentence of the second proof."""
        if self.rebuild is None:
            return "rest", "还没有比对。"
        if self.rebuild.ok:
            return "done", "从日志重建的数据和现在的数据一致。"
        return (
            "late",
            f"有 {len(self.rebuild.differences)} 处不一致：{'、'.join(self.rebuild.differences[:5])}",
        )
