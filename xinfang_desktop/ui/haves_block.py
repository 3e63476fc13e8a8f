"""The 四有 block of 登记: four rows, what was done for each while the person sat here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.four_haves import FIELDS, NAMES

from . import theme
from .widgets.combo import Choice, Combo, choices
from .widgets.dates import DateEdit
from .widgets.inputs import LineEdit
from .widgets.meter import HaveTag
from .widgets.panel import Panel
from .widgets.text import Link, ProblemLine, label
from .widgets.ticks import Radios, Tick
from .widgets.wrap import WrapRow

_HOWS = ("电话", "当面", "书面", "网上")


class _Row(QWidget):
    """One 有: its character, and what can be ticked. ``field`` is what F1 explains."""

    def __init__(self, have: str) -> None:
        super().__init__()
        fields = FIELDS[have]
        self.field = Field(
            have, NAMES[have], help="".join(f.help for f in fields[:3]), sample=fields[0].sample,
            article=next((f.article for f in fields if f.article), ""),
        )  # fmt: skip
        row = QHBoxLayout(self)
        theme.space(row, 0, 0.7)
        self.tag = HaveTag(have)
        row.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        self.line = WrapRow(1.1, 0.2)
        row.addLayout(self.line, 1)


class HavesBlock(Panel):
    """Values: answer (now promise), answered, promised_on, how, procedure, policy, article,
    hardship (none refer unasked), referral, item.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, today: Callable[[], date], articles: Sequence[Choice]) -> None:
        super().__init__("四有", "这次接待，四件事各有着落", head=2.0)
        theme.space(self.body, (0.65, 0.3, 0.65, 0.4), 0.05)
        self.rows = {have: _Row(have) for have in NAMES}
        self._pairs: dict[LineEdit, QWidget] = {}
        self._reception = label("")
        self.rows["接"].tag.set("done")
        self.rows["接"].line.add(self._reception, 20, grows=True)
        self._build_answer(today)
        self._build_explanation(articles)
        self._build_help()
        for row in self.rows.values():
            self.body.addWidget(row)
        for slim in (
            self.answered,
            self.promised.line,
            self.how,
            self.article,
            self.referral,
            self.item,
        ):
            slim.setProperty("slim", True)
        self._problem = ProblemLine()
        self.body.addWidget(self._problem)
        for editor in self._editors().values():
            editor.changed.connect(self._edited)
            editor.entered.connect(lambda editor=editor: self._next(editor))
        self._follow()

    def _build_answer(self, today: Callable[[], date]) -> None:
        self.answer = Radios("答", choices([("now", "当场答复"), ("promise", "约定答复")]))
        self.answered = LineEdit("答了什么")
        self.promised = DateEdit("约定哪天答复", today, past=False)
        self.how = Combo("怎么答复", choices([(word, word) for word in _HOWS]))
        line = self.rows["答"].line
        line.add(self.answer)
        self._titled(line, self.answered, 16)
        line.add(self.promised, 11)
        line.add(self.how, 6)

    def _build_explanation(self, articles: Sequence[Choice]) -> None:
        self.procedure = Tick("讲了办理程序", "释：讲了办理程序")
        self.policy = Tick("讲了政策依据", "释：讲了政策依据")
        self.pick = Link("选条文 F4", "body", "选条文")
        self.pick.clicked.connect(self.pick_article)
        self.article = Combo("依据的条文或政策", articles, free=True)
        line = self.rows["释"].line
        line.add(self.procedure)
        line.add(self.policy)
        line.add(self.pick)
        line.add(self.article, 14, grows=True)

    def _build_help(self) -> None:
        self.hardship = Radios(
            "困",
            choices(
                [
                    ("none", "问过，没有困难"),
                    ("refer", "问过，有困难，帮助转介"),
                    ("unasked", "还没问"),
                ]
            ),
        )
        self.referral = LineEdit("转介到哪里")
        self.item = LineEdit("申请什么")
        line = self.rows["困"].line
        line.add(self.hardship)
        self._titled(line, self.referral, 13)
        self._titled(line, self.item, 10)

    def _titled(self, line: WrapRow, editor: LineEdit, width: float) -> None:
        """A field with its name before it; both come and go together."""
        pair = QWidget()
        row = QHBoxLayout(pair)
        theme.space(row, 0, 0.4)
        title = label(editor.accessibleName(), "secondary", "text2")
        title.setBuddy(editor)
        row.addWidget(title)
        row.addWidget(editor, 1)
        self._pairs[editor] = pair
        line.add(pair, width, grows=True)

    def _show(self, editor: LineEdit, shown: bool) -> None:
        self._pairs[editor].setVisible(shown)

    def _editors(self) -> dict[str, Any]:
        return {
            "answer": self.answer, "answered": self.answered, "promised_on": self.promised,
            "how": self.how, "procedure": self.procedure, "policy": self.policy,
            "article": self.article, "hardship": self.hardship, "referral": self.referral,
            "item": self.item,
        }  # fmt: skip

    def value(self) -> dict[str, Any]:
        """What is ticked and written."""
        found = {name: editor.value() for name, editor in self._editors().items()}
        return {name: value for name, value in found.items() if value not in ("", None, False)}

    def set_value(self, value: object) -> None:
        """Show these, without a signal; nothing given means nothing asked yet."""
        said: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        for name, editor in self._editors().items():
            editor.set_value(said.get(name))
        if not said.get("hardship"):
            self.hardship.set_value("unasked")
        self._follow()

    def set_reception(self, words: str) -> None:
        """What 接 says."""
        self._reception.setText(words)

    def say(self, sentence: str) -> None:
        """Show a problem below the rows."""
        self._problem.say(sentence)

    def mark_problem(self, wrong: bool) -> None:
        """The sentence says it."""

    def pick_article(self) -> None:
        """F4: write or choose the article."""
        self.policy.set_value(True)
        self._follow()
        self.article.setFocus()
        self.article.showPopup()
        self.changed.emit()

    def _edited(self) -> None:
        self._problem.say("")
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Show the fields that the ticks ask for, and the tags' state."""
        answer, hardship = self.answer.value(), self.hardship.value()
        self._show(self.answered, answer == "now")
        self.promised.setVisible(answer == "promise")
        self.how.setVisible(answer == "promise")
        if answer == "promise" and not self.how.value():
            self.how.set_value(_HOWS[0])
        self.article.setVisible(self.policy.value())
        self._show(self.referral, hardship == "refer")
        self._show(self.item, hardship == "refer")
        told = self.procedure.value() or self.policy.value()
        self.rows["答"].tag.set(
            "done" if answer == "now" and self.answered.value() else "soon" if answer else ""
        )
        self.rows["释"].tag.set("done" if told else "")
        self.rows["困"].tag.set({"none": "none", "refer": "soon"}.get(hardship, ""))

    def _next(self, editor: QWidget) -> None:
        order = [e for e in self._editors().values() if e.isVisible()]
        index = order.index(editor) if editor in order else len(order) - 1
        if index + 1 < len(order):
            order[index + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
