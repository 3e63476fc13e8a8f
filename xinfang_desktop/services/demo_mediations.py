"""The mediations of the practice town: one that is talked about just now, older ones agreed and filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .committees import add_committee, set_mediator
from .demo_town import Course, Town
from .mediation_work import take_mediation_step

COMMITTEE = "青石镇人民调解委员会"
_MEDIATORS = ("周敏", "孟庆来")

Act = tuple[int, str, Mapping[str, Any]]
_COURSE: Sequence[Act] = (
    (1, "consent", {"side": "applicant"}), (1, "consent", {"side": "respondent"}),
    (2, "accept", {}), (3, "inquiry", {}), (6, "session", {}), (9, "agreement", {}),
    (24, "performance", {}), (41, "follow", {}), (45, "archive", {}),
)  # fmt: skip
"""Days after it was handed over, the step, its data. What lies ahead of today is not done yet."""


def found_committee(town: Town) -> None:
    """The committee of the town and its mediators."""
    add_committee(town.desk, {"name": COMMITTEE, "mark": "青石人调", "address": "青石镇政府一楼"})
    for name in _MEDIATORS:
        set_mediator(town.desk, COMMITTEE, {"name": name})


@dataclass(slots=True)
class MediationLife:
    """One mediation that came of a dispute, told with the texts of its topic."""

    town: Town
    number: str
    base: date
    names: Sequence[str]
    topic: Mapping[str, Any]
    taken: int = 0

    def next_day(self) -> date | None:
        """When the next step is taken."""
        if self.taken == len(_COURSE):
            return None
        return self.base + timedelta(days=_COURSE[self.taken][0])

    def happen(self, day: date) -> Iterable[Course]:
        """Take the next step."""
        _, action, data = _COURSE[self.taken]
        self.taken += 1
        self.town.sit(self.town.officer)
        said = {**self._said(action, day), **data}
        take_mediation_step(self.town.desk, self.number, action, said)
        return ()

    def _said(self, action: str, day: date) -> Mapping[str, Any]:
        first, other = self.names[0], self.names[-1]
        topic = self.topic
        told: Mapping[str, Mapping[str, Any]] = {
            "consent": {"agrees": True, "how": "face"},
            "accept": {
                "rights_told": True, "free_told": True, "mediators": list(_MEDIATORS),
                "identity": [
                    {"name": name, "document": "居民身份证"} for name in (first, other)
                ],
            },
            "inquiry": {
                "person": other, "place": "镇人民调解室",
                "record": f"问：事情是怎么起的？答：{topic['cause']}问：愿意谈吗？答：愿意。",
            },
            "session": {
                "place": "镇人民调解室", "course": f"{topic['facts']}双方当面各说了经过和要求。",
                "result": "continues",
            },
            "agreement": {
                "form": "written", "facts": topic["facts"], "signed_by": [first, other],
                "sealed": True,
                "items": [{
                    "what": topic["result"], "by": other,
                    "due": (day + timedelta(days=20)).isoformat(),
                }],
            },
            "performance": {"item": 1, "proof": topic["evidence"]},
            "follow": {"how": "visit", "situation": topic["situation"], "performed": "all"},
            "archive": {"retention": "10", "checked_by": self.town.who("leader")},
        }  # fmt: skip
        return told[action]
