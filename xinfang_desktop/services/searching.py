"""The one search box: Chinese, pinyin, initials, the tail of a phone number, a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain import dispute_states, mediation_states, register_states, states
from ..store import search
from ..store.database import Connection
from ..store.files import chunks
from ..store.queries import states_of
from .desk import Desk, use_case
from .subject_cards import CARDS, Card, readable

_NAMES = {
    "matter": states.state_name,
    "dispute": dispute_states.state_name,
    "mediation": mediation_states.state_name,
    "work_item": register_states.state_name,
}


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One matter, dispute or mediation found, and where the text stands in it."""

    kind: str
    number: str
    title: str
    where: str
    state_name: str
    received_on: date


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits and how many there are."""

    hits: tuple[SearchHit, ...]
    total: int


@use_case("search")
def search_matters(desk: Desk, text: str, limit: int = 50) -> SearchResult:
    """Find what this account may read. That somebody searched is logged, not what for."""
    with desk.reading() as conn:
        hits, total = search.find(
            conn, text, limit, kinds=readable(desk), village=desk.village
        )  # fmt: skip
        cards = _cards(desk, conn, hits)
        stand = {
            id: _NAMES[kind](state)
            for kind in _NAMES
            for part in chunks(hit.id for hit in hits if hit.kind == kind)
            for id, state in states_of(conn, kind, part).items()
        }
    desk.look("search", text_length=len(text))
    return SearchResult(
        tuple(
            SearchHit(
                hit.kind, cards[hit.id].number, cards[hit.id].title, hit.where,
                stand.get(hit.id, ""), cards[hit.id].began,
            )
            for hit in hits
            if hit.id in cards
        ),
        total,
    )  # fmt: skip


def _cards(desk: Desk, conn: Connection, hits: Iterable[search.Hit]) -> Mapping[str, Card]:
    now = desk.setting(conn)
    by_kind: dict[str, set[str]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, set()).add(hit.id)
    found: dict[str, Card] = {}
    for kind, ids in by_kind.items():
        found.update(CARDS[kind](desk, conn, now, ids))
    return found
