"""A mediation of the practice town that tests take through its course, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.domain.workflow_cases import FEED, around
from xinfang_desktop.domain.case_records import CaseStep, Mediation, MediationParty
from xinfang_desktop.domain.cases import MediationFile
from xinfang_desktop.domain.course import Decision, Offer
from xinfang_desktop.domain.duty import Duty, Rulebook
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.matter import Surroundings
from xinfang_desktop.domain.mediation_course import MEDIATIONS
from xinfang_desktop.domain.mediation_duties import confirmation_due, duties_of_mediation
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
BOOK = Rulebook(REFERENCE.rules, REFERENCE.calendar)
APPLIED = date(2026, 9, 1)
TODAY = date(2026, 9, 21)
WRITTEN = datetime(2026, 9, 1, 9, tzinfo=UTC)

CLEAN = {"what": "清通两户之间的排水沟", "by": "赵大河", "how": "各清一段", "due": "2026-10-15"}
PAY = {"what": "付材料费 800 元", "by": "赵大河", "due": "2026-09-30"}

LAWFUL: Mapping[str, Mapping[str, Any]] = {
    "consent": {"side": "respondent", "agrees": True, "how": "face"},
    "party": {"side": "respondent", "name": "赵大河", "phone": "13900001111", "address": "柳溪村 4 组"},
    "accept": {
        "rights_told": True, "free_told": True, "mediators": ["周敏"],
        "identity": [{"name": "王桂芳", "document": "居民身份证"}, {"name": "赵大河", "document": "居民身份证"}],
    },
    "inquiry": {"person": "李村长", "record": "问：沟何时堵的？答：八月底。", "place": "村委会"},
    "evidence": {"items": [{"title": "现场照片", "form": "copy", "copies": 1}]},
    "agent": {"principal": "王桂芳", "agents": [{"name": "王小军", "relation": "儿子"}], "scope": ["apply", "sign"]},
    "session": {"place": "人民调解室", "course": "双方各说了经过，看了现场照片。", "result": "continues"},
    "draft": {"facts": "两户之间的排水沟堵了，争谁来清。", "items": [CLEAN, PAY]},
    "agreement": {
        "form": "written", "facts": "两户之间的排水沟堵了，争谁来清。", "items": [CLEAN, PAY],
        "signed_by": ["王桂芳", "赵大河"], "sealed": True,
    },
    "fail": {"reason": "清沟的费用谈不拢", "told": True, "routes": "可以向青石法庭起诉"},
    "end": {"side": "respondent", "told": True},
    "performance": {"item": 1, "proof": "现场照片 2 张"},
    "court": {"joint": True, "court": "云岭县人民法院"},
    "follow": {"how": "visit", "situation": "沟通了，两家都满意", "performed": "all"},
    "note": {"text": "约好周五再谈"},
    "archive": {"retention": "10", "checked_by": "刘志远"},
    "void": {"reason": "重复登记"},
}  # fmt: skip


def mediation_file(state: str = "asked", **changes: Any) -> MediationFile:
    """王桂芳 applied on 2026-09-01 about a ditch; 赵大河 is the other side."""
    mediation = Mediation(
        id="m", feed=FEED, number="20260901-A0001", file_no="", title="排水沟相邻纠纷", state=state,
        source="application", applied_on=APPLIED, mediators=(), facts="排水沟堵了", category="02",
    )  # fmt: skip
    parties = tuple(
        MediationParty(id=f"p{no}", feed=FEED, mediation="m", no=no, side=side, name=name)
        for no, side, name in ((1, "applicant", "王桂芳"), (2, "respondent", "赵大河"))
    )
    mediation = replace(mediation, **changes)
    start = CaseStep(
        id="s0000", feed=FEED, case="m", action="start", on=APPLIED, at=WRITTEN, by="周敏",
        to_state="asked", data={"source": mediation.source, "number": mediation.number},
    )  # fmt: skip
    return MediationFile(mediation, parties, (start,))


class Mediating:
    """A mediation on its way: each lawful step is recorded as the services would record it."""

    def __init__(self, file: MediationFile | None = None, today: date = TODAY, **around_: Any):
        self.file = file or mediation_file()
        self._around = around(today=today, **around_)

    @property
    def around(self) -> Surroundings:
        return replace(self._around, court_due=confirmation_due(self.file, BOOK))

    @property
    def state(self) -> str:
        return self.file.state

    def go(self, today: str) -> Mediating:
        """To that day."""
        self._around = replace(self._around, today=date.fromisoformat(today))
        return self

    def take(self, action: str, data: Mapping[str, Any] | None = None, **more: Any) -> Decision:
        """Decide the step, as the usual one is filled in unless told otherwise; write it down."""
        asked = {**(LAWFUL[action] if data is None else data), **more}
        decision = MEDIATIONS.decide(self.file, action, asked, self.around)
        number = len(self.file.steps)
        step = CaseStep(
            id=f"s{number:04}", feed=FEED, case="m", action=action, on=decision.on,
            at=WRITTEN + timedelta(minutes=number), by=self.around.actor,
            from_state=decision.from_state, to_state=decision.to_state, data=decision.data,
        )  # fmt: skip
        self.file = replace(
            self.file, mediation=replace(self.file.mediation, **decision.changes),
            parties=_parties(self.file, decision) if action == "party" else self.file.parties,
            steps=(*self.file.steps, step),
        )  # fmt: skip
        return decision

    def codes(self, action: str, data: Mapping[str, Any] | None = None, **more: Any) -> set[str]:
        """What is wrong with a step."""
        return {problem.code for problem in self.problems(action, data, **more)}

    def problems(
        self, action: str, data: Mapping[str, Any] | None = None, **more: Any
    ) -> tuple[RuleViolation, ...]:
        asked = {**(LAWFUL[action] if data is None else data), **more}
        return MEDIATIONS.problems(self.file, action, asked, self.around)

    def offer(self, action: str) -> Offer:
        found = MEDIATIONS.offers(self.file, self.around)
        return next(offer for offer in found if offer.action == action)

    @property
    def duties(self) -> dict[str, Duty]:
        found = duties_of_mediation(self.file, BOOK)
        assert len({duty.key for duty in found}) == len(found)
        return {duty.key: duty for duty in found}


def _parties(file: MediationFile, decision: Decision) -> tuple[MediationParty, ...]:
    said = decision.data
    others = tuple(party for party in file.parties if party.name != said["name"])
    if said.get("removed"):
        return others
    keep = {k: said[k] for k in ("side", "name", "phone", "address") if k in said}
    known = next((party for party in file.parties if party.name == said["name"]), None)
    record = (
        replace(known, **keep)
        if known
        else MediationParty(id=f"p{len(file.parties) + 1}", feed=FEED, mediation="m", no=9, **keep)
    )
    return tuple(sorted((*others, record), key=lambda party: party.no))


def accepted(**over: Any) -> Mediating:
    """Both sides agreed, accepted on 2026-09-03."""
    made = Mediating(mediation_file(**over))
    made.take("consent", on="2026-09-02")
    if made.file.mediation.source != "application":
        made.take("consent", side="applicant", on="2026-09-02")
    made.take("accept", on="2026-09-03")
    return made


def agreed(form: str = "written", on: str = "2026-09-10", **over: Any) -> Mediating:
    """A session on the 5th, an agreement on the 10th."""
    made = accepted()
    made.take("session", on="2026-09-05", result="agreed")
    made.take("agreement", form=form, on=on, **over)
    return made
