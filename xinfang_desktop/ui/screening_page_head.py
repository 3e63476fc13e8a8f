"""The head of 排查台账: title, year, series, buttons; in large print the buttons are a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from . import icons
from .page import Page
from .screening_papers import PAPERS
from .widgets.buttons import Button, Segmented
from .widgets.combo import Choice, Combo
from .widgets.panel import PageHead
from .widgets.wrap import WrapRow

_PARTS = (("grid", "填报"), ("cell", "这个村"), ("list", "纠纷"))


@dataclass(frozen=True, slots=True)
class _Act:
    key: str
    word: str
    icon: str
    primary: bool = False


_ACTS = (
    _Act("round", "开一轮排查", "calendar-event"),
    _Act("print", "打印", "printer"),
    _Act("import", "导入台账", "package-import"),
    _Act("new", "新增纠纷", "plus", primary=True),
)


class ScreeningHead(QWidget):
    """``on(key, act)`` says what a button does; keys: round, print, import, new."""

    def __init__(self, series: Sequence[tuple[str, str]], years: Sequence[Choice]) -> None:
        super().__init__()
        row = WrapRow(0.85, 0.5)
        self.setLayout(row)
        head = PageHead("排查台账")
        self.note = head.note
        self.year = Combo("年份", years)
        self.series = Segmented(series, "哪一种排查")
        self.part = Segmented(_PARTS, "看哪一部分")
        row.add(head, 7, grows=True)
        row.add(self.part)
        row.add(self.year, 6.6)
        row.add(self.series)
        self.buttons = {
            act.key: Button(act.word, act.icon, primary=act.primary) for act in _ACTS
        }  # fmt: skip
        for button in self.buttons.values():
            row.add(button)
        self.more = Button("更多", "chevron-down", spoken="更多：开一轮排查、打印、导入、新增")
        row.add(self.more)
        self._does: dict[str, Callable[[], object]] = {}
        self.more.clicked.connect(self._open_more)
        self.papers = QMenu(self)
        self.papers.setAccessibleName("打印")

    def on(self, key: str, act: Callable[[], object]) -> None:
        """What a button does."""
        self._does[key] = act
        self.buttons[key].clicked.connect(lambda _on=False: act())

    def refuse(self, key: str, reason: str) -> None:
        """Switch a button off with its reason."""
        self.buttons[key].refuse(reason)

    def show_series(self, series: str, year: str) -> None:
        """Which series and year are shown."""
        self.series.set_value(series)
        self.year.set_value(year)

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for every button."""
        for button in self.buttons.values():
            button.setVisible(roomy)
        self.note.setVisible(roomy)
        self.more.setVisible(not roomy)
        self.part.setVisible(not roomy)

    def fill_papers(self, page: Page) -> None:
        """The papers that there are, as the menu of 打印."""
        for line in PAPERS:
            action = self.papers.addAction(icons.icon("file-text"), line.word)
            action.triggered.connect(lambda _on=False, show=line.show: show(page))

    def open_papers(self) -> None:
        """The menu of papers, under its button."""
        below = self.buttons["print"] if self.buttons["print"].isVisible() else self.more
        self.papers.popup(below.mapToGlobal(QPoint(0, below.height())))

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("更多")
        menu.setToolTipsVisible(True)
        for act in reversed(_ACTS):
            button = self.buttons[act.key]
            reason = button.toolTip()
            words = f"{act.word}（{reason}）" if reason else act.word
            action = menu.addAction(icons.icon(act.icon), words)
            action.setEnabled(not reason)
            action.triggered.connect(lambda _on=False, key=act.key: self._does[key]())
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
