"""设置: 存证 — that nobody changed what was written, proved on the screen and on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.safeguards import ProofPresenter
from xinfang_desktop.presenters.settings import SettingsPresenter

from . import theme
from .form import sentence_of
from .page import Workplace
from .paper import Paper, PaperDialog
from .settings_page_tab import Tab, aside
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.inputs import LineEdit
from .widgets.text import ProblemLine, label


class ProofTab(Tab):
    """The log is whole, the tables are what the log says, and so is what was printed."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        self.proof = ProofPresenter(place.desk, place.runner.run_job)
        column = self.scrolled("存证")
        self.verify = Button("核对日志", "checkup-list", primary=not why_not)
        self.rebuild = Button("重建比对", "history")
        self.problem = ProblemLine()
        self.log_chip, self.log_words = DueChip("rest", "没有核对"), label("", wrap=True)
        self.rebuild_chip, self.rebuild_words = DueChip("rest", "没有比对"), label("", wrap=True)
        parts = (
            (
                "日志", "每一次登记、修改、查看都记在一条防篡改的日志里，核对每一条的摘要、先后和签名。",
                self.verify, self.log_chip, self.log_words,
            ),
            (
                "数据和日志一致", "把日志从头重放一遍，和现在的数据逐项比对。事项多时要一会儿。",
                self.rebuild, self.rebuild_chip, self.rebuild_words,
            ),
        )  # fmt: skip
        for title, told, button, chip, words in parts:
            block = QVBoxLayout()
            theme.space(block, (0, 0.2, 0, 0.8), 0.5)
            block.addWidget(label(title, "section"))
            block.addWidget(label(told, "body", "text2", wrap=True))
            block.addWidget(aside(button, chip))
            block.addWidget(words)
            column.addLayout(block)
            button.refuse(why_not)
        column.addLayout(self._build_paper())
        column.addWidget(self.problem)
        column.addStretch()
        self.verify.clicked.connect(self.check_log)
        self.rebuild.clicked.connect(self.check_rebuild)

    def _build_paper(self) -> QVBoxLayout:
        block = QVBoxLayout()
        theme.space(block, (0, 0.2, 0, 0.8), 0.5)
        self.print = Button("打印月度存证", "printer")
        self.digest = LineEdit("存证纸上的摘要")
        self.compare = Button("核对存证纸", "checkup-list")
        self.paper_chip, self.paper_words = DueChip("rest", "没有核对"), label("", wrap=True)
        block.addWidget(label("纸上的存证", "section"))
        block.addWidget(
            label(
                "每月把每条记录链最后一条的摘要印在纸上，盖章锁好。以后输入纸上的一串摘要（或用扫码枪扫二维码），"
                "就知道从头到那一条有没有被改过。",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        block.addWidget(aside(self.print))
        block.addWidget(label("存证纸上的摘要，至少两组", "secondary", "text2"))
        block.addWidget(self.digest)
        block.addWidget(aside(self.compare, self.paper_chip))
        block.addWidget(self.paper_words)
        self.print.clicked.connect(self.print_proof)
        self.compare.clicked.connect(self.check_paper)
        self.digest.entered.connect(self.check_paper)
        self.paper_why = self.why_not or self.proof.why_no_paper()
        return block

    def load(self) -> None:
        self._show()

    def print_proof(self) -> None:
        """月度存证 on paper."""
        self._busy(True)

        def came(pdf: bytes) -> None:
            self._busy(False)
            title = "日志月度存证"
            PaperDialog(self, self.place.runner, [Paper(title, pdf)], title).open()

        self.proof.print_proof(came, self._failed)

    def check_paper(self) -> None:
        """What somebody typed, or a scanner did, against the log."""
        if self.compare.isEnabled():
            self._busy(True)
            self.proof.check_paper(self.digest.value(), self._done, self._failed)

    def check_log(self) -> None:
        """Check the whole log."""
        self._busy(True)
        self.proof.verify(self._done, self._failed)

    def check_rebuild(self) -> None:
        """Replay the log and compare."""
        self._busy(True)
        self.proof.check(self._done, self._failed)

    def _done(self) -> None:
        self._busy(False)
        self._show()

    def _failed(self, error: XinfangError) -> None:
        self._busy(False)
        self.problem.say(sentence_of(error))

    def _busy(self, busy: bool) -> None:
        self.problem.say("")
        for button in (self.verify, self.rebuild):
            button.refuse("正在核对" if busy else self.why_not)
        for button in (self.print, self.compare):
            button.refuse("正在核对" if busy else self.paper_why)

    def _show(self) -> None:
        words = {"rest": "还没有做", "done": "没有问题", "late": "有问题"}
        for chip, line, (state, sentence) in (
            (self.log_chip, self.log_words, self.proof.log_sentence()),
            (self.rebuild_chip, self.rebuild_words, self.proof.rebuild_sentence()),
        ):
            chip.set(state, words[state])
            line.setText(sentence)
        state, told = self.proof.paper_sentence()
        self.paper_chip.set(
            state, {"rest": "没有核对", "done": "在日志里", "late": "对不上"}[state]
        )
        self.paper_words.setText(told)
        self.paper_words.setVisible(bool(told))
        for button in (self.print, self.compare):
            button.refuse(self.paper_why)
