"""今日: the first thing seen in the morning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.presenters import today as presenter
from xinfang_desktop.presenters.duty_lines import WEEKDAYS, leads_to, opens
from xinfang_desktop.services.duties import DayCount

from . import icons, theme
from .explain import open_why
from .messages import MessageDialog
from .page import Page, Workplace
from .paper import Paper, PaperDialog
from .widgets.buttons import Button, Segmented
from .widgets.duty_list import DutyList
from .widgets.panel import PageHead, Panel, rule, scroller
from .widgets.table import Column, DataTable
from .widgets.text import ElidedLabel, EmptyState, Link, label

_SILENT_COLUMNS = (
    Column("title", "事项", lambda row: row[1], kind="strong"),
    Column("number", "编号", lambda row: row[0].split("-XF-")[-1], 11),
)
_SIDE_EM = 20.1
_BESIDE_FROM_EM = 68


class Fortnight(QWidget):
    """Two weeks, a cell a day: how many duties fall due."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[DayCount, ...] = ()
        self._today = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_days(self, days: tuple[DayCount, ...], today: object) -> None:
        """Show these fourteen days, Monday first."""
        self._days, self._today = days, today  # type: ignore[assignment]
        said = [f"{d.day.month}月{d.day.day}日 {d.count} 件" for d in days if d.count]
        self.setAccessibleName("往后两周到期：" + ("，".join(said) or "没有"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(16), theme.em(19 / 14) + 2 * theme.em(3) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        head, width = theme.em(19 / 14), (self.width() - 1) / 7
        painter.fillRect(QRectF(0, 0, self.width(), head), theme.color("head"))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2"))
        for number, name in enumerate(WEEKDAYS):
            painter.drawText(
                QRectF(number * width, 0, width, head), int(Qt.AlignmentFlag.AlignCenter), name
            )
        for number, day in enumerate(self._days):
            box = QRectF(number % 7 * width, head + number // 7 * theme.em(3), width, theme.em(3))
            self._paint_day(painter, box, day)

    @staticmethod
    def _count_words(count: int, room: float) -> str:
        """12 件, without its blank or its unit where a narrow cell cannot hold it."""
        size = theme.metrics("head")
        ways = (f"{count} 件", f"{count}件", str(count))
        return next((w for w in ways if size.horizontalAdvance(w) <= room), ways[-1])

    def _paint_day(self, painter: QPainter, box: QRectF, day: DayCount) -> None:
        rest = day.tag == "休" or (day.tag != "班" and day.day.weekday() >= 5)
        painter.fillRect(box, theme.color("rest_day" if rest else "base"))
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawRect(box)
        inner = box.adjusted(theme.em(0.25), theme.em(0.1), -theme.em(0.25), -theme.em(0.1))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2" if rest else "text"))
        top = int(Qt.AlignmentFlag.AlignTop)
        painter.drawText(inner, top | int(Qt.AlignmentFlag.AlignLeft), str(day.day.day))
        painter.drawText(inner, top | int(Qt.AlignmentFlag.AlignRight), day.tag)
        if day.count:
            painter.setFont(theme.font("head"))
            bottom = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
            painter.drawText(inner, bottom, self._count_words(day.count, inner.width()))
        if day.day == self._today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))


class TodayPage(Page):
    """Duty rows at the left; unfinished registrations, fortnight and silent matters at the right."""

    key = "today"
    kinds = presenter.KINDS
    help_page = "today"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._today = presenter.TodayPresenter(place.desk, place.runner.run)
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        head = self._head = PageHead("今日", self._today.heading)
        self.scope = Segmented(self._today.scopes(), "看谁的事")
        self.scope.chosen.connect(self._choose)
        self.sheet = Button("打印日单", "printer", hint="Ctrl+P")
        self.sheet.clicked.connect(self._day_sheet)
        self.sheet.refuse(self._today.why_not("print_matter_form"))
        head.add(self.scope, self.sheet)  # shown before it has a parent it would be a window
        self.scope.setVisible(not self._today.of_one_village)
        column.addWidget(head)
        self._middle = QWidget()
        self._row = QHBoxLayout(self._middle)
        theme.space(self._row, 0, 0.9)
        column.addWidget(self._middle, 1)
        self._left = QWidget()
        self._stack = QStackedLayout(self._left)
        self.list = DutyList("要办的事")
        self.list.acted.connect(self._act)
        self._stack.addWidget(self.list)
        calm = Panel()
        sentence, action, _page = self._today.empty()
        self._empty = EmptyState(sentence, action)
        self._empty.acted.connect(self._begin)
        calm.body.addWidget(self._empty)
        self._stack.addWidget(calm)
        self._row.addWidget(self._left, 1)
        self._aside = self._build_aside()
        self._aside_scroll = scroller(self._aside, "没写完的和往后两周")
        theme.hold(self._aside_scroll, width=_SIDE_EM)
        self._row.addWidget(self._aside_scroll)
        self._swap = Button("没写完的、往后两周")
        self._swap.clicked.connect(self._turn)
        self._swap.hide()
        head.add(self._swap)
        self._only_aside = False

    def _build_aside(self) -> QWidget:
        aside = QWidget()
        column = QVBoxLayout(aside)
        theme.space(column, 0, 0.7)
        self._drafts = Panel("没写完的", "0 件")
        self._drafts.note_right()
        self._drafts.pad((0.85, 0.5, 0.85, 0.5), 0.4)
        column.addWidget(self._drafts)
        fortnight = Panel("往后两周", "每天到期件数")
        fortnight.note_right()
        fortnight.pad(0.85, 0)
        self.fortnight = Fortnight()
        fortnight.body.addWidget(self.fortnight)
        column.addWidget(fortnight)
        self._silent = Panel()
        self._silent.pad(0.85, 0.2)
        row = QHBoxLayout()
        theme.space(row, 0, 0.6)
        self._silent_icon = label("")
        words = QVBoxLayout()
        self._silent_words = ElidedLabel("", "head")
        words.addWidget(self._silent_words)
        words.addWidget(ElidedLabel("件件有着落，事事有回音", "secondary", "text2"))
        row.addWidget(self._silent_icon)
        row.addLayout(words, 1)
        self._silent_link = Link("查看", spoken="查看十天没有新记录的事项")
        self._silent_link.clicked.connect(self._show_silent)
        row.addWidget(self._silent_link)
        self._silent.body.addLayout(row)
        column.addWidget(self._silent)
        column.addStretch(1)
        return aside

    # --- the window's calls ---

    def activate(self) -> None:
        book = self.place.actions
        if self.sheet.isEnabled():
            book.bind("print", self._day_sheet)
            book.bind("day_sheet", self._day_sheet)
        book.bind("why", lambda: self._act_on_current("reason"))
        book.bind("open_matter", lambda: self._act_on_current("what"))
        self.list.setFocus()
        self.refresh()

    def refresh(self) -> None:
        self._today.load(self._show)

    def look_changed(self) -> None:
        """Side by side where there is room, one after the other in large print."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if not hasattr(self, "_swap"):
            return
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        self._swap.setVisible(not beside)
        self.sheet.set_hint("" if theme.is_large() else "Ctrl+P")
        self.sheet.setVisible(self.width() >= theme.em(42))
        self._head.note.setVisible(self.width() >= theme.em(46))
        self._aside_scroll.setVisible(beside or self._only_aside)
        self._left.setVisible(beside or not self._only_aside)
        if beside:
            self._aside_scroll.setFixedWidth(theme.em(_SIDE_EM))
        else:
            self._aside_scroll.setMinimumWidth(0)
            self._aside_scroll.setMaximumWidth(16_777_215)
        self._swap.setText("回到要办的事" if self._only_aside else self._aside_words())
        self._swap.setAccessibleName(self._swap.text())
        self._silent_icon.setPixmap(icons.pixmap("message-circle-check", "text", 20 / 14))

    def _aside_words(self) -> str:
        drafts = len(self._today.drafts())
        return f"没写完的 {drafts}" if drafts else "往后两周"

    def _turn(self) -> None:
        self._only_aside = not self._only_aside
        self._arrange()

    # --- showing ---

    def _show(self) -> None:
        board = self._today.board
        if board is None:
            return
        self.scope.set_options(self._today.scopes())
        groups = self._today.groups()
        self.list.set_groups(groups)
        self._stack.setCurrentIndex(0 if any(group.lines for group in groups) else 1)
        self.fortnight.set_days(board.fortnight, board.today)
        self._show_drafts()
        silent = self._today.silent()
        self._silent.setVisible(bool(silent))
        self._silent_words.setText(f"10 天没有新记录的事项：{len(silent)} 件")
        self.place.badge("today", self._today.urgent())
        self.place.say(board.banner or self._today.message())
        self._arrange()

    def _show_drafts(self) -> None:
        lines = self._today.drafts()
        self._drafts.say(f"{len(lines)} 件")
        self._drafts.setVisible(bool(lines))
        while (item := self._drafts.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, line in enumerate(lines):
            if number:
                self._drafts.body.addWidget(rule("hairline"))
            self._drafts.body.addWidget(self._draft_row(line))

    def _draft_row(self, line: presenter.DraftLine) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        theme.space(row, (0, 0.15, 0, 0.15), 0.6)
        words = QVBoxLayout()
        theme.space(words, 0, 0.05)
        words.addWidget(ElidedLabel(line.title))
        words.addWidget(ElidedLabel(line.left, "secondary", "text2"))
        row.addLayout(words, 1)
        go = Button("继续", spoken=f"继续写：{line.title}")
        go.clicked.connect(lambda: self.place.go(line.page, **line.what))
        row.addWidget(go)
        return made

    def _show_silent(self) -> None:
        """Open matters without a new record for ten days, to be opened one by one."""
        dialog = MessageDialog(self, "10 天没有新记录的事项", "", "", "")
        table = DataTable(_SILENT_COLUMNS, "10 天没有新记录的事项")
        table.set_rows(self._today.silent())
        theme.hold(table, height=16)
        table.opened.connect(lambda row: dialog.leave(lambda: self._open_matter(row)))
        dialog.column.insertWidget(1, table)
        dialog.button("打开事项", lambda: self._open_matter(table.current()), primary=True)
        dialog.button("知道了", default=True)
        dialog.open()
        table.setFocus()

    def _open_matter(self, row: tuple[str, str] | None) -> None:
        if row is not None:
            self.place.go("matter", number=row[0])

    # --- acting ---

    def _choose(self, scope: str) -> None:
        self._today.scope = scope
        self._show()

    def _act_on_current(self, part: str) -> None:
        line = self.list.current()
        if line is not None:
            self._act(part, line.key)

    def _act(self, part: str, key: str) -> None:
        row = self._today.row(key)
        if row is None:
            return
        if part == "reason":
            self._today.explain(key, lambda found: self._why(found, row.title))
            return
        page, what = opens(row) if part == "what" else leads_to(row)
        if page:
            self.place.go(page, **what)
        else:
            self.place.say("这一件还没有自己的页面")

    def _begin(self) -> None:
        page = self._today.empty()[2]
        self.place.go(page, **({"fresh": True} if page == "register" else {}))

    def _why(self, found: Arithmetic, title: str) -> None:
        open_why(self, found, self._today.today, title)

    def _day_sheet(self) -> None:
        self._today.day_sheet(self._sheet_made)

    def _sheet_made(self, pdf: bytes) -> None:
        PaperDialog(self, self.place.runner, [Paper("日单", pdf)], "打印日单").open()
