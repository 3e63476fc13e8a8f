"""``xinfang screening``: rounds of screening (排查), the villages' returns, who has not reported."""

from __future__ import annotations

from pathlib import Path

from ..domain.screening import SERIES_WORDS, RoundKey
from ..services.return_forms import make_return_form
from ..services.returns import file_return, return_sheet
from ..services.round_papers import Line, round_statistics
from ..services.rounds import (
    OpenRound,
    open_round,
    remind_village,
    round_key,
    screening_grid,
    screening_status,
)
from ..services.screening_ledger import screening_ledger
from .answers import table
from .parsing import count, day
from .reading import read_object
from .words import Answer, Call, Verb, argument


def open_(call: Call) -> Answer:
    """Open a round: each village owes a return by its day."""
    options = call.options
    asked = OpenRound(
        series=options.kind, period=options.period, theme=options.theme, due=options.due,
        villages=tuple(options.village or ()), note=options.note,
    )  # fmt: skip
    with call.desk() as desk:
        made = open_round(desk, asked)
    data = {**_key(made.key), "words": made.words, "due": made.due, "villages": made.villages}
    return Answer(
        data, [f"已开：{made.words}，{made.due} 前报，{len(made.villages)} 个村（社区）。"]
    )


def return_(call: Call) -> Answer:
    """File a village's return, zero returns included."""
    options = call.options
    data = read_object(options.file)
    for name in ("period", "kind", "theme"):
        if getattr(options, name):
            data[name] = getattr(options, name)
    with call.desk() as desk:
        filed = file_return(desk, options.village, data)
    answer = {
        **_key(filed.key), "village": filed.village, "zero": filed.zero,
        "filed_on": filed.filed_on, "due": filed.due, "late": filed.late_days > 0,
        "late_days": filed.late_days, "disputes": list(filed.numbers),
        "warnings": list(filed.warnings),
    }  # fmt: skip
    return Answer(answer, [filed.sentence], filed.warnings)


def status(call: Call) -> Answer:
    """Who has reported for a period, and who has not."""
    options = call.options
    with call.desk() as desk:
        found = screening_status(desk, options.period, options.kind, options.theme)
    data = {
        **_key(found.key), "words": found.words, "due": found.due, "opened": found.opened,
        "returned": list(found.returned), "zero": list(found.zero), "late": list(found.late),
        "missing": list(found.missing),
    }  # fmt: skip
    said = [
        f"{found.words}，{found.due} 前报。已报 {len(found.returned)}，"
        f"其中零报告 {len(found.zero)}、迟报 {len(found.late)}；未报 {len(found.missing)}。"
    ]
    if found.missing:
        said.append(f"没有报的：{'、'.join(found.missing)}")
    return Answer(data, said)


def grid(call: Call) -> Answer:
    """Villages and periods of a year at a glance."""
    options = call.options
    with call.desk() as desk:
        found = screening_grid(desk, options.kind, options.year or call.today.year)
    heads = [column.words for column in found.columns]
    data = {
        "series": found.series,
        "year": found.year,
        "columns": [
            {**_key(c.key), "words": c.words, "due": c.due, "filed": c.filed, "asked": c.asked}
            for c in found.columns
        ],
        "villages": [
            {
                "name": name,
                "cells": [
                    {"period": c.key.period, "state": c.state, "found": c.found,
                     "filed_on": c.filed_on, "late_days": c.late_days, "by": c.by}
                    for c in row
                ],
            }
            for name, row in zip(found.villages, found.rows, strict=True)
        ],
    }  # fmt: skip
    lines = table(
        ("村（社区）", *heads),
        [
            (name, *(CELL_WORDS[cell.state].format(cell) for cell in row))
            for name, row in zip(found.villages, found.rows, strict=True)
        ],
    )
    return Answer(data, lines)


CELL_WORDS = {
    "filed": "✓{0.found} 件", "zero": "✓零报告", "late": "◐{0.found} 件，迟 {0.late_days} 天", "waiting": "◆待报",
    "missing": "▲未报", "none": "—", "later": "",
}  # fmt: skip


def sheet(call: Call) -> Answer:
    """What a village has to answer: the round, the open disputes of earlier periods."""
    options = call.options
    with call.desk() as desk:
        named = (options.period, options.kind, options.theme)
        key = round_key(desk, *named) if options.period else None
        found = return_sheet(desk, options.village, key)
    data = {
        **_key(found.key), "village": found.village, "words": found.words, "due": found.due,
        "state": found.state, "filed_on": found.filed_on, "last_time": found.last_time,
        "carried": [
            {"number": d.number, "summary": d.summary, "found_on": d.found_on,
             "state": d.state_name}
            for d in found.carried
        ],
    }  # fmt: skip
    lines = [
        f"{found.village}　{found.words}　{found.due} 前报",
        found.last_time,
        *(f"未了：{d.number} {d.summary}（{d.state_name}）" for d in found.carried),
    ]
    return Answer(data, [line for line in lines if line])


def remind(call: Call) -> Answer:
    """Write down that a village was reminded."""
    options = call.options
    data = {"how": options.how, "note": options.note}
    with call.desk() as desk:
        key = round_key(desk, options.period, options.kind, options.theme)
        remind_village(desk, options.village, key, data)
    return Answer({**_key(key), "village": options.village}, ["已记下提醒。"])


