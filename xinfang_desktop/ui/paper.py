"""Papers on screen and to the printer: pages of a PDF as pictures, the same bytes printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import EnvironmentProblem, XinfangError
from xinfang_desktop.services.paperwork import write_whole

from . import theme
from .tasks import Runner
from .widgets.buttons import Button
from .widgets.panel import Panel, scroller

PRINT_DPI = 300

_LYING = QPageLayout.Orientation.Landscape
_UPRIGHT = QPageLayout.Orientation.Portrait


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper ready to be seen or printed: its name and its PDF."""

    title: str
    pdf: bytes


def pages(pdf: bytes, scale: float) -> list[QImage]:
    """Every page as a picture, ``scale`` 1 = 72 dpi. Call it in the lane of files: PDFium is not
    made for several threads.
    """
    import pypdfium2  # type: ignore[import-untyped]  # a tenth of a second that the first window does without

    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=scale).to_pil().convert("RGB")
            data = picture.tobytes()
            width, height = picture.size
            image = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
            found.append(image.copy())
    return found


def print_papers(
    papers: list[Paper], printer_name: str = "", offset_mm: tuple[float, float] = (0, 0)
) -> str:
    """Print in the lane of files (an unreachable network printer blocks for long). Returns the
    printer's name. ``offset_mm`` moves everything right and down.

    Raises EnvironmentProblem where there is no printer or it refuses.
    """
    info = QPrinterInfo.printerInfo(printer_name) if printer_name else QPrinterInfo.defaultPrinter()
    if info.isNull():
        names = QPrinterInfo.availablePrinterNames()
        if not names:
            raise EnvironmentProblem(
                "no_printer",
                "这台电脑没有装打印机。",
                mend="文书已经存好，装好打印机后可在“文书”里补打，也可以存为 PDF 拿到别处打印。",
            )
        info = QPrinterInfo.printerInfo(names[0])
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setDocName("、".join(paper.title for paper in papers))
    if not paint(printer, papers, offset_mm):
        raise EnvironmentProblem(
            "printer_refused", f"打印机“{info.description()}”没有接受打印。",
            mend="请看打印机是否开着、有没有纸，再打印一次。",
        )  # fmt: skip
    return info.description() or info.printerName()


def paint(printer: QPrinter, papers: list[Paper], offset_mm: tuple[float, float] = (0, 0)) -> bool:
    """Every page as it is, upright or on its side. False where the printer refuses to begin."""
    dot = PRINT_DPI / 25.4
    painter = QPainter()
    for paper in papers:
        for image in pages(paper.pdf, PRINT_DPI / 72):
            lying = image.width() > image.height()
            printer.setPageOrientation(_LYING if lying else _UPRIGHT)  # of the page that follows
            if painter.isActive():
                printer.newPage()
            elif not painter.begin(printer):
                return False
            painter.drawImage(
                QRectF(offset_mm[0] * dot, offset_mm[1] * dot, image.width(), image.height()), image
            )
    painter.end()
    return True


class PaperDialog(QDialog):
    """Papers as they will be printed, with 打印 and 存为 PDF."""

    def __init__(
        self, parent: QWidget, runner: Runner, papers: list[Paper], title: str = "打印预览"
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self._runner, self._papers = runner, papers
        column = QVBoxLayout(self)
        theme.space(column, 0.85, 0.6)
        panel = Panel("、".join(paper.title for paper in papers))
        inner = QWidget()
        self._sheets = QVBoxLayout(inner)
        theme.space(self._sheets, 1.15, 1.15)
        panel.body.addWidget(scroller(inner, "预览"))
        column.addWidget(panel, 1)
        row = panel.foot()
        close = Button("关闭")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        row.addStretch()
        keep = Button("存为 PDF")
        keep.clicked.connect(self._ask_where)
        row.addWidget(keep)
        self._print = Button("打印", "printer", primary=True)
        self._print.setDefault(True)
        self._print.clicked.connect(self._send)
        row.addWidget(self._print)
        room = parent.window().size()
        self.resize(min(theme.em(62), room.width() - 60), room.height() - 40)
        for paper in papers:
            self._render(paper)

    def _render(self, paper: Paper) -> None:
        self._runner.run(lambda: pages(paper.pdf, 1.25), self._show, lane="files", label="正在排版")

    def _show(self, found: list[QImage]) -> None:
        for number, image in enumerate(found, 1):
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image))
            sheet.setAccessibleName(f"第 {number} 页，共 {len(found)} 页")
            sheet.setFrameShape(QLabel.Shape.Box)
            self._sheets.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)

    def _send(self) -> None:
        self._print.setEnabled(False)
        send(
            self._runner,
            self._papers,
            lambda _name: self.accept(),
            lambda _error: self._print.setEnabled(True),
        )

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "存为 PDF")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF 文件 (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._papers[0].title}.pdf")
        dialog.fileSelected.connect(self._keep)
        dialog.open()

    def _keep(self, name: str) -> None:
        paths = [Path(name), *(Path(name).with_stem(f"{Path(name).stem}-{n}") for n in range(2, 9))]
        jobs = list(zip(paths, self._papers, strict=False))

        def write() -> None:
            for path, paper in jobs:
                write_whole(path, paper.pdf)

        self._runner.run(
            write,
            lambda _none: None,
            lane="files",
            label="正在存文件",
        )


def send(
    runner: Runner,
    papers: list[Paper],
    done: Callable[[str], None],
    failed: Callable[[XinfangError], None] | None = None,
    printer_name: str = "",
) -> None:
    """Print off the screen's thread; ``done`` gets the printer's name."""
    runner.run(
        lambda: print_papers(papers, printer_name), done, failed, lane="files", label="正在打印"
    )
