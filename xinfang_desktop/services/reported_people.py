"""Which sealed matters an account may not open although it holds the grant: it is reported there."""

from __future__ import annotations

from collections import defaultdict

from ..domain.records import Step
from ..domain.reported import SAID_BY, is_excluded
from ..store.database import Connection
from ..store.files import fetch, in_order
from ..store.tables import TABLES
from .desk import Desk

_SAYING = (*SAID_BY, "confirm_namesake")


def hidden_from(desk: Desk, conn: Connection) -> frozenset[str]:
    """Ids of the matters of the sealed store that this account may not open; of others none."""
    if desk.outer is None:
        return frozenset()
    steps: dict[str, list[Step]] = defaultdict(list)
    for step in fetch(conn, Step, TABLES["step"].c.action.in_(_SAYING)):
        steps[step.matter].append(step)
    name = desk.account.name
    return frozenset(id for id, said in steps.items() if is_excluded(in_order(said), name))
