"""台账的一条: what it says, what is owed for it, its course, its next steps, who booked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.registers import register_named
from xinfang_desktop.services import attachments, register_work, registers
from xinfang_desktop.services.register_work import WorkStood
from xinfang_desktop.services.registers import Booking
from xinfang_desktop.services.work_lines import WorkView

from .case import CasePresenter
from .case_words import Fact
from .next_steps import NextSteps, StepChoice, StepForm, arranged, plain, tidy
from .running import Refused

ASIDE = frozenset({"note", "void"})
_LONG = 24  # characters from which a fact takes a line of its own
_WHY = Field(
    "reason", "为什么修改", required=True, max_length=500, sample="改期一天。",
    help="写一句原因，会留下记录。",
)  # fmt: skip


class WorkItemPresenter(CasePresenter[WorkView, WorkStood, Booking]):
    """One line of a register on the screen."""

    noun = "台账"
    verb = "write_work"

    def _read(self, number: str) -> WorkView:
        return registers.item_view(self.desk, number)

    # --- what the page says ---

    def facts(self) -> tuple[Fact, ...]:
        """The columns that were filled in, the drawn files, the tasks."""
        row = self.seen.row
        told = [Fact(each.label, each.text, len(each.text) > _LONG) for each in self.seen.facts]
        told.append(Fact("责任人", row.owner))
        told.append(Fact("登记人", row.by))
        drawn = "；".join(
            f"{each['number']} {each['title']}" + (f"（{each['why']}）" if each["why"] else "")
            for each in self.seen.sample
        )
        told.append(Fact("抽中的卷", drawn, long=True))
        return tuple(fact for fact in told if fact.words)

    def takes_bookings(self) -> bool:
        """Whether somebody may have booked here."""
        return any(line.action == "book" for line in self.seen.timeline)

    def booked(self) -> str:
        """Who booked, after a logged reveal."""
        lines = (
            "，".join(
                filter(None, (f"{b.no} 号", b.time, b.visitor or "没有留姓名", b.phone, b.subject))
            )
            for b in self.revealed
        )
        return "\n".join(lines)

    # --- steps ---

    def steps(self) -> NextSteps:
        """The steps of the course in front, notes and voiding behind."""
        register = register_named(self.seen.row.sort)
        here = {offer.action: offer for offer in self.seen.offers if offer.lawful_here}
        icons = {action: register.icon_of(action) for action in here}
        usual = [plain(offer, icons) for offer in here.values() if offer.action not in ASIDE]
        return arranged(usual, here, icons)

    def _form(self, choice: StepChoice) -> StepForm:
        return StepForm(
            choice, choice.label, choice.fields, self._known(choice.action), note=self.seen.row.title,
            dangerous=choice.action == "void",
        )  # fmt: skip

    def _known(self, action: str) -> Mapping[str, Any]:
        """What a form begins with: today; the first task that waits, where one is carried out."""
        waiting = (task.no for task in self.seen.tasks if task.done_on is None)
        first = next(waiting, None) if action == "task_done" else None
        return {"on": self.desk.today, **({"no": first} if first else {})}

    def _problems(
        self, number: str, action: str, data: Mapping[str, Any]
    ) -> tuple[RuleViolation, ...]:
        return register_work.item_problems(self.desk, number, action, data)

    def _take(self, number: str, action: str, data: Mapping[str, Any]) -> WorkStood:
        return register_work.take_item_step(self.desk, number, action, data)

    def stood_words(self, stood: WorkStood, label: str) -> str:
        """What the status bar says after a step."""
        return f"{label}：已记下，现在是“{stood.state_name}”"

    # --- amending ---

    def why_not_amend(self) -> str:
        """Why its columns cannot be changed, empty where they can."""
        if self.seen.row.state == "void":
            return "已作废，不能再修改。"
        return self.why_not(self.verb)

    def amend_fields(self) -> tuple[Field, ...]:
        """What may be changed, and why it is."""
        register = register_named(self.seen.row.sort)
        return (*(each for each in register.asks if each.name not in register.fixed), _WHY)

    def amend(
        self, values: Mapping[str, Any], done: Callable[[WorkStood], None], refused: Refused
    ) -> None:
        """Change those columns that were written otherwise."""
        number, reason = self.number, str(values.get("reason") or "")
        said = tidy(self.amend_fields(), {n: v for n, v in values.items() if n != "reason"})
        before = self.seen.given
        changed = {n: v for n, v in said.items() if _plain(v) != _plain(before.get(n))}
        self._run(
            lambda: register_work.amend_item(self.desk, number, changed, reason),
            done, lambda error: refused([error]), label="正在修改",
        )  # fmt: skip

    # --- people and files ---

    def _people(self, number: str, reason: str) -> tuple[Booking, ...]:
        return registers.reveal_bookings(self.desk, number, reason)

    def _attach(self, number: str, path: Path) -> object:
        return attachments.attach_to_work(self.desk, number, path)


def _plain(value: Any) -> Any:
    """A value as it compares: a day is its ISO text, nothing is nothing, lists are tuples."""
    if isinstance(value, list | tuple):
        return tuple(_plain(each) for each in value)
    if value in (None, "", False):
        return ""
    return str(value)
