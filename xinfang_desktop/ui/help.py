"""Help on F1: what this field wants, a sample, the article; and the manual, all offline."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPageLayout, QPageSize, Qt, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.places import RESOURCES

from . import theme
from .widgets.buttons import Button
from .widgets.panel import Panel, scroller
from .widgets.text import Link, label

PAGES = (
    ("start", "从这里开始"), ("register", "登记一件来访"), ("today", "今日：要办的事"),
    ("matters", "信访事项"), ("haves", "四有台账"), ("screening", "排查台账"), ("return", "本期填报"), ("papers", "文书"),
    ("exchange_start", "数据交换"),
    ("settings", "设置和账号"), ("import", "导入台账"), ("trouble", "遇到问题时"),
)  # fmt: skip
_PRINT_PT = 13.0


def field_of(widget: QWidget | None) -> Field | None:
    """The declared field a widget belongs to."""
    while widget is not None:
        declared = getattr(widget, "field", None)
        if isinstance(declared, Field):
            return declared
        widget = widget.parentWidget()
    return None


class HelpPanel(QFrame):
    """The panel at the right of the window; Esc closes it and gives the focus back."""

    closed = Signal()
    manual_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = "start"
        self._back: QWidget | None = None
        self.setProperty("sheet", True)
        column = QVBoxLayout(self)
        theme.space(column, (0.85, 0.6, 1.15, 0.8))
        self._close = Link("关闭 Esc", "secondary", "关闭说明")
        self._close.clicked.connect(self._leave)
        self._panel = Panel("这一栏怎么填", aside=self._close)
        inner = QWidget()
        body = QVBoxLayout(inner)
        theme.space(body, 0.85, 0.7)
        self._panel.body.addWidget(scroller(inner, "这一栏怎么填"))
        column.addWidget(self._panel)
        self._name = label("", "section", wrap=True)
        self._help = label("", wrap=True)
        self._sample_head = label("例如", "secondary", "text2")
        self._sample = label("", "strong", wrap=True)
        self._article_head = label("依据", "secondary", "text2")
        self._article = label("", wrap=True)
        self._required = label("", "secondary", "text2", wrap=True)
        for widget in (
            self._name, self._help, self._sample_head, self._sample, self._article_head,
            self._article, self._required,
        ):  # fmt: skip
            body.addWidget(widget)
        body.addStretch()
        self._more = Link("打开使用手册")
        self._more.clicked.connect(lambda: self.manual_wanted.emit(self._page))
        self._panel.foot().addWidget(self._more)
        self.hide()

    def explain(self, field: Field | None, page: str, back: QWidget | None) -> None:
        """Show the help of a field; without one, of the page."""
        self._page, self._back = page, back
        self._name.setText(field.label if field else "光标不在哪一栏里")
        words = field.help if field else "把光标放进一栏再按 F1，这里会说该填什么。"
        self._help.setText(words or "照实填写即可。")
        self._required.setText(
            "" if field is None else "必填。" if field.required else "可以不填，以后再补。"
        )
        pairs = (
            (self._sample_head, self._sample, field.sample if field else ""),
            (self._article_head, self._article, field.article if field else ""),
        )
        for head, body, text in pairs:
            body.setText(text)
            head.setVisible(bool(text))
            body.setVisible(bool(text))
        self.setAccessibleName(f"{self._name.text()}：{self._help.text()}")
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.hide()
        if self._back is not None:
            self._back.setFocus()
        self.closed.emit()


class Manual(QDialog):
    """The manual, opened at a page; it stays beside the work."""

    def __init__(self, parent: QWidget, page: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("使用手册")
        self.page = ""
        self._seen: list[str] = []
        column = QVBoxLayout(self)
        theme.space(column, 0.85, 0.6)
        self._text = QTextBrowser()
        self._text.setAccessibleName("使用手册")
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        column.addWidget(self._text, 1)
        row = QHBoxLayout()
        theme.space(row, 0, 0.6)
        self._back = Button("返回", "chevron-left")
        self._back.clicked.connect(self._go_back)
        contents = Button("目录")
        contents.clicked.connect(lambda: self.show_page("start"))
        printing = Button("打印这一页", "printer")
        printing.clicked.connect(self._print)
        close = Button("关闭")
        close.clicked.connect(self.close)
        row.addWidget(self._back)
        row.addWidget(contents)
        row.addStretch()
        row.addWidget(printing)
        row.addWidget(close)
        column.addLayout(row)
        self.resize(theme.em(46), theme.em(40) if not theme.is_large() else theme.em(22))
        self.show_page(page)

    def show_page(self, page: str) -> None:
        """Show one page; below it the list of the main ones."""
        if self.page and self.page != page:
            self._seen.append(self.page)
        self._show(page)

    def _show(self, page: str) -> None:
        self.page = page
        links = "　".join(f"[{title}]({key})" for key, title in PAGES)
        self._text.setMarkdown(f"{text_of(page)}\n\n---\n\n{links}\n")
        self._text.moveCursor(self._text.textCursor().MoveOperation.Start)
        self._back.setEnabled(bool(self._seen))

    def _follow(self, link: QUrl) -> None:
        self.show_page(link.toString())

    def _go_back(self) -> None:
        if self._seen:
            self._show(self._seen.pop())

    def _print(self) -> None:
        dialog = QPrintDialog(self)
        dialog.setWindowTitle("打印这一页")
        dialog.setModal(True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: print_page(self.page, dialog.printer()))
        dialog.show()


def text_of(page: str) -> str:
    """The words of a page; the first page where there is no such page."""
    file = RESOURCES / "help" / f"{page}.md"
    file = file if file.is_file() else RESOURCES / "help" / "start.md"
    return file.read_text(encoding="utf-8")


def print_page(page: str, printer: QPrinter) -> None:
    """Print a page of the manual on A4, in 13 pt whatever the screen's scale."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(18, 15, 18, 15), QPageLayout.Unit.Millimeter)
    sheet = QTextDocument()
    font = QApplication.font()
    font.setPointSizeF(_PRINT_PT)
    sheet.setDefaultFont(font)
    sheet.setMarkdown(text_of(page))
    room = printer.pageRect(QPrinter.Unit.Inch).size()
    sheet.setPageSize(room * QApplication.primaryScreen().logicalDotsPerInch())
    sheet.print_(printer)
