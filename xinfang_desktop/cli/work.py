"""``xinfang work``: the office's own registers (工作台账), their lines and steps."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ..domain.registers import register_named
from ..services.attachments import attach_to_work
from ..services.register_work import (
    WorkStood,
    amend_item,
    draw_review,
    take_item_step,
    write_item,
)
from ..services.registers import (
    WorkQuery,
    item_list,
    item_offers,
    item_view,
    register_list,
    reveal_bookings,
)
from ..services.work_lines import WorkView
from . import rows
from .answers import table
from .case_answers import fields_answer, steps_answer
from .matter_answers import as_field, field_hint
from .parsing import count
from .reading import read_object
from .words import Answer, Call, Verb, argument


def registers(call: Call) -> Answer:
    """All registers and how many lines are open."""
    with call.desk() as desk:
        found = register_list(desk)
    lines = table(
        ("代码", "分类", "台账", "未办", "共"),
        [(r.key, r.group, r.name, r.open, r.total) for r in found],
    )
    return Answer({"registers": [asdict(row) for row in found]}, lines)


def show_list(call: Call) -> Answer:
    """The lines of a register, newest first."""
    options = call.options
    asked = WorkQuery(options.sort, options.period, options.state, options.text)
    with call.desk() as desk:
        found = item_list(desk, asked)
    lines = table(
        ("编号", "日期", "状态", "期限", "责任人", "名称"),
        [(r.number, r.on, r.state_name, r.due_words, r.owner, r.title) for r in found],
    )
    return Answer({"items": [asdict(row) for row in found], "total": len(found)}, lines)


def show(call: Call) -> Answer:
    """One line; the look is logged."""
    with call.desk() as desk:
        view = item_view(desk, call.options.number)
    data = {
        **asdict(view.row),
        "facts": {fact.name: fact.text for fact in view.facts},
        "tasks": list(view.tasks), "links": list(view.links), "timeline": list(view.timeline),
        "documents": list(view.documents), "attachments": list(view.attachments),
        "duties": [rows.duty(duty) for duty in view.duties], "conflicts": list(view.conflicts),
    }  # fmt: skip
    return Answer(data, _lines(view))


def add(call: Call) -> Answer:
    """A new line of a register."""
    with call.desk() as desk:
        return _stood(write_item(desk, call.options.sort, read_object(call.options.file)))


def amend(call: Call) -> Answer:
    """Change columns of a line, for a reason."""
    options = call.options
    with call.desk() as desk:
        return _stood(amend_item(desk, options.number, read_object(options.file), options.reason))


def do(call: Call) -> Answer:
    """One lawful step; refused with its reason otherwise."""
    options = call.options
    data = read_object(options.file) if options.file else {}
    with call.desk() as desk:
        return _stood(take_item_step(desk, options.number, options.action, data))


def can(call: Call) -> Answer:
    """Which steps are lawful now, and why the others are not."""
    with call.desk() as desk:
        return steps_answer(item_offers(desk, call.options.number))


def fields(call: Call) -> Answer:
    """What a step asks for."""
    with call.desk() as desk:
        return fields_answer(item_offers(desk, call.options.number), call.options.action)


def columns(call: Call) -> Answer:
    """What a new line of a register asks for: the keys of its file."""
    asked = register_named(call.options.sort).asks
    lines = [f"{field.name}（{field.label}）{field_hint(field)}" for field in asked]
    return Answer({"fields": [as_field(field) for field in asked]}, lines)


def attach(call: Call) -> Answer:
    """Take a file (minutes, a reply) into the file of a line, encrypted."""
    with call.desk() as desk:
        kept = attach_to_work(desk, call.options.number, call.options.file)
    data = {"attachment": kept.id, "name": kept.name, "size": kept.size, "sha256": kept.sha256}
    return Answer(data, (f"已收下 {kept.name}（{kept.size} 字节）",))


def reveal(call: Call) -> Answer:
    """Who booked a place on a reception day, for a reason that is logged."""
    options = call.options
    with call.desk() as desk:
        found = reveal_bookings(desk, options.number, options.reason)
    lines = table(
        ("号", "时间", "来访人", "电话", "想反映什么"),
        [(b.no, b.time, b.visitor, b.phone, b.subject) for b in found],
    )
    return Answer({"bookings": [asdict(each) for each in found]}, lines)


def draw(call: Call) -> Answer:
    """A new file review, its sample drawn by a stated seed."""
    options = call.options
    with call.desk() as desk:
        made = draw_review(desk, options.period, options.count, options.seed)
        view = item_view(desk, made.number)
    told = _stood(made)
    facts = {fact.name: fact.text for fact in view.facts}
    numbers = [row["number"] for row in view.sample]
    data = {**told.data, "facts": facts, "sample": [dict(row) for row in view.sample]}
    return Answer(data, [*told.lines, *(f"抽中：{number}" for number in numbers)])


def _stood(told: WorkStood) -> Answer:
    data = {
        "item": told.item, "number": told.number, "title": told.title, "state": told.state,
        "state_name": told.state_name, "duties": [rows.duty(row) for row in told.duties],
    }  # fmt: skip
    said = f"{told.number} {told.title}：{told.state_name}"
    return Answer(data, [said, *rows.duty_lines(told.duties)])


def _lines(view: WorkView) -> list[str]:
    row = view.row
    return [
        f"{row.number} {row.sort_name} {row.title}",
        f"{row.state_name}　{row.due_words}　责任人：{row.owner or row.by}",
        *(f"{fact.label}：{fact.text}" for fact in view.facts),
        *(f"有关事项：{link.number} {link.title}（{link.state_name}）" for link in view.links),
        *(
            f"任务 {t.no}：{t.what}，{t.by}，{t.due} 前"
            + (f"；{t.done_on} 落实：{t.done_how}" if t.done_on else "（未落实）")
            for t in view.tasks
        ),
        *(f"{each.on}　{each.label}　{each.who}　{each.text}" for each in view.timeline),
    ]


_NUMBER = argument("number", metavar="NUMBER", help="工作台账的编号，可以不写单位代码")
_SORT = argument("sort", metavar="SORT", help="哪本台账，见 work registers")
_ACTION = argument("action", metavar="ACTION", help="动作，见 work can")
_FILE = argument("--file", type=Path, metavar="F.json", help="这一步的内容")
_FILE_NEEDED = argument("--file", type=Path, required=True, metavar="F.json", help="内容")
_REASON = argument("--reason", required=True, metavar="TEXT", help="为什么，会留下记录")

VERBS = (
    Verb("registers", "有哪些台账，各有多少条未办", registers),
    Verb(
        "list",
        "一本台账的各条",
        show_list,
        (
            _SORT,
            argument("--period", default="", metavar="P", help="日期在哪段时间"),
            argument("--state", default="", metavar="S", help="状态的代码；open 是未办的"),
            argument("--text", default="", metavar="T", help="含有的字、拼音、编号"),
        ),
    ),
    Verb("show", "一条的全部情况", show, (_NUMBER,)),
    Verb("columns", "一本台账登记时要填哪些栏目", columns, (_SORT,)),
    Verb("add", "登记一条", add, (_SORT, _FILE_NEEDED)),
    Verb(
        "draw",
        "开始一次案件评查：按抽签号随机抽办结的卷",
        draw,
        (
            argument("--period", required=True, metavar="P", help="哪段时间办结的"),
            argument("--count", type=count, required=True, metavar="N", help="抽几件"),
            argument("--seed", required=True, metavar="K", help="抽签号，同一个号抽出同样的卷"),
        ),
    ),
    Verb("amend", "修改一条，写明原因", amend, (_NUMBER, _FILE_NEEDED, _REASON)),
    Verb("do", "办一步", do, (_NUMBER, _ACTION, _FILE)),
    Verb("can", "现在可以办哪些步骤，其他的还缺什么", can, (_NUMBER,)),
    Verb("fields", "一个步骤要填哪些栏目", fields, (_NUMBER, _ACTION)),
    Verb(
        "attach",
        "收下一个附件",
        attach,
        (_NUMBER, argument("file", type=Path, metavar="FILE", help="文件")),
    ),
    Verb("reveal", "查看接访日的预约人，写明原因", reveal, (_NUMBER, _REASON)),
)
