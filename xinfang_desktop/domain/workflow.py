"""The state machine of a matter (信访事项流转): its course, as every service asks it."""

from __future__ import annotations

from . import permissions
from .course import Course, Decision, Offer
from .errors import RuleViolation
from .guards import Action
from .matter import MatterFile, Surroundings
from .sealing import is_stub, shut
from .states import STATES
from .transitions import ACTIONS

__all__ = ["ACTIONS", "MATTERS", "Action", "Decision", "Offer", "decide", "offers", "problems"]


def _sealed(file: MatterFile, around: Surroundings) -> RuleViolation | None:
    matter = file.matter
    if is_stub(matter) or (matter.sealed and not permissions.sees_sealed(around.roles)):
        return shut()
    return None


MATTERS: Course[MatterFile] = Course(
    noun="事项", actions=ACTIONS, states=STATES, void="T12", beginning="收到之日", bar=_sealed
)

offers, problems, decide = MATTERS.offers, MATTERS.problems, MATTERS.decide
