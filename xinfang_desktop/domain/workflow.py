"""The state machine of a matter (信访事项流转): its course, as every service asks it."""

from __future__ import annotations

from . import permissions
from .articles import article
from .course import Course, Decision, Offer
from .errors import RuleViolation
from .guards import Action
from .matter import MatterFile, Surroundings
from .states import STATES
from .transitions import ACTIONS

__all__ = ["ACTIONS", "MATTERS", "Action", "Decision", "Offer", "decide", "offers", "problems"]


def _sealed(file: MatterFile, around: Surroundings) -> RuleViolation | None:
    if not file.matter.sealed or permissions.sees_sealed(around.roles):
        return None
    return RuleViolation(
        "sealed",
        "这是密件，只有涉密举报件专办员可以办理。",
        mend="请转告专办员。",
        article=article(30),
    )


MATTERS: Course[MatterFile] = Course(
    noun="事项", actions=ACTIONS, states=STATES, void="T12", beginning="收到之日", bar=_sealed
)

offers, problems, decide = MATTERS.offers, MATTERS.problems, MATTERS.decide
