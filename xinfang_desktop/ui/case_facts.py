"""What is known of a case, name beside words, and the records it came from or led to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.case_words import Fact
from xinfang_desktop.services import case_rows

from . import theme
from .case_parts import held
from .widgets.panel import empty
from .widgets.text import Link, label
from .widgets.wrap import WrapRow

_NAME_EM = 4.6
FACT_EM = 17.6
_SHORT = 4  # characters of a name that stand on one line
LINKED: Mapping[str, str] = {
    "matter": "信访事项", "dispute": "矛盾纠纷", "mediation": "人民调解", "village_note": "民情日记、恳谈日",
}  # fmt: skip
"""Kind of record → what it is called where another one names it."""


class FactsList(QWidget):
    """Short facts side by side, then the linked records, then long ones on lines of their own.

    ``relations``: kind of record → how it stands to the case (已转, 来自).
    """

    link_wanted = Signal(str, str)

    def __init__(self, relations: Mapping[str, str]) -> None:
        super().__init__()
        self._relations = relations
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0.35)

    def show_facts(
        self, facts: Sequence[Fact], links: Sequence[case_rows.Link], opened: Collection[str]
    ) -> None:
        """Show these facts; links of the kinds ``opened`` lead to a page."""
        empty(self)
        short = QWidget()
        row = WrapRow(0.85, 0.3)
        short.setLayout(row)
        for fact in facts:
            if not fact.long:
                row.add(named(fact.name, label(fact.words, wrap=True)), FACT_EM)
        self._column.addWidget(short)
        for link in links:
            made = self._link(link, link.case in opened)
            self._column.addWidget(named(self._relations[link.case], made))
        for fact in facts:
            if fact.long:
                self._column.addWidget(named(fact.name, label(fact.words, wrap=True)))

    def _link(self, link: case_rows.Link, opened: bool) -> QWidget:
        state = f"（{link.state_name}）" if link.state_name else ""
        told = f"{LINKED[link.case]}：{link.title}{state}"
        if not opened:
            return label(told, wrap=True)
        made = Link(told, "body", f"打开{told}")
        made.clicked.connect(lambda: self.link_wanted.emit(link.case, link.number))
        return held(made)


def named(name: str, *widgets: QWidget) -> QWidget:
    """A fact: its name in grey, then what is said of it."""
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0, 0.6)
    head = label(name, "secondary", "text2", wrap=len(name) > _SHORT)
    theme.hold(head, width=_NAME_EM)
    row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, int(number == len(widgets) - 1), Qt.AlignmentFlag.AlignTop)
    return made
