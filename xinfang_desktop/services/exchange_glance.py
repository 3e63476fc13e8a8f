"""A glance at exchange (一眼看交换): the two figures that every page shows."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain import permissions
from ..store import conflicts
from ..store.inbox import shelf
from .conflicts import conflict_list
from .desk import Desk, use_case
from .exchange_door import offered


@dataclass(frozen=True, slots=True)
class Glance:
    """``waiting`` entries on the shelf; ``conflicts`` that this account may see and are open."""

    waiting: int = 0
    conflicts: int = 0


@use_case("glance_exchange")
def exchange_glance(desk: Desk) -> Glance:
    """What waits and what has to be decided; nothing for who does not see exchange here."""
    if not offered(desk):
        return Glance()
    with desk.reading() as conn:
        waiting = sum(gap.count for gap in shelf(conn))
        any_open = conflicts.count(conn) > 0
    sees = any_open and permissions.may(desk.roles, "read_conflicts")
    return Glance(waiting, len(conflict_list(desk)) if sees else 0)
