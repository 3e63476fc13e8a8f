"""The course of a dispute (纠纷化解) as one table: from where, by which step, to where, on what terms.

Nothing is struck off (销号) before responsibility is fixed, the facts are found and the hazard is
gone (三不放过), each with its evidence and who confirmed it, and somebody has looked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from . import course
from .articles import MEDIATION_17, article
from .case_records import CaseStep
from .cases import DisputeFile
from .course import Course, Values
from .dispute_states import HANDED_OVER, NOT_CLOSED, SETTLED, STATES, UNSETTLED
from .dispute_steps import CONFIRMATIONS, FIELDS
from .guards import DECIDED, not_before_the_day, on_the_list

Asked = course.Asked[DisputeFile]
Guard = course.Guard[DisputeFile]
Action = course.Action[DisputeFile]

THREE = "本机关规定（三不放过）"
ROUTES = article(31)


# --- what the steps say ------------------------------------------------------------------------


def since_reopened(file: DisputeFile) -> Iterator[CaseStep]:
    """The steps that count now: those after the dispute came up again (复发重开), if it did."""
    steps = [step for step in file.steps if not step.voided]
    anew = max((n for n, step in enumerate(steps) if step.action == "reopen"), default=-1)
    return iter(steps[anew + 1 :])


def newest(file: DisputeFile, action: str) -> CaseStep | None:
    """The newest step of an action since the dispute came up again."""
    found = [step for step in since_reopened(file) if step.action == action]
    return found[-1] if found else None


def confirmed(file: DisputeFile) -> Mapping[str, CaseStep]:
    """The three confirmations (三不放过) given so far: what → the newest step that gives it.

    That the hazard is gone counts only when it was said after the last settlement.
    """
    given: dict[str, CaseStep] = {}
    for step in since_reopened(file):
        if step.action == "confirm":
            given[str((step.data or {}).get("what"))] = step
        elif step.action in ("settle", "take_back"):
            given.pop("hazard", None)
    return given


def settled_on(file: DisputeFile) -> date | None:
    """The day of the settlement that holds."""
    step = newest(file, "settle")
    return step.on if step and file.state in (*SETTLED, "closed") else None


# --- conditions --------------------------------------------------------------------------------

_NOT_LET_PASS = {
    "responsibility": "责任不落实不放过：还没有确认责任已经落实。",
    "facts": "问题不查清不放过：还没有确认问题已经查清。",
    "hazard": "隐患不排除不放过：还没有确认隐患已经排除。",
}


def _three(asked: Asked) -> str | None:
    given = confirmed(asked.file)
    return "".join(_NOT_LET_PASS[what] for what, _ in CONFIRMATIONS if what not in given) or None


def _settled(asked: Asked) -> str | None:
    return None if asked.file.state in SETTLED else "还没有登记化解的结果。"


def _looked_again(asked: Asked) -> str | None:
    follow, settle = newest(asked.file, "follow"), newest(asked.file, "settle")
    if settle is None or asked.file.state not in SETTLED:
        return None  # said by the condition before
    if follow is None or follow.at < settle.at:
        return "还没有回访。"
    return "回访时又起纠纷。" if (follow.data or {}).get("recurred") else None


def _responsible(asked: Asked) -> str | None:
    dispute = asked.file.dispute
    if asked.data.get("what") != "responsibility" or dispute.unit or dispute.person:
        return None
    return "还没有定责任单位和责任人，不能确认责任已经落实。"


def _verified(asked: Asked) -> str | None:
    if asked.data.get("what") != "facts" or newest(asked.file, "verify"):
        return None
    return "还没有核实记录，不能确认问题已经查清。"


def _gone(asked: Asked) -> str | None:
    if asked.data.get("what") != "hazard" or asked.file.state in SETTLED:
        return None
    return "还没有化解，不能确认隐患已经排除。"


def _led(asked: Asked) -> str | None:
    grades = asked.around.grades
    if grades is None or asked.data.get("leader") or asked.file.dispute.leader:
        return None
    level = grades.level_of(asked.file.dispute.grade)
    if level < LED_FROM:
        return None
    return f"级别是“{grades.word(level)}”的纠纷，要有包案领导。"


LED_FROM = 3
"""From 复杂 on a leader takes the case (领导包案)."""


def _reasoned(asked: Asked) -> str | None:
    changed = asked.data.get("grade") and not asked.data.get("reason")
    return "自己定级别的，要写明理由。" if changed else None


def _known_grade(asked: Asked) -> str | None:
    grades, said = asked.around.grades, asked.data.get("grade")
    if not said or grades is None or grades.level_of(said):
        return None
    return f"没有“{said}”这个级别。"


def _told(asked: Asked) -> str | None:
    return "引导到法定途径，要当面或书面告诉当事人。" if asked.data.get("told") is False else None


CONFIRM = (
    Guard("nobody_responsible", _responsible, THREE, mend="请先用“交办”定下责任单位和责任人。",
          field="what"),
    Guard("not_verified", _verified, THREE, mend="请先用“核实”写下查看的情况。", field="what"),
    Guard("not_settled", _gone, THREE, mend="请先用“登记化解”写下结果。", field="what"),
)  # fmt: skip
CLOSE = (
    DECIDED,
    Guard("three_not_confirmed", _three, THREE, standing=True,
          mend="请用“三不放过确认”逐项写明凭据和确认人。"),
    Guard("not_settled", _settled, THREE, standing=True, mend="请先用“登记化解”写下结果。"),
    Guard("not_followed", _looked_again, THREE, standing=True,
          mend="请先回访；又起纠纷的，用“复发重开”。"),
    on_the_list("approved_by"),
)  # fmt: skip
GRADE = (
    Guard("unknown_grade", _known_grade, mend="可以写：简单、一般、复杂、疑难。", field="grade"),
    Guard("grade_reason", _reasoned, mend="不填级别，就按人数、金额等算出来。", field="reason"),
)  # fmt: skip
ASSIGN = (
    not_before_the_day("due", "化解时限"),
    Guard("no_leader", _led, mend="请填包案领导。", field="leader"),
)  # fmt: skip
ROUTE = (Guard("not_told", _told, ROUTES, mend="告诉以后再登记。", field="told"),)


# --- what follows ------------------------------------------------------------------------------


def _stays_unless(state: str, target: str) -> Any:
    """From ``state`` to ``target``; from any other state nowhere."""
    return lambda asked: target if asked.file.state == state else asked.file.state


def _graded(asked: Asked) -> str:
    return "graded" if asked.file.state in ("found", "verified") else asked.file.state


def _by_actor(key: str) -> Any:
    return lambda asked: {key: asked.around.actor}


def _four_tasks(asked: Asked) -> Values:
    """包联系、包解释、包办理、包反馈 are the responsible person's where nobody else is named."""
    person = asked.data.get("person")
    return dict.fromkeys(("contact_by", "explain_by", "handle_by", "report_by"), person)