def ledger(call: Call) -> Answer:
    """The ledger of a period as PDF or workbook, people masked."""
    options = call.options
    with call.desk() as desk:
        made = screening_ledger(desk, options.period, options.out, options.village)
    assert made is not None, "nobody could have cancelled"
    data = {"rows": made.rows, "pages": made.pages, "out": made.out, "warnings": made.warnings}
    return Answer(data, [f"已制作：{made.out}，{made.rows} 件。"], made.warnings)


def form(call: Call) -> Answer:
    """The spreadsheet that a village fills in without this program."""
    options = call.options
    with call.desk() as desk:
        named = (options.period, options.kind, options.theme)
        key = round_key(desk, *named) if options.period else None
        out = make_return_form(desk, options.out, options.village, key)
    return Answer({"out": out}, [f"已制作：{out}，请村里填好发回，再用 ledger import 导入。"])


def statistics(call: Call) -> Answer:
    """排查情况统计表: the numbers of a round."""
    options = call.options
    with call.desk() as desk:
        key = round_key(desk, options.period, options.kind, options.theme)
        found = round_statistics(desk, key)
    data = {
        **_key(key),
        "villages": [_line(line) for line in found.villages],
        "total": _line(found.total),
        "types": [
            {"name": name, "found": c.found, "settled": c.settled, "open": c.open,
             "share": share, "rate": c.rate}
            for name, c, share in found.types
        ],
        "unsettled": [{"number": d.number, "summary": d.summary} for d in found.unsettled],
    }  # fmt: skip
    lines = table(
        (
            "村（社区）",
            "应报",
            "已报",
            "零报告",
            "迟报",
            "未报",
            "排查",
            "已化解",
            "未化解",
            "化解率",
        ),
        [tuple(_line(line).values()) for line in (*found.villages, found.total)],
    )
    return Answer(data, lines)


def _line(line: Line) -> dict[str, object]:
    returns, disputes = line.returns, line.disputes
    return {
        "name": line.name, "asked": returns.asked, "returned": returns.returned,
        "zero": returns.zero, "late": returns.late, "missing": returns.missing,
        "found": disputes.found, "settled": disputes.settled, "open": disputes.open,
        "rate": disputes.rate,
    }  # fmt: skip


def _key(key: RoundKey) -> dict[str, object]:
    return {"kind": key.series, "period": key.period, "theme": key.theme}


_KIND = argument("--kind", default="", choices=("", *SERIES_WORDS), help="排查种类，不写就按期间")
_THEME = argument("--theme", default="", metavar="T", help="专项排查的主题，例如 欠薪")
_VILLAGE = argument("--village", default="", metavar="V", help="村（社区），联络员不用写")
_PERIOD = argument("period", metavar="PERIOD", help="2026-05、2026-Q2 或 2026-W20")

VERBS = (
    Verb(
        "open",
        "开一轮排查",
        open_,
        (
            argument("--kind", required=True, choices=tuple(SERIES_WORDS), help="排查种类"),
            argument("--period", required=True, metavar="P", help="2026-05、2026-Q2 或 2026-W20"),
            _THEME,
            argument("--due", type=day, metavar="D", help="哪一天前报，不写是期末最后一个工作日"),
            argument("--village", action="append", metavar="V", help="只让这些村报，可写多次"),
            argument("--note", default="", help="说明"),
        ),
    ),
    Verb(
        "return",
        "报送排查情况，零报告也要报",
        return_,
        (
            _VILLAGE,
            argument("--file", type=Path, required=True, metavar="F.json", help="报送的内容"),
            argument("--period", default="", metavar="P", help="期间，不写是正在等报的那一期"),
            _KIND,
            _THEME,
        ),
    ),
    Verb("status", "谁报了，谁没报", status, (_PERIOD, _KIND, _THEME)),
    Verb(
        "grid",
        "各村各期一览",
        grid,
        (
            argument("--kind", default="monthly", choices=tuple(SERIES_WORDS), help="排查种类"),
            argument("--year", type=count, help="年份，不写是今年"),
        ),
    ),
    Verb(
        "sheet",
        "一个村这一期要报什么",
        sheet,
        (_VILLAGE, argument("--period", default="", metavar="P", help="期间"), _KIND, _THEME),
    ),
    Verb(
        "ledger",
        "一个期间的排查台账（PDF 或 xlsx）",
        ledger,
        (
            _PERIOD,
            argument("--out", type=Path, required=True, metavar="F.pdf|F.xlsx", help="写到哪里"),
            _VILLAGE,
        ),
    ),
    Verb(
        "form",
        "给村里填的报送表（xlsx）",
        form,
        (
            argument("--out", type=Path, required=True, metavar="F.xlsx", help="写到哪里"),
            _VILLAGE,
            argument("--period", default="", metavar="P", help="期间，不写是正在等报的那一期"),
            _KIND,
            _THEME,
        ),
    ),
    Verb("statistics", "排查情况统计", statistics, (_PERIOD, _KIND, _THEME)),
    Verb(
        "remind",
        "记下提醒过哪个村",
        remind,
        (
            _PERIOD,
            argument("--village", required=True, metavar="V", help="村（社区）"),
            argument("--how", required=True, metavar="HOW", help="电话、短信、上门或会上"),
            argument("--note", default="", help="对方怎么说"),
            _KIND,
            _THEME,
        ),
    ),
)
