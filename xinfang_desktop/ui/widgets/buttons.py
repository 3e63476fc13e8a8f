"""Buttons painted from the palette: plain, primary, with icon and shortcut; segmented choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from .. import icons, theme
from ..style import draw_focus


class Button(QPushButton):
    """A button: ``icon`` by name, ``hint`` the shortcut in grey, ``primary`` once a page.

    ``main`` makes it 2.7 em high. ``refuse`` disables it and says why.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        hint: str = "",
        primary: bool = False,
        main: bool = False,
        spoken: str = "",
    ) -> None:
        super().__init__(text)
        self._icon, self._hint, self._primary, self._main = icon, hint, primary, main
        self.setAccessibleName(spoken or text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.typeset(self, "strong" if primary else "body")

    def refuse(self, reason: str) -> None:
        """Disable with a reason that is shown and spoken; an empty reason enables again."""
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def set_hint(self, hint: str) -> None:
        """Change the grey shortcut beside the word."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would let Enter fall through to the dialog's default button, whichever has the focus
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text().replace("&", "")) + theme.em(1.75)
        if self._icon:
            width += theme.em(icons.INLINE_EM + 0.5) if self.text() else theme.em(icons.INLINE_EM)
        if self._hint:
            width += theme.metrics("secondary").horizontalAdvance(self._hint) + theme.em(0.3)
        return QSize(max(width, theme.em(3)), theme.em(2.7 if self._main else 2.3))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter)
        size = theme.em(icons.INLINE_EM)
        content = self.sizeHint().width() - theme.em(1.75)
        left = max(theme.em(0.5), (self.width() - content) / 2)
        if self._icon:
            box = QRectF(left, (self.height() - size) / 2, size, size)
            icons.draw(painter, self._icon, box, ink)
            left += size + theme.em(0.5)
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        words = self.text().replace("&", "")
        wide = self.fontMetrics().horizontalAdvance(words)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left, 0, wide + 2, self.height()), middle, words)
        if self._hint:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color(ink if self._primary else "text2"))
            start = left + wide + theme.em(0.3)
            painter.drawText(
                QRectF(start, 0, self.width() - start, self.height()), middle, self._hint
            )

    def _paint_ground(self, painter: QPainter) -> str:
        """Paint frame and fill; returns the ink to write with."""
        line = theme.tokens().line
        if not self.isEnabled():
            fill, edge, ink = "window", "rule", "hint"
        elif self._primary:
            fill, edge, ink = "accent", "accent", "on_accent"
        else:
            fill, edge, ink = ("head" if self.isDown() else "base"), "border", "text"
            if self.underMouse() and not self.isDown():
                fill = "alternate"
        painter.setBrush(theme.color(fill))
        painter.setPen(QPen(theme.color(edge), line))
        half = line / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, 3, 3)
        if self.hasFocus():
            if self._primary:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("on_accent"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 2, 2)
            else:
                draw_focus(painter, QRectF(self.rect()))
        return ink


class Segmented(QWidget):
    """Joined cells of which one is chosen; ← → move, every cell says its word and count."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self._options = list(options)
        self._key = self._options[0][0] if self._options else ""
        self._title = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.typeset(self, "strong")
        self._speak()

    def value(self) -> str:
        """Key of the chosen cell."""
        return self._key

    def set_value(self, key: str) -> None:
        """Choose without a signal."""
        self._key = key
        self._speak()
        self.update()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace keys and words; the choice stays where its key still exists."""
        self._options = list(options)
        if self._key not in dict(self._options) and self._options:
            self._key = self._options[0][0]
        self._speak()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 1, theme.em(2.3))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _widths(self) -> list[int]:
        size = self.fontMetrics()
        return [size.horizontalAdvance(word) + theme.em(1.9) for _, word in self._options]

    def _speak(self) -> None:
        word = dict(self._options).get(self._key, "")
        self.setAccessibleName(f"{self._title}：{word}")

    def _pick(self, key: str) -> None:
        if key != self._key:
            self.set_value(key)
            self.chosen.emit(key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = 0.0
        for (key, _), width in zip(self._options, self._widths(), strict=True):
            left += width
            if event.position().x() < left:
                self._pick(key)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = [key for key, _ in self._options]
        if step is None or self._key not in keys:
            super().keyPressEvent(event)
            return
        self._pick(keys[max(0, min(len(keys) - 1, keys.index(self._key) + step))])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 3, 3)
        painter.fillPath(shape, theme.color("base"))
        painter.setClipPath(shape)
        left = 0
        for index, ((key, word), width) in enumerate(
            zip(self._options, self._widths(), strict=True)
        ):
            cell = QRectF(left, 0, width, self.height())
            now = key == self._key
            if now:
                painter.fillRect(cell, theme.color("selection"))
                painter.fillRect(QRectF(left, self.height() - 3, width, 3), theme.color("accent"))
            on_dark = now and theme.tokens().on_selection == theme.tokens().on_accent
            painter.setPen(theme.color("on_selection" if on_dark else "accent" if now else "text"))
            painter.setFont(theme.font("strong" if now else "body"))
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), word)
            left += width
            if index < len(self._options) - 1:
                painter.setPen(QPen(theme.color("border"), 1))
                painter.drawLine(QPointF(left + 0.5, 0), QPointF(left + 0.5, self.height()))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("border"), theme.tokens().line))
        painter.drawRoundedRect(frame, 3, 3)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()))
