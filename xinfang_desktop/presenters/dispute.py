"""一件纠纷: what is known of it, the three confirmations, duties, its course, its next steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfang_desktop.domain.dispute_steps import NOTE_SORT
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import attachments, dispute_work, disputes
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_views import Confirmation, DisputeView
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.disputes import DisputeParty

from .case import CasePresenter
from .case_words import Fact, plain_day
from .dispute_steps import CONFIRM, confirm_step, next_steps, step_form
from .next_steps import NextSteps, StepChoice, StepForm

NOTE_KINDS = NOTE_SORT
_FLAGS = (("urgent", "事情紧急"), ("danger", "当事人安全有危险"))


@dataclass(frozen=True, slots=True)
class Confirming:
    """One of the three as the page shows it: given, or a button, or why not yet."""

    what: str
    name: str
    done: bool
    evidence: str
    who: str  # 9月20日 · 周敏
    reason: str  # why it cannot be confirmed now; empty where it can


class DisputePresenter(CasePresenter[DisputeView, DisputeStood, DisputeParty]):
    """One dispute on the screen; every command asks the services and loads again."""

    noun = "纠纷"
    verb = "take_dispute_step"

    def _read(self, number: str) -> DisputeView:
        return disputes.dispute_view(self.desk, number)

    def _ask_locks(self, view: DisputeView) -> Mapping[str, str]:
        return _locks(self.desk, view)

    # --- what the page says ---

    def people(self) -> str:
        """The parties, masked or as revealed: 赵** 139****6620、王*."""
        if self.revealed:
            pairs = [(party.name, party.phone) for party in self.revealed]
        else:
            phones = (*self.seen.phones, *("",) * len(self.seen.row.parties))
            pairs = list(zip(self.seen.row.parties, phones, strict=False))
        return "、".join(" ".join(part for part in pair if part) for pair in pairs)

    def facts(self) -> tuple[Fact, ...]:
        """What is known besides parties, grade and time limit; what was not said is left out."""
        view, row, today = self.seen, self.seen.row, self.desk.today
        found = plain_day(row.found_on, today)
        facts = (
            Fact("类别", row.category_name),
            Fact("涉及人数", f"{row.people} 人" if row.people else ""),
            Fact("涉及金额", view.amount_words),
            Fact("责任单位", row.unit),
            Fact("责任人", row.person),
            Fact("包案领导", row.leader),
            Fact("发现", " · ".join(part for part in (found, view.found_by) if part)),
            Fact("来源", view.source_name),
            self._where(),
            Fact("情况", "、".join(word for name, word in _FLAGS if getattr(view, name))),
            Fact("详细情况", view.detail, long=True),
            Fact("化解措施", view.measures, long=True),
            Fact("化解情况", self._settled_words(), long=True),
        )
        return tuple(fact for fact in facts if fact.words)

    def _where(self) -> Fact:
        day = self.seen.occurred_on
        if day is None:
            return Fact("地点", self.seen.row.place)
        parts = (plain_day(day, self.desk.today), self.seen.row.place)
        return Fact("发生", " · ".join(part for part in parts if part))

    def _settled_words(self) -> str:
        row = self.seen.row
        on = plain_day(row.settled_on, self.desk.today) if row.settled_on else ""
        how = " · ".join(part for part in (on, self.seen.method_name) if part)
        return "：".join(part for part in (how, row.result) if part)

    def time_limit(self) -> str:
        """化解时限 in words, empty where none was set."""
        day = self.seen.settle_by
        return plain_day(day, self.desk.today) if day else ""

    def time_limit_duty(self) -> str:
        """Id of the duty that explains the time limit, if there is one."""
        return next((row.id for row in self.seen.duties if row.kind == "settle"), "")

    def three(self) -> tuple[Confirming, ...]:
        """The three confirmations (三不放过)."""
        return tuple(self._confirming(each) for each in self.seen.confirmations)

    def _confirming(self, each: Confirmation) -> Confirming:
        day = plain_day(each.on, self.desk.today) if each.on else ""
        who = " · ".join(part for part in (day, each.by) if part)
        return Confirming(
            each.what, each.name, each.done, each.evidence, who, self._locks.get(each.what, "")
        )

    def steps(self) -> NextSteps:
        """The buttons of 下一步."""
        return next_steps(self.seen)

    # --- steps ---

    def _form(self, choice: StepChoice) -> StepForm:
        return step_form(self.desk, self.seen, choice)

    def why_locked(self, key: str) -> str:
        """What is missing for a step, or that it does not belong to this state."""
        action, _, what = key.partition(":")
        if action == CONFIRM and self._locks.get(what):
            return self._locks[what]
        return super().why_locked(action)

    def _choice(self, key: str) -> StepChoice | None:
        action, _, what = key.partition(":")
        if action != CONFIRM:
            return super()._choice(key)
        named = next((each for each in self.seen.confirmations if each.what == what), None)
        if named is None or self._locks.get(what):
            return None
        return confirm_step(self.seen, what, named.name)

    def _problems(
        self, number: str, action: str, data: Mapping[str, Any]
    ) -> tuple[RuleViolation, ...]:
        return dispute_work.dispute_problems(self.desk, number, action, data)

    def _take(self, number: str, action: str, data: Mapping[str, Any]) -> DisputeStood:
        return dispute_work.take_dispute_step(self.desk, number, action, data)

    def stood_words(self, stood: DisputeStood, label: str) -> str:
        """What the status bar says after a step."""
        return stood_words(stood, label)

    # --- people and files ---

    def _people(self, number: str, reason: str) -> tuple[DisputeParty, ...]:
        return disputes.reveal_parties(self.desk, number, reason)

    def _attach(self, number: str, path: Path) -> object:
        return attachments.attach_to_dispute(self.desk, number, path)


def _locks(desk: Desk, view: DisputeView) -> Mapping[str, str]:
    """Why each of the three cannot be confirmed now; the course itself is asked."""
    offer = next((offer for offer in view.offers if offer.action == CONFIRM), None)
    found = {}
    for each in view.confirmations:
        if each.done or offer is None:
            continue
        if not offer.allowed:
            found[each.what] = "".join(offer.missing)
            continue
        asked = {"what": each.what}
        problems = dispute_work.dispute_problems(desk, view.row.number, CONFIRM, asked)
        found[each.what] = "".join(p.sentence for p in problems if p.field == "what")
    return found


def stood_words(stood: DisputeStood, label: str) -> str:
    """What the status bar says after a step."""
    made = f"，转到 {'、'.join(stood.made)}" if stood.made else ""
    return f"{label}：已记下，纠纷现在是“{stood.state_name}”{made}"
