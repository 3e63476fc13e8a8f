"""收发的数据包: every file that went out or came in, the newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.exchange import ExchangePresenter
from xinfang_desktop.presenters.exchange_words import HistoryLine

from . import theme
from .form import sentence_of
from .page import Workplace
from .paper import Paper, PaperDialog
from .widgets.buttons import Button
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import ProblemLine, label

_COLUMNS = (
    Column("at", "时间", lambda r: r.at, 9.4),
    Column("way", "收发", lambda r: r.way, 4.6, filtered=True),
    Column("name", "单位", lambda r: r.name, 10, filtered=True),
    Column("told", "内容", lambda r: r.told),
    Column("file", "文件", lambda r: r.file, 17),
    Column("by", "谁", lambda r: r.by, 5),
)
_IN_LARGE = frozenset({"way", "name", "told"})


class HistoryDialog(QDialog):
    """A table of files; Ctrl+C copies the chosen rows, a receipt is printed of one."""

    def __init__(self, parent: QWidget, place: Workplace, exchange: ExchangePresenter) -> None:
        super().__init__(parent)
        self._place, self._exchange = place, exchange
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("收发的数据包")
        self.setModal(True)
        column = QVBoxLayout(self)
        theme.space(column, 1.2, 0.7)
        column.addWidget(label("收发的数据包", "title"))
        self.table = DataTable(_COLUMNS, "收发的数据包")
        for number, each in enumerate(_COLUMNS):
            self.table.setColumnHidden(number, theme.is_large() and each.key not in _IN_LARGE)
        column.addWidget(TablePanel(self.table, "个"), 1)
        self.problem = ProblemLine()
        column.addWidget(self.problem)
        row = QHBoxLayout()
        self.receipt = Button("打印交接单", "printer")
        self.receipt.clicked.connect(self.print_receipt)
        row.addWidget(self.receipt)
        row.addStretch()
        self.close_button = Button("关闭", primary=True)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.table.chosen.connect(lambda _line: self._offer())
        self.table.set_rows(exchange.history())
        self._offer()
        room = parent.window().size()
        self.resize(min(theme.em(78), room.width() - 40), min(theme.em(38), room.height() - 30))

    def _offer(self) -> None:
        none = "" if self.table.current() is not None else "先选一个数据包。"
        self.receipt.refuse(self._exchange.why_not("exchange_bundles") or none)

    def print_receipt(self) -> None:
        """数据包交接单 of the file looked at."""
        line: Any = self.table.current()
        if isinstance(line, HistoryLine):
            self.problem.say("")
            self._exchange.receipt(line, self._show_receipt, self._failed)

    def _show_receipt(self, pdf: bytes) -> None:
        title = "数据包交接单"
        PaperDialog(self, self._place.runner, [Paper(title, pdf)], title).open()

    def _failed(self, error: XinfangError) -> None:
        self.problem.say(sentence_of(error))
