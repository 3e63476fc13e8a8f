"""Duties of disputes and village notes (责任事项): recomputed from what happened, as a matter's are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .case_records import CaseStep
from .cases import DisputeFile, NoteFile
from .dispute_course import since_reopened
from .dispute_states import UNSETTLED
from .duty import Duty, Rulebook


def duties_of_dispute(file: DisputeFile, book: Rulebook) -> tuple[Duty, ...]:
    """What is owed for a dispute: to settle it by the day that was set, then to look again."""
    if file.voided or file.state == "void":
        return ()
    return tuple(_settle(file, book)) + tuple(_follow_ups(file, book))


def _settle(file: DisputeFile, book: Rulebook) -> Iterator[Duty]:
    """One, by the day that is in force now; it ends with the settlement or the handing over."""
    dispute = file.dispute
    if dispute.due is None:
        return
    assigned = [step for step in since_reopened(file) if step.action == "assign"]
    started = assigned[-1].on if assigned else dispute.found_on
    duty = book.agreed(
        "settle", min(started, dispute.due), dispute.due, dispute.person or dispute.unit,
        key="settle", title=f"化解：{dispute.summary}",
    )  # fmt: skip
    done = next((step.on for step in since_reopened(file) if step.action == "settle"), None)
    if done or dispute.settled_on:
        yield replace(duty, done_on=done or dispute.settled_on)
    elif file.state in UNSETTLED:
        yield duty
    elif dispute.batch and not file.steps:
        yield replace(duty, settled="unknown", note="台账里没有化解日期")
    else:
        yield replace(duty, settled="not_owed", note="已转别的途径")


def _follow_ups(file: DisputeFile, book: Rulebook) -> Iterator[Duty]:
    """Each settlement is looked at again after thirty days; a recurrence ends that waiting."""
    steps = [step for step in file.steps if not step.voided]
    for number, (place, step) in enumerate(
        ((n, s) for n, s in enumerate(steps) if s.action == "settle"), start=1
    ):
        duty = book.duty(
            "follow_up", step.on, file.dispute.person or file.dispute.unit,
            key="follow_up" if number == 1 else f"follow_up:{number}",
        )  # fmt: skip
        later = _first(steps[place + 1 :], "follow", "reopen")
        if later is None:
            yield duty
        elif later.action == "follow":
            yield replace(duty, done_on=later.on)
        else:
            yield replace(duty, settled="not_owed", note="又起纠纷，已重开")


def _first(steps: list[CaseStep], *actions: str) -> CaseStep | None:
    return next((step for step in steps if step.action in actions), None)


def duties_of_note(file: NoteFile, book: Rulebook) -> tuple[Duty, ...]:
    """Each promise that was written down is a duty until it was recorded as kept."""
    if file.note.voided:
        return ()
    kept = {str((step.data or {}).get("task")): step.on for step in file.all("fulfil")}
    owed = []
    for number, promise in enumerate(file.note.promises or (), start=1):
        key = f"promise:{number}"
        duty = book.agreed(
            "promise", file.note.on, date.fromisoformat(promise["due"]),
            promise.get("by") or file.note.by, key=key, title=f"承诺：{promise['what']}",
        )  # fmt: skip
        owed.append(replace(duty, done_on=kept.get(key), note="当面约定"))
    return tuple(owed)
