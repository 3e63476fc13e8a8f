"""What tests register and do: an invented town, invented people, lawful steps in their order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from xinfang_desktop.services import handling, registration
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import StepTaken
from xinfang_desktop.services.registration import Registered
from xinfang_desktop.store.keys import Cost

CHINA = timezone(timedelta(hours=8))
TODAY = date(2026, 9, 21)  # a Monday, before the National Day holidays
PASSWORD = "青石-Desk-2026"
CHEAP = Cost(memory_kib=8, rounds=1, lanes=1)

OFFICE = CreateOffice(
    code="430522101", name="青石镇信访办", kind="township", admin="周敏", password=PASSWORD,
    organ="青石镇人民政府", doc_prefix="青信", review_organ="云岭县人民政府", phone="0739-6201234",
)  # fmt: skip

VISITOR = {
    "name": "王桂芳", "phone": "13907391827", "id_number": "430522196803152722",
    "address": "柳溪村五组 12 号",
}  # fmt: skip


class MovableClock:
    """Says the moment it was set to."""

    def __init__(self, day: date = TODAY, hour: int = 9) -> None:
        self.moment = datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.moment

    def go(self, day: date | str, hour: int = 9) -> None:
        """To that day, forwards or back."""
        there = date.fromisoformat(day) if isinstance(day, str) else day
        self.moment = datetime(there.year, there.month, there.day, hour, tzinfo=CHINA)

    def later(self, **amount: float) -> None:
        """On by this much (``days=1``, ``seconds=3``)."""
        self.moment += timedelta(**amount)


def visit(**over: Any) -> dict[str, Any]:
    """A first visit about a landslide, with one person and two requests."""
    plain: dict[str, Any] = {
        "channel": "来访",
        "received_on": TODAY.isoformat(),
        "claims": ["尽快清理后山路塌方，恢复通车", "补偿塌方压坏的菜地"],
        "parties": [VISITOR],
        "village": "柳溪村",
        "place": "五组 · 后山路",
        "summary": "9月19日夜里下雨，后山路塌方，车进不来。",
    }
    return {name: value for name, value in {**plain, **over}.items() if value is not None}


def register(desk: Desk, **over: Any) -> Registered:
    """Register such a visit."""
    return registration.register_intake(desk, visit(**over))


ANSWER = {
    "outcome": "supported",
    "facts": "9月19日后山路塌方约 40 立方米，当日起中断通行。",
    "basis": "《公路法》第三十五条",
    "opinion": "由镇村建办在 10 月 10 日前清理并恢复通车。",
}
ANSWERS = {"answers": [{"no": 1, **ANSWER}, {"no": 2, **ANSWER, "outcome": "partly"}]}

COURSE: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    # (the step, where it leads, its data)
    ("claim", "S20", {"no_interest": True}),
    ("accept", "S30", {}),
    ("start", "S40", {"how": "电话", "content": "约好 9 月 22 日上门"}),
    ("note", "S40", {"record": "statement", "content": "听取本人陈述"}),
    ("note", "S40", {"record": "inquiry", "content": "现场查看塌方"}),
    ("draft", "S50", ANSWERS),
    ("sign", "S55", {"signer": "刘志远", "number": "青信答〔2026〕1号"}),
    ("send", "S60", {"method": "mail", "tracking": "EMS1001"}),
    ("serve", "S65", {"method": "mail", "recipient": "王桂芳", "proof": "邮局回执"}),
    (
        "follow",
        "S70",
        {"tasks": [{"what": "清理塌方", "unit": "镇村建办", "due": "2026-12-31"}]},
    ),
    ("close", "S75", {"checked": True}),
)
"""The ordinary course of a matter from registration to its end."""


def bring_to(desk: Desk, number: str, state: str, **days: str) -> StepTaken:
    """Take the ordinary course until the matter stands in ``state``.

    ``days`` dates single steps: ``accept="2026-09-25"``.
    """
    taken = None
    for place, (action, to_state, data) in enumerate(COURSE):
        on = {"on": days[action]} if action in days else {}
        taken = handling.take_step(desk, number, action, {**data, **on})
        following = COURSE[place + 1][1] if place + 1 < len(COURSE) else ""
        if to_state == state and following != state:
            break
    assert taken is not None and taken.state == state, f"the course does not pass {state}"
    return taken
