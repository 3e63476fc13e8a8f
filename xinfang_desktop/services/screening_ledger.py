"""矛盾纠纷排查台账 of a period (P02): drawn as PDF, or written as a workbook; people stay masked."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from ..domain.errors import RuleViolation
from ..domain.periods import Period, parse_period
from ..ledgers.table_out import OutColumn, TableOut, Value, write_table
from ..printing.ledger_pdf import LedgerColumn, LedgerSheet, write_ledger
from ..store.atomic import disk_problems_in_words, replacing
from .desk import Desk, use_case
from .dispute_views import DisputeRow
from .disputes import DisputeQuery, dispute_page
from .outputs import check_output
from .paperwork import printer_of
from .round_duties import village_in_sight
from .rounds import DEFAULT_SERIES, screening_status

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LedgerMade:
    """A ledger that was written: its rows, pages (0 for a workbook), what to know about fonts."""

    rows: int
    pages: int
    warnings: tuple[str, ...]
    out: Path


@dataclass(frozen=True, slots=True)
class _Column:
    """One column in both forms: what a row says, its share of the paper, its kind in a workbook."""

    title: str
    said: Callable[[DisputeRow], str | int | date | None]
    share: float
    kind: str = "text"
    width: float = 12
    align: str = "left"


_COLUMNS: tuple[_Column, ...] = (
    _Column("排查日期", lambda r: r.found_on, 2.3, "date", 12, "centre"),
    _Column("村（社区）", lambda r: r.village, 2.7, width=14),
    _Column("纠纷简述", lambda r: r.summary, 5.8, width=40),
    _Column("当事人", lambda r: "、".join(r.parties), 2.5, width=18),
    _Column("人数", lambda r: r.people or None, 1.4, "number", 7, "centre"),
    _Column("类别", lambda r: r.category_name, 2.1, width=14),
    _Column("级别", lambda r: r.grade, 1.3, width=8, align="centre"),
    _Column("包案领导", lambda r: r.leader, 2.2, width=11, align="centre"),
    _Column("责任单位", lambda r: r.unit, 2.4, width=16),
    _Column("责任人", lambda r: r.person, 1.8, width=10, align="centre"),
    _Column("化解时限", lambda r: r.due, 2.3, "date", 12, "centre"),
    _Column("进展", lambda r: r.state_name, 2.0, width=14, align="centre"),
    _Column("化解情况", lambda r: r.result, 3.6, width=34),
)


@use_case("read_screening")
def screening_ledger(
    desk: Desk,
    period: str,
    out: Path,
    village: str = "",
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> LedgerMade | None:
    """Write the ledger of a period, as PDF or xlsx by the name of ``out``.

    None where it was cancelled: then no file was left. Who may see one village only gets its rows.
    """
    writers = {".pdf": _pdf, ".xlsx": _xlsx}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise RuleViolation(
            "unknown_suffix", "台账只能存成 PDF 或 xlsx。", mend="文件名请以 .pdf 或 .xlsx 结尾。",
            field="out",
        )  # fmt: skip
    check_output(desk.home, out)
    asked = parse_period(period)
    rows = dispute_page(desk, DisputeQuery(period=asked.text, village=village)).rows
    rows = tuple(row for row in reversed(rows) if row.state != "void")
    told = _Told(desk, asked, village, rows)
    buffer = io.BytesIO()
    made = write(told, buffer, progress, cancelled)
    if made is None:
        return None
    with disk_problems_in_words(out.name):
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out) as file:
            file.write(buffer.getbuffer())
    desk.look("export", case="", ledger=asked.text, rows=len(rows))
    pages, warnings = made
    return LedgerMade(len(rows), pages, warnings, out)


class _Told:
    """What stands around the rows: title, unit, who has reported, signatures."""

    def __init__(
        self, desk: Desk, period: Period, village: str, rows: tuple[DisputeRow, ...]
    ) -> None:
        self.desk, self.period, self.rows = desk, period, rows
        self.village = ""
        if village or desk.village is not None:
            with desk.reading() as conn:
                self.village = village_in_sight(desk, conn, village).name if village else ""
        self.title = "矛盾纠纷排查台账"
        self.organ = f"填报单位：{self.village or desk.office.name}"
        self.words = f"排查期间：{period.words}"
        self.empty = "本期没有新发现的矛盾纠纷（零报告）。"
        self.signatures = ("填报人", "审核人", "单位负责人")

    def notes(self) -> tuple[str, ...]:
        """Who filed a zero return, who filed none; only where the period is one of a round."""
        if self.village or self.period.span not in DEFAULT_SERIES or self.desk.village is not None:
            return ()
        status = screening_status(self.desk, self.period.text)
        said = []
        if status.zero:
            said.append(f"零报告：{'、'.join(status.zero)}。")
        if status.missing:
            said.append(f"未报：{'、'.join(status.missing)}。")
        return tuple(said)


def _pdf(
    told: _Told, out: BinaryIO, progress: Progress, cancelled: Callable[[], bool]
) -> tuple[int, tuple[str, ...]] | None:
    now = told.desk.now()
    total = len(told.rows)
    sheet = LedgerSheet(
        title=told.title, organ=told.organ, period=told.words,
        columns=(
            LedgerColumn("序号", 1.4, "centre", fits=str(max(total, 100))),
            *(
                LedgerColumn(
                    c.title, c.share, c.align,  # type: ignore[arg-type]
                    fits="2026-12-30" if c.kind == "date" else "",
                )
                for c in _COLUMNS
            ),
        ),
        empty=told.empty, notes=told.notes(), signatures=told.signatures,
        printed_at=f"{now.year}年{now.month}月{now.day}日 {now.hour}:{now.minute:02d}",
        practice=told.desk.practice,
    )  # fmt: skip
    drawn = write_ledger(
        printer_of(told.desk).fonts, sheet, _texts(told.rows), total, out,
        progress=progress, cancelled=cancelled,
    )  # fmt: skip
    return None if drawn is None else (drawn.pages, drawn.warnings)


def _texts(rows: tuple[DisputeRow, ...]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, 1):
        said = (column.said(row) for column in _COLUMNS)
        yield (str(number), *("" if value is None else str(value) for value in said))


def _xlsx(
    told: _Told, out: BinaryIO, progress: Progress, cancelled: Callable[[], bool]
) -> tuple[int, tuple[str, ...]] | None:
    total = len(told.rows)

    def lines() -> Iterator[tuple[Value, ...]]:
        for number, row in enumerate(told.rows, 1):
            if number % 200 == 1:
                progress(number - 1, total)
                if cancelled():
                    raise _CancelledError
            yield (number, row.number, *(column.said(row) for column in _COLUMNS))

    table = TableOut(
        title=f"{told.title}（{told.period.words}）", sheet=told.period.words,
        subtitle=(told.organ,), rows=lines(),
        columns=(
            OutColumn("序号", "number", 6), OutColumn("纠纷编号", "id", 28),
            *(OutColumn(c.title, c.kind, c.width) for c in _COLUMNS),  # type: ignore[arg-type]
        ),
        footer=(
            *(() if told.rows else (told.empty,)), *told.notes(),
            "　　".join(f"{label}：" for label in told.signatures),
        ),
    )  # fmt: skip
    try:
        write_table(out, table)
    except _CancelledError:
        return None
    progress(total, total)
    return 0, ()


class _CancelledError(Exception):
    """Leaves the writing of a workbook."""
