"""A dispute of the practice town that tests take through its course, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from workflow_cases import OFFICE, PEOPLE

from tests.factories import CHINA
from xinfang_desktop.domain.case_records import CaseStep, Dispute
from xinfang_desktop.domain.cases import DisputeFile
from xinfang_desktop.domain.course import Decision, Offer
from xinfang_desktop.domain.dispute_course import DISPUTES
from xinfang_desktop.domain.grades import read_grades
from xinfang_desktop.domain.matter import Surroundings
from xinfang_desktop.places import RESOURCES

FOUND = date(2026, 7, 24)
TODAY = date(2026, 9, 21)
WRITTEN = datetime(2026, 9, 21, 9, tzinfo=CHINA)
FEED = "village:330327104203"
GRADES = read_grades((RESOURCES / "rules" / "dispute_grades.toml").read_text("utf-8"))


def around(*roles: str, **changes: Any) -> Surroundings:
    """The desk of 周敏 on TODAY, an officer unless other roles are named."""
    plain = Surroundings(
        TODAY, OFFICE, PEOPLE, "周敏", frozenset(roles or {"officer"}), grades=GRADES
    )
    return replace(plain, **changes)


def dispute_file(state: str = "found", **changes: Any) -> DisputeFile:
    """A blocked ditch between two households, in ``state``."""
    dispute = Dispute(
        id="d", feed=FEED, number="20260724-A0001", village="v", found_on=FOUND,
        summary="村道排水沟堵塞", state=state, parties=("罗春生", "谭玉珍"), people=4, amount=300000,
        grade="一般",
    )  # fmt: skip
    return DisputeFile(replace(dispute, **changes))


LAWFUL: Mapping[str, Mapping[str, Any]] = {
    "verify": {"facts": "现场看过，沟堵了约 12 米", "real": True},
    "grade": {},
    "assign": {"unit": "石桥村村委会", "person": "何建平", "measures": "先清沟", "due": "2026-10-15"},
    "note": {"text": "两户都到场"},
    "to_mediation": {"reason": "两户愿意调解"},
    "to_matter": {"reason": "要求书面答复"},
    "route": {"route": "litigation", "organ": "云岭县人民法院", "basis": "《民事诉讼法》第122条",
              "told": True},
    "report_up": {"to": "county", "reason": "要改公路边沟"},
    "take_back": {"reason": "调解不成"},
    "settle": {"method": "协商和解", "result": "各清一段"},
    "confirm": {"what": "responsibility", "evidence": "交办单有签字"},
    "follow": {"how": "visit", "situation": "两户都说管用"},
    "close": {"approved_by": "刘志远"},
    "reopen": {"reason": "雨后沟又堵了"},
    "void": {"reason": "重复登记"},
}  # fmt: skip
"""What is filled in for each step, so that only its conditions can refuse it."""


class Course:
    """A dispute on its way: each lawful step is recorded as the services would record it."""

    def __init__(self, file: DisputeFile | None = None, at: Surroundings | None = None) -> None:
        self.file = file or dispute_file()
        self.around = at or around()

    @property
    def state(self) -> str:
        return self.file.state

    def take(self, action: str, **more: Any) -> Decision:
        """Decide the step and write it down; steps are a minute apart."""
        decision = DISPUTES.decide(self.file, action, {**LAWFUL[action], **more}, self.around)
        number = len(self.file.steps)
        step = CaseStep(
            id=f"s{number:04}", feed=FEED, case="d", action=action, on=decision.on,
            at=WRITTEN + timedelta(minutes=number), by=self.around.actor,
            from_state=decision.from_state, to_state=decision.to_state, data=dict(decision.data),
        )  # fmt: skip
        self.file = replace(
            self.file,
            dispute=replace(self.file.dispute, **_typed(decision.changes)),
            steps=(*self.file.steps, step),
        )
        return decision

    def through(self, *actions: str) -> Course:
        """Several steps with nothing but what they need."""
        for action in actions:
            self.take(action)
        return self

    def confirm(self, *whats: str) -> Course:
        """Confirmations of the three."""
        for what in whats:
            self.take("confirm", what=what)
        return self

    def offer(self, action: str) -> Offer:
        """How the step is offered now."""
        return next(o for o in DISPUTES.offers(self.file, self.around) if o.action == action)

    def codes(self, action: str, **more: Any) -> set[str]:
        """The codes of everything wrong with the step."""
        found = DISPUTES.problems(self.file, action, {**LAWFUL[action], **more}, self.around)
        return {problem.code for problem in found}


def _typed(changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The changes of a decision as the record holds them: an ISO day is a day."""
    return {
        name: date.fromisoformat(value) if name == "due" and isinstance(value, str) else value
        for name, value in changes.items()
    }


def settled() -> Course:
    """Verified, assigned and settled."""
    return Course().through("verify", "assign", "settle")
