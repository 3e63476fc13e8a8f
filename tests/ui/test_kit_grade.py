"""The grade of a dispute and the three marks of 三不放过: in a table, on a page, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Up, drawn, pixels_of
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.widgets import grade, three
from xinfang_desktop.ui.widgets.grade import GradeBlocks
from xinfang_desktop.ui.widgets.table import Column, DataTable
from xinfang_desktop.ui.widgets.three import ThreeMarks


@dataclass(frozen=True)
class Dispute:
    title: str
    level: int
    word: str
    confirmed: tuple[str, str, str]


DISPUTES = (
    Dispute("山林界址不清", 3, "复杂", ("done", "done", "")),
    Dispute("机井轮灌次序", 1, "简单", ("done", "done", "done")),
    Dispute("水渠清淤", 0, "未定级", ("", "", "")),
)
COLUMNS = (
    Column("title", "纠纷", lambda row: row.title),
    Column(
        "grade", "级别", lambda row: row.word, 8, "grade",
        level=lambda row: row.level, sort=lambda row: row.level, filtered=True,
    ),
    Column("three", "三不放过", lambda row: "", 14.5, "three", states=lambda row: row.confirmed),
)  # fmt: skip


@pytest.fixture
def table(look: QApplication, qtbot: QtBot) -> DataTable:
    made = DataTable(COLUMNS, "纠纷清单")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.set_rows(DISPUTES)
    return made


def test_grade_and_three_marks_are_copied_and_said_in_words(table: DataTable) -> None:
    table.clearSelection()
    assert table.as_text().splitlines() == [
        "纠纷\t级别\t三不放过",
        "山林界址不清\t复杂\t责任已落实，问题已查清，隐患还没排除",
        "机井轮灌次序\t简单\t责任已落实，问题已查清，隐患已排除",
        "水渠清淤\t未定级\t责任还没落实，问题还没查清，隐患还没排除",
    ]
    spoken = QAccessible.queryAccessibleInterface(table)
    names = {
        spoken.child(number).text(QAccessible.Text.Name) for number in range(spoken.childCount())
    }
    assert {"级别：复杂", "三不放过：责任已落实，问题已查清，隐患还没排除"} <= names


def test_a_grade_sorts_by_its_level_and_filters_by_its_word(table: DataTable) -> None:
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row.level for row in table.rows.shown_rows()] == [3, 1, 0]
    table.rows.set_filter("grade", frozenset({"简单"}))
    assert table.rows.shown_rows() == [DISPUTES[1]]


def test_each_level_shows_as_many_solid_blocks(look: QApplication) -> None:
    ink = theme.color("text")
    solid = [pixels_of(_grade(level), ink) for level in range(grade.LEVELS + 1)]
    assert solid[0] == 0 and solid == sorted(set(solid))
    steps = [after - before for before, after in pairwise(solid[1:])]
    assert len(set(steps)) == 1  # every block is as large as the others


def _grade(level: int) -> QImage:
    box = QRectF(0, 0, 120, 30)
    return drawn(120, 30, lambda painter: grade.paint_grade(painter, box, level, ""))


@pytest.mark.parametrize("palette", ["light", "contrast"])
def test_what_is_confirmed_differs_from_what_is_open_without_colour(
    look: QApplication, palette: str
) -> None:
    theme.apply(look, theme.Look(palette, 100))
    every = [(a, b, c) for a in ("done", "") for b in ("done", "") for c in ("done", "")]
    shapes = [_shape(states) for states in every]
    assert all(one != other for one, other in combinations(shapes, 2))


def _shape(states: Sequence[str]) -> QImage:
    """The marks as black on white, whatever their colours."""
    box = QRectF(0, 0, three.three_width(), 30)
    shape = drawn(
        three.three_width() + 4, 30, lambda painter: three.paint_three(painter, box, states)
    )
    return shape.convertToFormat(QImage.Format.Format_Mono)


def test_grade_and_marks_on_a_page_are_read_as_labels(up: Up, look: QApplication) -> None:
    blocks, marks = GradeBlocks(3, "复杂"), ThreeMarks(("done", "", ""))
    up(blocks, marks)
    assert blocks.accessibleName() == "级别：复杂，第 3 级，共 4 级"
    assert marks.accessibleName() == "三不放过：责任已落实，问题还没查清，隐患还没排除"
    narrow = marks.sizeHint().width()
    blocks.set(0, "未定级")
    marks.set(("done", "done", "done"))
    assert blocks.accessibleName() == "级别：未定级"
    assert marks.sizeHint().width() > narrow
    assert marks.accessibleName() == "三不放过：责任已落实，问题已查清，隐患已排除"
    theme.apply(look, theme.Look("light", 200))
    assert marks.sizeHint().height() >= 2 * 20
