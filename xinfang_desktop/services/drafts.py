"""Unfinished registrations (草稿): local, outside the log, offered again after a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..store import queries
from ..store.files import matter_by_number
from .desk import Desk, use_case


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far on a screen. ``place_in_form`` is the field written last."""

    key: str
    screen: str
    title: str
    place_in_form: str
    saved_at: datetime
    values: Mapping[str, Any]


@use_case("save_draft")
def save_draft(desk: Desk, draft: Draft) -> None:
    """Keep what was typed; the newest of a key stays.

    What is typed for a sealed matter is kept on the screen only: from the moment it is marked so,
    an earlier draft of it is forgotten (art. 30).
    """
    if _of_a_sealed_matter(desk, draft.values):
        drop_draft(desk, draft.key)
        return
    row = {
        "key": draft.key,
        "account": desk.account.id,
        "screen": draft.screen,
        "title": draft.title,
        "place_in_form": draft.place_in_form,
        "saved_at": draft.saved_at.isoformat(),
        "body": json.dumps(dict(draft.values), ensure_ascii=False),
    }
    with desk.database.write() as conn:
        queries.put_draft(conn, row)


_MARKS = frozenset({"sealed", "reprisal"})


def _of_a_sealed_matter(desk: Desk, values: Mapping[str, Any]) -> bool:
    ticked = (*(values.get("flags") or ()), *(values.get("more_flags") or ()))
    if _MARKS.intersection(ticked) or any(values.get(mark) for mark in _MARKS):
        return True
    number = values.get("matter")
    if not isinstance(number, str) or not number.strip():
        return False
    with desk.reading() as conn:
        matter = matter_by_number(conn, number, prefix=f"{desk.office.code}-XF-")
    return matter is not None and matter.sealed


@use_case("save_draft")
def drafts(desk: Desk, screen: str = "") -> tuple[Draft, ...]:
    """This account's drafts, newest first."""
    with desk.reading() as conn:
        rows = queries.drafts(conn, desk.account.id, screen)
    return tuple(
        Draft(
            row["key"],
            row["screen"],
            row["title"],
            row["place_in_form"],
            datetime.fromisoformat(row["saved_at"]),
            json.loads(row["body"]),
        )
        for row in rows
    )


@use_case("save_draft")
def drop_draft(desk: Desk, key: str) -> None:
    """Forget a draft of this account."""
    with desk.database.write() as conn:
        queries.drop_draft(conn, desk.account.id, key)
