"""``xinfang matter``: lists of matters (信访事项), the page of one, and its lawful steps."""

from __future__ import annotations

from pathlib import Path

from ..domain.errors import RuleViolation
from ..domain.states import STATES
from ..services.attachments import attach_file, copy_attachment
from ..services.handling import MatterQuery, matter_list, matter_view, offers, take_step
from ..services.matter_binder import bind_matter
from ..services.registration import judge_similar
from ..services.sharing import share_matter
from . import rows
from .answers import table
from .matter_answers import as_field, as_page, as_row, field_hint, page_lines
from .parsing import count
from .reading import read_object
from .words import Answer, Call, Verb, argument

MARKS = {True: "✓", False: "✗"}


def show_list(call: Call) -> Answer:
    """Matters, newest first, with the next thing owed for each."""
    options = call.options
    asked = MatterQuery(
        state=state_code(options.state),
        text=options.text,
        village=options.village,
        channel=options.channel,
        owner=options.owner,
        open_only=options.open,
        year=options.year,
        limit=options.limit,
    )
    with call.desk() as desk:
        page = matter_list(desk, asked)
    lines = table(
        ("编号", "事项", "信访人", "状态", "收到", "期限", "承办人"),
        [
            (m.number, m.title, m.masked_name, m.state_name, m.received_on, m.due_words, m.owner)
            for m in page.matters
        ],
    )
    answer = {"matters": [as_row(matter) for matter in page.matters], "total": page.total}
    return Answer(answer, lines, (f"共 {page.total} 件。",))


def show(call: Call) -> Answer:
    """The page of one matter, people masked; the look is logged."""
    with call.desk() as desk:
        view = matter_view(desk, call.options.number)
    return Answer(as_page(view), page_lines(view))


def do(call: Call) -> Answer:
    """One lawful step, with what the file says; refused with its article otherwise."""
    options = call.options
    data = read_object(options.file) if options.file else {}
    with call.desk() as desk:
        taken = take_step(desk, options.number, options.action, data)
    answer = {
        "number": taken.number,
        "state": taken.state,
        "state_name": taken.state_name,
        "duties": [rows.duty(row) for row in taken.duties],
        "made": list(taken.made),
    }
    return Answer(answer, [f"{taken.number}：{taken.state_name}", *rows.duty_lines(taken.duties)])


def can(call: Call) -> Answer:
    """Which steps are lawful now, and why the others are not."""
    with call.desk() as desk:
        found = offers(desk, call.options.number)
    answer = [
        {
            "action": offer.action,
            "label": offer.label,
            "allowed": offer.allowed,
            "missing": list(offer.missing),
            "article": offer.article,
        }
        for offer in found
    ]
    lines = table(
        ("", "动作", "名称", "还缺什么"),
        [
            (MARKS[offer.allowed], offer.action, offer.label, "".join(offer.missing))
            for offer in found
        ],
    )
    return Answer({"actions": answer}, lines)


def fields(call: Call) -> Answer:
    """What a step asks for: the keys of its file."""
    with call.desk() as desk:
        found = offers(desk, call.options.number)
    for offer in found:
        if offer.action == call.options.action:
            lines = [f"{field.name}（{field.label}）{field_hint(field)}" for field in offer.fields]
            return Answer(
                {"action": offer.action, "fields": [as_field(field) for field in offer.fields]},
                lines,
            )
    raise RuleViolation(
        "unknown_action",
        "没有这个动作。",
        mend="可用的有：" + "、".join(offer.action for offer in found),
        field="action",
    )


def attach(call: Call) -> Answer:
    """Take a file into the matter's file, encrypted."""
    with call.desk() as desk:
        kept = attach_file(desk, call.options.number, call.options.file)
    return Answer(
        {"attachment": kept.id, "name": kept.name, "size": kept.size, "sha256": kept.sha256},
        (f"已收下 {kept.name}（{kept.size} 字节）",),
    )


def copy(call: Call) -> Answer:
    """A readable copy of an attachment."""
    with call.desk() as desk:
        out = copy_attachment(desk, call.options.attachment, call.options.out)
    return Answer({"out": str(out)}, (f"已另存为 {out.name}",))


