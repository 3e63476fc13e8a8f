"""Fields to write in. Nothing typed is swallowed or cut: it is normalised when the field is left.

Every editor here, in ``combo`` , ``dates`` and ``lines`` has ``value()``, ``set_value()``,
``changed`` (emitted at each edit by the person) and ``mark_problem(bool)``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from xinfang_desktop.domain.identity import normalise_phone
from xinfang_desktop.domain.money import read_amount, yuan
from xinfang_desktop.domain.names import parse_number

from .. import theme

Normalise = Callable[[str], str]


def plain(text: str) -> str:
    """Full-width letters and digits become half-width; Chinese punctuation stays Chinese.

    Control characters other than line breaks are taken out, blanks at the ends too.
    """
    kept = "".join(
        unicodedata.normalize("NFKC", c) if "０" <= c <= "ｚ" or c == "\u3000" else c for c in text
    )
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def phone(text: str) -> str:
    """A mobile number as 138 0000 4412; what is not recognised stays as it was written."""
    number = normalise_phone(text)
    if not number.isdigit() or len(number) < 7:
        return plain(text)
    if number.startswith("1") and not number.startswith(("10", "12")):
        return " ".join(part for part in (number[:3], number[3:7], number[7:]) if part)
    return number


def mark(widget: QWidget, wrong: bool) -> None:
    """Give the field its red border, or take it away."""
    if bool(widget.property("problem")) != wrong:
        widget.setProperty("problem", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter, of the main keys or of the number block."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEdit(QLineEdit):
    """One line. ``normalise`` runs when the field is left, never while one writes."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, normalise: Normalise = plain, hint: str = "") -> None:
        super().__init__()
        self._normalise = normalise
        self._composing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(lambda _text: self.changed.emit())
        self.returnPressed.connect(self.entered)

    def value(self) -> str:
        """The text, normalised."""
        return self._normalise(self.text())

    def set_value(self, value: object) -> None:
        """Show a value; ``None`` is empty."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def mark_problem(self, wrong: bool) -> None:
        """Red border on or off."""
        mark(self, wrong)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(4), super().minimumSizeHint().height())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # an Enter that the input method lets through ends its word; it does not leave the field
        if not (self._composing and is_enter(event)):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        tidy = self._normalise(self.text())
        if tidy != self.text():
            self.setText(tidy)
            self.changed.emit()
        super().focusOutEvent(event)


class PhoneEdit(LineEdit):
    """A phone number, grouped when the field is left."""

    def __init__(self, name: str) -> None:
        super().__init__(name, phone)

    def value(self) -> str:
        return normalise_phone(self.text()) or plain(self.text())

    def set_value(self, value: object) -> None:
        super().set_value(phone(str(value or "")))


class IntEdit(LineEdit):
    """A whole number with its unit shown behind (1 人); 三人 and ３ are understood."""

    def __init__(self, name: str, unit: str = "") -> None:
        self._unit = unit
        super().__init__(name, self._tidy)

    def value(self) -> int | str | None:  # type: ignore[override]
        """The number; ``None`` when empty; the text itself when it is no number."""
        text = plain(self.text())
        bare = text.removesuffix(self._unit).strip() if self._unit else text
        if not bare:
            return None
        number = parse_number(bare)
        return bare if number is None else number

    def set_value(self, value: object) -> None:
        super().set_value(self._tidy("" if value is None else str(value)))

    def _tidy(self, text: str) -> str:
        text = plain(text)
        bare = text.removesuffix(self._unit).strip() if self._unit else text
        number = parse_number(bare) if bare else None
        return text if number is None else f"{number} {self._unit}".strip()


class MoneyEdit(LineEdit):
    """An amount typed in 元 (1.5万 is understood) and told in full when the field is left.

    A number it is given to show is in 分, as amounts are kept; a text is shown as it was typed.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, self._tidy)

    def set_value(self, value: object) -> None:
        if isinstance(value, int):
            value = yuan(value) if value else ""
        super().set_value(value)

    @staticmethod
    def _tidy(text: str) -> str:
        text = plain(text)
        cents = read_amount(text).cents
        return text if cents is None else yuan(cents)


class PasswordEdit(LineEdit):
    """A password; it is taken exactly as typed."""

    def __init__(self, name: str) -> None:
        super().__init__(name, str)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )


class TextEdit(QPlainTextEdit):
    """Several lines. Tab leaves the field; it grows from ``rows`` lines with what is written."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, rows: int = 3, grow_to: int = 8) -> None:
        super().__init__()
        self._rows, self._most = rows, max(rows, grow_to)
        self._silent = self._composing = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._on_text)
        self.look_changed()

    def value(self) -> str:
        """The text, normalised line by line."""
        return "\n".join(plain(line) for line in self.toPlainText().splitlines()).strip()

    def set_value(self, value: object) -> None:
        """Show a text without a signal."""
        self._silent = True
        self.setPlainText("" if value is None else str(value))
        self._silent = False

    def mark_problem(self, wrong: bool) -> None:
        """Red border on or off."""
        mark(self, wrong)

    def look_changed(self) -> None:
        """Fit the height to the lines written, between ``rows`` and ``grow_to``."""
        lines = int(self.document().size().height()) if self.document() is not None else 1
        shown = max(self._rows, min(self._most, lines))
        margins = 2 * self.document().documentMargin() + 2 * theme.em(0.2) + 6
        height = round(shown * self.fontMetrics().lineSpacing() + margins)
        if height != self.height():
            self.setFixedHeight(height)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing and is_enter(event):
            return
        # Ctrl+Enter belongs to the page (save and next), not to the text
        if is_enter(event) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _on_text(self) -> None:
        self.look_changed()
        if not self._silent:
            self.changed.emit()
