"""Fills the papers of the office's registers (F33 F37 F38 S01–S04): one function a form, one table.

Nothing is invented: what a line does not say stays empty and is printed as room for the pen. The
public papers name leaders and places and never who booked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..domain.errors import RuleViolation
from ..domain.office_records import WorkItem
from ..domain.periods import parse_period
from ..domain.register_kit import Register, field_words
from ..domain.register_tasks import tasks_of
from ..domain.registers import REGISTERS
from ..domain.registers_supervision import RISK_CHECKS
from ..domain.work_file import WorkFile
from ..printing import work_facts as papers
from ..printing.facts import Facts
from ..store.database import Connection
from ..store.files import fetch
from ..store.subjects import Setting
from ..store.tables import TABLES
from .desk import Desk
from .paper_source import office_facts
from .work_lines import find_item, work_file


@dataclass(frozen=True, slots=True)
class WorkSource:
    """What a paper of one line is filled from."""

    desk: Desk
    register: Register
    file: WorkFile

    def word(self, name: str) -> str:
        """A column of the line in words."""
        fields = {each.name: each for each in self.register.fields}
        return field_words(fields[name], self.file.values.get(name))

    def words(self, *names: str) -> dict[str, Any]:
        """Several of them, by their names."""
        return {name: self.word(name) for name in names}

    def lines(self, name: str) -> tuple[str, ...]:
        """A column of lines."""
        return tuple(map(str, self.file.values.get(name, ())))

    def number(self, name: str) -> int:
        """A column that counts."""
        return int(self.file.values.get(name, 0))

    def day(self, name: str) -> date | None:
        """A column that is a day."""
        raw = self.file.values.get(name)
        return date.fromisoformat(raw) if raw else None

    def step(self, action: str) -> Mapping[str, Any]:
        """The newest step of an action in words, its day as ``_on``; empty where there is none."""
        step = self.file.last(action)
        if step is None:
            return {}
        said = step.data or {}
        told: dict[str, Any] = {
            each.name: field_words(each, said.get(each.name))
            for each in self.register.fields_of(action)
        }
        return {**told, "_on": step.on, "_raw": said}

    def common(self, on: date | None = None) -> dict[str, Any]:
        """What all papers of lines share."""
        item, office = self.file.item, self.desk.office
        return {
            "office": office_facts(office), "on": on or self.desk.today, "item": item.number,
            "handler": item.owner or item.by, "handler_phone": office.phone,
        }  # fmt: skip


def _emergency(source: WorkSource) -> Facts:
    file = source.file
    sent = [
        papers.SentFacts(
            to=field_words(fields["to"], said.get("to")), organ=said.get("organ", ""), on=step.on,
            time=said.get("time", ""), how=said.get("how", ""),
        )
        for fields in ({each.name: each for each in source.register.fields_of("send")},)
        for step in file.all("send")
        for said in (step.data or {},)
    ]  # fmt: skip
    return papers.EmergencyReport(
        **source.common(file.began), happened_on=file.item.on, people=source.number("people"),
        **source.words("time", "place", "cause", "facts", "harm", "measures", "coordinate",
                       "reporter", "reporter_phone"),
        sent=tuple(sent),
        more=tuple(
            papers.ToldFacts(on=step.on, text=str((step.data or {}).get("text", "")))
            for step in file.all("more")
        ),
        result=source.step("finish").get("result", ""),
    )  # fmt: skip


def _suggestion(source: WorkSource) -> Facts:
    return papers.SuggestionLetter(
        **source.common(source.file.item.on),
        **source.words("kind", "organ", "subject", "facts", "content", "basis"),
        matters=len(source.file.item.matters), reply_by=source.file.item.due,
    )  # fmt: skip


def _risk(source: WorkSource) -> Facts:
    comment, end, done = (source.step(name) for name in ("comment", "conclude", "decided"))
    return papers.RiskSheet(
        **source.common(), **source.words("name", "organ", "affected"),
        started_on=source.file.item.on, decide_on=source.day("decide_on"),
        checks=tuple(
            papers.CheckFacts(
                name=label, question=question, answer=source.word(name),
                note=source.word(f"{name}_note"),
            )
            for name, label, question in RISK_CHECKS
        ),
        asked=comment.get("how", ""), people=int(comment.get("people") or 0),
        opinions=comment.get("opinions", ""), answered=comment.get("answered", ""),
        result=end.get("result", ""), reason=end.get("reason", ""),
        measures=end.get("measures", ""), decision=done.get("decision", ""),
    )  # fmt: skip


def _meeting(source: WorkSource) -> Facts:
    held = source.step("held")
    raw = held.get("_raw", {})
    return papers.MeetingMinutes(
        **source.common(), **source.words("kind", "subject", "place", "chair"),
        held_on=source.file.item.on, time=source.word("start"), agenda=source.lines("agenda"),
        present=tuple(raw.get("present", ())), absent=tuple(raw.get("absent", ())),
        views=held.get("views", ""), decisions=tuple(raw.get("decisions", ())),
        tasks=tuple(
            papers.MeetingTask(no=t.no, what=t.what, by=t.by, due=t.due, done_on=t.done_on)
            for t in tasks_of(source.file)
        ),
    )  # fmt: skip


def _duty_sheet(source: WorkSource) -> Facts:
    return papers.DutySheet(
        **source.common(source.file.item.on), year=source.number("year"),
        **source.words("person", "post", "signer"), duties=source.lines("duties"),
        support=source.lines("support"),
    )  # fmt: skip


BUILDERS: Mapping[str, tuple[str, type[papers.WorkPaper], Callable[[WorkSource], Facts]]] = {
    "F33": ("emergency", papers.EmergencyReport, _emergency),
    "S01": ("suggestion", papers.SuggestionLetter, _suggestion),
    "S02": ("risk", papers.RiskSheet, _risk),
    "S03": ("office_meeting", papers.MeetingMinutes, _meeting),
    "S04": ("duty_sheet", papers.DutySheet, _duty_sheet),
}
"""Code of a paper → the register whose lines it is of, its facts when blank, who fills it."""


def papers_of(register: Register) -> tuple[str, ...]:
    """The papers of a register's lines."""
    return (register.paper,) if register.paper else ()


