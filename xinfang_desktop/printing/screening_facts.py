"""What the papers of dispute screening say (排查文书要素): P01 to P07, plain values only.

As in ``facts``: what is empty is printed as room for the pen. P02, the ledger itself, is drawn
without a template and has no facts here.
"""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from .facts import Facts, day, fact, given, lines, long, rows


def count(label: str) -> Any:
    """A whole number, 0 by default."""
    return fact(label, kind="int", default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputePartyFacts:
    """One party (当事人): a name and how to reach it, nothing else."""

    name: str = fact("姓名")
    phone: str = fact("联系电话")


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeFacts:
    """The dispute a paper is about (DOMAIN §8.1), code-table values as words.

    ``level`` 0–4 is that of ``grade``; it grades the dispute, never a person.
    """

    number: str = fact("纠纷编号", "look")
    summary: str = fact("纠纷名称", "look")
    detail: str = long("基本情况")
    village: str = fact("村（社区）", "look")
    place: str = fact("发生地点")
    occurred_on: date | None = day("发生日期")
    found_on: date | None = day("排查日期", "look")
    found_by: str = fact("排查人")
    source: str = fact("来源")
    category: str = fact("纠纷类别")
    people: int = count("涉及人数")
    amount: str = fact("涉及金额")  # in words: 5.2 万元
    units: str = fact("涉及单位")
    parties: tuple[DisputePartyFacts, ...] = rows("当事人")
    grade: str = fact("级别")
    level: int = fact("级别序号", kind="given", default=0)
    urgent: bool = fact("情况紧急", kind="bool", default=False)
    danger: bool = fact("可能伤及当事人", kind="bool", default=False)
    unit: str = fact("责任单位", "look")
    person: str = fact("责任人")
    person_phone: str = fact("责任人电话")
    leader: str = fact("包案领导")
    leader_title: str = fact("包案领导职务")
    measures: str = long("化解措施")
    help: str = long("服务帮扶措施")
    due: date | None = day("化解时限", "look")
    state: str = fact("状态")
    method: str = fact("化解方式")
    result: str = long("化解情况")
    settled_on: date | None = day("化解日期")


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputePaper(Facts):
    """A paper about one dispute. ``handler`` is whom the reader may ask."""

    dispute: DisputeFacts
    handler: str = fact("经办人", "look")
    handler_phone: str = fact("联系电话", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeRegistration(DisputePaper):
    """P01 矛盾纠纷排查登记表. ``truth`` 属实 部分属实 不属实; ``fair`` 合理 部分合理 依据不足;
    ``reasons``: the sentences of the grade's proposal."""

    verification: str = long("核实情况")
    truth: str = fact("是否属实")
    fair: str = fact("诉求合理性")
    cause: str = long("问题症结")
    verified_by: str = fact("核实人")
    verified_on: date | None = day("核实日期")
    crossing: bool = fact("牵涉几个村或单位", kind="bool", default=False)
    reasons: tuple[str, ...] = lines("定级理由")
    village_opinion: str = long("村（社区）意见")
    office_opinion: str = long("审核意见")
    note: str = long("备注")


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeAssignment(DisputePaper):
    """P03 矛盾纠纷交办单, to the unit that settles the dispute."""

    requirement: str = long("交办要求", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressFacts:
    """One thing that was done (办理经过)."""

    on: date | None = day("日期")
    what: str = long("办理情况")
    by: str = fact("办理人")


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaderCard(DisputePaper):
    """P04 领导包案登记表: 四定四包 in its service meaning. Who keeps in touch with the parties,
    explains, gets it done, reports back to them; each may be somebody else."""

    contact: str = fact("包联系")
    explain: str = fact("包解释")
    settle: str = fact("包办理")
    report: str = fact("包反馈")
    taken_on: date | None = day("包案日期")
    progress: tuple[ProgressFacts, ...] = rows("办理经过")


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmationFacts:
    """One of 三不放过. ``kind`` 责任 问题 隐患."""

    kind: str = fact("项目", "must")
    confirmed: bool = fact("已确认", kind="bool", default=False)
    evidence: str = long("凭据")
    by: str = fact("确认人")
    on: date | None = day("确认日期")


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpFacts:
    """One follow-up (回访): ``way`` 上门 电话 …, ``findings`` whether it holds."""

    on: date | None = day("回访日期")
    way: str = fact("回访方式")
    findings: str = long("回访情况")
    by: str = fact("回访人")


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeClosing(DisputePaper):
    """P05 矛盾纠纷销号审批表. ``missing``: what is still wanting, as sentences; it is printed."""

    confirmations: tuple[ConfirmationFacts, ...] = rows("三不放过")
    follow_ups: tuple[FollowUpFacts, ...] = rows("回访")
    missing: tuple[str, ...] = lines("还缺")
    unit_opinion: str = long("责任单位意见")
    office_opinion: str = long("审核意见")
    leader_opinion: str = long("审批意见")


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundFacts:
    """One new dispute on a village's return, as far as the program knows it already."""

    found_on: date | None = day("发现日期")
    place: str = fact("地点")
    parties: str = fact("当事人")
    phone: str = fact("联系电话")
    summary: str = fact("纠纷简述")
    category: str = fact("类别")
    people: int = count("人数")
    settled: bool | None = fact("已化解", kind="given", default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class CarriedFacts:
    """One open dispute of the last period, of which the village tells how it stands."""

    number: str = fact("纠纷编号")
    found_on: date | None = day("发现日期")
    summary: str = fact("纠纷")
    progress: str = fact("最新进展")
    settled: bool | None = fact("已化解", kind="given", default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageReturn(Facts):
    """P06 矛盾纠纷排查报送表, filled in by hand in the village; without a village it is a blank
    to copy. ``period`` 2026年9月; ``round`` 每月小排查; ``zero`` None as long as nobody said."""

    village: str = fact("村（社区）", "look")
    period: str = fact("排查期间", "look")
    round: str = fact("排查类型")
    due: date | None = day("报送期限", "look")
    zero: bool | None = fact("零报告", kind="given", default=None)
    found: tuple[FoundFacts, ...] = rows("本期新增")
    carried: tuple[CarriedFacts, ...] = rows("上期未化解")
    types: tuple[str, ...] = given("纠纷类别", ())
    reporter: str = fact("填报人")


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageCounts:
    """A line of the first table: returns, then disputes. ``rate`` 化解率 as a text (66.7%, —)."""

    name: str = fact("村（社区）")
    due: int = count("应报")
    returned: int = count("已报")
    zero: int = count("零报告")
    late: int = count("迟报")
    missing: int = count("未报")
    found: int = count("新排查")
    settled: int = count("已化解")
    open: int = count("未化解")
    rate: str = fact("化解率")


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeCounts:
    """A line of the second table: ``share`` 占比 and ``rate`` as texts."""

    name: str = fact("纠纷类别")
    found: int = count("新排查")
    share: str = fact("占比")
    settled: int = count("已化解")
    open: int = count("未化解")
    rate: str = fact("化解率")


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsettledFacts:
    """A line of the list of what is not settled. No names: statistics never list them."""

    village: str = fact("村（社区）")
    summary: str = fact("纠纷")
    unit: str = fact("责任单位")
    next: str = fact("下步措施")


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreeningStatistics(Facts):
    """P07 矛盾纠纷排查情况统计表. ``basis``: how the rates are worked out (口径)."""

    period: str = fact("统计期间", "look")
    round: str = fact("排查类型")
    villages: tuple[VillageCounts, ...] = rows("分村情况")
    total: VillageCounts | None = given("合计", None)
    types: tuple[TypeCounts, ...] = rows("分类情况")
    unsettled: tuple[UnsettledFacts, ...] = rows("未化解清单")
    basis: str = given("口径")
    filled_by: str = fact("填表人")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "P01": DisputeRegistration,
        "P03": DisputeAssignment,
        "P04": LeaderCard,
        "P05": DisputeClosing,
        "P06": VillageReturn,
        "P07": ScreeningStatistics,
    }
)
"""Code of a paper → its facts."""
