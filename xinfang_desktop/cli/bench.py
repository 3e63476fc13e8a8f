"""``xinfang bench``: the waits a clerk feels, measured in a temporary office."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..bench.trials import TRIALS, Result, measure
from .answers import table
from .parsing import count
from .session import shipped
from .words import Answer, Call, UsageError, Verb, argument

SIZE, FULL = 300, (300, 3000)
"""Matters in the office that is measured."""


def run(call: Call) -> Answer:
    """Measure everything, or the rows of one name."""
    options = call.options
    trials = [t for t in TRIALS if t.name.startswith(options.name)]
    if not trials:
        raise UsageError(
            f"没有“{options.name}”这一项。", "可用的有：" + "、".join(t.name for t in TRIALS)
        )
    results: list[Result] = []
    for size in FULL if options.full else (options.size,):
        with tempfile.TemporaryDirectory(prefix="xinfang-bench-") as folder:
            results += measure(Path(folder) / "data", size, shipped(), call.clock, trials)
    lines = table(
        ("项目", "件数", "秒", "不超过", "达标"),
        [(r.name, r.size, r.seconds, round(r.yardstick * r.target, 4), r.ok) for r in results],
    )
    return Answer({"results": results}, lines)


VERBS = (
    Verb(
        "",
        "性能测试：在临时单位里量一量等多久",
        run,
        (
            argument("name", nargs="?", default="", metavar="NAME", help="只测一项"),
            argument("--full", action="store_true", help="各种规模都测"),
            argument("--size", type=count, default=SIZE, metavar="N", help="件数"),
        ),
    ),
)
