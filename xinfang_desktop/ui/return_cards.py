"""New disputes on 本期填报: a card each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field

from . import theme
from .form import Form, FormContext
from .widgets.text import Link, ProblemLine, label

_CARD_ROWS = (
    (("found_on", 11.0), ("category", 12.0), ("people", 7.0), ("amount", 11.0)),
    ("summary",),
    ("place", ("urgent", 4.6), ("danger", 11.5)),
    ("parties",),
)
_MORE_ROWS = (
    ("detail",),
    (("occurred_on", 11.0), ("source", 12.0), ("found_by", 10.0), ("grade", 8.0)),
    ("unit", ("person", 10.0), ("due", 11.0)),
)


class DisputeCard(QFrame):
    """One new dispute: what is always asked, the rest under 更多栏目."""

    changed = Signal(str)
    entered = Signal()
    removed = Signal()
    reordered = Signal()

    def __init__(
        self, fields: tuple[Sequence[Field], Sequence[Field]], context: FormContext
    ) -> None:
        super().__init__()
        self.setProperty("panel", True)
        column = QVBoxLayout(self)
        theme.space(column, (0.85, 0.5, 0.85, 0.6), 0.3)
        head = QHBoxLayout()
        theme.space(head, 0, 0.9)
        self._no = 1
        self._number = label("", "strong", "accent")
        self.more_link = Link("更多栏目", "secondary")
        self.remove = Link("去掉这一件", "secondary")
        head.addWidget(self._number)
        head.addStretch()
        column.addLayout(head)
        self.form = Form(fields[0], context, _CARD_ROWS)
        self.more = Form(fields[1], context, _MORE_ROWS)
        self.more.hide()
        column.addWidget(self.form)
        column.addWidget(self.more)
        foot = QHBoxLayout()
        theme.space(foot, 0, 0.9)
        foot.addWidget(self.more_link)
        foot.addStretch()
        foot.addWidget(self.remove)
        column.addLayout(foot)
        self._labels = {each.name: each.label for each in (*fields[0], *fields[1])}
        for form in (self.form, self.more):
            form.changed.connect(self._edited)
            form.submitted.connect(self.entered)
        self.more_link.clicked.connect(self.turn_more)
        self.remove.clicked.connect(self.removed)

    def set_number(self, number: int) -> None:
        """Which card this is, said to a screen reader in every field."""
        self._no = number
        self._number.setText(f"第 {number} 件")
        for widget in self.findChildren(QWidget):
            plain = widget.property("xf_name") or widget.accessibleName()
            if plain and not isinstance(widget, ProblemLine):
                widget.setProperty("xf_name", plain)
                widget.setAccessibleName(f"第 {number} 件：{plain}")

    def value(self) -> dict[str, Any]:
        """What is written."""
        return {**self.form.values(), **self.more.values()}

    def set_value(self, value: Mapping[str, Any]) -> None:
        """Show these."""
        self.form.set_values(value)
        self.more.set_values(value)
        self._show_more(any(value.get(name) for name in self.more.names()))

    def say(self, problems: Sequence[XinfangError]) -> None:
        """Each sentence under its field; the first of them gets the focus."""
        inner = set(self.more.names())
        if any(problem.field.partition(".")[0] in inner for problem in problems):
            self._show_more(True)
        self.more.show_problems(problems)
        self.form.show_problems(problems)

    def focus_first(self) -> None:
        """Go to the first field that is empty."""
        self.form.focus_first()

    def turn_more(self) -> None:
        """Show the other fields, or hide them again."""
        self._show_more(self.more.isHidden())
        if not self.more.isHidden():
            self.more.focus_first()

    def _show_more(self, on: bool) -> None:
        self.more.setVisible(on)
        word = "收起栏目" if on else "更多栏目"
        self.more_link.set_text(word, self.more_link.accessibleName().replace("更多栏目", word))
        self.reordered.emit()

    def _edited(self, name: str) -> None:
        if name == "parties":  # a row may have come or gone
            self.set_number(self._no)
            self.reordered.emit()
        self.changed.emit(f"{self._number.text()}：{self._labels[name]}")


class NewDisputes(QWidget):
    """Cards below each other; ``add`` (Alt+A) appends one and goes there."""

    changed = Signal(str)
    entered = Signal()
    reordered = Signal()

    def __init__(
        self,
        fields: tuple[Sequence[Field], Sequence[Field]],
        context: FormContext,
    ) -> None:
        super().__init__()
        self._fields, self._context = fields, context
        self.cards: list[DisputeCard] = []
        self._column = QVBoxLayout(self)
        theme.space(self._column, 0, 0.6)
        self.add_link = Link("再加一件 Alt+A", "body", "再加一件纠纷")
        self.add_link.clicked.connect(self.add)
        self._column.addWidget(self.add_link)

    def value(self) -> list[dict[str, Any]]:
        """What is written on each card, also on those left empty."""
        return [card.value() for card in self.cards]

    def set_value(self, values: Sequence[Mapping[str, Any]]) -> None:
        """Show these cards; at least one."""
        for card in list(self.cards):
            self._drop(card)
        for value in values or [{}]:
            self._append(value)
        self._settle()

    def add(self) -> None:
        """Another card."""
        self._append({})
        self._settle()
        self.changed.emit(f"第 {len(self.cards)} 件")
        self.cards[-1].focus_first()

    def _append(self, value: Mapping[str, Any]) -> None:
        card = DisputeCard(self._fields, self._context)
        card.set_value({"found_on": self._context.today(), **value})
        card.changed.connect(self.changed)
        card.entered.connect(lambda: self._next(card))
        card.removed.connect(lambda: self._remove(card))
        card.reordered.connect(self.reordered)
        self.cards.append(card)
        self._column.insertWidget(len(self.cards) - 1, card)
        card.show()  # at once: the next key may already be meant for it

    def _remove(self, card: DisputeCard) -> None:
        at = self.cards.index(card)
        self._drop(card)
        if not self.cards:
            self._append({})
        self._settle()
        self.changed.emit("")
        self.cards[min(at, len(self.cards) - 1)].focus_first()

    def _drop(self, card: DisputeCard) -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.setParent(None)
        card.deleteLater()

    def _settle(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.set_number(number)
        self.reordered.emit()

    def _next(self, card: DisputeCard) -> None:
        at = self.cards.index(card)
        if at + 1 < len(self.cards):
            self.cards[at + 1].focus_first()
        else:
            self.entered.emit()
