"""``xinfang note``: the village diary and talk days (民情日记、恳谈日), promises kept."""

from __future__ import annotations

from pathlib import Path

from ..domain.village_notes import SORT_WORDS, Promise
from ..services.note_views import NoteQuery, NoteRow, NoteView, note_list, note_view
from ..services.village_notes import (
    NoteWritten,
    correct_note,
    keep_promise,
    make_dispute,
    write_note,
)
from . import rows
from .answers import table
from .dispute import stood_answer
from .parsing import count, day
from .reading import read_object
from .words import Answer, Call, Verb, argument


def add(call: Call) -> Answer:
    """Write a page of the diary or of a talk day."""
    with call.desk() as desk:
        return _written(write_note(desk, read_object(call.options.file)))


def show_list(call: Call) -> Answer:
    """Notes, newest first."""
    options = call.options
    asked = NoteQuery(options.village, options.period, options.sort, options.open)
    with call.desk() as desk:
        found = note_list(desk, asked)
    lines = table(
        ("日期", "村（社区）", "种类", "事由", "未办的承诺", "内容", "编号"),
        [
            (r.on, r.village, r.sort_name, r.topic_name, r.open_promises or "", r.text[:30], r.id)
            for r in found
        ],
    )
    return Answer({"notes": [_row(row) for row in found], "total": len(found)}, lines)


def show(call: Call) -> Answer:
    """One note; the look is logged."""
    with call.desk() as desk:
        view = note_view(desk, call.options.id)
    data = {
        **_row(view.row), "voided": view.voided, "corrected_by": view.corrected_by,
        "duties": [rows.duty(duty) for duty in view.duties], "timeline": list(view.timeline),
        "seen": list(view.seen),
    }  # fmt: skip
    return Answer(data, _lines(view))


def keep(call: Call) -> Answer:
    """Record that a promise was kept."""
    options = call.options
    told = {"content": options.content, **({"on": options.on} if options.on else {})}
    with call.desk() as desk:
        return _written(keep_promise(desk, options.id, options.no, told))


def correct(call: Call) -> Answer:
    """Write it anew and void the wrong page."""
    options = call.options
    with call.desk() as desk:
        return _written(correct_note(desk, options.id, read_object(options.file), options.reason))


def to_dispute(call: Call) -> Answer:
    """The problem of a note becomes a dispute of its village."""
    with call.desk() as desk:
        return stood_answer(make_dispute(desk, call.options.id, read_object(call.options.file)))


def _written(told: NoteWritten) -> Answer:
    data = {
        "note": told.note,
        "village": told.village,
        "duties": [rows.duty(row) for row in told.duties],
    }
    return Answer(data, [f"{told.village}：已记下。", *rows.duty_lines(told.duties)])


def _row(row: NoteRow) -> dict[str, object]:
    return {
        "id": row.id, "village": row.village, "sort": row.sort, "on": row.on,
        "topic": row.topic_name, "place": row.place, "text": row.text,
        "headcount": row.headcount, "by": row.by, "open_promises": row.open_promises,
        "promises": [_promise(promise) for promise in row.promises], "dispute": row.dispute,
    }  # fmt: skip


def _promise(promise: Promise) -> dict[str, object]:
    return {
        "no": promise.no, "what": promise.what, "due": promise.due, "by": promise.by,
        "kept_on": promise.kept_on, "kept_how": promise.kept_how,
    }  # fmt: skip


def _lines(view: NoteView) -> list[str]:
    row = view.row
    people = f"　到会 {row.headcount} 人" if row.headcount else ""
    lines = [
        f"{row.on}　{row.village}　{row.sort_name}　{row.topic_name}{people}",
        row.text,
        *(
            f"承诺 {p.no}：{p.what}，{p.by}，{p.due} 前"
            + (f"；{p.kept_on} 办到：{p.kept_how}" if p.kept_on else "（未办）")
            for p in row.promises
        ),
    ]
    if row.dispute:
        lines.append(f"已转为纠纷：{row.dispute}")
    if view.voided:
        lines.append(f"已作废，另记一页：{view.corrected_by}")
    return lines


_ID = argument("id", metavar="ID", help="记录的编号，见 note list")
_FILE = argument("--file", type=Path, required=True, metavar="F.json", help="记录的内容")

VERBS = (
    Verb("add", "写一页民情日记或恳谈日记录", add, (_FILE,)),
    Verb(
        "list",
        "全部记录",
        show_list,
        (
            argument("--village", default="", help="村（社区）的名称或代码"),
            argument("--period", default="", metavar="P", help="记录的期间"),
            argument("--sort", default="", choices=("", *SORT_WORDS), help="民情日记或恳谈日"),
            argument("--open", action="store_true", help="只看还有承诺没有办到的"),
        ),
    ),
    Verb("show", "一页记录，承诺办得怎样", show, (_ID,)),
    Verb(
        "keep",
        "登记一项承诺办到了",
        keep,
        (
            _ID,
            argument("no", type=count, metavar="N", help="第几项承诺"),
            argument("--content", required=True, metavar="TEXT", help="怎么办的"),
            argument("--on", type=day, metavar="D", help="办到的日期，不写是今天"),
        ),
    ),
    Verb(
        "correct",
        "更正：另记一页，原来的作废",
        correct,
        (_ID, _FILE, argument("--reason", required=True, metavar="TEXT", help="为什么更正")),
    ),
    Verb(
        "to-dispute",
        "转为一起纠纷",
        to_dispute,
        (_ID, argument("--file", type=Path, required=True, metavar="F.json", help="纠纷的内容")),
    ),
)
