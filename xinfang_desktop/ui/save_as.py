"""存为: where a file shall go. One dialog for every file that the program writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_KINDS = {
    "pdf": "PDF 文件 (*.pdf)",
    "xlsx": "Excel 工作簿 (*.xlsx)",
    "card": "站点名片 (*.card)",
}


def ask_where(parent: QWidget, title: str, name: str, done: Callable[[Path], None]) -> QFileDialog:
    """Ask for a place, ``name`` (with its suffix) proposed; ``done`` gets the path chosen."""
    suffix = name.rpartition(".")[2]
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_KINDS[suffix])
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: done(Path(chosen)))
    dialog.open()
    return dialog
