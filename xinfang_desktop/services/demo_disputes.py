"""The disputes of the practice town: a course for each state, told with the texts of the town."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..domain.dispute_course import LED_FROM
from ..domain.money import read_amount
from .demo_matters import MatterLife
from .demo_mediations import MediationLife
from .demo_town import Course, Town
from .dispute_work import register_dispute, take_dispute_step

Act = tuple[int, str, Mapping[str, Any]]
"""Days after the registration (or, below zero, before today), the step, its data."""

_ASSIGN: tuple[Act, ...] = ((2, "verify", {}), (3, "grade", {}), (4, "assign", {}))
_OPEN: tuple[Act, ...] = (*_ASSIGN, (10, "note", {}))
_SETTLED: tuple[Act, ...] = (
    *_OPEN,
    (24, "settle", {}),
    (25, "confirm", {"what": "responsibility", "evidence": "交办单已签收，责任人到过现场。"}),
    (25, "confirm", {"what": "facts", "evidence": "现场核实记录一份，当事人都认。"}),
)
_CLOSED: tuple[Act, ...] = (
    *_SETTLED, (46, "confirm", {"what": "hazard"}), (50, "follow", {}), (54, "close", {}),
)  # fmt: skip
_OVERDUE: tuple[Act, ...] = (*_ASSIGN, (10, "note", {}), (-9, "note", {}))
_STALLED: tuple[Act, ...] = (*_ASSIGN, (-26, "note", {}))

_LIVES: Sequence[tuple[str, tuple[Act, ...]]] = (
    ("found", ()),
    ("verified", ((-11, "verify", {}),)),
    ("graded", ((2, "verify", {}), (-4, "grade", {}))),
    ("assigned", ((2, "verify", {}), (3, "grade", {}), (-6, "assign", {}))),
    ("open", (*_ASSIGN, (-3, "note", {}))),
    ("stalled", _STALLED),
    ("settled", (*_OPEN, (-12, "settle", {}), *_SETTLED[-2:])),
    ("mediation", (*_ASSIGN, (-8, "to_mediation", {"source": "proactive",
                   "reason": "两家都愿意请调委会来调。"}))),
    ("overdue", _OVERDUE),
    ("followed", (*_OPEN, (-34, "settle", {}), *_SETTLED[-2:], (-6, "follow", {}))),
    ("matter", (*_OPEN, (20, "to_matter", {"reason": "当事人要求镇里书面答复。"}))),
    ("closed", _CLOSED),
    ("reopened", (*_CLOSED, (-18, "reopen", {"reason": "过了一阵又为同一件事起了争执，重新办。"}),
                  (-16, "assign", {}), (-5, "note", {}))),
    ("stalled", _STALLED),
    ("routed", (*_OPEN, (18, "route", {"route": "litigation", "organ": "云岭县人民法院青石法庭",
                "basis": "《民事诉讼法》第一百二十二条", "told": True}))),
    ("closed", _CLOSED),
    ("overdue", _OVERDUE),
    ("reported", (*_OPEN, (21, "report_up", {"to": "county", "unit": "云岭县主管部门",
                  "reason": "要由县里有关部门核定，做过的工作和材料一并报上。"}),
                  (-7, "note", {}))),
    ("closed", _CLOSED),
    ("void", ((3, "void", {"reason": "与另一件是同一起，重复登记。"}),)),
    ("mediation", (*_OPEN, (22, "to_mediation", {"source": "application",
                   "reason": "当事人申请调解。"}), (-10, "note", {}))),
)  # fmt: skip
"""Courses by how lately a dispute was found, the newest first; all older ones are struck off."""

_SPREAD = 40
"""The courses above are those of the last of so many disputes; more are spread in proportion."""


@dataclass(slots=True)
class DisputeLife:
    """One dispute. It is registered by its village's return, or by itself where none is filed."""

    town: Town
    matters: Sequence[MatterLife]
    topic: Mapping[str, Any]
    village: str
    data: Mapping[str, Any]
    end: str
    acts: list[Act]
    alone: bool = False
    number: str = ""
    state: str = ""
    base: date = date.min

    @property
    def found(self) -> date:
        """The day it was found."""
        return date.fromisoformat(self.data["found_on"])

    def registered(self, number: str, day: date) -> None:
        """It has a number now; its steps are counted from this day."""
        self.number, self.state, self.base = number, "found", day

    def next_day(self) -> date | None:
        """When something happens next; nothing before its village has reported it."""
        if not self.number:
            return min(self.found + timedelta(days=1), self.town.today)
        return self.town.day(self.acts[0][0], self.base) if self.acts else None

    def happen(self, day: date) -> Iterable[Course]:
        """Register it, or take the next step as who would take it."""
        town = self.town
        if not self.number:
            town.sit_for(self.village)
            made = register_dispute(town.desk, {**self.data, "village": self.village})
            self.registered(made.number, day)
            return ()
        _, action, data = self.acts.pop(0)
        if action in ("verify", "note", "settle", "follow"):
            town.sit_for(self.village)
        else:
            town.sit(town.who("leader") if action == "close" else town.officer)
        action, filled = self._filled(action, data, day)
        stood = take_dispute_step(town.desk, self.number, action, filled)
        self.state = stood.state
        if action != "to_mediation":
            return ()
        names = [party["name"] for party in self.data["parties"]]
        return (MediationLife(town, stood.made[0], day, names, self.topic),)

    def _filled(
        self, action: str, data: Mapping[str, Any], day: date
    ) -> tuple[str, Mapping[str, Any]]:
        """The step with what is said in it; where its matter is not there yet, a note instead."""
        topic = self.topic
        if action == "to_matter":
            named = [m.number for m in self.matters if m.topic["title"] == topic["matter"]]
            known = [number for number in named if number]
            if not known:
                return "note", {"text": topic["progress"]}
            return action, {**data, "matter": known[-1]}
        said: Mapping[str, Mapping[str, Any]] = {
            "verify": {"facts": topic["facts"], "real": True, "cause": topic["cause"]},
            "grade": {"crossing": True} if topic.get("crossing") else {},
            "assign": self._assignment(day),
            "note": {"text": topic["progress"]},
            "settle": {"method": topic["method"], "result": topic["result"]},
            "confirm": {"evidence": topic["evidence"]},
            "follow": {"how": "visit", "situation": topic["situation"]},
            "close": {"approved_by": self.town.who("leader"), "comment": "同意销号。"},
        }
        return action, {**said.get(action, {}), **data}

    def _assignment(self, day: date) -> Mapping[str, Any]:
        topic, community = self.topic, self.village.endswith("社区")
        committee = f"{self.village}{'居委会' if community else '村民委员会'}"
        grades = self.town.desk.shipped.grades
        level = grades.propose(
            people=topic["people"], amount_cents=read_amount(topic["amount"]).cents or 0,
            urgent=bool(topic.get("urgent")), danger=bool(topic.get("danger")),
            crossing=bool(topic.get("crossing")),
        ).level  # fmt: skip
        return {
            "unit": topic["unit"].replace("{委员会}", committee),
            "person": topic["person"].replace("{经办}", self.town.clerk(self.village)),
            "measures": topic["measures"], "due": (day + timedelta(days=30)).isoformat(),
            **({"leader": self.town.who("leader")} if level >= LED_FROM else {}),
        }  # fmt: skip


