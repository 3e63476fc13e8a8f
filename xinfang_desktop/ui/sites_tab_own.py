"""本机的名片: fingerprint and code, as a file and on paper; making this PC a new site."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.sites import RENEWED, SitesPresenter

from . import theme
from .fingerprint import Fingerprint
from .form import sentence_of
from .messages import ask
from .page import Workplace
from .paper import Paper, PaperDialog
from .save_as import ask_where
from .widgets.buttons import Button
from .widgets.panel import rule, scroller
from .widgets.qr import QrCode
from .widgets.text import Link, ProblemLine, label
from .widgets.wrap import WrapRow


class OwnTab(QWidget):
    """``changed`` after this PC was made a new site."""

    changed = Signal()

    def __init__(self, place: Workplace, sites: SitesPresenter) -> None:
        super().__init__()
        self._place, self._sites = place, sites
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, (0.6, 0.8, 0.8, 0.6), 0.7)
        self.name = label("", "section", wrap=True)
        self.fingerprint = Fingerprint("本机的指纹")
        self.code = QrCode("名片的二维码")
        self.problem = ProblemLine()
        self.save = Button("存名片文件…", "device-floppy", primary=True)
        self.print = Button("打印名片", "printer")
        self.copy = Button("复制指纹", "copy")
        told = QVBoxLayout()
        theme.space(told, 0, 0.6)
        told.addWidget(self.name)
        told.addWidget(
            label(
                "本机的指纹。对方添加您的名片时，请在电话里一组一组念给他听。",
                "body",
                "text2",
                wrap=True,
            )
        )
        told.addWidget(self.fingerprint)
        told.addWidget(self._buttons())
        told.addWidget(self.problem)
        told.addStretch()
        row = QHBoxLayout()
        theme.space(row, 0, 1)
        row.addLayout(told, 1)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.code)
        self._beside.addStretch()
        row.addLayout(self._beside)
        column.addLayout(row)
        column.addWidget(
            label(
                "名片里没有密码，可以放心给人。二维码里是名片的全部内容。",
                "secondary",
                "text2",
                wrap=True,
            )
        )
        column.addWidget(rule("hairline"))
        column.addWidget(self._renewal())
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller(inner, "本机的名片"))
        self.save.clicked.connect(self._ask_where)
        self.print.clicked.connect(self._print)
        self.copy.clicked.connect(self._copy)
        self.look_changed()

    def look_changed(self) -> None:
        """In large print the code is left to the paper: there is no room beside the digits."""
        if hasattr(self, "code"):
            self.code.setVisible(not theme.is_large())

    def _buttons(self) -> QWidget:
        made = QWidget()
        row = WrapRow(0.6, 0.4)
        made.setLayout(row)
        for button in (self.save, self.print, self.copy):
            row.add(button)
        return made

    def _renewal(self) -> QWidget:
        made = QWidget()
        row = WrapRow(0.8, 0.3)
        made.setLayout(row)
        row.add(
            label("数据文件夹被复制到另一台电脑、两台都在用时：", "secondary", "text2", wrap=True), 22,
            grows=True,
        )  # fmt: skip
        self.renew = Link("本机重新建立站点…", "secondary")
        self.renew.clicked.connect(self.ask_renew)
        row.add(self.renew)
        return made

    def show_own(self) -> None:
        """Show our card."""
        own = self._sites.own
        self.name.setText(own.name if own else "")
        self.fingerprint.show_groups(self._sites.groups())
        theme.refit_below(self.fingerprint)
        self.code.set_text(self._sites.code())
        reason = self._sites.why_not()
        self.renew.setEnabled(not reason)
        self.renew.setToolTip(reason)

    def _ask_where(self) -> None:
        name = self._sites.file_name()
        ask_where(
            self, "存名片文件", name,
            lambda out: self._sites.save_card(
                out, lambda: self._say(f"名片已存到 {out.name}，请交给对方"), self._failed
            ),
        )  # fmt: skip

    def _print(self) -> None:
        def came(pdf: bytes) -> None:
            PaperDialog(self, self._place.runner, [Paper("站点名片", pdf)], "站点名片").open()

        self._sites.paper(came, self._failed)

    def _copy(self) -> None:
        QApplication.clipboard().setText(" ".join(self._sites.groups()))
        self._say("指纹已复制")

    def _say(self, words: str) -> None:
        self.problem.say("")
        self._place.say(words)

    def _failed(self, error: XinfangError) -> None:
        self.problem.say(sentence_of(error))

    def ask_renew(self) -> None:
        """Ask before this PC becomes a new site."""
        ask(
            self, "本机重新建立站点？", RENEWED, "重新建立站点",
            lambda: self._sites.renew(self._renewed, self._failed), dangerous=True,
        )  # fmt: skip

    def _renewed(self) -> None:
        self._place.saved()
        self._say("本机已是新的站点，请把新的名片交给每个单位")
        self.changed.emit()
