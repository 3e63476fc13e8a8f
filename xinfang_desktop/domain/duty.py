"""One duty (责任事项): what kinds there are, what one holds, and what due dates are computed with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .calendar import Calendar
from .clocks import agreed, due_dates
from .matter import MatterFile
from .records import Office
from .rules import RulePack


@dataclass(frozen=True, slots=True)
class DutyKind:
    """How a duty is spoken of: what to do, the verb of its button, and where that is done."""

    title: str
    verb: str
    target: str  # form:F07 | step:serve | have:答 | matter
    lapses: bool = False  # a right that lapses unused; never late


KINDS: dict[str, DutyKind] = {
    "notice": DutyKind("书面告知：是否受理、由谁办、怎么办", "甄别受理", "matter"),
    "answer": DutyKind("出具处理意见", "打开事项", "matter"),
    "supplement": DutyKind("回头看：补充材料到了没有", "登记收到补正", "step:supplied"),
    "simple_accept": DutyKind("简易办理：决定是否受理", "打开事项", "matter"),
    "simple_answer": DutyKind("简易办理：答复", "填写答复", "step:reply"),
    "object": DutyKind("提出异议（如认为不属本机关职权）", "甄别拟办", "step:object", lapses=True),
    "extend_notice": DutyKind("告知延期及理由", "制作延期告知", "form:F16"),
    "serve": DutyKind("送达：处理意见书", "登记送达", "step:serve"),
    "haves.接": DutyKind("有访必接：接待并登记", "打开事项", "have:接"),
    "haves.答": DutyKind("有问必答：答复来访人的问题", "填写答复", "have:答"),
    "haves.释": DutyKind("有疑必释：说明政策依据", "填写解释", "have:释"),
    "haves.困": DutyKind("有困必解：问有没有困难，帮助转介", "填写帮扶", "have:困"),
    "assigned_report": DutyKind("报送办理结果", "打开事项", "step:note"),
    "promise": DutyKind("当面承诺", "记一笔", "step:fulfil"),
    "fulfil": DutyKind("落实", "登记落实", "step:fulfil"),
    "plan": DutyKind("办理计划", "登记落实", "step:fulfil"),
    "meeting": DutyKind("会议分工", "登记落实", "step:fulfil"),
    "lead": DutyKind("包案办理", "记包案进展", "step:lead_progress"),
    "supervise": DutyKind("督办反馈", "登记督办反馈", "step:supervise_reply"),
    "real_name_reply": DutyKind("答复实名检举控告人", "登记告知", "step:notify"),
    "screening_return": DutyKind("报送排查情况（没有新增也要报零报告）", "填报", "return"),
    "settle": DutyKind("化解纠纷", "打开纠纷", "step:settle"),
    "follow_up": DutyKind("回访：看化解是否管用", "登记回访", "step:follow"),
    "mediation": DutyKind("人民调解：一个月内调解完", "打开调解", "step:session"),
    "perform": DutyKind("督促履行调解协议", "登记履行", "step:performance"),
    "work": DutyKind("工作台账", "打开台账", "work"),
    "work_report": DutyKind("报送紧急情况", "登记报送", "step:send"),
    "work_task": DutyKind("落实议定的任务", "登记落实", "step:task_done"),
    "judicial_confirmation": DutyKind(
        "告诉双方：可以共同申请司法确认", "登记司法确认", "step:court", lapses=True
    ),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed. ``due_raw`` is None for working-day rules; ``due`` is the rolled date.

    ``settled`` is "" (owed), "not_owed" or "unknown" (an imported row that does not say).
    """

    key: str  # unique within the matter, e.g. "haves.答:<intake>"
    kind: str
    title: str
    owner: str
    started_on: date
    due_raw: date | None
    due: date
    article: str
    provisional: bool = False
    done_on: date | None = None
    settled: str = ""
    rule: str = ""
    extended: int = 0
    intake: str = ""
    given: bool = False  # the due date was agreed or ordered, not computed
    note: str = ""

    def state_of(self, today: date, *, late_after: str = "rolled") -> str:
        """``open overdue done done_late not_owed unknown`` as seen on ``today``.

        Late is after the rolled date, or after the raw one where the office counts so
        (口径: 节假日顺延 | 自然日不顺延).
        """
        if self.settled:
            return self.settled
        limit = self.due_raw if late_after == "raw" and self.due_raw else self.due
        if self.done_on:
            return "done_late" if self.done_on > limit else "done"
        if today > limit:
            return "not_owed" if KINDS[self.kind].lapses else "overdue"
        return "open"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What duties are computed with: the rule pack in force here, and the calendar."""

    rules: RulePack
    calendar: Calendar

    def duty(
        self,
        kind: str,
        start: date,
        owner: str,
        *,
        key: str = "",
        extended: int = 0,
        intake: str = "",
    ) -> Duty:
        """A fresh, open duty of ``kind`` whose clock starts on ``start`` (day 0)."""
        rule = self.rules[kind]
        due_raw, due, provisional = due_dates(rule, start, self.calendar, extended)
        return Duty(
            key=key or kind, kind=kind, title=KINDS[kind].title, owner=owner, started_on=start,
            due_raw=due_raw, due=due, provisional=provisional, article=rule.article, rule=kind,
            extended=extended, intake=intake,
        )  # fmt: skip

    def agreed(
        self, kind: str, start: date, due: date, owner: str, *, key: str, title: str = ""
    ) -> Duty:
        """A duty whose day was agreed or ordered (约定、交办): it is not rolled."""
        rule = self.rules[kind]
        day = agreed(rule, start, due, self.calendar)
        return Duty(
            key=key, kind=kind, title=title or KINDS[kind].title, owner=owner, started_on=start,
            due_raw=day.due_raw, due=day.due, article=rule.article, rule=kind, given=True,
            provisional=day.provisional,
        )  # fmt: skip


DutySource = Callable[[MatterFile, Rulebook, Office], Iterator[Duty]]
"""What one thing that happens to a matter makes the office owe."""


def owner_of(file: MatterFile) -> str:
    """Whose the duties of a matter are: its handler's, its unit's, else the first receiver's.

    首问负责: who received it keeps it until somebody else accepts it.
    """
    first = file.first_intake
    return file.matter.owner or file.matter.unit or (first.registered_by if first else "")
