"""``xinfang dispute``: disputes (矛盾纠纷): registered, listed, taken through their lawful steps."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ..services.attachments import attach_to_dispute
from ..services.dispute_views import DisputeRow, DisputeView
from ..services.dispute_work import DisputeStood, register_dispute, take_dispute_step
from ..services.disputes import VIEWS, DisputeQuery, dispute_offers, dispute_page, dispute_view
from ..services.sharing import share_dispute
from . import rows
from .answers import table
from .case_answers import asked_of, fields_answer, narrowing, page_data, steps_answer
from .reading import read_object
from .words import Answer, Call, Verb, argument


def add(call: Call) -> Answer:
    """Register one dispute."""
    with call.desk() as desk:
        return stood_answer(register_dispute(desk, read_object(call.options.file)))


def show_list(call: Call) -> Answer:
    """Disputes, newest first."""
    asked = DisputeQuery(**asked_of(call.options))
    with call.desk() as desk:
        page = dispute_page(desk, asked)
    lines = table(
        ("编号", "村（社区）", "类别", "级别", "状态", "发现", "期限", "概要"),
        [
            (r.number, r.village, r.category_name, r.grade, r.state_name, r.found_on, r.due_words,
             r.summary)
            for r in page.rows
        ],
    )  # fmt: skip
    data = {
        "disputes": [_row(r) for r in page.rows],
        "total": len(page.rows),
        "counts": dict(page.counts),
    }
    return Answer(data, lines)


def show(call: Call) -> Answer:
    """One dispute, its people masked; the look is logged."""
    with call.desk() as desk:
        view = dispute_view(desk, call.options.number)
    return Answer(page_data(view, _row(view.row)), _lines(view))


def do(call: Call) -> Answer:
    """One lawful step; refused with its reason otherwise."""
    options = call.options
    data = read_object(options.file) if options.file else {}
    with call.desk() as desk:
        return stood_answer(take_dispute_step(desk, options.number, options.action, data))


def can(call: Call) -> Answer:
    """Which steps are lawful now, and why the others are not."""
    with call.desk() as desk:
        return steps_answer(dispute_offers(desk, call.options.number))


def fields(call: Call) -> Answer:
    """What a step asks for."""
    with call.desk() as desk:
        return fields_answer(dispute_offers(desk, call.options.number), call.options.action)


def attach(call: Call) -> Answer:
    """Take a file (a photo, an agreement) into the dispute's file, encrypted."""
    with call.desk() as desk:
        kept = attach_to_dispute(desk, call.options.number, call.options.file)
    data = {"attachment": kept.id, "name": kept.name, "size": kept.size, "sha256": kept.sha256}
    return Answer(data, (f"已收下 {kept.name}（{kept.size} 字节）",))


def stood_answer(told: DisputeStood) -> Answer:
    """Where a dispute stands after it was registered or a step was taken."""
    data = {
        "dispute": told.dispute,
        "number": told.number,
        "state": told.state,
        "state_name": told.state_name,
        "duties": [rows.duty(row) for row in told.duties],
        "made": list(told.made),
    }
    return Answer(data, [f"{told.number}：{told.state_name}", *rows.duty_lines(told.duties)])


def _row(row: DisputeRow) -> dict[str, object]:
    return {**asdict(row), "category": row.category_name, "category_code": row.category}


def _lines(view: DisputeView) -> list[str]:
    row = view.row
    three = "　".join(f"{c.name}{'✓' if c.done else '（未确认）'}" for c in view.confirmations)
    return [
        f"{row.number} {row.summary}",
        f"{row.village}　{row.category_name}　{row.grade}　{row.state_name}　发现：{row.found_on}",
        f"当事人：{'、'.join(row.parties)}　责任：{row.unit} {row.person}　{row.due_words}",
        f"三不放过：{three}",
        *(f"{step.on}　{step.label}　{step.who}　{step.text}" for step in view.timeline),
    ]


def share(call: Call) -> Answer:
    """Share it with another office: both see it from now on."""
    with call.desk() as desk:
        shared = share_dispute(desk, call.options.number, call.options.to)
    data = {"number": shared.number, "feed": shared.feed, "site": shared.site, "name": shared.name}
    return Answer(data, (f"已与{shared.name}共享，下一个数据包会带去。",))


_NUMBER = argument("number", metavar="NUMBER", help="纠纷编号，可以不写单位代码")
_ACTION = argument("action", metavar="ACTION", help="动作，见 dispute can")

VERBS = (
    Verb(
        "add",
        "登记一起纠纷",
        add,
        (argument("--file", type=Path, required=True, metavar="F.json", help="纠纷的内容"),),
    ),
    Verb(
        "list",
        "全部纠纷",
        show_list,
        narrowing(VIEWS, "未销号、本月新增、逾期、待回访、停滞、全部", "发现的期间"),
    ),
    Verb("show", "一起纠纷的全部情况", show, (_NUMBER,)),
    Verb(
        "do",
        "办一步",
        do,
        (_NUMBER, _ACTION, argument("--file", type=Path, metavar="F.json", help="这一步的内容")),
    ),
    Verb(
        "attach",
        "收下一个附件",
        attach,
        (_NUMBER, argument("file", type=Path, metavar="FILE", help="文件")),
    ),
    Verb(
        "share",
        "与另一个单位共享，以后两边都看得到、都能办",
        share,
        (_NUMBER, argument("--to", required=True, metavar="SITE", help="对方站点的名称或编号")),
    ),
    Verb("can", "现在可以办哪些步骤，其他的还缺什么", can, (_NUMBER,)),
    Verb("fields", "一个步骤要填哪些栏目", fields, (_NUMBER, _ACTION)),
)  # fmt: skip
