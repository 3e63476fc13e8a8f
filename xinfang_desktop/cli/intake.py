"""``xinfang intake``: register one letter, call, visit or online post (信访件)."""

from __future__ import annotations

from pathlib import Path

from ..services.registration import register_intake
from . import rows
from .reading import read_object
from .words import Answer, Call, Verb, argument


def add(call: Call) -> Answer:
    """Register what the file says; it opens a matter or repeats the one it names."""
    data = read_object(call.options.file)
    with call.desk() as desk:
        made = register_intake(desk, data)
    answer = {
        "intake": made.intake,
        "intake_number": made.intake_number,
        "matter": made.matter,
        "number": made.number,
        "query_code": made.query_code,
        "title": made.title,
        "duties": [rows.duty(row) for row in made.duties],
        "similar": [rows.candidate(row) for row in made.similar],
        "warnings": [{"field": w.field, "sentence": w.sentence} for w in made.warnings],
    }
    lines = [
        f"已登记：{made.number} {made.title}",
        f"查询码：{made.query_code}",
        *rows.duty_lines(made.duties),
    ]
    if made.similar:
        lines.append("可能是同一件事：")
        lines += [f"  {row.number} {row.title}（{'；'.join(row.reasons)}）" for row in made.similar]
    return Answer(answer, lines, [w.sentence for w in made.warnings])


VERBS = (
    Verb(
        "add",
        "登记一件",
        add,
        (argument("--file", required=True, type=Path, metavar="F.json", help="登记内容"),),
    ),
)
