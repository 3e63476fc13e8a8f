"""Duties of a mediation (责任事项): recomputed from what happened, as a matter's are.

They are the committee's own and stand beside the clocks of a petition matter; neither moves the
other. To go to court together is the sides' right: unused it lapses, and is never late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .case_records import CaseStep
from .cases import MediationFile
from .duty import Duty, Rulebook
from .mediation_reading import day_of, effective_on, items, masked, said
from .mediation_states import ENDED

_SETTLING = frozenset({"agreed", *ENDED})
"""States by which the month of mediating ends."""


def duties_of_mediation(file: MediationFile, book: Rulebook) -> tuple[Duty, ...]:
    """All duties of the mediation, those done and those not owed included."""
    if file.voided or file.state == "void":
        return ()
    agreement = file.last("agreement")
    owed = [*_mediating(file, book)]
    if agreement:
        owed += _performing(file, book, agreement)
        owed.append(_confirmation(file, book, agreement))
        owed += _follow_up(file, book, agreement)
    return tuple(sorted(owed, key=lambda duty: (duty.due, duty.key)))


def confirmation_due(file: MediationFile, book: Rulebook) -> date | None:
    """The last day to ask the court together (art. 33), rolled; None without an agreement."""
    agreement = file.last("agreement")
    return _confirmation(file, book, agreement).due if agreement else None


def _owner(file: MediationFile) -> str:
    return next(iter(file.mediation.mediators), "") or file.mediation.recorder


def _mediating(file: MediationFile, book: Rulebook) -> Iterator[Duty]:
    """A month for each acceptance (a refused mediation may be accepted again)."""
    steps = [step for step in file.steps if not step.voided]
    places = [place for place, step in enumerate(steps) if step.action == "accept"]
    for number, place in enumerate(places, 1):
        key = "mediation" if number == 1 else f"mediation:{number}"
        duty = book.duty("mediation", steps[place].on, _owner(file), key=key)
        ended = next((s.on for s in steps[place + 1 :] if s.to_state in _SETTLING), None)
        yield replace(duty, done_on=ended)


def _performing(file: MediationFile, book: Rulebook, agreement: CaseStep) -> Iterator[Duty]:
    """One for each thing that was promised for a day (art. 31)."""
    start = effective_on(agreement)
    for item in items(file):
        if item.due is None:
            continue
        duty = book.agreed(
            "perform", min(start, item.due), item.due, _owner(file), key=f"perform:{item.no}",
            title=f"督促履行第 {item.no} 项：{_short(masked(file, item.what))}",
        )  # fmt: skip
        if item.done:
            yield replace(duty, done_on=item.done.on)
        elif file.state == "filed":
            yield replace(duty, settled="not_owed", note="已立卷")
        else:
            yield duty


def _short(text: str, most: int = 30) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _confirmation(file: MediationFile, book: Rulebook, agreement: CaseStep) -> Duty:
    duty = book.duty("judicial_confirmation", effective_on(agreement), _owner(file))
    if said(agreement).get("about_status"):
        return replace(duty, settled="not_owed", note="涉及身份关系，不能申请司法确认")
    applied = (day_of(said(step), "applied_on") or step.on for step in file.all("court"))
    in_time = next((day for day in applied if day <= duty.due), None)
    return replace(duty, done_on=in_time)


def _follow_up(file: MediationFile, book: Rulebook, agreement: CaseStep) -> Iterator[Duty]:
    """Thirty days after the last performance; after the agreement where no day was set.

    While something is promised for a day that has not been recorded as done, ``perform`` stands
    for it and nothing is to be looked at yet.
    """
    promised = items(file)
    if any(item.due and item.done is None for item in promised):
        return
    done = [item.done for item in promised if item.done]
    anchor = max(done, key=lambda step: (step.on, step.at), default=agreement)
    start = anchor.on if done else effective_on(agreement)
    duty = book.duty("follow_up", start, _owner(file))
    looked = next((s.on for s in file.all("follow") if (s.at, s.id) > (anchor.at, anchor.id)), None)
    if looked is None and file.state == "filed":
        yield replace(duty, settled="not_owed", note="已立卷")
    else:
        yield replace(duty, done_on=looked)
