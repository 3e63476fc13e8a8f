"""The one window: menus with the search box, rail, pages, help panel, status bar, lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from xinfang_desktop import __version__
from xinfang_desktop.presenters.shell import LOCK_AFTER, ShellPresenter
from xinfang_desktop.presenters.sign_in import LockPresenter
from xinfang_desktop.services.desk import Changes

from . import theme
from .actions import ActionBook, cheat_sheet
from .exchange_news import ExchangeNews
from .form import FormContext
from .handed_files import HandedFiles, bundles_of
from .held_still import held_still
from .help import HelpPanel, Manual, field_of
from .lock import IdleWatch, LockScreen
from .messages import tell
from .page import Page, Pages, Workplace
from .status_bar import StatusBar
from .tasks import Runner
from .widgets.dates import DateEdit
from .widgets.rail import Place, Rail
from .widgets.search import SearchBox

LOOK_AROUND_MS = 5000
_KEYED_PLACES = 9
"""So many pages of the rail have a key (Ctrl+1 …): there is no tenth digit."""


class MainWindow(QMainWindow):
    """Built for one desk; ``left(reason)`` says that somebody wants to sign in anew (``other``)."""

    left = Signal()
    look_chosen = Signal(object)
    _news = Signal(object)

    def __init__(
        self, shell: ShellPresenter, runner: Runner, pages: Pages, form: FormContext
    ) -> None:
        super().__init__()
        self._shell, self._runner = shell, runner
        self.setWindowTitle(shell.title)
        self.setMinimumSize(800, 560)
        self._pages: dict[str, Page] = {}
        self._makers = pages
        self._current = ""
        self._stale: set[str] = set()
        self._unfitted: set[str] = set()  # pages not shown since the look changed
        self._hidden: list[QWidget] = []
        self.setAcceptDrops(True)
        self._build()
        self.news = ExchangeNews(shell, runner, self)
        self.handed = HandedFiles(self, self.book, self.go, self.status.say, self.is_locked)
        self.place = Workplace(
            desk=shell.desk, runner=runner, actions=self.book, form=form, go=self.go,
            say=self.status.say, saved=self._saved, draft_saved=self._draft_saved,
            badge=lambda key, count: self.rail.item(key).set_count(count), look=self.choose_look,
            exchange=self.news,
        )  # fmt: skip
        self._connect()

    # --- building ---

    def _build(self) -> None:
        bar = QMenuBar(self)
        bar.setNativeMenuBar(False)
        bar.setAccessibleName("菜单")
        self.setMenuBar(bar)
        self.book = ActionBook(self, bar)
        self.search = SearchBox("找事项、编号、姓名、电话、村组", "Ctrl+F")
        corner = self._corner = QWidget(bar)
        row = QHBoxLayout(corner)
        theme.space(row, (0, 0.1, 12 / 14, 0.1))
        row.addWidget(self.search)
        bar.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        places = [p for p in self._shell.places() if p.key in self._makers]
        self.rail = Rail([Place(p.key, p.word, p.icon) for p in places])
        self.rail.set_person(self._shell.person, self._shell.post)
        self.stack = QStackedWidget()
        self.status = StatusBar(self._runner)
        self.status.seat.say(self._shell.seat)
        self._work = QWidget()
        self.help = HelpPanel(self._work)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.lock_screen = LockScreen(LockPresenter(self._shell.desk, self._runner.run))
        self._top = QStackedWidget()
        self._top.addWidget(self._work)
        self._top.addWidget(self.lock_screen)
        self.setCentralWidget(self._top)
        self._view_menu(places)

    def _view_menu(self, places: list[Any]) -> None:
        menu = self.book.menus["视图"]
        menu.addSeparator()
        group = QActionGroup(self)
        self.scale_actions: dict[int, QAction] = {}
        for percent in theme.SCALES:
            action = QAction("标准 100%" if percent == 100 else f"大字 {percent}%", self)
            action.setCheckable(True)
            action.setChecked(theme.current().percent == percent)
            action.triggered.connect(lambda _on, p=percent: self._choose_scale(p))
            group.addAction(action)
            menu.addAction(action)
            self.scale_actions[percent] = action
        menu.addSeparator()
        for number, each in enumerate(places, 1):
            action = QAction(f"打开“{each.word}”", self)
            if number <= _KEYED_PLACES:
                action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.triggered.connect(lambda _on=False, key=each.key: self.go(key))
            menu.addAction(action)
            self.addAction(action)
        self.book.action("contrast").setChecked(theme.current().palette == "contrast")

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.search.asked.connect(self._search)
        self.lock_screen.opened.connect(self.unlock)
        self.lock_screen.other_wanted.connect(self.left)
        self.help.manual_wanted.connect(self.show_manual)
        self.status.seat_clicked.connect(self._seat_menu)
        self.status.saved_clicked.connect(self._about_saving)
        self.status.exchange_clicked.connect(lambda: self.go("exchange"))
        binds: dict[str, Callable[[], object]] = {
            "lock": self.lock,
            "sign_out": self.left.emit,
            "quit": self.close,
            "find": self._find,
            "refresh": self._refresh_now,
            "help_field": self.show_help,
            "manual": lambda: self.show_manual(self.current_page().help_page),
            "cheat_sheet": lambda: cheat_sheet(self),
            "about": self._about,
            "contrast": self._toggle_contrast,
            "undo": lambda: self._edit("undo"),
            "redo": lambda: self._edit("redo"),
            "cut": lambda: self._edit("cut"),
            "copy": lambda: self._edit("copy"),
            "paste": lambda: self._edit("paste"),
            "today": self._put_today,
        }
        for key, handler in binds.items():
            self.book.bind(key, handler, always=True)
        if "register" in self._makers and any(p.key == "register" for p in self._shell.places()):
            self.book.bind("new", lambda: self.go("register", fresh=True), always=True)
        if self._shell.may("register_dispute"):
            home = "screening" if self._shell.desk.village is None else "disputes"
            self.book.bind("new_dispute", lambda: self.go(home, new=True), always=True)
        if "matters" in self._makers and self._shell.may("import_ledger"):
            self.book.bind("import", lambda: self.go("matters", ledger=""), always=True)
        if "exchange" in self._makers and self._shell.exchanges():
            self.news.changed.connect(self._show_exchange)
            self.book.bind("sites", lambda: self.go("exchange", sites=True), always=True)
            if self._shell.may("exchange_bundles"):
                self.book.bind(
                    "import_bundle", lambda: self.go("exchange", bundles=()), always=True
                )
        if self._shell.may("verify_log"):
            self.book.bind("proof", lambda: self.go("settings", tab="proof"), always=True)
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = self._shell.listen(self._news.emit)
        self._idle = IdleWatch(self, LOCK_AFTER, self.lock)
        QApplication.instance().installEventFilter(self._idle)  # type: ignore[union-attr]
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AROUND_MS)
        self._look.timeout.connect(self._look_around)
        self._look.start()
        self.news.ask()

    # --- pages ---

    def current_page(self) -> Page:
        """The page in front."""
        return self._pages[self._current]

    def page(self, key: str) -> Page:
        """A page, built when first asked for."""
        if key not in self._pages:
            made = self._makers[key](self.place)
            self._pages[key] = made
            self.stack.addWidget(made)
        return self._pages[key]

    def go(self, key: str, **what: Any) -> None:
        """Open a page, and there what is named."""
        if key not in self._makers:
            tell(self, "这一页还没有。", "请从左边选别的页面。")
            return
        if self._current and self._current != key:
            self.current_page().leave()
        page = self.page(key)
        moved = self._current != key
        if moved:
            self.book.release()
            self._current = key
            self.stack.setCurrentWidget(page)
            self.rail.set_current(getattr(page, "rail_key", key))
        if key in self._unfitted:
            # Qt polishes a page anew when it is first shown in a new style, old fonts and all
            self._unfitted.discard(key)
            QTimer.singleShot(0, page, lambda: theme.refit_below(page))
        if moved:
            page.activate()
        if what:
            page.open(**what)
        if key in self._stale:
            self._stale.discard(key)
            page.refresh()

    def _hear(self, changes: Changes) -> None:
        """Records changed: the page in front asks again, others when they come to the front."""
        for key, page in self._pages.items():
            if not page.concerns(changes):
                continue
            if key == self._current:
                page.refresh()
            else:
                self._stale.add(key)
        self.news.ask()

    def _show_exchange(self) -> None:
        news = self.news
        offered = len(news.watched.offered)
        self.status.show_exchange(news.glance.waiting, offered, news.glance.conflicts)
        self.rail.item("exchange").set_count(news.glance.conflicts)

    def _look_around(self) -> None:
        if not self._runner.busy():
            self._shell.look_around(self._runner.run, self._refresh_all)

    def _refresh_all(self) -> None:
        self._stale = set(self._pages) - {self._current}
        if self._current:
            self.current_page().refresh()
        self.news.ask()

    def _refresh_now(self) -> None:
        self.current_page().refresh()
        self.status.say("已刷新")

    # --- status, help, lock ---

    def _saved(self) -> None:
        self.status.state.say(self._shell.saved())

    def _draft_saved(self) -> None:
        self.status.state.say(self._shell.draft_saved())

    def show_help(self) -> None:
        """F1: explain the field that has the focus."""
        widget = QApplication.focusWidget()
        self.help.explain(field_of(widget), self.current_page().help_page, widget)
        self._lay_help()

    def show_manual(self, page: str) -> None:
        """Open the manual at a page."""
        Manual(self, page).show()

    def take_file(self, name: str) -> None:
        """The program was started with a file, or a second start handed it over: a ledger or a
        bundle to import.
        """
        self.handed.take([name])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if bundles_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        names = bundles_of(event.mimeData())
        if names:
            event.acceptProposedAction()
            # the sender of the drag waits until this returns, and a dialog opens
            QTimer.singleShot(0, self, lambda: self.handed.take(names))

    def lock(self) -> None:
        """Hide everything behind the password; drafts are kept first."""
        if self._top.currentWidget() is self.lock_screen:
            return
        if self._current:
            self.current_page().leave()
        with held_still():
            windows = QApplication.topLevelWidgets()
        self._hidden = [
            each for each in windows
            if each is not self and each.isVisible() and isinstance(each, QDialog)
        ]  # fmt: skip
        for each in self._hidden:
            each.hide()
        self.menuBar().setEnabled(False)
        for action in self.actions():
            action.setProperty("was", action.isEnabled())
            action.setEnabled(False)
        self._top.setCurrentWidget(self.lock_screen)
        self.setWindowTitle("信访台 — 已锁定")
        self.lock_screen.reset()

    def unlock(self) -> None:
        """Show everything as it was."""
        self.menuBar().setEnabled(True)
        for action in self.actions():
            action.setEnabled(bool(action.property("was")))
        self.setWindowTitle(self._shell.title)
        self._top.setCurrentWidget(self._work)
        self.current_page().setFocus()
        self.current_page().activate()
        for each in self._hidden:
            if isValid(each):
                each.show()
        self._hidden = []
        self.handed.unlocked()

    def is_locked(self) -> bool:
        """Whether the screen is locked."""
        return self._top.currentWidget() is self.lock_screen

    # --- actions of the window itself ---

    def _search(self, text: str) -> None:
        if text:
            self.go("search", text=text)

    def _seat_menu(self) -> None:
        """Who sits here: lock, or let somebody else sign in."""
        menu = QMenu(self)
        menu.setAccessibleName("人和单位")
        for key in ("lock", "sign_out"):
            menu.addAction(self.book.action(key))
        seat = self.status.seat
        menu.popup(seat.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _about_saving(self) -> None:
        tell(
            self, self.status.state.text(),
            "写好的内容每隔一两秒自动存成草稿；点“保存”的一步当场写进加密的数据库，断电也不会丢。",
        )  # fmt: skip

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _edit(self, what: str) -> None:
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit | QPlainTextEdit) or hasattr(widget, what):
            getattr(widget, what)()

    def _put_today(self) -> None:
        widget = QApplication.focusWidget()
        parent = widget.parentWidget() if widget is not None else None
        if isinstance(parent, DateEdit):
            parent.put_today()
        elif isinstance(widget, QLineEdit):
            widget.insert(self._today_words())
        elif isinstance(widget, QPlainTextEdit):
            widget.insertPlainText(self._today_words())

    def _today_words(self) -> str:
        today = self._shell.desk.today
        return f"{today.year}年{today.month}月{today.day}日"

    def choose_look(self, look: theme.Look) -> None:
        """Put another look on; the ticks of the menu follow."""
        self.scale_actions[look.percent].setChecked(True)
        self.book.action("contrast").setChecked(look.palette == "contrast")
        self.look_chosen.emit(look)

    def _choose_scale(self, percent: int) -> None:
        self.look_chosen.emit(theme.Look(theme.current().palette, percent))

    def _toggle_contrast(self) -> None:
        on = self.book.action("contrast").isChecked()
        self.look_chosen.emit(theme.Look("contrast" if on else "light", theme.current().percent))

    def _about(self) -> None:
        tell(
            self,
            f"信访台 {__version__}",
            "乡镇信访办的接访、办理和文书，不用联网。数据加密存放在本机。",
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "book"):
            self.book.look_changed()
            self._unfitted = set(self._pages) - {self._current}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.updateGeometry()
        self._lay_help()

    def _lay_help(self) -> None:
        """The help lies over the right side of the page; nothing below it moves."""
        room = self.stack.geometry()
        width = min(theme.em(27), round(room.width() * 0.6))
        self.help.setGeometry(room.right() + 1 - width, room.top(), width, room.height())
        self.help.raise_()

    def close_down(self) -> None:
        """Keep what was typed, stop timers and listening; the desk is closed by who opened it."""
        if self._current:
            self.current_page().leave()
        self._look.stop()
        self.news.close()
        QApplication.instance().removeEventFilter(self._idle)  # type: ignore[union-attr]
        self._stop_listening()
        self._runner.drop_answers()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._current:
            self.current_page().leave()
        event.accept()
