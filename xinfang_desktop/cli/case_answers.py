"""What verbs about disputes and mediations share: their steps, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..domain.course import Offer
from ..domain.errors import RuleViolation
from .answers import table
from .matter_answers import as_field, field_hint
from .words import Answer

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
        [(MARKS[o.allowed], o.action, o.label, "；".join(o.missing)) for o in found],
    )
    return Answer({"actions": data}, lines)


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
