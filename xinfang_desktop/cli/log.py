"""``xinfang log``: the chain holds, the tables are what the log says, who did and saw what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..domain.errors import EnvironmentProblem
from ..services.exchange_papers import check_paper, proof_paper
from ..services.safekeeping import log_of, rebuild_check, verify_log
from ..store.verify import LogReport
from .answers import DAMAGED, table
from .words import Answer, Call, Verb, argument

UNREADABLE = "damaged_store"
"""What the store says where a page of the encrypted file fails its check."""

_MEND = "请不要继续录入，保留数据文件夹原样，用备份核对，并联系维护人员。"


def verify(call: Call) -> Answer:
    """Check every hash, link, number and signature."""
    try:
        with call.desk() as desk:
            report = verify_log(desk)
    except EnvironmentProblem as problem:
        if problem.code != UNREADABLE:
            raise
        report = LogReport(False, 0, {}, "数据文件里有一页读不出来，它被改动过或磁盘坏了")
    data = {
        "ok": report.ok,
        "entries": report.entries,
        "heads": report.heads,
        "first_bad": report.first_bad,
    }
    if report.ok:
        return Answer(data, (f"日志完好，共 {report.entries} 条。",))
    return _damaged(data, "log_damaged", f"日志被改动过，第一处：{report.first_bad.rstrip('。')}。")


def rebuild(call: Call) -> Answer:
    """Replay the log into an empty store in memory and compare."""
    with call.desk() as desk:
        report = rebuild_check(desk)
    data = {"ok": report.ok, "entries": report.entries, "differences": list(report.differences)}
    if report.ok:
        return Answer(data, (f"数据与日志一致，共 {report.entries} 条。",))
    first = "；".join(report.differences[:5])
    return _damaged(data, "tables_differ", f"数据与日志不一致：{first}。")


def show(call: Call) -> Answer:
    """Who did and saw what about one matter, oldest first."""
    with call.desk() as desk:
        found = log_of(desk, call.options.number)
    entries = [
        {"at": row.at, "by": row.who, "feed": row.feed, "seq": row.seq, "what": list(row.what)}
        for row in found
    ]
    lines = table(
        ("时间", "谁", "做了什么"),
        [(row.at.isoformat(sep=" ", timespec="seconds"), row.who, row.what) for row in found],
    )
    return Answer({"number": call.options.number, "entries": entries}, lines)


def proof(call: Call) -> Answer:
    """Print the monthly proof: the newest hash of every chain."""
    with call.desk() as desk:
        made = proof_paper(desk, call.options.out)
    data = {"form": made.code, "out": str(made.path), "pages": made.pages}
    name = made.path.name if made.path else ""
    return Answer(data, (f"已写入 {name}，{made.pages} 页。请盖章存档。",), made.warnings)


def paper(call: Call) -> Answer:
    """Check a hash that stands on a proof against the log here."""
    with call.desk() as desk:
        found = check_paper(desk, call.options.hash)
    data = {"found": found.found, "lines": list(found.lines)}
    if found.found:
        return Answer(data, (found.sentence, *found.lines))
    mend = "".join(found.lines) or _MEND
    error = {"code": "not_in_log", "sentence": found.sentence, "mend": mend, "article": ""}
    return Answer({**data, "error": error}, (), (found.sentence, *found.lines), status=DAMAGED)


def _damaged(data: Mapping[str, Any], code: str, sentence: str) -> Answer:
    error = {"code": code, "sentence": sentence, "mend": _MEND, "article": ""}
    return Answer({**data, "error": error}, (), (sentence, _MEND), status=DAMAGED)


VERBS = (
    Verb("verify", "校验日志的每一环", verify),
    Verb(
        "rebuild",
        "从日志重算一遍，与数据比较",
        rebuild,
        (argument("--check", action="store_true", required=True, help="只比较，不改数据"),),
    ),
    Verb(
        "proof",
        "打印月度存证：每条记录链最后一条的摘要",
        proof,
        (argument("--out", type=Path, required=True, metavar="F.pdf", help="写到这个文件"),),
    ),
    Verb(
        "check-paper",
        "核对存证纸上的摘要在不在日志里",
        paper,
        (argument("hash", metavar="HASH", help="纸上的一串摘要，至少 16 个字"),),
    ),
    Verb(
        "show",
        "一件事项：谁在什么时候做了、看了什么",
        show,
        (argument("number", metavar="NUMBER", help="信访编号"),),
    ),
)
