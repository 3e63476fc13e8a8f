"""``xinfang haves``: the four "有" (接、答、释、困) of a first visit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..domain.four_haves import KINDS
from ..services.haves import HavesView, haves_of, set_have
from .answers import table
from .reading import read_object
from .words import Answer, Call, Verb, argument


def show(call: Call) -> Answer:
    """The four of the visit, each with its evidence."""
    with call.desk() as desk:
        return _answer(haves_of(desk, call.options.number))


def put(call: Call) -> Answer:
    """Write down evidence for one of the four."""
    data = read_object(call.options.file)
    with call.desk() as desk:
        return _answer(set_have(desk, call.options.number, call.options.kind, data))


def _answer(view: HavesView) -> Answer:
    items: list[dict[str, Any]] = [
        {
            "kind": item.kind,
            "name": item.name,
            "state": item.state,
            "due": item.due,
            "done_on": item.done_on,
            "by": item.by,
            "content": item.content,
            "article": item.article,
        }
        for item in view.items
    ]
    lines = table(
        ("四有", "情况", "期限", "办理日期", "办理人", "内容"),
        [(i.name, i.word, i.due, i.done_on, i.by, i.content) for i in view.items],
    )
    data = {"number": view.number, "items": items, "complete": view.complete}
    return Answer(data, [f"{view.number} {view.title}", *lines])


_NUMBER = argument("number", metavar="NUMBER", help="信访编号")

VERBS = (
    Verb("show", "四有的情况", show, (_NUMBER,)),
    Verb(
        "set",
        "登记一项",
        put,
        (
            _NUMBER,
            argument("kind", choices=tuple(KINDS), metavar="接|答|释|困", help="四有之一"),
            argument("--file", required=True, type=Path, metavar="F.json", help="内容"),
        ),
    ),
)
