"""Lists: filters survive, what is copied is what is seen, keys reach every part of a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import drawn
from xinfang_desktop.presenters.lines import DutyGroup, DutyLine
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.marks import draw_mark
from xinfang_desktop.ui.widgets.chip import DUE_EM, DueChip, chip_width
from xinfang_desktop.ui.widgets.duty_list import DutyList
from xinfang_desktop.ui.widgets.meter import FourHavesMeter
from xinfang_desktop.ui.widgets.strip import DeadlineStrip, StripDay
from xinfang_desktop.ui.widgets.table import Column, DataTable, TablePanel


@dataclass(frozen=True)
class Row:
    title: str
    village: str
    count: int


ROWS = (Row("修路", "柳溪村", 3), Row("排水\t沟", "大塘村", 12), Row("补偿", "柳溪村", 7))
COLUMNS = (
    Column("title", "事项", lambda r: r.title),
    Column("village", "村", lambda r: r.village, 8, filtered=True),
    Column("count", "人数", lambda r: str(r.count), 5, "number", sort=lambda r: r.count),
    Column(
        "meter", "四有", lambda r: "", 15, "meter", states=lambda r: ("done", "today", "", "none")
    ),
)


@pytest.fixture
def table(look: QApplication, qtbot: QtBot) -> DataTable:
    made = DataTable(COLUMNS, "事项")
    panel = TablePanel(made)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    made.set_rows(ROWS)
    return made


def test_rows_keep_their_order_until_one_sorts(table: DataTable) -> None:
    assert [row.title for row in table.rows.shown_rows()] == ["修路", "排水\t沟", "补偿"]
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [row.count for row in table.rows.shown_rows()] == [12, 7, 3]


def test_a_filter_stays_when_rows_come_anew_and_says_how_many_are_hidden(table: DataTable) -> None:
    table.rows.set_filter("village", frozenset({"柳溪村"}))
    table.set_rows((*ROWS, Row("低保", "柳溪村", 1)))
    assert table.rows.rowCount() == 3
    assert table.footer_text() == "第 1–3 件，共 3 件，筛选前 4 件"
    table.rows.clear_filters()
    assert table.rows.rowCount() == 4


def test_the_copy_is_a_table_of_the_shown_columns(table: DataTable) -> None:
    table.setColumnHidden(2, True)
    table.clearSelection()
    lines = table.as_text().splitlines()
    assert lines[0] == "事项\t村\t四有"
    assert lines[2] == "排水 沟\t大塘村\t接 已办，答 今天，释 还没到，困 问过，没有"


def test_enter_opens_and_another_row_is_told(table: DataTable, qtbot: QtBot) -> None:
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [ROWS[1]]


LINES = (
    DutyLine("1", "late", "逾期 3 天", "回电", "低保复核 · 陈*", "周敏", "9月18日 周五", "当面约定", "记一笔"),
    DutyLine("2", "today", "今天", "书面告知", "改渠 · 李**", "周敏", "9月21日 周一", "第 15 天", "制作告知书"),
)  # fmt: skip
GROUPS = (
    DutyGroup("已逾期", 1, LINES[:1]),
    DutyGroup("今天到期", 1, LINES[1:]),
    DutyGroup("以后", 0, ()),
)


@pytest.mark.parametrize("width", [900, 420])
def test_every_part_of_a_duty_row_is_reached_by_keys_and_by_mouse(
    look: QApplication, qtbot: QtBot, width: int
) -> None:
    duties = DutyList("要办的事")
    qtbot.addWidget(duties)
    duties.resize(width, 400)
    duties.show()
    duties.set_groups(GROUPS)
    acts: list[tuple[str, str]] = []
    duties.acted.connect(lambda part, key: acts.append((part, key)))
    view = duties.view
    for key in (
        Qt.Key.Key_Return,
        Qt.Key.Key_Right,
        Qt.Key.Key_Return,
        Qt.Key.Key_Down,
        Qt.Key.Key_Return,
    ):
        QTest.keyClick(view, key)
    assert acts == [("verb", "1"), ("reason", "1"), ("verb", "2")]
    index = view.duties.index(view.duties.row_of("1"))
    rect = view.visualRect(index)
    spot = view.boxes_of(LINES[0], rect.height())["verb"].center().toPoint()
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot.x(), rect.top() + spot.y())
    )
    assert acts[-1] == ("verb", "1")
    assert view.duties.rowCount() == 4  # the empty group is not shown


def test_the_strip_shows_the_last_days_and_speaks_each(look: QApplication, qtbot: QtBot) -> None:
    strip = DeadlineStrip()
    qtbot.addWidget(strip)
    strip.resize(900, 90)
    strip.show()
    first = date(2026, 8, 4)
    days = [
        StripDay(first + timedelta(n), n + 1, n % 7 > 4, "休" if n % 7 > 4 else "")
        for n in range(60)
    ]
    due = days[-1].day
    strip.set_days(days, today=date(2026, 9, 21), raw=due, due=due)
    assert strip.cut_from() == days[-21].day
    said: list[str] = []
    strip.moved.connect(said.append)
    for _ in range(21):
        QTest.keyClick(strip, Qt.Key.Key_Right)
    assert said[-1] == "10月2日 星期五，第 60 天，最迟"
    strip.resize(400, 90)
    cut = strip.cut_from()
    assert cut is not None and cut > days[-21].day


def test_a_state_is_never_told_by_colour_alone(look: QApplication, qtbot: QtBot) -> None:
    chip, meter = DueChip("late", "逾期 3 天"), FourHavesMeter(("done", "late", "", "none"))
    qtbot.addWidget(chip)
    qtbot.addWidget(meter)
    assert chip.accessibleName() == "逾期 3 天"
    assert meter.accessibleName() == "接 已办，答 逾期，释 还没到，困 问过，没有"
    marks = [_drawn(state) for state in (*theme.tokens().due, "none")]
    assert all(one != other for one, other in combinations(marks, 2))


def _drawn(state: str) -> QImage:
    """The mark alone, black on white."""
    black, white = QColor("black"), QColor("white")
    box = QRectF(2, 2, 36, 36)
    return drawn(40, 40, lambda painter: draw_mark(painter, state, box, black, white))


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_long_delay_is_told_in_full(look: QApplication, percent: int) -> None:
    theme.apply(look, theme.Look("light", percent))
    inner = theme.em(DUE_EM) - theme.em(0.6) - theme.em(0.5)  # as a cell is painted
    assert chip_width("逾期 188 天", "late") <= inner
