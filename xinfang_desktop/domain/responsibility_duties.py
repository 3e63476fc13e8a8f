"""What responsibility makes us owe (责任): a leader's matter, the reply to a reminder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .duty import Duty, DutySource, Rulebook
from .history import data_of
from .matter import MatterFile
from .records import Office
from .states import STATES


def _led(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """The last leader's card is owed until it is said to be finished, or the matter has ended."""
    card = file.last("lead")
    if card is None:
        return
    said = data_of(card)
    duty = book.agreed(
        "lead", card.on, date.fromisoformat(said["due"]), said["leader"], key="lead",
        title=f"包案办理（{said['leader']}）",
    )  # fmt: skip
    done = next(
        (s.on for s in file.all("lead_progress") if s.at >= card.at and data_of(s).get("finished")),
        None,
    )
    now = STATES.get(file.matter.state)
    ended = now is not None and not now.open
    yield replace(duty, done_on=done, settled="not_owed" if ended and not done else "")


def _reminded(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    """Each reminder (督办) asks for a reply by its day."""
    answered = {
        data_of(step).get("no"): step.on for step in reversed(list(file.all("supervise_reply")))
    }
    for step in file.all("supervise"):
        said = data_of(step)
        duty = book.agreed(
            "supervise", step.on, date.fromisoformat(said["due"]), said["unit"],
            key=f"supervise:{said['no']}", title=f"第 {said['no']} 次督办：{said['unit']}反馈",
        )  # fmt: skip
        yield replace(duty, done_on=answered.get(said["no"]))


SOURCES: tuple[DutySource, ...] = (_led, _reminded)
