"""The printers of this PC and how far each one shifts the page. Everything here may block for
seconds on an unreachable network printer: call it in the lane of files, never while painting.
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSettings, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from xinfang_desktop.domain.errors import EnvironmentProblem

MOST_MM = 20.0
_LAST = "printers/last"
_SHEET_DPI = 300
_FROM_EDGE_MM = 20


def names() -> tuple[str, ...]:
    """The installed printers, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    found = QPrinterInfo.availablePrinterNames()
    return tuple(sorted(found, key=lambda name: (name != default, name)))


class PrinterMemory:
    """The printer used last, and the offset of each in mm (right, down)."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def last(self) -> str:
        """The printer used last, empty at first."""
        return str(self._settings.value(_LAST, ""))

    def use(self, name: str) -> None:
        """Remember this one."""
        self._settings.setValue(_LAST, name)

    def offset(self, name: str) -> tuple[float, float]:
        """How far everything is moved on this printer, in mm right and down."""
        right = _number(self._settings.value(f"{_key(name)}/right", 0))
        return right, _number(self._settings.value(f"{_key(name)}/down", 0))

    def set_offset(self, name: str, right: float, down: float) -> None:
        """Remember how far to move everything."""
        self._settings.setValue(f"{_key(name)}/right", right)
        self._settings.setValue(f"{_key(name)}/down", down)

    def offset_words(self, name: str) -> str:
        """A4 黑白，左右校正 +1.5 mm."""
        right, down = self.offset(name)
        told = [f"左右 {right:+g} mm"] * bool(right) + [f"上下 {down:+g} mm"] * bool(down)
        return f"校正：{'，'.join(told)}" if told else ""


def calibration_sheet(name: str, offset_mm: tuple[float, float]) -> None:
    """Print a sheet with a cross 20 mm from each edge and rulers, to measure the shift.

    Raises EnvironmentProblem where the printer is gone or refuses.
    """
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise EnvironmentProblem(
            "no_printer", f"找不到打印机“{name}”。", mend="请看它是否还装着，再打印一次。"
        )
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_SHEET_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setDocName("打印校正页")
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem(
            "printer_refused", f"打印机“{name}”没有接受打印。",
            mend="请看打印机是否开着、有没有纸，再打印一次。",
        )  # fmt: skip
    draw_sheet(painter, offset_mm, _SHEET_DPI / 25.4)
    painter.end()


def draw_sheet(painter: QPainter, offset_mm: tuple[float, float], dot: float) -> None:
    """Draw the calibration sheet; ``dot`` is pixels a mm."""
    painter.translate(offset_mm[0] * dot, offset_mm[1] * dot)
    painter.setPen(QPen(Qt.GlobalColor.black, 0.2 * dot))
    right, bottom = 210 - _FROM_EDGE_MM, 297 - _FROM_EDGE_MM
    for x in (_FROM_EDGE_MM, right):
        for y in (_FROM_EDGE_MM, bottom):
            painter.drawLine(QPointF((x - 8) * dot, y * dot), QPointF((x + 8) * dot, y * dot))
            painter.drawLine(QPointF(x * dot, (y - 8) * dot), QPointF(x * dot, (y + 8) * dot))
    for mm in range(51):
        long = 4 if mm % 10 == 0 else 2.5 if mm % 5 == 0 else 1.5
        at = (80 + mm) * dot
        painter.drawLine(QPointF(at, 60 * dot), QPointF(at, (60 + long) * dot))
        down = (100 + mm) * dot
        painter.drawLine(QPointF(60 * dot, down), QPointF((60 + long) * dot, down))
    face = QFont("Noto Sans SC")
    face.setPixelSize(round(4 * dot))
    painter.setFont(face)
    words = (
        "打印校正页",
        f"现在的校正：右 {offset_mm[0]:g} mm，下 {offset_mm[1]:g} mm",
        "1. 用尺量左上角十字到纸左边、上边的距离，都应是 20 mm。",
        "2. 左边多 1 mm，就把“向右”减 1；少 1 mm，就加 1。上边同样改“向下”。",
        "3. 改好再打一张，直到都是 20 mm。",
    )
    for number, line in enumerate(words):
        box = QRectF(80 * dot, (100 + number * 9) * dot, 115 * dot, 14 * dot)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), line)


def _key(name: str) -> str:
    return f"printers/{name.encode().hex()}"


def _number(value: object) -> float:
    try:
        return max(-MOST_MM, min(MOST_MM, float(str(value))))
    except ValueError:
        return 0.0
