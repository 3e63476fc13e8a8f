"""The program shows itself: a script that types what a clerk types, and keeps pictures and papers.

It runs in the real windows on the practice office, on a fixed day, so that the pictures of two
runs can be compared. Each step waits on a fact, never on the clock.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.presenters.sign_in import Installation
from xinfang_desktop.services import disputes, handling, haves, mediations, paper_offers, paperwork
from xinfang_desktop.services.demo import PRACTICE_PASSWORD, create_demo
from xinfang_desktop.services.disputes import DisputeQuery
from xinfang_desktop.services.epochs import tokens_in
from xinfang_desktop.services.mediations import MediationQuery
from xinfang_desktop.store.reference import Reference

from . import theme
from .exchange_page import ExchangePage
from .flow import Flow
from .main_window import MainWindow
from .pages import PAGES
from .register import RegisterPage
from .sign_in import SignIn
from .tour_exchange import conflicting_bundle

log = logging.getLogger(__name__)

Fact = Callable[[], bool]

NOW = datetime(2026, 9, 21, 9, 41, tzinfo=timezone(timedelta(hours=8)))
"""The day of the tour: ten days before the National Day holidays, which moves many dates."""

LOOK_EVERY_MS = 40
SETTLED_AFTER = 14  # looks without work under way before a picture is taken
GIVE_UP_AFTER = 750  # looks


class Tour(QObject):
    """Runs the script step by step from a timer; ``status`` is the exit status in the end."""

    def __init__(self, app: QApplication, folder: Path, shipped: Reference, data: Path) -> None:
        super().__init__()
        self._app, self._folder, self._data, self._shipped = app, folder, data, shipped
        self.status = 1
        installation = Installation(data / "office", data / "practice", lambda: NOW, shipped)
        settings = QSettings(str(data / "tour.ini"), QSettings.Format.IniFormat)
        create_demo(
            installation.practice_home, matters=60, today=NOW.date(), clock=lambda: NOW,
            shipped=shipped, password=PRACTICE_PASSWORD,
        )  # fmt: skip
        self._practice = installation.practice_home
        self.flow = Flow(app, installation, PAGES, lambda _home: None, settings)
        self._pictures = 0
        self._bundle = ""
        self._size = ""
        self._fact: Fact = lambda: True
        self._waited = 0
        self._script = self._run()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    # --- walking ---

    def _look(self) -> None:
        if not self._fact():
            self._waited += 1
            if self._waited > GIVE_UP_AFTER:
                log.error("the tour waits in vain after picture %d", self._pictures)
                self._picture("卡在这里")
                self._end(1)
            return
        self._waited = 0
        try:
            self._fact = next(self._script)
        except StopIteration:
            self._end(0)

    def _end(self, status: int) -> None:
        self._timer.stop()
        self.status = status
        self._app.exit(status)

    def _quiet(self) -> Fact:
        """Nothing is under way any more, for a few looks."""
        seen = 0

        def still() -> bool:
            nonlocal seen
            seen = 0 if self.flow.runner.busy() else seen + 1
            return seen >= SETTLED_AFTER

        return still

    def _picture(self, name: str) -> None:
        self._pictures += 1
        window = self._front()
        self._app.setActiveWindow(window)  # a virtual screen has nobody to hand out focus
        file = self._folder / f"{self._pictures:02d}_{name}{self._size}.png"
        if not window.grab().save(str(file)):
            raise EnvironmentProblem(
                "cannot_write", f"写不了图片“{file.name}”。", mend="请检查磁盘。"
            )

    def _front(self) -> QWidget:
        dialog = self._app.activeModalWidget()
        if isinstance(dialog, QDialog):
            return dialog
        assert self.flow.window is not None
        return self.flow.window

    @property
    def _window(self) -> MainWindow:
        assert isinstance(self.flow.window, MainWindow)
        return self.flow.window

    def _keys(self, text: str, enter: bool = True) -> None:
        """Type where the focus is, as a clerk does; Enter goes on to the next field."""
        target = self._app.focusWidget() or self._front().focusWidget()
        for piece in _typed(text):
            if piece.isascii():
                QTest.keyClicks(target, piece)
            else:
                written = QInputMethodEvent()
                written.setCommitString(piece)
                QApplication.sendEvent(target, written)
        popup = self._app.activePopupWidget()
        if popup is not None:  # it would take Enter first, and close
            popup.hide()
            self._app.setActiveWindow(self._front())
        if enter:
            QTest.keyClick(target, Qt.Key.Key_Return)

    def _close_dialogs(self) -> None:
        dialog = self._app.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()

    # --- the script ---

    def _run(self) -> Iterator[Fact]:
        self.flow.begin()
        yield self._quiet()
        self._picture("第一次打开")
        self.flow.show_sign_in(self._practice, "周敏")
        yield self._quiet()
        sign_in = self.flow.window
        assert isinstance(sign_in, SignIn)
        self._picture("登录")
        QTest.keyClicks(sign_in.form.editor("password"), PRACTICE_PASSWORD)
        QTest.keyClick(sign_in.form.editor("password"), Qt.Key.Key_Return)
        yield lambda: self.flow.desk is not None and isinstance(self.flow.window, MainWindow)
        yield self._quiet()
        self._picture("今日")
        yield from self._register()
        yield from self._handle()
        yield from self._screening()
        yield from self._exchange()
        yield from self._other_pages()
        self._papers()
        yield from self._large()
        yield from self._village()
        self.flow.change_look(theme.Look("light", 100))
        self._size = ""
        for key, name in _VILLAGE_PAGES:
            self._window.go(key)
            yield self._quiet()
            self._picture(f"村_{name}")
        self.flow.close()

    def _register(self) -> Iterator[Fact]:
        """One visit, by keyboard alone."""
        self._window.go("register", fresh=True)
        page = self._window.page("register")
        assert isinstance(page, RegisterPage)
        yield self._quiet()
        self._app.setActiveWindow(self._window)  # a virtual screen has nobody to hand out focus
        page.form.focus("channel")
        self._keys("")  # 来访 stands there already
        self._keys("今天")
        self._keys("王桂芳")
        self._keys("138 0000 441")
        self._keys("柳溪")
        self._keys("五组 · 后山路")
        self._keys("1")
        page.form.focus("claims")
        self._keys("尽快清理后山路塌方，恢复通车", enter=False)
        page.claims.add()
        self._keys("补偿塌方压坏的菜地和围墙", enter=False)
        page.form.focus("summary")
        self._keys(
            "8月29日夜里下大雨，后山路靠水渠一段塌方，约十五米。村里放了警示牌，路至今没有清。",
            enter=False,
        )
        page.form.focus("category")
        self._keys("基础设施")
        yield self._quiet()
        self._picture("登记")
        page.haves.answer.setFocus()
        page.save()
        yield lambda: bool(page._last_number)
        yield self._quiet()
        self._close_dialogs()
        self._picture("登记好了")

    def _handle(self) -> Iterator[Fact]:
        """The new matter's page, its next steps, and the notice of acceptance."""
        page = self._window.page("register")
        assert isinstance(page, RegisterPage)
        number = page._last_number
        desk = self.flow.desk
        assert desk is not None
        self._window.go("matter", number=number)
        yield self._quiet()
        self._picture("事项_刚登记")
        handling.take_step(desk, number, "claim", {"no_interest": True, "nature": "appeal"})
        handling.take_step(desk, number, "accept", {"handler": "周敏"})
        haves.set_have(desk, number, "释", {
            "content": "讲了塌方清理的责任单位和办理程序。", "article": "《公路法》第四十四条",
        })  # fmt: skip
        self._window.go("matter", number=number)
        yield self._quiet()
        self._picture("事项_已受理")
        busy = handling.matter_list(desk, handling.MatterQuery(state="S40")).matters[-1].number
        self._window.go("matter", number=busy)
        yield self._quiet()
        self._picture("事项_办理中")
        self._window.go("papers", number=number, form="F07")
        yield self._quiet()
        self._picture("文书_受理告知书")

    def _screening(self) -> Iterator[Fact]:
        """The ledger of the villages, a dispute that may soon be struck off, an agreed mediation."""
        desk = self.flow.desk
        assert desk is not None
        self._window.go("screening")
        yield self._quiet()
        self._picture("排查台账")
        self._window.go("dispute", number=self._dispute("settled"))
        yield self._quiet()
        self._picture("纠纷_已化解")
        self._window.go("mediations")
        yield self._quiet()
        self._picture("人民调解")
        self._window.go("mediation", number=self._mediation())
        yield self._quiet()
        self._picture("调解_已立卷")
        self._window.go("work")
        yield self._quiet()
        self._picture("工作台账")
        self._window.go("return")
        yield self._quiet()
        self._picture("代为填报")

    def _exchange(self) -> Iterator[Fact]:
        """A village's bundle: what it would bring, the conflict it brought, and our card."""
        desk = self.flow.desk
        assert desk is not None
        bundle = conflicting_bundle(desk, self._data, lambda: NOW, self._shipped)
        self._bundle = bundle.name
        self._window.go("exchange")
        page = self._window.page("exchange")
        assert isinstance(page, ExchangePage)
        yield self._quiet()
        dialog = page.show_import([bundle])
        yield self._quiet()
        self._picture("导入数据包_先看")
        assert dialog is not None
        dialog.take_in()
        yield self._quiet()
        page.show_part("conflicts")
        yield self._quiet()
        self._picture("数据交换_判断冲突")
        page.show_sites()
        yield self._quiet()
        self._picture("站点名片")
        self._close_dialogs()
        yield self._quiet()

    def _dispute(self, state: str) -> str:
        """The newest dispute that stands in this state."""
        assert self.flow.desk is not None
        return disputes.dispute_page(self.flow.desk, DisputeQuery(state=state)).rows[0].number

    def _mediation(self) -> str:
        """The mediation that came farthest."""
        assert self.flow.desk is not None
        return mediations.mediation_page(self.flow.desk, MediationQuery()).rows[-1].number

    def _village(self) -> Iterator[Fact]:
        """The desk of a village's liaison: what it owes, and its return."""
        self._window.left.emit()
        yield self._quiet()
        self.flow.show_sign_in(self._practice, "何建平")
        yield self._quiet()
        sign_in = self.flow.window
        assert isinstance(sign_in, SignIn)
        QTest.keyClicks(sign_in.form.editor("password"), PRACTICE_PASSWORD)
        QTest.keyClick(sign_in.form.editor("password"), Qt.Key.Key_Return)
        yield lambda: self.flow.desk is not None and isinstance(self.flow.window, MainWindow)
        yield self._quiet()
        self._picture("村_今日")
        for key, name in _VILLAGE_PAGES:
            self._window.go(key)
            yield self._quiet()
            self._picture(f"村_{name}")

    def _other_pages(self) -> Iterator[Fact]:
        for key, name in _PAGES:
            self._window.go(key)
            yield self._quiet()
            self._picture(name)
        self._window.go("search", text="塌方")
        yield self._quiet()
        self._picture("查找")

    def _papers(self) -> None:
        """Each paper once, from the newest matter that has reached it."""
        desk = self.flow.desk
        assert desk is not None
        rows = handling.matter_list(desk, handling.MatterQuery()).matters
        numbered = {
            "matter": [row.number for row in rows],
            "dispute": [self._dispute("settled")],
            "mediation": [self._mediation()],
            "round": [f"{desk.today:%Y-%m}"],
            "office": [""],
            "X02": [self._bundle],
        }
        for form in paperwork.forms():
            for number in numbered.get(form.code) or numbered[form.subject]:
                offered = form.subject in ("office", "round") or any(
                    o.code == form.code and o.allowed for o in paper_offers.offers_for(desk, number)
                )
                if offered and not paperwork.draft_form(desk, form.code, number).blocked:
                    out = self._folder / f"{form.code}_{form.name}.pdf"
                    paperwork.print_form(desk, form.code, number, out)
                    break

    def _large(self) -> Iterator[Fact]:
        """The same screens with text at 200 % in a window of the same size."""
        self.flow.change_look(theme.Look("light", 200))
        self._size = "_大字200"
        for key, name in (("today", "今日"), ("register", "登记"), *_PAGES):
            self._window.go(key)
            yield self._quiet()
            self._picture(name)
        number = handling.matter_list(
            self.flow.desk, handling.MatterQuery(state="S40")  # type: ignore[arg-type]
        ).matters[-1].number  # fmt: skip
        self._window.go("matter", number=number)
        yield self._quiet()
        self._picture("事项_办理中")
        yield from self._screening()


_PAGES = (
    ("matters", "信访事项"), ("haves", "四有台账"), ("papers", "文书"), ("notes", "民情日记"),
    ("exchange", "数据交换"), ("settings", "设置"),
)  # fmt: skip
_VILLAGE_PAGES = (("return", "本期填报"), ("disputes", "我村纠纷"))


def _typed(text: str) -> list[str]:
    """Runs of keys and runs that an input method commits."""
    return ["".join(run) for _, run in groupby(text, str.isascii)]


def run_tour(app: QApplication, folder: Path, shipped: Reference) -> int:
    """Show the program in ``folder``: numbered pictures and one PDF of each paper."""
    folder.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="xinfang-tour-"))
    try:
        with tokens_in(data / "state"):
            tour = Tour(app, folder, shipped, data)
            app.exec()
        return tour.status
    finally:
        shutil.rmtree(data, ignore_errors=True)
