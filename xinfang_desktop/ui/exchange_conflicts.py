"""冲突，待您判断: the list, the two sides of the one looked at, and what was decided before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.conflicts import ConflictGroup, ConflictsPresenter, SettledLine

from . import theme
from .exchange_compare import Comparison
from .form import FormContext, sentence_of
from .widgets.buttons import Button
from .widgets.panel import Panel, empty, rule, scroller
from .widgets.table import ROW_EM, Column, DataTable
from .widgets.text import EmptyState, Link, ProblemLine, label
from .widgets.wrap import WrapRow

_ROWS = 3
"""So many conflicts are seen at once above the comparison; the rest is scrolled to."""

_COLUMNS = (
    Column("what", "哪一件", lambda g: f"{g.title} · {g.what}", kind="strong"),
    Column("where", "在哪里", lambda g: g.where, 12),
    Column("state", "状态", lambda g: "待判断", 6.6, kind="chip", state=lambda g: "soon"),
)


class ConflictsPanel(Panel):
    """``saved(count)`` after fields were decided; ``undone`` after a decision was taken back;
    ``case_wanted(page, number)`` opens what it is about; ``changed`` after anything was picked.
    """

    saved = Signal(int)
    undone = Signal()
    case_wanted = Signal(str, str)
    changed = Signal()

    def __init__(self, conflicts: ConflictsPresenter, context: FormContext) -> None:
        self.old = Link("已判断", "secondary")
        super().__init__("冲突，待您判断", aside=self.old)
        self._conflicts, self._context = conflicts, context
        self._width = 0
        self.comparison: Comparison | None = None
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._build_open())
        self.none = EmptyState("没有要判断的冲突。两边都改了同一栏时，会列在这里，两个写法都留着。")
        self._stack.addWidget(self.none)
        self._settled = QWidget()
        self._settled_column = QVBoxLayout(self._settled)
        theme.space(self._settled_column, (0.85, 0.6, 0.85, 0.6), 0.5)
        self._stack.addWidget(scroller(self._settled, "已判断的冲突"))
        self.body.addWidget(holder)
        self._build_foot()
        self._shows_settled = False
        self.old.clicked.connect(self._toggle_settled)
        self.table.chosen.connect(self._look)

    def _build_open(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.table = DataTable(_COLUMNS, "要判断的冲突")
        self.table.horizontalHeader().hide()
        column.addWidget(self.table)
        column.addWidget(rule())
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        theme.space(self._column, (0.85, 0.6, 0.85, 0.6), 0.55)
        self._scroll = scroller(self._inner, "两边的写法")
        column.addWidget(self._scroll, 1)
        return made

    def _build_foot(self) -> None:
        foot = self.foot()
        self._count = label("", "secondary", "text2")
        self.problem = ProblemLine()
        self.open_case = Button("打开这一件", "file-text")
        self.later = Button("以后再说")
        self.save = Button("按所选保存", hint="Ctrl+S", primary=True)
        buttons = QWidget()
        row = WrapRow(0.6, 0.4)
        buttons.setLayout(row)
        row.add(self._count, 7, grows=True)
        for button in (self.open_case, self.later, self.save):
            row.add(button)
        column = QVBoxLayout()
        theme.space(column, 0, 0.3)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        foot.addLayout(column, 1)
        self._foot = foot.parentWidget() or buttons
        self.open_case.clicked.connect(self._open_case)
        self.later.clicked.connect(self._later)
        self.save.clicked.connect(self.keep)

    # --- showing ---

    def show_all(self) -> None:
        """Show what the presenter holds now."""
        groups = self._conflicts.groups
        count = sum(len(group.questions) for group in groups)
        self.say(f"{count} 处，两边都留着，不会丢" if groups else "")
        self.table.set_rows(groups)
        self._fit_table()
        self._select()
        self._fill_settled()
        self._show_part()
        self._show_group()

    def show_number(self, number: str) -> None:
        """Look at what is open about this case."""
        self._shows_settled = False
        self._conflicts.look_for(number)
        self.show_all()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_part(self) -> None:
        settled, groups = self._conflicts.settled, self._conflicts.groups
        self._shows_settled = self._shows_settled and bool(settled)
        self._stack.setCurrentIndex(2 if self._shows_settled else 0 if groups else 1)
        count = sum(len(group.questions) for group in groups)
        words = f"待判断 {count}" if self._shows_settled else f"已判断 {len(settled)}"
        self.old.set_text(words, f"看{words}")
        self.old.setVisible(bool(settled))
        self._foot.setVisible(bool(groups) and not self._shows_settled)

    def _fit_table(self) -> None:
        shown = max(1, min(_ROWS, len(self._conflicts.groups)))
        self.table.setFixedHeight(theme.em(ROW_EM) * shown + 2)

    def look_changed(self) -> None:
        """Another scale: another arrangement of the sides."""
        if hasattr(self, "comparison"):
            self.table.setColumnHidden(1, theme.is_large())
            self._fit_table()
            self._show_group()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        group = self._conflicts.group()
        if group is None or self.width() == self._width:
            return
        before, self._width = self._width, self.width()
        if Comparison.fits(group, self._room(before)) != Comparison.fits(group, self._room()):
            self._show_group()

    def _room(self, width: int = 0) -> int:
        return (width or self.width()) - theme.em(2.8)

    def _select(self) -> None:
        group = self._conflicts.group()
        for number, each in enumerate(self.table.rows.shown_rows()):
            if group is not None and each.key == group.key:
                self.table.blockSignals(True)
                self.table.selectRow(number)
                self.table.blockSignals(False)

    def _show_group(self) -> None:
        self.problem.say("")
        empty(self._inner)
        self.comparison = None
        group = self._conflicts.group()
        if group is not None:
            self._build_group(group)
        self._column.addStretch()
        self._show_choice()

    def _build_group(self, group: ConflictGroup) -> None:
        if not theme.is_large():  # there the line above says it, and room is dear
            self._column.addWidget(label(group.title, "strong", wrap=True))
        self._column.addWidget(label(group.sentence, "secondary", "text2", wrap=True))
        made = Comparison(
            group, self._context, self._conflicts.picks, self._conflicts.own, self._room()
        )
        made.picked.connect(self._pick)
        made.written.connect(self._conflicts.write)
        self._column.addWidget(made)
        self._column.addWidget(
            label("选哪边都行，没选的仍在经过里，随时可以换回。", "secondary", "text2", wrap=True)
        )
        self.comparison = made

    def _show_choice(self) -> None:
        done, all_of_them = self._conflicts.chosen()
        self._count.setText(f"已选 {done} / {all_of_them} 项" if all_of_them else "")
        self.save.refuse(self._conflicts.why_not_save())
        group = self._conflicts.group()
        self.open_case.refuse(
            "" if group is not None and group.page else "这一处不在哪一件的页面上"
        )
        self.changed.emit()

    # --- choosing ---

    def _look(self, group: Any) -> None:
        self._conflicts.look(group.key)
        self._show_group()

    def _pick(self, question: str, pick: str) -> None:
        self._conflicts.pick(question, pick)
        self._show_choice()

    def _later(self) -> None:
        self._conflicts.later()
        self._select()
        self._show_group()

    def _open_case(self) -> None:
        group = self._conflicts.group()
        if group is not None and group.page:
            self.case_wanted.emit(group.page, group.number)

    def keep(self) -> None:
        """按所选保存."""
        if not self.save.isEnabled():
            return
        self.problem.say("")
        self.save.refuse("正在保存")
        self._conflicts.save(self.saved.emit, self._refused)

    def _refused(self, error: XinfangError) -> None:
        self._show_choice()
        self.problem.say(sentence_of(error))

    # --- what was decided ---

    def _toggle_settled(self) -> None:
        self._shows_settled = not self._shows_settled
        self._show_part()

    def _fill_settled(self) -> None:
        empty(self._settled)
        for line in self._conflicts.settled:
            self._settled_column.addWidget(self._settled_row(line))
            self._settled_column.addWidget(rule("hairline"))
        self._settled_column.addStretch()

    def _settled_row(self, line: SettledLine) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        theme.space(column, 0, 0.2)
        head = QHBoxLayout()
        head.addWidget(label(f"{line.title} · {line.label}", "strong", wrap=True), 1)
        column.addLayout(head)
        column.addWidget(label(f"选了：{line.picked}", "body", wrap=True))
        column.addWidget(label(line.told, "secondary", "text2", wrap=True))
        for number, words in enumerate(line.others):
            column.addWidget(label(f"没选：{words}", "body", "text2", wrap=True))
            link = Link("换回这一个", "secondary", f"{line.title} {line.label}：换回“{words}”")
            link.clicked.connect(lambda id=line.id, n=number: self._undo(id, n))
            link.setEnabled(not self._conflicts.why_not_undo(line))
            link.setToolTip(self._conflicts.why_not_undo(line))
            column.addWidget(link)
        return made

    def _undo(self, id: str, other: int) -> None:
        self._conflicts.undo(id, other, self.undone.emit, self._refused)
