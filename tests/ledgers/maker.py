"""Makes ledgers as other townships keep them: other words, other places, other ways of writing.

All people and villages are invented. ``make(seed, folder)`` gives a file and what it truly says.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from xinfang_desktop.domain.identity import check_digit

VILLAGES = ("柳溪村", "大塘村", "石桥村", "双井村", "枫树坳村", "河口社区")
NAMES = ("周敏", "刘志远", "何建平", "王桂芳", "欧阳䶮", "陈堃", "𬭊明", "司马喆", "李和平")
TEXTS = (
    "路灯不亮",
    "水渠堵塞无人清理",
    "宅基地审批超过半年没有答复",
    "低保停发要求说明理由",
    "砖厂夜间噪声",
)
CHANNELS = ("来信", "来访", "来电", "网上")

HEADERS: dict[str, tuple[str, ...]] = {
    "no": ("序号", "序 号", "编号", "No."),
    "day": (
        "登记时间",
        "登记日期",
        "信访时间",
        "接访时间",
        "日期",
        "来信来访\n日期",
        "收到日期",
        "受理日期",
    ),
    "name": ("姓名", "信访人", "来信来访人", "信访人姓名", "反映人", "群众姓名", "诉求人"),
    "sex": ("性别",),
    "id": ("身份证号码", "身份证号", "身份证号码（18位）"),
    "address": ("住址", "家庭住址", "地址", "村组", "所在村（社区）", "信访人住址"),
    "phone": ("联系电话", "电话", "联系方式", "手机号码", "联系电话（手机）"),
    "channel": ("信访形式", "信访方式", "信访渠道", "来访方式", "形式"),
    "people": ("人数", "信访人数", "涉及人数", "人次"),
    "first": ("初/重", "初重访", "初访/重访", "初次或重复"),
    "category": ("类别", "问题类别", "内容分类", "诉求类别"),
    "text": (
        "反映的主要问题",
        "反映内容",
        "信访事项",
        "信访诉求",
        "主要问题",
        "事由",
        "来访事由及诉求",
        "内容摘要",
    ),
    "unit": ("承办单位", "责任单位", "交办单位", "承办部门"),
    "notice": ("告知时间", "受理告知日期", "程序性告知时间"),
    "answered": ("答复时间", "办结时间", "答复日期", "书面答复时间", "回复日期"),
    "result": ("办理情况", "处理结果", "办理结果", "落实情况"),
    "label": ("稳控责任人", "是否重点人员", "政治面貌", "民族", "是否扬言"),
    "remark": ("备注", "备 注"),
}
_ALWAYS = ("day", "name", "text", "channel")
_PERSON = ("name", "sex", "id", "address", "phone")


@dataclass(frozen=True)
class Truth:
    """What one row says."""

    no: int
    day: date
    name: str
    people: int
    phone: str
    id_number: str
    village: str
    place: str
    channel: str
    text: str
    first: bool
    answered: date | None
    notice: date


@dataclass(frozen=True)
class Made:
    """A file with what it truly says; ``fields`` are the columns it has."""

    path: Path
    truths: tuple[Truth, ...]
    fields: tuple[str, ...]
    headers: tuple[str, ...]


Grid = list[list[Any]]
Merge = tuple[int, int, int, int]


def id_number(rng: random.Random) -> str:
    """A well-formed number of nobody."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(22000))
    first = f"430522{born:%Y%m%d}{rng.randrange(1, 999):03}"
    return first + check_digit(first)


def truths(rng: random.Random, count: int, year: int) -> tuple[Truth, ...]:
    days = sorted(date(year, 1, 2) + timedelta(days=rng.randrange(300)) for _ in range(count))
    made = []
    for no, day in enumerate(days, 1):
        answered = day + timedelta(days=rng.randrange(1, 40))
        made.append(
            Truth(
                no=no,
                day=day,
                name=rng.choice(NAMES),
                people=rng.choice((1, 1, 1, 2, 7, 12)),
                phone=f"1{rng.choice('3578')}{rng.randrange(10**8, 10**9)}",
                id_number=id_number(rng),
                village=rng.choice(VILLAGES),
                place=f"{rng.randrange(1, 12)}组",
                channel=rng.choice(CHANNELS),
                text=rng.choice(TEXTS),
                first=rng.random() < 0.7,
                answered=answered if rng.random() < 0.6 else None,
                notice=day + timedelta(days=rng.randrange(0, 10)),
            )
        )
    return tuple(made)


