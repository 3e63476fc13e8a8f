"""Parts of a case's page, matter or dispute: the steps line, duties that explain themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.presenters.case_words import DutyItem
from xinfang_desktop.presenters.next_steps import NextSteps, StepChoice

from . import icons, theme
from .explain import WhyPanel
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.panel import Panel, empty
from .widgets.text import Link, label
from .widgets.wrap import WrapRow

_WHEN_EM = 12.3


class StepsLine(QWidget):
    """下一步: buttons, the locked one with its reason beside it, the rest under 更多."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("下一步")
        self._row = WrapRow(0.6, 0.4)
        self.setLayout(self._row)
        self.buttons: dict[str, Button] = {}
        self.menu = QMenu(self)
        self.menu.setAccessibleName("更多步骤")
        self.menu.setToolTipsVisible(True)
        self._groups: list[QMenu] = []
        self.more = Button("更多")

    def show_steps(self, steps: NextSteps) -> None:
        """Show these steps."""
        empty(self)
        self.buttons = {}
        self._row.add(label("下一步", "strong"))
        for number, step in enumerate(steps.main):
            self._add(step, primary=number == 0)
        for step in steps.locked:
            self._add(step, primary=False)
            self._row.add(_Reason(step.reason), 16, grows=True)
        self._fill_menu(steps)
        if steps.more:
            self.more = Button("更多", "chevron-down", spoken="更多步骤")
            self.more.clicked.connect(self.open_menu)
            self._row.add(self.more)
        if not (steps.main or steps.locked or steps.more):
            self._row.add(label("现在没有要走的步骤。", "body", "text2"))

    def open_menu(self) -> None:
        """Open 更多."""
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _add(self, step: StepChoice, *, primary: bool) -> None:
        made = Button(step.label, step.icon if step.allowed else "lock", primary=primary)
        if step.allowed:
            made.clicked.connect(lambda _on=False, key=step.key: self.wanted.emit(key))
        else:
            made.refuse(step.reason)
        self.buttons[step.key] = made
        self._row.add(made)

    def _fill_menu(self, steps: NextSteps) -> None:
        """The course itself first; each group of what is done beside it in a menu of its own."""
        self.menu.clear()
        while self._groups:
            self._groups.pop().deleteLater()
        for group, choices in steps.grouped():
            menu = self.menu
            if group:
                menu = self.menu.addMenu(group)
                menu.setAccessibleName(group)
                menu.setToolTipsVisible(True)
                self._groups.append(menu)
            self._fill_group(menu, choices)

    def _fill_group(self, menu: QMenu, steps: Sequence[StepChoice]) -> None:
        for step in steps:
            words = step.label if step.allowed else f"{step.label}（{step.reason}）"
            action = menu.addAction(icons.icon(step.icon if step.allowed else "lock"), words)
            action.setEnabled(step.allowed)
            action.setToolTip(step.reason or step.label)
            action.triggered.connect(lambda _on=False, key=step.key: self.wanted.emit(key))


