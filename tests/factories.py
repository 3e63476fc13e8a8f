"""What tests register and do: an invented town, invented people, lawful steps in their order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from xinfang_desktop.services import dispute_work, handling, registration
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import DisputeStood
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


def dispute(**over: Any) -> dict[str, Any]:
    """A dispute about a blocked ditch in 柳溪村, as somebody types it in."""
    plain: dict[str, Any] = {
        "village": "柳溪村",
        "found_on": "2026-09-17",
        "category": "邻里",
        "summary": "村道排水沟堵塞，涉 2 户",
        "detail": "罗家砌院墙占了沟，雨天水进谭家院子。",
        "place": "五组 · 后山路",
        "parties": [
            {"name": "罗春生", "phone": "13788880001"},
            {"name": "谭玉珍", "phone": "13788880002"},
        ],
        "people": 4,
        "amount": "3000",
    }
    return {name: value for name, value in {**plain, **over}.items() if value is not None}


_FIXED: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("verify", "verified", {"facts": "现场看过，沟堵了约 12 米。", "real": True}),
    ("grade", "graded", {}),
    ("assign", "assigned", {"unit": "柳溪村村委会", "person": "何建平", "measures": "先清沟，再议墙。",
                            "due": "2026-10-15"}),
    ("note", "open", {"text": "两户都到场，量了沟宽。"}),
)  # fmt: skip
_SETTLED: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("settle", "settled", {"method": "协商和解", "result": "各清一段，村里出水泥管。"}),
    ("confirm", "settled", {"what": "responsibility", "evidence": "交办单有双方签字。"}),
    ("confirm", "settled", {"what": "facts", "evidence": "现场记录一份、照片两张。"}),
    ("confirm", "settled", {"what": "hazard", "evidence": "雨后看过，没有再积水。"}),
    ("follow", "followed", {"how": "visit", "situation": "两户都说管用。"}),
    ("close", "closed", {}),
)
_OUT: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "mediation": ("to_mediation", {"reason": "两户愿意调解。"}),
    "matter": ("to_matter", {"reason": "要求镇里答复。"}),
    "routed": ("route", {"route": "litigation", "organ": "云岭县人民法院青石法庭",
                         "basis": "《民事诉讼法》第一百二十二条", "told": True}),
    "reported": ("report_up", {"to": "township", "reason": "要改公路边沟，村里办不了。"}),
    "void": ("void", {"reason": "重复登记。"}),
}  # fmt: skip

DISPUTE_COURSES: Mapping[str, tuple[tuple[str, str, Mapping[str, Any]], ...]] = {
    "found": (),
    **{state: _FIXED[: no + 1] for no, (_, state, _) in enumerate(_FIXED)},
    **{state: (*_FIXED, (action, state, data)) for state, (action, data) in _OUT.items()},
    "settled": (*_FIXED, _SETTLED[0]),
    "followed": (*_FIXED, *_SETTLED[:5]),
    "closed": (*_FIXED, *_SETTLED),
}
"""The steps by which a dispute comes to each state: the step, where it leads, its data."""


def bring_dispute_to(desk: Desk, number: str, state: str) -> DisputeStood:
    """Take a registered dispute to ``state`` by lawful steps, all of them today."""
    stood = None
    for action, to_state, data in DISPUTE_COURSES[state]:
        stood = dispute_work.take_dispute_step(desk, number, action, data)
        assert stood.state == to_state, f"{action} leads to {stood.state}"
    assert stood is not None, "it is there already"
    return stood
