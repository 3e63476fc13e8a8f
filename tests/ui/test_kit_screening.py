"""The screening grid: walked by keys, told in words, frozen at its heads, readable at each scale."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Up, drawn, pixels_of
from xinfang_desktop.presenters.grid import GridCell, GridHead, GridRow
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.widgets.screening_grid import ScreeningGrid, paint_cell

LONG_NAME = "老鸦岭民族团结进步示范村"
VILLAGES = ("柳溪村", "大塘村", LONG_NAME, *(f"第 {number} 村" for number in range(4, 31)))
SEPTEMBER = {
    "柳溪村": GridCell("filed", "2 件", "9月18日报，2 件"),
    "大塘村": GridCell("zero", "零报告", "9月20日何建平报：没有新增"),
    LONG_NAME: GridCell("waiting", "待报", "待报，今天到期"),
}
HEADS = tuple(
    GridHead(f"2026-{month:02}", f"{month} 月", "已报 28/30" if month < 10 else "")
    for month in range(1, 13)
)


def row_of(name: str) -> GridRow:
    """A village that filed on time until August, and has something else in September."""
    before = tuple(GridCell("filed", f"{month} 件") for month in range(1, 9))
    later = (GridCell("later"),) * 3
    return GridRow(name, name, (*before, SEPTEMBER.get(name, GridCell("missing", "未报")), *later))


@pytest.fixture
def grid(up: Up) -> ScreeningGrid:
    made = ScreeningGrid("排查填报情况")
    up(made)
    made.set_grid(HEADS, [row_of(name) for name in VILLAGES])
    made.setFocus()
    return made


def press(grid: ScreeningGrid, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(grid, key)


def test_keys_walk_the_grid_and_enter_opens_what_it_shows(grid: ScreeningGrid) -> None:
    opened: list[tuple[str, str]] = []
    chosen: list[tuple[str, str]] = []
    grid.opened.connect(lambda village, period: opened.append((village, period)))
    grid.chosen.connect(lambda village, period: chosen.append((village, period)))
    press(grid, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert chosen == [("大塘村", "2026-01"), ("大塘村", "2026-02")]
    assert opened == [("大塘村", "2026-02")]
    press(grid, Qt.Key.Key_End)
    assert grid.current() == ("大塘村", "2026-12")
    press(grid, Qt.Key.Key_Home, Qt.Key.Key_PageDown)
    assert grid.current() not in {("柳溪村", "2026-01"), ("大塘村", "2026-01")}
    press(grid, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_Enter)
    assert opened[-1] == ("柳溪村", "2026-01")


def test_a_double_click_opens_the_return_under_the_pointer(grid: ScreeningGrid) -> None:
    opened: list[tuple[str, str]] = []
    grid.opened.connect(lambda village, period: opened.append((village, period)))
    grid.select("大塘村", "2026-09")
    spot = grid.visualRect(grid.currentIndex()).center()
    grid.select("柳溪村", "2026-09")
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert grid.current_cell() == SEPTEMBER["大塘村"]
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [("大塘村", "2026-09")]


def test_villages_and_periods_stay_in_sight_while_the_returns_scroll(grid: ScreeningGrid) -> None:
    assert grid.horizontalScrollBar().maximum() > 0 and grid.verticalScrollBar().maximum() > 0
    grid.select("第 30 村", "2026-12")
    assert grid.visualRect(grid.currentIndex()).right() <= grid.viewport().width()
    for head in (grid.verticalHeader(), grid.horizontalHeader()):
        assert head.isVisible() and head.geometry().intersects(grid.rect())
    assert grid.verticalHeader().x() <= grid.frameWidth()
    assert grid.columnAt(0) > 0 and grid.rowAt(0) > 0  # January and the first village are gone


def test_every_cell_and_head_is_told_in_words(grid: ScreeningGrid) -> None:
    spoken = QAccessible.queryAccessibleInterface(grid)
    names = [
        spoken.child(number).text(QAccessible.Text.Name) for number in range(spoken.childCount())
    ]
    assert "9 月，已报 28/30" in names and LONG_NAME in names
    for said in (
        "柳溪村，9 月，9月18日报，2 件",
        "大塘村，9 月，9月20日何建平报：没有新增",
        f"{LONG_NAME}，9 月，待报，今天到期",
        "第 4 村，9 月，未报",
        "第 4 村，10 月，还没到",
    ):
        assert said in names
    assert len([name for name in names if name]) >= 30 * 12


def test_ctrl_c_copies_the_grid_for_wps(grid: ScreeningGrid) -> None:
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0][:2] == ["村（社区）", "1 月"] and lines[1][9:11] == ["已报 28/30", ""]
    assert lines[2] == ["柳溪村", *(f"{n} 件" for n in range(1, 9)), "2 件", "", "", ""]
    assert len(lines) == 2 + 30 and all(len(line) == 13 for line in lines)


def test_the_place_is_kept_when_the_grid_comes_anew(grid: ScreeningGrid) -> None:
    grid.select("第 20 村", "2026-08")
    top, left = grid.verticalScrollBar().value(), grid.horizontalScrollBar().value()
    kept = [row_of(name) for name in VILLAGES if name != "大塘村"]
    grid.set_grid(HEADS, [*kept, row_of("新并入的村")])
    assert grid.current() == ("第 20 村", "2026-08")
    assert (grid.verticalScrollBar().value(), grid.horizontalScrollBar().value()) == (top, left)
    grid.set_grid(HEADS[:3], [GridRow("a", "柳溪村", (GridCell("zero", "零报告"),) * 3)])
    assert grid.current() == ("a", "2026-01")
    grid.set_grid((), ())
    assert grid.current() is None and grid.current_cell() is None
    press(grid, Qt.Key.Key_Return)  # nothing to open, nothing breaks


@pytest.mark.parametrize("palette", ["light", "contrast"])
@pytest.mark.parametrize("percent", theme.SCALES)
def test_every_word_is_readable_at_every_scale(
    grid: ScreeningGrid, look: QApplication, palette: str, percent: int
) -> None:
    theme.apply(look, theme.Look(palette, percent))
    grid.resize(997, 480)  # what a page has beside the rail at 200 % on 1366×768
    words = theme.metrics("strong")
    assert grid.rowHeight(0) >= words.height()
    assert not theme.is_large() or grid.rowHeight(0) >= 36
    mark = theme.em(1)
    assert grid.columnWidth(0) >= mark + words.horizontalAdvance("零报告")
    assert grid.viewport().width() >= 4 * grid.columnWidth(0)
    assert grid.verticalHeader().width() <= grid.width() // 3
    whole = grid.grid.headerData(2, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert whole == LONG_NAME


def test_columns_share_the_room_where_there_is_more_than_they_need(grid: ScreeningGrid) -> None:
    grid.set_grid(HEADS[:4], [GridRow("a", "柳溪村", (GridCell("zero", "零报告"),) * 4)])
    assert grid.horizontalScrollBar().maximum() == 0
    assert sum(grid.columnWidth(number) for number in range(4)) == grid.viewport().width()


CELLS = (
    GridCell("filed", "3 件"),
    GridCell("zero", "零报告"),
    GridCell("late", "迟报 2"),
    GridCell("waiting", "待报"),
    GridCell("missing", "未报"),
    GridCell("none"),
    GridCell("later"),
)


@pytest.mark.parametrize("palette", ["light", "contrast"])
def test_returns_differ_in_mark_and_words_and_only_missing_ones_are_red(
    look: QApplication, palette: str
) -> None:
    theme.apply(look, theme.Look(palette, 100))
    drawn = {cell.state: _cell(cell) for cell in CELLS}
    grey = [image.convertToFormat(QImage.Format.Format_Grayscale8) for image in drawn.values()]
    assert all(one != other for one, other in combinations(grey, 2))
    wordless = [
        _cell(GridCell(state)) for state in ("filed", "late", "waiting", "missing", "none", "later")
    ]
    assert all(one != other for one, other in combinations(wordless, 2))
    red = theme.color(theme.tokens().due["late"].fill)
    assert {state for state, image in drawn.items() if pixels_of(image, red) > 20} == {"missing"}


def _cell(cell: GridCell) -> QImage:
    return drawn(100, 30, lambda painter: paint_cell(painter, QRectF(0, 0, 100, 30), cell))


def test_the_chosen_cell_stays_in_sight_when_the_room_shrinks(up: Up, qtbot: QtBot) -> None:
    grid = ScreeningGrid("各村填报")
    heads = [GridHead(f"2026-{month:02d}", f"{month}月", "已报 1/1") for month in range(1, 13)]
    cells = tuple(GridCell("zero", "零报告", "零报告", head.key) for head in heads)
    grid.set_grid(heads, [GridRow("柳溪村", "柳溪村", cells)])
    up(grid)
    grid.resize(1400, 200)
    grid.select("柳溪村", "2026-12")
    grid.resize(theme.em(30), 200)
    qtbot.waitUntil(lambda: grid.viewport().rect().contains(grid.visualRect(grid.currentIndex())))
