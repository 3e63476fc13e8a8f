"""What the file of a matter must hold (卷内应有的材料), by what happened; and what it lacks.

One table: what happened → the papers that follow from it. A paper that this office cannot print
is never missed. An imported matter keeps its papers in its old file and owes none here.
Source: 《信访工作条例》 art. 21-23, 29-36; chapter 6 of the working description.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .history import answers, data_of, served_on, signed_on, tasks
from .matter import MatterFile
from .records import Document

Happened = Callable[[MatterFile], bool]


@dataclass(frozen=True, slots=True)
class FileRule:
    """``forms``: any one of them will do. ``why`` ends the sentence 还缺……：because …"""

    forms: tuple[str, ...]
    name: str
    why: str
    happened: Happened


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is not in the file: its name, and the reason why it has to be."""

    what: str
    why: str


# --- what happened --------------------------------------------------------------------------------


def _took(*actions: str) -> Happened:
    return lambda file: file.last(*actions) is not None


def _said(action: str, key: str, *values: str) -> Happened:
    """Some step of this action whose field ``key`` has one of these values."""
    return lambda file: any(data_of(step).get(key) in values for step in file.all(action))


def _told(happened: Happened) -> Happened:
    """The same, where there is somebody who can be told (art. 23 para 2)."""
    return lambda file: _reachable(file) and happened(file)


def _reachable(file: MatterFile) -> bool:
    return not (file.matter.anonymous or file.matter.unreachable)


def _always(file: MatterFile) -> bool:
    return True


def _by_letter(file: MatterFile) -> bool:
    return file.matter.channel == "letter" and file.last("claim") is not None


def _suggestion_answered(file: MatterFile) -> bool:
    return any(step.to_state == "T7" for step in file.all("reply"))


def _report_owed(file: MatterFile) -> bool:
    """It was 交办 to us, and has been answered."""
    return file.matter.origin == "assigned" and file.last("serve", "close") is not None


def _served(file: MatterFile) -> bool:
    return file.last("serve") is not None


RULES: Final[tuple[FileRule, ...]] = (
    FileRule(("F01",), "信访登记表", "每件信访事项都要登记（第二十一条）", _always),
    FileRule(("F02",), "信访登记回执", "来访群众交来的事项要给回执",
             _told(lambda file: file.matter.channel == "visit")),
    FileRule(("F04",), "来信处理签、拟办单", "来信要有拟办和批示", _by_letter),
    FileRule(("F10",), "补充材料通知书", "要求补过材料", _told(_took("supplement"))),
    FileRule(("F06",), "转送告知书", "转送、交办的去向要告知信访人（第二十三条）",
             _told(_took("forward"))),
    FileRule(("F11",), "转送函", "转送过别的单位（第二十二条）", _said("forward", "mode", "transfer")),
    FileRule(("F12",), "交办函", "交办过别的单位（第二十二条）", _said("forward", "mode", "assign")),
    FileRule(("F14",), "异议（退回）说明", "对来文提出过异议（第二十三条）", _took("object")),
    FileRule(("F08", "F21"), "不予受理告知书或法定途径告知书", "不予受理、导入法定途径要书面告知（第二十三条、第三十一条）",
             _told(_took("redirect"))),
    FileRule(("F09",), "不再受理告知书", "不再受理要书面告知（第三十六条）", _told(_took("final"))),
    FileRule(("F20",), "建议意见答复函", "建议意见要答复（第二十九条）", _told(_suggestion_answered)),
    FileRule(("F07",), "受理告知书", "受理要书面告知（第二十三条）", _told(_took("accept"))),
    FileRule(("F13",), "转办单", "转给过承办单位办理", _took("assign")),
    FileRule(("F29",), "督办函、催办单", "督办过承办单位（第四十条）", _took("supervise")),
    FileRule(("F31",), "领导包案登记表", "定过包案领导", _took("lead")),
    FileRule(("F17",), "调查（谈话）笔录", "听取过陈述、作过调查核实（第三十一条）",
             _said("note", "record", "statement", "inquiry")),
    FileRule(("F32",), "会商纪要", "开过联席会议、会商", _said("meeting", "kind", "joint")),
    FileRule(("F23",), "听证通知书", "举行过听证（第三十一条）", _took("hearing")),
    FileRule(("F24",), "听证笔录、听证报告", "举行过听证（第三十一条）", _took("hearing")),
    FileRule(("F15",), "延期办理审批表", "批准过延期（第三十四条）", _took("extend")),
    FileRule(("F16",), "延期办理告知书", "延期的理由要告知信访人（第三十四条）", _told(_took("extend"))),
    FileRule(("F18",), "调查报告", "起草过处理意见（第三十一条）",
             lambda file: bool(answers(file)) and signed_on(file) is not None),
    FileRule(("F19",), "处理意见书", "已经签发处理意见（第三十二条）", _took("sign")),
    FileRule(("F25",), "送达回证", "处理意见书已经送达，要有凭证", _served),
    FileRule(("F30",), "办结（承办）报告", "上级交办的要报告办结（第二十二条）", _report_owed),
    FileRule(("F28",), "调卷（材料移交）清单", "申请过复查、复核，移交过材料（第三十五条）", _took("review")),
    FileRule(("F22",), "检举控告移送函", "移送过检举控告（第三十条）", _took("seal")),
)  # fmt: skip


