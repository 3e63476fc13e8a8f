"""What the papers of the office's registers say (工作台账文书要素): F33 F37 F38, S01 to S04.

As in ``facts``: what is empty is printed as room for the pen.
"""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .facts import Facts, day, fact, given, lines, long, rows


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkPaper(Facts):
    """A paper of a register's line. ``handler`` is whom the reader may ask."""

    item: str = given("台账编号")
    handler: str = fact("经办人", "look")
    handler_phone: str = fact("联系电话", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class SentFacts:
    """One recipient of a report: who, when, how."""

    to: str = fact("报送对象")
    organ: str = fact("单位、接收人")
    on: date | None = day("日期")
    time: str = fact("时间")
    how: str = fact("方式")


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldFacts:
    """What was reported afterwards (续报)."""

    on: date | None = day("日期")
    text: str = long("内容")


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyReport(WorkPaper):
    """F33 紧急信访信息报告: facts of the event, of nobody who took part."""

    happened_on: date | None = day("发生日期", "look")
    time: str = fact("发生时间", "look")
    place: str = fact("地点", "look")
    people: int = fact("现场人数", kind="int", default=0)
    cause: str = fact("事由", "look")
    facts: str = long("经过", "look")
    harm: str = long("人身、财产危险")
    measures: str = long("已采取的服务措施", "look")
    coordinate: str = long("需要协调的事项")
    reporter: str = fact("报告人", "look")
    reporter_phone: str = fact("报告人电话")
    sent: tuple[SentFacts, ...] = rows("报送情况")
    more: tuple[ToldFacts, ...] = rows("续报")
    result: str = long("处置结果")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceptionFacts:
    """One reception: never who booked."""

    on: date | None = day("日期")
    weekday: str = fact("星期")
    time: str = fact("时间")
    leader: str = fact("接访领导")
    post: str = fact("职务")
    place: str = fact("地点")
    field: str = fact("接待领域")


@dataclass(frozen=True, kw_only=True, slots=True)
class Timetable(Facts):
    """F38 接访安排表, for the notice board."""

    period: str = given("时段")
    days: tuple[ReceptionFacts, ...] = rows("接访安排")


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureFacts:
    """One station of the procedure chart and its period from the rules in force."""

    step: str = fact("环节")
    what: str = fact("怎么办")
    period: str = fact("期限")
    article: str = fact("依据")


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicNotice(Facts):
    """F37 公示牌、办事指南 (《信访工作条例》 art. 18)."""

    days: tuple[ReceptionFacts, ...] = rows("接访安排")
    chart: tuple[ProcedureFacts, ...] = rows("办理程序")
    website: str = fact("网上信访", help="网址或手机程序的名称。")
    postcode: str = fact("邮政编码")


@dataclass(frozen=True, kw_only=True, slots=True)
class SuggestionLetter(WorkPaper):
    """S01 建议书 of article 40. ``kind`` 改进工作 完善政策 追究责任."""

    kind: str = fact("建议种类", "look")
    organ: str = fact("主送单位", "look")
    subject: str = fact("事由", "look")
    facts: str = long("发现的问题", "look")
    content: str = long("建议", "look")
    basis: str = long("政策法规依据")
    matters: int = given("有关事项件数", 0)
    reply_by: date | None = day("请在哪天前反馈", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckFacts:
    """One check of a risk assessment: its name, its question, 是 部分 否 还没查明, and why."""

    name: str = fact("项目")
    question: str = fact("看什么")
    answer: str = fact("结论")
    note: str = long("依据和问题")


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskSheet(WorkPaper):
    """S02 决策信访风险评估表. ``result`` 可以实施 调整后实施 暂缓实施."""

    name: str = fact("决策或项目", "look")
    organ: str = fact("决策机关", "look")
    started_on: date | None = day("评估开始日期")
    decide_on: date | None = day("计划决策日期")
    affected: str = long("影响范围")
    checks: tuple[CheckFacts, ...] = rows("评估项目")
    asked: str = fact("征求意见的方式")
    people: int = fact("提意见人数", kind="int", default=0)
    opinions: str = long("主要意见")
    answered: str = long("回应情况")
    result: str = fact("评估结论")
    reason: str = long("理由")
    measures: str = long("应先做好的工作")
    decision: str = long("决策结果")


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingTask:
    """One task of a meeting."""

    no: int = fact("序号", default=0)
    what: str = fact("任务")
    by: str = fact("责任人")
    due: date | None = day("完成时限")
    done_on: date | None = day("落实日期")


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingMinutes(WorkPaper):
    """S03 会议纪要."""

    kind: str = fact("会议")
    subject: str = fact("议题", "look")
    held_on: date | None = day("日期", "look")
    time: str = fact("时间")
    place: str = fact("地点")
    chair: str = fact("主持人")
    present: tuple[str, ...] = lines("参加")
    absent: tuple[str, ...] = lines("请假")
    agenda: tuple[str, ...] = lines("议程")
    views: str = long("讨论情况")
    decisions: tuple[str, ...] = lines("议定事项")
    tasks: tuple[MeetingTask, ...] = rows("任务分工")


@dataclass(frozen=True, kw_only=True, slots=True)
class DutySheet(WorkPaper):
    """S04 一岗双责责任书, signed by both; no targets of petition counts."""

    year: int = fact("年度", kind="int", default=0)
    person: str = fact("责任人", "look")
    post: str = fact("职务", "look")
    duties: tuple[str, ...] = lines("职责")
    support: tuple[str, ...] = lines("保障")
    signer: str = fact("签订领导", "look")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "F33": EmergencyReport,
        "F37": PublicNotice,
        "F38": Timetable,
        "S01": SuggestionLetter,
        "S02": RiskSheet,
        "S03": MeetingMinutes,
        "S04": DutySheet,
    }
)
"""Code of a paper → its facts."""
