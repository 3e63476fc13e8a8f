"""``xinfang duties``: what is owed, whose it is, until when, and why that day."""

from __future__ import annotations

from ..services.duties import DutyQuery, duties, explain_duty
from . import rows
from .parsing import day
from .words import Answer, Call, Verb, argument


def run(call: Call) -> Answer:
    """The duties asked for, in due order."""
    options = call.options
    asked = DutyQuery(
        today=options.today, open_only=options.open, owner=options.owner, number=options.number
    )
    with call.desk() as desk:
        found = duties(desk, asked)
        sums = {row.id: explain_duty(desk, row.id) for row in found} if options.explain else {}
    data = [
        {**rows.duty(row), **({"steps": rows.arithmetic(sums[row.id])["steps"]} if sums else {})}
        for row in found
    ]
    lines = rows.duty_lines(found)
    for row in found if sums else ():
        lines += ["", f"{row.number} {row.title}：{row.due}", *rows.arithmetic_lines(sums[row.id])]
    return Answer({"duties": data}, lines)


VERBS = (
    Verb(
        "",
        "欠着什么，到哪一天",
        run,
        (
            argument("--today", type=day, metavar="D", help="假设今天是哪天，只用于查看"),
            argument("--open", action="store_true", help="只看还没有办的"),
            argument("--owner", default="", metavar="NAME", help="只看某人的"),
            argument("--number", default="", help="只看某个事项的"),
            argument("--explain", action="store_true", help="逐日写明怎么算的"),
        ),
    ),
)