def line_paper(
    desk: Desk, conn: Connection, code: str, number: str
) -> tuple[Facts, WorkFile | None]:
    """The facts of a line's paper and its file; without a number a blank for the pen."""
    key, kind, build = BUILDERS[code]
    if not number.strip():
        return kind(office=office_facts(desk.office)), None
    register, file = work_file(desk, conn, number)
    if register.key != key:
        raise RuleViolation(
            "other_register", f"这张文书不是“{register.name}”的。",
            mend=f"请写“{REGISTERS[key].name}”里的编号。", field="number",
        )  # fmt: skip
    if file.state == "void":
        raise RuleViolation("not_yet", "这一条已作废，不再出文书。", mend="请另登记一条。")
    return build(WorkSource(desk, register, file)), file


# --- for the notice board ----------------------------------------------------------------------


def _timetable(desk: Desk, conn: Connection, number: str) -> Facts:
    """The receptions of a week (2026-W40) or another period, of the week of the reception with
    this number, or of this week where none is named."""
    if "-GZ-" in number.upper():
        day = find_item(desk, conn, number).on
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif number.strip():
        period = parse_period(number.strip())
        first, last = period.first, period.last
    else:
        first = desk.today - timedelta(days=desk.today.weekday())
        last = first + timedelta(days=6)
    return papers.Timetable(
        office=office_facts(desk.office), on=desk.today, days=tuple(_days(conn, first, last)),
        period=f"{_in_full(first)}至{_in_full(last)}",
    )  # fmt: skip


def _in_full(day: date) -> str:
    """2026年9月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _days(conn: Connection, first: date, last: date) -> Iterator[papers.ReceptionFacts]:
    table = TABLES["work_item"]
    within = table.c.on.between(first.isoformat(), last.isoformat())
    order = (table.c.on, table.c.number)
    for item in fetch(conn, WorkItem, table.c.sort == "reception_day", within, order=order):
        if item.state in ("planned", "held"):
            yield _reception(item)


def _reception(item: WorkItem) -> papers.ReceptionFacts:
    said = item.data or {}
    hours = [str(said[name]) for name in ("start", "end") if said.get(name)]
    return papers.ReceptionFacts(
        on=item.on, weekday=f"星期{'一二三四五六日'[item.on.weekday()]}", time="—".join(hours),
        leader=said.get("leader", ""), post=said.get("post", ""), place=said.get("place", ""),
        field=said.get("field", ""),
    )  # fmt: skip


AHEAD = timedelta(days=31)
"""How far the public notice tells the receptions ahead."""

_CHART: tuple[tuple[str, str, str], ...] = (
    ("notice", "告知", "书面告诉您是否受理、由谁办；不属于我们的，告诉您找谁"),
    ("answer", "办理", "听取陈述、调查核实，逐项作出处理意见，书面答复"),
    ("review_answer", "复查", "对处理意见不服的，您可以在{review_request}内请求上一级复查"),
    ("recheck_answer", "复核", "对复查意见不服的，您可以在{recheck_request}内请求再上一级复核"),
)
"""Rule of the pack in force → the station it bounds and what is done there."""


def _notice(desk: Desk, conn: Connection, number: str) -> Facts:
    today = desk.today
    return papers.PublicNotice(
        office=office_facts(desk.office), on=today,
        days=tuple(_days(conn, today, today + AHEAD)), chart=tuple(_chart(desk.setting(conn))),
    )  # fmt: skip


def _chart(now: Setting) -> Iterator[papers.ProcedureFacts]:
    yield papers.ProcedureFacts(
        step="登记", what="当场登记，给登记回执和查询码", period="收到时",
        article="《信访工作条例》第二十二条",
    )  # fmt: skip
    rules = now.book.rules
    words = {each.kind: each.words for each in rules}
    for kind, step, what in _CHART:
        rule = rules[kind]
        longer = f"，经批准可延长{rule.max_extension}日" if rule.max_extension else ""
        yield papers.ProcedureFacts(
            step=step, what=what.format_map(words), period=f"{rule.words}{longer}",
            article=rule.article,
        )  # fmt: skip


STANDING: Mapping[str, Callable[[Desk, Connection, str], Facts]] = {
    "F37": _notice,
    "F38": _timetable,
}
"""Papers of the office that are of no line: F38 takes a week or another period."""
