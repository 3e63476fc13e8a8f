"""What every page is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from xinfang_desktop.services.desk import Changes, Desk

from .actions import ActionBook
from .exchange_news import ExchangeNews
from .form import FormContext
from .tasks import Runner
from .theme import Look

DRAFT_AFTER_MS = 800
"""A draft is written this long after the first keystroke that is not yet kept (limit: 2 s)."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a page may use. ``go(key, **what)`` opens another page (``go("matter", number=…)``);
    ``say`` writes into the status bar; ``saved`` and ``draft_saved`` tell the save state;
    ``look`` puts another scale or palette on; ``exchange`` tells what is new there.
    """

    desk: Desk
    runner: Runner
    actions: ActionBook
    form: FormContext
    go: Callable[..., None]
    say: Callable[[str], None]
    saved: Callable[[], None]
    draft_saved: Callable[[], None]
    badge: Callable[[str, int], None]
    look: Callable[[Look], None]
    exchange: ExchangeNews


class Page(QWidget):
    """A page of the window. Subclasses say ``key``, which record ``kinds`` concern them, and
    which manual page helps; the window calls ``activate``, ``refresh``, ``open`` and ``leave``.
    """

    key = ""
    kinds: frozenset[str] = frozenset()
    help_page = "start"

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place

    def activate(self) -> None:
        """The page comes to the front: bind actions, set the focus, ask for data."""

    def refresh(self) -> None:
        """Ask for the data again (F5, or records of our kinds changed)."""

    def open(self, **what: Any) -> None:
        """Show something in particular (a matter's number, a draft's key)."""

    def leave(self) -> None:
        """The page goes to the back or the window closes: keep what was typed."""

    def concerns(self, changes: Changes) -> bool:
        """Whether these changes make the page stale."""
        return bool(self.kinds & changes.kinds)


Pages = Mapping[str, Callable[[Workplace], Page]]
