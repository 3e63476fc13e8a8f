"""The course of a people's mediation (人民调解) as one table: from where, by which step, to where.

Nothing here touches a petition matter: a refusal or a failure ends the mediation and nothing else.
Source: 《人民调解法》 art. 16-33; chapter 7 of the working description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from . import agreement_guards as after
from . import course
from . import mediation_guards as before
from .articles import MEDIATION_17, mediation_law
from .cases import MediationFile
from .course import Course, Values
from .mediation_reading import agreeing, answers, items, party_called, said
from .mediation_states import AGREED, ENDED, MEDIATING, NOT_FILED, STATES
from .mediation_steps import FIELDS

Asked = course.Asked[MediationFile]
Action = course.Action[MediationFile]


# --- where a step leads ------------------------------------------------------------------------


def _after_answer(asked: Asked) -> str:
    """One clear no stops the mediation; asked again, a yes takes the refusal back."""
    if asked.data.get("agrees") is False:
        return "refused"
    if asked.file.state != "refused":
        return asked.file.state
    side, one = asked.data.get("side"), asked.data.get("party")
    others = [
        step
        for name, step in answers(asked.file).items()
        if not agreeing(step) and not _answered_now(asked.file, name, side, one)
    ]
    return "refused" if others else "asked"


def _answered_now(file: MediationFile, name: str, side: Any, one: Any) -> bool:
    party = party_called(file, name)
    if party is None or party.side != side:
        return False
    return not one or party_called(file, one) is party


def _after_session(asked: Asked) -> str:
    return "failed" if asked.data.get("result") == "failed" else "session"


def _after_performance(asked: Asked) -> str:
    open_now = {item.no for item in items(asked.file) if item.done is None}
    if not asked.data.get("partly"):
        open_now.discard(asked.data.get("item", 0))
    return "agreed" if open_now else "performed"


# --- what is filled in and changed -------------------------------------------------------------


def _by_actor(*keys: str) -> Any:
    return lambda asked: dict.fromkeys(keys, asked.around.actor)


def _acceptance(asked: Asked) -> Values:
    mediation = asked.file.mediation
    return {
        "mediators": list(mediation.mediators),
        "recorder": mediation.recorder or asked.around.actor,
        "registrar": asked.around.actor,
    }


def _accepted(asked: Asked) -> Values:
    return {
        "mediators": tuple(asked.data.get("mediators", ())),
        "recorder": asked.data.get("recorder", ""),
    }


def _inquiry(asked: Asked) -> Values:
    return {"investigators": [asked.around.actor], "recorder": asked.around.actor}


def _session(asked: Asked) -> Values:
    mediation = asked.file.mediation
    return {
        "present": [party.name for party in asked.file.parties if party.name],
        "mediators": list(mediation.mediators),
        "recorder": mediation.recorder or asked.around.actor,
    }


TERMS = tuple(field.name for field in FIELDS["draft"] if field.name != "not_a_waiver")


def _drafted(asked: Asked) -> Values:
    """The terms of the newest draft; that they are no waiver holds for them as they stand there."""
    draft = said(asked.file.last("draft"))
    anew = any(key in asked.data and asked.data[key] != draft.get(key) for key in TERMS)
    taken = (*TERMS, "not_a_waiver") if not anew else TERMS
    return {key: draft[key] for key in taken if key in draft and key not in asked.data}


def _agreement(asked: Asked) -> Values:
    mediation, written = asked.file.mediation, asked.data.get("form") == "written"
    filled: Values = {
        **_drafted(asked),
        "mediators": list(mediation.mediators),
        "recorder": mediation.recorder or asked.around.actor,
    }
    if not written:
        return filled
    day = asked.on.isoformat()
    return {**_copies(asked), **filled, "signed_on": day, "sealed_on": day}


def _copies(asked: Asked) -> Values:
    """One each, and one for the committee (art. 29)."""
    return {"copies": sum(1 for party in asked.file.parties if party.name) + 1}


def _court(asked: Asked) -> Values:
    earlier = said(asked.file.last("court"))
    return {
        "applied_on": after.applied_on(asked),
        "result": "applied",
        **{key: earlier.get(key) for key in ("joint", "court", "not_status")},
    }


def _added(asked: Asked) -> Values:
    """Whether the party is new to the file; what its side said before does not bind it."""
    known = party_called(asked.file, asked.data.get("name", ""))
    return {} if known or asked.data.get("removed") else {"added": True}


_TABLE: tuple[Action, ...] = (
    Action("consent", "征求意愿", ("asked", "refused", *MEDIATING),
           ("asked", "refused", *MEDIATING), MEDIATION_17, before.CONSENT, choose=_after_answer,
           fill=_by_actor("by")),
    Action("party", "当事人情况", ("asked", "refused", *MEDIATING, *AGREED), (), "",
           before.PARTY, mark=_added),
    Action("accept", "受理登记", ("asked",), ("accepted",), MEDIATION_17, before.ACCEPT,
           fill=_acceptance, changes=_accepted),
    Action("inquiry", "调查", MEDIATING, (), fill=_inquiry),
    Action("evidence", "收证据材料", ("asked", *MEDIATING), (), mediation_law(27),
           fill=_by_actor("receiver")),
    Action("agent", "授权委托", ("asked", *MEDIATING, *AGREED), (), "", before.AGENT),
    Action("session", "调解", MEDIATING, ("session", "failed"), mediation_law(27),
           before.SESSION, choose=_after_session, after=("accept",), fill=_session),
    Action("draft", "起草协议", MEDIATING, (), mediation_law(29), after.DRAFT,
           after=("accept",), fill=_copies),
    Action("agreement", "达成协议", MEDIATING, ("agreed",), mediation_law(28),
           after.AGREEMENT, after=("accept", "session"), fill=_agreement),
    Action("fail", "调解不成", MEDIATING, ("failed",), mediation_law(26), before.FAIL,
           after=("accept",)),
    Action("end", "当事人要求终止", MEDIATING, ("ended",), mediation_law(23), before.END,
           after=("accept",)),
    Action("performance", "登记履行", ("agreed",), AGREED, mediation_law(31),
           after.PERFORMANCE, choose=_after_performance, after=("agreement",), fill=_by_actor("by")),
    Action("court", "司法确认", AGREED, (), mediation_law(33), after.COURT,
           after=("agreement",), fill=_court),
    Action("follow", "回访", AGREED, (), mediation_law(31), after=("agreement",),
           fill=_by_actor("by")),
    Action("note", "记一笔", NOT_FILED, (), fill=_by_actor("by")),
    Action("archive", "立卷", (*AGREED, *ENDED), ("filed",), mediation_law(27),
           after.ARCHIVE, after=("agreement", "fail", "end", "session"),
           fill=_by_actor("filed_by")),
    Action("void", "作废", NOT_FILED, ("void",)),
)  # fmt: skip

ACTIONS: Mapping[str, Action] = {
    action.name: replace(action, asks=FIELDS[action.name]) for action in _TABLE
}

MEDIATIONS: Course[MediationFile] = Course(
    noun="调解", actions=ACTIONS, states=STATES, void="void", beginning="申请日期",
    rights="mediation.",
)  # fmt: skip
