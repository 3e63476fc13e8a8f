"""``xinfang committee``: mediation committees and their mediators (调解组织)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ..services.committees import (
    CommitteeRow,
    add_committee,
    change_committee,
    committee_page,
    set_mediator,
)
from .answers import table
from .reading import read_object
from .words import Answer, Call, Verb, argument


def add(call: Call) -> Answer:
    """Register a committee."""
    with call.desk() as desk:
        return _one(add_committee(desk, read_object(call.options.file)))


def set_(call: Call) -> Answer:
    """Change what is registered of a committee."""
    with call.desk() as desk:
        return _one(change_committee(desk, call.options.name, read_object(call.options.file)))


def member(call: Call) -> Answer:
    """Add a mediator, change what is registered of one, or retire one."""
    with call.desk() as desk:
        return _one(set_mediator(desk, call.options.name, read_object(call.options.file)))


def show_list(call: Call) -> Answer:
    """Committees, their people, and what the law would have otherwise."""
    with call.desk() as desk:
        page = committee_page(desk)
    lines = table(
        ("名称", "村（社区）", "任期到", "人数", "要改的"),
        [
            (c.name, c.village, c.ends_on or "", sum(1 for m in c.mediators if not m.left),
             "；".join(f.sentence for f in c.findings))
            for c in page.committees
        ],
    )  # fmt: skip
    if page.without:
        lines = [*lines, f"还没有登记调解委员会的村（社区）：{'、'.join(page.without)}"]
    data = {
        "committees": [asdict(row) for row in page.committees],
        "without": list(page.without),
    }
    return Answer(data, lines)


def _one(row: CommitteeRow) -> Answer:
    people = [f"{m.post_name} {m.name}{'（已离任）' if m.left else ''}" for m in row.mediators]
    remarks = [f"{f.sentence}（{f.article}）" for f in row.findings]
    return Answer(asdict(row), [row.name, *people], remarks)


_NAME = argument("name", metavar="NAME", help="调解委员会的名称")
_FILE = argument("--file", type=Path, required=True, metavar="F.json", help="内容")

VERBS = (
    Verb("add", "登记调解委员会", add, (_FILE,)),
    Verb("set", "修改调解委员会", set_, (_NAME, _FILE)),
    Verb("list", "全部调解委员会和调解员", show_list),
    Verb("member", "添加、修改调解员，left 为是就是离任", member, (_NAME, _FILE)),
)
