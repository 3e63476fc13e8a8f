"""``xinfang mediation``: people's mediation (人民调解), opened, listed, taken through its lawful steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from ..services.mediation_binder import bind_mediation
from ..services.mediation_views import MediationRow, MediationView
from ..services.mediation_work import MediationStood, start_mediation, take_mediation_step
from ..services.mediations import (
    VIEWS,
    MediationQuery,
    mediation_offers,
    mediation_page,
    mediation_view,
)
from . import rows
from .answers import table
from .case_answers import asked_of, fields_answer, narrowing, page_data, steps_answer
from .reading import read_object
from .words import Answer, Call, Verb, argument


def start(call: Call) -> Answer:
    """Open a mediation."""
    with call.desk() as desk:
        return _stood(start_mediation(desk, read_object(call.options.file)))


def do(call: Call) -> Answer:
    """One lawful step; refused with its reason otherwise."""
    return _step(call, call.options.action)


def _step(call: Call, action: str) -> Answer:
    options = call.options
    data = read_object(options.file) if options.file else {}
    with call.desk() as desk:
        return _stood(take_mediation_step(desk, options.number, action, data))


def step(action: str) -> Callable[[Call], Answer]:
    """The verb of one step."""
    return lambda call: _step(call, action)


def show_list(call: Call) -> Answer:
    """Mediations, newest first."""
    asked = MediationQuery(**asked_of(call.options))
    with call.desk() as desk:
        page = mediation_page(desk, asked)
    lines = table(
        ("编号", "卷宗编号", "村（社区）", "类型", "状态", "申请", "期限", "纠纷"),
        [
            (r.number, r.file_no, r.village, r.category_name, r.state_name, r.applied_on,
             r.due_words, r.title)
            for r in page.rows
        ],
    )  # fmt: skip
    data = {
        "mediations": [_row(r) for r in page.rows],
        "total": len(page.rows),
        "counts": dict(page.counts),
    }
    return Answer(data, lines)


def show(call: Call) -> Answer:
    """One mediation, its people masked; the look is logged."""
    with call.desk() as desk:
        view = mediation_view(desk, call.options.number)
    return Answer(page_data(view, _row(view.row)), _lines(view))


def can(call: Call) -> Answer:
    """Which steps are lawful now, and why the others are not."""
    with call.desk() as desk:
        return steps_answer(mediation_offers(desk, call.options.number))


def fields(call: Call) -> Answer:
    """What a step asks for."""
    with call.desk() as desk:
        return fields_answer(mediation_offers(desk, call.options.number), call.options.action)


def _stood(told: MediationStood) -> Answer:
    data = {
        "mediation": told.mediation,
        "number": told.number,
        "file_no": told.file_no,
        "state": told.state,
        "state_name": told.state_name,
        "duties": [rows.duty(row) for row in told.duties],
        "dispute": told.told,
    }
    named = f"{told.number} {told.file_no}".strip()
    return Answer(data, [f"{named}：{told.state_name}", *rows.duty_lines(told.duties)])


def bind(call: Call) -> Answer:
    """The complete file as one PDF, with cover, contents and page numbers."""
    options = call.options
    with call.desk() as desk:
        made = bind_mediation(
            desk, options.number, options.out, two_sided=options.two_sided,
            large_print=options.large,
        )  # fmt: skip
    assert made is not None, "nobody could have cancelled"
    return rows.bound(made)


def _row(row: MediationRow) -> dict[str, object]:
    return {**asdict(row), "waits": sorted(row.waits)}


def _lines(view: MediationView) -> list[str]:
    row = view.row
    sides = "　".join(f"{s.side_name} {s.name}（{_answered(s.agrees)}）" for s in view.sides)
    lacking = "、".join(view.lacking)
    return [
        f"{row.number} {row.file_no} {row.title}",
        f"{row.village}　{row.category_name}　{row.source_name}　{row.state_name}　{row.due_words}",
        sides,
        f"调解员：{'、'.join(row.mediators)}　记录人：{view.recorder}",
        f"卷里还缺：{lacking}" if lacking else "卷里必须有的都有了",
        *(f"{each.on}　{each.label}　{each.who}　{each.text}" for each in view.timeline),
    ]


def _answered(agrees: bool | None) -> str:
    return "还没问" if agrees is None else "愿意" if agrees else "不愿意"


_NUMBER = argument("number", metavar="NUMBER", help="调解编号或卷宗编号，可以不写单位代码")
_ACTION = argument("action", metavar="ACTION", help="动作，见 mediation can")
_FILE = argument("--file", type=Path, metavar="F.json", help="这一步的内容")
_FILE_NEEDED = argument("--file", type=Path, required=True, metavar="F.json", help="内容")

_STEPS = (
    ("consent", "consent", "问一方愿不愿意调解"),
    ("party", "party", "补充当事人"),
    ("accept", "accept", "受理登记，给卷宗编号"),
    ("inquiry", "inquiry", "调查记录"),
    ("evidence", "evidence", "收证据材料"),
    ("agent", "agent", "授权委托"),
    ("session", "session", "调解一次"),
    ("draft", "draft", "起草协议书"),
    ("agreement", "agreement", "达成协议，书面或口头"),
    ("performance", "performance", "登记履行"),
    ("court", "court", "司法确认"),
    ("follow-up", "follow", "回访"),
    ("fail", "fail", "调解不成"),
    ("end", "end", "当事人要求终止"),
    ("archive", "archive", "立卷"),
    ("void", "void", "作废"),
)
"""Verb, step, what it is."""

VERBS = (
    Verb("start", "立一件调解", start, (_FILE_NEEDED,)),
    *(Verb(verb, words, step(action), (_NUMBER, _FILE)) for verb, action, words in _STEPS),
    Verb("do", "办一步", do, (_NUMBER, _ACTION, _FILE)),
    Verb(
        "list",
        "全部调解",
        show_list,
        narrowing(VIEWS, "征求意愿、调解中、待履行、待回访、待立卷、全部", "申请的期间"),
    ),
    Verb("show", "一件调解的全部情况", show, (_NUMBER,)),
    Verb(
        "bind",
        "整卷装订成一份 PDF",
        bind,
        (
            _NUMBER,
            argument("--out", type=Path, required=True, metavar="F.pdf", help="写到哪里"),
            argument("--two-sided", action="store_true", help="双面打印"),
            argument("--large", action="store_true", help="大字版"),
        ),
    ),
    Verb("can", "现在可以办哪些步骤，其他的还缺什么", can, (_NUMBER,)),
    Verb("fields", "一个步骤要填哪些栏目", fields, (_NUMBER, _ACTION)),
)  # fmt: skip
