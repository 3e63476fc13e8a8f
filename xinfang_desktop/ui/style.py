"""What the style sheet cannot say: ticks, radio marks, the focus frame, and the tame wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QProxyStyle,
    QScrollBar,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTabBar,
    QWidget,
)

from .theme import color, em, tokens

_Element = QStyle.PrimitiveElement
_Metric = QStyle.PixelMetric
_Hint = QStyle.StyleHint
_INDICATOR_METRICS = {
    _Metric.PM_IndicatorWidth,
    _Metric.PM_IndicatorHeight,
    _Metric.PM_ExclusiveIndicatorWidth,
    _Metric.PM_ExclusiveIndicatorHeight,
}
_INDICATOR_EM = 18 / 14
_FIXED_HINTS = {
    _Hint.SH_ComboBox_Popup: 0,
    _Hint.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    _Hint.SH_UnderlineShortcut: 1,
    _Hint.SH_Widget_Animate: 0,
    _Hint.SH_Widget_Animation_Duration: 0,
    _Hint.SH_ItemView_ActivateItemOnSingleClick: 0,
}


class CalmStyle(QProxyStyle):
    """Fusion with our ticks, radio marks and a focus frame that is always visible."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in _INDICATOR_METRICS:
            return em(_INDICATOR_EM)
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        fixed = _FIXED_HINTS.get(hint)
        return fixed if fixed is not None else super().styleHint(hint, option, widget, returnData)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == _Element.PE_IndicatorCheckBox:
            draw_tick_box(painter, QRectF(option.rect), option.state)
        elif element == _Element.PE_IndicatorRadioButton:
            draw_radio(painter, QRectF(option.rect), option.state)
        elif element == _Element.PE_FrameFocusRect:
            room = 5 if isinstance(widget, QTabBar) else 0  # a tab's rectangle is that of its words
            draw_focus(painter, QRectF(option.rect).adjusted(-room, -room / 2, room, room / 2))
        else:
            super().drawPrimitive(element, option, painter, widget)


def draw_focus(painter: QPainter, box: QRectF) -> None:
    """The 2 px accent frame of whatever has the focus."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("accent"), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)
    painter.restore()


def draw_tick_box(painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
    """A tick box: white with a border, or filled with a white tick; half = a dash."""
    on, half = (
        bool(state & QStyle.StateFlag.State_On),
        bool(state & QStyle.StateFlag.State_NoChange),
    )
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    _begin(painter, on or half, enabled)
    painter.drawRoundedRect(_inner(box), 2, 2)
    if on or half:
        painter.setPen(_stroke(box.width() * 0.11, enabled))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = ((0.24, 0.52), (0.43, 0.70), (0.76, 0.32)) if on else ((0.25, 0.5), (0.75, 0.5))
        path = QPainterPath()
        for number, (x, y) in enumerate(points):
            spot = QPointF(box.x() + box.width() * x, box.y() + box.height() * y)
            path.lineTo(spot) if number else path.moveTo(spot)
        painter.drawPath(path)
    painter.restore()


def draw_radio(painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
    """A radio mark: a ring, with a solid centre when chosen."""
    on = bool(state & QStyle.StateFlag.State_On)
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    _begin(painter, False, enabled)
    if on:
        painter.setPen(QPen(color("accent" if enabled else "hint"), tokens().line))
    painter.drawEllipse(_inner(box))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent" if enabled else "hint"))
        side = box.width() * 0.5
        painter.drawEllipse(box.center(), side / 2, side / 2)
    painter.restore()


def _begin(painter: QPainter, filled: bool, enabled: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = ("accent" if filled else "border") if enabled else "rule"
    painter.setPen(QPen(color(ink), tokens().line))
    painter.setBrush(color(("accent" if filled else "base") if enabled else "window"))


def _stroke(width: float, enabled: bool) -> QPen:
    pen = QPen(color("on_accent" if enabled else "hint"), max(1.6, width))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _inner(box: QRectF) -> QRectF:
    half = tokens().line / 2
    return box.adjusted(half, half, -half, -half)


class TameWheel(QObject):
    """The wheel scrolls; it never changes a value under the pointer (combo, number, tab)."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and self._is_value(watched):
            event.ignore()
            parent = watched.parent()
            # the page behind still scrolls, as it would over a label
            while parent is not None and not isinstance(parent, QWidget):
                parent = parent.parent()
            if isinstance(parent, QWidget):
                QApplication.sendEvent(parent, event)
            return True
        return False

    @staticmethod
    def _is_value(watched: QObject) -> bool:
        if isinstance(watched, QScrollBar | QAbstractItemView):
            return False
        return isinstance(watched, QComboBox | QAbstractSpinBox | QAbstractSlider | QTabBar)
