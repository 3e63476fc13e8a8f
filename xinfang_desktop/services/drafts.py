"""Unfinished registrations (草稿): local, outside the log, offered again after a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..store import queries
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
    """Keep what was typed; the newest of a key stays."""
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
