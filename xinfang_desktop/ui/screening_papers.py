"""打印 on 排查台账: one line a paper. What is not in the table is not in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .help import Manual
from .page import Page


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: its word in the menu, and how it is shown before it is printed."""

    word: str
    show: Callable[[Page], object]


PAPERS: tuple[PaperLine, ...] = (
    PaperLine("村级填报一页卡", lambda page: Manual(page.window(), "card_village").show()),
)