class _Reason(QWidget):
    """ⓘ and what is missing."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        theme.space(row, 0, 0.3)
        sign = label("")
        sign.setPixmap(icons.pixmap("info-circle", "text2", 1.15))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(reason, "body", "text2", wrap=True), 1)
        self.setAccessibleName(reason)


class DutyRow(QFrame):
    """One duty; 为什么 unfolds the arithmetic below it."""

    why_wanted = Signal(str)
    verb_wanted = Signal(str)

    def __init__(self, item: DutyItem, *, last: bool) -> None:
        super().__init__()
        self.item = item
        self.setProperty("panelhead" if not last else "", not last)
        column = QVBoxLayout(self)
        theme.space(column, 0, 0)
        line = QWidget()
        row = WrapRow(0.7, 0.15)
        padded(line, row)
        row.add(held(DueChip(item.urgency, item.words)), 8.2)
        role = "strong" if item.waiting else "body"
        title = label(item.title, role, wrap=True)
        title.setToolTip(item.note)
        row.add(title, 15, grows=True)
        row.add(label(item.owner or "还没指定", "body", wrap=True), 4)
        row.add(label(_broken(item.when, _WHEN_EM), "body", wrap=True), _WHEN_EM)
        self.verb = Link(item.verb, "secondary", f"{item.verb}：{item.title}")
        self.why = Link("为什么", "secondary", f"为什么：{item.title}")
        self.verb.clicked.connect(lambda: self.verb_wanted.emit(item.target))
        self.why.clicked.connect(lambda: self.why_wanted.emit(item.id))
        row.add(held(self.verb), 6.6)
        row.add(held(self.why), 3.4)
        self.verb.setVisible(bool(item.verb))
        self.why.setVisible(item.why)
        column.addWidget(line)
        self._strip: WhyPanel | None = None
        self.setAccessibleName("，".join(p for p in (item.words, item.title, item.when) if p))

    def unfolded(self) -> bool:
        """Whether the arithmetic is shown."""
        return self._strip is not None

    def unfold(self, found: Arithmetic, today: object) -> None:
        """Show the arithmetic below."""
        self.fold()
        self._strip = WhyPanel()
        holder = QVBoxLayout()
        theme.space(holder, (0.85, 0.2, 0.85, 0.7), 0)
        holder.addWidget(self._strip)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(holder)
        self._strip.show_arithmetic(found, today)  # type: ignore[arg-type]
        self.why.set_text("收起", f"收起：{self.item.title}")

    def fold(self) -> None:
        """Hide the arithmetic."""
        if self._strip is not None:
            strip, self._strip = self._strip, None
            strip.hide()
            strip.setParent(None)
            strip.deleteLater()
        self.why.set_text("为什么", f"为什么：{self.item.title}")


class DutiesPanel(Panel):
    """本机关应尽的义务: every duty of the case, open ones first."""

    verb_wanted = Signal(str)

    def __init__(self, explain: Callable[[str, Callable[[Arithmetic], None]], None]) -> None:
        super().__init__("本机关应尽的义务")
        self._explain = explain
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        theme.space(column, 0, 0)
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        self.rows: list[DutyRow] = []
        self._open = ""

    def show_duties(self, items: Sequence[DutyItem], note: str, today: object) -> None:
        """Show these duties; the one that was unfolded stays so."""
        self.say(note)
        self._today = today
        empty(self._rows)
        self.rows = []
        layout = self._rows.layout()
        for number, item in enumerate(items):
            row = DutyRow(item, last=number == len(items) - 1)
            row.why_wanted.connect(self.toggle)
            row.verb_wanted.connect(self.verb_wanted)
            self.rows.append(row)
            if layout is not None:
                layout.addWidget(row)
        again, self._open = self._open, ""
        if any(row.item.id == again for row in self.rows):
            self.toggle(again)

    def toggle(self, duty: str) -> None:
        """Unfold the arithmetic of a duty, or fold it again."""
        for row in self.rows:
            row.fold()
        if self._open == duty:
            self._open = ""
            return
        self._open = duty
        self._explain(duty, lambda found: self._unfold(duty, found))

    def _unfold(self, duty: str, found: Arithmetic) -> None:
        for row in self.rows:
            if row.item.id == duty and self._open == duty:
                row.unfold(found, self._today)


def padded(widget: QWidget, row: WrapRow) -> None:
    """Put a wrapping row into a widget with the margins of a list row."""
    column = QVBoxLayout(widget)
    theme.space(column, (0.85, 0.3, 0.85, 0.35), 0)
    column.addLayout(row)


def row_frame(*, last: bool) -> QFrame:
    """A row of a panel, with a line below it unless it is the last."""
    made = QFrame()
    if not last:
        made.setProperty("panelhead", True)
    return made


def _broken(words: str, room: float) -> str:
    """Words that are longer than ``room`` em go on behind their comma, not amid a date."""
    long = theme.metrics().horizontalAdvance(words) > theme.em(room)
    return words.replace("，", "，\n", 1) if long else words


def held(widget: QWidget) -> QWidget:
    """A cell that keeps its width while what is in it keeps its own."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    row.addStretch()
    return made
