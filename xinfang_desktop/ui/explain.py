"""为什么是这一天: the arithmetic of a date, day by day, with the article."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.presenters.duty_lines import day_words

from . import theme
from .widgets.buttons import Button
from .widgets.strip import DeadlineStrip, StripDay
from .widgets.text import label
from .widgets.wrap import WrapRow


class _Swatch(QWidget):
    """A little square of the legend."""

    def __init__(self, fill: str, edge: str) -> None:
        super().__init__()
        self._fill, self._edge = fill, edge
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(0.95), theme.em(0.95))

    def paintEvent(self, event: QPaintEvent) -> None:
        due = theme.tokens().due
        table = {"soon": due["soon"].fill or "base", "near": due["near"].ink}
        edges = {"soon": due["soon"].ink, "near": due["near"].ink}
        painter = QPainter(self)
        painter.setBrush(theme.color(table.get(self._fill, self._fill)))
        painter.setPen(QPen(theme.color(edges.get(self._edge, self._edge)), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


def _sample(fill: str, edge: str, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    theme.space(row, 0, 0.45)
    row.addWidget(_Swatch(fill, edge))
    row.addWidget(label(words, "secondary"))
    return made


class WhyPanel(QWidget):
    """One sentence, the strip, the legend and the article; ← → read the days out."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        theme.space(column, 0, 0.55)
        head = QHBoxLayout()
        theme.space(head, 0, 0.8)
        head.addWidget(label("为什么是这一天", "section"))
        self._sentence = label("", "secondary", "text2", wrap=True)
        head.addWidget(self._sentence, 1)
        column.addLayout(head)
        self.strip = DeadlineStrip()
        column.addWidget(self.strip)
        self._legend = QWidget()
        column.addWidget(self._legend)
        self._day = label("", "secondary", "text2", wrap=True)
        column.addWidget(self._day)
        self.strip.moved.connect(self._day.setText)
        self.strip.refitted.connect(self._say_sentence)
        self._found: Arithmetic | None = None
        self._now = date.min

    def show_arithmetic(self, found: Arithmetic, today: date) -> None:
        """Explain this date."""
        raw = found.due_raw or found.due
        tags = {"休": True}
        self.strip.set_days(
            [StripDay(s.date, s.counted, tags.get(s.tag, False), s.tag, s.why) for s in found.steps],
            today=today, raw=raw, due=found.due,
        )  # fmt: skip
        self._found, self._now = found, today
        self._say_sentence()
        row = WrapRow(1.2, 0.2)
        if any(step.date == today for step in found.steps):
            row.add(_sample("base", "accent", f"今天 {day_words(today, today, weekday=False)}"))
        if found.rolled:
            row.add(_sample("soon", "soon", f"{day_words(raw, today, weekday=False)}，{found.met}"))
            row.add(
                _sample(
                    "near", "near", f"顺延到 {day_words(found.due, today, weekday=False)}，最迟"
                )
            )
        else:
            row.add(_sample("near", "near", f"最迟 {day_words(found.due, today, weekday=False)}"))
        row.add(label(found.rule.article, "secondary", "accent"))
        fresh = QWidget()
        fresh.setLayout(row)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self._legend, fresh)
        self._legend.deleteLater()
        self._legend = fresh
        unsure = "那一年的放假安排还没有公布，公布并导入后会重算。" if found.provisional else ""
        self._day.setText(unsure or "左右键可以一天一天地看。")

    def _say_sentence(self) -> None:
        """How it is counted, and from which day on the strip lists the days."""
        if self._found is None:
            return
        cut = self.strip.cut_from()
        start = day_words(self._found.start, self._now, weekday=False)
        listed = f"；{day_words(cut, self._now, weekday=False)}起逐日列出" if cut else ""
        self._sentence.setText(f"{self._found.rule.start} {start}不计入，次日为第 1 天{listed}。")


def open_why(parent: QWidget, found: Arithmetic, today: date, title: str = "") -> QDialog:
    """Show the arithmetic in a dialog."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("为什么是这一天")
    dialog.setModal(True)
    column = QVBoxLayout(dialog)
    theme.space(column, 1.15, 0.8)
    when = day_words(found.due, today)
    column.addWidget(label(f"{title or found.rule.name}：最迟 {when}", "title", wrap=True))
    panel = WhyPanel()
    panel.show_arithmetic(found, today)
    column.addWidget(panel)
    if found.rule.note:
        column.addWidget(label(found.rule.note, "body", "text2", wrap=True))
    close = Button("知道了", primary=True)
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    dialog.resize(min(theme.em(62), parent.window().width() - 40), dialog.sizeHint().height())
    dialog.open()
    panel.strip.setFocus()
    return dialog
