"""The one search box: Chinese, pinyin, initials, the tail of a phone number, a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.states import state_name
from ..store import queries, search
from .desk import Desk, use_case


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One matter found, and where the text stands in it."""

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
    """Find matters. That somebody searched is logged, not what for."""
    with desk.reading() as conn:
        hits, total = search.find(conn, text, limit)
        found, _ = queries.matters(
            conn, queries.MatterFilter(ids=tuple(hit.id for hit in hits if hit.kind == "matter"))
        )
    rows = {row["id"]: row for row in found}
    desk.look("search", text_length=len(text))
    return SearchResult(
        tuple(
            SearchHit(
                hit.kind, rows[hit.id]["number"], rows[hit.id]["title"], hit.where,
                state_name(rows[hit.id]["state"]),
                date.fromisoformat(rows[hit.id]["received_on"]),
            )
            for hit in hits
            if hit.id in rows
        ),
        total,
    )  # fmt: skip