def write_day(rng: random.Random, day: date, *, may_drop_year: bool, as_cells: bool) -> Any:
    """A date in one of the usual ways; a cell of type date where the format has them."""
    ways: list[Any] = [
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日上午",
        f"{day:%Y-%m-%d} 09:30",
    ]
    if may_drop_year:
        ways += [f"{day.month}月{day.day}日", f"{day.month}.{day.day}"]
    if as_cells:
        ways += [
            day,
            datetime(day.year, day.month, day.day, 9, 30),  # noqa: DTZ001 - cells have no zone
            (day - date(1899, 12, 30)).days,
        ]
        ways += [int(f"{day:%Y%m%d}")]
    return rng.choice(ways)


def _cell(rng: random.Random, field: str, t: Truth, *, kind: str, grouped: bool) -> Any:
    cells = kind != "csv"
    match field:
        case "no":
            return t.no
        case "day":
            return write_day(rng, t.day, may_drop_year=True, as_cells=cells)
        case "name":
            spaced = (
                f"{t.name[0]}　{t.name[1]}" if len(t.name) == 2 and rng.random() < 0.3 else t.name
            )
            return f"{t.name}等{t.people}人" if t.people > 1 and grouped else spaced
        case "phone":
            ways = [t.phone, f"{t.phone[:3]}-{t.phone[3:7]}-{t.phone[7:]}", f"{t.phone}.0"]
            return rng.choice([*ways, float(t.phone)] if cells else ways)
        case "address":
            return rng.choice(("", "青石镇")) + t.village + t.place
        case "channel":
            return {"来访": rng.choice(("来访", "走访", "上访")), "网上": rng.choice(("网上信访", "网络"))}.get(t.channel, t.channel)  # fmt: skip
        case "people":
            return t.people if cells else f"{t.people}人"
        case "first":
            return (
                rng.choice(("初", "初访", "初次"))
                if t.first
                else rng.choice(("重", "重复", "重访"))
            )
        case "answered":
            return write_day(rng, t.answered, may_drop_year=False, as_cells=cells) if t.answered else ""  # fmt: skip
        case "notice":
            return write_day(rng, t.notice, may_drop_year=True, as_cells=cells)
        case _:
            return {
                "sex": "女",
                "id": t.id_number,
                "category": "城乡建设",
                "text": t.text,
                "unit": "农业办",
                "result": "已答复" if t.answered else "办理中",
                "label": "张某",
                "remark": "",
            }[field]


def _fields(rng: random.Random) -> tuple[str, ...]:
    chosen = [f for f in HEADERS if f in _ALWAYS or rng.random() < 0.7]
    person = [f for f in chosen if f in _PERSON]
    rest = [f for f in chosen if f not in _PERSON and f != "no"]
    rng.shuffle(rest)
    at = rng.randrange(len(rest) + 1)
    return (*(["no"] if "no" in chosen else []), *rest[:at], *person, *rest[at:])


