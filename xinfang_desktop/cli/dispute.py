"""``xinfang dispute``: disputes (矛盾纠纷) that imported screening ledgers brought."""

from __future__ import annotations

from ..services.disputes import dispute_list, dispute_view
from .answers import table
from .words import Answer, Call, Verb, argument


def show_list(call: Call) -> Answer:
    """All disputes, newest first."""
    with call.desk() as desk:
        found = dispute_list(desk)
    data = [
        {
            "number": d.number,
            "village": d.village,
            "category": d.category_name,
            "state": d.state,
            "found_on": d.found_on,
            "summary": d.summary,
            "parties": list(d.parties),
        }
        for d in found
    ]
    lines = table(
        ("编号", "村（社区）", "类别", "状态", "发现", "概要"),
        [
            (d.number, d.village, d.category_name, d.state_name, d.found_on, d.summary)
            for d in found
        ],
    )
    return Answer({"disputes": data}, lines)


def show(call: Call) -> Answer:
    """One dispute, its people masked."""
    with call.desk() as desk:
        found = dispute_view(desk, call.options.number)
    lines = [
        f"{found.number} {found.summary}",
        f"{found.village}　{found.category_name}　{found.state_name}　发现：{found.found_on}",
        f"当事人：{'、'.join(found.parties)}　责任人：{found.person}　{found.result}",
    ]
    data = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return Answer({**data, "category": found.category_name}, lines)


VERBS = (
    Verb("list", "全部纠纷", show_list),
    Verb(
        "show",
        "一起纠纷",
        show,
        (argument("number", metavar="NUMBER", help="纠纷编号"),),
    ),
)
