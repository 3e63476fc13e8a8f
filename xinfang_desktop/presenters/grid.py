"""The screening grid (排查填报情况) as plain values: villages down, periods across.

A cell's ``state`` is one of

======== =============================================== =========
filed    the return came in time, with disputes          ✓ 3 件
zero     the return came in time: nothing to report      ✓ 零报告
late     the return came late                            ◐ 迟报 2
waiting  asked for, its last day not over                ◆ 待报
missing  its last day is over and nothing came           ▲ 未报
none     not asked of this village                       –
later    the period lies ahead                           (empty)
======== =============================================== =========
"""

from __future__ import annotations

from dataclasses import dataclass

_UNSAID = {"none": "不要求填报", "later": "还没到"}


@dataclass(frozen=True, slots=True)
class GridHead:
    """One period: its word (9 月) and, below it, how many have filed (已报 28 / 30)."""

    key: str
    words: str
    note: str = ""

    def said(self) -> str:
        """The head for a screen reader."""
        return f"{self.words}，{self.note}" if self.note else self.words


@dataclass(frozen=True, slots=True)
class GridCell:
    """One return: state, what is written, what is said where that is more, the return's key."""

    state: str
    words: str = ""
    spoken: str = ""
    key: str = ""

    def said(self) -> str:
        """The cell for a screen reader and its tooltip."""
        return self.spoken or self.words or _UNSAID.get(self.state, "")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One village with a cell for each period."""

    key: str
    name: str
    cells: tuple[GridCell, ...]
