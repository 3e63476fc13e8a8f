"""The matters of the practice town: a course of events for each state, and for what came lately."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .demo_town import Course, Town
from .handling import take_step
from .haves import set_have
from .registration import register_intake

Act = tuple[int, str, Mapping[str, Any]]
"""Days after the receipt (or, below zero, before today), the step, its data."""

_TOLD = [
    {"level": "village", "line": "petitioner", "name": "信访人本人", "method": "当面"},
    {"level": "village", "line": "helper", "name": "何建平", "method": "电话"},
    {"level": "township", "line": "handler", "name": "孙立新", "method": "书面"},
    {"level": "township", "line": "supervisor", "name": "吴海棠", "method": "书面"},
    {"level": "county", "line": "handler", "name": "县主管部门联系人", "method": "电话"},
]

_SORT: tuple[Act, ...] = ((1, "claim", {"no_interest": True, "nature": "appeal"}),)
_ACCEPT: tuple[Act, ...] = (*_SORT, (5, "accept", {"handler": "周敏"}))
_START: tuple[Act, ...] = (
    *_ACCEPT,
    (8, "start", {"how": "电话", "content": "电话联系信访人，约定上门查看时间。"}),
)
_WORK: tuple[Act, ...] = (
    *_START,
    (10, "note", {"record": "statement", "content": "当面听取陈述，本人核对无误。"}),
    (11, "assign", {"requirement": "到现场核实，提出处理办法，书面报回。"}),
    (13, "note", {"record": "inquiry", "content": "到现场查看，查阅有关资料，情况属实。"}),
    (14, "notify", {"form": "V02", "method": "当面、电话", "content": "通报受理情况和办理分工。",
                    "told": _TOLD}),
    (15, "meeting", {"kind": "four_meet", "petitioner_present": True, "receiver": "周敏",
                     "handler": "孙立新", "supervisor": "吴海棠", "petitioner_assents": True,
                     "unit_assents": True, "content": "当面说明查看结果和打算怎么办，双方同意。",
                     "place": "镇信访接待室"}),
    (20, "note", {"record": "report", "content": "承办单位报回核实情况和处理办法。"}),
)  # fmt: skip
_SERVED: tuple[Act, ...] = (
    *_WORK,
    (25, "draft", {}),
    (28, "sign", {"signer": "刘志远"}),
    (29, "send", {"method": "direct"}),
    (31, "serve", {"method": "direct", "recipient": "本人", "proof": "送达回证本人签名"}),
)
_DONE: tuple[Act, ...] = (
    *_SERVED,
    (32, "follow", {}),
    (45, "fulfil", {"task": "fulfil:1", "content": "已完成，现场核对。"}),
    (46, "close", {"checked": True, "satisfied": "satisfied"}),
)
_FORWARDED: tuple[Act, ...] = (
    *_SORT,
    (4, "forward", {"mode": "transfer", "unit": "云岭县自然资源局", "power_confirmed": True,
                    "not_reported": True}),
)  # fmt: skip
_BACK: tuple[Act, ...] = (
    *_FORWARDED,
    (-9, "return", {"reason": "对方提出异议并退回，经核实由本镇办理。"}),
)
_AGAIN: tuple[Act, ...] = (
    *_DONE,
    (-24, "reopen", {"leader": "刘志远", "reason": "答应修复的路段雨后又损坏，重新办理。"}),
    (-20, "note", {"record": "inquiry", "content": "再次到现场查看，损坏约三米。"}),
)
_DRAFTED: tuple[Act, ...] = (*_AGAIN, (-6, "draft", {}))
_SIGNED: tuple[Act, ...] = (*_DRAFTED, (-4, "sign", {"signer": "刘志远"}))
_SENT: tuple[Act, ...] = (*_SIGNED, (-3, "send", {"method": "direct"}))

LIVES: Mapping[str, tuple[Act, ...]] = {
    "S90": (*_DONE, (60, "archive", {"retention": "30", "catalogue_complete": True,
                                       "missing_reason": "办理时的纸质文书都在卷内，没有扫描。"})),
    "S75": _DONE,
    "S40": _AGAIN,
    "S20": _BACK,
    "S70": (
        *_SENT,
        (-2, "serve", {"method": "direct", "recipient": "本人", "proof": "送达回证本人签名"}),
        (-1, "follow", {}),
    ),
    "S30": (*_BACK, (-5, "accept", {"handler": "周敏"})),
    "S65": _SERVED,
    "S50": _DRAFTED,
    "S45": (
        *_AGAIN,
        (-2, "extend", {"days": 30, "reason": "需要实地测量，天气原因尚未完成。",
                        "approved_by": "马长青"}),
    ),
    "S55": _SIGNED,
    "S60": _SENT,
    "S15": (*_BACK, (-5, "supplement", {"missing": ["土地承包合同复印件"]})),
    "S31": (*_BACK, (-7, "simple", {"suitable": ["daily"], "told_how": "电话告知本人"})),
    "T1": _FORWARDED,
    "T4": (
        *_SORT,
        (4, "redirect", {"kind": "legal_route", "organ": "云岭县劳动人事争议仲裁委员会",
                         "organ_address": "云岭县城关镇人民路12号", "route": "arbitration",
                         "basis": "《劳动争议调解仲裁法》第五条"}),
    ),
    "T7": (
        (1, "claim", {"no_interest": True, "nature": "suggestion"}),
        (9, "reply", {"adopted": "partly", "answer": "建议中的路灯巡查已经采纳，其余留作参考。",
                      "reason": "经费有限，先办急需的。"}),
    ),
    "S80": (*_SERVED, (45, "review", {"handed_over": ["处理意见书", "调查记录"]})),
    "T8": (
        *_ACCEPT,
        (9, "withdraw", {"statement": "问题已经解决，我自愿撤回。", "form": "signed",
                         "recorded_by": "刘志远", "voluntary": True}),
    ),
    "T12": ((1, "void", {"reason": "重复录入，已在另一编号登记。"}),),
}  # fmt: skip
"""A course of events for each state; what is still at work came back or was reopened lately."""

_LATELY: tuple[tuple[int, tuple[Act, ...]], ...] = (
    (10, ()),
    (20, (*_SORT, (-2, "promise", {"what": "周五前回电说明进展", "due": "+1"}))),
    (35, (*_ACCEPT, (-6, "promise", {"what": "上门查看后回电", "due": "-2"}))),
    (70, _WORK),
)
"""Courses of what came in lately, by the days since."""


@dataclass(slots=True)
class MatterLife:
    """One matter: registered on its day, then taken through its acts one by one."""

    town: Town
    topic: Mapping[str, Any]
    received: date
    acts: list[Act]
    data: dict[str, Any]
    settled: bool
    number: str = ""

    @property
    def claims(self) -> int:
        """How many requests it holds."""
        return len(self.topic["claims"])

    def next_day(self) -> date | None:
        """When something happens next."""
        if not self.number:
            return self.received
        return self.town.day(self.acts[0][0], self.received) if self.acts else None

    def happen(self, day: date) -> Iterable[Course]:
        """Register it, or take the next step, as 周敏."""
        self.town.sit(self.town.officer)
        if not self.number:
            _register(self)
        else:
            _, action, data = self.acts.pop(0)
            filled = _filled(action, data, self, day, self.town.today)
            take_step(self.town.desk, self.number, action, filled)
        return ()


def matters_of(town: Town, count: int, chance: random.Random) -> Iterator[MatterLife]:
    """So many matters, evenly over the months before today."""
    words, first, today = town.words, town.first, town.today
    span = (today - first).days
    ends = tuple(LIVES)
    for n in range(count):
        received = first + timedelta(days=round(span * (n + 0.5) / count))
        age = (today - received).days
        lately = [course for days, course in _LATELY if age <= days]
        acts = lately[0] if lately else LIVES[ends[n % len(ends)]]
        topic = words["topic"][n % len(words["topic"])]
        names = words["names"]
        channel = names["channels"][(count - 1 - n) % len(names["channels"])]
        anonymous = n % 17 == 11
        data: dict[str, Any] = {
            "channel": channel,
            "received_on": received.isoformat(),
            "title": topic["title"],
            "claims": topic["claims"],
            "summary": topic["facts"],
            "category": topic["category"],
            "village": words["village"][(n + n // 12) % len(words["village"])]["name"],
            "place": f"{chance.randint(1, 12)}组",
            "headcount": 7 if n % 13 == 5 else chance.choice((1, 1, 1, 2, 3)),
            "confidential": n % 19 == 7,
        }
        if not anonymous:
            name = chance.choice(names["surnames"]) + chance.choice(names["given"])
            phone = f"1{chance.choice('3578')}9{chance.randint(0, 99_999_999):08d}"
            data["parties"] = [{"name": name, "phone": phone}]
        if channel == "visit":
            data["haves"] = _haves(n, received, topic, chance)
        yield MatterLife(town, topic, received, list(acts), data, settled=age > 20)


def _haves(
    n: int, received: date, topic: Mapping[str, Any], chance: random.Random
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if n % 4:
        told["答"] = {"content": "当场说明办理步骤，约定查看后再答复结果。"}
    elif n % 8:
        told["答"] = {"promised_on": (received + timedelta(days=5)).isoformat(), "how": "电话"}
    if n % 5:
        told["释"] = {"content": "讲解了有关政策和办理程序。", "article": topic["basis"]}
    if n % 7 == 3:
        told["困"] = {"referral": "镇民政办", "item": "临时救助"}
    elif n % 6:
        told["困"] = {"hardship": False}
    return told


def _register(life: MatterLife) -> None:
    desk = life.town.desk
    made = register_intake(desk, life.data)
    life.number = made.number
    if life.settled:  # an old visit: what was open of the four was done the same day
        for row in made.duties:
            if row.have and row.state == "open":
                set_have(desk, life.number, row.have, _EVIDENCE[row.have])


_EVIDENCE: Mapping[str, Mapping[str, Any]] = {
    "接": {"content": "接待登记"},
    "答": {"content": "已当面答复办理结果。"},
    "释": {"content": "说明了办理依据。", "article": "《信访工作条例》第三十二条"},
    "困": {"hardship": False},
}


def _filled(
    action: str, data: Mapping[str, Any], life: MatterLife, day: date, today: date
) -> Mapping[str, Any]:
    if action == "draft":
        answers = [
            {
                "no": no,
                "outcome": ("supported", "partly", "explained")[no % 3 if no > 1 else 0],
                "facts": life.topic["facts"],
                "basis": life.topic["basis"],
                "opinion": life.topic["opinion"],
            }
            for no in range(1, life.claims + 1)
        ]
        return {"answers": answers}
    if action == "assign":
        return {**data, "unit": life.topic["unit"], "due": (day + timedelta(days=10)).isoformat()}
    if action == "notify" and life.data["confidential"]:
        return {**data, "told": [row for row in _TOLD if row["line"] == "handler"]}
    if action == "promise":
        return {**data, "due": (today + timedelta(days=int(data["due"]))).isoformat()}
    if action == "follow":
        due = (day + timedelta(days=20)).isoformat()
        task = {
            "what": life.topic["opinion"].split("；")[0],
            "unit": life.topic["unit"],
            "due": due,
        }
        return {"tasks": [task]}
    return data
