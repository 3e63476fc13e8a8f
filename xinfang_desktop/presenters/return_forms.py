"""What a return asks (本期填报): the question, a line for each open dispute, a card for each new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xinfang_desktop.domain.dispute_steps import REGISTER
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.returns import PROGRESS, RETURN

YES, NO = "yes", "no"
QUESTION = Field(
    "answer", "本期有没有新发现的纠纷", "choice", required=True, choices=((NO, "没有"), (YES, "有")),
    help="到村组里问过、看过再回答。没有新发现的也要报，叫零报告。",
)  # fmt: skip
PROGRESS_FIELDS: Mapping[str, Field] = {each.name: each for each in PROGRESS.columns}

_TOP = ("filed_on", "reporter")
TOP: tuple[Field, ...] = tuple(each for each in RETURN if each.name in _TOP)
"""Asked of an officer who writes for a village."""
NOTE: tuple[Field, ...] = tuple(each for each in RETURN if each.name == "note")

_MORE = (
    "detail", "occurred_on", "units", "source", "found_by", "grade", "unit", "person", "due",
    "settled", "method", "result",
)  # fmt: skip
_NOT_ASKED = frozenset({"village"})
_NOTHING_YET = frozenset({"found_on"})
"""Fields that a fresh card holds already."""


def card_fields(desk: Desk) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields of a new dispute that are always seen, and those under 更多."""
    words = tuple((grade.word, grade.word) for grade in desk.shipped.grades.grades)
    asked = [
        replace(each, kind="choice", choices=words) if each.name == "grade" else each
        for each in REGISTER
        if each.name not in _NOT_ASKED
    ]
    return (
        tuple(each for each in asked if each.name not in _MORE),
        tuple(each for each in asked if each.name in _MORE),
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem and where it belongs: ``part`` is top question progress dispute note or page;
    ``at`` the number of the dispute, or which card; ``problem.field`` is within that part.
    """

    part: str
    at: str | int
    problem: XinfangError


def filled(card: Mapping[str, Any]) -> bool:
    """Whether anything was written on a card."""
    return any(
        value not in ("", None, False, []) for n, value in card.items() if n not in _NOTHING_YET
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A return as a command wants it, and which line and card each of its rows came from."""

    data: Mapping[str, Any]
    numbers: Sequence[str]
    cards: Sequence[int]

    def place(self, problem: XinfangError) -> Placed:
        """Where a problem is told: ``disputes.2.summary`` on the card of the second row sent."""
        part, _, rest = problem.field.partition(".")
        row, _, field = rest.partition(".")
        rows: Mapping[str, Sequence[str | int]] = {
            "progress": self.numbers, "disputes": self.cards,
        }  # fmt: skip
        known = rows.get(part)
        if known is not None and row.isdigit() and 0 < int(row) <= len(known):
            return Placed(_PARTS[part], known[int(row) - 1], _within(problem, field))
        name = problem.field
        where = "top" if name in _TOP else _PARTS.get(name, "page")
        return Placed(where, "", problem)


_PARTS = {
    "progress": "progress", "disputes": "dispute", "zero": "question", "note": "note",
}  # fmt: skip


def _within(problem: XinfangError, field: str) -> XinfangError:
    return RuleViolation(
        problem.code, problem.sentence, mend=problem.mend, article=problem.article, field=field
    )


def asked(values: Mapping[str, Any], round_: Mapping[str, str]) -> Asked:
    """The return that was typed. Cards left empty are not sent, but one that was announced is."""
    lines = {
        number: line
        for number, line in values.get("progress", {}).items()
        if line.get("text") or line.get("settled")
    }
    cards = list(values.get("disputes", ())) if values.get("answer") == YES else []
    sent = [number for number, card in enumerate(cards) if filled(card)] or [0][: len(cards)]
    kept = {name: values[name] for name in (*_TOP, "note") if values.get(name)}
    data = {
        **round_, **kept,
        "zero": values.get("answer") == NO and not lines,
        "progress": [{"number": number, **_line(line)} for number, line in lines.items()],
        "disputes": [_card(cards[number]) for number in sent],
    }  # fmt: skip
    return Asked(data, tuple(lines), tuple(sent))


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of progress; how it was settled is said only where it was."""
    settled = bool(line.get("settled"))
    kept = {"text": line.get("text"), "settled": settled or None}
    return {n: v for n, v in {**kept, "method": line.get("method") if settled else ""}.items() if v}


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in card.items() if value is not False}


def unanswered(values: Mapping[str, Any]) -> RuleViolation | None:
    """What is wrong with the answer to the question itself, before anything is asked."""
    written = sum(1 for card in values.get("disputes", ()) if filled(card))
    if not values.get("answer"):
        return RuleViolation(
            "field_missing",
            "还没有回答有没有新发现的纠纷。",
            mend="没有也要选“没有”。",
            field="zero",
        )
    if values["answer"] == NO and written:
        return RuleViolation(
            "zero_with_disputes", f"选了“没有”，可是写过 {written} 件纠纷还没有报。",
            mend="要报就选“有”；不报，请选“有”以后把它去掉。", field="zero",
        )  # fmt: skip
    return None
