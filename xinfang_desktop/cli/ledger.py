"""``xinfang ledger``: an office's own spreadsheets (台账), taken in as history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..services.importing import (
    ImportLedger,
    ImportReport,
    batches,
    import_ledger,
    undo_import,
)
from .answers import table
from .reading import read_object
from .words import DONE, NOTHING_NEW, Answer, Call, Verb, argument

KINDS = ("matters", "disputes")


def take_in(call: Call) -> Answer:
    """Read a ledger and write what is new in it; a dry run only reports."""
    options = call.options
    asked = ImportLedger(
        path=options.file,
        kind=options.kind or "",
        profile=options.profile,
        channel=options.channel,
        columns=read_object(options.map) if options.map else {},
        by_hand=options.map is not None,
        remember=options.map is not None,
        dry_run=options.dry_run,
        errors=options.errors,
    )
    with call.desk() as desk:
        report = import_ledger(desk, asked)
    nothing = not options.dry_run and not report.batch
    seen_before = nothing and (report.skipped_known > 0 or not report.problems)
    return Answer(
        _report(report, options.dry_run),
        table(
            ("行", "序号", "列", "栏目", "原样", "问题"),
            [(p.row, p.no, p.column, p.header or p.field, p.value, p.why) for p in report.problems],
        )
        if report.problems
        else (),
        _remarks(report, options.dry_run, seen_before=seen_before),
        status=NOTHING_NEW if seen_before else DONE,
    )


def show_batches(call: Call) -> Answer:
    """Every import, newest first."""
    with call.desk() as desk:
        found = batches(desk)
    data = [
        {
            "batch": row.id,
            "file": row.file,
            "imported": row.imported,
            "at": row.at,
            "by": row.by,
            "undone": row.undone,
        }
        for row in found
    ]
    lines = table(
        ("批次", "文件", "件数", "时间", "谁", "已撤销"),
        [(row.id, row.file, row.imported, row.at, row.by, row.undone) for row in found],
    )
    return Answer({"batches": data}, lines)


def undo(call: Call) -> Answer:
    """Void everything one import brought; refused where somebody has worked on it since."""
    with call.desk() as desk:
        undo_import(desk, call.options.batch)
    return Answer({"batch": call.options.batch, "undone": True}, ("这次导入已撤销。",))


def _report(report: ImportReport, dry_run: bool) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "dry_run": dry_run,
        "rows": report.rows,
        "imported": report.imported,
        "skipped_known": report.skipped_known,
        "problems": [
            {
                "sheet": p.sheet,
                "row": p.row,
                "no": p.no,
                "column": p.column,
                "header": p.header,
                "field": p.field,
                "value": p.value,
                "code": p.code,
                "why": p.why,
            }
            for p in report.problems
        ],
        "zero_reports": [
            {"village": z.village, "period": z.period, "row": z.row} for z in report.zero_reports
        ],
        "dropped_columns": list(report.dropped_columns),
        "created_villages": list(report.created_villages),
        "mapping": {**report.mapping, "remembered": report.remembered},
        "batch": report.batch,
    }


def _remarks(report: ImportReport, dry_run: bool, *, seen_before: bool) -> list[str]:
    if seen_before:
        known = f"{report.skipped_known} 行以前都导入过" if report.skipped_known else "没有一行记录"
        first = f"没有新内容：{known}。"
    elif not dry_run and not report.batch:
        first = "没有一行能导入，什么也没有写入。"
    else:
        would = "试导：可以导入" if dry_run else "已导入"
        first = f"{would} {report.imported} 件，另有 {report.skipped_known} 行以前导入过。"
    said = [first]
    if report.remembered:
        said.append("列按这种表头上次的对应读取。")
    if report.problems:
        said.append(f"{len(report.problems)} 处需要看一看；加 --errors 可得到标出问题的表。")
    if report.dropped_columns:
        said.append(f"按规定不保存这些列：{'、'.join(report.dropped_columns)}。")
    if report.created_villages:
        said.append(f"新添的村（社区）：{'、'.join(report.created_villages)}，请补代码。")
    return said


VERBS = (
    Verb(
        "import",
        "导入台账（xlsx、xls、ods、csv）",
        take_in,
        (
            argument("file", type=Path, metavar="FILE", help="单位自己的台账"),
            argument("--kind", choices=KINDS, help="信访或矛盾纠纷，不写就由程序判断"),
            argument("--profile", default="", metavar="P", help="导入方案的名字"),
            argument(
                "--map",
                type=Path,
                metavar="F.json",
                help="列名 → 栏目，导入后记住：有 --profile 记在那个名字下，没有就按表头",
            ),
            argument(
                "--channel", default="", metavar="C", help="没写信访形式的行按什么登记，如 来访"
            ),
            argument("--dry-run", action="store_true", help="只试，不写"),
            argument("--errors", type=Path, metavar="OUT.xlsx", help="把有问题的格子标在原表上"),
        ),
    ),
    Verb("batches", "以前的导入", show_batches),
    Verb(
        "undo",
        "撤销一次导入",
        undo,
        (argument("batch", metavar="BATCH", help="批次，见 ledger batches"),),
    ),
)
