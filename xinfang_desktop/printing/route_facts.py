"""Papers of a matter's ways (去向文书): where it goes, what was asked for, what the law names.

Letters to the petitioner (F09, F10, F20, F21), to another organ (F12, F14, F30) and the sheets
that go round the house (F04, F15). What is empty is left for the pen.
"""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Final

from .facts import Facts, ForwardingLetter, MatterPaper, day, fact, lines, long, rows

ADOPTED: Final = ("采纳", "部分采纳", "留作参考")


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentFacts:
    """What a leader wrote on the sheet (批示). ``at`` is a day, with the time where it is known."""

    leader: str = fact("批示人", "must")
    title: str = fact("职务")
    at: str = fact("批示时间")
    words: str = long("批示内容", "must")


@dataclass(frozen=True, kw_only=True, slots=True)
class DisposalSheet(MatterPaper):
    """F04 来信处理签; 拟办单 where it did not come by letter."""

    postmark: str = fact("邮戳日期")
    enclosures: str = fact("信封、信件和附件页数")
    summary: str = long("摘要", "look")
    proposal: str = long("拟办意见")
    proposer: str = fact("拟办人")
    comments: tuple[CommentFacts, ...] = rows("领导批示")
    unit: str = fact("承办单位")
    due: date | None = day("办理时限")
    result: str = long("承办情况")

    @property
    def title(self) -> str:
        """As the paper is headed."""
        return "来信处理签" if self.matter.channel == "来信" else "信访事项拟办单"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoLongerAccepted(MatterPaper):
    """F09 不再受理告知书 (art. 36 para 3)."""

    decided_on: date | None = day("决定日期")
    review_number: str = fact("复核意见书文号", "must")
    review_organ: str = fact("复核机关", "must")
    review_date: date | None = day("复核意见书日期", "must")
    same: str = long("同一事实和理由的认定", "must")
    help: str = long("可以继续获得的帮助", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingMaterials(MatterPaper):
    """F10 补充材料通知."""

    missing: tuple[str, ...] = lines("需要补充的材料", "must")
    how: str = fact("提交方式", "look")
    until: date | None = day("建议提交的日期", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralLetter(ForwardingLetter):
    """F12 交办函: F11 with a day for the report (art. 22)."""

    requirement: str = long("办理要求")
    report_due: date | None = day("报告期限", "must")


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection(MatterPaper):
    """F14 异议（退回）说明, to the organ that sent the matter (art. 23 para 3)."""

    assigned: bool = fact("交办", kind="bool", default=False)
    sender: str = fact("来文机关", "must")
    source_ref: str = fact("来文号", "look")
    arrived_on: date | None = day("收到来文的日期", "must")
    limit: date | None = day("五个工作日的最后一天")
    reason: str = long("不属于本机关职权的理由", "must")
    basis: str = long("依据", "look", help="写明法律、法规、规章或者职责规定的名称和条款")
    suggested_unit: str = fact("建议承办单位", "look")
    returned: tuple[str, ...] = lines("随函退回的材料")
    late_reason: str = long("逾期的原因")


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionApproval(MatterPaper):
    """F15 延期审批表 (art. 34)."""

    unit: str = fact("承办单位")
    accepted_on: date | None = day("受理日期", "must")
    original_due: date | None = day("原办结期限", "must")
    extended_due: date | None = day("延长后的期限")
    days: int = fact("申请延长天数", "look", kind="int", default=0)
    used_days: int = fact("以前已批准的天数", kind="int", default=0)
    reason: str = long("情况复杂的原因", "look")
    progress: str = long("已经做的工作")
    applicant: str = fact("申请人")
    applied_on: date | None = day("申请日期")
    approved_by: str = fact("批准人")
    approved_on: date | None = day("批准日期")
    opinion: str = long("批准意见")


@dataclass(frozen=True, kw_only=True, slots=True)
class SuggestionReply(MatterPaper):
    """F20 建议意见答复函 (art. 29). ``adopted`` is a word of ADOPTED."""

    words: ClassVar[tuple[str, ...]] = ADOPTED

    suggestion: str = long("建议摘要", "must")
    study: str = long("研究情况", "must")
    adopted: str = fact("采纳情况", "must")
    reason: str = long("理由", "must")


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalRoute(MatterPaper):
    """F21 法定途径告知书 (art. 31). Time limits are written in by who knows the case."""

    told_on: date | None = day("告知日期")
    route: str = fact("法定途径", "must")
    organ: str = fact("受理机关", "must")
    organ_address: str = fact("地址", "look")
    organ_phone: str = fact("电话", "look")
    basis: str = long("依据", "must", help="写明法律、法规的名称和条款")
    time_limit: str = long("期限提醒", "look", help="诉讼时效、复议或者仲裁的期限，核实后填写")
    legal_aid: str = fact("法律援助机构和电话", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportAnswer:
    """What became of one request, in the report."""

    claim: str = fact("诉求", "must")
    facts: str = long("查明的事实")
    basis: str = long("依据")
    outcome: str = fact("处理结果")
    opinion: str = long("处理意见")


@dataclass(frozen=True, kw_only=True, slots=True)
class CompletionReport(MatterPaper):
    """F30 办结（承办）报告, to the organ that assigned the matter (art. 22, 23)."""

    sender: str = fact("交办机关", "must")
    source_ref: str = fact("交办文号", "look")
    assigned_on: date | None = day("交办日期", "look")
    due: date | None = day("报告期限")
    accepted_on: date | None = day("受理日期", "look")
    course: str = long("调查处理情况", "must")
    answers: tuple[ReportAnswer, ...] = rows("逐项处理情况")
    opinion_number: str = fact("处理意见书文号")
    opinion_on: date | None = day("意见书日期")
    served_on: date | None = day("送达日期")
    carried_out: str = long("落实情况")
    signer: str = fact("签发人", "look")
    attachments: tuple[str, ...] = lines("附件")

    @property
    def title(self) -> str:
        """办结报告 once the opinion was served, 承办报告 before."""
        return "信访事项办结报告" if self.served_on else "信访事项承办情况报告"


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "F04": DisposalSheet,
        "F09": NoLongerAccepted,
        "F10": MissingMaterials,
        "F12": ReferralLetter,
        "F14": Objection,
        "F15": ExtensionApproval,
        "F20": SuggestionReply,
        "F21": LegalRoute,
        "F30": CompletionReport,
    }
)
"""Code of a paper → its facts."""
