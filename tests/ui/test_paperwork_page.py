"""文书 in the real window: fields, preview, findings, printing, batch."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.factories import bring_to, register
from xinfang_desktop.services import handling
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui import printers
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.paperwork_page import PaperworkPage
from xinfang_desktop.ui.printers import PrinterMemory


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> PaperworkPage:
    """The acceptance notice of an accepted matter, seen."""
    number = register(desk, title="后山路塌方").number
    bring_to(desk, number, "S30")
    window.go("papers", number=number, form="F07")
    made = window.page("papers")
    assert isinstance(made, PaperworkPage)
    qtbot.waitUntil(lambda: made.preview.pages > 0, timeout=20_000)
    return made


def test_a_change_is_seen_checked_and_stops_printing(page: PaperworkPage, qtbot: QtBot) -> None:
    assert page.form.values()["matter__petitioner"] == "王桂芳"
    assert page.side.keep_button.isEnabled()
    date = page.form.editor("on")
    date.line.setFocus()
    date.line.selectAll()
    qtbot.keyClicks(date.line, "2026-09-01")
    qtbot.waitUntil(lambda: bool(page.side.blocked.text()), timeout=10_000)
    assert not page.side.keep_button.isEnabled()
    qtbot.waitUntil(lambda: bool(page.form.box("on").problem()))
    wrong = next(row for row in page.side.rows if row.finding.level == "must")
    assert wrong.link.text() == "去改"
    page.form.focus("handler")
    qtbot.mouseClick(wrong.link, Qt.MouseButton.LeftButton)
    assert page.window().focusWidget() is date.line


def test_the_pdf_is_kept_whole_and_recorded(
    page: PaperworkPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "告知书.pdf"
    page.keep(out)
    qtbot.waitUntil(lambda: page.papers.history().startswith("以前打印过 1 次"), timeout=20_000)
    assert out.read_bytes().startswith(b"%PDF")
    assert page.papers.chosen is not None
    documents = handling.matter_view(desk, page.papers.chosen.number).documents
    assert [row.form for row in documents] == ["F07"]


def test_without_a_printer_printing_says_why_and_keeping_stays(
    page: PaperworkPage, window: MainWindow
) -> None:
    page._show_printers(())
    assert "没有找到打印机" in page.side.print_button.toolTip()
    assert "没有找到打印机" in window.book.reason("print")
    assert page.side.keep_button.isEnabled()
    page._show_printers(("HP LaserJet 1020",))
    assert page.side.print_button.isEnabled()
    assert page.side.printer.value() == "HP LaserJet 1020"
    assert page.side.print_button.text() == f"打印 {page.side.wanted_copies()} 份"


def test_another_paper_and_large_print(page: PaperworkPage, qtbot: QtBot) -> None:
    page.size_choice.setFocus()
    qtbot.keyClick(page.size_choice, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.papers.draft is not None and page.papers.draft.large_print)
    page.paper.set_value("F01")
    page.paper.changed.emit()
    qtbot.waitUntil(lambda: page.left.title.text() == "信访登记表")
    assert "number" not in page.form.names()


def test_a_batch_shows_its_progress_and_result(
    page: PaperworkPage, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = page.show_batch()
    dialog.run()
    assert dialog.form.box("state").problem() and dialog.form.box("folder").problem()
    out = tmp_path / "批量"
    dialog.form.set_values({"form": "F07", "state": "S30", "folder": str(out)})
    dialog.run()
    qtbot.waitUntil(lambda: dialog.outcome.text().startswith("做好 1 份"), timeout=20_000)
    assert len(list(out.glob("*.pdf"))) == 1 and not list(out.glob("*.tmp"))
    dialog.reject()


def test_each_printer_remembers_its_shift(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "screen.ini"), QSettings.Format.IniFormat)
    memory = PrinterMemory(settings)
    memory.set_offset("HP LaserJet 1020", 1.5, -0.5)
    assert memory.offset("HP LaserJet 1020") == (1.5, -0.5)
    assert memory.offset("另一台") == (0.0, 0.0)
    assert memory.offset_words("HP LaserJet 1020") == "校正：左右 +1.5 mm，上下 -0.5 mm"


def test_the_calibration_sheet_has_its_crosses_where_the_ruler_looks(look: object) -> None:
    dot = 4.0
    sheet = QImage(round(210 * dot), round(297 * dot), QImage.Format.Format_RGB32)
    for right, down in ((0.0, 0.0), (3.0, -2.0)):
        sheet.fill(Qt.GlobalColor.white)
        painter = QPainter(sheet)
        printers.draw_sheet(painter, (right, down), dot)
        painter.end()
        spot = sheet.pixelColor(round((20 + right) * dot), round((20 + down) * dot))
        assert spot.lightness() < 128


def test_a_refresh_keeps_what_was_changed(page: PaperworkPage, qtbot: QtBot) -> None:
    page.form.editor("handler").set_value("刘志远")
    page._edited()
    qtbot.waitUntil(
        lambda: page.papers.draft is not None and page.papers.draft.values["handler"] == "刘志远"
    )
    page.refresh()
    qtbot.waitUntil(lambda: not page.place.runner.busy(), timeout=20_000)
    assert page.papers.draft is not None and page.papers.draft.values["handler"] == "刘志远"
    assert page.form.values()["handler"] == "刘志远"
