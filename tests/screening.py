"""Disputes, rounds and returns for tests: invented villages and people, lawful steps in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.factories import TODAY, MovableClock
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import accounts
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import (
    DisputeStood,
    register_dispute,
    take_dispute_step,
)
from xinfang_desktop.services.returns import file_return
from xinfang_desktop.services.rounds import OpenRound, open_round, remind_village

PARTIES = (
    {"name": "何冬生", "phone": "13907392046"}, {"name": "欧阳秀兰", "phone": "13807391158"},
)  # fmt: skip

VILLAGES = (
    ("430522101201", "枫树坳村"), ("430522101202", "大塘村"), ("430522101203", "柳溪村"),
    ("430522101204", "石桥村"), ("430522101205", "双井村"), ("430522101206", "河口社区"),
)  # fmt: skip
"""柳溪村 and 双井村 are of the tests' office already."""


def add_villages(desk: Desk) -> None:
    """The other villages of the town."""
    known = {village.code for village in accounts.villages(desk)}
    for code, name in VILLAGES:
        if code not in known:
            accounts.add_village(desk, code, name)


def dispute(**over: Any) -> dict[str, Any]:
    """A blocked ditch between two households, as a village writes it down."""
    plain: dict[str, Any] = {
        "village": "柳溪村",
        "found_on": TODAY.isoformat(),
        "category": "邻里",
        "summary": "村道排水沟堵塞，涉 2 户",
        "detail": "9月17日下雨，沟堵了，两户院子进水，互相说是对方堵的。",
        "place": "三组 · 老祠堂前",
        "parties": PARTIES,
        "people": 4,
        "amount": "3200",
    }
    return {name: value for name, value in {**plain, **over}.items() if value is not None}


def find(desk: Desk, **over: Any) -> DisputeStood:
    """Register such a dispute."""
    return register_dispute(desk, dispute(**over))


VERIFIED = {"facts": "现场看过，沟堵了约 12 米，两户院子进水。", "real": True}
ASSIGNED = {
    "unit": "村建办", "person": "何建平", "leader": "刘志远", "measures": "清沟、加盖板，费用各半。",
    "due": "2026-10-15",
}  # fmt: skip
SETTLED = {"method": "协商和解", "result": "双方各清一段，村里出水泥管，9月21日通水。"}
EVIDENCE = "9月21日现场看过，沟已通，照片 2 张。"

COURSE: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    # (the step, where it leads, its data)
    ("verify", "verified", VERIFIED),
    ("grade", "graded", {}),
    ("assign", "assigned", ASSIGNED),
    ("note", "open", {"text": "两户都在场，商量清沟。"}),
    ("settle", "settled", SETTLED),
    ("confirm", "settled", {"what": "responsibility", "evidence": EVIDENCE}),
    ("confirm", "settled", {"what": "facts", "evidence": EVIDENCE}),
    ("confirm", "settled", {"what": "hazard", "evidence": EVIDENCE}),
    ("follow", "followed", {"how": "visit", "situation": "沟是通的，两户都说可以。"}),
    ("close", "closed", {"approved_by": "刘志远"}),
)
"""The ordinary course of a dispute from its registration to its end."""


_OUT: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "mediation": ("to_mediation", {"reason": "两户愿意调解。"}),
    "matter": ("to_matter", {"reason": "要求镇里答复。"}),
    "routed": ("route", {"route": "litigation", "organ": "云岭县人民法院青石法庭",
                         "basis": "《民事诉讼法》第一百二十二条", "told": True}),
    "reported": ("report_up", {"to": "township", "reason": "要改公路边沟，村里办不了。"}),
    "void": ("void", {"reason": "重复登记。"}),
}  # fmt: skip


def _as_far_as(state: str) -> tuple[tuple[str, str, Mapping[str, Any]], ...]:
    last = max(place for place, (_, to_state, _) in enumerate(COURSE) if to_state == state)
    return COURSE[: last + 1]


COURSES: Mapping[str, tuple[tuple[str, str, Mapping[str, Any]], ...]] = {
    "found": (),
    **{state: _as_far_as(state) for _, state, _ in COURSE},
    **{state: (*_as_far_as("open"), (step, state, data)) for state, (step, data) in _OUT.items()},
}
"""The steps by which a dispute comes to each of its states."""


def bring(desk: Desk, number: str, state: str) -> DisputeStood:
    """Take a registered dispute to ``state``; along the ordinary course as far as it goes there."""
    stood = None
    for action, to_state, data in COURSES[state]:
        stood = take_dispute_step(desk, number, action, data)
        assert stood.state == to_state, f"{action} leads to {stood.state}"
    assert stood is not None, "it stands there already"
    return stood


def zero(period: str, **over: Any) -> dict[str, Any]:
    """A zero return for a period."""
    return {"period": period, "zero": True, **over}


def found(period: str, disputes: Sequence[Mapping[str, Any]], **over: Any) -> dict[str, Any]:
    """A return with these disputes, whose village is that of the return."""
    rows = [{n: v for n, v in each.items() if n != "village"} for each in disputes]
    return {"period": period, "disputes": rows, **over}


def a_quarter(desk: Desk, clock: MovableClock) -> None:
    """July to September of six villages: all in time, 大塘村 late for August, two still owing.

    On 21 September 枫树坳村 (reminded) and 双井村 have not reported; 柳溪村 found two disputes.
    """
    add_villages(desk)
    names = [name for _, name in VILLAGES]
    clock.go("2026-07-01")
    open_round(desk, OpenRound("monthly", "2026-07"))
    for period, day in (("2026-07", "2026-07-20"), ("2026-08", "2026-08-20")):
        for name in names:
            late = (period, name) == ("2026-08", "大塘村")
            clock.go("2026-09-02" if late else day)
            file_return(desk, name, zero(period))
    clock.go("2026-09-18")
    for name in names:
        if name == "柳溪村":
            rows = [dispute(found_on="2026-09-12"), dispute(summary="机井轮灌次序", people=2)]
            rows[1]["found_on"] = "2026-09-15"
            file_return(desk, name, found("2026-09", rows))
        elif name not in ("枫树坳村", "双井村"):
            file_return(desk, name, zero("2026-09", reporter="村文书"))
    remind_village(desk, "枫树坳村", RoundKey("2026-09"), {"how": "phone", "note": "答应星期一报"})
    clock.go(TODAY)
