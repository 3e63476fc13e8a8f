"""The first start, four sheets: what to begin with, the office, the first account, the code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.first_run import ADMIN_FIELDS, OFFICE_FIELDS, FirstRunPresenter
from xinfang_desktop.services.accounts import OfficeCreated

from . import theme
from .form import Form, FormContext
from .messages import show_problem
from .widgets.buttons import Button
from .widgets.panel import Panel, scroller
from .widgets.text import label
from .widgets.ticks import Tick

_OFFICE_ROWS = (
    (("kind", 12.0), "code"),
    ("name",),
    ("organ", ("doc_prefix", 9.0)),
    ("review_organ",),
    (("phone", 12.0), "address"),
)


class FirstRun(QWidget):
    """``made`` when the office exists and the code was put away; ``practice_wanted`` instead."""

    made = Signal(str)
    practice_wanted = Signal()

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.setWindowTitle("信访台 — 第一次使用")
        outer = QVBoxLayout(self)
        theme.space(outer, 1.15, 0.6)
        outer.addStretch(1)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack, 12)
        outer.addStretch(1)
        self._stack.setMaximumWidth(theme.em(54))
        outer.setAlignment(self._stack, Qt.AlignmentFlag.AlignHCenter)
        theme.hold(self._stack, least=min(46, 1000 / theme.em()))
        context = FormContext(today=lambda: date.min)
        self.office = Form(OFFICE_FIELDS, context, _OFFICE_ROWS)
        self.office.set_values({"kind": "township"})
        self.admin = Form(ADMIN_FIELDS, context)
        self._welcome()
        self._sheet("1 / 3　单位", self.office, "下一步", self.take_office, 0)
        self._sheet("2 / 3　您的账号", self.admin, "建立单位", self.take_admin, 1)
        self._code_sheet()
        self.office.submitted.connect(self.take_office)
        self.admin.submitted.connect(self.take_admin)

    def wait_for_practice(self, waiting: bool) -> None:
        """Say that the practice office is being made (it takes some seconds)."""
        self.practice_button.setEnabled(not waiting)
        self.begin_button.setEnabled(not waiting)
        self.practice_button.setText("正在准备练习单位，请稍等…" if waiting else "打开练习单位")
        self.practice_button.updateGeometry()

    def step(self) -> int:
        """Which sheet is in front, from 0."""
        return self._stack.currentIndex()

    @staticmethod
    def _scrolled(panel: Panel) -> QVBoxLayout:
        """A body that scrolls where the print is large and the screen small."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, 1.3, 0.9)
        panel.body.addWidget(scroller(inner, panel.title.text()))
        return column

    def _welcome(self) -> None:
        panel = Panel("第一次使用信访台")
        inner = self._scrolled(panel)
        for words in (
            "这台电脑上还没有单位的数据。请选一样开始：",
            f"正式使用：建立本单位，数据加密存放在本机“{self._presenter.home}”。",
            "先练一练：打开一个编出来的镇，里面有现成的信访件，随便试，打出的文书都有“练习”水印。",
        ):
            inner.addWidget(label(words, wrap=True))
        inner.addStretch()
        row = panel.foot()
        self.practice_button = Button("打开练习单位", main=True)
        self.practice_button.clicked.connect(self.practice_wanted)
        row.addWidget(self.practice_button)
        row.addStretch()
        self.begin_button = Button("建立本单位", primary=True, main=True)
        self.begin_button.clicked.connect(lambda: self._turn(1))
        row.addWidget(self.begin_button)
        self._stack.addWidget(panel)

    def _sheet(
        self, title: str, form: Form, onward: str, act: Callable[[], None], back: int
    ) -> None:
        panel = Panel(title, "带“必填”的要填，其余可以以后在“设置”里补")
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, 1.15, 0.6)
        column.addWidget(form)
        panel.body.addWidget(scroller(inner, title))
        row = panel.foot()
        before = Button("上一步", main=True)
        before.clicked.connect(lambda: self._turn(back))
        row.addWidget(before)
        row.addStretch()
        button = Button(onward, primary=True, main=True)
        button.clicked.connect(act)
        row.addWidget(button)
        if form is self.admin:
            self.create_button = button
        self._stack.addWidget(panel)

    def _code_sheet(self) -> None:
        panel = Panel("3 / 3　恢复码：只显示这一次")
        inner = self._scrolled(panel)
        self._code = label("", "title", "accent", wrap=True)
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._told = label("", wrap=True)
        inner.addWidget(self._code)
        inner.addWidget(self._told)
        inner.addStretch()
        self.kept = Tick("我已打印或抄下恢复码，锁好了")
        inner.addWidget(self.kept)
        row = panel.foot()
        printing = Button("打印恢复码", "printer", main=True)
        printing.clicked.connect(self._print)
        row.addWidget(printing)
        row.addStretch()
        self.finish_button = Button("进入登录", primary=True, main=True)
        self.finish_button.refuse("请先打印或抄下恢复码，再勾选上面一行")
        self.finish_button.clicked.connect(self._finish)
        self.kept.changed.connect(self._kept_changed)
        row.addWidget(self.finish_button)
        self._stack.addWidget(panel)

    def _turn(self, to: int) -> None:
        self._stack.setCurrentIndex(to)
        if to in (1, 2):
            (self.office if to == 1 else self.admin).focus_first()

    def take_office(self) -> None:
        """Leave the office sheet if it is right."""
        problems = self._presenter.check_office(self.office.values())
        self.office.show_problems(problems)
        if not problems:
            self._turn(2)

    def take_admin(self) -> None:
        """Create the office if the account sheet is right."""
        problems = self._presenter.check_admin(self.admin.values())
        self.admin.show_problems(problems)
        if problems or not self.create_button.isEnabled():
            return
        self.create_button.setEnabled(False)
        self.create_button.setText("正在建立…")
        values = {**self.office.values(), **self.admin.values()}
        self._presenter.create(values, self._created, self._refused)

    def _created(self, created: OfficeCreated) -> None:
        self._code.setText(created.recovery_code)
        self._told.setText("\n".join(self._presenter.recovery_lines()[2:]))
        self._turn(3)

    def _refused(self, error: XinfangError) -> None:
        self.create_button.setEnabled(True)
        self.create_button.setText("建立单位")
        if self.admin.show_problems([error]):
            if error.field in self.office.names():
                self._turn(1)
                self.office.show_problems([error])
            else:
                show_problem(self, error)

    def _kept_changed(self) -> None:
        kept = self.kept.isChecked()
        self.finish_button.refuse("" if kept else "请先打印或抄下恢复码，再勾选上面一行")

    def _finish(self) -> None:
        created = self._presenter.created
        self._code.clear()
        if created is not None:
            self.made.emit(str(self.admin.values().get("admin", "")))

    def _print(self) -> None:
        """Ask for a printer and print the sheet with the code; nothing of it is stored."""
        dialog = QPrintDialog(self)
        dialog.setWindowTitle("打印恢复码")
        dialog.setModal(True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._print_on(dialog.printer()))
        dialog.show()

    def _print_on(self, printer: QPrinter) -> None:
        sheet = QTextDocument()
        sheet.setDefaultFont(QApplication.font())
        sheet.setPlainText("信访台恢复码\n\n" + "\n\n".join(self._presenter.recovery_lines()))
        sheet.print_(printer)
