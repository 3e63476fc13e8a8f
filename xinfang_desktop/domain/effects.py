"""What a step does besides its form (结果): where it leads, what it fills in, marks and changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .guards import Asked
from .history import came_from
from .sorting_guards import objection_late
from .vocabulary import REWORK

Values = Mapping[str, Any]

# --- where to -----------------------------------------------------------------------------

_KINDS: Mapping[str, str] = {"organ": "T3", "legal_route": "T4", "judicial": "T6"}


def back(asked: Asked) -> str:
    """To the state the matter came from (补正、退回、撤销并案)."""
    return came_from(asked.file)


def by_kind(asked: Asked) -> str:
    """告知去向: by the kind of destination."""
    return _KINDS[asked.data["kind"]]


def replied(asked: Asked) -> str:
    """A reply ends a suggestion; a simple matter counts as answered and served."""
    return "T7" if asked.file.matter.state == "S20" else "S65"


def which_review(asked: Asked) -> str:
    """A request after the result of a first review is one for 复核 (art. 36)."""
    last = asked.file.last("review_result", "serve", "reply")
    return "S85" if last is not None and last.action == "review_result" else "S80"


def after_review(asked: Asked) -> str:
    """Back to handling where the superior says so; 复核 ends the matter (art. 35, 36)."""
    result = asked.data["result"]
    if result in REWORK:
        return "S40"
    if asked.file.matter.state == "S80":
        return "S85" if asked.data.get("further") else "S75"
    return "S75" if result in {"rejected", "ended"} else "S88"


# --- what was left blank ------------------------------------------------------------------


def handler_is_actor(asked: Asked) -> Values:
    """Who claims a matter handles it."""
    return {"handler": asked.around.actor}


def drafter_is_actor(asked: Asked) -> Values:
    """Who writes the draft down drafted it."""
    return {"drafter": asked.around.actor}


def first_contact(asked: Asked) -> Values:
    """The handler made the first contact."""
    return {"person": asked.file.matter.owner or asked.around.actor}


def office_review_organ(asked: Asked) -> Values:
    """The review organ of the office's settings, named in every opinion (art. 35)."""
    return {"review_organ": asked.around.office.review_organ}


def office_organ(asked: Asked) -> Values:
    """The organ that reviews, from the office's settings."""
    return {"organ": asked.around.office.review_organ}


# --- what the program marks ---------------------------------------------------------------


def late_acceptance(asked: Asked) -> Values:
    """逾期受理: accepted after the notice period; the answer's clock starts with its last day."""
    due = asked.around.notice_due
    return {"late": True} if due is not None and asked.on > due else {}


def late_objection(asked: Asked) -> Values:
    """逾期异议: after the five working days."""
    return {"late": True} if objection_late(asked) else {}


def late_review(asked: Asked) -> Values:
    """A request after its 30 days is marked and passed on, never refused at the counter."""
    due = asked.around.review_due
    return {"late": True} if due is not None and asked.on > due else {}


# --- what becomes of the matter -----------------------------------------------------------


def _sorted_as(nature: str) -> Values:
    return {"nature": nature, "sealed": True} if nature == "accusation" else {"nature": nature}


def claimed(asked: Asked) -> Values:
    """An owner; an accusation is sealed at once (art. 30)."""
    nature = asked.data.get("nature")
    return {"owner": asked.data["handler"], **(_sorted_as(nature) if nature else {})}


def sorted_anew(asked: Asked) -> Values:
    """The corrected nature; an accusation is sealed at once (art. 30)."""
    return _sorted_as(asked.data["nature"])


def accepted(asked: Asked) -> Values:
    """A matter accepted without a sorted nature is an appeal (申诉求决)."""
    keys = {"unit": "unit", "owner": "handler"}
    given = {name: asked.data[key] for name, key in keys.items() if key in asked.data}
    return {"nature": "appeal", **given}


def assigned(asked: Asked) -> Values:
    """The unit that handles it now, and the person where one of ours takes over."""
    keys = {"unit": "unit", "owner": "person"}
    return {name: asked.data[key] for name, key in keys.items() if key in asked.data}


def sealed(asked: Asked) -> Values:
    """A transferred accusation is and stays sealed."""
    return {"nature": "accusation", "sealed": True}


def redated(asked: Asked) -> Values:
    """The receipt as it really was; every clock follows (§3 item 9)."""
    return {"received_on": asked.day("received_on")}


def date_before(asked: Asked) -> Values:
    """The date that is replaced, kept in the record."""
    return {"was": asked.file.matter.received_on.isoformat()}


def reply_nature(asked: Asked) -> Values:
    """What is replied to as a suggestion is one."""
    return {"nature": "suggestion"} if asked.file.matter.state == "S20" else {}
