"""A list to choose from, filtered while typing by characters, pinyin or initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QSizePolicy

from .. import icons, theme
from .inputs import is_enter, mark, plain


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what is stored, what is shown, and how it may be typed (拼音, 首字母)."""

    value: str
    label: str
    keys: tuple[str, ...] = ()

    def matches(self, typed: str) -> bool:
        """Whether the typed text finds this entry (case and blanks do not matter)."""
        want = typed.replace(" ", "").lower()
        return want in self.label.replace(" ", "").lower() or any(
            key.startswith(want) for key in self.keys
        )


def choices(pairs: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Entries without other ways to type them."""
    return tuple(Choice(value, words) for value, words in pairs)


class Combo(QComboBox):
    """Choose one. ``free``: a text in no entry is fine (a village not in the list), so leaving the
    field completes only pinyin, never a Chinese word that was meant as itself.

    Typing filters; ↓ opens the list; leaving the field takes the first match.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, entries: Sequence[Choice] = (), *, free: bool = False) -> None:
        super().__init__()
        self._entries: tuple[Choice, ...] = ()
        self._free = free
        self._composing = False
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        self._line = QLineEdit()
        self._line.setAccessibleName(name)
        self.setLineEdit(self._line)
        self._found = QStringListModel(self)
        finder = QCompleter(self._found, self)
        finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        finder.setMaxVisibleItems(10)
        self._popup = QListView()
        self._popup.setProperty("popup", True)
        self._popup.setAccessibleName(f"{name}：可选项")
        finder.setPopup(self._popup)
        self.setCompleter(finder)
        finder.activated[str].connect(self._take_label)  # type: ignore[index]
        self._line.textEdited.connect(self._typed)
        self.activated.connect(lambda _index: self.changed.emit())
        self.view().setAccessibleName(f"{name}：可选项")
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[Choice]) -> None:
        """Replace the entries; what was chosen stays if it still exists."""
        now = self.value()
        self._entries = tuple(entries)
        self.blockSignals(True)
        self.clear()
        for entry in self._entries:
            self.addItem(entry.label, entry.value)
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        self._found.setStringList([entry.label for entry in self._entries])
        self.set_value(now)

    def value(self) -> str:
        """Value of the chosen entry; a text that is in no entry as it was written (whoever reads
        it says what is wrong; nothing typed is lost in silence)."""
        typed = self._line.text().strip()
        for entry in self._entries:
            if entry.label == typed:
                return entry.value
        return plain(typed)

    def text(self) -> str:
        """The words in the field."""
        return self._line.text()

    def set_value(self, value: object) -> None:
        """Choose without a signal; an unknown value is shown as it is."""
        for index, entry in enumerate(self._entries):
            if entry.value == value:
                self.setCurrentIndex(index)
                self._line.setText(entry.label)
                self._line.setCursorPosition(0)
                return
        self.setCurrentIndex(-1)
        self._line.setText(str(value or ""))

    def mark_problem(self, wrong: bool) -> None:
        """Red border on or off."""
        mark(self, wrong)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(6), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(5), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.em(icons.INLINE_EM)
        box = QRectF(self.width() - side - theme.em(0.5), (self.height() - side) / 2, side, side)
        icons.draw(QPainter(self), "chevron-down", box, "text" if self.isEnabled() else "hint")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            if self._composing:
                return
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            self._settle()
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Down and not self._line.text():
            self.showPopup()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self._line.selectAll()  # as with Tab: typing replaces what stands there

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()
        super().focusOutEvent(event)

    def _typed(self, text: str) -> None:
        found = [entry.label for entry in self._entries if entry.matches(text)]
        self._found.setStringList(found)
        self.changed.emit()

    def _take_label(self, words: str) -> None:
        self._line.setText(words)
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """Turn what was typed into an entry: the same word, else the first that matches."""
        typed = self._line.text().strip()
        found = [entry for entry in self._entries if entry.label == typed]
        if not found and typed and not self._free:
            found = [entry for entry in self._entries if entry.matches(typed)][:1]
        if not found and typed and self._free:
            # initials like "lxc" are meant as a search, Chinese words as themselves
            hits = [e for e in self._entries if e.matches(typed)] if typed.isascii() else []
            found = hits[:1]
        if found and self._line.text() != found[0].label:
            self.set_value(found[0].value)
            self.changed.emit()
        elif found:
            self.setCurrentIndex(self._entries.index(found[0]))
