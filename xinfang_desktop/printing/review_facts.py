"""Papers of 复查、复核: the citizen's request (F26), the reviewing organ's papers (F27), the list of
what was handed over (F28). Source: 《信访工作条例》 art. 35, 36."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .facts import Facts, MatterPaper, day, fact, lines, long, rows


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRequest(MatterPaper):
    """F26 复查（复核）申请书: a form for the citizen, with what is known already filled in."""

    final: bool = fact("复核", kind="bool", default=False)
    to_organ: str = fact("复查（复核）机关", "look")
    to_address: str = fact("机关地址")
    respondent: str = fact("原办理（复查）机关", "look")
    opinion_number: str = fact("原意见书文号")
    opinion_on: date | None = day("意见书日期")
    served_on: date | None = day("收到意见书的日期")
    until: date | None = day("可以申请到哪一天")
    request: str = long("请求")
    reasons: str = long("事实和理由")
    attachments: tuple[str, ...] = lines("附件")

    @property
    def stage(self) -> str:
        """复查 or 复核."""
        return "复核" if self.final else "复查"

    @property
    def title(self) -> str:
        """As the paper is headed."""
        return f"信访事项{self.stage}申请书"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewPaper(MatterPaper):
    """F27: 受理通知书 while nothing is decided, then the opinion. ``result`` is a word of
    REVIEW_RESULT: 维持 撤销 变更 责令重新办理 不予受理 终止."""

    final: bool = fact("复核", kind="bool", default=False)
    result: str = fact("结论")
    asked_on: date | None = day("收到申请的日期", "must")
    due: date | None = day("作出意见的期限")
    respondent: str = fact("原办理（复查）机关", "must")
    opinion_number: str = fact("原意见书文号", "look")
    opinion_on: date | None = day("原意见书日期")
    request: str = long("申请人的请求和理由", "look")
    original: str = long("原意见的主要内容")
    found: str = long("查明的事实", "look")
    basis: str = long("依据", "look", help="写明法律、法规、政策的名称和条款")
    decision: str = long("意见")
    redo_days: int = fact("重新办理的期限（日）", kind="int", default=0)
    next_organ: str = fact("复核机关", "look")

    @property
    def stage(self) -> str:
        """复查 or 复核."""
        return "复核" if self.final else "复查"

    @property
    def title(self) -> str:
        """As the paper is headed."""
        kinds = {"": "申请受理通知书", "不予受理": "申请不予受理通知书", "终止": "终止通知书"}
        return f"信访事项{self.stage}{kinds.get(self.result, '意见书')}"


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedFacts:
    """One thing of the file that was handed over."""

    title: str = fact("材料名称", "must")
    number: str = fact("文号")
    copies: int = fact("份数", kind="int", default=0)
    pages: int = fact("页数", kind="int", default=0)
    note: str = fact("备注")


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverList(MatterPaper):
    """F28 调卷（材料移交）清单."""

    to_organ: str = fact("接收机关", "look")
    reason: str = fact("移交事由")
    handed_on: date | None = day("移交日期")
    items: tuple[HandedFacts, ...] = rows("材料", "look")
    giver: str = fact("移交人")
    taker: str = fact("接收人")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {"F26": ReviewRequest, "F27": ReviewPaper, "F28": HandoverList}
)
"""Code of a paper → its facts."""
