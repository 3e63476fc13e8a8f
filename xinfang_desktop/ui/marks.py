"""The marks of the due states, painted as paths, never taken from a font.

rest ○ · soon ◐ · near ◇ · today ◆ · late ▲! · done ✓ · provisional ? in a dashed ring ·
stopped ‖ · none – · no ✗
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

Draw = Callable[[QPainter, QRectF, QColor, QColor], None]


def draw_mark(painter: QPainter, state: str, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Paint the mark of ``state`` into ``box``. ``ground`` is the colour behind (for cut-outs)."""
    side = min(box.width(), box.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(box.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _DRAW.get(state, _blank)(painter, square, ink, ground)
    painter.restore()


def has_mark(state: str) -> bool:
    """Whether the state has a mark of its own (unknown states are drawn without one)."""
    return state in _DRAW


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)


def _path(box: QRectF, *points: tuple[float, float], closed: bool = True) -> QPainterPath:
    path = QPainterPath(_at(box, *points[0]))
    for point in points[1:]:
        path.lineTo(_at(box, *point))
    if closed:
        path.closeSubpath()
    return path


def _pen(box: QRectF, ink: QColor, weight: float = 0.12) -> QPen:
    pen = QPen(ink, max(1.5, box.width() * weight))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _blank(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    return


def _ring(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.11))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.center(), box.width() * 0.38, box.width() * 0.38)


def _half(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    _ring(painter, box, ink, ground)
    circle = QRectF(0, 0, box.width() * 0.76, box.width() * 0.76)
    circle.moveCenter(box.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPie(circle, -90 * 16, 180 * 16)


def _diamond(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(box, (0.5, 0.1), (0.9, 0.5), (0.5, 0.9), (0.1, 0.5)))


def _solid_diamond(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(_path(box, (0.5, 0.05), (0.95, 0.5), (0.5, 0.95), (0.05, 0.5)))


def _alarm(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.1))
    painter.setBrush(ink)
    painter.drawPath(_path(box, (0.5, 0.1), (0.95, 0.88), (0.05, 0.88)))
    painter.setPen(_pen(box, ground, 0.1))
    painter.drawLine(_at(box, 0.5, 0.38), _at(box, 0.5, 0.6))
    painter.drawPoint(_at(box, 0.5, 0.77))


def _tick(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.15))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(box, (0.1, 0.52), (0.38, 0.8), (0.92, 0.22), closed=False))


def _question(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    dashed = _pen(box, ink, 0.1)
    dashed.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(dashed)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.center(), box.width() * 0.44, box.width() * 0.44)
    painter.setPen(_pen(box, ink, 0.1))
    hook = QPainterPath(_at(box, 0.37, 0.4))
    hook.cubicTo(_at(box, 0.37, 0.2), _at(box, 0.66, 0.22), _at(box, 0.62, 0.42))
    hook.cubicTo(_at(box, 0.6, 0.5), _at(box, 0.5, 0.48), _at(box, 0.5, 0.6))
    painter.drawPath(hook)
    painter.drawPoint(_at(box, 0.5, 0.75))


def _pause(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.14))
    for x in (0.35, 0.65):
        painter.drawLine(_at(box, x, 0.2), _at(box, x, 0.8))


def _dash(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.12))
    painter.drawLine(_at(box, 0.15, 0.5), _at(box, 0.85, 0.5))


def _cross(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setPen(_pen(box, ink, 0.15))
    painter.drawLine(_at(box, 0.2, 0.2), _at(box, 0.8, 0.8))
    painter.drawLine(_at(box, 0.8, 0.2), _at(box, 0.2, 0.8))


_DRAW: dict[str, Draw] = {
    "rest": _ring,
    "soon": _half,
    "near": _diamond,
    "today": _solid_diamond,
    "late": _alarm,
    "done": _tick,
    "provisional": _question,
    "stopped": _pause,
    "none": _dash,
    "no": _cross,
}
