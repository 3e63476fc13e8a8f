"""A fingerprint (指纹) as people compare it by telephone: eight large groups of five digits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from . import theme
from .widgets.panel import empty
from .widgets.text import label

_ACROSS = 4


class Fingerprint(QFrame):
    """Two lines of four groups; a screen reader hears them one by one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setProperty("panel", True)
        self._grid = QGridLayout(self)
        theme.space(self._grid, 0.7, 0.5, 1.2)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show these groups."""
        empty(self)
        for number, group in enumerate(groups):
            word = label(group, "big", "accent")
            word.setAlignment(Qt.AlignmentFlag.AlignCenter)
            word.setAccessibleName(f"第 {number + 1} 组：{' '.join(group)}")
            self._grid.addWidget(word, number // _ACROSS, number % _ACROSS)
        self.setAccessibleName(f"{self._name}：{'，'.join(groups)}")
