"""``xinfang bundle``: making bundles, taking them in, and how exchange stands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..domain.errors import XinfangError
from ..exchange import parting
from ..services import conflicts as inbox
from ..services import exchange_papers, exchange_status, receiving, sending
from ..services.accounts import home_state, sign_in_names
from ..services.conflicts import ConflictValue
from ..services.exchange_papers import OfficePaper
from ..services.receiving import BundleReport, OuterReport
from .answers import DAMAGED, STATUS, plain, table
from .words import DONE, NOTHING_NEW, Answer, Call, Verb, argument

HELD_BACK = 5
"""Exit status: accepted, but waiting for something earlier."""

_RESULTS = {receiving.NEW: DONE, receiving.WAITING: HELD_BACK, receiving.KNOWN: NOTHING_NEW}


def export(call: Call) -> Answer:
    """Write a bundle for one site."""
    options = call.options
    budget = parting.budget(options.budget) if options.budget else None
    with call.desk() as desk:
        made = sending.export_bundle(
            desk, options.to, options.out, budget=budget, recovery=options.recovery
        )
    data = {
        "files": [str(file.path) for file in made.files],
        "sizes": [file.size for file in made.files],
        "sha256": [file.sha256 for file in made.files],
        "to": made.to,
        "name": made.to_name,
        "serial": made.serial,
        "entries": made.entries,
        "attachments": made.attachments,
        "parts": len(made.files),
    }
    lines = [f"给{made.to_name}的数据包，{made.entries} 条变更，{len(made.files)} 个文件："]
    lines += [file.path.name for file in made.files]
    return Answer(data, (*lines, "已写完并核对过，可以拔出 U 盘了。"))


def inspect(call: Call) -> Answer:
    """What a bundle is; with an account at hand, what it would bring."""
    path: Path = call.options.file
    outer = receiving.outer_of(path)
    if not _somebody_here(call):
        return Answer(_outer(outer), _outer_lines(outer))
    with call.desk() as desk:
        report = receiving.preview_bundle(desk, path)
    return Answer({**_outer(outer), **_told(report)}, (report.sentence, *report.gaps))


def _somebody_here(call: Call) -> bool:
    """Whether there is an office here, and it is clear who asks: else the outside must do."""
    if home_state(call.home) == "empty":
        return False
    known = bool(os.environ.get("XINFANG_PASSWORD")) and len(sign_in_names(call.home)) == 1
    return bool(call.user) or known


def _outer(outer: OuterReport) -> dict[str, Any]:
    empty = {"new": None, "known": None, "waiting": None, "refused": None}
    return {
        "from": outer.sender, "bundle": outer.bundle, "kind": outer.kind, "part": outer.part,
        "parts": outer.parts, "created_at": outer.created_at, "size": outer.size,
        "sha256": outer.sha256, "entries": empty, "conflicts": None, "missing_attachments": None,
        "reason": "",
    }  # fmt: skip


def _outer_lines(outer: OuterReport) -> tuple[str, ...]:
    return (
        f"站点 {outer.sender} 于 {outer.created_at[:16].replace('T', ' ')} 生成的数据包",
        f"第 {outer.part} 个文件，共 {outer.parts} 个，{outer.size} 字节",
        "里面的内容是加密的，登录后才看得到。",
    )


def take_in(call: Call) -> Answer:
    """Take bundles in, one after the other; the worst status counts, 6 only if all are 6."""
    told: list[dict[str, Any]] = []
    lines: list[str] = []
    remarks: list[str] = []
    statuses: list[int] = []
    with call.desk() as desk:
        for path in call.options.files:
            try:
                report = receiving.import_bundle(desk, path)
            except XinfangError as problem:
                if len(call.options.files) == 1:
                    raise
                told.append(_refused(path, problem))
                statuses.append(_status(problem))
                remarks += [f"{path.name}：{problem.sentence}", problem.mend]
                continue
            told.append(_told(report))
            statuses.append(_RESULTS[report.result])
            lines += [report.sentence, *report.gaps]
            remarks += [*report.alarms, *report.warnings]
    return _together(told, lines, remarks, statuses)


def _status(problem: XinfangError) -> int:
    return next(code for family, code in STATUS.items() if isinstance(problem, family))


def _refused(path: Path, problem: XinfangError) -> dict[str, Any]:
    return {
        "file": path.name, "result": "refused", "reason": problem.sentence,
        "error": {
            "code": problem.code, "sentence": problem.sentence, "mend": problem.mend,
            "article": problem.article,
        },
    }  # fmt: skip


def _told(report: BundleReport) -> dict[str, Any]:
    plainly: dict[str, Any] = plain(report)
    reason = report.gaps[0] if report.gaps else report.sentence
    return {
        **plainly, "from": report.sender, "name": report.sender_name,
        "missing_attachments": report.missing, "reason": reason,
    }  # fmt: skip


def _together(
    told: Sequence[Mapping[str, Any]],
    lines: Sequence[str],
    remarks: Sequence[str],
    statuses: Sequence[int],
) -> Answer:
    counts = ("new", "known", "waiting", "refused")
    brought = [each for each in told if "entries" in each]
    entries = {name: sum(each["entries"][name] for each in brought) for name in counts}
    data: dict[str, Any] = {
        "from": next((each["from"] for each in brought), ""),
        "entries": entries,
        "conflicts": sum(each["conflicts"] for each in brought),
        "missing_attachments": brought[-1]["missing_attachments"] if brought else 0,
        "reason": "；".join(dict.fromkeys(each["reason"] for each in told)),
        "alarms": [alarm for each in brought for alarm in each["alarms"]],
        "warnings": [warning for each in brought for warning in each["warnings"]],
        "gaps": list(dict.fromkeys(gap for each in brought[-1:] for gap in each["gaps"])),
        "files": list(told),
    }
    new = [status for status in statuses if status != NOTHING_NEW]
    status = max(new, key=_SEVERITY.index, default=NOTHING_NEW)
    if status not in (DONE, HELD_BACK, NOTHING_NEW):
        data["error"] = next(each["error"] for each in told if "error" in each)
    return Answer(data, lines, remarks, status)


_SEVERITY = (DONE, HELD_BACK, 1, 3, DAMAGED)
"""Exit statuses of single files, the worst last."""


def status(call: Call) -> Answer:
    """Where every site stands."""
    with call.desk() as desk:
        stands = exchange_status.exchange_status(desk)
    data: dict[str, Any] = plain(stands)
    rows = [
        (p.name, p.role_words, _day(p.last_in), _day(p.confirmed_to), p.to_send, p.waiting)
        for p in stands.peers
    ]
    lines = table(("对方", "关系", "上次收到", "对方已知到", "待发", "搁置"), rows)
    return Answer(data, (*lines, *stands.gaps), stands.forks)


def _day(moment: Any) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")[:16] if moment else "—"


def conflicts(call: Call) -> Answer:
    """What a person has to decide."""
    with call.desk() as desk:
        rows = inbox.conflict_list(desk)
    lines: list[str] = []
    for row in rows:
        lines.append(f"{row.id}  {row.number} {row.title}：{row.label}")
        lines += [f"    {v.pick or '-'}  {v.words}（{_who(v)}）" for v in row.values]
    return Answer({"conflicts": [plain(row) for row in rows]}, lines or ["没有要判断的冲突。"])


def _who(value: ConflictValue) -> str:
    at = f"{value.at:%Y-%m-%d %H:%M}" if value.at else ""
    return "，".join(filter(None, (value.by, value.site_name, at)))


def resolve(call: Call) -> Answer:
    """Decide one conflict."""
    options = call.options
    with call.desk() as desk:
        inbox.resolve_conflict(desk, options.id, options.pick, options.value)
        left = len(inbox.conflict_list(desk))
    return Answer({"id": options.id, "open": left}, (f"已判断，还有 {left} 处。",))


def receipt(call: Call) -> Answer:
    """Print the receipt of a file that went out or came in."""
    with call.desk() as desk:
        made = exchange_papers.receipt_paper(desk, call.options.which, call.options.out)
    return _paper(made)


def _paper(made: OfficePaper) -> Answer:
    data = {"form": made.code, "out": str(made.path), "pages": made.pages}
    name = made.path.name if made.path else ""
    return Answer(data, (f"已写入 {name}，{made.pages} 页。",), made.warnings)


_FILE = argument("file", type=Path, metavar="FILE", help=".xfb 文件")

VERBS = (
    Verb(
        "export",
        "给一个站点生成数据包",
        export,
        (
            argument("--to", required=True, metavar="SITE", help="站点编号、它的开头，或名称"),
            argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹"),
            argument("--budget", metavar="95M", help="每个文件最多多大：20M、95M、3.9G"),
            argument("--recovery", action="store_true", help="对方丢了数据：把本机有的全给它"),
        ),
    ),
    Verb("inspect", "看一个数据包，不导入", inspect, (_FILE,)),
    Verb(
        "import",
        "导入数据包",
        take_in,
        (argument("files", type=Path, nargs="+", metavar="FILE", help=".xfb 文件，可以几个"),),
    ),
    Verb("status", "与各站点交换到哪里了", status),
    Verb("conflicts", "要判断的冲突", conflicts),
    Verb(
        "receipt",
        "打印数据包交接单",
        receipt,
        (
            argument("which", metavar="FILE", help="收发过的数据包的文件名、编号或校验值"),
            argument("--out", type=Path, required=True, metavar="F.pdf", help="写到这个文件"),
        ),
    ),
    Verb(
        "resolve",
        "判断一处冲突",
        resolve,
        (
            argument("id", metavar="ID", help="conflicts 列出的编号，或它的开头"),
            argument("--pick", required=True, metavar="N", help="选哪一边；other 是另写一个"),
            argument("--value", metavar="TEXT", help="--pick other 时写什么"),
        ),
    ),
)
