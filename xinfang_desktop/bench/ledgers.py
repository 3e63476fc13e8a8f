"""The long ledger against ReportLab's ``LongTable``, which has the same rows to print.

Neither side has it easier: both print the same lines in the same face, size, pitch and columns,
with rules and a repeated head. ``LongTable`` gets its lines ready broken and writes no title, page
numbers or signatures; our side breaks the lines while the time runs.
"""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import BinaryIO, Final

from reportlab.lib.colors import black
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

from ..printing import layout as layouts
from ..printing.cells import Setter
from ..printing.drawing import Paper
from ..printing.fonts import Fonts
from ..printing.layout import MM
from ..printing.ledger_pdf import LedgerColumn, LedgerSheet, write_ledger
from ..printing.ledger_table import Table

ROWS: Final = 10_000

_DAY: Final = "2026-12-30"

SHEET: Final = LedgerSheet(
    title="矛盾纠纷排查台账",
    organ="填报单位：青石镇",
    period="2026年",
    columns=(
        LedgerColumn("序号", 3, "centre", "10000"),
        LedgerColumn("日期", 5, "centre", _DAY),
        LedgerColumn("村", 5),
        LedgerColumn("纠纷", 18),
        LedgerColumn("当事人", 6),
        LedgerColumn("类别", 5, "centre"),
        LedgerColumn("级别", 3, "centre"),
        LedgerColumn("责任单位", 5),
        LedgerColumn("时限", 5, "centre", _DAY),
        LedgerColumn("进展", 11),
    ),
    empty="本期零报告。",
    printed_at="2026年12月31日 17:00",
    signatures=("填报人", "审核人", "单位负责人"),
)

_VILLAGES: Final = ("柳溪村", "大塘村", "石桥村", "双井村", "枫树坳村", "河口社区")
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙"
_GIVEN: Final = "敏芳伟军丽娟强磊洋艳勇杰涛明秀霞平刚桂英"
_CAUSES: Final = (
    ("邻里", "与邻居因屋檐滴水和院墙位置发生争执"),
    ("征地拆迁", "反映征地补偿款至今没有足额到账"),
    ("环境污染", "承包的水田被上游养殖场排水污染"),
    ("劳动争议", "在镇上工地务工，工资拖欠3个月共4.6万元"),
    ("山林土地", "两家因山林界址不清多次口角"),
    ("损害赔偿", "房屋因修路震动出现裂缝，要求鉴定并赔偿"),
    ("婚姻家庭", "婚后财产分割和子女抚养达不成一致"),
    ("物业管理", "安置房漏水，物业公司迟迟不修"),
)
_WISHES: Final = ("要求村里到场丈量", "希望在2026年12月31日前得到书面说明", "涉及7户21人",
                  "已调解2次未达成协议", "双方愿意再谈一次", "要求恢复原状")  # fmt: skip
_GRADES: Final = ("一般", "较大", "复杂")
_UNITS: Final = ("村委会", "司法所", "自然资源所", "人社中心", "综治中心")
_NEWS: Final = ("已约双方见面，定于下周二上门丈量", "化解中，等鉴定意见", "新发现，待核实",
                "已签调解协议，待履行", "已化解，30日后回访")  # fmt: skip


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Invented disputes, each time the same."""
    dice = random.Random(2026)

    def person() -> str:
        return dice.choice(_SURNAMES) + dice.choice(_GIVEN) + dice.choice(_GIVEN)

    for number in range(1, count + 1):
        found = date(2026, 1, 1) + timedelta(days=dice.randrange(330))
        kind, cause = dice.choice(_CAUSES)
        yield (
            str(number), found.isoformat(), dice.choice(_VILLAGES),
            f"{cause}，{dice.choice(_WISHES)}，{person()}在场。", f"{person()}、{person()}",
            kind, dice.choice(_GRADES), dice.choice(_UNITS),
            (found + timedelta(days=30)).isoformat(), dice.choice(_NEWS),
        )  # fmt: skip


class Yardstick:
    """The same rows as ``LongTable`` takes them: strings with the line ends in them."""

    def __init__(self, fonts: Fonts, data: Sequence[Sequence[str]]) -> None:
        """Breaks the lines, before the time runs."""
        paper = Paper(fonts, layouts.load().lying())
        self._numbers = paper.layout["sheet"]
        self._size = [paper.layout["page"][side] * MM for side in ("width", "height")]
        self._style = paper.layout.styles["ledger"]
        self._face, self._bold = (fonts.chain(role)[0] for role in (self._style.role, "hei"))
        rooms = Table(paper, SHEET.columns, 0, 0).rooms
        setter = Setter(paper, self._style, {})
        self._widths = [room + 2 * self._numbers["pad_x"] for room in rooms]
        self._cells = [[column.title for column in SHEET.columns]]
        self._cells += [
            ["\n".join(setter.lines(*cell)) for cell in zip(row, rooms, strict=True)]
            for row in data
        ]  # fmt: skip

    def write(self, out: BinaryIO) -> None:
        """Let ReportLab print them."""
        pad_x, pad_y = self._numbers["pad_x"], self._numbers["pad_y"]
        all_cells = (0, 0), (-1, -1)
        size, leading = self._style.size, self._style.leading
        style = TableStyle([
            ("FONT", *all_cells, self._face.key, size, leading),
            ("FONT", (0, 0), (-1, 0), self._bold.key, size, leading),
            ("GRID", *all_cells, self._numbers["line"], black),
            ("VALIGN", *all_cells, "MIDDLE"),
            ("LEFTPADDING", *all_cells, pad_x),
            ("RIGHTPADDING", *all_cells, pad_x),
            ("TOPPADDING", *all_cells, pad_y),
            ("BOTTOMPADDING", *all_cells, pad_y),
        ])  # fmt: skip
        table = LongTable(self._cells, colWidths=self._widths, repeatRows=1, style=style)
        margins = {f"{side}Margin": self._numbers[side] * MM - 6  # its frame's own padding
                   for side in ("left", "right", "top", "bottom")}  # fmt: skip
        SimpleDocTemplate(out, pagesize=self._size, **margins).build([table])


def against_long_table(count: int = ROWS) -> tuple[float, float]:
    """Seconds that we take and that ``LongTable`` takes for ``count`` rows, in this run."""
    fonts, data = Fonts.shipped(), list(rows(count))
    yardstick = Yardstick(fonts, data)
    write_ledger(fonts, SHEET, data[:1], 1, io.BytesIO())  # both find the fonts read
    return (
        _timed(lambda out: write_ledger(fonts, SHEET, data, count, out)),
        _timed(yardstick.write),
    )


def _timed(write: Callable[[BinaryIO], object]) -> float:
    started = time.perf_counter()
    write(io.BytesIO())
    return time.perf_counter() - started
