"""A small framed word with its icon behind a name in a list: 冲突."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from .. import icons, theme

_HEIGHT_EM = 1.5
_ICON = "git-compare"


def flag_width(words: str) -> int:
    """Width in px that a flag of these words needs."""
    return theme.metrics("secondary").horizontalAdvance(words) + theme.em(2.1)


def paint_flag(painter: QPainter, box: QRectF, words: str) -> None:
    """Paint the flag at the left of ``box``, centred in height."""
    due = theme.tokens().due["soon"]
    height = min(theme.em(_HEIGHT_EM), box.height())
    frame = QRectF(box.x(), box.center().y() - height / 2, box.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color(due.fill or "base"))
    painter.setPen(QPen(theme.color(due.ink), theme.tokens().line))
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    side = theme.em(1)
    icons.draw(
        painter, _ICON,
        QRectF(frame.x() + theme.em(0.4), frame.center().y() - side / 2, side, side), due.ink,
    )  # fmt: skip
    painter.setPen(theme.color(due.ink))
    painter.setFont(theme.font("secondary"))
    left = frame.x() + theme.em(1.6)
    painter.drawText(
        QRectF(left, frame.y(), frame.right() - left, height), int(Qt.AlignmentFlag.AlignVCenter),
        words,
    )  # fmt: skip
    painter.restore()
