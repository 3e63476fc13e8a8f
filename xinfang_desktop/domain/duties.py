"""Duties (责任事项): all that the office owes anybody for one matter, recomputed from what happened.

``duties_of`` is a pure function of the file, the rules and the calendar. Nothing is counted up or
stored as a counter: change a date in the history and the duties are what they should be. Whether
a duty is open or late depends on the day one looks, so that is asked separately (``state_of``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import four_haves, responsibility_duties, sealed_duties
from .clocks import acceptance_start, due_dates
from .duty import Duty, DutySource, Rulebook, owner_of
from .history import ROWS_OWED
from .matter import MatterFile
from .records import Office, Step
from .sealing import is_stub
from .states import STATES
from .vocabulary import REWORK

NOTICE_STEPS = ("accept", "forward", "redirect", "simple", "reply", "final")
"""Steps by which the petitioner is told in writing what becomes of the matter (art. 23)."""

NOTICE_PAPERS = frozenset({"F06", "F07", "F08", "F09", "F20", "F21"})
"""Papers that tell it; to record that one was handed over fulfils the duty as well."""

NOTICE_FORMS = frozenset({"F06", "F07", "F08", "F09", "F20", "F21"})
"""Written notices that say the same when they are recorded by themselves (登记告知)."""

ANSWER_STEPS = ("send", "serve")
"""Steps by which the signed opinion leaves the house (§3 item 4: sent or handed over)."""

NOT_OURS = frozenset({"T1", "T2", "T3", "T4", "T5", "T6", "T8", "T9", "T10", "T11", "T12"})
"""End states in which no opinion of this office is owed."""


def duties_of(file: MatterFile, book: Rulebook, office: Office) -> tuple[Duty, ...]:
    """All duties of the matter, those done and those not owed included.

    What is owed for a sealed matter follows from its content, not from the stub of it.
    """
    if file.matter.voided or file.matter.state in ("T12", "S00") or is_stub(file.matter):
        return ()
    owed = [duty for source in _SOURCES for duty in source(file, book, office)]
    return tuple(sorted(owed, key=lambda duty: (duty.due, duty.key)))


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece of the course: the step that begins it (None for the registration), and its steps."""

    begin: Step | None
    steps: tuple[Step, ...]
    last: bool

    def first(self, *actions: str) -> Step | None:
        return next((step for step in self.steps if step.action in actions), None)


def _spans(file: MatterFile, begins: Callable[[Step], bool]) -> list[_Span]:
    """The course, cut before every step that begins a clock anew."""
    cuts: list[tuple[Step | None, list[Step]]] = [(None, [])]
    for step in file.steps:
        if step.voided:
            continue
        if begins(step):
            cuts.append((step, []))
        cuts[-1][1].append(step)
    return [
        _Span(begin, tuple(steps), number == len(cuts))
        for number, (begin, steps) in enumerate(cuts, start=1)
    ]


def _key(kind: str, number: int) -> str:
    return kind if number == 1 else f"{kind}:{number}"


def receipt(file: MatterFile) -> date:
    """Day 0 of the notice clock: the receipt, or the newest one where a matter came back."""
    returned = file.last("return")
    return returned.on if returned else file.matter.received_on


def _is_return(step: Step) -> bool:
    return step.action == "return"


