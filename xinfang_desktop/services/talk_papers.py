"""Fills the papers of meetings, hearings, help, follow-up and closing from a matter's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ..domain.fields import Field
from ..domain.history import Task, accepted_on, answers, rows_owed, served_on, signed_on, tasks
from ..domain.inputs import choices_of
from ..domain.matter import MatterFile
from ..domain.records import Office
from ..domain.vocabulary import OUTCOME, word
from ..domain.workflow import ACTIONS
from ..printing import facts as papers
from ..printing import talk_facts as facts
from .paper_source import Source, common


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _words(action: str, field: str, code: str) -> str:
    """What a code of a step's field is called."""
    asked: Field = next(f for f in ACTIONS[action].fields if f.name == field)
    return dict(choices_of(asked)).get(code, code)


def _task_facts(rows: tuple[Task, ...]) -> tuple[papers.TaskFacts, ...]:
    return tuple(papers.TaskFacts(what=t.what, unit=t.unit, due=t.due) for t in rows)


def _notice(source: Source) -> facts.HearingNotice:
    said = source.step("hearing_notice")
    parties = said.get("parties") or [""]
    return facts.HearingNotice(
        **common(source, names=False, said=said), party=parties[0],
        subject=said.get("subject", ""), held_on=_day(said.get("held_on", "")),
        time=said.get("time", ""), place=said.get("place", ""), host=said.get("host", ""),
        hearers=tuple(said.get("hearers", ())), open=bool(said.get("open", True)),
        closed_why=said.get("closed_why", ""),
        third_parties=tuple(said.get("third_parties", ())),
    )  # fmt: skip


def _record(source: Source) -> facts.HearingRecord:
    said, called = source.step("hearing"), source.step("hearing_notice")
    return facts.HearingRecord(
        **common(source, said=said),
        subject=called.get("subject", "") or source.file.matter.title,
        held_on=_day(said.get("held_on", "")) or said.get("_on"),
        place=said.get("place", "") or called.get("place", ""), host=said.get("host", ""),
        recorder=said.get("_by", ""),
        attended=tuple(said.get("attended") or called.get("parties") or ()),
        statements=said.get("content", ""), questions=said.get("questions", ""),
        opinion=said.get("opinion", ""),
    )  # fmt: skip


def _minutes(source: Source) -> facts.Minutes:
    said = source.step("meeting")
    return facts.Minutes(
        **common(source, names=False, said=said), held_on=said.get("_on"),
        place=said.get("place", ""), convenor=said.get("convenor", ""),
        units=tuple(said.get("units", ())),
        agenda=said.get("agenda", "") or source.file.matter.title,
        talk=said.get("content", ""), opinion=said.get("opinion", ""),
        tasks=_task_facts(rows_owed(source.file, "meeting")),
    )  # fmt: skip


def _follow_up(source: Source) -> facts.FollowUpSheet:
    said, rated = source.step("revisit"), source.step("rate")
    closed = source.step("close")
    overall = closed.get("satisfied", "")
    return facts.FollowUpSheet(
        **common(source, names=not rated.get("anonymous"), said=said), visited_on=said.get("_on"),
        how=word("visit_kind", said.get("how", "")), present=said.get("present", ""),
        carried_out=_words("revisit", "carried_out", said.get("carried_out", "")),
        solved=_words("revisit", "solved", said.get("solved", "")),
        said="\n".join(text for text in (said.get("said"), rated.get("said")) if text),
        attitude=word("satisfaction", rated.get("attitude", "")),
        speed=word("satisfaction", rated.get("speed", "")),
        result=word("satisfaction", rated.get("result", "") or overall),
        anonymous=bool(rated.get("anonymous")), tasks=_task_facts(tasks(source.file)),
    )  # fmt: skip


def _help(source: Source) -> facts.HelpReferral:
    said = source.step("help")
    return facts.HelpReferral(
        **common(source, said=said), need=said.get("need", ""),
        kind=word("help_kind", said.get("kind", "")), organ=said.get("organ", ""),
        materials=said.get("materials", ""), person=said.get("person") or said.get("_by", ""),
        consented_on=said.get("_on") if said.get("consented") else None,
    )  # fmt: skip


def _closing(source: Source) -> facts.ClosingSheet:
    file = source.file
    given = answers(file)
    closed = source.step("close")
    return facts.ClosingSheet(
        **common(source, said=closed), accepted_on=accepted_on(file), answered_on=signed_on(file),
        served_on=served_on(file),
        outcomes=tuple(
            f"{claim.no}. {claim.text}：{dict(OUTCOME)[given[claim.no].outcome]}"
            for claim in file.claims
            if claim.no in given and given[claim.no].outcome
        ),
        tasks=_task_facts(tasks(file)), closed_on=closed.get("_on"), note=closed.get("note", ""),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    "F23": _notice,
    "F24": _record,
    "F32": _minutes,
    "F34": _follow_up,
    "F35": _help,
    "C01": _closing,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "F23": (("hearing_notice",), "先登记听证通知，再打印通知书。"),
    "F24": (("hearing",), "先记听证，再打印听证笔录、报告。"),
    "F32": (("meeting",), "先记见面会商，再打印纪要。"),
    "F34": (("revisit", "rate", "close"), "办结或者回访以后，再打印回访记录。"),
    "F35": (("help",), "先转介帮扶救助，再打印告知单。"),
    "C01": (("serve", "reply"), "答复送达以后，再打印办结审批表。"),
}
"""Papers that state a decision, and the step by which it is taken."""


def _not_joint(file: MatterFile, office: Office) -> str:
    kinds = {(step.data or {}).get("kind") for step in file.all("meeting")}
    return "" if "joint" in kinds else "四见面的记在接访记录上，会商、联席会议才出纪要。"


def _not_closed_here(file: MatterFile, office: Office) -> str:
    return "这一类结果不走办结审批。" if file.state.startswith("T") else ""


WHY_NOT: Mapping[str, Callable[[MatterFile, Office], str]] = {
    "F32": _not_joint,
    "C01": _not_closed_here,
}
"""Papers that fit only some files: why not this one, empty where they fit."""
