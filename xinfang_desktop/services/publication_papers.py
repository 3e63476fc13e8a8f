"""Fills the cards of the four publications (四个公开): from the file, and cleaned of everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from ..domain.history import accepted_on, answers, served_on, signed_on, tasks
from ..domain.matter import MatterFile
from ..domain.publication_steps import published
from ..domain.records import Office
from ..domain.redaction import leaks, people_of, redact
from ..domain.vocabulary import OUTCOME, PUBLICATION
from ..printing import facts as papers
from ..printing.publication_facts import Publication
from .paper_source import Source, common

KINDS: Mapping[str, str] = {
    "G01": "acceptance", "G02": "procedure", "G03": "result", "G04": "effect",
}  # fmt: skip
"""Code of the card → what it publishes."""


def _said(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _acceptance(source: Source) -> Iterator[str]:
    owed = source.duty("answer", "simple_answer")
    yield f"{_said(source.file.matter.received_on)}收到，{_said(accepted_on(source.file))}受理。"
    if owed and not owed.settled:
        yield f"按照《信访工作条例》第三十四条，应当在{_said(owed.due)}前办结。"


_TOLD = {
    "accept": "受理", "simple": "受理（简易办理）", "start": "开始办理，联系信访人",
    "hearing": "举行听证", "mediate": "组织调解", "meeting": "会商", "extend": "批准延期",
    "sign": "出具处理意见", "serve": "送达处理意见", "reply": "答复", "follow": "安排落实",
    "close": "办结",
}  # fmt: skip


def _procedure(source: Source) -> Iterator[str]:
    told = [
        f"{_said(step.on)}　{_TOLD[step.action]}"
        for step in source.file.steps
        if step.action in _TOLD and not step.voided
    ]
    yield from dict.fromkeys(told)


def _result(source: Source) -> Iterator[str]:
    given = answers(source.file)
    for claim in source.file.claims:
        answer = given.get(claim.no)
        if answer and answer.outcome:
            yield f"第{claim.no}项诉求：{dict(OUTCOME)[answer.outcome]}。{answer.opinion}"
    replied = source.step("reply")
    if replied and not given:
        yield replied.get("answer", "")
    day = served_on(source.file) or signed_on(source.file)
    if day:
        yield f"{_said(day)}答复信访人。"


def _effect(source: Source) -> Iterator[str]:
    for task in tasks(source.file):
        if task.done_on:
            yield f"{task.what}：{task.unit}，{_said(task.done_on)}完成。"
        elif task.due:
            yield f"{task.what}：{task.unit}，应当在{_said(task.due)}前完成。"


_TEXTS: Mapping[str, Callable[[Source], Iterator[str]]] = {
    "acceptance": _acceptance, "procedure": _procedure, "result": _result, "effect": _effect,
}  # fmt: skip


def _card(code: str, source: Source) -> Publication:
    kind = KINDS[code]
    file = source.file
    people = people_of(file)
    said = published(file).get(kind, {})
    shared = common(source, names=False)
    nobody = replace(
        shared["matter"], petitioner="", petitioner_phone="", petitioner_address="",
        query_code="", claims=(), confidential=True, title=redact(file.matter.title, people),
    )  # fmt: skip
    until = said.get("until")
    return Publication(
        **{**shared, "matter": nobody, "handler": "", "on": said.get("on") or source.today},
        title=f"信访事项{dict(PUBLICATION)[kind]}", subject=nobody.title,
        text="\n".join(redact(line, people) for line in _TEXTS[kind](source) if line.strip()),
        unit=file.matter.unit or source.now.office.organ,
        hung_on=said.get("on"),  # type: ignore[arg-type]
        until=date.fromisoformat(str(until)) if until else None,
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    code: partial(_card, code) for code in KINDS
}


def _not_published(kind: str, file: MatterFile, office: Office) -> str:
    if kind in published(file):
        return ""
    return f"先登记“公开”（{dict(PUBLICATION)[kind]}），本人同意了才能打印。"


WHY_NOT: Mapping[str, Callable[[MatterFile, Office], str]] = {
    code: partial(_not_published, kind) for code, kind in KINDS.items()
}
"""A card is printed only while its publication stands."""


def personal(facts: papers.Facts, file: MatterFile) -> tuple[str, ...]:
    """What on a card, as it was edited, would show a citizen; empty where nothing does."""
    if not isinstance(facts, Publication):
        return ()
    words = (facts.subject, facts.text, facts.unit, facts.matter.title)
    people = people_of(file)
    return tuple(dict.fromkeys(leak for text in words for leak in leaks(text, people)))
