"""The page as it will be printed: turn, size, and the picture itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.presenters.paperwork import SCREEN_DPI
from xinfang_desktop.printing.preview import Picture

from . import theme
from .widgets.buttons import Button
from .widgets.combo import Choice, Combo
from .widgets.panel import Panel
from .widgets.text import label

FIT = "fit"
_A4_INCHES = 210 / 25.4
_ZOOMS = (FIT, "0.75", "1", "1.5", "2", "3")
_SETTLE_MS = 200


class Preview(Panel):
    """``turned(page)`` when another page is wanted, ``resized`` when another size is."""

    turned = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.page, self.pages = 1, 0
        bar = QWidget()
        row = QHBoxLayout(bar)
        theme.space(row, (0.6, 0.5, 0.6, 0.5), 0.5)
        self.before = Button("", "chevron-left", spoken="上一页")
        self.after = Button("", "chevron-right", spoken="下一页")
        self._count = label("第 0 / 0 页")
        self.zoom_box = Combo("大小", [Choice(z, _zoom_word(z)) for z in _ZOOMS])
        self.zoom_box.set_value(FIT)
        theme.hold(self.zoom_box, width=8)
        for widget in (self.before, self._count, self.after):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.zoom_box)
        self.body.addWidget(bar)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setAccessibleName("预览")
        holder = QWidget()
        holder.setProperty("desk", True)
        column = QVBoxLayout(holder)
        theme.space(column, 0.6, 0)
        column.addWidget(self._picture)
        column.addStretch()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("预览，上下键滚动，Page Up 和 Page Down 翻页")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setWidget(holder)
        self.area.viewport().installEventFilter(self)
        self.area.installEventFilter(self)
        self.body.addWidget(self.area, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE_MS)
        self._wait.timeout.connect(self.resized)
        self.before.clicked.connect(lambda: self.turned.emit(self.page - 1))
        self.after.clicked.connect(lambda: self.turned.emit(self.page + 1))
        self.zoom_box.changed.connect(self.resized)
        self._say()

    def zoom(self) -> float:
        """Times 96 dpi, screen pixels included."""
        chosen = self.zoom_box.value() or FIT
        ratio = self.devicePixelRatioF()
        if chosen != FIT:
            return float(chosen) * ratio
        room = self.area.viewport().width() - theme.em(1.2) - 4
        return max(0.3, room / (_A4_INCHES * SCREEN_DPI)) * ratio

    def enlarge(self) -> None:
        """Look closely (at a rare character)."""
        self.zoom_box.set_value("2")
        self.resized.emit()

    def show_page(self, picture: Picture, page: int, pages: int) -> None:
        """Show this page of so many."""
        self.page, self.pages = page, pages
        image = QPixmap.fromImage(QImage.fromData(picture.png))
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(image)
        self._say()

    def clear(self, words: str = "") -> None:
        """Show no page but a sentence."""
        self.page, self.pages = 1, 0
        self._picture.setPixmap(QPixmap())
        self._picture.setText(words)
        self._say()

    def _say(self) -> None:
        self._count.setText(f"第 {self.page if self.pages else 0} / {self.pages} 页")
        self._picture.setAccessibleName(f"预览，{self._count.text()}")
        self.before.setEnabled(self.page > 1)
        self.after.setEnabled(self.page < self.pages)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area.viewport() and event.type() == QEvent.Type.Resize:
            if self.zoom_box.value() == FIT and self.pages:
                self._wait.start()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
            if step is not None and 1 <= self.page + step <= self.pages:
                self.turned.emit(self.page + step)
                return True
        return super().eventFilter(watched, event)


def _zoom_word(zoom: str) -> str:
    return "适合宽度" if zoom == FIT else f"{round(float(zoom) * 100)}%"
