"""The duties of villages to report (报送排查): from rounds and returns, as of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ..domain import screening
from ..domain.case_records import RoundCall, ScreeningReturn
from ..domain.errors import RuleViolation
from ..domain.permissions import may
from ..domain.records import Village
from ..domain.screening import Answered
from ..store.database import Connection
from ..store.files import fetch, get
from ..store.queries import Owed
from ..store.subjects import Setting
from ..store.villages import known_villages
from .accounts import find_village, no_village
from .desk import Desk
from .subject_cards import Card


def villages_in_sight(desk: Desk, conn: Connection) -> list[Village]:
    """The villages this account may see, in the order of their codes, those without one last."""
    found = [v for v in known_villages(conn) if desk.village in (None, v.id)]
    return sorted(found, key=lambda village: (not village.code, village.code, village.name))


def village_in_sight(desk: Desk, conn: Connection, text: str) -> Village:
    """A village by code or name; one beyond the account's sight is not there at all."""
    if desk.village is None:
        return find_village(conn, text)
    own = villages_in_sight(desk, conn)
    wanted = text.strip()
    if own and wanted in (own[0].code, own[0].name, own[0].name.removesuffix("村")):
        return own[0]
    raise no_village(wanted)


def village_or_own(desk: Desk, conn: Connection, text: str) -> Village:
    """The village that was named; where none was, the account's own. Refuses ``village_missing``."""
    if text:
        return village_in_sight(desk, conn, text)
    own = get(conn, Village, desk.account.village) if desk.account.village else None
    if own is None:
        raise RuleViolation(
            "village_missing", "还没有说是哪个村（社区）。", mend="请写村（社区）的名称或代码。",
            field="village",
        )  # fmt: skip
    return own


def calls_answered(desk: Desk, conn: Connection, now: Setting, today: date) -> tuple[Answered, ...]:
    """Every call up to ``today`` with what was filed for it, within the account's sight."""
    villages = {village.id for village in villages_in_sight(desk, conn)}
    opened = [
        screening.call_of(record)
        for record in fetch(conn, RoundCall)
        if record.village in villages
    ]  # fmt: skip
    returns = returns_in_sight(conn, villages)
    calls = screening.calls_in_force(opened, returns, villages, now.book.calendar, today)
    return screening.answered(calls, returns)


def returns_in_sight(conn: Connection, villages: Collection[str]) -> list[ScreeningReturn]:
    """What these villages filed, so far as it names a round."""
    return [
        each
        for each in fetch(conn, ScreeningReturn)
        if each.village in villages and screening.answers_a_round(each)
    ]


def calls_owed(desk: Desk, conn: Connection, today: date) -> list[tuple[Owed, Card]]:
    """These duties, each beside the card of its round."""
    if not may(desk.roles, "read_screening"):
        return []
    now = desk.setting(conn)
    themes = now.codes["screening_theme"]
    found = []
    for each in calls_answered(desk, conn, now, today):
        key = each.call.key
        words = screening.round_words(key, themes.name_of(key.theme) if key.theme else "")
        name = now.villages.get(each.call.village, "")
        duty = screening.duty_of(each, name, words, now.book)
        card = Card("", words, "", "排查", each.call.opened_on, name)
        found.append((Owed("round", each.call.village, duty), card))
    return found
