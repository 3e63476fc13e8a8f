"""``xinfang search``: Chinese, pinyin, initials, the tail of a phone number, a number."""

from __future__ import annotations

from ..services.searching import search_matters
from .answers import table
from .parsing import count
from .words import Answer, Call, Verb, argument


def run(call: Call) -> Answer:
    """The best hits, and how many there are; none is no refusal."""
    with call.desk() as desk:
        found = search_matters(desk, call.options.text, call.options.limit)
    hits = [
        {
            "kind": hit.kind,
            "number": hit.number,
            "title": hit.title,
            "where": hit.where,
            "state": hit.state_name,
            "received_on": hit.received_on,
        }
        for hit in found.hits
    ]
    lines = table(
        ("编号", "事项", "在哪里", "状态", "收到"),
        [(h.number, h.title, h.where, h.state_name, h.received_on) for h in found.hits],
    )
    remark = f"共 {found.total} 件。" if found.total else "没有找到。"
    return Answer({"hits": hits, "total": found.total}, lines if hits else (), (remark,))


VERBS = (
    Verb(
        "",
        "查找信访事项",
        run,
        (
            argument("text", metavar="TEXT", help="汉字、拼音、首字母、电话尾号或编号"),
            argument("--limit", type=count, default=50, metavar="N", help="最多几件"),
        ),
    ),
)
