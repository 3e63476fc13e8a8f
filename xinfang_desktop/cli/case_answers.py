"""What verbs about disputes and mediations share: their steps, and how they stand."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..domain.course import Offer
from ..domain.errors import RuleViolation
from . import rows
from .answers import table
from .matter_answers import as_field, field_hint
from .words import Answer, Argument, argument

MARKS = {True: "✓", False: "✗"}


def steps_answer(offers: Iterable[Offer]) -> Answer:
    """Which steps are lawful now, and why the others are not."""
    found = tuple(offers)
    data = [
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
        [(MARKS[o.allowed], o.action, o.label, "".join(o.missing)) for o in found],
    )
    return Answer({"actions": data}, lines)


def page_data(view: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    """The page of a case as the command answers it: its row and everything beside it."""
    told = {
        name: getattr(view, name)
        for name in view.__dataclass_fields__
        if name not in ("row", "duties", "offers", "seen")  # who looked is of this PC: log show
    }
    return {**row, **told, "duties": [rows.duty(each) for each in view.duties]}


def narrowing(views: Iterable[str], words: str, period: str) -> tuple[Argument, ...]:
    """What a list of cases is narrowed to; ``words`` name its views, ``period`` whose day counts."""
    return (
        argument("--view", default="all", choices=tuple(views), help=words),
        argument("--village", default="", help="村（社区）的名称或代码"),
        argument("--text", default="", metavar="T", help="含有的字、拼音、编号"),
        argument("--period", default="", metavar="P", help=period),
        argument("--state", default="", metavar="S", help="状态的代码"),
    )


def asked_of(options: Namespace) -> dict[str, str]:
    """The same as it was asked for."""
    names = ("view", "village", "text", "period", "state")
    return {name: getattr(options, name) for name in names}


def fields_answer(offers: Sequence[Offer], action: str) -> Answer:
    """What a step asks for: the keys of its file."""
    for offer in offers:
        if offer.action == action:
            lines = [f"{field.name}（{field.label}）{field_hint(field)}" for field in offer.fields]
            fields: list[Any] = [as_field(field) for field in offer.fields]
            return Answer({"action": offer.action, "fields": fields}, lines)
    raise RuleViolation(
        "unknown_action", "没有这个动作。",
        mend="可用的有：" + "、".join(offer.action for offer in offers), field="action",
    )  # fmt: skip
