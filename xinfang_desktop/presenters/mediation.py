"""一件人民调解: who is willing, what was agreed and done, what the file lacks, its next steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfang_desktop.domain.clocks import left_words, urgency
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import attachments, mediation_work, mediations
from xinfang_desktop.services.mediation_views import ItemView, MediationView, SideView
from xinfang_desktop.services.mediation_work import MediationStood

from .case import CasePresenter
from .case_words import Fact, plain_day
from .mediation_steps import next_steps, step_form
from .next_steps import NextSteps, StepChoice, StepForm

YES, NO, UNASKED = "done", "no", "none"
"""Marks of an answer: ✓ ✗ –."""


@dataclass(frozen=True, slots=True)
class SideLine:
    """One party on the page: mark and word of its answer, who it is, what is known in full."""

    side_name: str
    name: str
    phone: str
    mark: str
    answer: str
    how: str  # 9月20日 · 当面
    details: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing that was agreed: what, by whom and how, and where it stands."""

    no: int
    what: str
    how: str
    urgency: str
    words: str
    proof: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One document of the statutory file: there, lacking, or not needed."""

    name: str
    mark: str
    words: str


class MediationPresenter(CasePresenter[MediationView, MediationStood, SideView]):
    """One mediation on the screen."""

    noun = "调解"
    verb = "take_mediation_step"

    def _read(self, number: str) -> MediationView:
        return mediations.mediation_view(self.desk, number)

    # --- what the page says ---

    def sides(self) -> tuple[SideLine, ...]:
        """Every party with its answer, masked or in full; in full also who acts for them."""
        known = {side.no: side for side in self.seen.sides}
        shown = self.revealed or self.seen.sides
        return tuple(self._side(side, known.get(side.no, side)) for side in shown)

    def _side(self, side: SideView, now: SideView) -> SideLine:
        details = "，".join(
            part
            for part in (
                side.sex, f"{side.age} 岁" if side.age else "",
                f"{side.ethnicity}族".replace("族族", "族") if side.ethnicity else "",
                side.occupation, side.address,
            )
            if part
        )  # fmt: skip
        if not side.no:  # somebody who acts for a party
            return SideLine(
                side.side_name, side.name, side.phone, "", side.answer_words, "", details
            )
        day = plain_day(now.answered_on, self.desk.today) if now.answered_on else ""
        mark, answer = _ANSWERS[now.agrees]
        how = " · ".join(part for part in (day, now.answer_words) if part)
        return SideLine(side.side_name, side.name, side.phone, mark, answer, how, details)

    def willing(self) -> str:
        """What the answers come to, in one line."""
        sides = self.seen.sides
        if any(side.agrees is False for side in sides):
            return "有一方不愿意，不能调解；其他途径都不受影响"
        absent = {"applicant", "respondent"} - {side.side for side in sides}
        if absent:
            return "双方都登记了才能征求意愿"
        waiting = sum(side.agrees is None for side in sides)
        return f"还有 {waiting} 人没有问到" if waiting else "各方都愿意"

    def facts(self) -> tuple[Fact, ...]:
        """What is known besides the sides and the agreement; what was not said is left out."""
        view, row, today = self.seen, self.seen.row, self.desk.today
        facts = (
            Fact("类别", row.category_name),
            Fact("来源", row.source_name),
            Fact("申请", plain_day(row.applied_on, today)),
            Fact("受理", plain_day(row.accepted_on, today) if row.accepted_on else ""),
            Fact("调委会", row.committee),
            Fact("调解员", "、".join(row.mediators)),
            Fact("记录人", view.recorder),
            Fact("村", row.village),
            Fact("公开", "当事人要求不公开" if view.closed else ""),
            Fact("简要情况", view.facts, long=True),
            Fact("申请事项", "；".join(view.claims), long=True),
        )
        return tuple(fact for fact in facts if fact.words)

    # --- the agreement ---

    def agreement_words(self) -> str:
        """书面协议 · 9月21日起生效 · 涉及 3,200 元."""
        agreed = self.seen.agreement
        if agreed is None:
            return ""
        day = plain_day(agreed.effective_on, self.desk.today)
        amount = f"涉及 {agreed.amount_words}" if agreed.amount_words else ""
        return " · ".join(part for part in (agreed.form_name, f"{day}起生效", amount) if part)

    def items(self) -> tuple[ItemLine, ...]:
        """What was agreed, item by item, and whether it was done."""
        agreed = self.seen.agreement
        return tuple(map(self._item, agreed.items)) if agreed else ()

    def _item(self, item: ItemView) -> ItemLine:
        today = self.desk.today
        how = "，".join(part for part in (item.by, item.how) if part)
        if item.done_on:
            state, words = "done", f"{plain_day(item.done_on, today)} 已履行"
        elif item.due is None:
            state, words = "rest", "没有约定期限"
        else:
            agreed = self.seen.agreement
            began = min(agreed.effective_on if agreed else item.due, item.due)
            state, words = urgency(began, item.due, today), left_words(item.due, today)
        due = f"{plain_day(item.due, today)}前" if item.due else ""
        return ItemLine(
            item.no, item.what, "，".join(part for part in (how, due) if part), state, words,
            item.proof, item.done_on is None,
        )  # fmt: skip

    def court_words(self) -> str:
        """Where the sides stand with the court, in one sentence; empty without an agreement."""
        court = self.seen.court
        if court is None:
            return ""
        if court.open:
            day = plain_day(court.until, self.desk.today)
            return f"双方可以在 {day}前共同申请司法确认，{court.words}。由他们自己决定。"
        told = (
            court.words, court.court, court.ruling,
            plain_day(court.ruled_on, self.desk.today) if court.ruled_on else "",
        )  # fmt: skip
        return "司法确认：" + " · ".join(part for part in told if part)

    def court_duty(self) -> str:
        """Id of the duty that explains the last day, if there is one."""
        kind = "judicial_confirmation"
        return next((row.id for row in self.seen.duties if row.kind == kind), "")

    # --- the file ---

    def papers(self) -> tuple[PaperLine, ...]:
        """The documents of the statutory file: those that are there, and those required."""
        return tuple(
            PaperLine(paper.name, *(_THERE if paper.there else _LACKING))
            for paper in self.seen.papers
            if paper.there or paper.required
        )

    def papers_note(self) -> str:
        """What the statutory file still lacks, in one line."""
        lacking = self.seen.lacking
        return f"必须的还缺 {len(lacking)} 件" if lacking else "必须的都齐了"

    # --- steps ---

    def steps(self) -> NextSteps:
        """The buttons of 下一步."""
        return next_steps(self.seen)

    def _form(self, choice: StepChoice) -> StepForm:
        return step_form(self.desk, self.seen, choice)

    def _problems(
        self, number: str, action: str, data: Mapping[str, Any]
    ) -> tuple[RuleViolation, ...]:
        return mediation_work.mediation_problems(self.desk, number, action, data)

    def _take(self, number: str, action: str, data: Mapping[str, Any]) -> MediationStood:
        return mediation_work.take_mediation_step(self.desk, number, action, data)

    def stood_words(self, stood: MediationStood, label: str) -> str:
        """What the status bar says after a step."""
        told = "，纠纷那边也记了一笔" if stood.told else ""
        return f"{label}：已记下，调解现在是“{stood.state_name}”{told}"

    # --- people and files ---

    def _people(self, number: str, reason: str) -> tuple[SideView, ...]:
        return mediations.reveal_sides(self.desk, number, reason)

    def _attach(self, number: str, path: Path) -> object:
        return attachments.attach_to_mediation(self.desk, number, path)


_ANSWERS: Mapping[bool | None, tuple[str, str]] = {
    True: (YES, "愿意"),
    False: (NO, "不愿意，已停止"),
    None: (UNASKED, "还没问"),
}
_THERE, _LACKING = (YES, "有"), ("soon", "还缺")
