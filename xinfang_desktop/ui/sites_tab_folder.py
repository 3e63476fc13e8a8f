"""交换文件夹: a shared folder that is watched for bundles and into which ours are written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services.outputs import check_output

from . import theme
from .form import sentence_of
from .page import Workplace
from .widgets.buttons import Button
from .widgets.panel import scroller
from .widgets.text import ProblemLine, label
from .widgets.wrap import WrapRow


class FolderTab(QWidget):
    """``send_wanted(folder)`` asks for bundles for everybody in there."""

    send_wanted = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place, self._news = place, place.exchange
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, (0.6, 0.8, 0.8, 0.6), 0.7)
        column.addWidget(
            label(
                "两台电脑都能打开的共享文件夹，可以代替 U 盘。给本站点的新数据包放进来，这里会提示；"
                "看过再导入，程序不会自己导入。",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        self.where = label("", "strong", wrap=True)
        self.found = label("", "body", wrap=True)
        self.problem = ProblemLine()
        for widget in (self.where, self.found, self.problem):
            column.addWidget(widget)
        self.pick = Button("选择文件夹…", "download")
        self.send = Button("把待发的都写进去", "package-export", primary=True)
        self.again = Button("再看一次", "history")
        self.stop = Button("不用交换文件夹")
        buttons = QWidget()
        row = WrapRow(0.6, 0.4)
        buttons.setLayout(row)
        for button in (self.pick, self.send, self.again, self.stop):
            row.add(button)
        column.addWidget(buttons)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller(inner, "交换文件夹"))
        self.pick.clicked.connect(self._ask)
        self.send.clicked.connect(lambda: self.send_wanted.emit(self._news.watched.folder))
        self.again.clicked.connect(self._news.look)
        self.stop.clicked.connect(lambda: self._choose(None))
        self._news.changed.connect(self.show_folder)
        self.show_folder()

    def let_go(self) -> None:
        """The dialog closes: nothing is shown any more."""
        self._news.changed.disconnect(self.show_folder)

    def show_folder(self) -> None:
        """Show the folder and what lies there."""
        folder = self._news.watched.folder
        self.where.setText(f"“{folder}”" if folder is not None else "还没有选交换文件夹。")
        told = self._news.watched.sentence()
        self.found.setText(told or ("里面没有给本站点的新数据包。" if folder is not None else ""))
        self.found.setVisible(bool(self.found.text()))
        verb = "exchange_bundles"
        may = permissions.may(self._place.desk.roles, verb)
        reason = "" if may else permissions.not_permitted(verb).sentence
        self.pick.refuse(reason)
        none = reason or ("" if folder is not None else "先选择文件夹")
        for button in (self.send, self.again, self.stop):
            button.refuse(none)

    def _ask(self) -> None:
        dialog = QFileDialog(self, "选择交换文件夹")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()

    def choose(self, folder: Path) -> None:
        """Watch this folder; the program's own data folder is refused."""
        try:
            check_output(self._place.desk.home, folder, folder=True)
        except XinfangError as error:
            self.problem.say(sentence_of(error))
            return
        self._choose(folder)

    def _choose(self, folder: Path | None) -> None:
        self.problem.say("")
        self._news.choose(folder)
        self.show_folder()