def _notice(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """One for each receipt: the first, and each return of a matter that had been forwarded."""
    for number, span in enumerate(_spans(file, _is_return), start=1):
        start = span.begin.on if span.begin else file.matter.received_on
        duty = book.duty("notice", start, owner_of(file), key=_key("notice", number))
        told = next((step.on for step in span.steps if _tells(step)), None)
        yield replace(duty, done_on=told) if told else _untold(duty, file, span)


def _tells(step: Step) -> bool:
    data = step.data or {}
    return step.action in NOTICE_STEPS or (
        step.action == "notify" and data.get("form") in NOTICE_PAPERS
    )


def _untold(duty: Duty, file: MatterFile, span: _Span) -> Duty:
    matter, imported = file.matter, span.first("import")
    said = (imported.data or {}) if imported else {}
    if said.get("notice_on"):
        return replace(duty, done_on=date.fromisoformat(said["notice_on"]))
    if said.get("answered_on"):
        return replace(duty, settled="unknown", note="台账里没有告知日期")
    if matter.unreachable:
        return replace(
            duty, settled="not_owed", note="姓名或地址不清，不需书面告知；登记和办理照常"
        )
    return replace(duty, settled="not_owed") if matter.state in NOT_OURS else duty


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


def _orders_anew(step: Step) -> bool:
    """A promise not kept (reopen), or a review that sends the matter back (art. 35, 36)."""
    return step.action == "reopen" or (
        step.action == "review_result" and (step.data or {}).get("result") in REWORK
    )


_NO_PERIOD = {
    "suggestion": "建议意见不适用办结期限，研究后答复（第二十九条）",
    "accusation": "检举控告按照纪律检查工作规定的期限办理（第三十条）",
}
"""Natures that the sixty days are not of (art. 34 is for 31(6) alone), and the words for it."""


def _answer(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """One for each time the matter was handled. An extension lengthens only the clock it was
    approved in: one before a 重新办理 does not lengthen what follows."""
    matter = file.matter
    nature = "accusation" if matter.sealed else matter.nature
    if nature in _NO_PERIOD:
        duty, _ = _first_answer(file, book, office, _Span(None, (), last=True))
        yield replace(duty, settled="not_owed", note=_NO_PERIOD[nature])
        return
    for number, span in enumerate(_spans(file, _orders_anew), start=1):
        if span.begin is None:
            duty, done = _first_answer(file, book, office, span)
        else:
            duty = _next_answer(file, book, span.begin, span, number)
            done = _answered(span, "answer")
        if done:
            yield replace(duty, done_on=done)
        elif span.last and matter.state in NOT_OURS:
            yield replace(duty, settled="not_owed")
        else:
            yield duty


def _first_answer(
    file: MatterFile, book: Rulebook, office: Office, span: _Span
) -> tuple[Duty, date | None]:
    start, note = answer_start(file, book, office)
    simple = span.first("simple") and not span.first("convert")
    kind = "simple_answer" if simple else "answer"
    extended = 0 if simple else _extension(span)
    duty = replace(book.duty(kind, start, owner_of(file), extended=extended), note=note)
    done, imported = _answered(span, kind), span.first("import")
    if not done and imported and (imported.data or {}).get("answered_on"):
        done = date.fromisoformat(imported.data["answered_on"])
    return duty, done


def _next_answer(file: MatterFile, book: Rulebook, begin: Step, span: _Span, number: int) -> Duty:
    """A new clock per the review opinion, or the rule's own length from the reopening."""
    key, extended = _key("answer", number), _extension(span)
    duty = book.duty("answer", begin.on, owner_of(file), key=key, extended=extended)
    days = (begin.data or {}).get("days")
    if not days:
        return duty
    rule = replace(book.rules["answer"], length=int(days))
    due_raw, due, provisional = due_dates(rule, begin.on, book.calendar, extended)
    words = f"按复查意见的期限 {days} 日" + (f"，延期 {extended} 日" if extended else "")
    return replace(duty, due_raw=due_raw, due=due, provisional=provisional, given=True, note=words)


def _extension(span: _Span) -> int:
    return sum(int(step.data["days"]) for step in span.steps if step.action == "extend")


def _answered(span: _Span, kind: str) -> date | None:
    steps = ("reply", *ANSWER_STEPS) if kind == "simple_answer" else ANSWER_STEPS
    found = span.first(*steps)
    return found.on if found else None


def _simple(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """Who chooses the simple procedure owes its decision within three working days."""
    chosen = file.last("simple")
    if chosen:
        yield replace(book.duty("simple_accept", receipt(file), owner_of(file)), done_on=chosen.on)


def _supplements(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """A reminder to look again: the clocks run while the petitioner is asked for papers."""
    for number, span in enumerate(_spans(file, lambda step: step.action == "supplement")):
        if span.begin is None:
            continue
        duty = book.duty(
            "supplement", span.begin.on, owner_of(file), key=_key("supplement", number)
        )
        supplied = span.first("supplied")
        if supplied:
            yield replace(duty, done_on=supplied.on)
        elif file.matter.state != "S15":
            yield replace(duty, settled="not_owed")
        else:
            yield duty


def _object(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    if file.matter.origin == "self":
        return
    duty = book.duty("object", receipt(file), owner_of(file))
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
        duty = book.duty("extend_notice", step.on, owner_of(file), key=f"extend_notice:{number}")
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
    """Each signed opinion is to be handed over."""
    for number, span in enumerate(_spans(file, lambda step: step.action == "sign")):
        if span.begin is None:
            continue
        duty = book.duty("serve", span.begin.on, owner_of(file), key=_key("serve", number))
        served = span.first("serve")
        if served:
            yield replace(duty, done_on=served.on)
        elif file.matter.state in NOT_OURS:
            yield replace(duty, settled="not_owed")
        else:
            yield duty


def _haves(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    for intake in file.intakes:
        if not four_haves.owed_for(intake):
            continue
        for have in four_haves.read(file, intake):
            kind = f"haves.{have.kind}"
            key = f"{kind}:{intake.id}"
            owner = have.by or owner_of(file)
            duty = book.duty(kind, intake.received_on, owner, key=key, intake=intake.id)
            if have.promised_on:
                agreed = book.agreed(kind, intake.received_on, have.promised_on, owner, key=key)
                duty = replace(agreed, intake=intake.id, note="当面约定")
            yield replace(duty, done_on=have.done_on)


def _reports(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """What was ordered with a day: our report to who sent the matter, and those of our units.

    Each report on file settles one of them: of those that had begun, the one due first, a unit's
    before our own.
    """
    owed: list[tuple[int, Duty]] = []
    order = [step for step in file.steps if not step.voided]
    number = 0
    for place, step in enumerate(order):
        data = step.data or {}
        due = data.get("due") or data.get("report_due")
        if step.action not in ("assign", "forward"):
            continue
        number += 1
        if due:
            duty = book.agreed(
                "assigned_report", step.on, date.fromisoformat(due), data.get("unit", ""),
                key=f"assigned_report:{number}",
                title=f"{data.get('unit') or '承办单位'}报回办理结果",
            )  # fmt: skip
            owed.append((place, replace(duty, settled=_no_report(file, step, order[place:]))))
    if file.matter.report_due:
        own = book.agreed(
            "assigned_report", file.matter.received_on, file.matter.report_due, owner_of(file),
            key="assigned_report", title="向交办机关报送办结报告",
        )  # fmt: skip
        owed.append((-1, own))
    for place, step in enumerate(order):
        said = (step.data or {}).get("record")
        if step.action != "feedback" and (step.action, said) != ("note", "report"):
            continue
        waiting = [
            (duty.due, began < 0, at)
            for at, (began, duty) in enumerate(owed)
            if began < place and not duty.done_on
        ]
        if waiting:
            at = min(waiting)[2]
            owed[at] = (owed[at][0], replace(owed[at][1], done_on=step.on, settled=""))
    yield from (duty for _, duty in owed)


def _no_report(file: MatterFile, ordered: Step, later: Sequence[Step]) -> str:
    """A unit's report lapses when the matter came back from it, or ended here without it."""
    if ordered.action == "forward":
        return "not_owed" if any(_is_return(step) for step in later) else ""
    return "" if _open(file) else "not_owed"


def _promises(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    for number, step in enumerate(file.all("promise"), start=1):
        data = step.data or {}
        key = f"promise:{number}"
        duty = book.agreed(
            "promise", step.on, date.fromisoformat(data["due"]), owner_of(file),
            key=key, title=f"当面承诺：{data['what']}",
        )  # fmt: skip
        yield replace(duty, done_on=_kept(file, key), note="当面约定")


_ROW_WORDS = {"fulfil": "落实", "plan": "办理计划", "meeting": "会议分工"}


def _rows_owed(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """Each row of what was to be carried out, planned, or divided up at a meeting."""
    for action, kind in ROWS_OWED.items():
        number = 0
        for step in file.all(action):
            for task in (step.data or {}).get("tasks", ()):
                number += 1
                key = f"{kind}:{number}"
                duty = book.agreed(
                    kind, step.on, date.fromisoformat(task["due"]), task.get("unit", ""),
                    key=key, title=f"{_ROW_WORDS[kind]}：{task['what']}",
                )  # fmt: skip
                done = _kept(file, key)
                lapsed = kind != "fulfil" and not done and not _open(file)
                yield replace(duty, done_on=done, settled="not_owed" if lapsed else "")


def _open(file: MatterFile) -> bool:
    now = STATES.get(file.matter.state)
    return now is None or now.open


def _kept(file: MatterFile, key: str) -> date | None:
    """The day the task or promise was first recorded as done."""
    done = (step.on for step in file.all("fulfil") if (step.data or {}).get("task") == key)
    return next(done, None)


_SOURCES: tuple[DutySource, ...] = (
    _notice, _supplements, _simple, _answer, _object, _extension_notices, _serve, _haves,
    _reports, _promises, _rows_owed, *responsibility_duties.SOURCES,
    *sealed_duties.SOURCES,
)  # fmt: skip