def make_grid(rng: random.Random, kind: str, year: int) -> tuple[Grid, list[Merge], tuple[Truth, ...], tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """A sheet's cells and merged areas, its truths, fields and headers."""
    fields = _fields(rng)
    headers = tuple(rng.choice(HEADERS[f]) for f in fields)
    width = len(fields)
    rows = truths(rng, rng.randrange(4, 25), year)
    grid: Grid = [[""] * width for _ in range(rng.choice((0, 0, 1, 2)))]
    merges: list[Merge] = []
    grid.append([f"青石镇{year}年群众信访登记台账"] + [""] * (width - 1))
    merges.append((len(grid) - 1, 0, len(grid) - 1, width - 1))
    if rng.random() < 0.6:
        line = ["填报单位：青石镇信访办"] + [""] * (width - 1)
        line[-1] = f"填报时间：{year}年12月31日"
        grid.append(line)
    if rng.random() < 0.3:
        grid.append([""] * width)
    grid_head = len(grid)
    person = [i for i, f in enumerate(fields) if f in _PERSON]
    if len(person) > 1 and rng.random() < 0.5:
        top = [*headers]
        for i in person:
            top[i] = "信访人基本情况" if i == person[0] else ""
        lower = [headers[i] if i in person else "" for i in range(width)]
        grid += [top, lower]
        merges.append((grid_head, person[0], grid_head, person[-1]))
        merges += [(grid_head, i, grid_head + 1, i) for i in range(width) if i not in person]
    else:
        grid.append([*headers])
    head = grid[grid_head:]
    grouped = rng.random() < 0.5 or "people" not in fields
    for t in rows:
        if rng.random() < 0.08:
            grid.append([""] * width)
        if rng.random() < 0.04:
            grid += [[*line] for line in head]
        grid.append([_cell(rng, f, t, kind=kind, grouped=grouped) for f in fields])
    if "no" in fields:
        grid += [[rows[-1].no + n, *[""] * (width - 1)] for n in range(1, rng.choice((1, 4)))]
    if rng.random() < 0.5:
        grid.append(["合 计", *[""] * (width - 2), len(rows)])
    if rng.random() < 0.5:
        grid.append(["填表人：周敏", *[""] * (width - 2), "审核人：何建平"])
    return grid, merges, rows, fields, headers


def make(seed: int, kind: str, folder: Path) -> Made:
    """A ledger of matters in a layout of its own; ``kind`` is xlsx, ods, or csv."""
    rng = random.Random(f"{seed}{kind}")
    year = rng.choice((2024, 2025))
    grid, merges, rows, fields, headers = make_grid(rng, kind, year)
    path = folder / f"台账{seed}.{kind}"
    if kind == "csv":
        write_csv(path, grid, rng.choice(("utf-8-sig", "utf-8", "gb18030")), rng.choice(",;\t"))
    elif kind == "ods":
        write_ods(path, {"Sheet1": (grid, merges)})
    else:
        write_xlsx(path, {"Sheet1": (grid, merges)}, empty_below=rng.choice((0, 500)))
    return Made(path, rows, fields, headers)


def write_csv(path: Path, grid: Grid, encoding: str, delimiter: str = ",") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(grid)


def write_xlsx(
    path: Path, sheets: dict[str, tuple[Grid, Sequence[Merge]]], *, empty_below: int = 0
) -> None:
    """Sheets by name; ``empty_below`` rows of coloured empty cells stand under the data."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, (grid, merges) in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(grid, 1):
            for c, value in enumerate(row, 1):
                if value not in ("", None):
                    cell = sheet.cell(r, c, value)
                    if isinstance(value, str):
                        cell.data_type = "s"  # also where it starts like a formula
        for top, left, bottom, right in merges:
            sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
        for r in range(len(grid) + 1, len(grid) + 1 + empty_below):
            sheet.cell(r, 1).fill = PatternFill("solid", fgColor="FFFFFF")
    book.save(path)


def write_ods(path: Path, sheets: dict[str, tuple[Grid, Sequence[Merge]]]) -> None:
    """As OpenOffice writes it: merged areas with covered cells, a million empty rows below."""
    document = OpenDocumentSpreadsheet()
    for name, (grid, merges) in sheets.items():
        starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}  # fmt: skip
        covered = {
            (r, c)
            for top, left, bottom, right in merges
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        } - starts.keys()
        table = Table(name=name)
        for r, row in enumerate(grid):
            line = TableRow()
            for c, value in enumerate(row):
                line.addElement(CoveredTableCell() if (r, c) in covered else _ods_cell(value, starts.get((r, c))))  # fmt: skip
            table.addElement(line)
        below = TableRow(numberrowsrepeated=1_040_000)
        below.addElement(TableCell(numbercolumnsrepeated=1024))
        table.addElement(below)
        document.spreadsheet.addElement(table)
    document.save(path)


def _ods_cell(value: Any, spans: tuple[int, int] | None) -> TableCell:
    kind: dict[str, Any] = {}
    if isinstance(value, date):
        kind = {"valuetype": "date", "datevalue": value.isoformat()}
    elif isinstance(value, int | float):
        kind = {"valuetype": "float", "value": value}
    elif value:
        kind = {"valuetype": "string"}
    if spans:
        kind |= {"numberrowsspanned": spans[0], "numbercolumnsspanned": spans[1]}
    cell = TableCell(**kind)
    if value not in ("", None):
        cell.addElement(P(text=str(value)))
    return cell
