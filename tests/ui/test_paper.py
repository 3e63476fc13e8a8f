"""Papers go to the printer as they are, upright or on their side."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.printing.screening_papers import P03, P06
from xinfang_desktop.domain.errors import EnvironmentProblem, XinfangError
from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.render import Printer
from xinfang_desktop.ui import paper
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.paper import PRINT_DPI, Paper, PaperDialog, paint


def test_a_form_on_its_side_is_printed_on_its_side(qtbot: QtBot, tmp_path: Path) -> None:
    maker = Printer(Fonts.shipped())
    papers = [Paper(code, maker.render(code, facts).pdf) for code, facts in
              (("P06", P06), ("P03", P03), ("P06", P06))]  # fmt: skip
    file = tmp_path / "印出来的.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(file))
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    assert paint(printer, papers)
    with pypdfium2.PdfDocument(file) as document:
        sizes = [page.get_size() for page in document]
        upright, lying = (595, 842), (842, 595)
        for size, expected in zip(sizes, (lying, upright, lying), strict=True):
            assert size == pytest.approx(expected, abs=2)
        for page, right in zip(document, (842, 595, 842), strict=True):
            picture = page.render(scale=1).to_pil().convert("L").point(lambda v: 255 * (v < 160))
            box = picture.getbbox()
            assert box is not None
            assert box[2] == pytest.approx(right - 56.7, abs=4)  # the form's right rule, 20 mm


def one_paper() -> Paper:
    return Paper("交办单", Printer(Fonts.shipped()).render("P03", P03).pdf)


def test_a_refused_print_is_told_and_may_be_tried_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_of: object) -> str:
        raise EnvironmentProblem("printer_refused", "打印机没有接受打印。", mend="请看有没有纸。")

    monkeypatch.setattr(paper, "print_papers", refuses)  # no machine of ours shall print in a test
    told: list[XinfangError] = []
    window.place.runner.problem.connect(told.append)
    preview = PaperDialog(window, window.place.runner, [one_paper()])
    preview.open()
    button = next(b for b in preview.findChildren(QPushButton) if b.text() == "打印")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "printer_refused" and button.isEnabled() and preview.isVisible()
    preview.reject()


def test_a_preview_closed_at_once_waits_for_nobody(window: MainWindow, qtbot: QtBot) -> None:
    preview = PaperDialog(window, window.place.runner, [one_paper()])
    preview.open()
    preview.reject()
    qtbot.waitUntil(lambda: not window.place.runner.busy())
    QApplication.sendPostedEvents()  # what was posted to the closed window: the runner tells of no bug
    QApplication.processEvents()
