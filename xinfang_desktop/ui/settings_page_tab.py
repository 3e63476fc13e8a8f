"""What every tab of 设置 is: a list with buttons, or a form; asked anew when it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.settings import SettingsPresenter

from . import theme
from .page import Workplace
from .widgets.buttons import Button
from .widgets.panel import scroller
from .widgets.table import Column, DataTable, TablePanel
from .widgets.text import label
from .widgets.wrap import WrapRow


class Tab(QWidget):
    """``load`` asks for the data; ``why_not`` says why this account may only look."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__()
        self.place, self.settings, self.why_not = place, settings, why_not
        self.column = QVBoxLayout(self)
        theme.space(self.column, 0.85, 0.6)
        self.reason = label(why_not, "secondary", "text2", wrap=True)
        self.reason.setVisible(bool(why_not))
        self.column.addWidget(self.reason)

    def load(self) -> None:
        """Ask for what is shown."""

    def scrolled(self, name: str) -> QVBoxLayout:
        """A column that scrolls where the window is low or the text large."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, (0.2, 0, 0.8, 0), 0.6)
        self.column.addWidget(scroller(inner, name), 1)
        return column

    def buttons(self, *made: Button) -> None:
        """A row of buttons that wraps."""
        box = QWidget()
        row = WrapRow(0.6, 0.4)
        box.setLayout(row)
        for button in made:
            row.add(button)
        self.column.addWidget(box)


class ListTab(Tab):
    """A table above, buttons below."""

    def __init__(
        self,
        place: Workplace,
        settings: SettingsPresenter,
        why_not: str,
        columns: Sequence[Column],
        name: str,
        unit: str,
        in_large: Sequence[str],
    ) -> None:
        super().__init__(place, settings, why_not)
        self._in_large = frozenset(in_large)
        self.table = DataTable(columns, name)
        self.panel = TablePanel(self.table, unit)
        self.column.addWidget(self.panel, 1)
        self.look_changed()

    def look_changed(self) -> None:
        """Fewer columns in large print."""
        if hasattr(self, "table"):
            for number, column in enumerate(self.table.rows.columns):
                hidden = theme.is_large() and column.key not in self._in_large
                self.table.setColumnHidden(number, hidden)


def aside(*widgets: QWidget) -> QWidget:
    """Widgets in one line, the rest of the line empty."""
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0, 0.6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return made
