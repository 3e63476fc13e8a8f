"""收发的数据包: every file that went out or came in, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.exchange_words import HistoryLine

from . import theme
from .widgets.buttons import Button
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import label

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
    """A table of files; Ctrl+C copies the chosen rows."""

    def __init__(self, parent: QWidget, lines: Sequence[HistoryLine]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("收发的数据包")
        self.setModal(True)
        column = QVBoxLayout(self)
        theme.space(column, 1.2, 0.7)
        column.addWidget(label("收发的数据包", "title"))
        self.table = DataTable(_COLUMNS, "收发的数据包")
        for number, each in enumerate(_COLUMNS):
            self.table.setColumnHidden(number, theme.is_large() and each.key not in _IN_LARGE)
        self.table.set_rows(lines)
        column.addWidget(TablePanel(self.table, "个"), 1)
        row = QHBoxLayout()
        row.addStretch()
        self.close_button = Button("关闭", primary=True)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)
        room = parent.window().size()
        self.resize(min(theme.em(78), room.width() - 40), min(theme.em(38), room.height() - 30))