def _given(*keys: str) -> Any:
    return lambda asked: {key: asked.data[key] for key in keys if key in asked.data}


def _grade(asked: Asked) -> Values:
    """The grade by the office's thresholds, or the one that was given with a reason."""
    facts: Values = _given("people", "amount", "urgent", "danger")(asked)
    dispute, grades = replace(asked.file.dispute, **facts), asked.around.grades
    if grades is None:
        return facts
    if asked.data.get("grade"):
        level = grades.level_of(asked.data["grade"])
        return {**facts, "grade": grades.word(level)}
    proposed = grades.propose(
        people=dispute.people, amount_cents=dispute.amount, urgent=dispute.urgent,
        danger=dispute.danger, crossing=bool(asked.data.get("crossing")),
    )  # fmt: skip
    return {**facts, "grade": proposed.word}


def _assigned(asked: Asked) -> Values:
    changed = dict(_given("unit", "person", "leader", "measures")(asked))
    return {**changed, "due": asked.day("due")}


def _settlement(asked: Asked) -> Values:
    """The result; who settled it on the spot was responsible for it."""
    dispute, by = asked.file.dispute, asked.data.get("by") or asked.around.actor
    person = {} if dispute.person or dispute.unit else {"person": by}
    return {**_given("method", "result")(asked), "settled_on": asked.on, **person}


def _unsettled(_: Asked) -> Values:
    """Open again; the time limit of the first time has passed and is set anew when it is assigned."""
    return {"settled_on": None, "method": "", "result": "", "due": None}


_TABLE: tuple[Action, ...] = (
    Action("verify", "核实", (*UNSETTLED, *SETTLED), ("found", "verified", *NOT_CLOSED),
           choose=_stays_unless("found", "verified"), fill=_by_actor("by")),
    Action("grade", "分级", UNSETTLED, ("graded", *UNSETTLED), guards=GRADE, choose=_graded,
           changes=_grade),
    Action("assign", "交办", UNSETTLED, ("assigned",), guards=ASSIGN, fill=_four_tasks,
           changes=_assigned),
    Action("note", "记进展", NOT_CLOSED, ("open", *NOT_CLOSED),
           choose=_stays_unless("assigned", "open"), fill=_by_actor("by")),
    Action("to_mediation", "转人民调解", UNSETTLED, ("mediation",), MEDIATION_17),
    Action("to_matter", "转信访事项", UNSETTLED, ("matter",), ROUTES),
    Action("route", "引导法定途径", UNSETTLED, ("routed",), ROUTES, ROUTE),
    Action("report_up", "上报", UNSETTLED, ("reported",), guards=(
           not_before_the_day("due", "希望答复的日子"),)),
    Action("take_back", "收回继续化解", HANDED_OVER, ("open",)),
    Action("settle", "登记化解", (*UNSETTLED, *HANDED_OVER), ("settled",), after=("assign",),
           fill=_by_actor("by"), changes=_settlement),
    Action("confirm", "三不放过确认", NOT_CLOSED, (), THREE, CONFIRM,
           fill=_by_actor("confirmed_by")),
    Action("follow", "回访", SETTLED, ("followed",), THREE, after=("settle",),
           fill=_by_actor("by")),
    Action("close", "销号", NOT_CLOSED, ("closed",), THREE, CLOSE, after=("follow",)),
    Action("reopen", "复发重开", (*SETTLED, "closed"), ("open",), after=("settle", "close"),
           changes=_unsettled),
    Action("void", "作废", NOT_CLOSED, ("void",)),
)  # fmt: skip

ACTIONS: Mapping[str, Action] = {
    action.name: replace(action, asks=FIELDS[action.name]) for action in _TABLE
}

DISPUTES: Course[DisputeFile] = Course(
    noun="纠纷", actions=ACTIONS, states=STATES, void="void", beginning="发现日期",
    rights="dispute.",
)  # fmt: skip
