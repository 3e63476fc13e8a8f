"""Duties (责任事项): all that the office owes anybody for one matter, recomputed from what happened.

``duties_of`` is a pure function of the file, the rules and the calendar. Nothing is counted up or
stored as a counter: change a date in the history and the duties are what they should be. Whether
a duty is open or late depends on the day one looks, so that is asked separately (``state_of``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from . import four_haves
from .calendar import Calendar
from .clocks import acceptance_start, agreed, due_dates
from .matter import MatterFile
from .records import Office, Step
from .rules import RulePack

NOTICE_STEPS = ("accept", "forward", "redirect", "simple", "reply", "final")
"""Steps by which the petitioner is told in writing what becomes of the matter (art. 23)."""

NOTICE_FORMS = frozenset({"F06", "F07", "F08", "F09", "F20", "F21"})
"""Written notices that say the same when they are recorded by themselves (登记告知)."""

ANSWER_STEPS = ("send", "serve")
"""Steps by which the signed opinion leaves the house (§3 item 4: sent or handed over)."""

NOT_OURS = frozenset({"T1", "T2", "T3", "T4", "T5", "T6", "T8", "T9", "T10", "T11", "T12"})
"""End states in which no opinion of this office is owed."""


@dataclass(frozen=True, slots=True)
class DutyKind:
    """How a duty is spoken of: what to do, the verb of its button, and where that is done."""

    title: str
    verb: str
    target: str  # form:F07 | step:serve | have:答 | matter
    lapses: bool = False  # a right that lapses unused; never late


KINDS: dict[str, DutyKind] = {
    "notice": DutyKind("书面告知：是否受理、由谁办、怎么办", "制作告知书", "form:F07"),
    "answer": DutyKind("出具处理意见", "打开事项", "matter"),
    "simple_accept": DutyKind("简易办理：决定是否受理", "打开事项", "matter"),
    "simple_answer": DutyKind("简易办理：答复", "填写答复", "step:reply"),
    "object": DutyKind("提出异议（如认为不属本机关职权）", "甄别拟办", "step:object", lapses=True),
    "extend_notice": DutyKind("告知延期及理由", "制作延期告知书", "form:F16"),
    "serve": DutyKind("送达：处理意见书", "登记送达", "step:serve"),
    "haves.接": DutyKind("有访必接：接待并登记", "打开事项", "have:接"),
    "haves.答": DutyKind("有问必答：答复来访人的问题", "填写答复", "have:答"),
    "haves.释": DutyKind("有疑必释：说明政策依据", "填写解释", "have:释"),
    "haves.困": DutyKind("有困必解：问有没有困难，帮助转介", "填写帮扶", "have:困"),
    "assigned_report": DutyKind("报送办理结果", "打开事项", "step:note"),
    "promise": DutyKind("当面承诺", "记一笔", "step:fulfil"),
    "fulfil": DutyKind("落实", "登记落实", "step:fulfil"),
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


def duties_of(file: MatterFile, book: Rulebook, office: Office) -> tuple[Duty, ...]:
    """All duties of the matter, those done and those not owed included."""
    if file.matter.voided or file.matter.state in ("T12", "S00"):
        return ()
    owed = [duty for source in _SOURCES for duty in source(file, book, office)]
    return tuple(sorted(owed, key=lambda duty: (duty.due, duty.key)))


def receipt(file: MatterFile) -> date:
    """Day 0 of the notice clock: the receipt, or the newest one where a matter came back."""
    returned = file.last("return")
    return returned.on if returned else file.matter.received_on


def _owner(file: MatterFile) -> str:
    return file.matter.owner or file.matter.unit


def _notice(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    matter = file.matter
    duty = book.duty("notice", receipt(file), _owner(file))
    told = next(
        (
            s
            for s in file.all(*NOTICE_STEPS, "notify")
            if s.on >= duty.started_on
            and (s.action != "notify" or (s.data or {}).get("form") in NOTICE_FORMS)
        ),
        None,
    )
    imported = file.last("import")
    if told:
        yield replace(duty, done_on=told.on)
    elif imported and (imported.data or {}).get("notice_on"):
        yield replace(duty, done_on=date.fromisoformat(imported.data["notice_on"]))
    elif imported and (imported.data or {}).get("answered_on"):
        yield replace(duty, settled="unknown", note="台账里没有告知日期")
    elif matter.unreachable:
        yield replace(duty, settled="not_owed", note="姓名或地址不清，不需书面告知；登记和办理照常")
    elif matter.state in NOT_OURS:
        yield replace(duty, settled="not_owed")
    else:
        yield duty


def answer_start(file: MatterFile, book: Rulebook, office: Office) -> tuple[date, str]:
    """受理之日 (day 0 of the answer clock) and a word on where it comes from (art. 34, R23).

    The date of the acceptance notice, and never later than the end of the notice period.
    """
    received = receipt(file)
    if office.acceptance_from == "receipt":
        return received, "按收到之日计"
    notice_due = book.duty("notice", received, "").due
    accepted = file.last("accept", "simple")
    imported = file.last("import")
    if accepted:
        start = acceptance_start(received, accepted.on, notice_due)
        return start, "" if start == accepted.on else "逾期受理，按告知期限最后一日计"
    if imported:
        told = (imported.data or {}).get("notice_on")
        if not told:
            return received, "按收到之日计"
        return acceptance_start(received, date.fromisoformat(told), notice_due), "按告知日期计"
    return notice_due, "尚未受理，最迟从告知期限最后一日起计"


def _answer(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    matter = file.matter
    if matter.nature in ("suggestion", "accusation") or matter.sealed:
        return
    redone = file.last("reopen", "review_result")
    start, note = answer_start(file, book, office)
    simple = file.last("simple") and not file.last("convert")
    kind = "simple_answer" if simple else "answer"
    extended = sum(int(s.data["days"]) for s in file.all("extend")) if not simple else 0
    again = _orders_anew(redone) if redone else None
    first = book.duty(kind, start, _owner(file), extended=extended)
    first = replace(first, note=note)
    done = _answered(file, kind, until=redone if again else None)
    imported = file.last("import")
    if not done and imported and (imported.data or {}).get("answered_on"):
        done = date.fromisoformat(imported.data["answered_on"])
    if done:
        yield replace(first, done_on=done)
    elif matter.state in NOT_OURS:
        yield replace(first, settled="not_owed")
    else:
        yield first
    if again and redone:
        yield replace(
            _second_answer(file, book, redone),
            done_on=_answered(file, "answer", since=redone),
        )


def _orders_anew(step: Step) -> bool:
    if step.action == "reopen":
        return True
    return (step.data or {}).get("result") in ("revoked", "redo")


def _second_answer(file: MatterFile, book: Rulebook, redone: Step) -> Duty:
    """A new clock per the review opinion, or the rule's own length from the reopening."""
    days = (redone.data or {}).get("days")
    if days:
        rule = replace(book.rules["answer"], length=int(days))
        due_raw, due, provisional = due_dates(rule, redone.on, book.calendar, 0)
        base = book.duty("answer", redone.on, _owner(file), key="answer:again")
        return replace(
            base, due_raw=due_raw, due=due, provisional=provisional, note="按复查意见的期限"
        )
    return book.duty("answer", redone.on, _owner(file), key="answer:again")


