"""Duties as a list shows them: what is owed, for which subject, its people masked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..domain.clocks import Arithmetic, agreed, deadline, left_words, spoken, urgency
from ..domain.duty import KINDS, Duty
from ..store.database import Connection
from ..store.queries import Owed
from ..store.subjects import Setting
from .desk import Desk
from .subject_cards import CARDS, Card


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty as a list shows it.

    ``urgency`` is rest, soon, near, today, late, done, provisional or stopped; ``words`` says it
    (还有 3 天); ``reason`` is why that date; ``target`` is where the verb leads
    (``form:F07``, ``step:serve``, ``have:答``, ``matter``, ``return``).
    """

    id: str  # <id of the subject>/<key>
    case: str  # matter, dispute, mediation, village_note or round
    kind: str
    title: str
    verb: str
    target: str
    subject: str
    number: str
    owner: str
    started_on: date
    due_raw: date | None
    due: date
    done_on: date | None
    provisional: bool
    state: str
    urgency: str
    words: str
    reason: str
    article: str
    about: str  # id of the subject
    have: str
    masked_name: str
    channel_name: str
    received_on: date
    note: str
    village: str = ""


def short_number(number: str) -> str:
    """The number without the office's code: 20260921-A0001."""
    return re.split("-(?:XF|JF|TJ|GZ)-", number)[-1]


def rows_for(
    desk: Desk, conn: Connection, owed: Iterable[Owed], today: date
) -> tuple[DutyRow, ...]:
    """Duties with what a person needs to recognise their subjects, names masked.

    Duties of a subject that this account may not see are left out.
    """
    waiting = list(owed)
    now = desk.setting(conn)
    cards: dict[str, Card] = {}
    for subject, cards_of in CARDS.items():
        ids = {each.about for each in waiting if each.subject == subject}
        if ids:
            cards.update(cards_of(desk, conn, now, ids))
    return tuple(
        duty_row(each, cards[each.about], now, today) for each in waiting if each.about in cards
    )


def duty_row(owed: Owed, card: Card, now: Setting, today: date) -> DutyRow:
    """One duty beside what it is owed for."""
    duty = owed.duty
    kind = KINDS[duty.kind]
    state = duty.state_of(today, late_after=now.office.late_after)
    level, words = _urgency(duty, state, today)
    return DutyRow(
        id=f"{owed.about}/{duty.key}", case=owed.subject, kind=duty.kind,
        title=kind.title if card.hidden else duty.title, verb=kind.verb, target=kind.target,
        subject=card.title, number=card.number, owner=duty.owner, started_on=duty.started_on,
        due_raw=duty.due_raw, due=duty.due, done_on=duty.done_on, provisional=duty.provisional,
        state=state, urgency=level, words=words, reason=_reason(duty, now), article=duty.article,
        about=owed.about, have=duty.kind.partition(".")[2], masked_name=card.who,
        channel_name=card.channel, received_on=card.began,
        note="" if card.hidden else duty.note, village=card.village,
    )  # fmt: skip


_SETTLED = {
    "done": ("done", "已办"), "done_late": ("done", "逾期办结"),
    "not_owed": ("stopped", "不需办"), "unknown": ("stopped", "不详"),
}  # fmt: skip


def _urgency(duty: Duty, state: str, today: date) -> tuple[str, str]:
    if state in _SETTLED:
        level, word = _SETTLED[state]
        return level, f"{word} {spoken(duty.done_on)}" if duty.done_on else word
    level = urgency(duty.started_on, duty.due, today)
    if duty.provisional and level in ("rest", "soon"):
        return "provisional", "暂定"
    return level, left_words(duty.due, today)


def _reason(duty: Duty, now: Setting) -> str:
    if duty.given:
        return duty.note or now.book.rules[duty.rule].note or "约定的日子"
    return arithmetic(duty, now, explain=False).reason


def arithmetic(duty: Duty, now: Setting, *, explain: bool = True) -> Arithmetic:
    """The day-by-day explanation of a duty's date."""
    rule = now.book.rules[duty.rule]
    if duty.given:
        return agreed(rule, duty.started_on, duty.due, now.book.calendar)
    return deadline(
        rule, duty.started_on, now.book.calendar, extended=duty.extended, explain=explain
    )
