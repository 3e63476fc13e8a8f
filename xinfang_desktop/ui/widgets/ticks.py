"""Tick boxes and radio buttons with the editors' interface (value, set_value, changed)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget

from .. import theme
from .combo import Choice
from .wrap import WrapRow


class Tick(QCheckBox):
    """One tick box; Enter goes on to the next field, Space ticks."""

    changed = Signal()
    entered = Signal()

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text)
        self.clicked.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick or not, without a signal."""
        self.setChecked(bool(value))

    def mark_problem(self, wrong: bool) -> None:
        """The sentence below says it; a tick box has no frame of its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Ticks(QWidget):
    """Several of a few; the value is the list of what is ticked, in the order shown."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, entries: Iterable[Choice]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = WrapRow(1.2, 0.2)
        self.setLayout(row)
        self._ticks = {
            entry.value: Tick(entry.label, f"{name}：{entry.label}") for entry in entries
        }
        for tick in self._ticks.values():
            tick.changed.connect(self.changed)
            tick.entered.connect(self.entered)
            row.add(tick)
        if self._ticks:
            self.setFocusProxy(next(iter(self._ticks.values())))
        self.look_changed()

    def look_changed(self) -> None:
        """As high as a field, so that a row of ticks stands in line with its neighbours."""
        for tick in self._ticks.values():
            tick.setMinimumHeight(theme.em(2.3))

    def value(self) -> list[str]:
        """What is ticked."""
        return [value for value, tick in self._ticks.items() if tick.isChecked()]

    def set_value(self, value: object) -> None:
        """Tick these, without a signal."""
        wanted = set(value) if isinstance(value, list | tuple) else set()
        for each, tick in self._ticks.items():
            tick.setChecked(each in wanted)

    def mark_problem(self, wrong: bool) -> None:
        """The sentence below says it."""


_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class _Radio(QRadioButton):
    """Enter goes on to the next field, Space chooses, an arrow goes to the next one and chooses it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            return
        super().keyPressEvent(event)
        now = QApplication.focusWidget()
        if event.key() in _ARROWS and isinstance(now, _Radio) and not now.isChecked():
            now.click()  # Qt chooses only where one was chosen before


class Radios(QWidget):
    """One of a few, all visible. ← → move as Qt does; ``extra(value, widget)`` puts fields beside."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, entries: Iterable[Choice]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._row = WrapRow(1.2, 0.2)
        self.setLayout(self._row)
        self._buttons: dict[str, QRadioButton] = {}
        for entry in entries:
            button = _Radio(entry.label)
            button.setAccessibleName(f"{name}：{entry.label}")
            button.entered.connect(self.entered)
            button.clicked.connect(lambda _on: self.changed.emit())
            self._buttons[entry.value] = button
            self._row.add(button)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def add(self, widget: QWidget, basis: float = 0) -> None:
        """Put another widget behind the choices."""
        self._row.add(widget, basis)

    def button(self, value: str) -> QRadioButton:
        """One of the choices."""
        return self._buttons[value]

    def value(self) -> str:
        """The chosen value, empty when none is."""
        return next((value for value, b in self._buttons.items() if b.isChecked()), "")

    def set_value(self, value: object) -> None:
        """Choose without a signal; an unknown value leaves none chosen."""
        for each, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(each == value)
            button.setAutoExclusive(True)

    def mark_problem(self, wrong: bool) -> None:
        """The sentence below says it."""