def binder(call: Call) -> Answer:
    """The whole file as one PDF: what is missing, cover, contents, papers, back."""
    options = call.options
    with call.desk() as desk:
        made = bind_matter(
            desk, options.number, options.out, two_sided=options.two_sided,
            large_print=options.large,
        )  # fmt: skip
    assert made is not None, "nobody could have cancelled"
    return rows.bound(made)


def judge(call: Call) -> Answer:
    """Write down whether two matters are the same; ``undone`` takes it back."""
    options = call.options
    with call.desk() as desk:
        judge_similar(desk, options.number, options.other, options.judged)
    return Answer(
        {"left": options.number, "right": options.other, "judged": options.judged}, ("已记下。",)
    )


def state_code(text: str) -> str:
    """A state by its code or its Chinese name."""
    if not text or text in STATES:
        return text
    for state in STATES.values():
        if state.name == text:
            return state.code
    raise RuleViolation(
        "unknown_state",
        "没有这个状态。",
        mend="可用的有：" + "、".join(f"{s.code} {s.name}" for s in STATES.values()),
        field="state",
    )


def share(call: Call) -> Answer:
    """Share it with another office: both see it from now on."""
    with call.desk() as desk:
        shared = share_matter(desk, call.options.number, call.options.to)
    data = {"number": shared.number, "feed": shared.feed, "site": shared.site, "name": shared.name}
    return Answer(data, (f"已与{shared.name}共享，下一个数据包会带去。",))


_NUMBER = argument("number", metavar="NUMBER", help="信访编号，可以不写单位代码")
_ACTION = argument("action", metavar="ACTION", help="动作，见 matter can")

VERBS = (
    Verb(
        "list",
        "信访事项列表",
        show_list,
        (
            argument("--state", default="", metavar="S", help="状态的代码或名称"),
            argument("--text", default="", metavar="T", help="含有的字、拼音、编号"),
            argument("--village", default="", help="村（社区）的名称或代码"),
            argument("--channel", default="", help="信访形式的代码或名称"),
            argument("--owner", default="", metavar="NAME", help="承办人"),
            argument("--open", action="store_true", help="只看没有办结的"),
            argument("--year", type=count, help="收到的年份"),
            argument("--limit", type=count, help="最多几件"),
        ),
    ),
    Verb("show", "一件事项的全部情况", show, (_NUMBER,)),
    Verb(
        "do",
        "办一步",
        do,
        (_NUMBER, _ACTION, argument("--file", type=Path, metavar="F.json", help="这一步的内容")),
    ),
    Verb(
        "share",
        "与另一个单位共享，以后两边都看得到、都能办",
        share,
        (_NUMBER, argument("--to", required=True, metavar="SITE", help="对方站点的名称或编号")),
    ),
    Verb("can", "现在可以办哪些步骤，其他的还缺什么", can, (_NUMBER,)),
    Verb("fields", "一个步骤要填哪些栏目", fields, (_NUMBER, _ACTION)),
    Verb(
        "attach",
        "收下一个附件",
        attach,
        (_NUMBER, argument("file", type=Path, metavar="FILE", help="文件")),
    ),
    Verb(
        "copy",
        "另存一个附件",
        copy,
        (
            argument("attachment", metavar="ID", help="附件的标识（attach 时给出）"),
            argument("--out", type=Path, required=True, metavar="FILE", help="存到哪里"),
        ),
    ),
    Verb(
        "binder",
        "整卷装订成一个 PDF，先列还缺什么",
        binder,
        (
            _NUMBER,
            argument("--out", type=Path, required=True, metavar="F.pdf", help="存到哪里"),
            argument("--two-sided", action="store_true", help="双面打印：每份从正面开始"),
            argument("--large", action="store_true", help="大字版"),
        ),
    ),
    Verb(
        "judge",
        "判断两件是不是同一事项",
        judge,
        (
            _NUMBER,
            argument("other", metavar="NUMBER2", help="另一件的编号"),
            argument(
                "judged",
                choices=("same", "related", "different", "undone"),
                help="同一、关联、不同，或撤销判断",
            ),
        ),
    ),
)
