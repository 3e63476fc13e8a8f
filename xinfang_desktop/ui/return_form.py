"""What a return asks, below each other: the question, open disputes, new ones, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters.return_forms import NOTE, YES, Placed

from . import theme
from .form import Form, FormContext, sentence_of
from .return_cards import NewDisputes
from .return_page_parts import QuestionPanel
from .return_progress import ProgressRows
from .widgets.panel import Panel


class ReturnForm(QWidget):
    """``changed(place)`` at each edit, where in words; ``entered`` when Enter leaves the last field;
    ``reordered`` when parts came or went.
    """

    changed = Signal(str)
    entered = Signal()
    reordered = Signal()

    def __init__(
        self, card_fields: tuple[Sequence[Field], Sequence[Field]], context: FormContext
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        theme.space(column, 0, 0.6)
        self.question = QuestionPanel()
        self.progress = ProgressRows(context)
        self.carried = Panel("上期未了的纠纷")
        self.carried.body.addWidget(self.progress)
        self.cards = NewDisputes(card_fields, context)
        self.found = Panel("新发现的纠纷", "写事，不写人的情绪和品行")
        self.found.pad((0.85, 0.6, 0.85, 0.6), 0)
        self.found.body.addWidget(self.cards)
        self.note = Form(NOTE, context)
        for part in (self.question, self.carried, self.found, self.note):
            column.addWidget(part)
        self.question.changed.connect(self._answered)
        self.question.entered.connect(self._leave_question)
        self.progress.changed.connect(self.changed)
        self.progress.entered.connect(self._leave_progress)
        self.cards.changed.connect(self.changed)
        self.cards.entered.connect(self.entered)
        self.cards.reordered.connect(self.reordered)
        self.note.changed.connect(lambda _name: self.changed.emit("备注"))

    def value(self) -> dict[str, Any]:
        """What is written; the cards also where they are not seen."""
        return {
            "answer": self.question.radios.value(),
            "progress": self.progress.value(),
            "disputes": self.cards.value(),
            **self.note.values(),
        }

    def set_value(self, value: Mapping[str, Any], carried: Sequence[tuple[str, str, str]]) -> None:
        """Show these for these open disputes (number, title, note), without a problem."""
        self.question.radios.set_value(value.get("answer"))
        self.question.tell("")
        self.show_carried(carried)
        self.progress.set_value(value.get("progress", {}))
        self.cards.set_value(value.get("disputes", ()))
        self.note.clear()
        self.note.set_values(value)
        self.follow()

    def show_carried(self, carried: Sequence[tuple[str, str, str]]) -> None:
        """The open disputes as they are now; what is written stays."""
        self.progress.show_rows(carried)
        self.carried.say(f"{len(carried)} 件，有变化的写一句，没有变化不用写")
        self.carried.setVisible(bool(carried))

    def say_yes(self) -> None:
        """Answer the question with 有 and go to the first card."""
        self.question.radios.set_value(YES)
        self._answered()
        self.cards.cards[0].focus_first()

    def has_cards(self) -> bool:
        """Whether new disputes are asked for."""
        return self.question.radios.value() == YES

    def follow(self) -> None:
        """Show the cards where the answer is 有."""
        self.found.setVisible(self.has_cards())
        self.reordered.emit()

    def show_problems(self, problems: Sequence[Placed]) -> None:
        """Every sentence in its place; the first one gets the focus, so it is told last."""
        by_part: dict[tuple[str, str | int], list[Placed]] = {}
        for each in problems:
            by_part.setdefault((each.part, each.at), []).append(each)

        def of(part: str, at: str | int = "") -> list[Placed]:
            return by_part.get((part, at), [])

        self.note.show_problems([each.problem for each in of("note")])
        for place, card in reversed(list(enumerate(self.cards.cards))):
            card.say([each.problem for each in of("dispute", place)])
        for number, row in reversed(list(self.progress.rows.items())):
            wrong = of("progress", number)
            row.say(wrong[0].problem if wrong else None)
            if wrong:
                row.line.setFocus()
        general = [*of("question"), *of("page")]
        self.question.tell("".join(sentence_of(each.problem) for each in general))
        if general:
            self.question.focus_answer()

    def _answered(self) -> None:
        self.question.tell("")
        self.follow()
        self.changed.emit("第一问")

    def _leave_question(self) -> None:
        if self.progress.rows:
            self.progress.focus_first()
        else:
            self._leave_progress()

    def _leave_progress(self) -> None:
        if self.has_cards():
            self.cards.cards[0].focus_first()
        else:
            self.entered.emit()
