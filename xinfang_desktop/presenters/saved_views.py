"""A list with saved views, counts and a search line: which view is open and what it holds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services.desk import Desk

from .running import Run

Row = TypeVar("Row")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """One answer of the store: rows, and how many every view has; no counts leave the old ones."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]


class SavedViews(ABC, Generic[Row]):
    """The page shows ``rows``; a kind of list says its views and how one is asked for."""

    VIEWS: tuple[tuple[str, str], ...] = ()  # key, word
    noun = ""

    def __init__(self, desk: Desk, run: Run, view: str) -> None:
        self.desk, self._run = desk, run
        self.view = view
        self.text = ""
        self.rows: tuple[Row, ...] = ()
        self._counts: Mapping[str, int] = {}
        self._asked = 0

    @abstractmethod
    def _list(self, view: str, text: str) -> Listed[Row]:
        """The rows of a view, or of all views those that hold ``text``."""

    @abstractmethod
    def note(self) -> str:
        """What stands beside the title."""

    @abstractmethod
    def empty(self) -> tuple[str, str, str]:
        """Sentence, action word and key of the action where there is nothing to show."""

    def load(
        self, done: Callable[[], None], failed: Callable[[XinfangError], None] | None = None
    ) -> None:
        """Ask for the rows of this view; an older answer that comes late is dropped."""
        self._asked += 1
        asked, view, text = self._asked, self.view, self.text

        def came(listed: Listed[Row]) -> None:
            if asked == self._asked:
                self.rows = listed.rows
                self._counts = listed.counts or self._counts
                done()

        self._run(lambda: self._list(view, text), came, failed, label=f"正在找{self.noun}")

    def choose(self, view: str, done: Callable[[], None]) -> None:
        """Another saved view; what was searched is forgotten."""
        self.view, self.text = view, ""
        self.load(done)

    def search(self, text: str, done: Callable[[], None]) -> None:
        """Look for a text in all of them; an empty text goes back to the view."""
        self.text = text.strip()
        self.load(done)

    def views(self) -> tuple[tuple[str, str], ...]:
        """Keys and words of the saved views with their counts (在办 12)."""
        return tuple(
            (key, f"{word} {self._counts[key]}" if key in self._counts else word)
            for key, word in self.VIEWS
        )
