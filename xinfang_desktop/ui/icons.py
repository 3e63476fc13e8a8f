"""Tabler outline icons, recoloured from the palette and rendered at the size asked for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from xinfang_desktop.places import RESOURCES

from .theme import color, em

RAIL_EM = 20 / 14
INLINE_EM = 18 / 14


@lru_cache(maxsize=256)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    source = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode()))


def draw(painter: QPainter, name: str, box: QRectF, ink: str = "text") -> None:
    """Draw an icon into ``box``; ``ink`` is a colour role or a colour of the table."""
    _renderer(name, color(ink).name()).render(painter, box)


def pixmap(name: str, ink: str = "text", size_em: float = INLINE_EM) -> QPixmap:
    """An icon as a pixmap, sharp on screens with a device pixel ratio."""
    side = em(size_em)
    screen = QApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    made = QPixmap(QSize(side, side) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, name, QRectF(0, 0, side, side), ink)
    painter.end()
    return made


def icon(name: str, ink: str = "text", size_em: float = INLINE_EM) -> QIcon:
    """An icon for menus and buttons, with a dimmed picture for the disabled state."""
    made = QIcon(pixmap(name, ink, size_em))
    made.addPixmap(pixmap(name, "hint", size_em), QIcon.Mode.Disabled)
    return made
