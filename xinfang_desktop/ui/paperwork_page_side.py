"""Right of the preview: what to look at before printing, printer, copies, the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.printing.check import Finding

from . import theme
from .widgets.buttons import Button
from .widgets.combo import Combo, choices
from .widgets.panel import Panel, empty, scroller
from .widgets.text import Link, Mark, ProblemLine, label
from .widgets.ticks import Tick
from .widgets.wrap import WrapRow

_MARKS = {"must": ("late", "error"), "look": ("soon", ""), "ok": ("done", "")}
_VERBS = {"empty": "去填", "rare_glyph": "放大看", "missing_glyph": "放大看"}
NO_PRINTER = "没有找到打印机，可以存为 PDF"


class FindingRow(QFrame):
    """One finding: mark, bold title, detail, and where to mend it."""

    def __init__(self, finding: Finding, verb: str) -> None:
        super().__init__()
        self.finding = finding
        self.setProperty("panelhead", True)
        row = QHBoxLayout(self)
        theme.space(row, (0.85, 0.5, 0.85, 0.55), 0.7)
        state, ink = _MARKS[finding.level]
        row.addWidget(Mark(state, ink), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        theme.space(column, 0, 0.1)
        column.addWidget(
            label(finding.title, "strong", "error" if finding.level == "must" else "", wrap=True)
        )
        if finding.detail:
            column.addWidget(label(finding.detail, "secondary", wrap=True))
        row.addLayout(column, 1)
        self.link = Link(verb, "body", f"{verb}：{finding.title}")
        self.link.setVisible(bool(verb))
        row.addWidget(self.link)
        self.setAccessibleName(f"{finding.title}：{finding.detail}")


class PrintPanel(Panel):
    """打印前检查 above; printer, copies and buttons below."""

    mend_wanted = Signal(object)
    print_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("打印前检查")
        self.note_right()
        inner = QWidget()
        column = QVBoxLayout(inner)
        theme.space(column, 0, 0)
        self._rows = QWidget()
        theme.space(QVBoxLayout(self._rows), 0, 0)
        column.addWidget(self._rows)
        column.addWidget(self._build_printer())
        column.addStretch()
        self.body.addWidget(scroller(inner, "打印前检查"))
        self._build_foot()
        self.rows: list[FindingRow] = []

    def _build_printer(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        theme.space(column, 0.85, 0.4)
        title = label("打印机", "secondary", "text2")
        self.printer = Combo("打印机")
        title.setBuddy(self.printer)
        column.addWidget(title)
        column.addWidget(self.printer)
        self.copies = QWidget()
        self.copies.setLayout(WrapRow(1.2, 0.2))
        column.addWidget(self.copies)
        self.offset = label("", "secondary", "text2", wrap=True)
        column.addWidget(self.offset)
        self.history = label("", "secondary", "text2", wrap=True)
        column.addWidget(self.history)
        self._ticks: list[tuple[Tick, str, int]] = []
        return made

    def _build_foot(self) -> None:
        foot = self.foot()
        box = QWidget()
        column = QVBoxLayout(box)
        theme.space(column, 0, 0.5)
        self.blocked = ProblemLine()
        column.addWidget(self.blocked)
        row = WrapRow(0.6, 0.4)
        self.print_button = Button("打印", "printer", hint="Ctrl+P", primary=True)
        self.keep_button = Button("存为 PDF")
        row.add(self.print_button, grows=True)
        row.add(self.keep_button)
        column.addLayout(row)
        foot.addWidget(box)
        self.print_button.clicked.connect(self.print_wanted)
        self.keep_button.clicked.connect(self.keep_wanted)

    # --- showing ---

    def show_findings(
        self, findings: Sequence[Finding], summary: str, editable: Sequence[str]
    ) -> None:
        """Show the findings; ``editable`` are the paths that are changed on this page."""
        self.say(summary)
        empty(self._rows)
        self.rows = []
        layout = self._rows.layout()
        for finding in findings:
            row = FindingRow(finding, _verb(finding, finding.field in editable))
            row.link.clicked.connect(lambda finding=finding: self.mend_wanted.emit(finding))
            self.rows.append(row)
            if layout is not None:
                layout.addWidget(row)

    def show_copies(self, copies: Sequence[tuple[str, int]]) -> None:
        """One tick for each reader of the paper."""
        if [(who, count) for _, who, count in self._ticks] == list(copies):
            return
        empty(self.copies)
        self._ticks = []
        row = self.copies.layout()
        for who, count in copies:
            tick = Tick(f"{who} {count} 份")
            tick.setChecked(count > 0)
            tick.changed.connect(self.say_copies)
            self._ticks.append((tick, who, count))
            if isinstance(row, WrapRow):
                row.add(tick)
        self.say_copies()

    def wanted_copies(self) -> int:
        """How many sheets of each page are printed."""
        return sum(max(1, count) for tick, _, count in self._ticks if tick.isChecked())

    def say_copies(self) -> None:
        """打印 2 份."""
        count = self.wanted_copies()
        self.print_button.setText(f"打印 {count} 份" if count else "打印")
        self.print_button.updateGeometry()

    def show_printers(self, names: Sequence[str], chosen: str) -> None:
        """The printers of this PC."""
        shown = choices([(name, name) for name in names] or [("", NO_PRINTER)])
        self.printer.set_entries(shown)
        self.printer.set_value(chosen if chosen in names else shown[0].value)
        self.printer.setEnabled(bool(names))

    def allow(self, blocked: str, *, ready: bool, printers: bool) -> None:
        """Switch the buttons on or off with the reason."""
        self.blocked.say(blocked)
        reason = blocked or ("" if ready else "先选择事项和文书")
        self.keep_button.refuse(reason)
        self.print_button.refuse(reason or ("" if printers else NO_PRINTER))


def _verb(finding: Finding, editable: bool) -> str:
    if finding.level == "ok":
        return ""
    verb = _VERBS.get(finding.kind, "去改")
    return verb if editable or verb == "放大看" else "打开事项"
