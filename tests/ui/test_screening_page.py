"""排查台账 in the real window: the grid leads, the cell beside it follows, the list opens disputes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import a_quarter
from tests.ui.conftest import Calm, Type, WindowOf, shown, windows
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.presenters.shell import ShellPresenter
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import dispute_list
from xinfang_desktop.services.return_forms import read_form
from xinfang_desktop.services.rounds import screening_status
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.help import Manual
from xinfang_desktop.ui.import_dialog import ImportDialog
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.paper import PaperDialog
from xinfang_desktop.ui.screening_page import ScreeningPage
from xinfang_desktop.ui.village_disputes_page import VillageDisputesPage
from xinfang_desktop.ui.widgets.text import LongLink


@pytest.fixture
def page(window: MainWindow, desk: Desk, clock: MovableClock, calm: Calm) -> ScreeningPage:
    a_quarter(desk, clock)
    window.go("screening")
    calm()
    made = window.page("screening")
    assert isinstance(made, ScreeningPage)
    return made


def dialog() -> FieldsDialog:
    made = QApplication.activeModalWidget()
    assert isinstance(made, FieldsDialog)
    return made


def test_the_rail_leads_there_and_the_present_round_is_chosen(
    page: ScreeningPage, window: MainWindow
) -> None:
    assert window.rail.item("screening").isChecked()
    assert page.grid.current() == ("枫树坳村", "2026-09") and page.grid.hasFocus()
    assert page.cell.title.text() == "枫树坳村 9月"
    assert page.cell.accessibleName() == "枫树坳村 9月，待报"
    assert window.status.message() == "每月小排查：9月已报 4/6"
    assert page.list.table.rows.rowCount() == 2


def test_the_cell_follows_the_keys_and_its_disputes_open(
    page: ScreeningPage, window: MainWindow, qtbot: QtBot, calm: Calm
) -> None:
    for _ in range(2):
        qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    calm()
    assert page.cell.title.text() == "柳溪村 9月"
    links = [w for w in shown(page.cell) if isinstance(w, LongLink)]
    assert [link.text() for link in links] == ["村道排水沟堵塞，涉 2 户", "机井轮灌次序"]
    qtbot.mouseClick(links[1], Qt.MouseButton.LeftButton)
    calm()
    opened = window.current_page()
    assert isinstance(opened, DisputePage) and opened.title.text() == "机井轮灌次序"
    qtbot.mouseClick(opened.back, Qt.MouseButton.LeftButton)
    assert window.current_page() is page and page.grid.current() == ("柳溪村", "2026-09")


def test_enter_in_the_list_opens_the_dispute(
    page: ScreeningPage, window: MainWindow, qtbot: QtBot, calm: Calm
) -> None:
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    calm()
    assert isinstance(window.current_page(), DisputePage)


def test_a_zero_return_is_noted_from_its_button(
    page: ScreeningPage, desk: Desk, qtbot: QtBot, calm: Calm, window: MainWindow
) -> None:
    page.grid.select("双井村", "2026-09")
    qtbot.mouseClick(page.cell.zero, Qt.MouseButton.LeftButton)
    form = dialog()
    form.editor("reporter").set_value("李秀英")
    form.send()
    calm()
    assert page.grid.current_cell() is not None
    assert page.grid.current_cell().words == "零报告"  # type: ignore[union-attr]
    assert page.cell.chip.accessibleName() == "零报告" and not page.cell.zero.isEnabled()
    assert window.status.message().startswith("双井村2026年9月每月小排查：零报告")
    assert screening_status(desk, "2026-09").missing == ("枫树坳村",)


def test_a_reminder_is_noted_and_then_stands_there(
    page: ScreeningPage, qtbot: QtBot, calm: Calm, typing: Type
) -> None:
    qtbot.mouseClick(page.cell.remind, Qt.MouseButton.LeftButton)
    calm()
    form = dialog()
    typing("上门\n明天报\n")
    form.send()
    calm()
    card = page.screening.card()
    assert card is not None and "9月21日上门提醒：明天报" in card.lines
    assert "9月21日上门提醒：明天报" in [
        w.text() for w in shown(page.cell) if isinstance(w, QLabel)
    ]


def test_a_special_round_is_opened_and_shown(
    page: ScreeningPage, desk: Desk, qtbot: QtBot, calm: Calm
) -> None:
    qtbot.mouseClick(page.head.buttons["round"], Qt.MouseButton.LeftButton)
    form = dialog()
    assert form.form.box("theme").isHidden()
    form.form.focus("series")
    form.editor("series").set_value("special")
    form.form.changed.emit("series")
    assert form.form.box("theme").isVisible() and form.editor("period").value() == "2026-09"
    form.editor("theme").set_value("wages")
    form.editor("villages").set_value(["大塘村"])
    form.send()
    calm()
    assert page.head.series.value() == "special"
    assert page.grid.current() == ("大塘村", "2026-09/wages")
    page.head.series.setFocus()
    qtbot.keyClick(page.head.series, Qt.Key.Key_Left)
    calm()
    assert page.screening.series == "weekly" and page.grid.current() is None
    assert page.empty._link.text() == "开一轮排查"


def test_a_new_dispute_is_registered_from_any_page(
    page: ScreeningPage, window: MainWindow, qtbot: QtBot, calm: Calm, typing: Type, desk: Desk
) -> None:
    window.go("today")
    calm()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    calm()
    form = dialog()
    form.form.focus("village")
    typing("石桥\n0920\nsltd\n山林界址不清，3 户\n")
    form.editor("parties").cell(0, "name").set_value("何冬生")
    form.send()
    calm()
    opened = window.current_page()
    assert isinstance(opened, DisputePage) and opened.dispute.seen.row.village == "石桥村"
    (row,) = [row for row in dispute_list(desk) if row.summary == "山林界址不清，3 户"]
    assert (row.category_name, row.parties, row.found_on.isoformat()) == (
        "山林土地", ("何**",), "2026-09-20",
    )  # fmt: skip


def press(window: MainWindow, word: str) -> None:
    """Choose a line of 打印."""
    window.book.action("print").trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [a for a in menu.actions() if a.text() == word]
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    menu.close()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_card_for_a_village_is_shown(
    page: ScreeningPage, window: MainWindow, calm: Calm
) -> None:
    press(window, "村级填报一页卡")
    calm()
    (manual,) = [w for w in windows() if isinstance(w, Manual)]
    assert manual.page == "card_village"
    manual.close()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("这个村的报送表", ("枫树坳村", "2026年9月")),
        ("空白报送表", ("报送表",)),
        ("本期统计表", ("2026年9月", "石桥村")),
    ],
)
def test_a_paper_of_the_round_is_made_and_shown(
    page: ScreeningPage, window: MainWindow, calm: Calm, word: str, said: tuple[str, ...]
) -> None:
    press(window, word)
    calm()
    shown_paper = QApplication.activeModalWidget()
    assert isinstance(shown_paper, PaperDialog)
    told = text_of(shown_paper.papers[0].pdf).replace("\n", "")
    assert [each for each in said if each not in told] == []
    shown_paper.reject()
    calm()


def save_to(path: Path) -> None:
    where = QApplication.activeModalWidget()
    assert isinstance(where, QFileDialog)
    where.selectFile(str(path))
    where.accept()


@pytest.mark.parametrize("which", ["本期", "全年"])
def test_the_ledger_is_written_where_wanted(
    page: ScreeningPage, window: MainWindow, calm: Calm, tmp_path: Path, which: str
) -> None:
    press(window, f"{which}台账，存 PDF…")
    save_to(tmp_path / "台账.pdf")
    calm()
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PaperDialog)
    preview.reject()
    calm()
    assert "村道排水沟堵塞" in text_of((tmp_path / "台账.pdf").read_bytes()).replace("\n", "")
    press(window, f"{which}台账，存表格…")
    save_to(tmp_path / "台账.xlsx")
    calm()
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx").active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("村道排水沟堵塞" in cell for cell in cells)
    assert window.status.message().startswith("台账 ")


def test_the_form_for_wps_is_written_and_read_back(
    page: ScreeningPage, window: MainWindow, calm: Calm, tmp_path: Path, desk: Desk
) -> None:
    press(window, "这个村的报送表，用 WPS 填…")
    save_to(tmp_path / "报送表.xlsx")
    calm()
    read = read_form(desk, tmp_path / "报送表.xlsx")
    assert read is not None and read.form.village == "枫树坳村"


def test_what_needs_a_cell_waits_for_one(page: ScreeningPage, window: MainWindow) -> None:
    page.screening.at = None
    window.book.action("print").trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    waiting = {a.text(): a.toolTip() for a in menu.actions() if not a.isEnabled()}
    menu.close()
    assert len(waiting) == 5 and set(waiting.values()) == {"先在表里选一格"}


def test_a_ledger_is_imported_from_here(page: ScreeningPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.head.buttons["import"], Qt.MouseButton.LeftButton)
    made = QApplication.activeModalWidget()
    assert isinstance(made, ImportDialog)
    made.reject()


def test_the_grid_or_the_list_is_copied_masked(page: ScreeningPage, window: MainWindow) -> None:
    window.book.action("copy_table").trigger()
    assert QApplication.clipboard().text().startswith("村（社区）\t7月\t8月\t9月")
    page.list.table.setFocus()
    window.book.action("copy_table").trigger()
    copied = QApplication.clipboard().text()
    assert copied.startswith("发现日期\t村\t纠纷") and "何冬生" not in copied
    assert "责任还没落实" in copied


def test_a_round_is_shown_when_asked_for(
    page: ScreeningPage, window: MainWindow, calm: Calm
) -> None:
    window.go("screening", round=RoundKey("2026-08"))
    calm()
    assert page.grid.current() == ("枫树坳村", "2026-08")


def test_large_print_shows_one_part_at_a_time(
    page: ScreeningPage, look: QApplication, qtbot: QtBot, calm: Calm
) -> None:
    theme.apply(look, theme.Look("light", 200))
    calm()
    assert page.grid.isVisible() and not page.cell.isVisible() and not page.list.isVisible()
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    calm()
    assert page.cell.isVisible() and not page.grid.isVisible()
    page.head.part.setFocus()
    qtbot.keyClick(page.head.part, Qt.Key.Key_Right)
    calm()
    assert page.list.isVisible() and not page.cell.isVisible()
    qtbot.mouseClick(page.head.more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [a.text() for a in menu.actions()] == ["新增纠纷", "导入台账", "打印", "开一轮排查"]
    menu.close()
    theme.apply(look, theme.Look())
    calm()
    assert page.grid.isVisible() and page.cell.isVisible() and page.list.isVisible()


def test_a_supervisor_sees_all_and_may_change_nothing(
    desk: Desk, desk_of: DeskOf, clock: MovableClock, window_of: WindowOf, qtbot: QtBot, calm: Calm
) -> None:
    a_quarter(desk, clock)
    window = window_of(desk_of("supervisor"))
    window.go("screening")
    calm()
    page = window.page("screening")
    assert isinstance(page, ScreeningPage)
    allowed = {b.text() for b in shown(page) if isinstance(b, QPushButton) and b.isEnabled()}
    assert allowed == {"打印"}
    assert "信访专干" in page.cell.file.toolTip() and window.book.reason("new_dispute")


def test_a_liaison_has_its_own_list_and_no_grid(
    desk: Desk, desk_of: DeskOf, clock: MovableClock, window_of: WindowOf, qtbot: QtBot, calm: Calm
) -> None:
    a_quarter(desk, clock)
    window = window_of(desk_of("liaison"))
    assert {"disputes"} < {p.key for p in ShellPresenter(window.place.desk).places()}
    assert "screening" not in window.rail._items
    window.go("disputes")
    calm()
    page = window.page("disputes")
    assert isinstance(page, VillageDisputesPage)
    assert {row.village for row in page.list.disputes.rows} == {"柳溪村"}
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    calm()
    form = dialog()
    assert form.editor("village").value() == "柳溪村"
    form.reject()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    calm()
    opened = window.current_page()
    assert isinstance(opened, DisputePage) and window.rail.item("disputes").isChecked()
    qtbot.mouseClick(opened.back, Qt.MouseButton.LeftButton)
    assert window.current_page() is page
    for left in windows():
        assert not (isinstance(left, QDialog) and left.isVisible())
