"""纠纷清单: saved views with counts above the table of disputes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters import disputes as words
from xinfang_desktop.presenters.conflict_words import flag_words
from xinfang_desktop.presenters.disputes import DisputesPresenter
from xinfang_desktop.services.dispute_views import DisputeRow
from xinfang_desktop.services.disputes import ALL

from . import theme
from .page import Workplace
from .widgets.buttons import Segmented
from .widgets.chip import DUE_EM
from .widgets.combo import Combo, choices
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import EmptyState, label

_IN_LARGE = ("village", "summary", "state", "due")
_HEAD_EM = 2.9


def columns(presenter: DisputesPresenter) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(
            "found", "发现日期", presenter.found_words, 6.4, sort=lambda r: r.found_on
        ),
        Column("village", "村", lambda r: r.village, 6.6, filtered=True),
        Column("summary", "纠纷", lambda r: r.summary, kind="flagged", flag=flag_words),
        Column("category", "类别", lambda r: r.category_name, 7.4, filtered=True),
        Column(
            "grade", "级别", lambda r: r.grade or "未分级", 7.2, kind="grade",
            level=lambda r: r.level, sort=lambda r: r.level, filtered=True,
        ),
        Column("state", "进展", words.progress_words, 7.4, filtered=True),
        Column("unit", "责任单位", words.responsible_words, 7.4, filtered=True),
        Column(
            "due", "化解时限", words.due_words, DUE_EM, kind="chip", state=words.due_state,
            sort=lambda r: r.due,
        ),
        Column(
            "three", "三不放过", lambda r: "", 14.6, kind="three", states=lambda r: r.three
        ),
        Column("leader", "包案领导", lambda r: r.leader, 6.4, filtered=True, shown=False),
        Column("parties", "当事人", lambda r: "、".join(r.parties), 9, shown=False),
        Column(
            "people", "人数", lambda r: str(r.people or ""), 4.6, kind="number",
            sort=lambda r: r.people, shown=False,
        ),
        Column("number", "编号", lambda r: r.short_number, 9.6, shown=False),
    )  # fmt: skip


class DisputesPanel(QWidget):
    """``opened(number)`` on Enter or double click; ``told(words)`` says what is shown."""

    opened = Signal(str)
    told = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.disputes = DisputesPresenter(place.desk, place.runner.run)
        self._of_one_village = place.desk.village is not None
        self.table = DataTable(columns(self.disputes), "纠纷清单")
        self._only = label(words.ONLY_THE_DISPUTE, "secondary", "text2")
        self.panel = TablePanel(self.table, "件", "纠纷清单", aside=self._only)
        theme.hold(self.panel.head, height=_HEAD_EM)
        self.views = Segmented(self.disputes.views(), "看哪些纠纷")
        self.few = Combo("看哪些纠纷", choices(self.disputes.views()))
        theme.hold(self.few, width=10)
        self.panel.beside_title(self.few)
        self.panel.beside_title(self.views)
        self._only_below = label(words.ONLY_THE_DISPUTE, "secondary", "text2")
        self.panel.footer.addWidget(self._only_below)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._none = EmptyState("还没有登记过纠纷。")
        self.panel.body.removeWidget(self.table)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.panel.body.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.setFocusProxy(self.table)
        self.views.chosen.connect(self.choose)
        self.few.changed.connect(lambda: self.choose(str(self.few.value())))
        self.table.opened.connect(self._open)
        self._none.acted.connect(lambda: self.choose(ALL))
        self.look_changed()

    def look_changed(self) -> None:
        """Fewer columns and a short choice of views in large print."""
        large = theme.is_large()
        for number, column in enumerate(self.table.rows.columns):
            shown = column.key in _IN_LARGE if large else column.shown
            own = column.key == "village" and self._of_one_village
            self.table.setColumnHidden(number, own or not shown)
        self.views.setVisible(not large)
        self._only.setVisible(not large)
        self.few.setVisible(large)
        self._only_below.setVisible(large)

    def load(self) -> None:
        """Ask for the list again."""
        self.disputes.load(self._show)

    def choose(self, view: str) -> None:
        """Another saved view."""
        if view not in dict(self.disputes.views()):
            return  # somebody is still typing
        self.views.set_value(view)
        self.few.set_value(view)
        self.disputes.choose(view, self._show)

    def current(self) -> DisputeRow | None:
        """The selected dispute."""
        found = self.table.current()
        return found if isinstance(found, DisputeRow) else None

    def open_current(self) -> None:
        """Open the selected dispute."""
        self._open(self.current())

    def columns_menu(self) -> None:
        """Which columns are shown."""
        self.table.show_columns_menu(self.table.mapToGlobal(self.table.rect().topLeft()))

    def _show(self) -> None:
        self.views.set_options(self.disputes.views())
        self.few.set_entries(choices(self.disputes.views()))
        self.few.set_value(self.disputes.view)
        self.table.set_rows(self.disputes.rows)
        none = not self.disputes.rows
        self._stack.setCurrentIndex(1 if none else 0)
        self._none.say(self.disputes.none(), "" if self.disputes.view == ALL else "看全部纠纷")
        self.panel.recount()
        self.told.emit(f"纠纷清单：{dict(self.disputes.views())[self.disputes.view]} 件")

    def _open(self, row: DisputeRow | None) -> None:
        if row is not None:
            self.opened.emit(row.number)
