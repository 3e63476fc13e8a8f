"""``xinfang deadline``: the arithmetic alone, without a store."""

from __future__ import annotations

from ..domain.clocks import Arithmetic, deadline
from ..domain.rules import UNIT_WORDS
from ..places import RESOURCES
from ..store.reference import load_reference
from .answers import table
from .parsing import count, day
from .words import Answer, Call, Verb, argument


def run(call: Call) -> Answer:
    """When something is due that starts on a day, and how that was counted."""
    shipped = load_reference(RESOURCES)
    rule = shipped.rules[call.options.rule]
    found = deadline(rule, call.options.start, shipped.calendar, extended=call.options.extended)
    return Answer(_data(found), _lines(found))


def _data(found: Arithmetic) -> dict[str, object]:
    return {
        "rule": found.rule.kind,
        "name": found.rule.name,
        "start": found.start,
        "length": found.rule.length,
        "unit": found.rule.unit,
        "extended": found.extended,
        "due_raw": found.due_raw,
        "due": found.due,
        "provisional": found.provisional,
        "article": found.rule.article,
        "steps": [
            {"date": step.date, "counted": step.counted, "why": step.why} for step in found.steps
        ],
    }


def _lines(found: Arithmetic) -> list[str]:
    rule = found.rule
    extended = f"，延长 {found.extended} 日" if found.extended else ""
    provisional = "（暂定：有一年的调休安排还没有公布）" if found.provisional else ""
    return [
        f"{rule.name}：{rule.length} {UNIT_WORDS[rule.unit]}{extended}，依据{rule.article}",
        f"期限：{found.due.isoformat()}{provisional}",
        *table(
            ("日期", "第几天", "为什么"),
            [(step.date.isoformat(), step.counted, step.why) for step in found.steps],
        ),
    ]


VERBS = (
    Verb(
        "",
        "只算期限：从哪天起，到哪天为止，逐日写明",
        run,
        (
            argument("--rule", required=True, help="期限种类：notice answer object …"),
            argument("--start", required=True, type=day, metavar="D", help="起算日，不计入"),
            argument("--extended", type=count, default=0, metavar="N", help="延长的天数"),
        ),
    ),
)
