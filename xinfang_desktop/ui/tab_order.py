"""Tab in reading order, for forms whose parts come and go while one writes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget


def in_reading_order(root: QWidget) -> Iterator[QWidget]:
    """What Tab can stop at below ``root``, as the layouts place it."""
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus and root.focusProxy() is None:
        yield root
        return
    if isinstance(root, QAbstractScrollArea):
        inner = root.widget() if isinstance(root, QScrollArea) else None
        if inner is not None:
            yield from in_reading_order(inner)
        return
    layout = root.layout()
    if layout is not None:
        yield from _of_layout(layout)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from in_reading_order(widget)
        elif inner is not None:
            yield from _of_layout(inner)


def read_in_order(root: QWidget) -> None:
    """Let Tab go through everything below ``root`` as one reads it."""
    for one, following in pairwise(in_reading_order(root)):
        QWidget.setTabOrder(one, following)