def _answered(
    file: MatterFile, kind: str, *, since: Step | None = None, until: Step | None = None
) -> date | None:
    steps = ("reply", *ANSWER_STEPS) if kind == "simple_answer" else ANSWER_STEPS
    order = list(file.steps)
    low = order.index(since) if since else -1
    high = order.index(until) if until else len(order)
    return next((s.on for s in file.all(*steps) if low < order.index(s) < high), None)


def _object(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    if file.matter.origin == "self":
        return
    duty = book.duty("object", receipt(file), _owner(file))
    objected = file.last("object")
    decided = file.last(*NOTICE_STEPS)
    if objected:
        yield replace(duty, done_on=objected.on)
    elif decided or file.last("start"):
        yield replace(duty, settled="not_owed")
    else:
        yield duty


def _extension_notices(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    for number, step in enumerate(file.all("extend"), start=1):
        duty = book.duty("extend_notice", step.on, _owner(file), key=f"extend_notice:{number}")
        told = next(
            (
                s.on
                for s in file.all("notify")
                if (s.data or {}).get("form") == "F16" and s.on >= step.on
            ),
            None,
        )
        printed = next(
            (d.at.date() for d in file.documents if d.form == "F16" and d.at.date() >= step.on),
            None,
        )
        yield replace(duty, done_on=told or printed)


def _serve(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    signed = file.last("sign")
    if not signed:
        return
    order = list(file.steps)
    served = next((s.on for s in file.all("serve") if order.index(s) > order.index(signed)), None)
    yield replace(book.duty("serve", signed.on, _owner(file)), done_on=served)


def _haves(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    for intake in file.intakes:
        if not four_haves.owed_for(intake):
            continue
        for have in four_haves.read(file, intake):
            kind = f"haves.{have.kind}"
            key = f"{kind}:{intake.id}"
            owner = have.by or _owner(file)
            duty = book.duty(kind, intake.received_on, owner, key=key, intake=intake.id)
            if have.promised_on:
                agreed = book.agreed(kind, intake.received_on, have.promised_on, owner, key=key)
                duty = replace(agreed, intake=intake.id, note="当面约定")
            yield replace(duty, done_on=have.done_on)


def _reports(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    matter = file.matter
    reported = [s for s in file.all("note") if (s.data or {}).get("record") == "report"]
    if matter.report_due:
        owed = book.agreed(
            "assigned_report", receipt(file), matter.report_due, _owner(file),
            key="assigned_report", title="向交办机关报送办结报告",
        )  # fmt: skip
        yield replace(owed, done_on=reported[0].on if reported else None)
    for number, step in enumerate(file.all("assign", "forward"), start=1):
        data = step.data or {}
        due = data.get("due") or data.get("report_due")
        if not due:
            continue
        owed = book.agreed(
            "assigned_report", step.on, date.fromisoformat(due), data.get("unit", ""),
            key=f"assigned_report:{number}", title=f"{data.get('unit', '承办单位')}报回办理结果",
        )  # fmt: skip
        yield replace(owed, done_on=next((s.on for s in reported if s.at >= step.at), None))


def _promises(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    kept = {(s.data or {}).get("task"): s.on for s in file.all("fulfil")}
    for number, step in enumerate(file.all("promise"), start=1):
        data = step.data or {}
        key = f"promise:{number}"
        duty = book.agreed(
            "promise", step.on, date.fromisoformat(data["due"]), _owner(file),
            key=key, title=f"当面承诺：{data['what']}",
        )  # fmt: skip
        yield replace(duty, done_on=kept.get(key), note="当面约定")
    number = 0
    for step in file.all("follow"):
        for task in (step.data or {}).get("tasks", ()):
            number += 1
            key = f"fulfil:{number}"
            duty = book.agreed(
                "fulfil", step.on, date.fromisoformat(task["due"]), task.get("unit", ""),
                key=key, title=f"落实：{task['what']}",
            )  # fmt: skip
            yield replace(duty, done_on=kept.get(key))


_SOURCES: tuple[Callable[[MatterFile, Rulebook, Office], Iterator[Duty]], ...] = (
    _notice, _answer, _object, _extension_notices, _serve, _haves, _reports, _promises,
)  # fmt: skip
