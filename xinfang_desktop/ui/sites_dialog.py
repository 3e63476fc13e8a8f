"""站点名片: our card, the other sites, the exchange folder; one tab each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from xinfang_desktop.presenters.sites import SitesPresenter

from . import theme
from .page import Workplace
from .sites_tab_folder import FolderTab
from .sites_tab_list import ListTab
from .sites_tab_own import OwnTab
from .widgets.buttons import Button
from .widgets.text import label

TABS = ("own", "list", "folder")


class SitesDialog(QDialog):
    """``changed`` after a site was added or shut out; ``send_wanted(folder)`` asks for bundles for
    everybody in the exchange folder.
    """

    changed = Signal()
    send_wanted = Signal(object)

    def __init__(self, parent: QWidget, place: Workplace, tab: str = "own") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("站点名片")
        self.setModal(True)
        self._open = True
        self.sites = SitesPresenter(place.desk, place.runner.run)
        column = QVBoxLayout(self)
        theme.space(column, (1.2, 0.9, 1.2, 0.9), 0.6)
        column.addWidget(label("站点名片", "title"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("站点名片")
        self.own = OwnTab(place, self.sites)
        self.list = ListTab(self.sites)
        self.folder = FolderTab(place)
        self.tabs.addTab(self.own, "本机的名片")
        self.tabs.addTab(self.list, "对方站点")
        self.tabs.addTab(self.folder, "交换文件夹")
        column.addWidget(self.tabs, 1)
        row = QHBoxLayout()
        row.addStretch()
        self.close_button = Button("关闭")
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.own.changed.connect(self._changed)
        self.list.changed.connect(self._changed)
        self.folder.send_wanted.connect(self._send)
        room = parent.window().size()
        self.resize(min(theme.em(62), room.width() - 40), min(theme.em(42), room.height() - 30))
        self.tabs.setCurrentIndex(TABS.index(tab))
        self.load()

    def load(self) -> None:
        """Ask for everything again."""
        self.sites.load(self._show)

    def _show(self) -> None:
        if self._open:
            self.own.show_own()
            self.list.show_rows()

    def _changed(self) -> None:
        self.changed.emit()
        self.load()

    def _send(self, folder: object) -> None:
        self.accept()
        self.send_wanted.emit(folder)

    def done(self, result: int) -> None:
        self._open = False
        self.folder.let_go()
        super().done(result)