def disputes_of(
    town: Town, count: int, chance: random.Random, matters: Sequence[MatterLife]
) -> Iterator[DisputeLife]:
    """So many, closer together towards today, as screening took hold.

    ``matters`` are those into which one may be handed over.
    """
    span = (town.today - town.first).days
    topics, villages = town.words["dispute"], town.words["village"]
    for n in range(count):
        place = (count - 1 - n) * _SPREAD // max(count, _SPREAD)
        end, acts = _LIVES[place] if place < len(_LIVES) else ("closed", _CLOSED)
        fitting = [t for t in topics if t.get("matter")] if end == "matter" else topics
        topic = fitting[n % len(fitting)]
        found = town.first + timedelta(days=round(span * ((n + 0.5) / count) ** 0.5))
        village = topic.get("only") or villages[(n + n // len(villages)) % len(villages)]["name"]
        data = _registration(town, topic, village, found, chance)
        yield DisputeLife(town, matters, topic, village, data, end, list(acts))


def _registration(
    town: Town, topic: Mapping[str, Any], village: str, found: date, chance: random.Random
) -> Mapping[str, Any]:
    names = town.words["names"]
    parties = [
        {
            "name": chance.choice(names["surnames"]) + chance.choice(names["given"]),
            "phone": f"13{chance.randint(0, 999_999_999):09d}",
        }
        for _ in range(2)
    ]
    return {
        "found_on": found.isoformat(), "category": topic["category"],
        "summary": topic["summary"], "detail": topic["detail"], "people": topic["people"],
        "place": f"{chance.randint(1, 12)}组", "parties": parties,
        "source": chance.choice(("village", "village", "grid", "hotline", "visit")),
        "found_by": town.clerk(village),
        **{name: True for name in ("urgent", "danger") if topic.get(name)},
        **({"amount": topic["amount"]} if topic["amount"] != "0" else {}),
    }  # fmt: skip
