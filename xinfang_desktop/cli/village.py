"""``xinfang village``: villages and communities (村、社区)."""

from __future__ import annotations

from ..services.accounts import add_village, villages
from .answers import table
from .words import Answer, Call, Verb, argument


def add(call: Call) -> Answer:
    """Add a village, or give one that a ledger named its code."""
    with call.desk() as desk:
        village = add_village(desk, call.options.code, call.options.name)
    return Answer(
        {"code": village.code, "name": village.name}, [f"已添加 {village.name}（{village.code}）"]
    )


def show(call: Call) -> Answer:
    """All villages, those without a code last."""
    with call.desk() as desk:
        rows = villages(desk)
    return Answer(
        {"villages": [{"code": row.code, "name": row.name} for row in rows]},
        table(("代码", "名称"), [(row.code or "（未编码）", row.name) for row in rows]),
    )


VERBS = (
    Verb(
        "add",
        "添加村（社区）",
        add,
        (
            argument("code", metavar="CODE", help="12 位统计用区划代码"),
            argument("name", metavar="NAME", help="名称，例如 柳溪村"),
        ),
    ),
    Verb("list", "全部村（社区）", show),
)
