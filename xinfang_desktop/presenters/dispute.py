"""一件纠纷: what is known of it, the three confirmations, duties, its course, its next steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.dispute_steps import NOTE_SORT
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.services import attachments, dispute_work, disputes, duties
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_views import Confirmation, DisputeView
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.disputes import DisputeParty

from .case_words import DutyItem, duty_items, duty_note, plain_day, stage_words
from .dispute_steps import CONFIRM, confirm_step, next_steps, step_form
from .next_steps import NextSteps, StepChoice, StepForm, tidy, why_locked
from .running import Refused, Run, check_and_do

NOTE_KINDS = NOTE_SORT
_FLAGS = (("urgent", "事情紧急"), ("danger", "当事人安全有危险"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of the dispute. ``long`` ones take a line of their own."""

    name: str
    words: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class Confirming:
    """One of the three as the page shows it: given, or a button, or why not yet."""

    what: str
    name: str
    done: bool
    evidence: str
    who: str  # 9月20日 · 周敏
    reason: str  # why it cannot be confirmed now; empty where it can


@dataclass(frozen=True, slots=True)
class _Loaded:
    view: DisputeView
    locks: Mapping[str, str]


class DisputePresenter:
    """One dispute on the screen; every command asks the services and loads again."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.number = ""
        self.view: DisputeView | None = None
        self.revealed: tuple[DisputeParty, ...] = ()
        self._locks: Mapping[str, str] = {}

    # --- reading ---

    def open(
        self,
        number: str,
        done: Callable[[], None],
        failed: Callable[[XinfangError], None] | None = None,
    ) -> None:
        """Show another dispute."""
        if number != self.number:
            self.number, self.view, self.revealed = number, None, ()
        self.load(done, failed)

    def load(
        self, done: Callable[[], None], failed: Callable[[XinfangError], None] | None = None
    ) -> None:
        """Ask again for the dispute that is open."""
        number = self.number

        def work() -> _Loaded:
            view = disputes.dispute_view(self.desk, number)
            return _Loaded(view, _locks(self.desk, view))

        def came(loaded: _Loaded) -> None:
            if number == self.number:
                self.view, self._locks = loaded.view, loaded.locks
                self.number = loaded.view.row.number
                done()

        self._run(work, came, failed, label="正在打开纠纷")

    @property
    def seen(self) -> DisputeView:
        """The dispute that is open; asking before it came is our bug."""
        assert self.view is not None
        return self.view

    # --- what the page says ---

    def stages(self, *, short: bool = False) -> tuple[tuple[str, str, str], ...]:
        """Name, state and day of each stage, for the stage bar."""
        return stage_words(self.seen.stages, self.seen.row.state_name, short=short)

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

    def duty_items(self) -> tuple[DutyItem, ...]:
        """The duties, open ones first in due order; their verbs are those of the steps here."""
        labels = {f"step:{offer.action}": offer.label for offer in self.seen.offers}
        return tuple(
            replace(item, verb=labels.get(item.target, ""))
            for item in duty_items(self.seen.duties, self.desk.today, leads=True)
        )

    def duty_note(self) -> str:
        """未办 1，已办 1."""
        return duty_note(self.seen.duties)

    def why_not(self, verb: str) -> str:
        """The sentence for a button that this account may not press, empty where it may."""
        may = permissions.may(self.desk.roles, verb)
        return "" if may else permissions.not_permitted(verb).sentence

    # --- steps ---

    def form_of(self, key: str) -> StepForm | None:
        """The form of a step that may be taken now; ``None`` where it does not belong here."""
        choice = self._choice(key)
        return step_form(self.desk, self.seen, choice) if choice and choice.allowed else None

    def why_locked(self, key: str) -> str:
        """What is missing for a step, or that it does not belong to this state."""
        action, _, what = key.partition(":")
        if action == CONFIRM and self._locks.get(what):
            return self._locks[what]
        return why_locked(self.steps(), self.seen.offers, action)

    def _choice(self, key: str) -> StepChoice | None:
        action, _, what = key.partition(":")
        if action != CONFIRM:
            return self.steps().find(key)
        named = next((each for each in self.seen.confirmations if each.what == what), None)
        if named is None or self._locks.get(what):
            return None
        return confirm_step(self.seen, what, named.name)

    def submit(
        self,
        form: StepForm,
        values: Mapping[str, Any],
        done: Callable[[DisputeStood], None],
        refused: Refused,
    ) -> None:
        """Take a step: everything wrong is told at once, and only a lawful one is written."""
        number, action = self.number, form.choice.action
        taken_off = {
            n: False for n, was in form.values.items() if was is True and not values.get(n)
        }
        data = {**tidy(form.fields, values), **taken_off, **form.choice.preset}
        check_and_do(
            self._run,
            lambda: dispute_work.dispute_problems(self.desk, number, action, data),
            lambda: dispute_work.take_dispute_step(self.desk, number, action, data),
            done, refused, label=f"正在{form.title}",
        )  # fmt: skip

    def note(
        self, sort: str, text: str, done: Callable[[DisputeStood], None], refused: Refused
    ) -> None:
        """记一笔: one line about what was done."""
        if not text.strip():
            refused([
                RuleViolation(
                    "field_missing", "还没有写做了什么。", mend="写一句，再按“记下”。", field="text"
                )
            ])  # fmt: skip
            return
        data = {"sort": sort, "text": text.strip()}
        self._run(
            lambda: dispute_work.take_dispute_step(self.desk, self.number, "note", data),
            done, lambda error: refused([error]),
        )  # fmt: skip

    def explain(self, duty: str, done: Callable[[Arithmetic], None]) -> None:
        """为什么是这一天, day by day."""
        self._run(lambda: duties.explain_duty(self.desk, duty), done)

    # --- people and files ---

    def reveal(self, reason: str, done: Callable[[], None], refused: Refused) -> None:
        """Show names and telephones in full for a reason that is logged."""

        def came(parties: tuple[DisputeParty, ...]) -> None:
            self.revealed = parties
            done()

        self._run(
            lambda: disputes.reveal_parties(self.desk, self.number, reason),
            came, lambda error: refused([error]),
        )  # fmt: skip

    def hide(self) -> None:
        """Mask names again."""
        self.revealed = ()

    def attach(self, path: Path, done: Callable[[], None]) -> None:
        """Keep a file with the dispute."""
        self._run(
            lambda: attachments.attach_to_dispute(self.desk, self.number, path),
            lambda _kept: done(), label="正在存附件",
        )  # fmt: skip

    def copy_attachment(self, attachment: str, out: Path, done: Callable[[], None]) -> None:
        """A readable copy of a file, where the officer wants it."""
        self._run(
            lambda: attachments.copy_attachment(self.desk, attachment, out),
            lambda _out: done(), label="正在另存附件",
        )  # fmt: skip


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
