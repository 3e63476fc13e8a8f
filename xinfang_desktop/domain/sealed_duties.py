"""What is owed for a sealed matter once it was passed on: an answer to who accused by name.

Whoever signs an accusation with a real name is told where it went and what came of it. The law
leaves the day to the organs; ours is a rule of the office, which a local pack may shorten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .duty import Duty, DutySource, Rulebook, owner_of
from .matter import MatterFile
from .records import Office

TELLS = ("notify", "withdraw")
"""Steps by which the answer is given, or no longer wanted."""


def _real_name(file: MatterFile, book: Rulebook, office: Office) -> Iterator[Duty]:
    sent, person = file.last("seal"), file.petitioner
    if sent is None or person is None or not person.name or file.matter.anonymous:
        return
    told = [step for step in file.all(*TELLS) if (step.at, step.id) > (sent.at, sent.id)]
    duty = book.duty("real_name_reply", sent.on, owner_of(file))
    yield replace(duty, done_on=told[0].on) if told else duty


SOURCES: tuple[DutySource, ...] = (_real_name,)
