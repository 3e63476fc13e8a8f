"""生成数据包: where to, in which size, how far it is, and when the stick may be pulled out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.bundles_out import SIZES, BundlesOut, Place, Receiver, place_words

from . import theme
from .form import sentence_of
from .kept import kept
from .page import Workplace
from .widgets.buttons import Button
from .widgets.combo import choices
from .widgets.panel import rule, scroller
from .widgets.text import ProblemLine, label
from .widgets.ticks import Radios
from .work_line import WorkLine

FOLDER = "exchange/folder"
SIZE = "exchange/size"


class ExportDialog(QDialog):
    """``written`` when bundles stand whole in the folder."""

    written = Signal()

    def __init__(
        self, parent: QWidget, place: Workplace, out: BundlesOut, to: Sequence[Receiver]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("生成数据包")
        self.setModal(True)
        self._out, self._to, self._open = out, tuple(to), True
        self._kept = kept(place.desk)
        self._places: dict[str, Path] = {}
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0)
        head = QVBoxLayout()
        theme.space(head, (1.3, 0.9, 1.3, 0.7), 0.2)
        head.addWidget(label("生成数据包", "title"))
        names = "、".join(each.name for each in to)
        head.addWidget(
            label(f"给{names}。只有对方打得开，别人拿到也看不了。", "body", "text2", wrap=True)
        )
        self._column.addLayout(head)
        self._column.addWidget(rule())
        inner = QWidget()
        self._parts = QVBoxLayout(inner)
        theme.space(self._parts, (1.3, 0.8, 1.3, 0.8), 0.5)
        self.where = Radios("写到哪里", ())
        self._build_where()
        self.size_of = Radios("分包", choices([(s.key, f"{s.word}：{s.told}") for s in SIZES]))
        self.size_of.set_value(str(self._kept.value(SIZE) or "whole"))
        self._parts.addWidget(label("每个文件最大", "section"))
        self._parts.addWidget(self.size_of)
        self.problem = ProblemLine()
        self.told = label("", "strong", wrap=True)
        self.files = label("", "body", "text2", wrap=True)
        self.work = WorkLine(place.runner)
        for widget in (self.problem, self.work, self.told, self.files):
            self._parts.addWidget(widget)
        self._parts.addStretch()
        self._column.addWidget(scroller(inner, "生成数据包"), 1)
        self._column.addWidget(rule())
        self._build_foot()
        room = parent.window().size()
        self.resize(min(theme.em(46), room.width() - 40), min(theme.em(33), room.height() - 30))
        self._ask_places()

    def _build_where(self) -> None:
        self._parts.addWidget(label("写到哪里", "section"))
        self._radio_row = QVBoxLayout()
        self._radio_row.addWidget(self.where)
        self._parts.addLayout(self._radio_row)
        row = QHBoxLayout()
        self.browse = Button("另选文件夹…")
        self.again = Button("重新找 U 盘", "usb")
        row.addWidget(self.browse)
        row.addWidget(self.again)
        row.addStretch()
        self._parts.addLayout(row)
        self.browse.clicked.connect(self._ask_folder)
        self.again.clicked.connect(self._ask_places)

    def _build_foot(self) -> None:
        row = QHBoxLayout()
        theme.space(row, (1.3, 0.7, 1.3, 0.8), 0.6)
        row.addStretch()
        self.close_button = Button("关闭")
        self.close_button.clicked.connect(self.reject)
        self.go = Button("生成", "package-export", primary=True, main=True)
        self.go.clicked.connect(self.write)
        row.addWidget(self.close_button)
        row.addWidget(self.go)
        self._column.addLayout(row)

    # --- where to ---

    def _ask_places(self) -> None:
        self._out.places(str(self._kept.value(FOLDER) or ""), self._show_places)

    def _show_places(self, places: tuple[Place, ...]) -> None:
        if not self._open:
            return
        now = self.folder()
        self._places = {str(each.path): each.path for each in places}
        words = [(str(each.path), each.word) for each in places]
        if now is not None and str(now) not in self._places:
            self._places[str(now)] = now
            words.append((str(now), place_words(now)))
        self._show_choices(words, str(now) if now is not None else "")

    def _show_choices(self, words: Sequence[tuple[str, str]], chosen: str) -> None:
        old = self.where
        self.where = Radios("写到哪里", choices(words))
        self.where.set_value(chosen or (words[0][0] if words else ""))
        self.where.changed.connect(self._show)
        self._radio_row.replaceWidget(old, self.where)
        old.hide()
        old.deleteLater()
        self.where.setVisible(bool(words))
        self._show()

    def choose_folder(self, folder: Path) -> None:
        """Take this folder."""
        self._places = {str(folder): folder, **self._places}
        words = [(key, place_words(path)) for key, path in self._places.items()]
        self._show_choices(words, str(folder))

    def folder(self) -> Path | None:
        """The folder chosen."""
        return self._places.get(self.where.value())

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "选择写到哪个文件夹")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda name: self.choose_folder(Path(name)))
        dialog.open()

    # --- writing ---

    def write(self) -> None:
        """Write the bundles; afterwards one may write them anew elsewhere."""
        folder = self.folder()
        if folder is None or self._out.why_not(folder):
            self._show()
            return
        size = next(each for each in SIZES if each.key == self.size_of.value())
        self._kept.setValue(FOLDER, str(folder))
        self._kept.setValue(SIZE, size.key)
        self.problem.say("")
        self.told.setText("")
        self.files.setText("")
        job = self._out.write(self._to, folder, size, self._done, self._failed)
        self.work.follow(job, "正在写，写完还要读回来核对")
        self._show()

    def _done(self) -> None:
        if not self._open:
            return
        self.work.end()
        self.told.setText(self._out.sentence())
        self.files.setText("\n".join(self._out.files()))
        self._show()
        self.close_button.setFocus()
        self.written.emit()

    def _failed(self, error: XinfangError) -> None:
        if not self._open:
            return
        self.work.end()
        whole = self._out.files()
        self.files.setText("\n".join(("前面这些已经写好：", *whole)) if whole else "")
        self.problem.say(sentence_of(error))
        self._show()

    def _show(self) -> None:
        self.go.refuse(
            "正在写，请等写完" if self.work.running() else self._out.why_not(self.folder())
        )
        for widget in (self.where, self.size_of, self.browse, self.again):
            widget.setEnabled(not self.work.running())

    def reject(self) -> None:
        """Escape stops what is being written; the dialog stays until it has ended."""
        if self.work.running():
            self.work.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._open = False
        super().done(result)
