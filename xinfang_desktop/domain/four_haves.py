"""The four "有" of a first visit (四有处访): 有访必接 · 有问必答 · 有疑必释 · 有困必解.

Each is a duty with evidence. Evidence is written as steps of action ``have``; the newest step of
a kind says how it stands, and the first that settled it says since when: what is added later makes
nothing late. Honest failure is evidence too: ``unresolved`` states
why a thing could not be done, and is shown as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .errors import RuleViolation
from .fields import Field
from .inputs import Reading, read_fields
from .matter import MatterFile
from .records import Intake, Step

KINDS: tuple[str, ...] = ("接", "答", "释", "困")

NAMES: dict[str, str] = {"接": "有访必接", "答": "有问必答", "释": "有疑必释", "困": "有困必解"}

_ON = Field("on", "日期", "date", help="这件事是哪一天做的，不填就是今天。")
_BY = Field("by", "办理人", "person", help="谁做的，不填就是您自己。")
_UNRESOLVED = Field(
    "unresolved",
    "没能办成，因为",
    "long",
    help="如实写明没有办成的原因，以及下一步找谁、走什么途径。这也算有着落，会原样显示。",
    sample="超出本镇职权，已书面告知可向县医保局申请。",
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "接": (
        Field("content", "接待情况", "long", help="由谁、在哪里接待。登记时自动记下。"),
        _ON,
        _BY,
    ),
    "答": (
        Field(
            "content",
            "答复内容",
            "long",
            help="对来访人提的问题答了什么；还没答就写约定。",
            sample="三天内由村建办上门查看，结果当面说明。",
        ),
        Field(
            "promised_on",
            "约定哪天答复",
            "date",
            help="当场答不了时，约一个日子。到那天前必须答复。",
        ),
        Field("how", "怎么答复", help="当面、电话、书面或网上。", sample="电话"),
        _UNRESOLVED,
        _ON,
        _BY,
    ),
    "释": (
        Field("content", "解释了什么", "long", help="讲了哪条政策、哪个程序。"),
        Field(
            "article",
            "依据的条文或政策",
            help="必须写出名称和条款，来访人可以自己去查。",
            sample="《社会救助暂行办法》第四十八条",
            article="《信访工作条例》第三十二条",
        ),
        _UNRESOLVED,
        _ON,
        _BY,
    ),
    "困": (
        Field(
            "hardship",
            "有没有困难需要帮助",
            "bool",
            help="只问需要什么帮助，不记家庭关系和健康情况。",
            article="《信访工作条例》第三十七条",
        ),
        Field("referral", "转介到哪里", help="帮助申请交给了哪个单位。", sample="镇民政办"),
        Field("item", "申请什么", help="可以申请的项目。", sample="临时救助"),
        Field("result", "转介结果", "long", help="受理回执或办理结果；填了才算办完。"),
        Field("content", "情况说明", "long", help="还要说明的情况，可以不填。"),
        _UNRESOLVED,
        _ON,
        _BY,
    ),
}


@dataclass(frozen=True, slots=True)
class Have:
    """What is evidenced for one kind at one visit.

    ``word`` is what the ledger says; ``asked_none`` means asked, and nobody needed help (mark –).
    """

    kind: str
    started_on: date
    done_on: date | None = None
    promised_on: date | None = None
    in_progress: bool = False
    asked_none: bool = False
    unresolved: bool = False
    by: str = ""
    content: str = ""
    article: str = ""

    @property
    def word(self) -> str:
        if self.unresolved:
            return "没能办成，已说明"
        if self.asked_none:
            return "问过，没有"
        if self.done_on:
            return {"接": "已接", "答": "已答", "释": "已释", "困": "已帮"}[self.kind]
        if self.in_progress:
            return {"答": "约定中", "困": "在帮"}.get(self.kind, "进行中")
        return "还没有"


def owed_for(intake: Intake) -> bool:
    """True for a first visit: only there the four "有" are owed."""
    return intake.channel == "visit" and intake.first and not intake.history and not intake.voided


def read(file: MatterFile, intake: Intake) -> tuple[Have, ...]:
    """The four, in their order, as the steps of this visit evidence them."""
    return tuple(_read_one(kind, file, intake) for kind in KINDS)


def complete(haves: tuple[Have, ...]) -> bool:
    """True only when all four are evidenced."""
    return len(haves) == len(KINDS) and all(have.done_on for have in haves)


def _read_one(kind: str, file: MatterFile, intake: Intake) -> Have:
    steps = [
        step
        for step in file.all("have")
        if step.intake == intake.id and (step.data or {}).get("have") == kind
    ]
    have = Have(kind=kind, started_on=intake.received_on)
    if kind == "接":
        have = Have(
            kind=kind,
            started_on=intake.received_on,
            done_on=intake.received_on,
            by=intake.registered_by,
            content="已接待并登记" + ("（补录）" if intake.late_entry else ""),
        )
    for step in sorted(steps, key=lambda s: (s.at, s.id)):
        have = _after(have, step)
    return have


def _after(before: Have, step: Step) -> Have:
    data: Mapping[str, Any] = step.data or {}
    kind = before.kind
    promised = date.fromisoformat(data["promised_on"]) if data.get("promised_on") else None
    said = data.get("content") or ""
    unresolved = bool(data.get("unresolved"))
    waiting = False
    if kind == "答":
        waiting = promised is not None and not unresolved
    elif kind == "困":
        waiting = bool(data.get("referral")) and not data.get("result") and not unresolved
    pieces = (
        before.content if before.in_progress else "",
        said,
        _referral_words(data),
        data.get("result") or "",
        f"没能办成：{data['unresolved']}" if unresolved else "",
    )
    return Have(
        kind=kind,
        started_on=before.started_on,
        done_on=None if waiting else before.done_on or step.on,
        promised_on=promised or before.promised_on,
        in_progress=waiting,
        asked_none=kind == "困" and data.get("hardship") is False,
        unresolved=unresolved,
        by=data.get("by") or step.by,
        content="；".join(piece for piece in pieces if piece),
        article=data.get("article") or before.article,
    )


def _referral_words(data: Mapping[str, Any]) -> str:
    if not data.get("referral"):
        return ""
    item = f"，申请{data['item']}" if data.get("item") else ""
    return f"已转介{data['referral']}{item}"


def read_evidence(kind: str, data: Any, *, today: date, received_on: date) -> Reading:
    """Read what is said for ``kind`` and what is missing before it counts as evidence."""
    if kind not in KINDS:
        wrong = RuleViolation(
            "unknown_have", f"四有里没有“{str(kind)[:20]}”这一项。", mend="请用 接、答、释、困。"
        )
        return Reading({}, (wrong,))
    if not isinstance(data, Mapping):
        wrong = RuleViolation(
            "not_fields", f"“{NAMES[kind]}”要按栏目填写。", mend="例如填写 content（情况说明）。"
        )
        return Reading({}, (wrong,))
    reading = read_fields(FIELDS[kind], data)
    values = reading.values
    found = list(reading.problems)
    if not found and not values.get("unresolved"):
        found += _MISSING[kind](values)
    on = values.get("on")
    if on and on > today.isoformat():
        found.append(
            RuleViolation(
                "future_date", "日期还没有到。", mend="请填今天或以前的日期。", field="on"
            )
        )
    if on and on < received_on.isoformat():
        found.append(
            RuleViolation(
                "before_receipt", "日期早于来访那天。",
                mend=f"来访是 {received_on.isoformat()}，请核对。", field="on",
            )
        )  # fmt: skip
    if values.get("promised_on", received_on.isoformat()) < received_on.isoformat():
        found.append(
            RuleViolation(
                "promise_before_visit", "约定的日子早于来访那天。",
                mend="请约一个以后的日子。", field="promised_on",
            )
        )  # fmt: skip
    return Reading(values, tuple(found))


def _need(
    data: Mapping[str, Any], name: str, sentence: str, mend: str, article: str = ""
) -> list[RuleViolation]:
    if str(data.get(name) or "").strip():
        return []
    return [RuleViolation("evidence_missing", sentence, mend=mend, article=article, field=name)]


def _missing_answer(data: Mapping[str, Any]) -> list[RuleViolation]:
    if data.get("promised_on"):
        return []
    return _need(data, "content", "还没有写答复内容。", "写下答了什么，或者约定哪天答复。")


def _missing_explanation(data: Mapping[str, Any]) -> list[RuleViolation]:
    return _need(data, "content", "还没有写解释了什么。", "写下讲了哪条政策、哪个程序。") + _need(
        data,
        "article",
        "还没有写依据的条文或政策。",
        "写出名称和条款，例如《社会救助暂行办法》第四十八条。",
        "《信访工作条例》第三十二条",
    )


def _missing_help(data: Mapping[str, Any]) -> list[RuleViolation]:
    if data.get("hardship") is False or data.get("referral") or data.get("result"):
        return []
    return [
        RuleViolation(
            "evidence_missing",
            "还没有写有没有困难、转介到哪里。",
            mend="问过没有困难就选“没有”；有困难就写转介到哪个单位；办不成就写明原因。",
            article="《信访工作条例》第三十七条",
            field="referral",
        )
    ]


_MISSING = {
    "接": lambda data: [],
    "答": _missing_answer,
    "释": _missing_explanation,
    "困": _missing_help,
}