# --- what is not there ----------------------------------------------------------------------------


def lacking(file: MatterFile, forms: Collection[str]) -> tuple[Lacking, ...]:
    """What the file lacks, in the order of the course; ``forms`` are the papers there are."""
    return () if file.matter.history else tuple(_lacking(file, forms))


def _lacking(file: MatterFile, forms: Collection[str]) -> Iterator[Lacking]:
    printed = {paper.form for paper in file.documents if not paper.voided}
    for rule in RULES:
        known = [form for form in rule.forms if form in forms]
        if known and not printed.intersection(known) and rule.happened(file):
            yield Lacking(rule.name, rule.why)
    yield from _not_served(file)
    for task in tasks(file):
        if task.done_on is None:
            due = f"，期限是{task.due.isoformat()}" if task.due else ""
            yield Lacking(
                f"“{task.what}”的落实材料", f"答应落实的还没有登记办成{due}（第三十二条）"
            )


def _not_served(file: MatterFile) -> Iterator[Lacking]:
    signed, served = signed_on(file), served_on(file)
    if signed is not None and (served is None or served < signed):
        yield Lacking("处理意见书的送达凭证", "意见签发了，还没有登记送达（第三十五条）")
    step = file.last("serve")
    if step is None:
        return
    held = any(not each.voided and each.at.date() >= step.on for each in file.attachments)
    if not held:
        yield Lacking("有签收的送达回证扫描件", "送达以后没有收存过附件；纸质的在卷里也请写明")


# --- the order, and which prints are one paper ----------------------------------------------------

ORDER: Final = (
    "F01", "F02", "F05", "F04", "F03", "V01", "V02", "F14", "F10", "F06", "F11", "F12", "F08", "F21",
    "F09", "F20", "F22", "F07", "F13", "F31", "F29", "F17", "F32", "F23", "F24", "F15", "F16", "F18",
    "F19", "F25", "F35", "F30", "F26", "F27", "F28", "F34",
)  # fmt: skip
"""The papers as they lie in the file: as the matter was handled. Others come behind them."""

_PLACE: Final[Mapping[str, int]] = {form: place for place, form in enumerate(ORDER)}

NEVER_BOUND: Final = frozenset({"F36"})
"""Cover, contents and back of the file itself."""

ONE_OF_SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {
    "F03": ("held_on", "from_time"),
    "F06": ("unit",),
    "F10": ("missing",),
    "F11": ("unit",),
    "F12": ("unit",),
    "F13": ("unit", "person", "due"),
    "F16": ("extended_due",),
    "F15": ("extended_due",),
    "F17": ("held_on", "from_time", "person"),
    "F23": ("held_on", "time", "party"),
    "F24": ("held_on",),
    "F25": ("papers",),
    "F29": ("no", "unit"),
    "F28": ("to_organ", "handed_on"),
    "F31": ("leader", "taken_on"),
    "F32": ("held_on", "agenda"),
    "F34": ("visited_on", "on"),
    "F35": ("organ", "kind"),
    "V02": ("on",),
}
"""Papers that a file may hold several of, and the facts that tell one from another."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """One paper of the file: the print that is bound, and earlier ones that said something else."""

    newest: Document
    older: tuple[Document, ...] = ()


def papers_in_order(file: MatterFile) -> tuple[Bundled, ...]:
    """Every paper once. A reprint (补打) is the same paper as its first print; of several
    versions the one that was printed last is bound.
    """
    last = {document.id: document.at for document in file.documents}
    for document in file.documents:
        if document.reprint_of in last:
            last[document.reprint_of] = max(last[document.reprint_of], document.at)
    papers: dict[tuple[Any, ...], list[Document]] = {}
    for document in sorted(file.documents, key=lambda each: last[each.id]):
        if not (document.voided or document.reprint_of or document.form in NEVER_BOUND):
            papers.setdefault(_identity(document), []).append(document)
    bundled = [Bundled(prints[-1], tuple(prints[:-1])) for prints in papers.values()]
    return tuple(sorted(bundled, key=_in_file))


def which_paper(form: str, facts: Any) -> tuple[Any, ...]:
    """Which of several papers of one form this is, by its facts as they are kept (JSON)."""
    said = facts if isinstance(facts, Mapping) else {}
    return (form, *(repr(said.get(name)) for name in ONE_OF_SEVERAL.get(form, ())))


def _identity(document: Document) -> tuple[Any, ...]:
    return (document.number, *which_paper(document.form, document.facts))


def _in_file(paper: Bundled) -> tuple[int, str, Any]:
    form = paper.newest.form
    return (_PLACE.get(form, len(ORDER)), form if form not in _PLACE else "", paper.newest.at)
