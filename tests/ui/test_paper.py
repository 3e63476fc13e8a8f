"""Papers go to the printer as they are, upright or on their side."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.printing.screening_papers import P03, P06
from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.render import Printer
from xinfang_desktop.ui.paper import PRINT_DPI, Paper, paint


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
