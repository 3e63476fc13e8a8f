"""可能以前反映过: earlier matters with enough detail to judge 同一事项, 关联 or 不同."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.duty_lines import day_words
from xinfang_desktop.services.registration import Candidate

from . import theme
from .widgets.buttons import Button
from .widgets.chip import DueChip
from .widgets.panel import Panel, scroller
from .widgets.text import ElidedLabel, Link, label
from .widgets.wrap import WrapRow

_VERDICTS = (("same", "同一事项"), ("related", "关联"), ("different", "不同"))
_SAID = {"same": "已判为同一事项，保存时并入", "related": "已判为关联", "different": "已判为不同"}


class _Card(QFrame):
    """One earlier matter. The first that is not judged is open and answers to Alt+1."""

    judged = Signal(str, str)
    taken_back = Signal(str)
    wanted = Signal(str)

    def __init__(self, found: Candidate, verdict: str, first: bool, today: date) -> None:
        super().__init__()
        self.setProperty("candidate", "first" if first else "other")
        self.setAccessibleName(found.title)
        column = QVBoxLayout(self)
        theme.space(column, (0.85, 0.7, 0.85, 0.7), 0.3)
        column.addWidget(ElidedLabel(found.title, "strong"))
        pieces = (
            f"{found.channel_name} {day_words(found.received_on, today, weekday=False)}",
            found.masked_name, found.place or found.village,
            f"尾号 {found.phone_tail}" if found.phone_tail else "",
        )  # fmt: skip
        column.addWidget(ElidedLabel(" · ".join(p for p in pieces if p), "secondary", "text2"))
        column.addWidget(label("相同：" + "、".join(found.reasons), "secondary", wrap=True))
        if found.open_duty is not None:
            duty = found.open_duty
            owed = QHBoxLayout()
            theme.space(owed, 0, 0.6)
            owed.addWidget(DueChip(duty.urgency, duty.words), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            theme.space(words, 0, 0)
            words.addWidget(ElidedLabel(duty.title))
            who = f" · 承办：{duty.owner}" if duty.owner else ""
            until = f"最迟 {day_words(duty.due, today, weekday=False)}{who}"
            words.addWidget(ElidedLabel(until, "secondary", "text2"))
            owed.addLayout(words, 1)
            column.addLayout(owed)
        else:
            column.addWidget(label(f"现在：{found.state_name}", "secondary", "text2"))
        column.addLayout(self._verdicts(found, verdict, first))

    def _verdicts(self, found: Candidate, verdict: str, first: bool) -> WrapRow:
        row = WrapRow(0.5, 0.2)
        if verdict:
            row.add(label(_SAID[verdict], "strong", "accent"))
            back = Link("撤销", spoken=f"撤销对“{found.title}”的判断")
            back.clicked.connect(lambda: self.taken_back.emit(found.number))
            row.add(back)
        else:
            for number, (key, word) in enumerate(_VERDICTS, 1):
                hint = f"Alt+{number}" if first and number == 1 and not theme.is_large() else ""
                button = Button(word, hint=hint, spoken=f"{word}：{found.title}")
                button.clicked.connect(
                    lambda _on=False, key=key: self.judged.emit(found.number, key)
                )
                row.add(button)
        see = Link("看原件", spoken=f"看原件：{found.title}")
        see.clicked.connect(lambda: self.wanted.emit(found.number))
        row.add(see)
        return row


class SimilarPanel(Panel):
    """The panel beside the form."""

    judged = Signal(str, str)
    taken_back = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("可能以前反映过", "还没有线索")
        self.note_right()
        inner = QWidget()
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(0)
        self._cards.addStretch()
        self.body.addWidget(scroller(inner, "可能以前反映过的事项"))
        self._foot = QWidget()
        row = self.foot()
        column = QVBoxLayout()
        theme.space(column, 0, 0.1)
        line = QHBoxLayout()
        self._different = label("", "head")
        self._back = Link("撤销", "secondary", "撤销判为不同的")
        self._back.clicked.connect(self._take_back_last)
        line.addWidget(self._different)
        line.addWidget(self._back)
        line.addStretch()
        column.addLayout(line)
        column.addWidget(label("判断随时可改，不影响这次登记。", "secondary", "text2", wrap=True))
        row.addLayout(column, 1)
        self._gone: tuple[str, ...] = ()
        self._first = ""

    def show_candidates(
        self, found: Sequence[Candidate], judged: Mapping[str, str], today: date
    ) -> None:
        """Show these; those judged different are only counted."""
        while self._cards.count() > 1:
            item = self._cards.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [c for c in found if judged.get(c.number) != "different"]
        self._first = next((c.number for c in shown if c.number not in judged), "")
        for place, each in enumerate(shown):
            card = _Card(each, judged.get(each.number, ""), each.number == self._first, today)
            card.judged.connect(self.judged)
            card.taken_back.connect(self.taken_back)
            card.wanted.connect(self.wanted)
            self._cards.insertWidget(place, card)
        self.say(
            f"{len(shown)} 件，请您判断"
            if self._first
            else f"{len(shown)} 件"
            if shown
            else "没有找到"
        )
        self._gone = tuple(n for n, verdict in judged.items() if verdict == "different")
        self._different.setText(f"已判为“不同” {len(self._gone)} 件")
        self._different.setVisible(bool(self._gone))
        self._back.setVisible(bool(self._gone))

    def first(self) -> str:
        """The number that Alt+1, Alt+2 and Alt+3 judge; empty when none waits."""
        return self._first

    def _take_back_last(self) -> None:
        if self._gone:
            self.taken_back.emit(self._gone[-1])
